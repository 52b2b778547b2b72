/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Three things decide whether there is a timeout: somebody looks (active), nobody paused, and no collection is under
 * way. Where one is missing there is none, and the process sleeps. A wish that comes during a collection is remembered
 * (next) and served when that has ended, also where it has been cancelled: it still holds the source until then.
 */
#include "ph-poller.h"

#include "ph-pace.h"

#define DEFAULT_INTERVAL_MS  1000
#define SHORTEST_INTERVAL_MS 50
#define LONGEST_INTERVAL_MS  (24 * 60 * 60 * 1000)

/* Why a collection is made; the greater reason wins. */
typedef enum
{
  REASON_NONE,
  REASON_POLL,    /* void once paused or inactive */
  REASON_REFRESH, /* somebody asked for it */
} Reason;

struct _PhPoller
{
  GObject parent_instance;

  PhSource *source;
  PhTable *table;
  PhPlan plan;
  PhPace pace;
  gboolean active;
  gboolean paused;
  char *error;

  guint timeout_id;
  Reason now;  /* of the collection under way */
  Reason next; /* of one to make right after */
  gboolean hastened;
  gboolean on_demand;
  GCancellable *cancellable;
  gint64 began;

  gint64 collect_us, owners_us, sync_us;
};

enum
{
  PROP_0,
  PROP_INTERVAL,
  PROP_PAUSED,
  PROP_ACTIVE,
  PROP_ERROR,
  PROP_STRETCHED,
  PROP_EFFECTIVE_INTERVAL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint polled_signal;

G_DEFINE_FINAL_TYPE (PhPoller, ph_poller, G_TYPE_OBJECT)

static void collect (PhPoller *self, Reason reason);

static gboolean
timed_out (gpointer user_data)
{
  PhPoller *self = user_data;

  self->timeout_id = 0;
  collect (self, REASON_POLL);
  return G_SOURCE_REMOVE;
}

static void
arm (PhPoller *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (!self->active || self->paused || self->now != REASON_NONE || (self->on_demand && !self->hastened))
    return;

  gint64 now = g_get_monotonic_time ();
  gint64 rest = self->hastened && !self->on_demand ? ph_pace_short_rest (&self->pace, self->began, now)
                                                   : ph_pace_rest (&self->pace, self->began, now);
  self->timeout_id = g_timeout_add (rest / 1000, timed_out, self);
}

/* Calls @change and tells what it changed of the interval in force. */
static void
change_pace (PhPoller *self, void (*change) (PhPace *pace, gint64 time), gint64 time)
{
  gint64 interval = self->pace.interval, effective = self->pace.effective;
  gboolean was_stretched = effective > interval;

  change (&self->pace, time);

  if (self->pace.interval != interval)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INTERVAL]);
  if (self->pace.effective != effective)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EFFECTIVE_INTERVAL]);
  if ((self->pace.effective > self->pace.interval) != was_stretched)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STRETCHED]);
}

static void
set_error (PhPoller *self, const char *message)
{
  if (g_strcmp0 (self->error, message) == 0)
    return;
  g_free (self->error);
  self->error = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
take (PhPoller *self, PhSnapshot *snapshot)
{
  gint64 began = g_get_monotonic_time ();

  ph_table_sync (self->table, snapshot);
  self->sync_us = g_get_monotonic_time () - began;
}

static void
collected (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (PhPoller) self = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;
  gint64 collect_us, owners_us;
  g_autoptr (PhSnapshot) snapshot
      = ph_source_collect_finish (PH_SOURCE (object), result, &collect_us, &owners_us, &error);

  g_weak_ref_clear (weak);
  g_free (weak);
  if (self == NULL)
    return;

  self->now = REASON_NONE;
  g_clear_object (&self->cancellable);

  if (snapshot != NULL)
    {
      self->collect_us = collect_us;
      self->owners_us = owners_us;
      take (self, snapshot);
      change_pace (self, ph_pace_add, collect_us);
      set_error (self, NULL);
      g_signal_emit (self, polled_signal, 0);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_error (self, error->message);

  if (self->next != REASON_NONE)
    collect (self, self->next);
  else
    arm (self);
}

/* Now, or as soon as the one under way has ended. */
static void
collect (PhPoller *self, Reason reason)
{
  if (self->now != REASON_NONE)
    {
      self->next = MAX (self->next, reason);
      return;
    }

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->now = reason;
  self->next = REASON_NONE;
  self->hastened = FALSE;
  self->began = g_get_monotonic_time ();
  self->cancellable = g_cancellable_new ();

  /* The source may be slower to end than the window to close. */
  GWeakRef *weak = g_new (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  ph_source_collect_async (self->source, &self->plan, self->cancellable, collected, weak);
}

/* Ends what is under way or due for no reason above @reason. */
static void
call_off (PhPoller *self, Reason reason)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->next <= reason)
    self->next = REASON_NONE;
  if (self->now <= reason && self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
ph_poller_dispose (GObject *object)
{
  PhPoller *self = PH_POLLER (object);

  call_off (self, REASON_REFRESH);
  self->active = FALSE;
  g_clear_object (&self->cancellable);
  g_clear_object (&self->source);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (ph_poller_parent_class)->dispose (object);
}

static void
ph_poller_finalize (GObject *object)
{
  g_free (PH_POLLER (object)->error);

  G_OBJECT_CLASS (ph_poller_parent_class)->finalize (object);
}

static void
ph_poller_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhPoller *self = PH_POLLER (object);

  switch (id)
    {
    case PROP_INTERVAL:
      g_value_set_uint (value, ph_poller_get_interval (self));
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, self->paused);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_STRETCHED:
      g_value_set_boolean (value, self->pace.effective > self->pace.interval);
      break;
    case PROP_EFFECTIVE_INTERVAL:
      g_value_set_uint (value, ph_poller_get_effective_interval (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_poller_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhPoller *self = PH_POLLER (object);

  switch (id)
    {
    case PROP_INTERVAL:
      ph_poller_set_interval (self, g_value_get_uint (value));
      break;
    case PROP_PAUSED:
      ph_poller_set_paused (self, g_value_get_boolean (value));
      break;
    case PROP_ACTIVE:
      ph_poller_set_active (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_poller_class_init (PhPollerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = ph_poller_dispose;
  object_class->finalize = ph_poller_finalize;
  object_class->get_property = ph_poller_get_property;
  object_class->set_property = ph_poller_set_property;

  properties[PROP_INTERVAL] = g_param_spec_uint ("interval", NULL, NULL, SHORTEST_INTERVAL_MS, LONGEST_INTERVAL_MS,
                                                 DEFAULT_INTERVAL_MS, writable);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, writable);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, writable);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, readable);
  properties[PROP_STRETCHED] = g_param_spec_boolean ("stretched", NULL, NULL, FALSE, readable);
  properties[PROP_EFFECTIVE_INTERVAL]
      = g_param_spec_uint ("effective-interval", NULL, NULL, 0, G_MAXUINT, DEFAULT_INTERVAL_MS, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  polled_signal = g_signal_new ("polled", PH_TYPE_POLLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_poller_init (PhPoller *self)
{
  ph_pace_init (&self->pace, DEFAULT_INTERVAL_MS * G_GINT64_CONSTANT (1000));
}

PhPoller *
ph_poller_new (PhSource *source, PhTable *table)
{
  g_return_val_if_fail (PH_IS_SOURCE (source), NULL);
  g_return_val_if_fail (PH_IS_TABLE (table), NULL);

  PhPoller *self = g_object_new (PH_TYPE_POLLER, NULL);
  self->source = g_object_ref (source);
  self->table = g_object_ref (table);
  return self;
}

void
ph_poller_set_interval (PhPoller *self, guint ms)
{
  g_return_if_fail (PH_IS_POLLER (self));

  ms = CLAMP (ms, SHORTEST_INTERVAL_MS, LONGEST_INTERVAL_MS);
  if (ms == ph_poller_get_interval (self))
    return;
  change_pace (self, ph_pace_set_interval, ms * G_GINT64_CONSTANT (1000));
  arm (self);
}

guint
ph_poller_get_interval (PhPoller *self)
{
  g_return_val_if_fail (PH_IS_POLLER (self), 0);
  return self->pace.interval / 1000;
}

guint
ph_poller_get_effective_interval (PhPoller *self)
{
  g_return_val_if_fail (PH_IS_POLLER (self), 0);
  return MIN (self->pace.effective / 1000, G_MAXUINT);
}

/* Begins, goes on or ends polling, as it should be now. */
static void
update (PhPoller *self)
{
  if (!self->active)
    call_off (self, REASON_REFRESH);
  else if (self->paused)
    call_off (self, REASON_POLL);
  else
    collect (self, REASON_POLL);
}

void
ph_poller_set_on_demand (PhPoller *self, gboolean on_demand)
{
  g_return_if_fail (PH_IS_POLLER (self));

  self->on_demand = on_demand;
  arm (self);
}

void
ph_poller_set_paused (PhPoller *self, gboolean paused)
{
  g_return_if_fail (PH_IS_POLLER (self));

  paused = !!paused;
  if (paused == self->paused)
    return;
  self->paused = paused;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

gboolean
ph_poller_get_paused (PhPoller *self)
{
  g_return_val_if_fail (PH_IS_POLLER (self), FALSE);
  return self->paused;
}

void
ph_poller_set_active (PhPoller *self, gboolean active)
{
  g_return_if_fail (PH_IS_POLLER (self));

  active = !!active;
  if (active == self->active)
    return;
  self->active = active;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

void
ph_poller_set_plan (PhPoller *self, const PhPlan *plan)
{
  g_return_if_fail (PH_IS_POLLER (self));
  g_return_if_fail (plan != NULL);

  gboolean more = (plan->requests & ~self->plan.requests) != 0 || (plan->want & ~self->plan.want) != 0
                  || (plan->owners && !self->plan.owners) || (plan->full_owners && !self->plan.full_owners)
                  || (plan->names && !self->plan.names) || plan->mark != self->plan.mark || plan->log != self->plan.log;

  self->plan = *plan;
  if (more && self->active && !self->paused)
    collect (self, REASON_POLL);
}

void
ph_poller_refresh (PhPoller *self)
{
  g_return_if_fail (PH_IS_POLLER (self));
  collect (self, REASON_REFRESH);
}

/* What came while a collection is under way may be too late for it: it counts for the next. */
void
ph_poller_hasten (PhPoller *self)
{
  g_return_if_fail (PH_IS_POLLER (self));

  if (self->hastened || !self->active || self->paused)
    return;
  self->hastened = TRUE;
  arm (self);
}

const char *
ph_poller_get_error (PhPoller *self)
{
  g_return_val_if_fail (PH_IS_POLLER (self), NULL);
  return self->error;
}

void
ph_poller_get_timing (PhPoller *self, gint64 *collect_us, gint64 *owners_us, gint64 *sync_us)
{
  g_return_if_fail (PH_IS_POLLER (self));

  if (collect_us != NULL)
    *collect_us = self->collect_us;
  if (owners_us != NULL)
    *owners_us = self->owners_us;
  if (sync_us != NULL)
    *sync_us = self->sync_us;
}
