/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-activity-from-events.h. What is told of something that goes is worded like what is told when it comes, so that
 * the same decoders serve: they are given a copy under the other name. */
#include "ph-activity-from-events.h"

#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "ph-activity-routing.h"
#include "ph-link-decode.h"
#include "ph-neighbour-decode.h"

#define FAILED_MAX 16384 /* neighbours; a network that is searched through has this many */
#define LOST_AGAIN G_USEC_PER_SEC
#define NEVER      G_MININT64

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

struct _PhActivityFromEvents
{
  GHashTable *links;     /* index → Link */
  GHashTable *addresses; /* set of Place */
  GHashTable *failed;    /* set of Place: neighbours told as failed */
  gboolean knows_links;
  gboolean knows_addresses;
  guint learning; /* PhRequestName of the answer that is coming in */
  GByteArray *copy;
  gint64 lost_us; /* when it was last told that some were lost */
  guint malformed;

  /* while a frame is taken */
  PhArena *arena;
  PhActivityTell tell;
  gpointer user;
  gint64 time_us;
  char unnamed[16];
};

/* --- what is remembered --- */

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

static void
link_free (gpointer data)
{
  Link *link = data;

  g_free (link->name);
  g_free (link);
}

PhActivityFromEvents *
ph_activity_from_events_new (void)
{
  PhActivityFromEvents *self = g_new0 (PhActivityFromEvents, 1);

  self->links = g_hash_table_new_full (NULL, NULL, NULL, link_free);
  self->addresses = g_hash_table_new_full (hash_place, equal_places, g_free, NULL);
  self->failed = g_hash_table_new_full (hash_place, equal_places, g_free, NULL);
  self->copy = g_byte_array_new ();
  self->lost_us = NEVER;
  return self;
}

void
ph_activity_from_events_free (PhActivityFromEvents *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->links);
  g_hash_table_unref (self->addresses);
  g_hash_table_unref (self->failed);
  g_byte_array_unref (self->copy);
  g_free (self);
}

guint
ph_activity_from_events_malformed (const PhActivityFromEvents *self)
{
  return self->malformed;
}

static const char *
interface_name (gpointer user, guint32 index)
{
  PhActivityFromEvents *self = user;
  const Link *link = g_hash_table_lookup (self->links, GUINT_TO_POINTER (index));

  if (link)
    return link->name;
  g_snprintf (self->unnamed, sizeof self->unnamed, "if%u", index);
  return self->unnamed;
}

/* The same message under another type. Valid until the next call. */
static const struct nlmsghdr *
with_type (PhActivityFromEvents *self, const struct nlmsghdr *message, guint16 type)
{
  struct nlmsghdr *copy;

  if (message->nlmsg_type == type)
    return message;
  g_byte_array_set_size (self->copy, 0);
  g_byte_array_append (self->copy, (const guint8 *) message, message->nlmsg_len);
  copy = (struct nlmsghdr *) (gpointer) self->copy->data;
  copy->nlmsg_type = type;
  return copy;
}

static void
begin_entry (PhActivityFromEvents *self, PhActivity *entry, PhActivityKind kind, guint32 index)
{
  ph_activity_init (entry, kind, self->time_us);
  entry->interface = index;
  if (index != 0)
    entry->interface_name = ph_arena_string (self->arena, interface_name (self, index));
}

static void
tell (PhActivityFromEvents *self, const PhActivity *entry)
{
  self->tell (self->user, entry);
}

/* --- links --- */

/* IFF_RUNNING is what RFC 2863 calls operational, which the kernel works out up to a second after the carrier came or
 * went: a new link without one is called running until then. */
static gboolean
is_running (const PhLink *link)
{
  const guint32 all = IFF_UP | IFF_RUNNING | IFF_LOWER_UP;

  return (link->flags & all) == all;
}

/* A bridge tells of its ports in messages of its own family. */
static gboolean
is_of_another_family (const struct nlmsghdr *message)
{
  const struct ifinfomsg *info = mnl_nlmsg_get_payload (message);

  return message->nlmsg_len >= MNL_NLMSG_HDRLEN + sizeof *info && info->ifi_family != AF_UNSPEC;
}

static void
remember_link (PhActivityFromEvents *self, const PhLink *link)
{
  Link *kept = g_new (Link, 1);

  kept->running = is_running (link);
  kept->name = g_strdup (link->name);
  g_hash_table_insert (self->links, GUINT_TO_POINTER (link->key.index), kept);
}

/* "veth, 02:00:00:00:00:01, MTU 1500" */
static const char *
describe_link (PhActivityFromEvents *self, const PhLink *link)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (link->kind)
    g_string_append_printf (text, "%s, ", link->kind);
  if (link->mac)
    g_string_append_printf (text, "%s, ", link->mac);
  g_string_append_printf (text, "MTU %u", link->mtu);
  return ph_arena_string (self->arena, text->str);
}

static void
take_link (PhActivityFromEvents *self, const PhLink *link)
{
  const Link *before = g_hash_table_lookup (self->links, GUINT_TO_POINTER (link->key.index));
  const gboolean known = before != NULL, was_running = before && before->running;
  PhActivity entry;

  remember_link (self, link);
  if (!known && !self->knows_links)
    return;
  if (!known)
    {
      begin_entry (self, &entry, PH_ACTIVITY_LINK_ADDED, link->key.index);
      entry.detail = describe_link (self, link);
      tell (self, &entry);
    }
  if (is_running (link) == was_running)
    return;
  begin_entry (self, &entry, was_running ? PH_ACTIVITY_LINK_DOWN : PH_ACTIVITY_LINK_UP, link->key.index);
  if (was_running && (link->flags & IFF_UP))
    entry.detail = "no carrier";
  tell (self, &entry);
}

static void
take_link_message (PhActivityFromEvents *self, const struct nlmsghdr *message)
{
  PhLink link = { 0 };
  PhActivity entry;

  if (is_of_another_family (message))
    return;
  if (!ph_decode_link (with_type (self, message, RTM_NEWLINK), self->arena, &link))
    self->malformed++;
  else if (message->nlmsg_type == RTM_NEWLINK)
    take_link (self, &link);
  else
    {
      remember_link (self, &link); /* for its name */
      begin_entry (self, &entry, PH_ACTIVITY_LINK_REMOVED, link.key.index);
      entry.detail = describe_link (self, &link);
      tell (self, &entry);
      g_hash_table_remove (self->links, GUINT_TO_POINTER (link.key.index));
    }
}

/* --- addresses --- */

/* The kernel tells of an address again when its lifetime is renewed, and when it has been found to be nobody else's.
 * Where it is not known which there were, the time stamps tell those that are new. */
static gboolean
is_fresh (const struct nlmsghdr *message)
{
  const struct nlattr *attributes[IFA_CACHEINFO + 1];
  struct ifa_cacheinfo info = { .tstamp = 1 };

  return ph_attributes_find (message, sizeof (struct ifaddrmsg), attributes, G_N_ELEMENTS (attributes))
         && ph_attribute_struct (attributes[IFA_CACHEINFO], &info, sizeof info) && info.cstamp == info.tstamp;
}

static void
take_address_message (PhActivityFromEvents *self, const struct nlmsghdr *message)
{
  PhLinkAddress address;
  PhActivity entry;
  guint32 index;
  Place place;
  gboolean told;

  if (!ph_decode_link_address (with_type (self, message, RTM_NEWADDR), &index, &address))
    {
      self->malformed++;
      return;
    }
  place = (Place){ address.address, index, address.prefix };
  if (message->nlmsg_type == RTM_NEWADDR)
    told = g_hash_table_add (self->addresses, g_memdup2 (&place, sizeof place))
           && (self->knows_addresses || is_fresh (message));
  else
    {
      g_hash_table_remove (self->addresses, &place);
      told = TRUE;
    }
  if (!told)
    return;
  begin_entry (self, &entry,
               message->nlmsg_type == RTM_NEWADDR ? PH_ACTIVITY_ADDRESS_ADDED : PH_ACTIVITY_ADDRESS_REMOVED, index);
  ph_activity_set_address (&entry, &address, self->arena);
  tell (self, &entry);
}

/* --- routes --- */

static gboolean
is_worth_telling (const PhRoute *route)
{
  switch (route->key.type)
    {
    case RTN_UNICAST:
    case RTN_BLACKHOLE:
    case RTN_UNREACHABLE:
    case RTN_PROHIBIT:
    case RTN_THROW:
      return !route->key.cached && ph_route_table (route) != RT_TABLE_LOCAL;
    default:
      return FALSE;
    }
}

static void
take_route_message (PhActivityFromEvents *self, const struct nlmsghdr *message)
{
  PhRoute route = { 0 };
  PhRouteHops hops;
  PhActivityKind kind = PH_ACTIVITY_ROUTE_ADDED;
  PhActivity entry;

  if (!ph_decode_route (with_type (self, message, RTM_NEWROUTE), self->arena, &route, &hops))
    {
      self->malformed++;
      return;
    }
  if (!is_worth_telling (&route))
    return;
  if (message->nlmsg_type == RTM_DELROUTE)
    kind = PH_ACTIVITY_ROUTE_REMOVED;
  else if (message->nlmsg_flags & NLM_F_REPLACE)
    kind = PH_ACTIVITY_ROUTE_CHANGED;
  begin_entry (self, &entry, kind, 0);
  ph_activity_set_route (&entry, &route, &hops, self->arena, interface_name, self);
  tell (self, &entry);
}

/* --- neighbours --- */

static gboolean
is_neighbour_proper (const struct nlmsghdr *message)
{
  const struct ndmsg *header = mnl_nlmsg_get_payload (message);

  return message->nlmsg_len >= MNL_NLMSG_HDRLEN + sizeof *header
         && (header->ndm_family == AF_INET || header->ndm_family == AF_INET6) && !(header->ndm_flags & NTF_PROXY);
}

/* One that is taken away is called failed, too, but was not asked in vain. */
static void
take_neighbour_message (PhActivityFromEvents *self, const struct nlmsghdr *message)
{
  PhNeighbour neighbour = { 0 };
  PhActivity entry;
  Place place;

  if (!is_neighbour_proper (message))
    return;
  if (!ph_decode_neighbour (message, self->arena, &neighbour))
    {
      self->malformed++;
      return;
    }
  place = (Place){ neighbour.key.address, neighbour.key.interface, 0 };
  if (neighbour.state & NUD_VALID)
    g_hash_table_remove (self->failed, &place);
  if (!(neighbour.state & NUD_FAILED) || neighbour.probes == 0)
    return;
  if (g_hash_table_size (self->failed) >= FAILED_MAX)
    g_hash_table_remove_all (self->failed);
  if (!g_hash_table_add (self->failed, g_memdup2 (&place, sizeof place)))
    return;
  begin_entry (self, &entry, PH_ACTIVITY_NEIGHBOUR_FAILED, neighbour.key.interface);
  entry.remote = neighbour.key.address;
  tell (self, &entry);
}

/* --- frames --- */

static void
tell_lost (PhActivityFromEvents *self)
{
  PhActivity entry;

  /* The kernel's word comes twice: when it begins to drop, and when it has stopped. */
  if (self->lost_us != NEVER && ABS (self->time_us - self->lost_us) < LOST_AGAIN)
    return;
  self->lost_us = self->time_us;
  begin_entry (self, &entry, PH_ACTIVITY_EVENTS_LOST, 0);
  entry.detail = "links, addresses, routes, neighbours";
  tell (self, &entry);
}

static void
take_message (PhActivityFromEvents *self, const struct nlmsghdr *message)
{
  switch (message->nlmsg_type)
    {
    case RTM_NEWLINK:
    case RTM_DELLINK:
      take_link_message (self, message);
      break;
    case RTM_NEWADDR:
    case RTM_DELADDR:
      take_address_message (self, message);
      break;
    case RTM_NEWROUTE:
    case RTM_DELROUTE:
      take_route_message (self, message);
      break;
    case RTM_NEWNEIGH:
      take_neighbour_message (self, message);
      break;
    default:
      break;
    }
}

void
ph_activity_from_events_take (PhActivityFromEvents *self,
                              PhFrameKind kind,
                              gconstpointer bytes,
                              gsize length,
                              gint64 time_us,
                              PhActivityTell tell_entry,
                              gpointer user)
{
  const struct nlmsghdr *message;
  const guint8 *at = bytes;

  self->arena = ph_arena_new ();
  self->tell = tell_entry;
  self->user = user;
  self->time_us = time_us;
  if (kind == PH_FRAME_LOST)
    tell_lost (self);
  if (kind == PH_FRAME_NETLINK)
    {
      while ((message = ph_message_next (&at, &length)))
        take_message (self, message);
      self->malformed += length > 0;
    }
  g_clear_pointer (&self->arena, ph_arena_free);
}

/* --- how it is now --- */

static void
learn_message (PhActivityFromEvents *self, const struct nlmsghdr *message)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  PhLink link = { 0 };
  PhLinkAddress address;
  guint32 index;

  if (self->learning == PH_REQUEST_LINK_STATS && message->nlmsg_type == RTM_NEWLINK)
    {
      if (ph_decode_link (message, arena, &link))
        remember_link (self, &link);
    }
  else if (self->learning == PH_REQUEST_ADDRESSES && message->nlmsg_type == RTM_NEWADDR)
    {
      if (ph_decode_link_address (message, &index, &address))
        {
          const Place place = { address.address, index, address.prefix };

          g_hash_table_add (self->addresses, g_memdup2 (&place, sizeof place));
        }
    }
}

static void
begin_learning (PhActivityFromEvents *self)
{
  if (self->learning == PH_REQUEST_LINK_STATS)
    {
      g_hash_table_remove_all (self->links);
      self->knows_links = FALSE;
    }
  else if (self->learning == PH_REQUEST_ADDRESSES)
    {
      g_hash_table_remove_all (self->addresses);
      self->knows_addresses = FALSE;
    }
}

static void
end_learning (PhActivityFromEvents *self, gconstpointer bytes, gsize length)
{
  PhFrameEnd end;

  if (length == sizeof end)
    {
      memcpy (&end, bytes, sizeof end);
      if (end.code == PH_ERROR_NONE && self->learning == PH_REQUEST_LINK_STATS)
        self->knows_links = TRUE;
      if (end.code == PH_ERROR_NONE && self->learning == PH_REQUEST_ADDRESSES)
        self->knows_addresses = TRUE;
    }
  self->learning = PH_REQUEST_NONE;
}

void
ph_activity_from_events_learn (PhActivityFromEvents *self, PhFrameKind kind, gconstpointer bytes, gsize length)
{
  const struct nlmsghdr *message;
  const guint8 *at = bytes;
  PhFrameBegin begin;

  switch (kind)
    {
    case PH_FRAME_BEGIN:
      self->learning = PH_REQUEST_NONE;
      if (length == sizeof begin)
        {
          memcpy (&begin, bytes, sizeof begin);
          self->learning = begin.request;
        }
      begin_learning (self);
      break;
    case PH_FRAME_RESTART:
      begin_learning (self);
      break;
    case PH_FRAME_NETLINK:
      while ((message = ph_message_next (&at, &length)))
        learn_message (self, message);
      break;
    case PH_FRAME_END:
      end_learning (self, bytes, length);
      break;
    default:
      break;
    }
}
