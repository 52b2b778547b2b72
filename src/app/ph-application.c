/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Options are read twice: in the process that was started, which must say what is wrong with them before there is a
 * display or another instance, and in the instance that has the window.
 */
#include "ph-application.h"

#include <glib/gi18n.h>

#include "ph-compat.h"
#include "ph-config.h"
#include "ph-look-ahead.h"
#include "ph-measure.h"
#include "ph-resources.h"
#include "ph-window.h"

struct _PhApplication
{
  AdwApplication parent_instance;

  PhOptions *options; /* this process was started with; NULL: none */
};

G_DEFINE_FINAL_TYPE (PhApplication, ph_application, ADW_TYPE_APPLICATION)

enum
{
  EXIT_USAGE = 2, /* as porthole-cli */
};

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
  { "win.show-help-overlay", { "<Control>question", "<Control>F1" } },
};

static PhWindow *
ensure_window (PhApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  return window && PH_IS_WINDOW (window) ? PH_WINDOW (window) : ph_window_new (GTK_APPLICATION (self));
}

static void
ph_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_window (PH_APPLICATION (application))));
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

static int
ph_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  PhWindow *window = ensure_window (PH_APPLICATION (application));
  g_auto (GStrv) argv = NULL;
  int argc;

  argv = g_application_command_line_get_arguments (command_line, &argc);
  /* Without options it is what was remembered, or what the running window shows. */
  if (argc > 1)
    {
      g_autoptr (PhOptions) options = ph_options_parse (PH_PROGRAM_WINDOW, argc, argv, NULL);

      if (!options)
        return EXIT_USAGE;
      ph_window_apply_options (window, options);
      if (options->measure > 0)
        ph_measure_start (window, options->measure, measured, application);
    }
  gtk_window_present (GTK_WINDOW (window));
  return EXIT_SUCCESS;
}

/* --- actions --- */

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

static void
about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_compat_show_about (gtk_application_get_active_window (data), PH_APPLICATION_ID, _ ("Porthole"), PH_VERSION);
}

static void
ph_application_startup (GApplication *application)
{
  const GActionEntry actions[] = { { "quit", quit }, { "about", about } };

  /* Only the one instance that will have a window gets here. */
  ph_look_ahead (PH_APPLICATION (application)->options);
  /* A thread reads the configuration of the fonts: it may as well while GTK starts. */
  pango_cairo_font_map_get_default ();
  G_APPLICATION_CLASS (ph_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (PH_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action, keys[i].accels);
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
