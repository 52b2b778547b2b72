/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The thread runs a main context of its own. Alerts go there, and answers come back, each as a source of the other's
 * context; they share nothing else. At the end the thread is given a moment to finish, and else left alone with what is
 * its own.
 */
#include "ph-notifier.h"

#include <gio/gio.h>
#include <stdatomic.h>

#include "ph-bubbles.h"
#include "ph-handover.h"
#include "ph-i18n.h"

#define LEAVE_US (G_USEC_PER_SEC / 2)

/* What both threads know. Counted by references: whoever leaves last frees it. */
typedef struct
{
  GWeakRef notifier;
  char *app_name;
  GMainContext *main;    /* the notifier's */
  GMainContext *context; /* the thread's */
  GMainLoop *loop;       /* of context */
  GCancellable *stop;
  PhBubbles *bubbles; /* the thread's */

  GMutex mutex;
  GCond ended_cond;
  atomic_bool ended; /* changed under the mutex, which ThreadSanitizer does not see: see ph-handover.h */
} Office;

struct _PhNotifier
{
  GObject parent_instance;

  Office *office;
  GThread *thread; /* NULL: there was no alert yet */
  char *trouble;
};

enum
{
  PROP_0,
  PROP_AVAILABLE,
  N_PROPS
};

enum
{
  SHOW,
  MUTE,
  FAILED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PhNotifier, ph_notifier, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* libnotify's global variables belong to the thread that has it. */
static GMutex libnotify;

/* --- between the threads --- */

static void
clear_office (gpointer data)
{
  Office *office = data;

  PH_TAKE_OVER (office);
  g_weak_ref_clear (&office->notifier);
  g_free (office->app_name);
  g_main_context_unref (office->main);
  g_main_loop_unref (office->loop);
  g_main_context_unref (office->context);
  g_object_unref (office->stop);
  g_mutex_clear (&office->mutex);
  g_cond_clear (&office->ended_cond);
}

static void
office_unref (Office *office)
{
  PH_HAND_OVER (office);
  g_atomic_rc_box_release_full (office, clear_office);
}

static void
post (GMainContext *context, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  PH_HAND_OVER (data);
  g_source_attach (source, context);
}

typedef struct
{
  Office *office;
  PhAlert *alert;
} Errand; /* to the thread */

typedef struct
{
  Office *office;
  guint signal;
  PhListenerKey *key;
  char *text;
} Answer; /* from it */

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  PH_TAKE_OVER (errand);
  g_clear_pointer (&errand->alert, ph_alert_free);
  office_unref (errand->office);
  g_free (errand);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  PH_TAKE_OVER (answer);
  g_clear_pointer (&answer->key, ph_listener_key_free);
  g_free (answer->text);
  office_unref (answer->office);
  g_free (answer);
}

/* --- the thread --- */

static gboolean deliver (gpointer data);

static void
answer (Office *office, guint signal, const PhListenerKey *key, const char *text)
{
  Answer *one = g_new0 (Answer, 1);

  one->office = g_atomic_rc_box_acquire (office);
  one->signal = signal;
  one->key = key != NULL ? ph_listener_key_copy (key) : NULL;
  one->text = g_strdup (text);
  post (office->main, deliver, one, answer_free);
}

static void
answer_show (gpointer office, const PhListenerKey *key, const char *token)
{
  answer (office, SHOW, key, token);
}

static void
answer_mute (gpointer office, const PhListenerKey *key)
{
  answer (office, MUTE, key, NULL);
}

static void
answer_trouble (gpointer office, const char *trouble)
{
  answer (office, FAILED, NULL, trouble);
}

static const PhBubblesFuncs answers = { answer_show, answer_mute, answer_trouble };

static gboolean
run_errand (gpointer data)
{
  Errand *errand = data;

  PH_TAKE_OVER (errand);
  ph_bubbles_show (errand->office->bubbles, g_steal_pointer (&errand->alert));
  return G_SOURCE_REMOVE;
}

static gboolean
run_leave (gpointer office)
{
  g_main_loop_quit (((Office *) office)->loop);
  return G_SOURCE_REMOVE;
}

static gpointer
work (gpointer data)
{
  Office *office = data;

  PH_TAKE_OVER (office);
  g_mutex_lock (&libnotify);
  g_main_context_push_thread_default (office->context);
  office->bubbles = ph_bubbles_new (office->app_name, &answers, office, office->stop);
  g_main_loop_run (office->loop);
  g_clear_pointer (&office->bubbles, ph_bubbles_free);
  g_main_context_pop_thread_default (office->context);
  g_mutex_unlock (&libnotify);

  g_mutex_lock (&office->mutex);
  office->ended = TRUE;
  g_cond_signal (&office->ended_cond);
  g_mutex_unlock (&office->mutex);
  office_unref (office);
  return NULL;
}

/* --- the main loop --- */

static void
set_trouble (PhNotifier *self, const char *trouble)
{
  gboolean was_available = self->trouble == NULL;

  g_free (self->trouble);
  self->trouble = g_strdup (trouble);
  if (was_available == (trouble == NULL))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AVAILABLE]);
  if (was_available)
    g_signal_emit (self, signals[FAILED], 0, trouble);
}

static gboolean
deliver (gpointer data)
{
  Answer *one = data;
  g_autoptr (PhNotifier) self = NULL;

  PH_TAKE_OVER (one);
  self = g_weak_ref_get (&one->office->notifier);
  if (self == NULL)
    return G_SOURCE_REMOVE;
  if (one->signal == SHOW)
    g_signal_emit (self, signals[SHOW], 0, one->key, one->text);
  else if (one->signal == MUTE)
    g_signal_emit (self, signals[MUTE], 0, one->key);
  else
    set_trouble (self, one->text);
  return G_SOURCE_REMOVE;
}

static gboolean
start (PhNotifier *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *trouble = NULL;

  if (self->thread != NULL)
    return TRUE;
  PH_HAND_OVER (self->office);
  self->thread = g_thread_try_new ("notifier", work, g_atomic_rc_box_acquire (self->office), &error);
  if (self->thread != NULL)
    return TRUE;
  office_unref (self->office);
  trouble = g_strdup_printf (_ ("Notifications cannot be shown: %s"), error->message);
  set_trouble (self, trouble);
  return FALSE;
}

static void
leave (PhNotifier *self)
{
  Office *office = self->office;
  gint64 deadline = g_get_monotonic_time () + LEAVE_US;
  gboolean ended;

  g_cancellable_cancel (office->stop);
  post (office->context, run_leave, office, NULL);

  g_mutex_lock (&office->mutex);
  while (!office->ended && g_cond_wait_until (&office->ended_cond, &office->mutex, deadline))
    ;
  ended = office->ended;
  g_mutex_unlock (&office->mutex);

  if (ended)
    g_thread_join (self->thread);
  else
    g_thread_unref (self->thread);
  self->thread = NULL;
}

static PhAlert *
copy_alert (const PhAlert *alert)
{
  PhAlert *copy = g_new0 (PhAlert, 1);

  copy->listeners = g_ptr_array_new_full (alert->listeners->len, (GDestroyNotify) ph_listener_unref);
  for (guint i = 0; i < alert->listeners->len; i++)
    g_ptr_array_add (copy->listeners, ph_listener_ref (g_ptr_array_index (alert->listeners, i)));
  copy->n_more = alert->n_more;
  copy->away = alert->away;
  return copy;
}

void
ph_notifier_show (PhNotifier *self, const PhAlert *alert)
{
  Errand *errand;

  g_return_if_fail (PH_IS_NOTIFIER (self));
  g_return_if_fail (alert != NULL && alert->listeners->len > 0);

  if (!start (self))
    return;
  errand = g_new0 (Errand, 1);
  errand->office = g_atomic_rc_box_acquire (self->office);
  errand->alert = copy_alert (alert);
  post (self->office->context, run_errand, errand, errand_free);
}

gboolean
ph_notifier_get_available (PhNotifier *self)
{
  return ph_notifier_get_trouble (self) == NULL;
}

const char *
ph_notifier_get_trouble (PhNotifier *self)
{
  g_return_val_if_fail (PH_IS_NOTIFIER (self), NULL);

  return self->trouble;
}

/* --- life --- */

static void
ph_notifier_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_AVAILABLE)
    g_value_set_boolean (value, ph_notifier_get_available (PH_NOTIFIER (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ph_notifier_dispose (GObject *object)
{
  PhNotifier *self = PH_NOTIFIER (object);

  if (self->thread != NULL)
    leave (self);
  G_OBJECT_CLASS (ph_notifier_parent_class)->dispose (object);
}

static void
ph_notifier_finalize (GObject *object)
{
  PhNotifier *self = PH_NOTIFIER (object);

  office_unref (self->office);
  g_free (self->trouble);
  G_OBJECT_CLASS (ph_notifier_parent_class)->finalize (object);
}

static void
ph_notifier_class_init (PhNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ph_notifier_get_property;
  object_class->dispose = ph_notifier_dispose;
  object_class->finalize = ph_notifier_finalize;

  properties[PROP_AVAILABLE]
      = g_param_spec_boolean ("available", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SHOW] = g_signal_new ("show", PH_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_POINTER, G_TYPE_STRING);
  signals[MUTE]
      = g_signal_new ("mute", PH_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[FAILED] = g_signal_new ("failed", PH_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
}

static void
ph_notifier_init (PhNotifier *self)
{
}

PhNotifier *
ph_notifier_new (const char *app_name)
{
  PhNotifier *self = g_object_new (PH_TYPE_NOTIFIER, NULL);
  Office *office = g_atomic_rc_box_new0 (Office);

  office->app_name = g_strdup (app_name);
  office->main = g_main_context_ref_thread_default ();
  office->context = g_main_context_new ();
  office->loop = g_main_loop_new (office->context, FALSE);
  office->stop = g_cancellable_new ();
  g_mutex_init (&office->mutex);
  g_cond_init (&office->ended_cond);
  g_weak_ref_init (&office->notifier, self);
  self->office = office;
  return self;
}
