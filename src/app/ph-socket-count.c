/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A snapshot never changes: the worker needs a reference to it and nothing else. Few are counted at once. */
#include "ph-socket-count.h"

#include "ph-worker.h"

#define FEW 1000

static void
count (GTask *task, gpointer source, gpointer snapshot, GCancellable *cancellable)
{
  PhSocketTotals *totals = g_new (PhSocketTotals, 1);

  ph_socket_totals (snapshot, totals);
  g_task_return_pointer (task, totals, g_free);
}

void
ph_socket_count_async (GObject *owner, PhSnapshot *snapshot, GCancellable *cancellable, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (owner, cancellable, callback, NULL);

  g_task_set_source_tag (task, ph_socket_count_async);
  g_task_set_task_data (task, ph_snapshot_ref (snapshot), (GDestroyNotify) ph_snapshot_unref);
  if (ph_snapshot_n_records (snapshot) <= FEW)
    count (task, owner, snapshot, cancellable);
  else
    ph_worker_run (task, count);
}

gboolean
ph_socket_count_finish (GAsyncResult *result, PhSocketTotals *totals)
{
  g_autofree PhSocketTotals *counted = g_task_propagate_pointer (G_TASK (result), NULL);

  if (counted)
    *totals = *counted;
  return counted != NULL;
}
