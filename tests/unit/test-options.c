/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "ph-options.h"
#include "ph-text.h"

/* Parses @line, split at blanks. */
static PhOptions *
parse (const char *line, GError **error)
{
  g_autofree char *whole = g_strconcat ("porthole-cli ", line, NULL);
  g_auto (GStrv) argv = g_strsplit (g_strchomp (whole), " ", -1);

  return ph_options_parse (PH_PROGRAM_CLI, g_strv_length (argv), argv, error);
}

static PhOptions *
parse_good (const char *line)
{
  g_autoptr (GError) error = NULL;
  PhOptions *options = parse (line, &error);

  g_assert_no_error (error);
  g_assert_nonnull (options);
  return options;
}

static void
check_bad (const char *line, PhOptionsErrorCode code, const char *named)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhOptions) options = parse (line, &error);

  g_assert_null (options);
  g_assert_error (error, PH_OPTIONS_ERROR, (int) code);
  if (!strstr (error->message, named))
    g_error ("“%s” does not name “%s”", error->message, named);
}

static void
test_nothing (void)
{
  g_autoptr (PhOptions) options = parse_good ("");
  PhOptions zero = { 0 };

  g_assert_cmpmem (options, sizeof *options, &zero, sizeof zero);
  g_assert_cmpstr (ph_options_filter (options), ==, "is:active");
}

/* All that is set, in words; what follows "|" is the filter that comes of it. */
static char *
describe (const PhOptions *options)
{
  static const char *const tables[PH_N_TABLES]
      = { "sockets", "routes", "rules", "neighbours", "links", "groups", "counters", "activity" };
  static const char *const protos[PH_N_PROTOS] = { "tcp", "udp", "icmp", "ip", "tcpv6", "udpv6", "icmpv6", "ipv6" };
  const struct
  {
    gboolean set;
    const char *word;
  } flags[] = {
    { options->all, "all" },
    { options->listening, "listening" },
    { options->bound, "bound" },
    { options->tcp, "tcp" },
    { options->udp, "udp" },
    { options->udplite, "udplite" },
    { options->sctp, "sctp" },
    { options->raw, "raw" },
    { options->unix_, "unix" },
    { options->ipv4, "ipv4" },
    { options->ipv6, "ipv6" },
    { options->numeric, "numeric" },
    { options->numeric_hosts && !options->numeric, "numeric-hosts" },
    { options->numeric_ports && !options->numeric, "numeric-ports" },
    { options->numeric_users && !options->numeric, "numeric-users" },
    { options->programs, "programs" },
    { options->timers, "timers" },
    { options->statistics, "statistics" },
    { options->ethernet, "ethernet" },
    { options->all_tables, "all-tables" },
    { options->cached, "cached" },
    { options->help, "help" },
    { options->version, "version" },
  };
  GString *text = g_string_new (tables[options->table]);

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (flags[i].set)
      g_string_append_printf (text, " %s", flags[i].word);
  for (guint i = 0; i < PH_N_PROTOS; i++)
    if (options->protos & (1u << i))
      g_string_append_printf (text, " -p:%s", protos[i]);
  if (options->extended)
    g_string_append_printf (text, " extended=%u", options->extended);
  if (options->interval > 0)
    g_string_append_printf (text, " %g", options->interval);
  if (options->route_to)
    g_string_append_printf (text, " to=%s", options->route_to);
  if (options->look_up)
    g_string_append_printf (text, " look=%s", options->look_up);
  g_string_append_printf (text, " | %s", ph_options_filter (options));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What the manuals of both netstats show, and what people type. */
static void
test_combinations (void)
{
  static const struct
  {
    const char *line;
    const char *meaning;
  } cases[] = {
    /* sockets, as net-tools has them */
    { "-a", "sockets all | " },
    { "-l", "sockets listening | is:listening" },
    { "-tulpen", "sockets listening tcp udp numeric programs extended=1 | is:listening" },
    { "-ltnp", "sockets listening tcp numeric programs | is:listening" },
    { "-tlnp", "sockets listening tcp numeric programs | is:listening" },
    { "-plunt", "sockets listening tcp udp numeric programs | is:listening" },
    { "-lntup", "sockets listening tcp udp numeric programs | is:listening" },
    { "-natp", "sockets all tcp numeric programs | " },
    { "-anp", "sockets all numeric programs | " },
    { "-antop", "sockets all tcp numeric programs timers | " },
    { "-tnoc", "sockets tcp numeric programs timers 1 | is:active" },
    { "-tnc 5", "sockets tcp numeric 5 | is:active" },
    { "5 -tnc", "sockets tcp numeric 5 | is:active" },
    { "-c", "sockets 1 | is:active" },
    { "-xp", "sockets unix programs | is:active" },
    { "-ptcp", "sockets tcp programs 1 | is:active" }, /* -p -t -c -p */
    { "-en", "sockets numeric extended=1 | is:active" },
    { "-ae", "sockets all extended=1 | " },
    { "-tee", "sockets tcp extended=2 | is:active" },
    { "-U -S -w", "sockets udplite sctp raw | is:active" },
    { "-Wtn", "sockets tcp numeric | is:active" },
    { "-vNW", "sockets | is:active" },
    { "-4t --numeric-hosts", "sockets tcp ipv4 numeric-hosts | is:active" },
    { "--numeric-ports --numeric-users -6", "sockets ipv6 numeric-ports numeric-users | is:active" },
    { "-A inet", "sockets ipv4 | is:active" },
    { "-Ainet6,unix", "sockets unix ipv6 | is:active" },
    { "--protocol=inet,inet6", "sockets ipv4 ipv6 | is:active" },
    { "--ip --tcp", "sockets tcp ipv4 | is:active" },
    { "--tcpip -u", "sockets udp ipv4 | is:active" },

    /* sockets, as Windows has them */
    { "-ano", "sockets all numeric programs timers | " },
    { "/ano", "sockets all numeric programs timers | " },
    { "/a /n /o", "sockets all numeric programs timers | " },
    { "/A /N", "sockets all numeric | " },
    { "-o 5", "sockets programs timers 5 | is:active" },
    { "-n -o", "sockets numeric programs timers | is:active" },
    { "-b", "sockets programs | is:active" },
    { "-abno", "sockets all numeric programs timers | " },
    { "-f", "sockets | is:active" },
    { "-q", "sockets all bound | " },
    { "-qno", "sockets all bound numeric programs timers | " },
    { "-p tcp", "sockets tcp ipv4 -p:tcp | is:active" },
    { "-p TCPv6", "sockets tcp ipv6 -p:tcpv6 | is:active" },
    { "-anp udp", "sockets all udp ipv4 numeric -p:udp | " },
    { "-ano -p UDPV6 2", "sockets all udp ipv6 numeric programs timers -p:udpv6 2 | " },
    { "/a /p tcp", "sockets all tcp ipv4 -p:tcp | " },
    { "-p tcp udp", "sockets tcp udp ipv4 -p:tcp -p:udp | is:active" },
    { "-6 -p tcp", "sockets tcp ipv6 -p:tcp | is:active" },
    { "-p tcp -p", "sockets tcp ipv4 programs -p:tcp | is:active" },
    { "-p", "sockets programs | is:active" },
    { "-p 5", "sockets programs 5 | is:active" },
    { "-p -a", "sockets all programs | " },
    { "-p /n", "sockets numeric programs | is:active" },
    { "--programs tcp", "sockets tcp ipv4 -p:tcp | is:active" },

    /* routes */
    { "-r", "routes | is:shown" },
    { "/r", "routes | is:shown" },
    { "-rn", "routes numeric | is:shown" },
    { "-nr", "routes numeric | is:shown" },
    { "-rnv", "routes numeric | is:shown" },
    { "-rne", "routes numeric extended=1 | is:shown" },
    { "-reen", "routes numeric extended=2 | is:shown" },
    { "-r -A inet6", "routes ipv6 | is:shown" },
    { "-6rn", "routes ipv6 numeric | is:shown" },
    { "-rF", "routes | is:shown" },
    { "-rC", "routes cached | " },
    { "-rnc 2", "routes numeric 2 | is:shown" },
    { "-r --all-tables", "routes all-tables | " },
    { "--all-tables", "routes all-tables | " },

    /* what happens */
    { "--watch", "activity 1 | " },
    { "--wat 0.5 --format json", "activity 0.5 | " },
    { "--watch -c 2", "activity 2 | " },
    { "--watch --events ports", "activity 1 | is:ports" },
    { "--events connections", "activity 1 | is:connections" },
    { "--watch --events=links,ports", "activity 1 | is:ports,links,addresses" },
    { "--watch --events routes", "activity 1 | is:routes,neighbours" },
    { "--watch --events addresses --events neighbours", "activity 1 | is:addresses,neighbours" },
    { "--watch -t4", "activity tcp ipv4 1 | proto:tcp family:ipv4" },
    { "--watch -tuUS46 --events ports",
      "activity tcp udp udplite sctp ipv4 ipv6 1 | is:ports proto:tcp,udp,udplite,sctp family:ipv4,ipv6" },
    { "--route --numeric", "routes numeric | is:shown" },
    { "--route-to 192.0.2.1", "routes to=192.0.2.1 | is:shown" },
    { "-rn --route-to=::1", "routes numeric to=::1 | is:shown" },
    { "--look-up 8080", "sockets all look=8080 | " },
    { "-ne --look-up=nginx", "sockets all numeric extended=1 look=nginx | " },

    /* interfaces, groups, rules, neighbours */
    { "-i", "links | is:up" },
    { "-in", "links numeric | is:up" },
    { "-ai", "links all | " },
    { "-ie", "links extended=1 | is:up" },
    { "-ia -e", "links all extended=1 | " },
    { "-ic", "links 1 | is:up" },
    { "--interfaces 10", "links 10 | is:up" },
    { "-g", "groups | " },
    { "-gn", "groups numeric | " },
    { "-gn4", "groups ipv4 numeric | is:ipv4" },
    { "-6g", "groups ipv6 | is:ipv6" },
    { "-4 -6 -g", "groups ipv4 ipv6 | " },
    { "--rules -6", "rules ipv6 | " },
    { "--neigh", "neighbours | is:shown" },
    { "--neighbours -a", "neighbours all | " },
    { "--neighbours -4", "neighbours ipv4 | is:shown is:ipv4" },

    /* counters */
    { "-s", "counters statistics | -is:zero" },
    { "-as", "counters all statistics | " },
    { "-st", "counters tcp statistics | protocol:tcp,tcpext,mptcpext -is:zero" },
    { "-su4", "counters udp ipv4 statistics | protocol:udp -is:zero" },
    { "-suw", "counters udp raw statistics | protocol:ip,icmp,udp,ipv6,icmpv6,udpv6,ipext -is:zero" },
    { "-6s", "counters ipv6 statistics | protocol:ipv6,icmpv6,udpv6,udplitev6 -is:zero" },
    { "-sU -S", "counters udplite sctp statistics | protocol:udplite,udplitev6,sctp -is:zero" },
    { "-sp tcp", "counters statistics -p:tcp | protocol:tcp,tcpext,mptcpext -is:zero" },
    { "-s -p icmpv6", "counters statistics -p:icmpv6 | protocol:icmpv6 -is:zero" },
    { "/s /p ip", "counters statistics -p:ip | protocol:ip,ipext -is:zero" },
    { "-s -p tcp udp", "counters statistics -p:tcp -p:udp | protocol:tcp,udp,tcpext,mptcpext -is:zero" },
    { "-asp UDP", "counters all statistics -p:udp | protocol:udp" },
    { "-s 10", "counters statistics 10 | -is:zero" },
    { "-e", "counters ethernet | protocol:ethernet" },
    { "/e", "counters ethernet | protocol:ethernet" },
    { "-e 5", "counters ethernet 5 | protocol:ethernet" },
    { "-ev", "counters ethernet | protocol:ethernet" },
    { "-es", "counters statistics ethernet | -is:zero" },
    { "-se", "counters statistics ethernet | -is:zero" },
    { "-e -s", "counters statistics ethernet | -is:zero" },
    { "-esp ip", "counters statistics ethernet -p:ip | protocol:ip,ipext,ethernet -is:zero" },
    { "-es -p tcpv6", "counters statistics ethernet -p:tcpv6 | protocol:tcp,tcpext,mptcpext,ethernet -is:zero" },

    { "/?", "sockets help | is:active" },
    { "-?", "sockets help | is:active" },
    { "-rh", "routes help | is:shown" },
    { "-V", "sockets version | is:active" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhOptions) options = parse_good (cases[i].line);
      g_autofree char *meaning = describe (options);

      g_test_message ("%s", cases[i].line);
      g_assert_cmpstr (meaning, ==, cases[i].meaning);
    }
}

/* Two tables at once, in words that name both; what only the statistics have. */
static void
test_conflicts (void)
{
  static const struct
  {
    const char *line;
    const char *one, *other;
  } cases[] = {
    { "-rs", "--route", "--statistics" },
    { "-r -i", "--route", "--interfaces" },
    { "-si", "--statistics", "--interfaces" },
    { "-gr", "--groups", "--route" },
    { "/r /s", "--route", "--statistics" },
    { "--rules -r", "--rules", "--route" },
    { "-s --route-to ::1", "--statistics", "--route-to" },
    { "--route-to ::1 -i", "--interfaces", "--route-to" },
    { "-r --look-up 1", "--route", "--look-up" },
    { "--look-up 1 --route-to ::1", "--route-to", "--look-up" },
    { "--look-up 1 --events links", "--look-up", "--events" },
    { "-r --watch", "--route", "--watch" },
    { "--watch --route-to ::1", "--watch", "--route-to" },
    { "-i --events links", "--interfaces", "--events" },
    { "--events links --route-to ::1", "--events", "--route-to" },
    { "-p icmp", "icmp", "-s" },
    { "-anp IPv6", "ipv6", "-s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      check_bad (cases[i].line, PH_OPTIONS_ERROR_CONFLICT, cases[i].one);
      check_bad (cases[i].line, PH_OPTIONS_ERROR_CONFLICT, cases[i].other);
    }
}

static void
test_joined (void)
{
  g_autoptr (PhOptions) options = parse_good ("-tanp 1.5 -x46");

  g_assert_true (options->tcp && options->all && options->numeric && options->programs && options->unix_);
  g_assert_true (options->ipv4 && options->ipv6);
  g_assert_false (options->udp || options->raw || options->listening);
  g_assert_cmpfloat (options->interval, ==, 1.5);
}

static void
test_long (void)
{
  g_autoptr (PhOptions) options = parse_good (
      "--all --listening --tcp --udp --udplite --sctp --raw --unix --inet --inet6 --numeric --programs --help --version");

  g_assert_true (options->all && options->listening && options->tcp && options->udp && options->udplite);
  g_assert_true (options->sctp && options->raw && options->unix_ && options->ipv4 && options->ipv6);
  g_assert_true (options->numeric && options->programs && options->help && options->version);
}

static void
test_shortened (void)
{
  g_autoptr (PhOptions) options = parse_good ("--list --prog --format csv");

  g_assert_true (options->listening && options->programs);
  g_assert_cmpint (options->output, ==, PH_OUTPUT_CSV);
  check_bad ("--in", PH_OPTIONS_ERROR_UNKNOWN, "--in"); /* inet or inet6 */
  check_bad ("--ud=1", PH_OPTIONS_ERROR_UNKNOWN, "--ud=1");
  check_bad ("--=", PH_OPTIONS_ERROR_UNKNOWN, "--=");
}

static void
test_values (void)
{
  char *const argvs[][6] = {
    { "p", "--filter", "port:443 -user:root", "--columns=proto,pid", "--format=json" },
    { "p", "--filter=port:443 -user:root", "--columns", "proto,pid", "--format", "json" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (argvs); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PhOptions) options
          = ph_options_parse (PH_PROGRAM_CLI, argvs[i][5] ? 6 : 5, (char **) argvs[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (options->filter, ==, "port:443 -user:root");
      g_assert_cmpstr (options->columns, ==, "proto,pid");
      g_assert_cmpint (options->output, ==, PH_OUTPUT_JSON);
    }

  /* The last one counts; a value may be empty or look like an option. */
  g_autoptr (PhOptions) options = parse_good ("--filter one --filter -a --columns=");
  g_assert_cmpstr (options->filter, ==, "-a");
  g_assert_cmpstr (options->columns, ==, "");
  g_assert_false (options->all);
}

static void
test_bad (void)
{
  check_bad ("-z", PH_OPTIONS_ERROR_UNKNOWN, "“-z”");
  check_bad ("-taz", PH_OPTIONS_ERROR_UNKNOWN, "“-z”");
  check_bad ("-tü", PH_OPTIONS_ERROR_UNKNOWN, "“-ü”");
  check_bad ("--nosuch", PH_OPTIONS_ERROR_UNKNOWN, "“--nosuch”");
  check_bad ("-", PH_OPTIONS_ERROR_UNKNOWN, "“-”");
  check_bad ("tcp", PH_OPTIONS_ERROR_UNKNOWN, "“tcp”");
  check_bad ("-- -a", PH_OPTIONS_ERROR_UNKNOWN, "“-a”");
  check_bad ("--all=yes", PH_OPTIONS_ERROR_VALUE, "“--all”");
  check_bad ("--filter", PH_OPTIONS_ERROR_VALUE, "“--filter”");
  check_bad ("--format xml", PH_OPTIONS_ERROR_VALUE, "“xml”");
  check_bad ("--format=", PH_OPTIONS_ERROR_VALUE, "“”");
  check_bad ("-M", PH_OPTIONS_ERROR_UNKNOWN, "“-M”");
  check_bad ("-rz", PH_OPTIONS_ERROR_UNKNOWN, "“-z”");
  check_bad ("/", PH_OPTIONS_ERROR_UNKNOWN, "“/”");
  check_bad ("/z", PH_OPTIONS_ERROR_UNKNOWN, "“/z”");
  check_bad ("/t", PH_OPTIONS_ERROR_UNKNOWN, "“/t”"); /* Windows has a -t of its own, which is not TCP */
  check_bad ("/anx", PH_OPTIONS_ERROR_UNKNOWN, "“/x”");
  check_bad ("/etc/passwd", PH_OPTIONS_ERROR_UNKNOWN, "“/t”");
  check_bad ("//a", PH_OPTIONS_ERROR_UNKNOWN, "“//”");
  check_bad ("-- /a", PH_OPTIONS_ERROR_UNKNOWN, "“/a”");
  check_bad ("-p icmpx", PH_OPTIONS_ERROR_VALUE, "“icmpx”");
  check_bad ("-anp eth0", PH_OPTIONS_ERROR_VALUE, "“eth0”");
  check_bad ("-p tcp eth0", PH_OPTIONS_ERROR_UNKNOWN, "“eth0”");
  check_bad ("-pa tcp", PH_OPTIONS_ERROR_UNKNOWN, "“tcp”"); /* the value follows its option */
  check_bad ("-p 0", PH_OPTIONS_ERROR_VALUE, "“0”");
  check_bad ("-A", PH_OPTIONS_ERROR_VALUE, "“--protocol”");
  check_bad ("-A ipx", PH_OPTIONS_ERROR_VALUE, "“ipx”");
  check_bad ("-A inet,", PH_OPTIONS_ERROR_VALUE, "“”");
  check_bad ("--route-to", PH_OPTIONS_ERROR_VALUE, "“--route-to”");
  check_bad ("--continuous=2", PH_OPTIONS_ERROR_VALUE, "“--continuous”");
  check_bad ("--tc", PH_OPTIONS_ERROR_UNKNOWN, "“--tc”"); /* tcp or tcpip */
}

static void
test_interval (void)
{
  static const char *const good[] = { "1", "0.5", ".25", "10.", "86400" };
  static const char *const bad[] = { "0", "0.0", ".", "1.2.3", "99999999999999999999", "31622401" };
  static const char *const words[] = { "nan", "inf", "1e3", "0x10", "1,5", "+1", "1s" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (PhOptions) options = parse_good (good[i]);
      g_assert_cmpfloat (options->interval, ==, g_ascii_strtod (good[i], NULL));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    check_bad (bad[i], PH_OPTIONS_ERROR_VALUE, bad[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    check_bad (words[i], PH_OPTIONS_ERROR_UNKNOWN, words[i]);
  check_bad ("1 2", PH_OPTIONS_ERROR_UNKNOWN, "“2”");
}

static void
check_hostile (const char *argument)
{
  const char *const argv[] = { "p", argument };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhOptions) options = ph_options_parse (PH_PROGRAM_CLI, 2, (char **) argv, &error);

  g_assert_null (options);
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (ph_text_fit (error->message, strlen (error->message)), ==, strlen (error->message));
  g_assert_cmpuint (strlen (error->message), <, 1000);
}

static void
test_hostile (void)
{
  static const char *const arguments[] = { "",
                                           "-\xff",
                                           "\xff\xfe",
                                           "-\xc2\x9b",
                                           "-t\xe2\x82",
                                           "-\x80\x80\x80\x80\x80\x80\x80\x80",
                                           "--\x1b[31mred",
                                           "--filter=\xff",
                                           "--columns=\xc3(",
                                           "--format=\x1b]0;x\x07",
                                           "\n\n\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (arguments); i++)
    check_hostile (arguments[i]);

  for (const char *prefix = "\0-\0--\0--format=\0x"; *prefix != 'x'; prefix += strlen (prefix) + 1)
    {
      g_autofree char *filler = g_strnfill (1000000, '\x1b');
      g_autofree char *argument = g_strconcat (prefix, filler, NULL);
      check_hostile (argument);
    }
}

/* A filter of a megabyte is no error of the options. */
static void
test_long_value (void)
{
  g_autofree char *value = g_strnfill (1000000, 'x');
  const char *const argv[] = { "p", "--filter", value };
  g_autoptr (PhOptions) options = ph_options_parse (PH_PROGRAM_CLI, 3, (char **) argv, NULL);

  g_assert_cmpstr (options->filter, ==, value);
}

#define BIT(name) (G_GUINT64_CONSTANT (1) << PH_REQUEST_##name)

static void
test_requests (void)
{
  const guint64 inet4
      = BIT (TCP4) | BIT (UDP4) | BIT (UDPLITE4) | BIT (RAW4) | BIT (SCTP4) | BIT (DCCP4) | BIT (MPTCP4);
  const guint64 inet6
      = BIT (TCP6) | BIT (UDP6) | BIT (UDPLITE6) | BIT (RAW6) | BIT (SCTP6) | BIT (DCCP6) | BIT (MPTCP6);
  const struct
  {
    const char *line;
    guint64 requests;
  } cases[] = {
    { "", inet4 | inet6 | BIT (UNIX) | BIT (PACKET) | BIT (NETLINK) | BIT (VSOCK) },
    { "-t", BIT (TCP4) | BIT (TCP6) },
    { "-u", BIT (UDP4) | BIT (UDP6) },
    { "-U", BIT (UDPLITE4) | BIT (UDPLITE6) },
    { "-S", BIT (SCTP4) | BIT (SCTP6) },
    { "-w", BIT (RAW4) | BIT (RAW6) },
    { "-x", BIT (UNIX) },
    { "-4", inet4 },
    { "-6", inet6 },
    { "-46", inet4 | inet6 },
    { "-4x", inet4 | BIT (UNIX) },
    { "-tu4", BIT (TCP4) | BIT (UDP4) },
    { "-tx", BIT (TCP4) | BIT (TCP6) | BIT (UNIX) },
    { "-w6x", BIT (RAW6) | BIT (UNIX) },
    { "-p tcp", BIT (TCP4) },
    { "-p udpv6", BIT (UDP6) },
    { "-p tcp udpv6", BIT (TCP4) | BIT (TCP6) | BIT (UDP4) | BIT (UDP6) },
    { "-r", BIT (ROUTES4) | BIT (ROUTES6) },
    { "-r4", BIT (ROUTES4) },
    { "-r6", BIT (ROUTES6) },
    { "-rC6", BIT (CACHED_ROUTES6) },
    { "--rules -4", BIT (RULES4) },
    { "-i4", PH_PLAN_ALL },
    { "-s", PH_PLAN_ALL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhOptions) options = parse_good (cases[i].line);

      g_test_message ("%s", cases[i].line);
      g_assert_cmphex (ph_options_requests (options), ==, cases[i].requests);
    }
}

static void
test_filter (void)
{
  g_autoptr (PhOptions) listening = parse_good ("-l");
  g_autoptr (PhOptions) all = parse_good ("-a");
  g_autoptr (PhOptions) both = parse_good ("-la");

  g_assert_cmpstr (ph_options_filter (listening), ==, "is:listening");
  g_assert_cmpstr (ph_options_filter (all), ==, "");
  g_assert_cmpstr (ph_options_filter (both), ==, "");
}

/* Every line of the table is there, and every explanation begins in the same column. */
static void
test_usage (void)
{
  static const char *const names[] = { "-a, --all",
                                       "-l, --listening",
                                       "-t, --tcp",
                                       "-u, --udp",
                                       "-w, --raw",
                                       "-x, --unix",
                                       "-4, --inet",
                                       "-6, --inet6",
                                       "-n, --numeric",
                                       "-p, --programs [PROTO…]",
                                       "--filter TEXT",
                                       "--format text|csv|json",
                                       "-r, --route",
                                       "-i, --interfaces",
                                       "-g, --groups",
                                       "-s, --statistics",
                                       "-e, --extend",
                                       "-o, --timers",
                                       "-c, --continuous",
                                       "--all-tables",
                                       "--route-to ADDRESS",
                                       "--look-up TEXT",
                                       "--rules",
                                       "--neighbours",
                                       "--columns LIST",
                                       "--watch",
                                       "--events KINDS",
                                       "-h, --help" };
  g_autofree char *usage = ph_options_usage (PH_PROGRAM_CLI);

  g_assert_true (g_str_has_prefix (usage, "Usage: porthole-cli "));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *at = strstr (usage, names[i]);

      g_assert_nonnull (at);
      const char *line = at;
      while (line > usage && line[-1] != '\n')
        line--;
      const char *help = at + strlen (names[i]);
      help += strspn (help, " ");
      g_assert_cmpint (g_utf8_strlen (line, help - line), ==, 31);
    }
}

/* Kinds of events: whole words, and at least one. */
static void
test_events (void)
{
  char *window[] = { (char *) "porthole", (char *) "--watch", NULL };
  g_autofree char *usage = ph_options_usage (PH_PROGRAM_WINDOW);
  g_autoptr (GError) error = NULL;

  check_bad ("--events port", PH_OPTIONS_ERROR_VALUE, "“port”");
  check_bad ("--events ports,", PH_OPTIONS_ERROR_VALUE, "“”");
  check_bad ("--events=", PH_OPTIONS_ERROR_VALUE, "“”");
  check_bad ("--events lost", PH_OPTIONS_ERROR_VALUE, "“lost”");
  check_bad ("--events opened", PH_OPTIONS_ERROR_VALUE, "“opened”");
  check_bad ("--events", PH_OPTIONS_ERROR_VALUE, "--events");

  g_assert_null (ph_options_parse (PH_PROGRAM_WINDOW, 2, window, &error));
  g_assert_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_UNKNOWN);
  g_assert_null (strstr (usage, "--watch"));
}

/* What only the window knows is, to the other, like any word that nobody knows. */
static void
test_measure (void)
{
  char *argv[] = { (char *) "porthole", (char *) "--meas", (char *) "2.5", NULL };
  char *wrong[] = { (char *) "porthole", (char *) "--measure=soon", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhOptions) options = ph_options_parse (PH_PROGRAM_WINDOW, 3, argv, &error);
  g_autofree char *usage = ph_options_usage (PH_PROGRAM_WINDOW);
  g_autofree char *cli_usage = ph_options_usage (PH_PROGRAM_CLI);

  g_assert_no_error (error);
  g_assert_cmpfloat (options->measure, ==, 2.5);
  g_assert_null (ph_options_parse (PH_PROGRAM_WINDOW, 2, wrong, &error));
  g_assert_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "soon"));
  check_bad ("--measure 2", PH_OPTIONS_ERROR_UNKNOWN, "--measure");

  g_assert_true (g_str_has_prefix (usage, "Usage: porthole ["));
  g_assert_nonnull (strstr (usage, "--measure SECONDS"));
  g_assert_null (strstr (cli_usage, "--measure"));
}

static void
test_background (void)
{
  char *argv[] = { (char *) "porthole", (char *) "--background", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhOptions) options = ph_options_parse (PH_PROGRAM_WINDOW, 2, argv, &error);
  g_autofree char *cli_usage = ph_options_usage (PH_PROGRAM_CLI);

  g_assert_no_error (error);
  g_assert_true (options->background);
  check_bad ("--background", PH_OPTIONS_ERROR_UNKNOWN, "--background");
  g_assert_null (strstr (cli_usage, "--background"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/options/nothing", test_nothing);
  g_test_add_func ("/options/combinations", test_combinations);
  g_test_add_func ("/options/conflicts", test_conflicts);
  g_test_add_func ("/options/joined", test_joined);
  g_test_add_func ("/options/long", test_long);
  g_test_add_func ("/options/shortened", test_shortened);
  g_test_add_func ("/options/values", test_values);
  g_test_add_func ("/options/bad", test_bad);
  g_test_add_func ("/options/interval", test_interval);
  g_test_add_func ("/options/hostile", test_hostile);
  g_test_add_func ("/options/long-value", test_long_value);
  g_test_add_func ("/options/requests", test_requests);
  g_test_add_func ("/options/filter", test_filter);
  g_test_add_func ("/options/usage", test_usage);
  g_test_add_func ("/options/events", test_events);
  g_test_add_func ("/options/measure", test_measure);
  g_test_add_func ("/options/background", test_background);
  return g_test_run ();
}
