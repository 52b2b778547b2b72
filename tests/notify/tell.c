/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell PROCESS PORT: shows an alert of one listener on whichever desktop this runs, and says what comes back, a line
 * each, until its standard input ends.
 */
#include <glib-unix.h>
#include <stdlib.h>
#include <unistd.h>

#include "alerts.h"
#include "ph-notifier.h"

static void
say (const char *what, const PhListenerKey *key)
{
  g_autoptr (GString) line = g_string_new (what);

  g_string_append_c (line, ' ');
  ph_listener_key_append (key, line);
  g_print ("%s\n", line->str);
}

static void
on_show (PhNotifier *notifier, const PhListenerKey *key, const char *token, gpointer user)
{
  say ("show", key);
}

static void
on_mute (PhNotifier *notifier, const PhListenerKey *key, gpointer user)
{
  say ("mute", key);
}

static void
on_failed (PhNotifier *notifier, const char *trouble, gpointer user)
{
  g_print ("failed %s\n", trouble);
}

static gboolean
on_input (int fd, GIOCondition condition, gpointer loop)
{
  char byte;

  if (read (fd, &byte, 1) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (PhNotifier) notifier = ph_notifier_new ("Porthole");
  g_autoptr (PhAlert) alert = NULL;

  if (argc != 3)
    {
      g_printerr ("usage: tell PROCESS PORT\n");
      return 2;
    }
  g_signal_connect (notifier, "show", G_CALLBACK (on_show), NULL);
  g_signal_connect (notifier, "mute", G_CALLBACK (on_mute), NULL);
  g_signal_connect (notifier, "failed", G_CALLBACK (on_failed), NULL);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, on_input, loop);

  alert = alert_of (argv[1], (guint16) atoi (argv[2]), 1);
  ph_notifier_show (notifier, alert);
  g_main_loop_run (loop);
  return 0;
}
