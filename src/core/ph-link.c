/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of a link's record, how one is carried from a snapshot into the next, and how rates come about. */
#include "ph-link.h"

#include <linux/if.h>
#include <math.h>
#include <string.h>

#include "ph-snapshot.h"

/* Looks that come closer together than this (a kernel event right after a poll) are too short to tell a rate from. */
#define RATE_LEAST_US (G_USEC_PER_SEC / 4)

/* A pause in looking is one that is this many times as long as looks have lately been apart. */
#define PAUSE_FACTOR   3
#define USUAL_LEAST_US G_USEC_PER_SEC
#define USUAL_MOST_US  (60 * G_USEC_PER_SEC)

gboolean
ph_link_is (const PhLink *link, PhLinkWord word)
{
  switch (word)
    {
    case PH_LINK_IS_UP:
      return (link->flags & IFF_UP) != 0;
    case PH_LINK_IS_DOWN:
      return (link->flags & IFF_UP) == 0;
    case PH_LINK_IS_LOOPBACK:
      return (link->flags & IFF_LOOPBACK) != 0;
    case PH_LINK_IS_RUNNING:
      return (link->flags & IFF_RUNNING) != 0;
    case PH_LINK_IS_NEW:
      return link->head.mark == PH_MARK_NEW;
    case PH_LINK_IS_CLOSED:
      return link->head.mark == PH_MARK_CLOSED;
    case PH_LINK_IS_STALE:
      return link->head.mark == PH_MARK_STALE;
    }
  return FALSE;
}

const char *
ph_link_state_name (const PhLink *link)
{
  static const char *const names[] = {
    [IF_OPER_UNKNOWN] = "UNKNOWN", [IF_OPER_NOTPRESENT] = "NOTPRESENT",
    [IF_OPER_DOWN] = "DOWN",       [IF_OPER_LOWERLAYERDOWN] = "LOWERLAYERDOWN",
    [IF_OPER_TESTING] = "TESTING", [IF_OPER_DORMANT] = "DORMANT",
    [IF_OPER_UP] = "UP",
  };

  return link->state < G_N_ELEMENTS (names) ? names[link->state] : names[IF_OPER_UNKNOWN];
}

guint64
ph_link_rx_drp (const PhLink *link)
{
  return link->stats.rx_dropped + link->stats.rx_missed_errors;
}

static gconstpointer
copy_array (PhArena *arena, gconstpointer source, gsize size)
{
  gpointer copy;

  if (size == 0)
    return NULL;
  copy = ph_arena_alloc (arena, size);
  memcpy (copy, source, size);
  return copy;
}

void
ph_link_copy (PhSnapshot *snapshot, gpointer target, gconstpointer source)
{
  PhArena *arena = ph_snapshot_arena (snapshot);
  const PhLink *from = source;
  PhLink *to = target;

  *to = *from;
  to->addresses = copy_array (arena, from->addresses, from->n_addresses * sizeof *from->addresses);
  to->groups = copy_array (arena, from->groups, from->n_groups * sizeof *from->groups);
  to->name = ph_arena_string (arena, from->name);
  to->kind = ph_arena_string (arena, from->kind);
  to->detail = ph_arena_string (arena, from->detail);
  to->mac = ph_arena_string (arena, from->mac);
  to->broadcast = ph_arena_string (arena, from->broadcast);
  to->qdisc = ph_arena_string (arena, from->qdisc);
  to->alias = ph_arena_string (arena, from->alias);
  to->master_name = ph_arena_string (arena, from->master_name);
  to->link_name = ph_arena_string (arena, from->link_name);
}

/* --- rates --- */

/* An index can be given to another link once its own is gone. What stays is the kind, and the name unless it was
 * renamed, or else the address; a link that has no address (tun) may only not have lost what it had counted. */
static gboolean
is_same_link (const PhLink *link, const PhLink *before)
{
  if (link->type != before->type || g_strcmp0 (link->kind, before->kind) != 0)
    return FALSE;
  if (g_strcmp0 (link->name, before->name) == 0)
    return TRUE;
  if (link->mac || before->mac)
    return g_strcmp0 (link->mac, before->mac) == 0;
  return link->stats.rx_packets >= before->stats.rx_packets && link->stats.tx_packets >= before->stats.tx_packets;
}

static double
rate (guint64 now, guint64 base, gint64 age_us)
{
  return now < base ? NAN : (double) (now - base) * G_USEC_PER_SEC / (double) age_us;
}

/* A driver that counts bytes in 32 bits wraps them around: then they are unknown this once. Packets that went back mean
 * that all counters were set to zero, and those that have already grown past what they were would tell nonsense. */
static void
set_rates (PhLink *link, const PhLinkBase *base)
{
  const PhLinkStats *stats = &link->stats;

  if (stats->rx_packets < base->rx_packets || stats->tx_packets < base->tx_packets)
    return; /* as the decoder left them: unknown */
  link->rate.rx_bytes = rate (stats->rx_bytes, base->rx_bytes, base->age_us);
  link->rate.tx_bytes = rate (stats->tx_bytes, base->tx_bytes, base->age_us);
  link->rate.rx_packets = rate (stats->rx_packets, base->rx_packets, base->age_us);
  link->rate.tx_packets = rate (stats->tx_packets, base->tx_packets, base->age_us);
}

void
ph_link_advance (gpointer record, gconstpointer previous, gint64 elapsed_us)
{
  PhLink *link = record;
  const PhLink *before = previous;
  PhLinkBase base = before->base;
  gboolean pause;

  if (elapsed_us <= 0 || !link->has_stats || !before->has_stats || !is_same_link (link, before))
    return;

  base.age_us += elapsed_us;
  if (base.age_us < RATE_LEAST_US)
    {
      link->rate = before->rate;
      link->rx_trace = before->rx_trace;
      link->tx_trace = before->tx_trace;
      link->base = base;
      return;
    }

  set_rates (link, &base);
  pause = base.usual_us > 0 && base.age_us > PAUSE_FACTOR * MAX (base.usual_us, USUAL_LEAST_US);
  ph_trace_push (&link->rx_trace, &before->rx_trace, pause ? NAN : link->rate.rx_bytes);
  ph_trace_push (&link->tx_trace, &before->tx_trace, pause ? NAN : link->rate.tx_bytes);
  link->base.usual_us = MIN (MAX (base.age_us, base.usual_us - base.usual_us / 8), USUAL_MOST_US);
}
