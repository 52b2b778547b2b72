/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the look-up share: the search (ph-lookup.c), what it finds (ph-lookup-group.c) and its words
 * (ph-lookup-words.c). */
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

/* Counts @socket, and keeps it where it is one of those that tell most. */
void ph_lookup_group_add (PhLookupGroup *group, const PhSocket *socket);

/* What has been found so far, each thing once. */
typedef struct
{
  GPtrArray *all;         /* PhLookupGroup, owned */
  GHashTable *by_number;  /* those that have an address or a number */
  GHashTable *by_name[2]; /* UNIT, PATH */
} PhLookupGroups;

void ph_lookup_groups_init (PhLookupGroups *groups);
void ph_lookup_groups_clear (PhLookupGroups *groups);

/* The group that has kind, address and number of @like, or of this name; a new one where there is none yet. */
PhLookupGroup *ph_lookup_groups_numbered (PhLookupGroups *groups, const PhLookupGroup *like);
PhLookupGroup *ph_lookup_groups_named (PhLookupGroups *groups, PhLookupKind kind, const char *name, guint quality);

/* The best first, and nothing is added any more. @by_name: what a process of several shares with others is told with
 * the first of them. */
void ph_lookup_groups_settle (PhLookupGroups *groups, gboolean by_name);

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
