/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Without owners: who has a socket open is nobody's business here. */
#include "ph-survey.h"

#include "ph-collector.h"
#include "ph-handover.h"
#include "ph-probe.h"
#include "ph-worker.h"

/* Those whose answers are in the table are asked by it alone. */
static void
note (const PhSnapshot *snapshot, PhLookResult *looks)
{
  for (guint request = PH_REQUEST_NONE + 1; request < PH_N_REQUESTS; request++)
    {
      const PhLookResult *result = ph_snapshot_look (snapshot, request);

      if (result->look != PH_LOOK_NOT_ASKED)
        looks[request] = *result;
    }
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const PhPlan plan = { .requests = PH_PLAN_ALL, .want = PH_WANT_TCP_INFO | PH_WANT_BOUND };
  PhLookResult *looks = g_new0 (PhLookResult, PH_N_REQUESTS);
  PhProbe *probe = ph_probe_new ();

  for (PhTableId table = 0; table < PH_N_TABLES && !g_cancellable_is_cancelled (cancellable); table++)
    {
      g_autoptr (PhCollector) collector = NULL;
      g_autoptr (PhSnapshot) snapshot = NULL;
      PhRequest request;

      if (table == PH_TABLE_ACTIVITY) /* asks nobody */
        continue;
      collector = ph_collector_new (ph_topic (table));
      ph_collector_begin (collector, &plan);
      while (ph_collector_next (collector, &request))
        ph_probe_ask (probe, &request, ph_collector_sink, collector, NULL, NULL);
      snapshot = ph_collector_end (collector);
      if (snapshot)
        note (snapshot, looks);
    }
  ph_probe_free (probe);
  PH_HAND_OVER (looks);
  g_task_return_pointer (task, looks, g_free);
}

void
ph_survey_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, ph_survey_async);
  ph_worker_run (task, work);
}

PhLookResult *
ph_survey_finish (GAsyncResult *result)
{
  PhLookResult *looks = g_task_propagate_pointer (G_TASK (result), NULL);

  if (looks)
    PH_TAKE_OVER (looks);
  return looks;
}
