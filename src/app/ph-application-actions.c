/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What menus and keys can do everywhere, and which keys do what in any window. */
#include "ph-application-private.h"

#include <glib/gi18n.h>

#include "ph-about.h"
#include "ph-compat.h"
#include "ph-help.h"
#include "ph-preferences.h"
#include "ph-toast.h"

static const struct
{
  const char *action;
  const char *accels[3];
} keys[] = {
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.search", { "<Control>f" } },
  { "win.refresh", { "F5", "<Control>r" } },
  { "win.pause", { "F6" } },
  { "win.export", { "<Control>e" } },
  { "win.numeric", { "<Control><Shift>n" } },
  { "win.page::connections", { "<Alt>1" } },
  { "win.page::routes", { "<Alt>2" } },
  { "win.page::interfaces", { "<Alt>3" } },
  { "win.page::statistics", { "<Alt>4" } },
  { "win.page::activity", { "<Alt>5" } },
  { "app.preferences", { "<Control>comma" } },
  { "win.show-help-overlay", { "<Control>question", "<Control>F1" } },
  { "app.help", { "F1" } },
};

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window;

  /* Closed, not just dropped: windows remember their size. */
  while ((window = gtk_application_get_active_window (data)))
    {
      gtk_window_close (window);
      if (window == gtk_application_get_active_window (data))
        break;
    }
  g_application_quit (data);
}

static PhNotifier *
get_notifier (PhApplication *self)
{
  return self->lookout ? ph_lookout_get_notifier (self->lookout) : NULL;
}

static void
about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_about_show (gtk_application_get_active_window (data), get_notifier (data));
}

static void
copied (GtkWindow *window)
{
  AdwToast *toast = ph_toast_new (_ ("System Report Copied"));

  if (PH_IS_HELP (window))
    ph_help_add_toast (PH_HELP (window), toast);
  else
    ph_window_add_toast (PH_WINDOW (window), toast);
}

static void
copy_report (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhApplication *self = PH_APPLICATION (data);
  GtkWindow *asked = self->help && gtk_window_is_active (self->help) ? self->help : NULL;

  ph_about_copy_report (asked ? asked : GTK_WINDOW (ph_application_ensure_window (self)), get_notifier (self), copied);
}

static void
help (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhApplication *self = PH_APPLICATION (data);

  if (!self->help)
    {
      self->help = GTK_WINDOW (ph_help_new (ph_application_ensure_window (self)));
      g_object_add_weak_pointer (G_OBJECT (self->help), (gpointer *) &self->help);
    }
  gtk_window_present (self->help);
}

static void
preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhApplication *self = PH_APPLICATION (data);

  if (!self->lookout)
    return;
  if (!self->preferences)
    {
      PhWindow *parent = ph_application_ensure_window (self);

      self->preferences = GTK_WINDOW (ph_preferences_new (GTK_WINDOW (parent), self->lookout));
      g_object_add_weak_pointer (G_OBJECT (self->preferences), (gpointer *) &self->preferences);
    }
  gtk_window_present (self->preferences);
}

static void
clear_history_confirmed (gpointer application)
{
  PhLookout *lookout = PH_APPLICATION (application)->lookout;

  if (lookout)
    ph_lookout_clear_history (lookout);
}

static void
clear_history (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_compat_confirm (gtk_application_get_active_window (data), _ ("Clear History?"),
                     _ ("Everything on the Activity page is forgotten, also what is kept across restarts."),
                     _ ("_Clear"), clear_history_confirmed, data);
}

void
ph_application_add_actions (PhApplication *self)
{
  static const GActionEntry actions[] = {
    { "quit", quit },
    { "about", about },
    { "help", help },
    { "copy-report", copy_report },
    { "preferences", preferences },
    { "clear-history", clear_history },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), keys[i].action, keys[i].accels);
}
