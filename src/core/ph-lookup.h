/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Look up: from a number or a name to the sockets that have to do with it, grouped as people think of them: "firefox
 * (PID 4242)" with its twelve, "Local port 443 (https): nginx". And where there is nothing, in words what is not there.
 *
 * One pass over a snapshot; any thread. Nobody is asked here for what the snapshot lacks.
 */
#pragma once

#include "ph-lookup-facts.h"
#include "ph-lookup-query.h"
#include "ph-names.h"
#include "ph-snapshot.h"
#include "ph-socket.h"

#define PH_LOOKUP_HITS    20
#define PH_LOOKUP_SOCKETS 8

typedef struct
{
  PhSocketKey key;
  char *title;  /* "192.0.2.7:443 ↔ 198.51.100.9:50123" */
  char *detail; /* "tcp · ESTABLISHED · nginx (PID 812)", as far as the hit's title does not say it */
} PhLookupSocket;

typedef struct
{
  PhLookupKind kind;
  char *title;        /* translated, fit to show */
  char *note;         /* more about it: the command line; NULL */
  char *filter;       /* shows these sockets and no others */
  guint n_sockets;    /* all */
  GPtrArray *sockets; /* PhLookupSocket: the first of them, what listens before what is connected; never empty */
} PhLookupHit;

typedef struct
{
  GPtrArray *hits; /* PhLookupHit, the best first, at most PH_LOOKUP_HITS */
  guint n_hits;    /* all that there were */
  char *note;      /* sentences, a line each: what was looked for and is not there, or may not be seen. NULL: nothing */
} PhLookup;

/* @names: for names of ports; @facts: about the PID of ph_lookup_query_pid(); either may be NULL. Sockets that are
 * marked closed are none any more. */
PhLookup *ph_lookup (const PhLookupQuery *query,
                     const PhSnapshot *snapshot,
                     PhNames *names,
                     const PhLookupFacts *facts);
void ph_lookup_free (PhLookup *lookup);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLookup, ph_lookup_free)
