/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two piles of news, and the time of the last alert. See ph-gather.h. */
#include "ph-gather.h"

typedef struct
{
  PhAlert *alert; /* NULL: nothing to tell */
  gint64 since;   /* when the first of it came */
} Pile;

struct _PhGather
{
  Pile piles[2]; /* first what came while nobody watched */
  gint64 quiet_until;
};

void
ph_alert_free (PhAlert *alert)
{
  if (!alert)
    return;
  g_ptr_array_unref (alert->listeners);
  g_free (alert);
}

PhGather *
ph_gather_new (void)
{
  PhGather *gather = g_new0 (PhGather, 1);

  gather->quiet_until = G_MININT64;
  return gather;
}

void
ph_gather_clear (PhGather *gather)
{
  for (guint i = 0; i < G_N_ELEMENTS (gather->piles); i++)
    g_clear_pointer (&gather->piles[i].alert, ph_alert_free);
}

void
ph_gather_free (PhGather *gather)
{
  if (!gather)
    return;
  ph_gather_clear (gather);
  g_free (gather);
}

static void
put (Pile *pile, PhListener *listener, gint64 now)
{
  if (!pile->alert)
    {
      pile->alert = g_new0 (PhAlert, 1);
      pile->alert->listeners = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_listener_unref);
      pile->alert->away = listener->away;
      pile->since = now;
    }
  if (pile->alert->listeners->len < PH_GATHER_MAX)
    g_ptr_array_add (pile->alert->listeners, ph_listener_ref (listener));
  else
    pile->alert->n_more++;
}

void
ph_gather_add (PhGather *gather, const GPtrArray *news, gint64 now)
{
  for (guint i = 0; i < news->len; i++)
    {
      PhListener *listener = g_ptr_array_index (news, i);

      put (&gather->piles[listener->away ? 0 : 1], listener, now);
    }
}

static gint64
due (const PhGather *gather, const Pile *pile)
{
  return pile->alert ? MAX (pile->since + PH_GATHER_US, gather->quiet_until) : G_MAXINT64;
}

gint64
ph_gather_deadline (const PhGather *gather)
{
  return MIN (due (gather, &gather->piles[0]), due (gather, &gather->piles[1]));
}

PhAlert *
ph_gather_take (PhGather *gather, gint64 now)
{
  for (guint i = 0; i < G_N_ELEMENTS (gather->piles); i++)
    if (due (gather, &gather->piles[i]) <= now)
      {
        gather->quiet_until = now + PH_GATHER_GAP_US;
        return g_steal_pointer (&gather->piles[i].alert);
      }
  return NULL;
}
