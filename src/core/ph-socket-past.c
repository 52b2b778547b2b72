/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A word for each slot holds the round trip that was last seen. As long as it stays the same and nothing flows, that
 * and the record's first_seen are the whole past. Only with the first change one is made.
 */
#include "ph-socket-past.h"

#include <math.h>
#include <string.h>

#include "ph-socket-columns.h"

#define LEAST_POINTS 4
#define NEVER        G_MAXINT64

typedef struct
{
  guint32 rtt_us; /* while there is no past */
  guint32 number; /* of the past, from 1; 0: there is none */
} Slot;

struct _PhSocketPast
{
  Slot *slots;
  guint n_slots;
  GPtrArray *pasts; /* PhPast, NULL where a number is free */
  GArray *free;     /* guint32: numbers */

  gsize used; /* by pasts, bytes */
  guint most; /* points of each */

  guint linker; /* of the snapshot that was fed last, and its place */
  guint64 serial;
  gint64 time_us;
  gint64 known_since; /* since when the looks have brought tcp_info; NEVER: they do not */
};

PhSocketPast *
ph_socket_past_new (void)
{
  PhSocketPast *self = g_new0 (PhSocketPast, 1);

  self->pasts = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_past_free);
  self->free = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->most = PH_SOCKET_PAST_POINTS;
  self->known_since = NEVER;
  return self;
}

void
ph_socket_past_free (PhSocketPast *self)
{
  if (!self)
    return;
  g_free (self->slots);
  g_ptr_array_unref (self->pasts);
  g_array_unref (self->free);
  g_free (self);
}

static PhPast *
past_of (const PhSocketPast *self, const Slot *slot)
{
  return slot->number ? g_ptr_array_index (self->pasts, slot->number - 1) : NULL;
}

static PhPast *
begin_past (PhSocketPast *self, Slot *slot, gint64 first_us)
{
  PhPast *past = ph_past_new (first_us);

  if (self->free->len > 0)
    {
      slot->number = g_array_index (self->free, guint32, self->free->len - 1);
      g_array_set_size (self->free, self->free->len - 1);
      g_ptr_array_index (self->pasts, slot->number - 1) = past;
    }
  else
    {
      g_ptr_array_add (self->pasts, past);
      slot->number = self->pasts->len;
    }
  self->used += ph_past_size (past);
  return past;
}

static void
end_past (PhSocketPast *self, Slot *slot)
{
  PhPast *past = past_of (self, slot);

  if (past)
    {
      self->used -= ph_past_size (past);
      ph_past_free (past);
      g_ptr_array_index (self->pasts, slot->number - 1) = NULL;
      g_array_append_val (self->free, slot->number);
    }
  *slot = (Slot){ 0 };
}

/* --- which slots there are --- */

static void
begin_anew (PhSocketPast *self)
{
  if (self->slots)
    memset (self->slots, 0, self->n_slots * sizeof (Slot));
  g_ptr_array_set_size (self->pasts, 0);
  g_array_set_size (self->free, 0);
  self->used = 0;
  self->time_us = 0;
  self->known_since = NEVER;
}

/* Slots that were emptied since the last time. One that has been filled again is known by its record: that was first
 * seen later. */
static void
forget (PhSocketPast *self, const PhSnapshot *snapshot)
{
  guint n_slots = ph_snapshot_n_slots (snapshot);
  guint n_removed;
  const guint32 *removed = ph_snapshot_removed (snapshot, &n_removed);

  if (ph_snapshot_linker (snapshot) != self->linker)
    begin_anew (self);
  else if (ph_snapshot_previous_serial (snapshot) == self->serial)
    for (guint i = 0; i < n_removed; i++)
      end_past (self, &self->slots[removed[i]]);
  else
    for (guint i = 0; i < self->n_slots; i++)
      if (!ph_snapshot_at (snapshot, i))
        end_past (self, &self->slots[i]);
  if (n_slots > self->n_slots)
    {
      self->slots = g_renew (Slot, self->slots, n_slots);
      memset (self->slots + self->n_slots, 0, (n_slots - self->n_slots) * sizeof (Slot));
      self->n_slots = n_slots;
    }
}

/* --- feeding --- */

static float
known_rate (guint32 rate)
{
  return rate == PH_RATE_UNKNOWN ? NAN : (float) rate;
}

static float
known_rtt (guint32 rtt_us)
{
  return rtt_us == 0 ? NAN : (float) rtt_us;
}

static void
push (PhSocketPast *self, PhPast *past, gint64 time_us, const PhPastValues *values)
{
  self->used -= ph_past_size (past);
  ph_past_push (past, time_us, values, self->most);
  self->used += ph_past_size (past);
}

static PhPastValues
quiet (const Slot *slot)
{
  return (PhPastValues){ { 0, 0, known_rtt (slot->rtt_us) } };
}

static void
feed (PhSocketPast *self, const PhSocket *socket, const PhTcp *tcp, gint64 time_us)
{
  Slot *slot = &self->slots[socket->head.slot];
  PhPast *past = past_of (self, slot);
  PhPastValues values = { { NAN, NAN, NAN } };

  if (tcp)
    values = (PhPastValues){ { known_rate (socket->rx_rate), known_rate (socket->tx_rate), known_rtt (tcp->rtt_us) } };
  if (!past)
    {
      /* At the first sight nobody knows how fast. */
      if (!tcp || socket->head.first_seen == time_us || self->known_since == time_us)
        {
          slot->rtt_us = tcp ? tcp->rtt_us : 0;
          return;
        }
      if (socket->rx_rate == 0 && socket->tx_rate == 0 && tcp->rtt_us == slot->rtt_us)
        return;
      past = begin_past (self, slot, MAX (socket->head.first_seen, self->known_since));
      values = quiet (slot);
      push (self, past, self->time_us, &values);
      values
          = (PhPastValues){ { known_rate (socket->rx_rate), known_rate (socket->tx_rate), known_rtt (tcp->rtt_us) } };
    }
  push (self, past, time_us, &values);
}

/* Each gets less while all take too much, and more again when there is room for twice as much. */
static void
keep_budget (PhSocketPast *self)
{
  gsize budget = PH_SOCKET_PAST_BUDGET + (gsize) self->n_slots * PH_SOCKET_PAST_BUDGET_ROW;

  while (self->used > budget && self->most > LEAST_POINTS)
    {
      self->most /= 2;
      self->used = 0;
      for (guint i = 0; i < self->pasts->len; i++)
        {
          PhPast *past = g_ptr_array_index (self->pasts, i);

          if (!past)
            continue;
          ph_past_fit (past, self->most);
          self->used += ph_past_size (past);
        }
    }
  if (self->used < budget / 4 && self->most < PH_SOCKET_PAST_POINTS)
    self->most *= 2;
}

static gboolean
brings_tcp_info (const PhSnapshot *snapshot)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    if (ph_socket_transfer (ph_snapshot_record (snapshot, i)))
      return TRUE;
  return FALSE;
}

void
ph_socket_past_feed (PhSocketPast *self, const PhSnapshot *snapshot)
{
  gint64 time_us = ph_snapshot_time (snapshot);

  if (ph_snapshot_linker (snapshot) == self->linker && ph_snapshot_serial (snapshot) <= self->serial)
    return;
  forget (self, snapshot);
  if (!brings_tcp_info (snapshot))
    self->known_since = NEVER;
  else if (self->known_since == NEVER)
    self->known_since = time_us;

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      if (socket->head.mark == PH_MARK_CLOSED || socket->head.mark == PH_MARK_STALE)
        continue;
      if (socket->head.first_seen > self->time_us && self->slots[socket->head.slot].number != 0)
        end_past (self, &self->slots[socket->head.slot]);
      feed (self, socket, ph_socket_transfer (socket), time_us);
    }
  keep_budget (self);
  self->linker = ph_snapshot_linker (snapshot);
  self->serial = ph_snapshot_serial (snapshot);
  self->time_us = time_us;
}

/* --- reading --- */

PhPast *
ph_socket_past_dup (const PhSocketPast *self, const PhSocket *socket, gint64 now_us)
{
  const Slot *slot = socket->head.slot < self->n_slots ? &self->slots[socket->head.slot] : NULL;
  gint64 first_us = MAX (socket->head.first_seen, self->known_since);
  PhPast *past = slot ? past_of (self, slot) : NULL;
  PhPastValues values;

  if (!slot || socket->key.protocol != PH_PROTOCOL_TCP)
    return NULL;
  if (past)
    return ph_past_first (past) >= socket->head.first_seen ? ph_past_copy (past) : NULL;
  if (!ph_socket_transfer (socket) || self->known_since == NEVER || now_us <= first_us)
    return NULL;
  past = ph_past_new (first_us);
  values = quiet (slot);
  ph_past_push (past, now_us, &values, LEAST_POINTS);
  return past;
}

gsize
ph_socket_past_size (const PhSocketPast *self)
{
  return sizeof *self + self->n_slots * sizeof (Slot) + self->pasts->len * sizeof (gpointer)
         + self->free->len * sizeof (guint32) + self->used;
}

guint
ph_socket_past_n_pasts (const PhSocketPast *self)
{
  return self->pasts->len - self->free->len;
}
