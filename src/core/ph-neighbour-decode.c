/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct ndmsg and its attributes (linux/neighbour.h). */
#include "ph-neighbour-decode.h"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "ph-route-decode.h"

#define N_ATTRIBUTES (NDA_FLAGS_EXT + 1)
#define HARDWARE_MAX 32  /* bytes: MAX_ADDR_LEN of linux/netdevice.h */
#define CLOCK_TICKS  100 /* per second: USER_HZ, in which the kernel tells times */

/* "52:54:00:12:34:56"; tunnels have an IP address instead, of which these are the bytes all the same. */
static const char *
hardware_text (PhArena *arena, const struct nlattr *attribute)
{
  char text[HARDWARE_MAX * 3];
  const guint8 *bytes;
  gsize length;

  if (!attribute || mnl_attr_get_payload_len (attribute) == 0)
    return NULL;
  bytes = mnl_attr_get_payload (attribute);
  length = MIN (mnl_attr_get_payload_len (attribute), HARDWARE_MAX);
  for (gsize i = 0; i < length; i++)
    g_snprintf (text + i * 3, 4, i + 1 < length ? "%02x:" : "%02x", bytes[i]);
  return ph_arena_string (arena, text);
}

static void
take_ages (const struct nlattr *attribute, PhNeighbour *neighbour)
{
  struct nda_cacheinfo info = { 0 };

  neighbour->confirmed = neighbour->used = neighbour->updated = PH_NEIGHBOUR_UNKNOWN;
  if (!attribute || mnl_attr_get_payload_len (attribute) < sizeof info)
    return;
  ph_attribute_struct (attribute, &info, sizeof info);
  neighbour->confirmed = info.ndm_confirmed / CLOCK_TICKS;
  neighbour->used = info.ndm_used / CLOCK_TICKS;
  neighbour->updated = info.ndm_updated / CLOCK_TICKS;
  neighbour->references = info.ndm_refcnt;
}

gboolean
ph_decode_neighbour (const struct nlmsghdr *message, PhArena *arena, PhNeighbour *neighbour)
{
  const struct nlattr *attributes[N_ATTRIBUTES];
  const struct ndmsg *header = mnl_nlmsg_get_payload (message);

  if (message->nlmsg_type != RTM_NEWNEIGH || !ph_attributes_find (message, sizeof *header, attributes, N_ATTRIBUTES))
    return FALSE;
  if (!attributes[NDA_DST] || header->ndm_ifindex < 0
      || !ph_decode_address_attribute (&neighbour->key.address, header->ndm_family, attributes[NDA_DST]))
    return FALSE;

  neighbour->key.interface = (guint32) header->ndm_ifindex;
  neighbour->key.proxy = (header->ndm_flags & NTF_PROXY) != 0;
  neighbour->state = header->ndm_state;
  neighbour->flags = header->ndm_flags;
  neighbour->type = header->ndm_type;
  ph_attribute_u8 (attributes[NDA_PROTOCOL], &neighbour->protocol);
  ph_attribute_u32 (attributes[NDA_FLAGS_EXT], &neighbour->flags_ext);
  ph_attribute_u32 (attributes[NDA_PROBES], &neighbour->probes);
  take_ages (attributes[NDA_CACHEINFO], neighbour);
  neighbour->mac = hardware_text (arena, attributes[NDA_LLADDR]);
  return TRUE;
}

/* The bridge's own table (AF_BRIDGE) may come along where the kernel is old; its entries are no neighbours. */
static gboolean
is_other_family (const struct nlmsghdr *message)
{
  const struct ndmsg *header = mnl_nlmsg_get_payload (message);

  return message->nlmsg_len >= MNL_NLMSG_HDRLEN + sizeof *header && header->ndm_family != AF_INET
         && header->ndm_family != AF_INET6;
}

void
ph_decode_neighbour_frame (PhSnapshot *snapshot, PhRequestName request, const void *bytes, gsize length)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;

  while ((message = ph_message_next (&at, &length)))
    {
      guint number = ph_snapshot_n_records (snapshot);
      PhNeighbour *neighbour;

      if (message->nlmsg_type < NLMSG_MIN_TYPE || is_other_family (message))
        continue;
      neighbour = ph_snapshot_add (snapshot);
      neighbour->head.request = (guint16) request;
      if (!ph_decode_neighbour (message, ph_snapshot_arena (snapshot), neighbour))
        {
          ph_snapshot_truncate (snapshot, number);
          ph_snapshot_count_malformed (snapshot, request);
        }
    }
  if (length > 0)
    ph_snapshot_count_malformed (snapshot, request);
}
