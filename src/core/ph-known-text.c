/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The known set as a file's text. The file is the user's own, and may have been edited, cut short, or be something else
 * altogether: every line is understood or the whole is refused, and "[end]" tells that nothing is missing.
 */
#include "ph-known-private.h"

#include <string.h>

#include "ph-i18n.h"
#include "ph-request.h"

#define VERSION    1
#define LENGTH_MAX (PH_LISTENER_OWNER_MAX + 256)

G_DEFINE_QUARK (ph_known_error_quark, ph_known_error)

typedef enum
{
  GROUP_NONE,
  GROUP_HEAD,
  GROUP_LISTENERS,
  GROUP_MUTES,
  GROUP_END,
} Group;

/* In the order in which they come. */
static const char *const group_lines[] = {
  [GROUP_NONE] = "",
  [GROUP_HEAD] = "[porthole-known]",
  [GROUP_LISTENERS] = "[listeners]",
  [GROUP_MUTES] = "[mutes]",
  [GROUP_END] = "[end]",
};

typedef struct
{
  Group group;
  guint line; /* number of the current one */
  gboolean has_version;
  GPtrArray *entries, *mutes;
  GHashTable *keys; /* of @entries: no key twice */
  guint64 learned, learned_ephemeral;
} Parser;

/* --- reading --- */

static gboolean
refuse (const Parser *parser, GError **error)
{
  g_set_error (error, PH_KNOWN_ERROR, PH_KNOWN_ERROR_MALFORMED, _ ("Line %u is not understood"), parser->line);
  return FALSE;
}

static gboolean
refuse_size (GError **error)
{
  g_set_error_literal (error, PH_KNOWN_ERROR, PH_KNOWN_ERROR_TOO_LARGE, _ ("The list is too long"));
  return FALSE;
}

/* The names of requests for sockets, separated by single blanks. */
static gboolean
parse_requests (const char *text, guint64 *requests)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  if (!words[0])
    return FALSE;
  for (guint i = 0; words[i]; i++)
    {
      guint name = PH_REQUEST_TCP4;

      while (name <= PH_REQUEST_LAST_SOCKETS && strcmp (words[i], ph_request_name (name)) != 0)
        name++;
      if (name > PH_REQUEST_LAST_SOCKETS)
        return FALSE;
      *requests |= G_GUINT64_CONSTANT (1) << name;
    }
  return TRUE;
}

static gboolean
take_head (Parser *parser, const char *name, const char *value, GError **error)
{
  if (strcmp (name, "version") == 0)
    {
      guint64 version;

      if (!g_ascii_string_to_unsigned (value, 10, 1, G_MAXUINT, &version, NULL))
        return refuse (parser, error);
      if (version > VERSION)
        {
          g_set_error_literal (error, PH_KNOWN_ERROR, PH_KNOWN_ERROR_VERSION,
                               _ ("The list was written by a newer version"));
          return FALSE;
        }
      parser->has_version = TRUE;
      return TRUE;
    }
  if (strcmp (name, "learned") == 0 && parse_requests (value, &parser->learned))
    return TRUE;
  if (strcmp (name, "learned-ephemeral") == 0 && parse_requests (value, &parser->learned_ephemeral))
    return TRUE;
  return refuse (parser, error);
}

static gboolean
take_listener (Parser *parser, const char *value, GError **error)
{
  g_auto (GStrv) words = g_strsplit (value, " ", 3);
  guint64 first, last;
  PhListenerKey *key;

  if (g_strv_length (words) != 3 || !g_ascii_string_to_unsigned (words[0], 10, 0, PH_KNOWN_TIME_MAX, &first, NULL)
      || !g_ascii_string_to_unsigned (words[1], 10, first, PH_KNOWN_TIME_MAX, &last, NULL))
    return refuse (parser, error);
  if (parser->entries->len >= PH_KNOWN_MAX)
    return refuse_size (error);
  key = ph_listener_key_parse (words[2]);
  if (!key)
    return refuse (parser, error);
  g_ptr_array_add (parser->entries, ph_known_entry_new (key, (gint64) first, (gint64) last));
  return g_hash_table_add (parser->keys, key) || refuse (parser, error);
}

static gboolean
take_mute (Parser *parser, const char *value, GError **error)
{
  PhMute *mute;

  if (parser->mutes->len >= PH_KNOWN_MUTES_MAX)
    return refuse_size (error);
  mute = ph_mute_parse (value);
  if (!mute)
    return refuse (parser, error);
  g_ptr_array_add (parser->mutes, mute);
  return TRUE;
}

static gboolean
take_group (Parser *parser, const char *line, GError **error)
{
  if (parser->group == GROUP_HEAD && !parser->has_version)
    return refuse (parser, error);
  for (guint group = parser->group + 1; group < G_N_ELEMENTS (group_lines); group++)
    if (strcmp (line, group_lines[group]) == 0 && (parser->group != GROUP_NONE || group == GROUP_HEAD))
      {
        parser->group = group;
        return TRUE;
      }
  return refuse (parser, error);
}

static gboolean
take_line (Parser *parser, char *line, GError **error)
{
  char *value;

  if (*line == '\0' || *line == '#')
    return TRUE;
  if (*line == '[')
    return take_group (parser, line, error);
  value = strchr (line, '=');
  if (!value)
    return refuse (parser, error);
  *value++ = '\0';
  if (parser->group == GROUP_HEAD)
    return take_head (parser, line, value, error);
  if (parser->group == GROUP_LISTENERS && strcmp (line, "listener") == 0)
    return take_listener (parser, value, error);
  if (parser->group == GROUP_MUTES && strcmp (line, "mute") == 0)
    return take_mute (parser, value, error);
  return refuse (parser, error);
}

static gboolean
take_lines (Parser *parser, const char *text, gsize length, GError **error)
{
  const char *end = text + length;

  if (length > PH_KNOWN_TEXT_MAX)
    return refuse_size (error);
  while (text < end)
    {
      const char *stop = memchr (text, '\n', (gsize) (end - text));
      g_autofree char *line = NULL;

      parser->line++;
      if (!stop || stop - text > LENGTH_MAX || memchr (text, '\0', (gsize) (stop - text)))
        return refuse (parser, error);
      line = g_strndup (text, (gsize) (stop - text));
      if (!take_line (parser, line, error))
        return FALSE;
      text = stop + 1;
    }
  parser->line++;
  return parser->group == GROUP_END || refuse (parser, error);
}

PhKnown *
ph_known_parse (const char *text, gsize length, GError **error)
{
  Parser parser = { 0 };
  PhKnown *known = NULL;

  parser.entries = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_known_entry_unref);
  parser.mutes = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_mute_unref);
  parser.keys = g_hash_table_new (ph_listener_key_hash, ph_listener_key_equal);
  if (take_lines (&parser, text, length, error))
    known = ph_known_new_from (g_steal_pointer (&parser.entries), g_steal_pointer (&parser.mutes), parser.learned,
                               parser.learned_ephemeral);
  g_hash_table_unref (parser.keys);
  g_clear_pointer (&parser.entries, g_ptr_array_unref);
  g_clear_pointer (&parser.mutes, g_ptr_array_unref);
  return known;
}

/* --- writing --- */

static void
put_requests (GString *text, const char *name, guint64 requests)
{
  if (requests == 0)
    return;
  g_string_append (text, name);
  for (guint i = PH_REQUEST_TCP4, n = 0; i <= PH_REQUEST_LAST_SOCKETS; i++)
    if (requests >> i & 1)
      g_string_append_printf (text, "%c%s", n++ == 0 ? '=' : ' ', ph_request_name (i));
  g_string_append_c (text, '\n');
}

char *
ph_known_to_text (const PhKnown *known, gsize *length)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s\nversion=%d\n", group_lines[GROUP_HEAD], VERSION);
  put_requests (text, "learned", ph_known_learned (known));
  put_requests (text, "learned-ephemeral", ph_known_learned_ephemeral (known));

  g_string_append_printf (text, "\n%s\n", group_lines[GROUP_LISTENERS]);
  for (guint i = 0; i < ph_known_n_entries (known); i++)
    {
      const PhKnownEntry *entry = ph_known_entry (known, i);

      g_string_append_printf (text, "listener=%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " ", entry->first_seen,
                              entry->last_seen);
      ph_listener_key_append (entry->key, text);
      g_string_append_c (text, '\n');
    }

  g_string_append_printf (text, "\n%s\n", group_lines[GROUP_MUTES]);
  for (guint i = 0; i < ph_known_n_mutes (known); i++)
    {
      g_string_append (text, "mute=");
      ph_mute_append (ph_known_mute (known, i), text);
      g_string_append_c (text, '\n');
    }

  g_string_append_printf (text, "\n%s\n", group_lines[GROUP_END]);
  if (length)
    *length = text->len;
  return g_string_free (text, FALSE);
}
