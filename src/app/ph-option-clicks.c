/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A test sees to it that no option lacks its click, and that all of the arguments mean something. */
#include "ph-option-clicks.h"

#include <glib/gi18n.h>

#define SOMEWHERE "192.0.2.7" /* of the documentation, RFC 5737 */

static const PhOptionClick clicks[] = {
  { "route", N_ ("Routes"), "-r", NULL },
  { "interfaces", N_ ("Interfaces"), "-i", NULL },
  { "groups", N_ ("Interfaces, “Multicast Groups”"), "-g", NULL },
  { "statistics", N_ ("Statistics"), "-s", NULL },
  { "extend", N_ ("Statistics, the chip Ethernet; of any table more columns: F4"), "-e", NULL },
  { "rules", N_ ("Routes, “Rules”"), "--rules", NULL },
  { "neighbours", N_ ("Routes, “Neighbours”"), "--neighbours", NULL },
  { "route-to", N_ ("Routes, the entry “Which route?”"), "--route-to " SOMEWHERE, NULL },
  { "look-up", N_ ("Ctrl+L, or main menu, “Look Up…”"), NULL, "win.look-up" },

  { "all", N_ ("Connections, “All”"), "-a", NULL },
  { "listening", N_ ("Connections, “Listening”"), "-l", NULL },
  { "tcp", N_ ("Connections, the chip TCP"), "-at", NULL },
  { "udp", N_ ("Connections, the chip UDP"), "-au", NULL },
  { "udplite", N_ ("Connections, “More”"), "-aU", NULL },
  { "sctp", N_ ("Connections, “More”"), "-aS", NULL },
  { "raw", N_ ("Connections, “More”"), "-aw", NULL },
  { "unix", N_ ("Connections, the chip Unix"), "-ax", NULL },
  { "bound", N_ ("Connections, “All”"), "-q", NULL },

  { "inet", N_ ("The chip IPv4"), "-a4", NULL },
  { "inet6", N_ ("The chip IPv6"), "-a6", NULL },
  { "all-tables", N_ ("Routes, “All Tables”"), "-r --all-tables", NULL },
  { "cache", N_ ("Routes, “Cached”"), "-rC", NULL },
  { "filter", N_ ("Ctrl+F, or just type; right-click a cell for its value"), NULL, "win.search" },

  { "numeric", N_ ("Main menu, “Numeric”"), "-an", NULL },
  { "programs", N_ ("The columns Process and PID"), "-ap", NULL },
  { "timers", N_ ("The columns Process, PID and Timer: F4 shows and hides columns"), NULL, "win.columns" },
  { "format", N_ ("Ctrl+E writes a CSV or JSON file"), NULL, "win.export" },
  { "columns", N_ ("F4, or right-click a header"), NULL, "win.columns" },
  { "continuous", N_ ("It goes on by itself; main menu, “Refresh Interval”"), "-c", NULL },
  { "measure", N_ ("Only from a terminal"), NULL, NULL },
  { "background", N_ ("Preferences, “Alerts”"), NULL, "app.preferences" },

  { "help", N_ ("F1: this window"), NULL, NULL },
  { "version", N_ ("Main menu, “About Porthole”"), NULL, "app.about" },

  { "?", N_ ("F1: this window"), NULL, NULL },
  { "b", N_ ("The columns Process and PID"), "-ap", NULL },
  { "ip", N_ ("The chip IPv4"), "-a4", NULL },
  { "tcpip", N_ ("The chip IPv4"), "-a4", NULL },
  { "numeric-hosts", N_ ("Main menu, “Numeric”"), "-an", NULL },
  { "numeric-ports", N_ ("Main menu, “Numeric”"), "-an", NULL },
  { "numeric-users", N_ ("Main menu, “Numeric”"), "-an", NULL },
  { "protocol", N_ ("The chips of protocols, IPv4 and IPv6"), "-a -A inet", NULL },
  { "wide", N_ ("Always so: the whole text of a cell is in its tooltip"), NULL, NULL },
  { "verbose", N_ ("Always so: what could not be read is told above the table"), NULL, NULL },
  { "symbolic", N_ ("Always so: hardware has the names that it has"), NULL, NULL },
  { "fib", N_ ("Always so: routes are the kernel’s own tables"), NULL, NULL },
  { "f", N_ ("Without “Numeric” names are always whole"), NULL, NULL },
};

const PhOptionClick *
ph_option_click_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (clicks); i++)
    if (g_str_equal (clicks[i].id, id))
      return &clicks[i];
  return NULL;
}
