/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One rule of policy routing, which chooses the table that is looked into: the record of the Rules table.
 *
 * Source: rtnetlink(7) RTM_NEWRULE (linux/fib_rules.h, net/core/fib_rules.c), ip-rule(8).
 */
#pragma once

#include <linux/if.h>

#include "ph-address.h"
#include "ph-schema.h"

/* All that the kernel tells rules apart by (rule_exists()). The priority in network order: rows sort by it. */
typedef struct
{
  guint8 family; /* PhFamily */
  guint8 reserved[3];
  guint32 priority_be;
  guint8 action; /* FR_ACT_* */
  guint8 tos;    /* 0: any */
  guint8 ip_protocol;
  guint8 l3mdev;  /* the table is that of the VRF which the packet comes from or goes to */
  guint32 table;  /* FR_ACT_TO_TBL */
  guint32 target; /* FR_ACT_GOTO: priority of the rule to go on with */
  PhAddress from; /* family NONE: any sender */
  PhAddress to;
  guint8 from_length; /* of the prefix */
  guint8 to_length;
  guint8 invert; /* "not": for packets that the selectors do not fit */
  guint8 reserved2;
  guint32 mark;    /* for packets with (mark & mask) == mark */
  guint32 mask;    /* 0: any */
  guint32 uid_low; /* of who sends; PH_RULE_ANY_UID: anyone */
  guint32 uid_high;
  guint16 sport_low; /* 0 to 0: any */
  guint16 sport_high;
  guint16 dport_low;
  guint16 dport_high;
  guint32 suppress_prefix_length; /* takes no route with a prefix this long or shorter; PH_RULE_NO_SUPPRESS */
  guint32 suppress_group;         /* nor one that leaves by an interface of this group; likewise */
  char iif[IFNAMSIZ];             /* bytes of the name, the rest zero; empty: any */
  char oif[IFNAMSIZ];
  guint64 tunnel;     /* id; 0: any */
  guint32 flow_label; /* IPv6, Linux 6.14: for packets with (label & mask) == label */
  guint32 flow_mask;
  guint16 nth;        /* of those that are the same in all else */
  guint16 sport_mask; /* Linux 6.15: for packets with (port & mask) == sport_low; 0: the range counts */
  guint16 dport_mask;
  guint8 dscp;      /* Linux 6.13: for packets with (DSCP & mask) == dscp */
  guint8 dscp_mask; /* 0: any */
} PhRuleKey;

typedef struct
{
  PhRecord head;
  PhRuleKey key;

  guint32 flags;   /* FIB_RULE_*: unresolved, detached interfaces */
  guint8 protocol; /* RTPROT_*: who has installed it */

  const char *from; /* "10.0.0.0/8", "192.0.2.7", "all"; never NULL */
  const char *to;
  const char *iif; /* fit to show; NULL: any */
  const char *oif;
  const char *sport; /* "80", "1000-2000"; NULL: any */
  const char *dport;
  const char *uids;     /* "1000-1999"; NULL: anyone */
  const char *realms;   /* that packets are counted in: "4", "3/4" (from and to); NULL: none */
  const char *selector; /* all of it as ip-rule(8) writes it: "from 10.0.0.0/8 iif eth0"; never NULL */

  const char *table_name;    /* "main", "[l3mdev-table]"; NULL: looks into none */
  const char *protocol_name; /* never NULL in a linked snapshot */
} PhRule;

#define PH_RULE_ANY_UID     G_MAXUINT32
#define PH_RULE_NO_SUPPRESS G_MAXUINT32

extern const PhSchema ph_rule_schema;

typedef enum
{
  PH_RULE_IS_IPV4,
  PH_RULE_IS_IPV6,
  PH_RULE_IS_LOOKUP,
  PH_RULE_IS_REJECT,  /* blackhole, unreachable, prohibit */
  PH_RULE_IS_BUILTIN, /* the three that the kernel starts with */
  PH_RULE_IS_NEW,
  PH_RULE_IS_CLOSED,
  PH_RULE_IS_STALE,
} PhRuleWord;

gboolean ph_rule_is (const PhRule *rule, PhRuleWord word);

static inline guint32
ph_rule_priority (const PhRule *rule)
{
  return GUINT32_FROM_BE (rule->key.priority_be);
}

/* "lookup", "goto", "blackhole"...: iproute2's words; the number as text where it has none. */
const char *ph_rule_action_name (guint8 action);
