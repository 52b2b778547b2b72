/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One table says what the options are. It is our own and not getopt_long() or GOptionContext because those print, keep
 * global state, or convert argv to UTF-8 and fail in words that quote it raw; and neither knows an option whose value
 * may be missing, nor one that begins with a slash.
 */
#include "ph-options-private.h"

#include <string.h>

#include "ph-i18n.h"

#define FIELD(name) G_STRUCT_OFFSET (PhOptions, name)

#define SLASH       PH_OPTION_SLASH
#define LISTING     PH_OPTION_LISTING
#define QUIET       PH_OPTION_QUIET

/* In the order of the usage text. */
/* clang-format off */
const PhOption ph_options_table[] = {
  { PH_OPTION_HEADING, .help = N_ ("What to show; without any of these, the sockets:") },
  { PH_OPTION_TABLE, 'r', "route", .table = PH_TABLE_ROUTES, .flags = SLASH,
    .help = N_ ("the routing table") },
  { PH_OPTION_TABLE, 'i', "interfaces", .table = PH_TABLE_LINKS,
    .help = N_ ("the network interfaces that are up, and what went through them") },
  { PH_OPTION_TABLE, 'g', "groups", .table = PH_TABLE_GROUPS,
    .help = N_ ("the multicast groups that are joined") },
  { PH_OPTION_TABLE, 's', "statistics", .table = PH_TABLE_COUNTERS, .flags = SLASH,
    .help = N_ ("what the protocols have counted; -t, -u, -w, -p PROTO: only that one") },
  { PH_OPTION_COUNT, 'e', "extend", FIELD (extended), .flags = SLASH,
    .help = N_ ("alone or with -s: the Ethernet totals; else more columns") },
  { PH_OPTION_TABLE, 0, "rules", .table = PH_TABLE_RULES,
    .help = N_ ("the rules that choose a routing table") },
  { PH_OPTION_TABLE, 0, "neighbours", .table = PH_TABLE_NEIGHBOURS,
    .help = N_ ("which hardware has which address") },
  { PH_OPTION_TEXT, 0, "route-to", FIELD (route_to), N_ ("ADDRESS"),
    .help = N_ ("the way to an address or a name, and why it is that") },
  { PH_OPTION_TEXT, 0, "look-up", FIELD (look_up), N_ ("TEXT"),
    .help = N_ ("the sockets of a PID, program, port, address, inode or unit") },
  { PH_OPTION_TABLE, 0, "watch", .table = PH_TABLE_ACTIVITY, .flags = PH_OPTION_CLI_ONLY,
    .help = N_ ("what happens, a line each, until interrupted") },
  { PH_OPTION_EVENTS, 0, "events", FIELD (events), N_ ("KINDS"), .flags = PH_OPTION_CLI_ONLY,
    .help = N_ ("of it only ports, connections, links or routes, with commas between") },

  { PH_OPTION_HEADING, .help = N_ ("Which sockets; kinds add up, and without one it is every kind:") },
  { PH_OPTION_FLAG, 'a', "all", FIELD (all), .flags = SLASH | LISTING,
    .help = N_ ("all, listening or not; interfaces: also those that are down") },
  { PH_OPTION_FLAG, 'l', "listening", FIELD (listening), .flags = LISTING, .help = N_ ("only those that listen") },
  { PH_OPTION_FLAG, 't', "tcp", FIELD (tcp), .flags = LISTING, .help = N_ ("TCP") },
  { PH_OPTION_FLAG, 'u', "udp", FIELD (udp), .flags = LISTING, .help = N_ ("UDP") },
  { PH_OPTION_FLAG, 'U', "udplite", FIELD (udplite), .flags = LISTING, .help = N_ ("UDP-Lite") },
  { PH_OPTION_FLAG, 'S', "sctp", FIELD (sctp), .flags = LISTING, .help = N_ ("SCTP") },
  { PH_OPTION_FLAG, 'w', "raw", FIELD (raw), .flags = LISTING, .help = N_ ("raw IP") },
  { PH_OPTION_FLAG, 'x', "unix", FIELD (unix_), .flags = LISTING, .help = N_ ("Unix domain sockets") },
  { PH_OPTION_FLAG, 'q', "bound", FIELD (bound), .flags = SLASH | LISTING,
    .help = N_ ("all, and those that are bound and nothing more") },

  { PH_OPTION_HEADING, .help = N_ ("Which rows, of any table:") },
  { PH_OPTION_FLAG, '4', "inet", FIELD (ipv4), .flags = LISTING, .help = N_ ("IPv4") },
  { PH_OPTION_FLAG, '6', "inet6", FIELD (ipv6), .flags = LISTING, .help = N_ ("IPv6") },
  { PH_OPTION_FLAG, 0, "all-tables", FIELD (all_tables), .help = N_ ("every route of every routing table") },
  { PH_OPTION_FLAG, 'C', "cache", FIELD (cached), .help = N_ ("routes: what was learned about single destinations") },
  { PH_OPTION_TEXT, 0, "filter", FIELD (filter), N_ ("TEXT"),
    .help = N_ ("what matches, as in “port:443 -user:root”; “help” explains") },

  { PH_OPTION_HEADING, .help = N_ ("How to show them:") },
  { PH_OPTION_FLAG, 'n', "numeric", FIELD (numeric), .flags = SLASH | LISTING,
    .help = N_ ("numbers; no names are looked up") },
  { PH_OPTION_PROGRAMS, 'p', "programs", FIELD (programs), N_ ("[PROTO…]"), .flags = SLASH | LISTING,
    .help = N_ ("the process of each socket; PROTO, as in “-p udpv6”: only that") },
  { PH_OPTION_FLAG, 'o', "timers", FIELD (timers), .flags = SLASH | LISTING,
    .help = N_ ("the process, and the timer that runs") },
  { PH_OPTION_FORMAT, 0, "format", FIELD (output), "text|csv|json",
    .help = N_ ("netstat’s layout, or one for programs") },
  { PH_OPTION_TEXT, 0, "columns", FIELD (columns), N_ ("LIST"),
    .help = N_ ("column ids with commas between; “help” lists the table’s") },
  { PH_OPTION_FLAG, 'c', "continuous", FIELD (continuous),
    .help = N_ ("again every second; every INTERVAL seconds where that is given") },
  { PH_OPTION_TIME, 0, "measure", FIELD (measure), N_ ("SECONDS"), .flags = PH_OPTION_WINDOW_ONLY,
    .help = N_ ("measure for so long, print JSON, and quit") },
  { PH_OPTION_FLAG, 0, "background", FIELD (background), .flags = PH_OPTION_WINDOW_ONLY,
    .help = N_ ("start without a window, and tell of new listening ports") },

  { PH_OPTION_HEADING, .help = N_ ("And:") },
  { PH_OPTION_FLAG, 'h', "help", FIELD (help), .flags = SLASH, .help = N_ ("show this help; also /?") },
  { PH_OPTION_FLAG, 'V', "version", FIELD (version), .help = N_ ("show the version") },

  /* Known to those who know netstat. */
  { PH_OPTION_FLAG, '?', NULL, FIELD (help), .flags = SLASH | QUIET },
  { PH_OPTION_FLAG, 'b', NULL, FIELD (programs), .flags = SLASH | LISTING | QUIET }, /* Windows */
  { PH_OPTION_FLAG, 0, "ip", FIELD (ipv4), .flags = LISTING | QUIET },
  { PH_OPTION_FLAG, 0, "tcpip", FIELD (ipv4), .flags = LISTING | QUIET },
  { PH_OPTION_FLAG, 0, "numeric-hosts", FIELD (numeric_hosts), .flags = LISTING | QUIET },
  { PH_OPTION_FLAG, 0, "numeric-ports", FIELD (numeric_ports), .flags = LISTING | QUIET },
  { PH_OPTION_FLAG, 0, "numeric-users", FIELD (numeric_users), .flags = LISTING | QUIET },
  { PH_OPTION_FAMILY, 'A', "protocol", .flags = LISTING | QUIET },
  { PH_OPTION_ACCEPTED, 'W', "wide", .flags = QUIET },     /* addresses are never cut */
  { PH_OPTION_ACCEPTED, 'v', "verbose", .flags = QUIET },  /* what could not be had is always told */
  { PH_OPTION_ACCEPTED, 'N', "symbolic", .flags = QUIET }, /* hardware has the names that it has */
  { PH_OPTION_ACCEPTED, 'F', "fib", .flags = QUIET },      /* the default of -r */
  { PH_OPTION_ACCEPTED, 'f', NULL, .flags = SLASH | QUIET }, /* Windows: names in full; they always are */
};
/* clang-format on */

const guint ph_n_options = G_N_ELEMENTS (ph_options_table);

static gboolean
is_known (PhProgram program, const PhOption *option)
{
  return !(option->flags & (program == PH_PROGRAM_WINDOW ? PH_OPTION_CLI_ONLY : PH_OPTION_WINDOW_ONLY));
}

const PhOption *
ph_option_by_letter (char letter)
{
  for (guint i = 0; i < ph_n_options; i++)
    if (ph_options_table[i].letter && ph_options_table[i].letter == letter)
      return &ph_options_table[i];
  return NULL;
}

/* Two names for one thing do not make the beginning that they share ambiguous. */
static gboolean
means_the_same (const PhOption *a, const PhOption *b)
{
  return a->kind == b->kind && a->offset == b->offset && a->table == b->table;
}

const PhOption *
ph_option_by_name (PhProgram program, const char *name, gsize length)
{
  const PhOption *found = NULL;
  gboolean ambiguous = FALSE;

  for (guint i = 0; i < ph_n_options && length > 0; i++)
    {
      const PhOption *option = &ph_options_table[i];

      if (!option->name || !is_known (program, option) || strncmp (option->name, name, length) != 0)
        continue;
      if (option->name[length] == '\0')
        return option;
      ambiguous |= found && !means_the_same (found, option);
      found = option;
    }
  return ambiguous ? NULL : found;
}

/* --- the usage text --- */

static const char *const program_names[] = { "porthole-cli", "porthole" }; /* by PhProgram */

#define HELP_COLUMN 31 /* where the explanations begin */

static const struct
{
  const char *arguments;
  const char *help; /* N_() */
} examples[] = {
  { "-ltnp", N_ ("what listens, and who it is") },
  { "-an --filter port:8080", N_ ("who has port 8080") },
  { "-rn", N_ ("the routing table, in numbers") },
  { "-i 2", N_ ("interfaces, every two seconds") },
  { "-sp tcp", N_ ("what TCP has counted") },
  { "--route-to 192.0.2.7", N_ ("which way packets to it go") },
  { "--look-up 8080", N_ ("who has this port, PID or inode") },
};

static void
append_option (GString *text, const PhOption *option)
{
  gsize start = text->len;

  if (option->letter)
    g_string_append_printf (text, "  -%c, --%s", option->letter, option->name);
  else
    g_string_append_printf (text, "      --%s", option->name);
  if (option->argument)
    g_string_append_printf (text, " %s", _ (option->argument));

  glong width = g_utf8_strlen (text->str + start, text->len - start);

  g_string_append_printf (text, "%*s%s\n", (int) MAX (HELP_COLUMN - width, 2), "", _ (option->help));
}

char *
ph_options_synopsis (PhProgram program)
{
  return g_strdup_printf (_ ("Usage: %s [OPTION…] [INTERVAL]"), program_names[program]);
}

char *
ph_options_usage (PhProgram program)
{
  g_autofree char *synopsis = ph_options_synopsis (program);
  GString *text = g_string_new (synopsis);

  g_string_append_printf (
      text, "\n\n%s\n",
      _ ("Shows the sockets of this machine and who holds them, its routes, interfaces and counters.\n"
         "The options are netstat’s, as Unix and as Windows has them (“-ano” or “/ano”)."));

  for (guint i = 0; i < ph_n_options; i++)
    {
      const PhOption *option = &ph_options_table[i];

      if (option->flags & PH_OPTION_QUIET || !is_known (program, option))
        continue;
      if (option->kind == PH_OPTION_HEADING)
        g_string_append_printf (text, "\n%s\n", _ (option->help));
      else
        append_option (text, option);
    }

  g_string_append_printf (text, "\n%s\n%s\n",
                          _ ("Without -a and -l: sockets that are not listening. Short options may be joined: -ltnp."),
                          _ ("With INTERVAL the table is shown anew every that many seconds."));

  g_string_append_printf (text, "\n%s\n", _ ("Examples:"));
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    g_string_append_printf (text, "  %s %-24s%s\n", program_names[program], examples[i].arguments,
                            _ (examples[i].help));
  return g_string_free (text, FALSE);
}
