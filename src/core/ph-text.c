/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nearly all text is printable ASCII, so that is what the loops look for first. */
#include "ph-text.h"

#define ISOLATE   "\u2068" /* first strong isolate */
#define UNISOLATE "\u2069" /* pop directional isolate */

static gboolean
acts (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c <= 0x9f)                             /* C0, DEL, C1 */
         || c == 0x2028 || c == 0x2029                                    /* line and paragraph separator */
         || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069); /* UAX #9 */
}

/* The length of the fit character at @bytes, or 0. @c gets the character, G_MAXUINT32 where the bytes are none. */
static gsize
fit_character (const char *bytes, gsize length, gunichar *c)
{
  guint8 first = (guint8) *bytes;

  if (first < 0x80)
    *c = first; /* g_utf8_get_char_validated() calls NUL no character */
  else
    {
      *c = g_utf8_get_char_validated (bytes, (gssize) MIN (length, 4));
      if (*c == (gunichar) -1 || *c == (gunichar) -2)
        {
          *c = G_MAXUINT32;
          return 0;
        }
    }
  return acts (*c) ? 0 : (gsize) g_utf8_skip[first];
}

gsize
ph_text_fit (const char *bytes, gsize length)
{
  gsize i = 0;

  while (i < length)
    {
      gunichar c;
      gsize step;

      if (bytes[i] >= 0x20 && bytes[i] < 0x7f)
        {
          i++;
          continue;
        }
      step = fit_character (bytes + i, length - i, &c);
      if (step == 0)
        break;
      i += step;
    }
  return i;
}

void
ph_text_sanitize (const char *bytes, gsize length, GString *text)
{
  while (length > 0)
    {
      gsize fit = ph_text_fit (bytes, length);
      gunichar c;
      gsize step = 1;

      g_string_append_len (text, bytes, (gssize) fit);
      bytes += fit;
      length -= fit;
      if (length == 0)
        break;

      fit_character (bytes, length, &c);
      if (c < 0x80 || c == G_MAXUINT32)
        g_string_append_printf (text, "\\x%02X", (guint8) *bytes);
      else
        {
          g_string_append_printf (text, "\\u{%X}", c);
          step = (gsize) g_utf8_skip[(guint8) *bytes];
        }
      bytes += step;
      length -= step;
    }
}

char *
ph_text_isolate (const char *text)
{
  return g_str_is_ascii (text) ? g_strdup (text) : g_strconcat (ISOLATE, text, UNISOLATE, NULL);
}

char *
ph_text_present (const char *text, glong max)
{
  glong length = g_utf8_strlen (text, -1);
  g_autofree char *shown = NULL;

  if (length <= max)
    shown = g_strdup (text);
  else
    {
      glong tail = (max - 1) / 2;
      g_autofree char *head = g_utf8_substring (text, 0, max - 1 - tail);

      shown = g_strconcat (head, "…", g_utf8_offset_to_pointer (text, length - tail), NULL);
    }
  return g_str_is_ascii (text) ? g_steal_pointer (&shown) : ph_text_isolate (shown);
}
