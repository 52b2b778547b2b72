/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings are bound one way: here nobody changes them. */
#include "ph-lookout.h"

#include <glib/gi18n.h>

#include "ph-settings.h"

struct _PhLookout
{
  GObject parent_instance;

  GSettings *settings; /* NULL: not installed; then there are defaults */
  PhWatcher *watcher;
  PhNotifier *notifier;
  gboolean started;
};

G_DEFINE_FINAL_TYPE (PhLookout, ph_lookout, G_TYPE_OBJECT)

static PhLookout *the_lookout; /* not a reference */

static void
days_changed (PhLookout *self)
{
  ph_history_store_set_limits (ph_watcher_get_history (self->watcher),
                               g_settings_get_uint (self->settings, "history-days"), PH_HISTORY_BYTES);
}

static void
follow_settings (PhLookout *self)
{
  static const char *const bound[][2] = {
    { "alerts", "alerts" },
    { "alert-ephemeral-udp", "ephemeral-udp" },
    { "watch-interval", "interval" },
    { "history-ports", "keep-ports" },
    { "history-connections", "keep-connections" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bound); i++)
    g_settings_bind (self->settings, bound[i][0], self->watcher, bound[i][1], G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->settings, "changed::history-days", G_CALLBACK (days_changed), self, G_CONNECT_SWAPPED);
  days_changed (self);
}

void
ph_lookout_start (PhLookout *self)
{
  if (self->started)
    return;
  self->started = TRUE;
  ph_watcher_start (self->watcher);
}

PhWatcher *
ph_lookout_get_watcher (PhLookout *self)
{
  return self->watcher;
}

PhNotifier *
ph_lookout_get_notifier (PhLookout *self)
{
  return self->notifier;
}

GSettings *
ph_lookout_get_settings (PhLookout *self)
{
  return self->settings;
}

void
ph_lookout_change_mutes (PhLookout *self, const PhMute *without, const PhMute *with)
{
  PhKnown *known = ph_watcher_get_known (self->watcher);
  g_autoptr (PhKnown) changed = known ? ph_known_change_mutes (known, without, with) : NULL;

  if (changed)
    ph_watcher_set_known (self->watcher, changed);
}

static void
cleared (GObject *history, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  /* Why not is in its "error", which is shown; it is tried again with the next entry. */
  if (!ph_history_store_clear_finish (PH_HISTORY_STORE (history), result, &error))
    g_debug ("History was not cleared: %s", error->message);
}

void
ph_lookout_clear_history (PhLookout *self)
{
  ph_activity_log_clear (ph_watcher_get_log (self->watcher));
  ph_history_store_clear_async (ph_watcher_get_history (self->watcher), cleared, NULL);
  g_signal_emit_by_name (self->watcher, "recorded");
}

void
ph_lookout_close (PhLookout *self, guint timeout_ms)
{
  if (self->started)
    ph_watcher_close (self->watcher, timeout_ms);
  self->started = FALSE;
  if (the_lookout == self)
    the_lookout = NULL;
}

static void
ph_lookout_finalize (GObject *object)
{
  PhLookout *self = PH_LOOKOUT (object);

  if (the_lookout == self)
    the_lookout = NULL;
  g_clear_object (&self->notifier);
  g_clear_object (&self->watcher);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (ph_lookout_parent_class)->finalize (object);
}

static void
ph_lookout_class_init (PhLookoutClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_lookout_finalize;
}

static void
ph_lookout_init (PhLookout *self)
{
  g_autoptr (PhHistoryStore) history = ph_history_store_new (NULL);
  g_autoptr (PhKnownStore) known = ph_known_store_new (NULL);

  self->settings = ph_settings_new ();
  self->watcher = ph_watcher_new (
      self->settings ? g_settings_get_uint (self->settings, "activity-size") : PH_ACTIVITY_LOG_SIZE, history, known);
  self->notifier = ph_notifier_new (_ ("Porthole"));
  if (self->settings)
    follow_settings (self);
}

PhLookout *
ph_lookout_new (void)
{
  PhLookout *self = g_object_new (PH_TYPE_LOOKOUT, NULL);

  the_lookout = self;
  return self;
}

PhLookout *
ph_lookout_get_default (void)
{
  return the_lookout;
}
