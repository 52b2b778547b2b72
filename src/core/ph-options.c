/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One table says what the options are; the parser and the usage text are both driven by it. It is our own and not
 * getopt_long() or GOptionContext because those print, keep global state, or convert argv to UTF-8 and fail in words
 * that quote it raw.
 */
#include "ph-options.h"

#include <string.h>

#include "ph-i18n.h"
#include "ph-text.h"

typedef enum
{
  OPTION_FLAG,   /* a gboolean */
  OPTION_TEXT,   /* a char *, with a value */
  OPTION_FORMAT, /* a PhOutput, with a value */
  OPTION_TIME,   /* a double, with a value in seconds */
} OptionKind;

typedef struct
{
  char letter; /* 0: none */
  OptionKind kind;
  const char *name;
  gsize offset;         /* of its field in PhOptions */
  const char *argument; /* N_() */
  const char *help;     /* N_() */
  gboolean window_only; /* the other program does not know it */
} Option;

#define FIELD(name) G_STRUCT_OFFSET (PhOptions, name)

/* In the order of the usage text. */
static const Option options_table[] = {
  { 'a', OPTION_FLAG, "all", FIELD (all), NULL, N_ ("show all sockets, listening or not") },
  { 'l', OPTION_FLAG, "listening", FIELD (listening), NULL, N_ ("show only listening sockets") },
  { 't', OPTION_FLAG, "tcp", FIELD (tcp), NULL, N_ ("TCP") },
  { 'u', OPTION_FLAG, "udp", FIELD (udp), NULL, N_ ("UDP") },
  { 'U', OPTION_FLAG, "udplite", FIELD (udplite), NULL, N_ ("UDP-Lite") },
  { 'S', OPTION_FLAG, "sctp", FIELD (sctp), NULL, N_ ("SCTP") },
  { 'w', OPTION_FLAG, "raw", FIELD (raw), NULL, N_ ("raw IP") },
  { 'x', OPTION_FLAG, "unix", FIELD (unix_), NULL, N_ ("Unix domain sockets") },
  { '4', OPTION_FLAG, "inet", FIELD (ipv4), NULL, N_ ("IPv4") },
  { '6', OPTION_FLAG, "inet6", FIELD (ipv6), NULL, N_ ("IPv6") },
  { 'n', OPTION_FLAG, "numeric", FIELD (numeric), NULL, N_ ("show numbers, do not look up names") },
  { 'p', OPTION_FLAG, "programs", FIELD (programs), NULL, N_ ("show the process that holds each socket") },
  { 0, OPTION_TEXT, "filter", FIELD (filter), N_ ("TEXT"), N_ ("show what matches, as in “port:443 -user:root”") },
  { 0, OPTION_FORMAT, "format", FIELD (output), "text|csv|json", N_ ("how to write the table") },
  { 0, OPTION_TEXT, "columns", FIELD (columns), N_ ("LIST"), N_ ("column ids with commas between; “help” lists them") },
  { 0, OPTION_TIME, "measure", FIELD (measure), N_ ("SECONDS"), N_ ("measure for so long, print JSON, and quit"),
    TRUE },
  { 'h', OPTION_FLAG, "help", FIELD (help), NULL, N_ ("show this help") },
  { 'V', OPTION_FLAG, "version", FIELD (version), NULL, N_ ("show the version") },
};

static const char *const output_names[] = { "text", "csv", "json" }; /* by PhOutput */

static const char *const program_names[] = { "porthole-cli", "porthole" }; /* by PhProgram */

#define SHOWN_MAX 60              /* characters of an argument that a message quotes */
#define TIME_MAX  (366 * 86400.0) /* a year; anything longer is a slip of the finger */

G_DEFINE_QUARK (ph_options_error, ph_options_error)

/* @argument made fit for a message: no control characters, valid UTF-8, not endless. */
static char *
shown (const char *argument)
{
  GString *text = g_string_new (NULL);

  ph_text_sanitize (argument, strnlen (argument, SHOWN_MAX * 4), text);
  if (g_utf8_strlen (text->str, text->len) > SHOWN_MAX)
    {
      g_string_truncate (text, g_utf8_offset_to_pointer (text->str, SHOWN_MAX) - text->str);
      g_string_append (text, "…");
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_known (PhProgram program, const Option *option)
{
  return program == PH_PROGRAM_WINDOW || !option->window_only;
}

/* No letter is for one program alone. */
static const Option *
find_letter (char letter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (options_table); i++)
    if (options_table[i].letter && options_table[i].letter == letter)
      return &options_table[i];
  return NULL;
}

/* The option of that name, or the only one whose name begins so. */
static const Option *
find_name (PhProgram program, const char *name, gsize length)
{
  const Option *found = NULL;
  guint n_found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (options_table) && length > 0; i++)
    {
      const Option *option = &options_table[i];

      if (!is_known (program, option) || strncmp (option->name, name, length) != 0)
        continue;
      if (option->name[length] == '\0')
        return option;
      found = option;
      n_found++;
    }
  return n_found == 1 ? found : NULL;
}

static gboolean
set_flag (PhOptions *options, const Option *option)
{
  G_STRUCT_MEMBER (gboolean, options, option->offset) = TRUE;
  return TRUE;
}

static gboolean
set_text (PhOptions *options, const Option *option, const char *value, GError **error)
{
  char **field = &G_STRUCT_MEMBER (char *, options, option->offset);

  if (!g_utf8_validate (value, -1, NULL))
    {
      g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("The value of “--%s” is not valid UTF-8"),
                   option->name);
      return FALSE;
    }
  g_free (*field);
  *field = g_strdup (value);
  return TRUE;
}

static gboolean
set_format (PhOptions *options, const Option *option, const char *value, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (output_names); i++)
    if (strcmp (value, output_names[i]) == 0)
      {
        G_STRUCT_MEMBER (PhOutput, options, option->offset) = i;
        return TRUE;
      }

  g_autofree char *text = shown (value);
  g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("“%s” is not a format; text, csv and json are"),
               text);
  return FALSE;
}

/* Digits with at most one '.', whatever the locale. */
static gboolean
read_seconds (const char *text, double *seconds)
{
  char *end = NULL;

  if (*text == '\0' || strspn (text, "0123456789.") != strlen (text))
    return FALSE;
  *seconds = g_ascii_strtod (text, &end);
  return *end == '\0' && *seconds > 0 && *seconds <= TIME_MAX;
}

static gboolean
set_time (PhOptions *options, const Option *option, const char *value, GError **error)
{
  if (read_seconds (value, &G_STRUCT_MEMBER (double, options, option->offset)))
    return TRUE;

  g_autofree char *text = shown (value);
  g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("“%s” is not a time in seconds"), text);
  return FALSE;
}

static gboolean
set_value (PhOptions *options, const Option *option, const char *value, GError **error)
{
  switch (option->kind)
    {
    case OPTION_FORMAT:
      return set_format (options, option, value, error);
    case OPTION_TIME:
      return set_time (options, option, value, error);
    default:
      return set_text (options, option, value, error);
    }
}

/* "-tanp": all letters are flags; none takes a value. */
static gboolean
parse_letters (PhOptions *options, const char *argument, GError **error)
{
  for (const char *letter = argument + 1; *letter; letter++)
    {
      const Option *option = find_letter (*letter);

      if (!option)
        {
          gsize length = 1; /* of the whole character, were it one beyond ASCII */

          while ((letter[length] & 0xc0) == 0x80)
            length++;

          g_autofree char *raw = g_strndup (letter, length);
          g_autofree char *text = shown (raw);

          g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_UNKNOWN, _ ("Unknown option “-%s”"), text);
          return FALSE;
        }
      set_flag (options, option);
    }
  return TRUE;
}

/* "--name", "--name=value" or "--name" "value", where @next is the value (NULL: there is none). */
static gboolean
parse_name (
    PhProgram program, PhOptions *options, const char *argument, const char *next, gboolean *took_next, GError **error)
{
  const char *name = argument + 2;
  const char *equals = strchr (name, '=');
  const Option *option = find_name (program, name, equals ? (gsize) (equals - name) : strlen (name));

  if (!option)
    {
      g_autofree char *text = shown (argument);
      g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_UNKNOWN, _ ("Unknown option “%s”"), text);
      return FALSE;
    }

  if (option->kind == OPTION_FLAG)
    {
      if (!equals)
        return set_flag (options, option);
      g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("“--%s” takes no value"), option->name);
      return FALSE;
    }

  if (equals)
    return set_value (options, option, equals + 1, error);
  if (next)
    {
      *took_next = TRUE;
      return set_value (options, option, next, error);
    }
  g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("“--%s” needs a value"), option->name);
  return FALSE;
}

static gboolean
parse_interval (PhOptions *options, const char *argument, GError **error)
{
  gboolean is_number = *argument && strspn (argument, "0123456789.") == strlen (argument);
  double seconds;

  if (options->interval == 0 && read_seconds (argument, &seconds))
    {
      options->interval = seconds;
      return TRUE;
    }

  g_autofree char *text = shown (argument);
  if (is_number && options->interval == 0)
    g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("“%s” is not an interval in seconds"), text);
  else
    g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_UNKNOWN, _ ("Unexpected argument “%s”"), text);
  return FALSE;
}

PhOptions *
ph_options_parse (PhProgram program, int argc, char **argv, GError **error)
{
  g_autoptr (PhOptions) options = g_new0 (PhOptions, 1);
  gboolean only_words = FALSE; /* after "--" */

  for (int i = 1; i < argc; i++)
    {
      const char *argument = argv[i];
      const char *next = i + 1 < argc ? argv[i + 1] : NULL;
      gboolean took_next = FALSE;
      gboolean good;

      if (!only_words && strcmp (argument, "--") == 0)
        {
          only_words = TRUE;
          continue;
        }
      if (only_words || argument[0] != '-' || argument[1] == '\0')
        good = parse_interval (options, argument, error);
      else if (argument[1] == '-')
        good = parse_name (program, options, argument, next, &took_next, error);
      else
        good = parse_letters (options, argument, error);

      if (!good)
        return NULL;
      i += took_next;
    }
  return g_steal_pointer (&options);
}

void
ph_options_free (PhOptions *options)
{
  if (!options)
    return;
  g_free (options->filter);
  g_free (options->columns);
  g_free (options);
}

#define BIT(name) (G_GUINT64_CONSTANT (1) << PH_REQUEST_##name)

guint64
ph_options_requests (const PhOptions *options)
{
  const guint64 ipv4 = BIT (TCP4) | BIT (UDP4) | BIT (UDPLITE4) | BIT (RAW4) | BIT (SCTP4) | BIT (DCCP4) | BIT (MPTCP4);
  const guint64 ipv6 = BIT (TCP6) | BIT (UDP6) | BIT (UDPLITE6) | BIT (RAW6) | BIT (SCTP6) | BIT (DCCP6) | BIT (MPTCP6);
  const guint64 others = BIT (UNIX) | BIT (PACKET) | BIT (NETLINK) | BIT (VSOCK);
  gboolean any_protocol = options->tcp || options->udp || options->udplite || options->sctp || options->raw;
  gboolean any_family = options->ipv4 || options->ipv6;
  guint64 protocols = 0;
  guint64 families = 0;
  guint64 requests = 0;

  if (!any_protocol && !any_family && !options->unix_)
    return ipv4 | ipv6 | others;

  if (options->tcp)
    protocols |= BIT (TCP4) | BIT (TCP6);
  if (options->udp)
    protocols |= BIT (UDP4) | BIT (UDP6);
  if (options->udplite)
    protocols |= BIT (UDPLITE4) | BIT (UDPLITE6);
  if (options->sctp)
    protocols |= BIT (SCTP4) | BIT (SCTP6);
  if (options->raw)
    protocols |= BIT (RAW4) | BIT (RAW6);
  if (!any_protocol)
    protocols = ipv4 | ipv6;

  if (options->ipv4)
    families |= ipv4;
  if (options->ipv6)
    families |= ipv6;
  if (!any_family)
    families = ipv4 | ipv6;

  if (any_protocol || any_family)
    requests |= protocols & families;
  if (options->unix_)
    requests |= BIT (UNIX);
  return requests;
}

const char *
ph_options_filter (const PhOptions *options)
{
  if (options->all)
    return "";
  return options->listening ? "is:listening" : "is:active";
}

/* Appends the left half of an option's line and returns its width in characters. */
static glong
append_option (GString *text, const Option *option)
{
  gsize start = text->len;

  if (option->letter)
    g_string_append_printf (text, "  -%c, --%s", option->letter, option->name);
  else
    g_string_append_printf (text, "      --%s", option->name);
  if (option->argument)
    g_string_append_printf (text, " %s", _ (option->argument));
  return g_utf8_strlen (text->str + start, text->len - start);
}

char *
ph_options_usage (PhProgram program)
{
  const glong column = 31; /* where the explanations begin */
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Usage: %s [OPTION…] [INTERVAL]"), program_names[program]);
  g_string_append_printf (text, "\n\n%s\n\n", _ ("Shows the sockets of this machine and who holds them."));

  for (gsize i = 0; i < G_N_ELEMENTS (options_table); i++)
    {
      if (!is_known (program, &options_table[i]))
        continue;
      glong width = append_option (text, &options_table[i]);

      g_string_append_printf (text, "%*s%s\n", (int) MAX (column - width, 2), "", _ (options_table[i].help));
    }

  g_string_append_printf (
      text, "\n%s\n%s\n",
      _ ("Without -a and -l: sockets that are not listening. Kinds add up; without one: every kind."),
      _ ("With INTERVAL the table is shown anew every that many seconds."));
  return g_string_free (text, FALSE);
}
