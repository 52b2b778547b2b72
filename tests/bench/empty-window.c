/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * empty-window [SECONDS]: an AdwApplicationWindow with a header bar and nothing else, of the size that Porthole's has.
 * SECONDS after its first frame it prints {"first_frame_ms": ..., "rss_mib": ...} and quits. What any window costs on
 * this machine: a yardstick for the benchmark, measured in the same way as porthole --measure.
 */
#include <adwaita.h>

#include "ph-own-process.h"

static double seconds = 1;
static gint64 first_frame;

static gboolean
report (gpointer application)
{
  char frame[G_ASCII_DTOSTR_BUF_SIZE], memory[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (frame, sizeof frame, "%.3f", (double) first_frame / 1000);
  g_ascii_formatd (memory, sizeof memory, "%.1f", (double) ph_own_process_resident () / (1 << 20));
  g_print ("{\"first_frame_ms\": %s, \"rss_mib\": %s}\n", frame, memory);
  g_application_quit (application);
  return G_SOURCE_REMOVE;
}

static void
frame_drawn (GdkFrameClock *clock, gpointer application)
{
  g_signal_handlers_disconnect_by_func (clock, frame_drawn, application);
  first_frame = g_get_monotonic_time () - ph_own_process_start ();
  g_timeout_add ((guint) (seconds * 1000), report, application);
}

static void
realized (GtkWidget *window, gpointer application)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (frame_drawn), application);
}

static void
activate (GApplication *application)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 700);
  g_signal_connect_after (window, "realize", G_CALLBACK (realized), application);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = adw_application_new ("org.porthole.EmptyWindow", G_APPLICATION_NON_UNIQUE);

  if (argc > 1)
    seconds = g_ascii_strtod (argv[1], NULL);
  g_signal_connect (application, "activate", G_CALLBACK (activate), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
