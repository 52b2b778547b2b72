/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-network-memory.h. */
#include "ph-network-memory.h"

#include <linux/if.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "ph-link-decode.h"
#include "ph-request.h"

#define FAILED_MAX 16384 /* neighbours; a network that is searched through has this many */
#define NUD_VALID  (NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE | NUD_PROBE | NUD_STALE | NUD_DELAY)

typedef struct
{
  gboolean running; /* can carry data */
  char *name;
} Link;

typedef struct
{
  PhAddress address;
  guint32 interface;
  guint32 prefix;
} Place;

G_STATIC_ASSERT (sizeof (Place) == sizeof (PhAddress) + 8); /* no padding: it is hashed as bytes */

struct _PhNetworkMemory
{
  GHashTable *links;     /* index → Link */
  GHashTable *addresses; /* set of Place */
  GHashTable *failed;    /* set of Place: neighbours */
  gboolean knows_links;  /* all that there are */
  gboolean knows_addresses;
  guint learning; /* PhRequestName of the answer that is coming in */
  char unnamed[16];
};

static guint
hash_place (gconstpointer key)
{
  const guint8 *bytes = key;
  guint hash = 5381;

  for (gsize i = 0; i < sizeof (Place); i++)
    hash = hash * 33 + bytes[i];
  return hash;
}

static gboolean
equal_places (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Place)) == 0;
}

/* FALSE: it was there. */
static gboolean
add_place (GHashTable *places, const Place *place)
{
  return g_hash_table_add (places, g_memdup2 (place, sizeof *place));
}

static void
link_free (gpointer data)
{
  Link *link = data;

  g_free (link->name);
  g_free (link);
}

PhNetworkMemory *
ph_network_memory_new (void)
{
  PhNetworkMemory *memory = g_new0 (PhNetworkMemory, 1);

  memory->links = g_hash_table_new_full (NULL, NULL, NULL, link_free);
  memory->addresses = g_hash_table_new_full (hash_place, equal_places, g_free, NULL);
  memory->failed = g_hash_table_new_full (hash_place, equal_places, g_free, NULL);
  return memory;
}

void
ph_network_memory_free (PhNetworkMemory *memory)
{
  if (!memory)
    return;
  g_hash_table_unref (memory->links);
  g_hash_table_unref (memory->addresses);
  g_hash_table_unref (memory->failed);
  g_free (memory);
}

/* --- links --- */

const char *
ph_network_memory_name (PhNetworkMemory *memory, guint32 index)
{
  const Link *link = g_hash_table_lookup (memory->links, GUINT_TO_POINTER (index));

  if (link)
    return link->name;
  g_snprintf (memory->unnamed, sizeof memory->unnamed, "if%u", index);
  return memory->unnamed;
}

/* IFF_RUNNING is what RFC 2863 calls operational, which the kernel works out up to a second after the carrier came or
 * went: a new link without one is called running until then. */
static gboolean
is_running (const PhLink *link)
{
  const guint32 all = IFF_UP | IFF_RUNNING | IFF_LOWER_UP;

  return (link->flags & all) == all;
}

guint
ph_network_memory_take_link (PhNetworkMemory *memory, const PhLink *link)
{
  const gpointer index = GUINT_TO_POINTER (link->key.index);
  const Link *before = g_hash_table_lookup (memory->links, index);
  const gboolean known = before != NULL, was_running = before && before->running;
  Link *kept = g_new (Link, 1);

  kept->running = is_running (link);
  kept->name = g_strdup (link->name);
  g_hash_table_insert (memory->links, index, kept);
  if (!known && !memory->knows_links)
    return 0;
  return (known ? 0 : PH_LINK_NEWS_ADDED)
         | (kept->running == was_running ? 0
            : kept->running              ? PH_LINK_NEWS_UP
                                         : PH_LINK_NEWS_DOWN);
}

void
ph_network_memory_drop_link (PhNetworkMemory *memory, guint32 index)
{
  g_hash_table_remove (memory->links, GUINT_TO_POINTER (index));
}

/* --- addresses and neighbours --- */

gboolean
ph_network_memory_take_address (PhNetworkMemory *memory, guint32 index, const PhLinkAddress *address, gboolean fresh)
{
  const Place place = { address->address, index, address->prefix };

  return add_place (memory->addresses, &place) && (memory->knows_addresses || fresh);
}

void
ph_network_memory_drop_address (PhNetworkMemory *memory, guint32 index, const PhLinkAddress *address)
{
  const Place place = { address->address, index, address->prefix };

  g_hash_table_remove (memory->addresses, &place);
}

gboolean
ph_network_memory_take_neighbour (PhNetworkMemory *memory, const PhNeighbour *neighbour)
{
  const Place place = { neighbour->key.address, neighbour->key.interface, 0 };

  if (neighbour->state & NUD_VALID)
    g_hash_table_remove (memory->failed, &place);
  if (!(neighbour->state & NUD_FAILED) || neighbour->probes == 0)
    return FALSE;
  if (g_hash_table_size (memory->failed) >= FAILED_MAX)
    g_hash_table_remove_all (memory->failed);
  return add_place (memory->failed, &place);
}

/* --- how it is now --- */

static void
learn_message (PhNetworkMemory *memory, const struct nlmsghdr *message)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  PhLink link = { 0 };
  PhLinkAddress address;
  guint32 index;

  if (memory->learning == PH_REQUEST_LINK_STATS && ph_decode_link (message, arena, &link))
    ph_network_memory_take_link (memory, &link);
  else if (memory->learning == PH_REQUEST_ADDRESSES && ph_decode_link_address (message, &index, &address))
    ph_network_memory_take_address (memory, index, &address, FALSE);
}

static void
begin_learning (PhNetworkMemory *memory)
{
  if (memory->learning == PH_REQUEST_LINK_STATS)
    {
      g_hash_table_remove_all (memory->links);
      memory->knows_links = FALSE;
    }
  else if (memory->learning == PH_REQUEST_ADDRESSES)
    {
      g_hash_table_remove_all (memory->addresses);
      memory->knows_addresses = FALSE;
    }
}

static void
end_learning (PhNetworkMemory *memory, gconstpointer bytes, gsize length)
{
  PhFrameEnd end;

  if (length == sizeof end)
    {
      memcpy (&end, bytes, sizeof end);
      memory->knows_links |= end.code == PH_ERROR_NONE && memory->learning == PH_REQUEST_LINK_STATS;
      memory->knows_addresses |= end.code == PH_ERROR_NONE && memory->learning == PH_REQUEST_ADDRESSES;
    }
  memory->learning = PH_REQUEST_NONE;
}

void
ph_network_memory_learn (PhNetworkMemory *memory, PhFrameKind kind, gconstpointer bytes, gsize length)
{
  const struct nlmsghdr *message;
  const guint8 *at = bytes;
  PhFrameBegin begin = { .request = PH_REQUEST_NONE };

  switch (kind)
    {
    case PH_FRAME_BEGIN:
      if (length == sizeof begin)
        memcpy (&begin, bytes, sizeof begin);
      memory->learning = begin.request;
      begin_learning (memory);
      break;
    case PH_FRAME_RESTART:
      begin_learning (memory);
      break;
    case PH_FRAME_NETLINK:
      while ((message = ph_message_next (&at, &length)))
        learn_message (memory, message);
      break;
    case PH_FRAME_END:
      end_learning (memory, bytes, length);
      break;
    default:
      break;
    }
}
