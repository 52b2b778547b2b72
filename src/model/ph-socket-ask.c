/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-socket-ask.h"

#include <stdatomic.h>

#include "ph-handover.h"
#include "ph-probe.h"
#include "ph-worker.h"

typedef struct
{
  PhSocketInquiry *inquiry;
  atomic_bool stop;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  PH_TAKE_OVER (question);
  ph_socket_inquiry_free (question->inquiry);
  g_free (question);
}

static void
cancelled (GCancellable *cancellable, gpointer data)
{
  atomic_store (&((Question *) data)->stop, true);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Question *question = data;
  PhSocketReport *report;
  PhRequest request;
  PhProbe *probe;
  gulong id;

  PH_TAKE_OVER (question);
  id = cancellable ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled), question, NULL) : 0;
  probe = ph_probe_new ();
  while (!atomic_load (&question->stop) && ph_socket_inquiry_next (question->inquiry, &request))
    ph_probe_ask (probe, &request, ph_socket_inquiry_sink, question->inquiry, &question->stop, NULL);
  ph_probe_free (probe);
  g_cancellable_disconnect (cancellable, id);
  report = ph_socket_inquiry_end (question->inquiry);
  PH_HAND_OVER (question);
  PH_HAND_OVER (report);
  g_task_return_pointer (task, report, (GDestroyNotify) ph_socket_report_free);
}

void
ph_socket_ask_async (
    const PhSocket *socket, gint32 pid, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->inquiry = ph_socket_inquiry_new (socket, pid);
  atomic_init (&question->stop, false);
  g_task_set_source_tag (task, ph_socket_ask_async);
  g_task_set_task_data (task, question, question_free);
  PH_HAND_OVER (question);
  ph_worker_run (task, work);
}

PhSocketReport *
ph_socket_ask_finish (GAsyncResult *result)
{
  PhSocketReport *report = g_task_propagate_pointer (G_TASK (result), NULL);

  if (report)
    PH_TAKE_OVER (report);
  return report;
}
