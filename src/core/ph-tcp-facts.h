/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every value of tcp_info: what the kernel calls it, what it means and in which unit it is. One table; the details of a
 * connection are made from it.
 *
 * Meanings are after include/uapi/linux/tcp.h, tcp_get_info() in net/ipv4/tcp.c, tcp(7), and the RFCs named there.
 */
#pragma once

#include "ph-style.h"
#include "ph-tcp-info.h"

typedef enum
{
  PH_TCP_GROUP_TIME,    /* round trips and timers */
  PH_TCP_GROUP_SENDING, /* windows and rates, of what is on its way */
  PH_TCP_GROUP_LIMITS,  /* what it waited for */
  PH_TCP_GROUP_TROUBLE, /* lost, sent again, out of order */
  PH_TCP_GROUP_RECEIVING,
  PH_TCP_GROUP_TOTALS,
  PH_TCP_GROUP_OPTIONS, /* what both ends have agreed on */
  PH_N_TCP_GROUPS
} PhTcpGroup;

typedef enum
{
  PH_TCP_UNIT_COUNT, /* of something that the title names */
  PH_TCP_UNIT_SEGMENTS,
  PH_TCP_UNIT_BYTES,
  PH_TCP_UNIT_US,
  PH_TCP_UNIT_MS,
  PH_TCP_UNIT_AGO,   /* ms */
  PH_TCP_UNIT_RATE,  /* bytes per second */
  PH_TCP_UNIT_SHARE, /* µs, shown with its share of the time that there was something to send */
  PH_TCP_UNIT_WORDS, /* bits that stand for words: see print */
} PhTcpUnit;

typedef struct
{
  const char *id;      /* the kernel's, without "tcpi_": "rcv_ooopack" */
  const char *title;   /* N_(): a few words */
  const char *meaning; /* N_(): a plain sentence or two */
  guint8 group;        /* PhTcpGroup */
  guint8 unit;         /* PhTcpUnit */
  guint8 size;         /* bytes of the member: 1, 2, 4 or 8 */
  guint8 bad;          /* a number above zero is worth a look */
  guint16 offset;      /* in PhTcpInfo */
  guint64 unknown;     /* with @absent: this value means that there is none */
  const char *absent;  /* N_(): what is said then, in a few words; NULL: every value is one */

  /* PH_TCP_UNIT_WORDS: appends them. */
  void (*print) (const PhTcpInfo *info, GString *text);
} PhTcpFact;

/* In the order in which they are shown, groups together. */
extern const PhTcpFact ph_tcp_facts[];
extern const guint ph_n_tcp_facts;

/* A heading, translated. */
const char *ph_tcp_group_title (PhTcpGroup group);

/* Whether a kernel that has written @length bytes of tcp_info tells this one. */
gboolean ph_tcp_fact_is_told (const PhTcpFact *fact, gsize length);

guint64 ph_tcp_fact_value (const PhTcpFact *fact, const PhTcpInfo *info);

/* The value for people, with its unit, appended: "1.2 ms", "14 segments", "SACK, timestamps". What is not known is said
 * so. */
void ph_tcp_fact_print (const PhTcpFact *fact, const PhTcpInfo *info, PhUnits units, GString *text);
