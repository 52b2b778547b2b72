/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Before libnotify is called, which then waits as long as it takes, the service is asked for its capabilities without
 * waiting: one that is not there, or hangs, is found out here.
 */
#include "ph-bubbles.h"

#include <libnotify/notify.h>
#include <string.h>

#include "ph-alert-words.h"
#include "ph-config.h"
#include "ph-i18n.h"
#include "ph-text.h"

#define SERVICE      "org.freedesktop.Notifications"
#define SERVICE_PATH "/org/freedesktop/Notifications"

#define ANSWER_MS    5000
#define CLOSE_US     (G_USEC_PER_SEC / 4)
#define BUBBLES_MAX  256 /* that many can still be answered; a service need not say that one is gone */
#define REASON_BYTES 200 /* of what the service says for itself */

/* libnotify sends buttons in the order of a hash table with these names, whatever was added first. */
#define ACTION_DEFAULT "default" /* a click on the notification itself */
#define ACTION_SHOW    "show"
#define ACTION_MUTE    "mute"

typedef struct
{
  PhBubbles *owner;
  NotifyNotification *notification;
  PhListenerKey *key; /* NULL: a summary */
  gboolean over;      /* answered, or closed */
} Bubble;

struct _PhBubbles
{
  char *app_name;
  const PhBubblesFuncs *funcs;
  gpointer user;
  GCancellable *stop;

  GDBusConnection *bus; /* NULL: not looked for, or there is none */
  guint watch;
  gboolean asking; /* for the bus, or the capabilities */
  gboolean again;  /* the service came while it was asked */
  gboolean buttons;
  gboolean markup;

  PhAlert *waiting;   /* NULL: nothing waits */
  GPtrArray *bubbles; /* Bubble, oldest first */
};

static void ask (PhBubbles *self);

/* --- one on the screen --- */

static void
bubble_free (gpointer data)
{
  Bubble *bubble = data;

  g_signal_handlers_disconnect_by_data (bubble->notification, bubble);
  g_object_unref (bubble->notification);
  g_clear_pointer (&bubble->key, ph_listener_key_free);
  g_free (bubble);
}

/* libnotify still works with the notification when it calls these: it is let go of later. */
static void
on_closed (NotifyNotification *notification, gpointer data)
{
  Bubble *bubble = data;

  bubble->over = TRUE;
}

static void
on_action (NotifyNotification *notification, char *action, gpointer data)
{
  Bubble *bubble = data;
  PhBubbles *self = bubble->owner;

  if (bubble->over)
    return;
  bubble->over = TRUE;
  if (g_str_equal (action, ACTION_MUTE))
    self->funcs->mute (self->user, bubble->key);
  else
    self->funcs->show (self->user, bubble->key, notify_notification_get_activation_token (notification));
}

static Bubble *
bubble_new (PhBubbles *self, const PhListenerKey *key, const char *title)
{
  Bubble *bubble = g_new0 (Bubble, 1);

  bubble->owner = self;
  bubble->key = key != NULL ? ph_listener_key_copy (key) : NULL;
  bubble->notification = notify_notification_new (title, NULL, PH_APPLICATION_ID);
  notify_notification_set_urgency (bubble->notification, NOTIFY_URGENCY_NORMAL);
  notify_notification_set_category (bubble->notification, "network");
  notify_notification_set_hint (bubble->notification, "desktop-entry", g_variant_new_string (PH_APPLICATION_ID));
  g_signal_connect (bubble->notification, "closed", G_CALLBACK (on_closed), bubble);
  return bubble;
}

static void
set_buttons (PhBubbles *self, Bubble *bubble)
{
  NotifyNotification *notification = bubble->notification;

  notify_notification_clear_actions (notification);
  if (!self->buttons)
    return;
  notify_notification_add_action (notification, ACTION_DEFAULT, _ ("Show"), on_action, bubble, NULL);
  notify_notification_add_action (notification, ACTION_SHOW, _ ("Show"), on_action, bubble, NULL);
  if (bubble->key != NULL)
    /* Translators: a button; there will be no alert of this program at this port any more. */
    notify_notification_add_action (notification, ACTION_MUTE, _ ("Don’t Tell Me Again"), on_action, bubble, NULL);
}

/* --- all of them --- */

static void
sweep (PhBubbles *self)
{
  for (guint i = self->bubbles->len; i > 0; i--)
    if (((Bubble *) g_ptr_array_index (self->bubbles, i - 1))->over)
      g_ptr_array_remove_index (self->bubbles, i - 1);
}

/* Takes it out of the array. */
static Bubble *
steal_bubble_of (PhBubbles *self, const PhListenerKey *key)
{
  for (guint i = 0; key != NULL && i < self->bubbles->len; i++)
    {
      Bubble *bubble = g_ptr_array_index (self->bubbles, i);

      if (bubble->key != NULL && ph_listener_key_equal (bubble->key, key))
        return g_ptr_array_steal_index (self->bubbles, i);
    }
  return NULL;
}

/* What was shown belongs to a service that is gone. Its numbers mean nothing to the next one, or another program's
 * notification. */
static void
forget_service (PhBubbles *self)
{
  g_ptr_array_set_size (self->bubbles, 0);
  notify_uninit ();
}

static gboolean
show_alert (PhBubbles *self, const PhAlert *alert, GError **error)
{
  const PhListener *only = ph_alert_n (alert) == 1 ? g_ptr_array_index (alert->listeners, 0) : NULL;
  const PhListenerKey *key = only != NULL ? &only->key : NULL;
  g_autofree char *title = ph_alert_title (alert);
  g_autofree char *body = self->markup ? ph_alert_body_markup (alert) : ph_alert_body (alert);
  Bubble *bubble;

  notify_init (self->app_name);
  sweep (self);
  bubble = steal_bubble_of (self, key);
  if (bubble == NULL)
    bubble = bubble_new (self, key, title);
  /* notify_notification_update() would change the icon, too. */
  g_object_set (bubble->notification, "summary", title, "body", body, NULL);
  set_buttons (self, bubble);

  if (!notify_notification_show (bubble->notification, error))
    {
      bubble_free (bubble);
      return FALSE;
    }
  g_ptr_array_add (self->bubbles, bubble);
  if (self->bubbles->len > BUBBLES_MAX)
    g_ptr_array_remove_index (self->bubbles, 0);
  return TRUE;
}

/* --- what waits --- */

/* Behind what waits already: all of it is told together. Takes over @alert. */
static void
wait_with (PhBubbles *self, PhAlert *alert)
{
  PhAlert *waiting = self->waiting;

  if (waiting == NULL)
    {
      self->waiting = alert;
      return;
    }
  for (guint i = 0; i < alert->listeners->len; i++)
    {
      PhListener *listener = g_ptr_array_index (alert->listeners, i);

      if (g_ptr_array_find_with_equal_func (waiting->listeners, listener, ph_listener_key_equal, NULL))
        continue;
      if (waiting->listeners->len < PH_GATHER_MAX)
        g_ptr_array_add (waiting->listeners, ph_listener_ref (listener));
      else
        waiting->n_more++;
    }
  waiting->n_more += alert->n_more;
  waiting->away = waiting->away && alert->away;
  ph_alert_free (alert);
}

static void
take_error (PhBubbles *self, GError *error)
{
  g_autofree char *remote = g_dbus_error_get_remote_error (error);
  g_autofree char *trouble = NULL;

  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
      || (remote != NULL && g_str_has_prefix (remote, "org.freedesktop.DBus.Error.Spawn.")))
    trouble = g_strdup (_ ("No notification service is running."));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
           || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY)
           || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT))
    trouble = g_strdup (_ ("The notification service does not answer."));
  else
    {
      g_autoptr (GString) reason = g_string_new (NULL);

      g_dbus_error_strip_remote_error (error);
      ph_text_sanitize (error->message, strnlen (error->message, REASON_BYTES), reason);
      /* Translators: %s is an error message, as the system has it. */
      trouble = g_strdup_printf (_ ("Notifications cannot be shown: %s"), reason->str);
    }
  self->funcs->trouble (self->user, trouble);
  g_error_free (error);
}

static void
show_waiting (PhBubbles *self)
{
  PhAlert *alert = g_steal_pointer (&self->waiting);
  GError *error = NULL;

  if (show_alert (self, alert, &error))
    {
      ph_alert_free (alert);
      self->funcs->trouble (self->user, NULL);
      return;
    }
  wait_with (self, alert);
  take_error (self, error);
}

/* --- the service --- */

static void
on_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user)
{
  PhBubbles *self = user;

  forget_service (self);
  if (self->asking)
    self->again = TRUE;
  else if (self->waiting != NULL)
    ask (self);
  else
    self->funcs->trouble (self->user, NULL);
}

static void
on_vanished (GDBusConnection *bus, const char *name, gpointer user)
{
  forget_service (user);
}

static void
on_capabilities (GObject *bus, GAsyncResult *result, gpointer user)
{
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);
  g_autofree const char **capabilities = NULL;
  PhBubbles *self = user;
  gboolean again = self->again;

  self->asking = self->again = FALSE;
  if (g_cancellable_is_cancelled (self->stop))
    {
      g_clear_error (&error);
      return;
    }
  if (answer == NULL)
    {
      take_error (self, error);
      if (again)
        ask (self);
      return;
    }
  g_variant_get (answer, "(^a&s)", &capabilities);
  self->buttons = g_strv_contains (capabilities, "actions");
  self->markup = g_strv_contains (capabilities, "body-markup");
  show_waiting (self);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user)
{
  GError *error = NULL;
  PhBubbles *self = user;

  self->asking = FALSE;
  self->bus = g_bus_get_finish (result, &error);
  if (g_cancellable_is_cancelled (self->stop))
    g_clear_error (&error);
  else if (self->bus == NULL)
    take_error (self, error);
  else
    {
      self->watch = g_bus_watch_name_on_connection (self->bus, SERVICE, G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared,
                                                    on_vanished, self, NULL);
      ask (self);
    }
}

/* Something waits: is there anybody who can show it? */
static void
ask (PhBubbles *self)
{
  self->asking = TRUE;
  if (self->bus == NULL)
    g_bus_get (G_BUS_TYPE_SESSION, self->stop, on_bus, self);
  else
    g_dbus_connection_call (self->bus, SERVICE, SERVICE_PATH, SERVICE, "GetCapabilities", NULL, G_VARIANT_TYPE ("(as)"),
                            G_DBUS_CALL_FLAGS_NONE, ANSWER_MS, self->stop, on_capabilities, self);
}

void
ph_bubbles_show (PhBubbles *self, PhAlert *alert)
{
  wait_with (self, alert);
  if (!self->asking)
    ask (self);
}

/* --- life --- */

PhBubbles *
ph_bubbles_new (const char *app_name, const PhBubblesFuncs *funcs, gpointer user, GCancellable *stop)
{
  PhBubbles *self = g_new0 (PhBubbles, 1);

  self->app_name = g_strdup (app_name);
  self->funcs = funcs;
  self->user = user;
  self->stop = g_object_ref (stop);
  self->bubbles = g_ptr_array_new_with_free_func (bubble_free);
  return self;
}

void
ph_bubbles_free (PhBubbles *self)
{
  GMainContext *context = g_main_context_get_thread_default ();
  gint64 deadline = g_get_monotonic_time () + CLOSE_US;

  while (self->asking)
    g_main_context_iteration (context, TRUE);
  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  /* A button that does nothing is worse than none. */
  for (guint i = 0; self->buttons && i < self->bubbles->len; i++)
    {
      Bubble *bubble = g_ptr_array_index (self->bubbles, i);

      if (!bubble->over && g_get_monotonic_time () < deadline)
        notify_notification_close (bubble->notification, NULL);
    }
  forget_service (self);
  while (g_main_context_iteration (context, FALSE))
    ; /* what GDBus lets go of later */
  g_ptr_array_unref (self->bubbles);
  g_clear_pointer (&self->waiting, ph_alert_free);
  g_clear_object (&self->bus);
  g_object_unref (self->stop);
  g_free (self->app_name);
  g_free (self);
}
