/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the counters of the kernel mean: one table for each group, an entry for each counter, written by hand from the
 * standards and the kernel's documentation.
 */
#pragma once

#include <glib.h>

typedef enum
{
  PH_SEVERITY_INFORMATION = 0, /* it rises as a matter of course */
  PH_SEVERITY_WARNING,         /* look at it if it rises a lot: the network, a peer or a limit gets in the way */
  PH_SEVERITY_FAULT,           /* each one is something lost, refused or broken */
} PhCounterSeverity;

typedef enum
{
  PH_COUNTER_COUNT = 0, /* only rises */
  PH_COUNTER_GAUGE,     /* a setting, or how much there is now: has no rate */
} PhCounterKind;

typedef struct
{
  const char *mib;    /* as in PhCounterKey */
  const char *words;  /* N_(): its name in words */
  const char *text;   /* N_(): one sentence: what it counts; where the kernel does not tell it, why */
  const char *source; /* where that is from: "RFC 4293", "snmp_counter.rst" (the kernel's Documentation/networking) */
  guint8 severity;    /* PhCounterSeverity of a rise */
  guint8 kind;        /* PhCounterKind */
} PhCounterMeaning;

/* NULL: none. @order gets its place among all; G_MAXUINT16 where there is none. */
const PhCounterMeaning *ph_counter_meaning_find (const char *mib, guint16 *order);

/* What is said of ICMP messages of a type that has no entry of its own; their words name the type. */
extern const PhCounterMeaning ph_counter_meaning_icmp_type;
