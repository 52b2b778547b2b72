/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the look-up share: the search (ph-lookup.c) and its words (ph-lookup-words.c). */
#pragma once

#include "ph-lookup.h"

#define PH_LOOKUP_WHO 3 /* programs that a title names */

/* Sockets that one thing has brought together. What it points at belongs to the snapshot. */
typedef struct
{
  PhLookupKind kind;
  guint quality;            /* how well it fits: 0: exactly */
  const PhProcess *process; /* PROCESS */
  const char *name;         /* UNIT, PATH */
  char *service;            /* of a port; owned; NULL: it has no name */
  PhAddress address;        /* LOCAL_ADDRESS, REMOTE_ADDRESS */
  guint64 number;           /* a port or an inode */

  guint n;       /* sockets */
  guint n_first; /* PROCESS: those whose first owner it is */
  const PhSocket *top[PH_LOOKUP_SOCKETS];
  guint32 scores[PH_LOOKUP_SOCKETS];  /* the lowest first */
  const char *who[PH_LOOKUP_WHO + 1]; /* who has them; one more than is told */
  guint n_who;
} PhLookupGroup;

/* The names of what was found; free with g_free(). */
char *ph_lookup_group_title (const PhLookupGroup *group);
char *ph_lookup_group_note (const PhLookupGroup *group); /* or NULL */
char *ph_lookup_group_filter (const PhLookupGroup *group, const PhLookupQuery *query);
char *ph_lookup_socket_title (const PhSocket *socket);
char *ph_lookup_socket_detail (const PhSocket *socket, PhLookupKind kind);

/* Who has the socket, in a word; NULL: not known. */
const char *ph_lookup_socket_who (const PhSocket *socket);

/* @found: bits (1 << PhLookupKind); @n_hidden: sockets whose program may not be read. */
char *ph_lookup_note (
    const PhLookupQuery *query, guint found, guint n_hits, guint n_hidden, const PhLookupFacts *facts);

/* Its sockets may not be read, or are not among these. @self may be NULL. */
gboolean ph_lookup_is_hidden (const PhProcess *process, const PhProcess *self);
