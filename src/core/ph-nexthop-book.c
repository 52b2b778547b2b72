/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hash from id to object. A group is a list of ids and weights; groups of groups do not exist. */
#include "ph-nexthop-book.h"

#include <arpa/inet.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <string.h>

#include "ph-route-decode.h"

#define N_ATTRIBUTES (NHA_ENCAP + 1)
#define NEXTHOPS_MAX (1 << 20)

typedef struct
{
  guint32 id;
  guint32 flags; /* RTNH_F_* */
  gboolean blackhole;
  PhAddress gateway; /* family NONE: none */
  guint32 interface;
  const char *encap;         /* in the book's arena */
  struct nexthop_grp *group; /* in the book's arena; NULL: a single one */
  guint n_group;
} Nexthop;

struct _PhNexthopBook
{
  PhArena *arena;
  GHashTable *by_id; /* id → Nexthop, in the arena */
};

PhNexthopBook *
ph_nexthop_book_new (void)
{
  PhNexthopBook *book = g_new (PhNexthopBook, 1);

  book->arena = ph_arena_new ();
  book->by_id = g_hash_table_new (NULL, NULL);
  return book;
}

void
ph_nexthop_book_free (PhNexthopBook *book)
{
  if (!book)
    return;
  g_hash_table_unref (book->by_id);
  ph_arena_free (book->arena);
  g_free (book);
}

void
ph_nexthop_book_clear (PhNexthopBook *book)
{
  if (g_hash_table_size (book->by_id) == 0)
    return;
  g_hash_table_remove_all (book->by_id);
  ph_arena_free (book->arena);
  book->arena = ph_arena_new ();
}

gboolean
ph_nexthop_book_need (const PhRoute *route)
{
  return route->nexthop != 0 && !route->key.multipath && route->key.interface == 0
         && route->key.gateway.family == PH_FAMILY_NONE && route->key.type != RTN_BLACKHOLE;
}

static void
take_message (PhNexthopBook *book, const struct nlmsghdr *message)
{
  const struct nlattr *attributes[N_ATTRIBUTES];
  const struct nhmsg *header = mnl_nlmsg_get_payload (message);
  Nexthop *nexthop;
  guint32 id = 0;

  if (message->nlmsg_type != RTM_NEWNEXTHOP || !ph_attributes_find (message, sizeof *header, attributes, N_ATTRIBUTES))
    return;
  if (!ph_attribute_u32 (attributes[NHA_ID], &id) || id == 0 || g_hash_table_size (book->by_id) >= NEXTHOPS_MAX)
    return;

  nexthop = ph_arena_alloc (book->arena, sizeof *nexthop);
  nexthop->id = id;
  nexthop->flags = header->nh_flags;
  nexthop->blackhole = attributes[NHA_BLACKHOLE] != NULL;
  ph_attribute_u32 (attributes[NHA_OIF], &nexthop->interface);
  if (!ph_decode_address_attribute (&nexthop->gateway, header->nh_family, attributes[NHA_GATEWAY]))
    return;
  nexthop->encap = ph_decode_encap (book->arena, attributes[NHA_ENCAP_TYPE], attributes[NHA_ENCAP]);
  if (attributes[NHA_GROUP])
    {
      nexthop->n_group = mnl_attr_get_payload_len (attributes[NHA_GROUP]) / sizeof *nexthop->group;
      nexthop->group = ph_arena_alloc (book->arena, MAX (nexthop->n_group, 1) * sizeof *nexthop->group);
      memcpy (nexthop->group, mnl_attr_get_payload (attributes[NHA_GROUP]), nexthop->n_group * sizeof *nexthop->group);
    }
  g_hash_table_replace (book->by_id, GUINT_TO_POINTER (id), nexthop);
}

void
ph_nexthop_book_take (PhNexthopBook *book, const void *bytes, gsize length)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;

  while ((message = ph_message_next (&at, &length)))
    if (message->nlmsg_type >= NLMSG_MIN_TYPE)
      take_message (book, message);
}

/* What the kernel gives is one less. The byte behind it is its high byte since Linux 6.12, and was 0 before; headers
 * agree on its place, but not on its name (resvd1, weight_high). */
static guint32
weight_of (const struct nexthop_grp *entry)
{
  const guint8 *weight = (const guint8 *) entry + offsetof (struct nexthop_grp, weight);

  return (weight[0] | (guint32) weight[1] << 8) + 1;
}

/* @route is a row of @snapshot, or will be. */
static void
apply (const Nexthop *nexthop, PhSnapshot *snapshot, PhRoute *route)
{
  route->key.gateway = nexthop->gateway;
  route->key.interface = nexthop->interface;
  route->flags = (route->flags & ~0xffu) | (nexthop->flags & 0xff);
  route->encap = ph_arena_string (ph_snapshot_arena (snapshot), nexthop->encap);
  if (nexthop->blackhole)
    route->key.type = RTN_BLACKHOLE;
}

static void
apply_group (PhNexthopBook *book, const Nexthop *group, PhSnapshot *snapshot, guint number)
{
  PhRoute *route = ph_snapshot_edit (snapshot, number);

  route->key.multipath = TRUE;
  route->n_hops = group->n_group;
  for (guint i = 0; i < group->n_group && i < G_MAXUINT16; i++)
    {
      const Nexthop *member = g_hash_table_lookup (book->by_id, GUINT_TO_POINTER (group->group[i].id));
      PhRoute *hop = ph_snapshot_add (snapshot);

      ph_route_begin_hop (ph_snapshot_edit (snapshot, number), i + 1, hop);
      hop->nexthop = group->group[i].id;
      hop->weight = weight_of (&group->group[i]);
      if (member && !member->group)
        apply (member, snapshot, hop);
      if (i == 0)
        ((PhRoute *) ph_snapshot_edit (snapshot, number))->first_gateway = hop->key.gateway.family;
    }
}

void
ph_nexthop_book_resolve (PhNexthopBook *book, PhSnapshot *snapshot)
{
  guint n = ph_snapshot_n_records (snapshot); /* hops come behind */

  for (guint i = 0; i < n; i++)
    {
      PhRoute *route = ph_snapshot_edit (snapshot, i);
      const Nexthop *nexthop;

      if (!ph_nexthop_book_need (route))
        continue;
      nexthop = g_hash_table_lookup (book->by_id, GUINT_TO_POINTER (route->nexthop));
      if (nexthop && nexthop->group)
        apply_group (book, nexthop, snapshot, i);
      else if (nexthop)
        apply (nexthop, snapshot, route);
    }
}
