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
  guint8 action; /* FR_ACT_* */
  guint8 tos;
  guint8 ip_protocol; /* 0: any */
  guint32 priority_be;
  guint32 table;
  guint32 target; /* FR_ACT_GOTO: priority of the rule to go on with */
  PhAddress from; /* family NONE: any sender */
  PhAddress to;
  guint8 from_length; /* of the prefix */
  guint8 to_length;
  guint8 invert;                 /* "not": applies where the selectors do not */
  guint8 l3mdev;                 /* the table of the VRF */
  guint32 mark, mask;            /* applies where (mark of the packet & mask) == mark; mask 0: any */
  guint32 uid_low, uid_high;     /* who sends; PH_RULE_ANY_UID in @uid_low: anyone */
  guint16 sport_low, sport_high; /* 0, 0: any */
  guint16 dport_low, dport_high;
  guint32 suppress_prefix_length; /* takes no route whose prefix is this long or shorter; PH_RULE_NO_SUPPRESS */
  guint32 suppress_group;         /* nor one that leaves by an interface of this group */
  char iif[IFNAMSIZ];             /* bytes of the name, the rest zero; empty: any */
  char oif[IFNAMSIZ];
  guint64 tunnel;                      /* FRA_TUN_ID; 0: any */
  guint32 flow_label, flow_label_mask; /* IPv6 (Linux 6.14); mask 0: any */
  guint16 nth;                         /* of those that are the same in all else */
  guint16 reserved[3];
} PhRuleKey;

typedef struct
{
  PhRecord head;
  PhRuleKey key;

  guint32 flags;   /* FIB_RULE_*: unresolved, detached interfaces */
  guint8 protocol; /* RTPROT_*: who has installed it */
  guint32 realms;  /* FRA_FLOW: from << 16 | to; 0: none */

  const char *iif_name; /* fit to show; NULL: any */
  const char *oif_name;
  const char *selector;      /* all of it, as ip-rule(8) writes it: "from 10.0.0.0/8 iif eth0" */
  const char *table_name;    /* NULL where the action is not to look into one */
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

/* "lookup", "goto", "blackhole"...: iproute2's words; NULL: none for that number. */
const char *ph_rule_action_name (guint action);
