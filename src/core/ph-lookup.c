/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sockets are put into groups, one for each thing that was meant. Whether a process or a unit is meant is found out
 * once for each: there are far fewer than sockets, and neighbours in a dump often share one.
 */
#include "ph-lookup-private.h"

#include <string.h>

#include "ph-socket-columns.h"

enum
{
  EXACT = 0,
  BEGINS,
  CONTAINS,
  BY_COMMAND_LINE,
  NO_MATCH,
};

typedef struct
{
  const PhLookupQuery *query;
  PhNames *names;
  const PhUnit *unit; /* of the process that is meant; NULL: not known, or not needed */

  PhLookupGroups groups;
  GHashTable *verdicts; /* PhProcess, PhUnit → 1 + quality */
  GHashTable *services; /* protocol and port → whether it is called so */
  guint n_hidden;       /* sockets whose program may not be read */
} Search;

/* --- names --- */

static guint
match_text (const char *text, const char *wanted)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  const char *at = strstr (folded, wanted);

  if (!at)
    return NO_MATCH;
  if (at > folded)
    return CONTAINS;
  return folded[strlen (wanted)] == '\0' ? EXACT : BEGINS;
}

/* The kernel keeps fifteen bytes of a name; the executable has all of it. */
static guint
match_process (gconstpointer object, const char *wanted)
{
  const PhProcess *process = object;
  const char *slash = strrchr (process->exe, '/');
  guint by_name = match_text (process->comm, wanted);
  guint by_file = match_text (slash ? slash + 1 : process->exe, wanted);
  guint best = MIN (by_name, by_file);

  if (best == NO_MATCH && match_text (process->exe, wanted) != NO_MATCH)
    return CONTAINS;
  if (best == NO_MATCH && match_text (process->cmdline, wanted) != NO_MATCH)
    return BY_COMMAND_LINE;
  return best;
}

/* "ssh" is ssh.service. */
static guint
match_unit (gconstpointer object, const char *wanted)
{
  const PhUnit *unit = object;
  guint quality = match_text (unit->name, wanted);
  const char *dot = strrchr (unit->name, '.');

  return quality == BEGINS && dot && strlen (wanted) == (gsize) (dot - unit->name) ? EXACT : quality;
}

/* What @match says of a process or unit, which is asked once. */
static guint
judge (Search *search, gconstpointer object, guint (*match) (gconstpointer object, const char *wanted))
{
  gpointer known = g_hash_table_lookup (search->verdicts, object);

  if (!known)
    {
      known = GUINT_TO_POINTER (1 + match (object, search->query->folded));
      g_hash_table_insert (search->verdicts, (gpointer) object, known);
    }
  return GPOINTER_TO_UINT (known) - 1;
}

/* --- one socket --- */

static guint
judge_process (Search *search, const PhProcess *process)
{
  if (search->query->is_number)
    return process->pid == (gint64) search->query->number ? EXACT : NO_MATCH;
  return judge (search, process, match_process);
}

/* Owners are in order of their PIDs; one may have a socket open several times. */
static void
look_at_owners (Search *search, const PhSocket *socket)
{
  const PhOwnership *owner = &socket->owner;

  for (guint i = 0; i < owner->n_owners; i++)
    {
      const PhProcess *process = owner->owners[i].process;
      guint quality;
      PhLookupGroup *group;

      if (i > 0 && process->pid == owner->owners[i - 1].process->pid)
        continue;
      quality = judge_process (search, process);
      if (quality == NO_MATCH)
        continue;
      group = ph_lookup_groups_numbered (&search->groups, &(PhLookupGroup){ .kind = PH_LOOKUP_PROCESS,
                                                                            .process = process,
                                                                            .number = (guint64) process->pid,
                                                                            .quality = quality });
      ph_lookup_group_add (group, socket);
      group->n_first += i == 0;
    }
}

static void
look_at_unit (Search *search, const PhSocket *socket)
{
  const PhUnit *unit = socket->owner.unit;
  guint quality;

  if (!unit)
    return;
  if (search->unit)
    quality = unit == search->unit || strcmp (unit->path, search->unit->path) == 0 ? CONTAINS : NO_MATCH;
  else if (ph_lookup_query_may_be (search->query, PH_LOOKUP_UNIT) && *search->query->folded)
    quality = judge (search, unit, match_unit);
  else
    return;
  if (quality != NO_MATCH)
    ph_lookup_group_add (ph_lookup_groups_named (&search->groups, PH_LOOKUP_UNIT, unit->name, quality), socket);
}

/* services(5) has names for the port. */
static gboolean
is_service (Search *search, const PhSocket *socket, guint16 port)
{
  gpointer key = GUINT_TO_POINTER ((guint) socket->key.protocol << 16 | port);
  gpointer known = g_hash_table_lookup (search->services, key);

  if (!known)
    {
      char name[64];
      gboolean is = search->names
                    && ph_names_service (search->names, ph_socket_service_protocol (socket->key.protocol), port, name,
                                         sizeof name)
                    && match_text (name, search->query->folded) == EXACT;

      known = GUINT_TO_POINTER (is ? 1 : 2);
      g_hash_table_insert (search->services, key, known);
    }
  return known == GUINT_TO_POINTER (1);
}

static void
look_at_port (Search *search, const PhSocket *socket, PhLookupKind kind, guint16 port)
{
  const PhLookupQuery *query = search->query;
  PhLookupGroup *group;
  char name[64];

  if (port == 0 || !ph_lookup_query_may_be (query, kind))
    return;
  if (query->is_number ? port != query->number : !*query->folded || !is_service (search, socket, port))
    return;
  group = ph_lookup_groups_numbered (&search->groups, &(PhLookupGroup){ .kind = kind, .number = port });
  ph_lookup_group_add (group, socket);
  if (!group->service && search->names
      && ph_names_service (search->names, ph_socket_service_protocol (socket->key.protocol), port, name, sizeof name))
    group->service = g_strdup (name);
}

static void
look_at_address (Search *search, const PhSocket *socket, PhLookupKind kind, const PhAddress *address, guint16 port)
{
  const PhLookupQuery *query = search->query;
  PhLookupGroup like = { .kind = kind };

  if (!ph_lookup_query_may_be (query, kind) || query->address.family == PH_FAMILY_NONE
      || address->family == PH_FAMILY_NONE || (query->port != 0 && port != query->port)
      || !ph_address_in (address, &query->address, query->prefix))
    return;
  /* Of IPv4, whoever writes it: an IPv6 socket has it as ::ffff:192.0.2.7. */
  like.address = ph_address_plain (address);
  ph_lookup_group_add (ph_lookup_groups_numbered (&search->groups, &like), socket);
}

static void
look_at_path (Search *search, const PhSocket *socket)
{
  guint quality;

  if (!socket->path || !*search->query->folded || !ph_lookup_query_may_be (search->query, PH_LOOKUP_PATH))
    return;
  quality = match_text (socket->path, search->query->folded);
  if (quality != NO_MATCH)
    ph_lookup_group_add (ph_lookup_groups_named (&search->groups, PH_LOOKUP_PATH, socket->path, quality), socket);
}

static void
look_at_inode (Search *search, const PhSocket *socket, PhLookupKind kind, guint64 inode)
{
  if (inode == 0 || !search->query->is_number || inode != search->query->number
      || !ph_lookup_query_may_be (search->query, kind))
    return;
  ph_lookup_group_add (ph_lookup_groups_numbered (&search->groups, &(PhLookupGroup){ .kind = kind, .number = inode }),
                       socket);
}

static void
look_at (Search *search, const PhSocket *socket)
{
  const PhLookupQuery *query = search->query;

  if (ph_lookup_query_may_be (query, PH_LOOKUP_PROCESS) && (query->is_number || *query->folded))
    look_at_owners (search, socket);
  look_at_unit (search, socket);
  look_at_port (search, socket, PH_LOOKUP_LOCAL_PORT, socket->local_port);
  look_at_port (search, socket, PH_LOOKUP_REMOTE_PORT, socket->remote_port);
  look_at_address (search, socket, PH_LOOKUP_LOCAL_ADDRESS, &socket->local, socket->local_port);
  look_at_address (search, socket, PH_LOOKUP_REMOTE_ADDRESS, &socket->remote, socket->remote_port);
  look_at_path (search, socket);
  look_at_inode (search, socket, PH_LOOKUP_INODE, socket->inode);
  look_at_inode (search, socket, PH_LOOKUP_PEER, socket->peer_inode);
  search->n_hidden += socket->owner.n_owners == 0
                      && (socket->owner.note == PH_OWNER_OTHER_USER || socket->owner.note == PH_OWNER_PROTECTED);
}

/* --- the result --- */

static void
socket_free (gpointer data)
{
  PhLookupSocket *socket = data;

  g_free (socket->title);
  g_free (socket->detail);
  g_free (socket);
}

static void
hit_free (gpointer data)
{
  PhLookupHit *hit = data;

  g_free (hit->title);
  g_free (hit->note);
  g_free (hit->filter);
  g_ptr_array_unref (hit->sockets);
  g_free (hit);
}

static PhLookupHit *
make_hit (const PhLookupGroup *group, const PhLookupQuery *query)
{
  PhLookupHit *hit = g_new0 (PhLookupHit, 1);

  hit->kind = group->kind;
  hit->title = ph_lookup_group_title (group);
  hit->note = ph_lookup_group_note (group);
  hit->filter = ph_lookup_group_filter (group, query);
  hit->n_sockets = group->n;
  hit->sockets = g_ptr_array_new_with_free_func (socket_free);
  for (guint i = 0; i < MIN (group->n, PH_LOOKUP_SOCKETS); i++)
    {
      PhLookupSocket *socket = g_new0 (PhLookupSocket, 1);

      socket->key = group->top[i]->key;
      socket->title = ph_lookup_socket_title (group->top[i]);
      socket->detail = ph_lookup_socket_detail (group->top[i], group->kind);
      g_ptr_array_add (hit->sockets, socket);
    }
  return hit;
}

static PhLookup *
conclude (Search *search, const PhLookupFacts *facts)
{
  PhLookup *lookup = g_new0 (PhLookup, 1);
  guint found = 0;

  ph_lookup_groups_settle (&search->groups, !search->query->is_number);
  lookup->hits = g_ptr_array_new_with_free_func (hit_free);
  lookup->n_hits = search->groups.all->len;
  for (guint i = 0; i < search->groups.all->len; i++)
    {
      const PhLookupGroup *group = g_ptr_array_index (search->groups.all, i);

      found |= 1u << group->kind;
      if (i < PH_LOOKUP_HITS)
        g_ptr_array_add (lookup->hits, make_hit (group, search->query));
    }
  lookup->note = ph_lookup_note (search->query, found, lookup->n_hits, search->n_hidden, facts);
  return lookup;
}

PhLookup *
ph_lookup (const PhLookupQuery *query, const PhSnapshot *snapshot, PhNames *names, const PhLookupFacts *facts)
{
  Search search = { .query = query, .names = names };
  PhLookup *lookup;

  ph_lookup_groups_init (&search.groups);
  search.verdicts = g_hash_table_new (NULL, NULL);
  search.services = g_hash_table_new (NULL, NULL);
  /* Where its sockets may not be read, those of its unit are the best that can be said. */
  if (facts && facts->process && ph_lookup_is_hidden (facts->process, facts->self))
    search.unit = facts->process->unit;

  for (guint i = 0; query->kinds != 0 && i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      if (socket->head.mark != PH_MARK_CLOSED)
        look_at (&search, socket);
    }
  lookup = conclude (&search, facts);

  g_hash_table_unref (search.services);
  g_hash_table_unref (search.verdicts);
  ph_lookup_groups_clear (&search.groups);
  return lookup;
}

void
ph_lookup_free (PhLookup *lookup)
{
  g_ptr_array_unref (lookup->hits);
  g_free (lookup->note);
  g_free (lookup);
}
