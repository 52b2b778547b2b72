/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Options are read twice: in the process that was started, which must say what is wrong with them before there is a
 * display or another instance, and in the instance that has the window.
 */
#include "ph-application-private.h"

#include <glib-unix.h>
#include <malloc.h>

#include "ph-alert-windows.h"
#include "ph-config.h"
#include "ph-hues.h"
#include "ph-look-ahead.h"
#include "ph-lookout.h"
#include "ph-measure.h"
#include "ph-resources.h"
#include "ph-window.h"

G_DEFINE_FINAL_TYPE (PhApplication, ph_application, ADW_TYPE_APPLICATION)

enum
{
  EXIT_USAGE = 2, /* as porthole-cli */
};

#define START_MS 500  /* after the first rows */
#define CLOSE_MS 3000 /* for what waits to be written */

/* --- windows --- */

static gboolean
start_watching (gpointer lookout)
{
  ph_lookout_start (lookout);
  return G_SOURCE_REMOVE;
}

/* Not in the way of the first rows. */
static void
rows_shown (PhView *view, PhLookout *lookout)
{
  g_signal_handlers_disconnect_by_func (view, rows_shown, lookout);
  g_timeout_add_full (G_PRIORITY_LOW, START_MS, start_watching, g_object_ref (lookout), g_object_unref);
}

/* Only now is it known which page is in sight, and no other is made for this. */
static void
window_mapped (PhWindow *window, PhLookout *lookout)
{
  PhView *view = ph_table_view_get_view (ph_table_page_get_table_view (ph_window_get_page (window)));

  g_signal_handlers_disconnect_by_func (window, window_mapped, lookout);
  g_signal_connect_object (view, "arranged", G_CALLBACK (rows_shown), lookout, 0);
}

static void
watch_soon (PhApplication *self, PhWindow *window)
{
  if (self->lookout)
    g_signal_connect_object (window, "map", G_CALLBACK (window_mapped), self->lookout, G_CONNECT_AFTER);
}

PhWindow *
ph_application_ensure_window (PhApplication *self)
{
  PhWindow *window;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (PH_IS_WINDOW (l->data))
      return l->data;
  window = ph_window_new (GTK_APPLICATION (self));
  watch_soon (self, window);
  return window;
}

static void
ph_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ph_application_ensure_window (PH_APPLICATION (application))));
}

/* --- who looks --- */

/* A window that is paused shows what was, and wants to see nothing new. */
static void
update_attended (PhApplication *self)
{
  gboolean attended = FALSE;

  if (!self->lookout)
    return;
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (PH_IS_WINDOW (l->data))
      {
        gboolean in_sight, paused;

        g_object_get (l->data, "in-sight", &in_sight, "paused", &paused, NULL);
        attended |= in_sight && !paused;
      }
  g_object_set (ph_lookout_get_watcher (self->lookout), "attended", attended, NULL);
}

static void
ph_application_window_added (GtkApplication *application, GtkWindow *window)
{
  GTK_APPLICATION_CLASS (ph_application_parent_class)->window_added (application, window);
  if (!PH_IS_WINDOW (window))
    return;
  g_signal_connect_object (window, "notify::in-sight", G_CALLBACK (update_attended), application, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::paused", G_CALLBACK (update_attended), application, G_CONNECT_SWAPPED);
}

static gboolean
give_back (gpointer nothing)
{
  malloc_trim (0);
  return G_SOURCE_REMOVE;
}

static void
ph_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  PhApplication *self = PH_APPLICATION (application);

  GTK_APPLICATION_CLASS (ph_application_parent_class)->window_removed (application, window);
  update_attended (self);
  /* Of a window that has gone much is left in the heap, for nobody. */
  if (self->held && !gtk_application_get_windows (application))
    g_timeout_add (1000, give_back, NULL);
}

/* Without alerts nobody would hear of what is seen in the background. */
static void
update_hold (PhApplication *self)
{
  GSettings *settings = self->lookout ? ph_lookout_get_settings (self->lookout) : NULL;
  gboolean hold
      = self->resident
        || (settings && g_settings_get_boolean (settings, "background") && g_settings_get_boolean (settings, "alerts"));

  if (hold == self->held)
    return;
  self->held = hold;
  if (hold)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

/* --- options --- */

static gboolean
ph_application_local_command_line (GApplication *application, char ***arguments, int *status)
{
  PhApplication *self = PH_APPLICATION (application);
  g_autoptr (PhOptions) options = NULL;
  g_autoptr (GError) error = NULL;
  char **argv = *arguments;

  /* GApplication's own, "--gapplication-service" as D-Bus starts it. */
  if (argv[0] && argv[1] && g_str_has_prefix (argv[1], "--gapplication-"))
    return G_APPLICATION_CLASS (ph_application_parent_class)->local_command_line (application, arguments, status);

  *status = EXIT_SUCCESS;
  options = ph_options_parse (PH_PROGRAM_WINDOW, (int) g_strv_length (argv), argv, &error);
  if (!options)
    {
      g_autofree char *synopsis = ph_options_synopsis (PH_PROGRAM_WINDOW);

      g_printerr ("porthole: %s\n%s\n", error->message, synopsis);
      *status = EXIT_USAGE;
      return TRUE;
    }
  if (options->help)
    {
      g_autofree char *usage = ph_options_usage (PH_PROGRAM_WINDOW);
      g_print ("%s", usage);
      return TRUE;
    }
  if (options->version)
    {
      g_print ("porthole %s\n", PH_VERSION);
      return TRUE;
    }
  /* One that measures must not be another, which is running. */
  if (options->measure > 0)
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  g_clear_pointer (&self->options, ph_options_free);
  if (argv[0] && argv[1])
    self->options = g_steal_pointer (&options);
  return G_APPLICATION_CLASS (ph_application_parent_class)->local_command_line (application, arguments, status);
}

static void
measured (const char *json, gpointer application)
{
  g_print ("%s\n", json);
  g_application_quit (application);
}

/* Started to watch, at login: a window may come later, and go again. */
static void
stay (PhApplication *self)
{
  if (!self->lookout)
    return;
  self->resident = TRUE;
  update_hold (self);
  ph_lookout_start (self->lookout);
}

static int
ph_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  PhApplication *self = PH_APPLICATION (application);
  g_autoptr (PhOptions) options = NULL;
  g_auto (GStrv) argv = NULL;
  PhWindow *window;
  int argc;

  argv = g_application_command_line_get_arguments (command_line, &argc);
  options = ph_options_parse (PH_PROGRAM_WINDOW, argc, argv, NULL);
  if (!options)
    return EXIT_USAGE;
  if (options->background)
    {
      stay (self);
      return EXIT_SUCCESS;
    }
  window = ph_application_ensure_window (self);
  /* Without options it is what was remembered, or what the running window shows. */
  if (argc > 1)
    {
      ph_window_apply_options (window, options);
      if (options->measure > 0)
        ph_measure_start (window, options->measure, measured, application);
    }
  gtk_window_present (GTK_WINDOW (window));
  return EXIT_SUCCESS;
}

/* --- life --- */

static gboolean
terminated (gpointer application)
{
  g_action_group_activate_action (application, "quit", NULL);
  return G_SOURCE_CONTINUE;
}

static void
keep_watch (PhApplication *self)
{
  GSettings *settings;

  self->lookout = ph_lookout_new ();
  ph_alert_windows_attach (self, self->lookout);
  settings = ph_lookout_get_settings (self->lookout);
  if (!settings)
    return;
  g_signal_connect_object (settings, "changed::background", G_CALLBACK (update_hold), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::alerts", G_CALLBACK (update_hold), self, G_CONNECT_SWAPPED);
  update_hold (self);
}

static void
ph_application_startup (GApplication *application)
{
  /* Only the one instance that will have a window gets here. */
  ph_look_ahead (PH_APPLICATION (application)->options);
  /* A thread reads the configuration of the fonts: it may as well while GTK starts. */
  pango_cairo_font_map_get_default ();
  G_APPLICATION_CLASS (ph_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (PH_APPLICATION_ID);
  ph_hues_follow_taste ();
  ph_application_add_actions (PH_APPLICATION (application));
  g_unix_signal_add (SIGTERM, terminated, application);
  g_unix_signal_add (SIGINT, terminated, application);
  if (!PH_APPLICATION (application)->options || PH_APPLICATION (application)->options->measure <= 0)
    keep_watch (PH_APPLICATION (application));
}

static void
ph_application_shutdown (GApplication *application)
{
  PhApplication *self = PH_APPLICATION (application);

  if (self->lookout)
    ph_lookout_close (self->lookout, CLOSE_MS);
  G_APPLICATION_CLASS (ph_application_parent_class)->shutdown (application);
  g_clear_object (&self->lookout);
}

static void
ph_application_finalize (GObject *object)
{
  g_clear_pointer (&PH_APPLICATION (object)->options, ph_options_free);
  G_OBJECT_CLASS (ph_application_parent_class)->finalize (object);
}

static void
ph_application_class_init (PhApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ph_application_finalize;

  application_class->activate = ph_application_activate;
  application_class->local_command_line = ph_application_local_command_line;
  application_class->command_line = ph_application_command_line;
  application_class->startup = ph_application_startup;
  application_class->shutdown = ph_application_shutdown;
  GTK_APPLICATION_CLASS (klass)->window_added = ph_application_window_added;
  GTK_APPLICATION_CLASS (klass)->window_removed = ph_application_window_removed;
}

static void
ph_application_init (PhApplication *self)
{
}

/* A static library's object is only linked in, and its resources with it, if something asks for it. */
void
ph_application_register_resources (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      ph_resources_register_resource ();
      g_once_init_leave (&once, 1);
    }
}

PhApplication *
ph_application_new (void)
{
  ph_application_register_resources ();
  return g_object_new (PH_TYPE_APPLICATION, "application-id", PH_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, "resource-base-path", "/org/porthole/Porthole", NULL);
}
