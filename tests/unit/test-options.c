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
  static const char *const names[] = { "-a, --all",      "-l, --listening", "-t, --tcp",     "-u, --udp",
                                       "-w, --raw",      "-x, --unix",      "-4, --inet",    "-6, --inet6",
                                       "-n, --numeric",  "-p, --programs",  "--filter TEXT", "--format text|csv|json",
                                       "--columns LIST", "-h, --help" };
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
      g_assert_cmpint (help - line, ==, 31);
    }
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/options/nothing", test_nothing);
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
  g_test_add_func ("/options/measure", test_measure);
  return g_test_run ();
}
