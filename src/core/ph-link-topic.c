/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is asked about links: all of them with their counters, then their addresses, the multicast groups they are in,
 * and speed and duplex. Each of the last three may fail by itself and costs only its own columns.
 *
 * To learn speed and duplex the kernel asks every driver, and some ask their hardware. So they are remembered, and
 * asked again when a link came, went or changed its carrier, and now and then.
 */
#include "ph-topic.h"

#include <linux/if.h>
#include <string.h>

#include "ph-frame.h"
#include "ph-group.h"
#include "ph-link-decode.h"

#define SETTINGS_FRESH_US (30 * G_USEC_PER_SEC)

typedef enum
{
  STEP_ADDRESSES,
  STEP_GROUPS,
  STEP_SETTINGS,
  STEP_DONE,
} Step;

typedef struct
{
  guint32 index;
  guint32 order; /* as they came */
  PhLinkAddress address;
} Address;

typedef struct
{
  guint32 speed;
  guint8 duplex;
} Settings;

typedef struct
{
  Step step; /* what is asked next */

  GArray *addresses; /* Address */
  GArray *groups;    /* PhGroupKey */
  PhGroupReader reader;
  PhError addresses_error;
  PhError groups_error;

  GHashTable *settings; /* index → Settings */
  PhError settings_error;
  gint64 settings_us;    /* when they were asked for; 0: never */
  guint64 settings_seen; /* what the links looked like then */
} State;

static gpointer
create (void)
{
  State *state = g_new0 (State, 1);

  state->addresses = g_array_new (FALSE, FALSE, sizeof (Address));
  state->groups = g_array_new (FALSE, FALSE, sizeof (PhGroupKey));
  state->settings = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return state;
}

static void
destroy (gpointer data)
{
  State *state = data;

  g_array_unref (state->addresses);
  g_array_unref (state->groups);
  g_hash_table_unref (state->settings);
  g_free (state);
}

static void
begin (gpointer data, const PhPlan *plan)
{
  State *state = data;

  state->step = STEP_ADDRESSES;
  g_array_set_size (state->addresses, 0);
  g_array_set_size (state->groups, 0);
}

static void
count_malformed (PhSnapshot *snapshot, PhRequestName request)
{
  PhLookResult *look = ph_snapshot_edit_look (snapshot, request);

  if (look->malformed < G_MAXUINT16)
    look->malformed++;
}

static void
decode (gpointer data, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;

  while (kind == PH_FRAME_NETLINK && (message = ph_message_next (&at, &length)))
    {
      guint number = ph_snapshot_n_records (snapshot);

      if (message->nlmsg_type < NLMSG_MIN_TYPE)
        continue;
      if (!ph_decode_link (message, ph_snapshot_arena (snapshot), ph_snapshot_add (snapshot)))
        {
          ph_snapshot_truncate (snapshot, number);
          count_malformed (snapshot, asked->request);
        }
    }
  if (length > 0)
    count_malformed (snapshot, asked->request);
}

/* --- what to ask besides --- */

/* A number that changes when a link comes, goes, is switched, or changes its carrier. */
static guint64
looks_of (PhSnapshot *snapshot)
{
  guint64 sum = 0;

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhLink *link = ph_snapshot_record (snapshot, i);

      sum = (sum ^ link->key.index) * G_GUINT64_CONSTANT (0x100000001b3); /* as FNV-1a does */
      sum = (sum ^ link->carrier_count) * G_GUINT64_CONSTANT (0x100000001b3);
      sum = (sum ^ (link->flags & (IFF_UP | IFF_RUNNING))) * G_GUINT64_CONSTANT (0x100000001b3);
    }
  return sum;
}

static gboolean
want_settings (State *state, PhSnapshot *snapshot, gint64 time_us)
{
  guint64 looks = looks_of (snapshot);

  if (state->settings_us != 0 && time_us - state->settings_us < SETTINGS_FRESH_US && looks == state->settings_seen)
    return FALSE;
  state->settings_us = time_us;
  state->settings_seen = looks;
  return TRUE;
}

/* Until its END is there, an answer has failed. */
static PhError
cut_short (PhRequestName request)
{
  return (PhError){ .code = PH_ERROR_TRUNCATED, .request = (guint16) request };
}

static gboolean
next (gpointer data, PhSnapshot *snapshot, gint64 time_us, PhRequest *request)
{
  State *state = data;

  if (ph_snapshot_n_records (snapshot) == 0)
    return FALSE;
  switch (state->step)
    {
    case STEP_ADDRESSES:
      *request = (PhRequest){ .name = PH_REQUEST_ADDRESSES };
      state->addresses_error = cut_short (request->name);
      state->step = STEP_GROUPS;
      return TRUE;
    case STEP_GROUPS:
      *request = (PhRequest){ .name = PH_REQUEST_GROUPS };
      state->groups_error = cut_short (request->name);
      state->step = STEP_SETTINGS;
      return TRUE;
    case STEP_SETTINGS:
      state->step = STEP_DONE;
      if (!want_settings (state, snapshot, time_us))
        return FALSE;
      *request = (PhRequest){ .name = PH_REQUEST_LINK_SETTINGS };
      state->settings_error = cut_short (request->name);
      return TRUE;
    case STEP_DONE:
      break;
    }
  return FALSE;
}

/* --- what is answered --- */

static void
take_addresses (State *state, const void *bytes, gsize length)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;

  while ((message = ph_message_next (&at, &length)))
    {
      Address address = { .order = state->addresses->len };

      if (ph_decode_link_address (message, &address.index, &address.address))
        g_array_append_val (state->addresses, address);
    }
}

static void
take_group (const PhGroupKey *key, guint32 users, const char *name, gpointer data)
{
  State *state = data;

  g_array_append_vals (state->groups, key, 1);
}

static void
take_settings (State *state, const void *bytes, gsize length)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;

  while ((message = ph_message_next (&at, &length)))
    {
      Settings settings;
      guint32 index;

      if (ph_decode_link_settings (message, &index, &settings.speed, &settings.duplex))
        g_hash_table_insert (state->settings, GUINT_TO_POINTER (index), g_memdup2 (&settings, sizeof settings));
    }
}

/* The answer begins, or begins anew: what it has brought so far is forgotten. */
static void
forget (State *state, const PhAsked *asked)
{
  switch ((guint) asked->request)
    {
    case PH_REQUEST_ADDRESSES:
      g_array_set_size (state->addresses, 0);
      break;
    case PH_REQUEST_GROUPS:
      if (asked->part == 0)
        g_array_set_size (state->groups, 0);
      state->reader = (PhGroupReader){ 0 };
      break;
    case PH_REQUEST_LINK_SETTINGS:
      g_hash_table_remove_all (state->settings);
      break;
    }
}

static void
take_bytes (State *state, const PhAsked *asked, const void *bytes, gsize length)
{
  switch ((guint) asked->request)
    {
    case PH_REQUEST_ADDRESSES:
      take_addresses (state, bytes, length);
      break;
    case PH_REQUEST_GROUPS:
      ph_decode_groups (&state->reader, asked->part, bytes, length, take_group, state);
      break;
    case PH_REQUEST_LINK_SETTINGS:
      take_settings (state, bytes, length);
      break;
    }
}

static void
take_end (State *state, const PhAsked *asked, const void *bytes, gsize length)
{
  PhError *error = asked->request == PH_REQUEST_ADDRESSES ? &state->addresses_error
                   : asked->request == PH_REQUEST_GROUPS  ? &state->groups_error
                                                          : &state->settings_error;
  PhFrameEnd end;

  if (length != sizeof end)
    return;
  memcpy (&end, bytes, sizeof end);
  *error = (PhError){ .code = end.code, .errnum = end.errnum, .request = (guint16) asked->request };
}

static void
take (gpointer data, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  switch (kind)
    {
    case PH_FRAME_BEGIN:
    case PH_FRAME_RESTART:
      forget (data, asked);
      break;
    case PH_FRAME_NETLINK:
    case PH_FRAME_TEXT:
      take_bytes (data, asked, bytes, length);
      break;
    case PH_FRAME_END:
      take_end (data, asked, bytes, length);
      break;
    default:
      break;
    }
}

/* --- the result --- */

static int
compare_addresses (gconstpointer a, gconstpointer b)
{
  const Address *first = a;
  const Address *second = b;

  if (first->index != second->index)
    return first->index < second->index ? -1 : 1;
  if (first->address.address.family != second->address.address.family)
    return first->address.address.family < second->address.address.family ? -1 : 1;
  return first->order < second->order ? -1 : first->order > second->order;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const PhGroupKey *first = a;
  const PhGroupKey *second = b;

  if (first->interface != second->interface)
    return first->interface < second->interface ? -1 : 1;
  return ph_address_compare (&first->address, &second->address);
}

/* The first of a sorted array's items that is not below @index; each begins with its link's index. */
static guint
lower_bound (const GArray *items, guint32 index)
{
  guint low = 0, high = items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint32 found;

      memcpy (&found, items->data + (gsize) middle * g_array_get_element_size ((GArray *) items), sizeof found);
      if (found < index)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
set_addresses (const State *state, PhArena *arena, PhLink *link)
{
  guint first = lower_bound (state->addresses, link->key.index);
  guint n = lower_bound (state->addresses, link->key.index + 1) - first;
  PhLinkAddress *addresses;

  link->addresses_error = state->addresses_error;
  if (n == 0 || link->addresses_error.code != PH_ERROR_NONE)
    return;
  addresses = ph_arena_alloc (arena, n * sizeof *addresses);
  for (guint i = 0; i < n; i++)
    addresses[i] = g_array_index (state->addresses, Address, first + i).address;
  link->addresses = addresses;
  link->n_addresses = n;
}

static void
set_groups (const State *state, PhArena *arena, PhLink *link)
{
  guint first = lower_bound (state->groups, link->key.index);
  guint n = lower_bound (state->groups, link->key.index + 1) - first;
  PhAddress *groups;

  link->groups_error = state->groups_error;
  if (n == 0 || link->groups_error.code != PH_ERROR_NONE)
    return;
  groups = ph_arena_alloc (arena, n * sizeof *groups);
  for (guint i = 0; i < n; i++)
    groups[i] = g_array_index (state->groups, PhGroupKey, first + i).address;
  link->groups = groups;
  link->n_groups = n;
}

static void
set_settings (const State *state, PhLink *link)
{
  const Settings *settings = g_hash_table_lookup (state->settings, GUINT_TO_POINTER (link->key.index));

  link->settings_error = state->settings_error;
  if (settings == NULL || link->settings_error.code != PH_ERROR_NONE)
    return;
  link->speed = settings->speed;
  link->duplex = settings->duplex;
}

/* The name of another link of this snapshot, which lives as long; "if7" for one that is not in it. */
static const char *
name_of (GHashTable *names, PhArena *arena, guint32 index, gboolean here)
{
  const char *name = here ? g_hash_table_lookup (names, GUINT_TO_POINTER (index)) : NULL;
  char text[16];

  if (index == 0 || name)
    return name;
  g_snprintf (text, sizeof text, "if%u", index);
  return ph_arena_string (arena, text);
}

static void
finish (gpointer data, PhSnapshot *snapshot)
{
  State *state = data;
  PhArena *arena = ph_snapshot_arena (snapshot);
  g_autoptr (GHashTable) names = g_hash_table_new (NULL, NULL);

  g_array_sort (state->addresses, compare_addresses);
  g_array_sort (state->groups, compare_groups);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhLink *link = ph_snapshot_record (snapshot, i);

      g_hash_table_insert (names, GUINT_TO_POINTER (link->key.index), (gpointer) link->name);
    }
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      PhLink *link = ph_snapshot_edit (snapshot, i);

      set_addresses (state, arena, link);
      set_groups (state, arena, link);
      set_settings (state, link);
      link->master_name = name_of (names, arena, link->master, TRUE);
      link->link_name = name_of (names, arena, link->link, link->link_netns < 0);
    }
}

const PhTopic ph_link_topic = {
  .schema = &ph_link_schema,
  .requests = G_GUINT64_CONSTANT (1) << PH_REQUEST_LINK_STATS,
  .create = create,
  .destroy = destroy,
  .begin = begin,
  .decode = decode,
  .next = next,
  .take = take,
  .finish = finish,
};
