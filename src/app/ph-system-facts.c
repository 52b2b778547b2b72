/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions are those that run, not those it was built with, as far as a library tells. */
#include "ph-system-facts.h"

#include <adwaita.h>
#include <locale.h>
#include <string.h>
#include <sys/utsname.h>

#include "ph-autostart.h"
#include "ph-config.h"
#include "ph-survey.h"
#include "ph-system-report.h"

/* "GdkWaylandDisplay" → "Wayland". */
static char *
dup_display (void)
{
  GdkDisplay *display = gdk_display_get_default ();
  const char *type = display ? G_OBJECT_TYPE_NAME (display) : NULL;

  if (!type)
    return NULL;
  type += g_str_has_prefix (type, "Gdk") ? strlen ("Gdk") : 0;
  return g_strndup (type, strlen (type) - (g_str_has_suffix (type, "Display") ? strlen ("Display") : 0));
}

static void
surveyed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autofree PhLookResult *looks = ph_survey_finish (result);
  g_autofree char *gtk
      = g_strdup_printf ("%u.%u.%u", gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version ());
  g_autofree char *adwaita
      = g_strdup_printf ("%u.%u.%u", adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version ());
  g_autofree char *glib = g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  g_autofree char *display = dup_display ();
  g_autofree char *kernel = NULL;
  const PhSystemPart parts[] = {
    { "Porthole", PH_VERSION },   { "GTK", gtk },
    { "libadwaita", adwaita },    { "GLib", glib },
    { "libmnl", PH_MNL_VERSION }, { "SQLite", PH_SQLITE_VERSION },
  };
  struct utsname system = { 0 };
  PhSystemFacts facts = { .parts = parts, .n_parts = G_N_ELEMENTS (parts), .looks = looks };

  if (!looks)
    {
      g_task_return_error_if_cancelled (task);
      return;
    }
  uname (&system);
  kernel = g_strdup_printf ("%s %s", system.sysname, system.release);
  facts.kernel = kernel;
  facts.machine = system.machine;
  facts.display = display;
  facts.desktop = g_getenv ("XDG_CURRENT_DESKTOP");
  facts.locale = setlocale (LC_MESSAGES, NULL);
  facts.sandbox = ph_autostart_in_sandbox () ? "Flatpak" : NULL;
  facts.silent = GPOINTER_TO_INT (g_task_get_task_data (task));
  facts.means = ph_means ();
  g_task_return_pointer (task, ph_system_report (&facts), g_free);
}

void
ph_system_facts_report_async (PhNotifier *notifier,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  gboolean silent = notifier && !ph_notifier_get_available (notifier);

  g_task_set_source_tag (task, ph_system_facts_report_async);
  g_task_set_task_data (task, GINT_TO_POINTER (silent), NULL);
  ph_survey_async (cancellable, surveyed, task);
}

char *
ph_system_facts_report_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
