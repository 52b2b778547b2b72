/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pasts are the worker's while one runs, and nobody's else: so they need no lock. What comes out of them is a copy.
 */
#include "ph-socket-study.h"

#include "ph-handover.h"
#include "ph-worker.h"

typedef struct
{
  PhSnapshot *snapshot;
  PhSocketPast *pasts; /* the study's */

  gboolean has_subject;
  PhSocketKey key;
  PhProcess *process;

  PhSocketTotals totals;
  gboolean found;
  PhPast *past;
  PhSocketKin kin;
} Look;

struct _PhSocketStudy
{
  GObject parent_instance;

  PhSocketPast *pasts;
  GCancellable *cancellable;
  gboolean busy;
  PhSnapshot *waiting; /* the latest that came meanwhile; NULL: none */

  gboolean has_subject;
  PhSocketKey key;
  PhProcess *process;

  PhSocketTotals totals;
  Look *last; /* with what was found; NULL */
};

G_DEFINE_FINAL_TYPE (PhSocketStudy, ph_socket_study, G_TYPE_OBJECT)

enum
{
  SIGNAL_COUNTED,
  SIGNAL_FOUND,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
look_free (gpointer data)
{
  Look *look = data;

  PH_TAKE_OVER (look);
  ph_snapshot_unref (look->snapshot);
  ph_process_unref (look->process);
  ph_past_free (look->past);
  ph_socket_kin_clear (&look->kin);
  g_free (look);
}

/* --- in the worker --- */

static void
find (Look *look)
{
  const PhSocket *socket = ph_snapshot_find (look->snapshot, &look->key);

  if (!socket)
    return;
  look->found = TRUE;
  look->past = ph_socket_past_dup (look->pasts, socket, ph_snapshot_time (look->snapshot));
  ph_socket_kin_find (look->snapshot, socket, look->process, &look->kin);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;

  PH_TAKE_OVER (look);
  ph_socket_totals (look->snapshot, &look->totals);
  ph_socket_past_feed (look->pasts, look->snapshot);
  if (look->has_subject)
    find (look);
  PH_HAND_OVER (look);
  g_task_return_boolean (task, TRUE);
}

/* --- on the main loop --- */

static void begin (PhSocketStudy *self, PhSnapshot *snapshot);

static void
tell (PhSocketStudy *self, Look *look)
{
  self->totals = look->totals;
  g_signal_emit (self, signals[SIGNAL_COUNTED], 0);
  if (!look->found || !self->has_subject)
    return;
  self->last = look;
  g_signal_emit (self, signals[SIGNAL_FOUND], 0);
  self->last = NULL;
}

static void
done (GObject *object, GAsyncResult *result, gpointer data)
{
  PhSocketStudy *self = PH_SOCKET_STUDY (object);
  Look *look = g_task_get_task_data (G_TASK (result));
  g_autoptr (PhSnapshot) next = g_steal_pointer (&self->waiting);

  PH_TAKE_OVER (look);
  self->busy = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), NULL) && !g_cancellable_is_cancelled (self->cancellable))
    {
      if (next)
        begin (self, next);
      tell (self, look);
    }
  PH_HAND_OVER (look); /* the worker may be the last to let go of it */
}

static void
begin (PhSocketStudy *self, PhSnapshot *snapshot)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, done, NULL);
  Look *look = g_new0 (Look, 1);

  look->snapshot = ph_snapshot_ref (snapshot);
  look->pasts = self->pasts;
  look->has_subject = self->has_subject;
  look->key = self->key;
  look->process = self->process ? ph_process_ref (self->process) : NULL;
  self->busy = TRUE;
  g_task_set_source_tag (task, begin);
  g_task_set_task_data (task, look, look_free);
  PH_HAND_OVER (look);
  ph_worker_run_records (task, ph_snapshot_n_records (snapshot), work);
}

PhSocketStudy *
ph_socket_study_new (void)
{
  return g_object_new (PH_TYPE_SOCKET_STUDY, NULL);
}

void
ph_socket_study_add (PhSocketStudy *self, PhSnapshot *snapshot)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (!self->busy)
    {
      begin (self, snapshot);
      return;
    }
  ph_snapshot_ref (snapshot);
  ph_snapshot_unref (self->waiting);
  self->waiting = snapshot;
}

void
ph_socket_study_set_subject (PhSocketStudy *self, const PhSocketKey *key, const PhProcess *process)
{
  PhProcess *held = process ? ph_process_ref (process) : NULL;

  ph_process_unref (self->process);
  self->process = held;
  self->has_subject = key != NULL;
  self->key = key ? *key : (PhSocketKey){ 0 };
}

const PhSocketTotals *
ph_socket_study_get_totals (PhSocketStudy *self)
{
  return &self->totals;
}

PhSnapshot *
ph_socket_study_get_found (PhSocketStudy *self, PhSocketKey *key)
{
  if (!self->last)
    return NULL;
  *key = self->last->key;
  return self->last->snapshot;
}

PhPast *
ph_socket_study_steal_past (PhSocketStudy *self)
{
  return self->last ? g_steal_pointer (&self->last->past) : NULL;
}

void
ph_socket_study_steal_kin (PhSocketStudy *self, PhSocketKin *kin)
{
  *kin = (PhSocketKin){ .listener = PH_NO_SLOT, .peer = PH_NO_SLOT };
  if (!self->last)
    return;
  *kin = self->last->kin;
  self->last->kin.slots = NULL;
}

void
ph_socket_study_end (PhSocketStudy *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->waiting, ph_snapshot_unref);
  PH_HAND_OVER (self); /* likewise */
}

/* --- life --- */

static void
ph_socket_study_finalize (GObject *object)
{
  PhSocketStudy *self = PH_SOCKET_STUDY (object);

  PH_TAKE_OVER (self);
  g_object_unref (self->cancellable);
  ph_snapshot_unref (self->waiting);
  ph_process_unref (self->process);
  ph_socket_past_free (self->pasts);
  G_OBJECT_CLASS (ph_socket_study_parent_class)->finalize (object);
}

static void
ph_socket_study_class_init (PhSocketStudyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_socket_study_finalize;
  signals[SIGNAL_COUNTED]
      = g_signal_new ("counted", PH_TYPE_SOCKET_STUDY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FOUND]
      = g_signal_new ("found", PH_TYPE_SOCKET_STUDY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_socket_study_init (PhSocketStudy *self)
{
  self->pasts = ph_socket_past_new ();
  self->cancellable = g_cancellable_new ();
}
