/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-activity-from-events.h. What is told of something that goes is worded like what is told when it comes, so that
 * the same decoders serve: they are given a copy under the other name. */
#include "ph-activity-from-events.h"

#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "ph-activity-routing.h"
#include "ph-link-decode.h"
#include "ph-neighbour-decode.h"
#include "ph-network-memory.h"

#define LOST_AGAIN G_USEC_PER_SEC
#define NEVER      G_MININT64

struct _PhActivityFromEvents
{
  PhNetworkMemory *memory;
  GByteArray *copy;
  gint64 lost_us; /* when it was last told that some were lost */
  guint malformed;

  /* while a frame is taken */
  PhArena *arena;
  PhActivityTell tell;
  gpointer user;
  gint64 time_us;
};

PhActivityFromEvents *
ph_activity_from_events_new (void)
{
  PhActivityFromEvents *self = g_new0 (PhActivityFromEvents, 1);

  self->memory = ph_network_memory_new ();
  self->copy = g_byte_array_new ();
  self->lost_us = NEVER;
  return self;
}

void
ph_activity_from_events_free (PhActivityFromEvents *self)
{
  if (!self)
    return;
  ph_network_memory_free (self->memory);
  g_byte_array_unref (self->copy);
  g_free (self);
}

guint
ph_activity_from_events_malformed (const PhActivityFromEvents *self)
{
  return self->malformed;
}

void
ph_activity_from_events_learn (PhActivityFromEvents *self, PhFrameKind kind, gconstpointer bytes, gsize length)
{
  ph_network_memory_learn (self->memory, kind, bytes, length);
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

static const char *
interface_name (gpointer user, guint32 index)
{
  PhActivityFromEvents *self = user;

  return ph_network_memory_name (self->memory, index);
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

/* A bridge tells of its ports in messages of its own family. */
static gboolean
is_of_another_family (const struct nlmsghdr *message)
{
  const struct ifinfomsg *info = mnl_nlmsg_get_payload (message);

  return message->nlmsg_len >= MNL_NLMSG_HDRLEN + sizeof *info && info->ifi_family != AF_UNSPEC;
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
tell_link (PhActivityFromEvents *self, const PhLink *link, PhActivityKind kind)
{
  const gboolean is_up = (link->flags & IFF_UP) != 0;
  PhActivity entry;

  begin_entry (self, &entry, kind, link->key.index);
  entry.interface_name = link->name;
  if (kind == PH_ACTIVITY_LINK_ADDED || kind == PH_ACTIVITY_LINK_REMOVED)
    entry.detail = describe_link (self, link);
  else if (kind == PH_ACTIVITY_LINK_DOWN && is_up)
    entry.detail = "no carrier";
  tell (self, &entry);
}

static void
take_link (PhActivityFromEvents *self, const struct nlmsghdr *message)
{
  PhLink link = { 0 };
  guint news;

  if (is_of_another_family (message))
    return;
  if (!ph_decode_link (with_type (self, message, RTM_NEWLINK), self->arena, &link))
    {
      self->malformed++;
      return;
    }
  if (message->nlmsg_type == RTM_DELLINK)
    {
      tell_link (self, &link, PH_ACTIVITY_LINK_REMOVED);
      ph_network_memory_drop_link (self->memory, link.key.index);
      return;
    }
  news = ph_network_memory_take_link (self->memory, &link);
  if (news & PH_LINK_NEWS_ADDED)
    tell_link (self, &link, PH_ACTIVITY_LINK_ADDED);
  if (news & PH_LINK_NEWS_UP)
    tell_link (self, &link, PH_ACTIVITY_LINK_UP);
  if (news & PH_LINK_NEWS_DOWN)
    tell_link (self, &link, PH_ACTIVITY_LINK_DOWN);
}

/* --- addresses --- */

/* The kernel tells of an address again when its lifetime is renewed, and when it has been found to be nobody else's.
 * Its time stamps are those of the first time and of the last. */
static gboolean
is_fresh (const struct nlmsghdr *message)
{
  const struct nlattr *attributes[IFA_CACHEINFO + 1];
  struct ifa_cacheinfo info = { .tstamp = 1 };

  return ph_attributes_find (message, sizeof (struct ifaddrmsg), attributes, G_N_ELEMENTS (attributes))
         && ph_attribute_struct (attributes[IFA_CACHEINFO], &info, sizeof info) && info.cstamp == info.tstamp;
}

static void
take_address (PhActivityFromEvents *self, const struct nlmsghdr *message)
{
  PhActivityKind kind = PH_ACTIVITY_ADDRESS_ADDED;
  PhLinkAddress address;
  PhActivity entry;
  guint32 index;

  if (!ph_decode_link_address (with_type (self, message, RTM_NEWADDR), &index, &address))
    {
      self->malformed++;
      return;
    }
  if (message->nlmsg_type == RTM_DELADDR)
    {
      ph_network_memory_drop_address (self->memory, index, &address);
      kind = PH_ACTIVITY_ADDRESS_REMOVED;
    }
  else if (!ph_network_memory_take_address (self->memory, index, &address, is_fresh (message)))
    return;
  begin_entry (self, &entry, kind, index);
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
take_route (PhActivityFromEvents *self, const struct nlmsghdr *message)
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

/* Not one that this computer answers for, nor an entry of a bridge's forwarding table. */
static gboolean
is_neighbour_proper (const struct nlmsghdr *message)
{
  const struct ndmsg *header = mnl_nlmsg_get_payload (message);

  return message->nlmsg_len >= MNL_NLMSG_HDRLEN + sizeof *header
         && (header->ndm_family == AF_INET || header->ndm_family == AF_INET6) && !(header->ndm_flags & NTF_PROXY);
}

static void
take_neighbour (PhActivityFromEvents *self, const struct nlmsghdr *message)
{
  PhNeighbour neighbour = { 0 };
  PhActivity entry;

  if (!is_neighbour_proper (message))
    return;
  if (!ph_decode_neighbour (message, self->arena, &neighbour))
    {
      self->malformed++;
      return;
    }
  if (!ph_network_memory_take_neighbour (self->memory, &neighbour))
    return;
  begin_entry (self, &entry, PH_ACTIVITY_NEIGHBOUR_FAILED, neighbour.key.interface);
  entry.remote = neighbour.key.address;
  tell (self, &entry);
}

/* --- frames --- */

static void
take_lost (PhActivityFromEvents *self)
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
      take_link (self, message);
      break;
    case RTM_NEWADDR:
    case RTM_DELADDR:
      take_address (self, message);
      break;
    case RTM_NEWROUTE:
    case RTM_DELROUTE:
      take_route (self, message);
      break;
    case RTM_NEWNEIGH:
      take_neighbour (self, message);
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
    take_lost (self);
  if (kind == PH_FRAME_NETLINK)
    {
      while ((message = ph_message_next (&at, &length)))
        take_message (self, message);
      self->malformed += length > 0;
    }
  g_clear_pointer (&self->arena, ph_arena_free);
}
