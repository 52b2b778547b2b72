/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One history for each index; what a look did not mention is swept. */
#include "ph-link-past.h"

#include <math.h>

#include "ph-graph-words.h"
#include "ph-link.h"

typedef struct
{
  PhHistory *history;
  char *name;
  guint look; /* the last that had it */
} Past;

struct _PhLinkPast
{
  GHashTable *table; /* index → Past */
  guint look;
};

static void
past_free (gpointer data)
{
  Past *past = data;

  ph_history_free (past->history);
  g_free (past->name);
  g_free (past);
}

PhLinkPast *
ph_link_past_new (void)
{
  PhLinkPast *self = g_new0 (PhLinkPast, 1);

  self->table = g_hash_table_new_full (NULL, NULL, NULL, past_free);
  return self;
}

void
ph_link_past_free (PhLinkPast *self)
{
  g_hash_table_unref (self->table);
  g_free (self);
}

static void
add_link (PhLinkPast *self, const PhLink *link, gint64 time_us)
{
  const double rates[PH_N_SERIES] = {
    [PH_SERIES_RECEIVED] = link->rate.rx_bytes * 8,
    [PH_SERIES_SENT] = link->rate.tx_bytes * 8,
  };
  Past *past = g_hash_table_lookup (self->table, GUINT_TO_POINTER (link->key.index));

  if (!past)
    {
      if (g_hash_table_size (self->table) >= PH_LINK_PAST_MAX)
        return;
      past = g_new0 (Past, 1);
      past->history = ph_history_new (PH_N_SERIES);
      g_hash_table_insert (self->table, GUINT_TO_POINTER (link->key.index), past);
    }
  /* An index that another interface has been given: it begins anew, with no rate and another name. */
  if (isnan (link->rate.rx_bytes) && g_strcmp0 (past->name, link->name) != 0)
    ph_history_clear (past->history);
  if (g_strcmp0 (past->name, link->name) != 0)
    {
      g_free (past->name);
      past->name = g_strdup (link->name);
    }
  past->look = self->look;
  /* A look that comes a little late still belongs to the one before; a pause is a gap. */
  ph_history_push (past->history, time_us, MAX (3 * link->base.usual_us, 2 * G_USEC_PER_SEC), rates);
}

static gboolean
is_gone (gpointer key, gpointer value, gpointer self)
{
  return ((Past *) value)->look != ((PhLinkPast *) self)->look;
}

void
ph_link_past_add (PhLinkPast *self, const PhSnapshot *snapshot)
{
  self->look++;
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhLink *link = ph_snapshot_record (snapshot, i);
      Past *past = g_hash_table_lookup (self->table, GUINT_TO_POINTER (link->key.index));

      /* What is still shown though it is gone keeps its history as it was. */
      if (link->head.mark != PH_MARK_CLOSED && link->head.mark != PH_MARK_STALE)
        add_link (self, link, ph_snapshot_time (snapshot));
      else if (past)
        past->look = self->look;
    }
  g_hash_table_foreach_remove (self->table, is_gone, self);
}

const PhHistory *
ph_link_past_find (PhLinkPast *self, guint32 index)
{
  const Past *past = g_hash_table_lookup (self->table, GUINT_TO_POINTER (index));

  return past ? past->history : NULL;
}

guint
ph_link_past_count (PhLinkPast *self)
{
  return g_hash_table_size (self->table);
}
