/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-link-facts.h. What comes in is put in order at the end, and handed out to the records by binary search. */
#include "ph-link-facts.h"

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

struct _PhLinkFacts
{
  Step step; /* what is asked next */

  GArray *addresses; /* Address */
  GArray *groups;    /* PhGroupKey */
  PhGroupReader reader;
  PhError addresses_error;
  PhError groups_error;

  GHashTable *settings; /* index → Settings */
  PhError settings_error;
  gint64 settings_us;           /* when they were asked for; 0: never */
  guint64 settings_fingerprint; /* of the links then */
};

PhLinkFacts *
ph_link_facts_new (void)
{
  PhLinkFacts *facts = g_new0 (PhLinkFacts, 1);

  facts->addresses = g_array_new (FALSE, FALSE, sizeof (Address));
  facts->groups = g_array_new (FALSE, FALSE, sizeof (PhGroupKey));
  facts->settings = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return facts;
}

void
ph_link_facts_free (PhLinkFacts *facts)
{
  g_array_unref (facts->addresses);
  g_array_unref (facts->groups);
  g_hash_table_unref (facts->settings);
  g_free (facts);
}

void
ph_link_facts_begin (PhLinkFacts *facts)
{
  facts->step = STEP_ADDRESSES;
  g_array_set_size (facts->addresses, 0);
  g_array_set_size (facts->groups, 0);
}

/* --- what to ask --- */

/* A number that changes when a link comes, goes, is switched, or changes its carrier. */
static guint64
fingerprint (PhSnapshot *snapshot)
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

/* A question that failed is asked again at once, unless the kernel cannot answer it. */
static gboolean
want_settings (PhLinkFacts *facts, PhSnapshot *snapshot, gint64 time_us)
{
  PhErrorCode code = facts->settings_error.code;
  guint64 now = fingerprint (snapshot);

  if (facts->settings_us != 0 && time_us - facts->settings_us < SETTINGS_FRESH_US && now == facts->settings_fingerprint
      && (code == PH_ERROR_NONE || code == PH_ERROR_UNSUPPORTED))
    return FALSE;
  facts->settings_us = time_us;
  facts->settings_fingerprint = now;
  return TRUE;
}

/* Until its END is there, an answer has failed. */
static PhError
cut_short (PhRequestName request)
{
  return (PhError){ .code = PH_ERROR_TRUNCATED, .request = (guint16) request };
}

gboolean
ph_link_facts_next (PhLinkFacts *facts, PhSnapshot *snapshot, gint64 time_us, PhRequest *request)
{
  if (ph_snapshot_n_records (snapshot) == 0)
    return FALSE;
  switch (facts->step)
    {
    case STEP_ADDRESSES:
      *request = (PhRequest){ .name = PH_REQUEST_ADDRESSES };
      facts->addresses_error = cut_short (request->name);
      facts->step = STEP_GROUPS;
      return TRUE;
    case STEP_GROUPS:
      *request = (PhRequest){ .name = PH_REQUEST_GROUPS };
      facts->groups_error = cut_short (request->name);
      facts->step = STEP_SETTINGS;
      return TRUE;
    case STEP_SETTINGS:
      facts->step = STEP_DONE;
      if (!want_settings (facts, snapshot, time_us))
        return FALSE;
      *request = (PhRequest){ .name = PH_REQUEST_LINK_SETTINGS };
      facts->settings_error = cut_short (request->name);
      return TRUE;
    case STEP_DONE:
      break;
    }
  return FALSE;
}

/* --- what is answered --- */

static void
take_addresses (PhLinkFacts *facts, const void *bytes, gsize length)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;

  while ((message = ph_message_next (&at, &length)))
    {
      Address address = { .order = facts->addresses->len };

      if (ph_decode_link_address (message, &address.index, &address.address))
        g_array_append_val (facts->addresses, address);
    }
}

static void
take_group (const PhGroupKey *key, guint32 users, const char *name, gpointer data)
{
  PhLinkFacts *facts = data;

  g_array_append_vals (facts->groups, key, 1);
}

static void
take_settings (PhLinkFacts *facts, const void *bytes, gsize length)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;

  while ((message = ph_message_next (&at, &length)))
    {
      Settings settings;
      guint32 index;

      if (ph_decode_link_settings (message, &index, &settings.speed, &settings.duplex))
        g_hash_table_insert (facts->settings, GUINT_TO_POINTER (index), g_memdup2 (&settings, sizeof settings));
    }
}

/* The answer begins, or begins anew: what it has brought so far is forgotten. */
static void
forget (PhLinkFacts *facts, const PhAsked *asked)
{
  switch ((guint) asked->request)
    {
    case PH_REQUEST_ADDRESSES:
      g_array_set_size (facts->addresses, 0);
      break;
    case PH_REQUEST_GROUPS:
      if (asked->part == 0)
        g_array_set_size (facts->groups, 0);
      facts->reader = (PhGroupReader){ 0 };
      break;
    case PH_REQUEST_LINK_SETTINGS:
      g_hash_table_remove_all (facts->settings);
      break;
    }
}

static void
take_bytes (PhLinkFacts *facts, const PhAsked *asked, const void *bytes, gsize length)
{
  switch ((guint) asked->request)
    {
    case PH_REQUEST_ADDRESSES:
      take_addresses (facts, bytes, length);
      break;
    case PH_REQUEST_GROUPS:
      ph_decode_groups (&facts->reader, asked->part, bytes, length, take_group, facts);
      break;
    case PH_REQUEST_LINK_SETTINGS:
      take_settings (facts, bytes, length);
      break;
    }
}

static void
take_end (PhLinkFacts *facts, const PhAsked *asked, const void *bytes, gsize length)
{
  PhError *error = asked->request == PH_REQUEST_ADDRESSES ? &facts->addresses_error
                   : asked->request == PH_REQUEST_GROUPS  ? &facts->groups_error
                                                          : &facts->settings_error;
  PhFrameEnd end;

  if (length != sizeof end)
    return;
  memcpy (&end, bytes, sizeof end);
  *error = (PhError){ .code = end.code, .errnum = end.errnum, .request = (guint16) asked->request };
}

void
ph_link_facts_take (PhLinkFacts *facts, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  switch (kind)
    {
    case PH_FRAME_BEGIN:
    case PH_FRAME_RESTART:
      forget (facts, asked);
      break;
    case PH_FRAME_NETLINK:
    case PH_FRAME_TEXT:
      take_bytes (facts, asked, bytes, length);
      break;
    case PH_FRAME_END:
      take_end (facts, asked, bytes, length);
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

/* The first of a sorted array's items that is not below @index. Both kinds of item begin with their link's index. */
static guint
lower_bound (GArray *items, guint32 index)
{
  guint low = 0, high = items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint32 found;

      memcpy (&found, items->data + (gsize) middle * g_array_get_element_size (items), sizeof found);
      if (found < index)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
set_addresses (const PhLinkFacts *facts, PhArena *arena, PhLink *link)
{
  guint first = lower_bound (facts->addresses, link->key.index);
  guint n = lower_bound (facts->addresses, link->key.index + 1) - first;
  PhLinkAddress *addresses;

  link->addresses_error = facts->addresses_error;
  if (n == 0 || link->addresses_error.code != PH_ERROR_NONE)
    return;
  addresses = ph_arena_alloc (arena, n * sizeof *addresses);
  for (guint i = 0; i < n; i++)
    addresses[i] = g_array_index (facts->addresses, Address, first + i).address;
  link->addresses = addresses;
  link->n_addresses = n;
}

static void
set_groups (const PhLinkFacts *facts, PhArena *arena, PhLink *link)
{
  guint first = lower_bound (facts->groups, link->key.index);
  guint n = lower_bound (facts->groups, link->key.index + 1) - first;
  PhAddress *groups;

  link->groups_error = facts->groups_error;
  if (n == 0 || link->groups_error.code != PH_ERROR_NONE)
    return;
  groups = ph_arena_alloc (arena, n * sizeof *groups);
  for (guint i = 0; i < n; i++)
    groups[i] = g_array_index (facts->groups, PhGroupKey, first + i).address;
  link->groups = groups;
  link->n_groups = n;
}

static void
set_settings (const PhLinkFacts *facts, PhLink *link)
{
  const Settings *settings = g_hash_table_lookup (facts->settings, GUINT_TO_POINTER (link->key.index));

  link->settings_error = facts->settings_error;
  if (settings == NULL || link->settings_error.code != PH_ERROR_NONE)
    return;
  link->speed = settings->speed;
  link->duplex = settings->duplex;
}

void
ph_link_facts_finish (PhLinkFacts *facts, PhSnapshot *snapshot)
{
  PhArena *arena = ph_snapshot_arena (snapshot);

  g_array_sort (facts->addresses, compare_addresses);
  g_array_sort (facts->groups, compare_groups);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      PhLink *link = ph_snapshot_edit (snapshot, i);

      set_addresses (facts, arena, link);
      set_groups (facts, arena, link);
      set_settings (facts, link);
    }
}
