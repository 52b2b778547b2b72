/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One argument after another, and in the end what they mean together. */
#include "ph-options.h"

#include <string.h>

#include "ph-i18n.h"
#include "ph-options-private.h"

G_DEFINE_QUARK (ph_options_error, ph_options_error)

typedef struct
{
  PhProgram program;
  char **argv;
  int argc;
  int at; /* the argument that is being read */
  PhOptions *options;
  const PhOption *table; /* the one that has chosen the table; NULL: none has */
  gboolean listing;      /* something was said that only a listing has */
} Parser;

/* The argument after this one; NULL: there is none. */
static const char *
peek (const Parser *parser)
{
  return parser->at + 1 < parser->argc ? parser->argv[parser->at + 1] : NULL;
}

static gboolean
unknown (const char *argument, GError **error)
{
  g_autofree char *text = ph_option_quote (argument);

  g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_UNKNOWN, _ ("Unknown option “%s”"), text);
  return FALSE;
}

/* --- one option --- */

static gboolean
choose_table (Parser *parser, const PhOption *option, GError **error)
{
  if (parser->table && parser->table->table != option->table)
    {
      g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_CONFLICT, _ ("“--%s” and “--%s” are different tables"),
                   parser->table->name, option->name);
      return FALSE;
    }
  parser->table = option;
  parser->options->table = option->table;
  return TRUE;
}

/* Names of protocols that follow are this option's. A number is the interval; any other word is a slip. */
static gboolean
set_programs (Parser *parser, const PhOption *option, gboolean last, GError **error)
{
  PhOptions *options = parser->options;
  gboolean limited = FALSE;
  const char *next;
  double seconds;
  PhProto proto;

  while (last && (next = peek (parser)) != NULL && ph_option_read_proto (next, &proto))
    {
      options->protos |= 1u << proto;
      parser->at++;
      limited = TRUE;
    }
  if (!limited)
    G_STRUCT_MEMBER (gboolean, options, option->offset) = TRUE;
  if (limited || !last || !next || *next == '-' || *next == '/' || ph_option_read_seconds (next, &seconds)
      || g_ascii_isdigit (*next))
    return TRUE;

  g_autofree char *text = ph_option_quote (next);
  g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE,
               _ ("“%s” is not a protocol; tcp, udp, icmp, ip, tcpv6, udpv6, icmpv6 and ipv6 are"), text);
  return FALSE;
}

/* An option without a value, or whose value may be missing. @last: what follows may be its value. */
static gboolean
apply (Parser *parser, const PhOption *option, gboolean last, GError **error)
{
  parser->listing |= (option->flags & PH_OPTION_LISTING) != 0;
  switch (option->kind)
    {
    case PH_OPTION_TABLE:
      return choose_table (parser, option, error);
    case PH_OPTION_PROGRAMS:
      return set_programs (parser, option, last, error);
    case PH_OPTION_COUNT:
      G_STRUCT_MEMBER (guint, parser->options, option->offset)++;
      return TRUE;
    case PH_OPTION_FLAG:
      G_STRUCT_MEMBER (gboolean, parser->options, option->offset) = TRUE;
      return TRUE;
    default:
      return TRUE;
    }
}

/* @value: what stands after a "="; NULL: the next argument is the value. */
static gboolean
apply_value (Parser *parser, const PhOption *option, const char *value, GError **error)
{
  parser->listing |= (option->flags & PH_OPTION_LISTING) != 0;
  if (!value)
    {
      value = peek (parser);
      parser->at++;
    }
  if (value)
    return ph_option_set_value (option, parser->options, value, error);

  g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("“--%s” needs a value"), option->name);
  return FALSE;
}

/* --- one argument --- */

/* The error for the letter at @letter, which may be the first byte of a longer character. */
static gboolean
unknown_letter (char sign, const char *letter, GError **error)
{
  gsize length = 1;

  while ((letter[length] & 0xc0) == 0x80)
    length++;

  g_autofree char *name = g_strdup_printf ("%c%.*s", sign, (int) length, letter);

  return unknown (name, error);
}

/* "-tanp", or "/ano": Windows does not tell capital letters from small ones. */
static gboolean
parse_letters (Parser *parser, GError **error)
{
  const char *argument = parser->argv[parser->at];
  gboolean slash = argument[0] == '/';

  for (const char *letter = argument + 1; *letter; letter++)
    {
      const PhOption *option = ph_option_by_letter (slash ? g_ascii_tolower (*letter) : *letter);
      gboolean last = letter[1] == '\0';

      if (!option || (slash && !(option->flags & PH_OPTION_SLASH)))
        return unknown_letter (argument[0], letter, error);
      if (ph_option_has_value (option)) /* "-A inet" or "-Ainet" */
        return apply_value (parser, option, last ? NULL : letter + 1, error);
      if (!apply (parser, option, last, error))
        return FALSE;
    }
  return TRUE;
}

/* "--name", "--name=value" or "--name" "value". */
static gboolean
parse_name (Parser *parser, GError **error)
{
  const char *argument = parser->argv[parser->at];
  const char *name = argument + 2;
  const char *equals = strchr (name, '=');
  const PhOption *option = ph_option_by_name (parser->program, name, equals ? (gsize) (equals - name) : strlen (name));

  if (!option)
    return unknown (argument, error);
  if (ph_option_has_value (option))
    return apply_value (parser, option, equals ? equals + 1 : NULL, error);
  if (!equals)
    return apply (parser, option, TRUE, error);
  g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("“--%s” takes no value"), option->name);
  return FALSE;
}

static gboolean
parse_interval (Parser *parser, GError **error)
{
  const char *argument = parser->argv[parser->at];
  gboolean is_number = *argument && strspn (argument, "0123456789.") == strlen (argument);
  PhOptions *options = parser->options;
  double seconds;

  if (options->interval == 0 && ph_option_read_seconds (argument, &seconds))
    {
      options->interval = seconds;
      return TRUE;
    }

  g_autofree char *text = ph_option_quote (argument);
  if (is_number && options->interval == 0)
    g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("“%s” is not an interval in seconds"), text);
  else
    g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_UNKNOWN, _ ("Unexpected argument “%s”"), text);
  return FALSE;
}

/* --- all of them together --- */

/* -p PROTO in a listing: the same as the options for protocols and families. */
static gboolean
limit_listing (PhOptions *options, GError **error)
{
  const guint ipv4 = 1u << PH_PROTO_TCP | 1u << PH_PROTO_UDP;
  const guint ipv6 = 1u << PH_PROTO_TCPV6 | 1u << PH_PROTO_UDPV6;
  gboolean any_family = options->ipv4 || options->ipv6; /* "-6 -p tcp" */

  if (options->protos & ~(ipv4 | ipv6))
    {
      g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_CONFLICT,
                   _ ("“-p” with icmp, ip, icmpv6 or ipv6 is for statistics: add “-s”"));
      return FALSE;
    }
  options->tcp |= (options->protos & (1u << PH_PROTO_TCP | 1u << PH_PROTO_TCPV6)) != 0;
  options->udp |= (options->protos & (1u << PH_PROTO_UDP | 1u << PH_PROTO_UDPV6)) != 0;
  options->ipv4 |= !any_family && (options->protos & ipv4) != 0;
  options->ipv6 |= !any_family && (options->protos & ipv6) != 0;
  return TRUE;
}

/* The option @name was given, if @given, and is of that table alone. */
static gboolean
check_table (const Parser *parser, gboolean given, const char *name, PhTableId table, GError **error)
{
  if (!given || !parser->table || parser->table->table == table)
    return TRUE;
  g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_CONFLICT, _ ("“--%s” and “--%s” are different tables"),
               parser->table->name, name);
  return FALSE;
}

/* Each of these is a table of its own, or would be. */
static gboolean
check_questions (const PhOptions *options, GError **error)
{
  const char *names[3];
  guint n = 0;

  if (options->route_to)
    names[n++] = "route-to";
  if (options->look_up)
    names[n++] = "look-up";
  if (options->events)
    names[n++] = "events";
  if (n < 2)
    return TRUE;
  g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_CONFLICT, _ ("“--%s” and “--%s” are different tables"),
               names[0], names[1]);
  return FALSE;
}

static gboolean
conclude (Parser *parser, GError **error)
{
  PhOptions *options = parser->options;

  if (!check_table (parser, options->route_to != NULL, "route-to", PH_TABLE_ROUTES, error)
      || !check_table (parser, options->look_up != NULL, "look-up", PH_TABLE_SOCKETS, error)
      || !check_table (parser, options->events != 0, "events", PH_TABLE_ACTIVITY, error))
    return FALSE;
  if (!check_questions (options, error))
    return FALSE;
  if (!parser->table && options->events)
    options->table = PH_TABLE_ACTIVITY;
  options->all |= options->look_up != NULL; /* whatever is found is there to be shown */
  if (!parser->table && (options->route_to || options->all_tables || options->cached))
    options->table = PH_TABLE_ROUTES;
  if (!parser->table && options->table == PH_TABLE_SOCKETS && options->extended && !parser->listing
      && !options->look_up)
    options->table = PH_TABLE_COUNTERS;

  if (options->table == PH_TABLE_COUNTERS)
    {
      options->statistics = parser->table != NULL;
      options->ethernet = options->extended > 0;
      options->extended = 0;
    }
  if ((options->continuous || options->table == PH_TABLE_ACTIVITY) && options->interval == 0)
    options->interval = 1;
  options->all |= options->bound;
  options->programs |= options->timers;
  options->numeric_hosts |= options->numeric;
  options->numeric_ports |= options->numeric;
  options->numeric_users |= options->numeric;
  return options->table != PH_TABLE_SOCKETS || limit_listing (options, error);
}

PhOptions *
ph_options_parse (PhProgram program, int argc, char **argv, GError **error)
{
  g_autoptr (PhOptions) options = g_new0 (PhOptions, 1);
  Parser parser = { .program = program, .argv = argv, .argc = argc, .options = options };
  gboolean only_words = FALSE; /* after "--" */

  for (parser.at = 1; parser.at < argc; parser.at++)
    {
      const char *argument = argv[parser.at];
      gboolean good;

      if (!only_words && strcmp (argument, "--") == 0)
        {
          only_words = TRUE;
          continue;
        }
      if (only_words || (argument[0] != '-' && argument[0] != '/') || argument[1] == '\0')
        good = parse_interval (&parser, error);
      else if (argument[0] == '-' && argument[1] == '-')
        good = parse_name (&parser, error);
      else
        good = parse_letters (&parser, error);

      if (!good)
        return NULL;
    }
  return conclude (&parser, error) ? g_steal_pointer (&options) : NULL;
}

void
ph_options_free (PhOptions *options)
{
  if (!options)
    return;
  g_free (options->filter);
  g_free (options->columns);
  g_free (options->route_to);
  g_free (options->look_up);
  g_free (options);
}
