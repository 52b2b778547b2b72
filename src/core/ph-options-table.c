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

#define HEADING(text)                                                                                                  \
  {                                                                                                                    \
    .kind = PH_OPTION_HEADING, .help = text                                                                            \
  }
#define TABLE(l, n, t, text, f)                                                                                        \
  {                                                                                                                    \
    .kind = PH_OPTION_TABLE, .letter = l, .name = n, .table = PH_TABLE_##t, .help = text, .flags = f                   \
  }
#define FLAG(l, n, m, text, f)                                                                                         \
  {                                                                                                                    \
    .kind = PH_OPTION_FLAG, .letter = l, .name = n, .offset = FIELD (m), .help = text, .flags = f                      \
  }
#define VALUE(k, l, n, m, a, text, f)                                                                                  \
  {                                                                                                                    \
    .kind = PH_OPTION_##k, .letter = l, .name = n, .offset = FIELD (m), .argument = a, .help = text, .flags = f        \
  }
#define ACCEPTED(l, n, f)                                                                                              \
  {                                                                                                                    \
    .kind = PH_OPTION_ACCEPTED, .letter = l, .name = n, .flags = PH_OPTION_QUIET | (f)                                 \
  }

#define SLASH   PH_OPTION_SLASH
#define LISTING PH_OPTION_LISTING
#define QUIET   PH_OPTION_QUIET

/* In the order of the usage text. */
const PhOption ph_options_table[] = {
  HEADING (N_ ("What to show; without any of these, the sockets:")),
  TABLE ('r', "route", ROUTES, N_ ("the routing table"), SLASH),
  TABLE ('i', "interfaces", LINKS, N_ ("the network interfaces that are up, and what went through them"), 0),
  TABLE ('g', "groups", GROUPS, N_ ("the multicast groups that are joined"), 0),
  TABLE (
      's', "statistics", COUNTERS, N_ ("what the protocols have counted; -t, -u, -w, -p PROTO: only that one"), SLASH),
  VALUE (COUNT, 'e', "extend", extended, NULL, N_ ("alone or with -s: the Ethernet totals; else more columns"), SLASH),
  TABLE (0, "rules", RULES, N_ ("the rules that choose a routing table"), 0),
  TABLE (0, "neighbours", NEIGHBOURS, N_ ("which hardware has which address"), 0),
  VALUE (TEXT, 0, "route-to", route_to, N_ ("ADDRESS"), N_ ("the way to an address or a name, and why it is that"), 0),

  HEADING (N_ ("Which sockets; kinds add up, and without one it is every kind:")),
  FLAG ('a', "all", all, N_ ("all, listening or not; interfaces: also those that are down"), SLASH | LISTING),
  FLAG ('l', "listening", listening, N_ ("only those that listen"), LISTING),
  FLAG ('t', "tcp", tcp, N_ ("TCP"), LISTING), FLAG ('u', "udp", udp, N_ ("UDP"), LISTING),
  FLAG ('U', "udplite", udplite, N_ ("UDP-Lite"), LISTING), FLAG ('S', "sctp", sctp, N_ ("SCTP"), LISTING),
  FLAG ('w', "raw", raw, N_ ("raw IP"), LISTING), FLAG ('x', "unix", unix_, N_ ("Unix domain sockets"), LISTING),
  FLAG ('q', "bound", bound, N_ ("all, and those that are bound and nothing more"), SLASH | LISTING),

  HEADING (N_ ("Which rows, of any table:")), FLAG ('4', "inet", ipv4, N_ ("IPv4"), LISTING),
  FLAG ('6', "inet6", ipv6, N_ ("IPv6"), LISTING),
  FLAG (0, "all-tables", all_tables, N_ ("every route of every routing table"), 0),
  FLAG ('C', "cache", cached, N_ ("routes: what was learned about single destinations"), 0),
  VALUE (TEXT, 0, "filter", filter, N_ ("TEXT"), N_ ("what matches, as in “port:443 -user:root”"), 0),

  HEADING (N_ ("How to show them:")),
  FLAG ('n', "numeric", numeric, N_ ("numbers; no names are looked up"), SLASH | LISTING),
  VALUE (PROGRAMS,
         'p',
         "programs",
         programs,
         N_ ("[PROTO…]"),
         N_ ("the process of each socket; PROTO, as in “-p udpv6”: only that"),
         SLASH | LISTING),
  FLAG ('o', "timers", timers, N_ ("the process, and the timer that runs"), SLASH | LISTING),
  VALUE (FORMAT, 0, "format", output, "text|csv|json", N_ ("netstat’s layout, or one for programs"), 0),
  VALUE (TEXT, 0, "columns", columns, N_ ("LIST"), N_ ("column ids with commas between; “help” lists the table’s"), 0),
  FLAG ('c', "continuous", continuous, N_ ("again every second; every INTERVAL seconds where that is given"), 0),
  VALUE (TIME,
         0,
         "measure",
         measure,
         N_ ("SECONDS"),
         N_ ("measure for so long, print JSON, and quit"),
         PH_OPTION_WINDOW_ONLY),

  HEADING (N_ ("And:")), FLAG ('h', "help", help, N_ ("show this help; also /?"), SLASH),
  FLAG ('V', "version", version, N_ ("show the version"), 0),

  /* Known to those who know netstat. */
  FLAG ('?', NULL, help, NULL, SLASH | QUIET),
  FLAG ('b', NULL, programs, NULL, SLASH | LISTING | QUIET), /* Windows: the program of each socket */
  FLAG (0, "ip", ipv4, NULL, LISTING | QUIET), FLAG (0, "tcpip", ipv4, NULL, LISTING | QUIET),
  FLAG (0, "numeric-hosts", numeric_hosts, NULL, LISTING | QUIET),
  FLAG (0, "numeric-ports", numeric_ports, NULL, LISTING | QUIET),
  FLAG (0, "numeric-users", numeric_users, NULL, LISTING | QUIET),
  VALUE (FAMILY, 'A', "protocol", ipv4, NULL, NULL, LISTING | QUIET),
  ACCEPTED ('W', "wide", 0),     /* addresses are never cut */
  ACCEPTED ('v', "verbose", 0),  /* what could not be had is always told */
  ACCEPTED ('N', "symbolic", 0), /* hardware has the names that it has */
  ACCEPTED ('F', "fib", 0),      /* the default of -r */
  ACCEPTED ('f', NULL, SLASH),   /* Windows: names in full; they always are */
};

const guint ph_n_options = G_N_ELEMENTS (ph_options_table);

static gboolean
is_known (PhProgram program, const PhOption *option)
{
  return program == PH_PROGRAM_WINDOW || !(option->flags & PH_OPTION_WINDOW_ONLY);
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
  { "-ltnp", N_ ("what listens, and who it is") }, { "-an --filter port:8080", N_ ("who has port 8080") },
  { "-rn", N_ ("the routing table, in numbers") }, { "-i 2", N_ ("interfaces, every two seconds") },
  { "-sp tcp", N_ ("what TCP has counted") },      { "--route-to 192.0.2.7", N_ ("which way packets to it go") },
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
