/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report takes a look at everything, in a worker: windows are there before it is. */
#include "ph-about.h"

#include <glib/gi18n.h>

#include "ph-compat.h"
#include "ph-config.h"
#include "ph-system-facts.h"

/* A widget that goes takes with it what it waits for: nothing is reported to one that is gone, so that it need not be
 * kept. (GTK 4.8: a window that is kept longer than the one it belongs to looks for it when it ends.) */
static GCancellable *
cancelled_by (GtkWidget *widget)
{
  GCancellable *cancellable = g_cancellable_new ();

  g_signal_connect_object (widget, "destroy", G_CALLBACK (g_cancellable_cancel), cancellable, G_CONNECT_SWAPPED);
  return cancellable;
}

static void
reported (GObject *source, GAsyncResult *result, gpointer about)
{
  g_autofree char *report = ph_system_facts_report_finish (result);

  if (report)
    g_object_set (about, "debug-info", report, "debug-info-filename", "porthole-report.txt", NULL);
}

void
ph_about_show (GtkWindow *parent, PhNotifier *notifier)
{
  static const char *const libraries[]
      = { "GTK", "libadwaita", "GLib", "libmnl", "SQLite", "libnotify", "libportal", NULL };
  const char *const developers[] = { _ ("The Porthole contributors"), NULL };
  const char *const words[] = { "netstat (net-tools)", "ss (iproute2)", NULL };
  GtkWidget *about = ph_compat_about_new ();
  g_autoptr (GCancellable) cancellable = cancelled_by (about);

  g_object_set (about, "application-icon", PH_APPLICATION_ID, "application-name", _ ("Porthole"), "version", PH_VERSION,
                "developer-name", developers[0], "developers", developers, "license-type", GTK_LICENSE_GPL_3_0,
                "comments", _ ("Every connection of this machine, live, and who owns it"),
                /* Translators: put your names here, one a line */
                "translator-credits", _ ("translator-credits"), NULL);
  ph_compat_about_thank (about, _ ("Words and layout"), words);
  ph_compat_about_thank (about, _ ("Libraries"), libraries);
  ph_compat_about_present (about, parent);
  ph_system_facts_report_async (notifier, cancellable, reported, about);
}

/* --- the report alone --- */

typedef struct
{
  GtkWindow *parent;
  void (*copied) (GtkWindow *parent);
} Copying;

static void
copy (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Copying *copying = data;
  g_autofree char *report = ph_system_facts_report_finish (result);

  if (report)
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (copying->parent)), report);
      copying->copied (copying->parent);
    }
}

void
ph_about_copy_report (GtkWindow *parent, PhNotifier *notifier, void (*copied) (GtkWindow *parent))
{
  g_autoptr (GCancellable) cancellable = cancelled_by (GTK_WIDGET (parent));
  Copying *copying = g_new (Copying, 1);

  *copying = (Copying){ parent, copied };
  ph_system_facts_report_async (notifier, cancellable, copy, copying);
}
