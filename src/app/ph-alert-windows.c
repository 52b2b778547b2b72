/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-alert-windows.h"

#include <glib/gi18n.h>

#include "ph-alert-words.h"
#include "ph-toast.h"
#include "ph-window.h"

/* NULL: none is open. */
static PhWindow *
find_window (GApplication *application)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l; l = l->next)
    if (PH_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

/* --- telling --- */

static void
tell_in_window (PhWindow *window, const PhAlert *alert)
{
  g_autofree char *line = ph_alert_line (alert);
  AdwToast *toast = ph_toast_new (line);

  adw_toast_set_timeout (toast, 0); /* stays: one may have come back only for a moment */
  adw_toast_set_button_label (toast, _ ("_Activity"));
  adw_toast_set_action_name (toast, "win.page");
  adw_toast_set_action_target (toast, "s", "activity");
  ph_window_add_toast (window, toast);
}

/* What was missed is told where one is: in the window, if that is what one works with. */
static void
alert (GApplication *application, const PhAlert *told)
{
  PhWindow *window = find_window (application);
  PhLookout *lookout = ph_lookout_get_default ();

  if (told->away && window && gtk_window_is_active (GTK_WINDOW (window)))
    tell_in_window (window, told);
  else if (lookout)
    ph_notifier_show (ph_lookout_get_notifier (lookout), told);
}

/* --- the buttons --- */

static void
show (GApplication *application, const PhListenerKey *key, const char *token)
{
  PhWindow *window = ph_application_ensure_window (PH_APPLICATION (application));

  if (token)
    gtk_window_set_startup_id (GTK_WINDOW (window), token);
  gtk_window_present (GTK_WINDOW (window));
  if (key)
    ph_window_show_listener (window, key);
  else
    ph_window_show_table (window, PH_TABLE_ACTIVITY);
}

static void
mute (GApplication *application, const PhListenerKey *key)
{
  PhLookout *lookout = ph_lookout_get_default ();
  PhWindow *window = find_window (application);
  g_autoptr (PhMute) rule = ph_mute_new_for (key);
  g_autofree char *place = ph_listener_place (key);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *said = NULL;
  AdwToast *toast;

  if (!lookout)
    return;
  ph_watcher_mute (ph_lookout_get_watcher (lookout), key);
  if (!window)
    return;
  /* Translators: what is not told of any more: “Muted: TCP 8000 (every address)” */
  said = g_strdup_printf (_ ("Muted: %s"), place);
  toast = ph_toast_new (said);
  ph_mute_append (rule, text);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "app.unmute");
  adw_toast_set_action_target (toast, "s", text->str);
  ph_window_add_toast (window, toast);
}

static void
unmute (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  g_autoptr (PhMute) rule = ph_mute_parse (g_variant_get_string (parameter, NULL));
  PhLookout *lookout = ph_lookout_get_default ();

  if (rule && lookout)
    ph_lookout_change_mutes (lookout, rule, NULL);
}

void
ph_alert_windows_attach (PhApplication *application, PhLookout *lookout)
{
  const GActionEntry actions[] = { { "unmute", unmute, "s" } };

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  g_signal_connect_object (ph_lookout_get_watcher (lookout), "alert", G_CALLBACK (alert), application,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ph_lookout_get_notifier (lookout), "show", G_CALLBACK (show), application,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ph_lookout_get_notifier (lookout), "mute", G_CALLBACK (mute), application,
                           G_CONNECT_SWAPPED);
}
