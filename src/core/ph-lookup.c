/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sockets are put into groups, one for each thing that was meant. Whether a process or a unit is meant is found out
 * once for each: there are far fewer than sockets, and neighbours in a dump often share one.
 *
 * Found by name, a socket with several owners counts for the first of them, so that the workers of one server are not
 * listed as so many servers; a group tells the number of all that its process has open, for that is what its filter
 * shows.
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

  GPtrArray *groups;      /* PhLookupGroup, owned */
  GHashTable *by_number;  /* a group by its kind and what it is about */
  GHashTable *by_name[2]; /* UNIT, PATH */
  GHashTable *verdicts;   /* PhProcess, PhUnit → 1 + quality */
  GHashTable *services;   /* protocol and port → whether it is called so */
  guint n_hidden;         /* sockets whose program may not be read */
} Search;

/* --- groups --- */

static guint
group_hash (gconstpointer data)
{
  const PhLookupGroup *group = data;
  guint64 bytes[2];

  memcpy (bytes, group->address.bytes, sizeof bytes);
  bytes[0] ^= group->number * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ bytes[1];
  return (guint) (bytes[0] >> 32 ^ bytes[0]) * 31 + group->kind;
}

static gboolean
group_equal (gconstpointer a, gconstpointer b)
{
  const PhLookupGroup *one = a, *two = b;

  return one->kind == two->kind && one->number == two->number
         && memcmp (&one->address, &two->address, sizeof one->address) == 0;
}

static void
group_free (gpointer data)
{
  PhLookupGroup *group = data;

  g_free (group->service);
  g_free (group);
}

static PhLookupGroup *
new_group (Search *search, const PhLookupGroup *like)
{
  PhLookupGroup *group = g_memdup2 (like, sizeof *like);

  g_ptr_array_add (search->groups, group);
  return group;
}

static PhLookupGroup *
find_numbered (Search *search, const PhLookupGroup *like)
{
  PhLookupGroup *group = g_hash_table_lookup (search->by_number, like);

  if (!group)
    {
      group = new_group (search, like);
      g_hash_table_add (search->by_number, group);
    }
  return group;
}

static PhLookupGroup *
find_named (Search *search, PhLookupKind kind, const char *name, guint quality)
{
  GHashTable *names = search->by_name[kind == PH_LOOKUP_PATH];
  PhLookupGroup *group = g_hash_table_lookup (names, name);

  if (!group)
    {
      group = new_group (search, &(PhLookupGroup){ .kind = kind, .name = name, .quality = quality });
      g_hash_table_insert (names, (gpointer) name, group);
    }
  group->quality = MIN (group->quality, quality);
  return group;
}

/* What tells most comes first: who can be reached, then who talks; by port. */
static guint32
score (const PhSocket *socket)
{
  gboolean inet = socket->local.family != PH_FAMILY_NONE;
  guint rank;

  if (ph_socket_is (socket, PH_SOCKET_IS_LISTENING))
    rank = inet ? 0 : 3;
  else if (inet)
    rank = socket->state == PH_STATE_ESTABLISHED ? 1 : 2;
  else
    rank = socket->path ? 4 : 5;
  return rank << 16 | socket->local_port;
}

static void
add_who (PhLookupGroup *group, const PhSocket *socket)
{
  const char *who = ph_lookup_socket_who (socket);

  /* A unit is named already. */
  if (!who || g_strcmp0 (who, group->name) == 0 || group->n_who > PH_LOOKUP_WHO)
    return;
  for (guint i = 0; i < group->n_who; i++)
    if (strcmp (group->who[i], who) == 0)
      return;
  group->who[group->n_who++] = who;
}

static void
add_socket (PhLookupGroup *group, const PhSocket *socket)
{
  guint32 value = score (socket);
  guint n = MIN (group->n, PH_LOOKUP_SOCKETS), at;

  group->n++;
  if (group->kind != PH_LOOKUP_PROCESS)
    add_who (group, socket);
  for (at = n; at > 0 && group->scores[at - 1] > value; at--)
    ;
  if (at == PH_LOOKUP_SOCKETS)
    return;
  n = MIN (n, PH_LOOKUP_SOCKETS - 1);
  memmove (group->top + at + 1, group->top + at, (n - at) * sizeof group->top[0]);
  memmove (group->scores + at + 1, group->scores + at, (n - at) * sizeof group->scores[0]);
  group->top[at] = socket;
  group->scores[at] = value;
}

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
      group = find_numbered (search, &(PhLookupGroup){ .kind = PH_LOOKUP_PROCESS,
                                                       .process = process,
                                                       .number = (guint64) process->pid,
                                                       .quality = quality });
      add_socket (group, socket);
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
    add_socket (find_named (search, PH_LOOKUP_UNIT, unit->name, quality), socket);
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
  group = find_numbered (search, &(PhLookupGroup){ .kind = kind, .number = port });
  add_socket (group, socket);
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
  add_socket (find_numbered (search, &like), socket);
}

static void
look_at_path (Search *search, const PhSocket *socket)
{
  guint quality;

  if (!socket->path || !*search->query->folded || !ph_lookup_query_may_be (search->query, PH_LOOKUP_PATH))
    return;
  quality = match_text (socket->path, search->query->folded);
  if (quality != NO_MATCH)
    add_socket (find_named (search, PH_LOOKUP_PATH, socket->path, quality), socket);
}

static void
look_at_inode (Search *search, const PhSocket *socket, PhLookupKind kind, guint64 inode)
{
  if (inode == 0 || !search->query->is_number || inode != search->query->number
      || !ph_lookup_query_may_be (search->query, kind))
    return;
  add_socket (find_numbered (search, &(PhLookupGroup){ .kind = kind, .number = inode }), socket);
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

static int
best_first (gconstpointer a, gconstpointer b)
{
  const PhLookupGroup *one = *(PhLookupGroup *const *) a;
  const PhLookupGroup *two = *(PhLookupGroup *const *) b;

  if (one->quality != two->quality)
    return one->quality < two->quality ? -1 : 1;
  if (one->kind != two->kind)
    return one->kind < two->kind ? -1 : 1;
  if (one->n != two->n)
    return one->n > two->n ? -1 : 1;
  if (one->number != two->number)
    return one->number < two->number ? -1 : 1;
  if (one->name && two->name && one->name != two->name)
    return strcmp (one->name, two->name);
  return ph_address_compare (&one->address, &two->address);
}

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

/* What a process of several shares with others is told with the first of them. */
static void
drop_followers (Search *search)
{
  for (guint i = search->groups->len; i > 0 && !search->query->is_number; i--)
    {
      const PhLookupGroup *group = g_ptr_array_index (search->groups, i - 1);

      if (group->kind == PH_LOOKUP_PROCESS && group->n_first == 0)
        g_ptr_array_remove_index_fast (search->groups, i - 1);
    }
}

static PhLookup *
conclude (Search *search, const PhLookupFacts *facts)
{
  PhLookup *lookup = g_new0 (PhLookup, 1);
  guint found = 0;

  g_hash_table_remove_all (search->by_number);
  drop_followers (search);
  g_ptr_array_sort (search->groups, best_first);
  lookup->hits = g_ptr_array_new_with_free_func (hit_free);
  lookup->n_hits = search->groups->len;
  for (guint i = 0; i < search->groups->len; i++)
    {
      const PhLookupGroup *group = g_ptr_array_index (search->groups, i);

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

  search.groups = g_ptr_array_new_with_free_func (group_free);
  search.by_number = g_hash_table_new (group_hash, group_equal);
  search.verdicts = g_hash_table_new (NULL, NULL);
  search.services = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (search.by_name); i++)
    search.by_name[i] = g_hash_table_new (g_str_hash, g_str_equal);
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

  for (guint i = 0; i < G_N_ELEMENTS (search.by_name); i++)
    g_hash_table_unref (search.by_name[i]);
  g_hash_table_unref (search.services);
  g_hash_table_unref (search.verdicts);
  g_hash_table_unref (search.by_number);
  g_ptr_array_unref (search.groups);
  return lookup;
}

void
ph_lookup_free (PhLookup *lookup)
{
  g_ptr_array_unref (lookup->hits);
  g_free (lookup->note);
  g_free (lookup);
}
