/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON: one object to a line, keys are column ids, absent values are null. */
#include <math.h>
#include <string.h>

#include "ph-export.h"
#include "ph-print.h"

void
ph_json_begin (GString *json)
{
  g_string_append_c (json, '[');
}

void
ph_json_end (GString *json)
{
  g_string_append (json, "\n]\n");
}

/* Appends what stands for one byte or character that may not stand for itself. */
static void
append_escaped (GString *json, guint8 c)
{
  static const char hex[] = "0123456789abcdef";

  switch (c)
    {
    case '"':
    case '\\':
      g_string_append_c (json, '\\');
      g_string_append_c (json, (char) c);
      break;
    case '\n':
      g_string_append (json, "\\n");
      break;
    case '\t':
      g_string_append (json, "\\t");
      break;
    case '\r':
      g_string_append (json, "\\r");
      break;
    default:
      if (c < 0x80)
        {
          g_string_append (json, "\\u00");
          g_string_append_c (json, hex[c >> 4]);
          g_string_append_c (json, hex[c & 15]);
        }
      else
        g_string_append (json, "\xef\xbf\xbd"); /* U+FFFD: a byte that is no UTF-8 */
    }
}

/* How many bytes from @text on may stand as they are. */
static gsize
plain_length (const char *text, gboolean *ascii)
{
  const guint8 *p = (const guint8 *) text;

  for (; *p >= 0x20 && *p != '"' && *p != '\\' && *p != 0x7f; p++)
    if (*p >= 0x80)
      *ascii = FALSE;
  return (gsize) (p - (const guint8 *) text);
}

void
ph_json_string (GString *json, const char *text)
{
  g_string_append_c (json, '"');
  while (*text != '\0')
    {
      gboolean ascii = TRUE;
      gsize length = plain_length (text, &ascii);
      const char *end = text + length;

      if (!ascii)
        (void) g_utf8_validate (text, (gssize) length, &end);
      g_string_append_len (json, text, end - text);
      text = end;
      if (*text != '\0')
        append_escaped (json, (guint8) *text++);
    }
  g_string_append_c (json, '"');
}

static void
append_value (GString *json, gconstpointer record, const PhValue *value)
{
  switch (value->kind)
    {
    case PH_VALUE_TEXT:
      ph_json_string (json, value->text);
      return;
    case PH_VALUE_ADDRESS:
      g_string_append_c (json, '"');
      ph_value_append (value, json);
      g_string_append_c (json, '"');
      return;
    case PH_VALUE_JSON:
      value->json (record, json);
      return;
    case PH_VALUE_REAL:
      if (isfinite (value->real))
        break;
      g_string_append (json, "null"); /* RFC 8259 has no infinity */
      return;
    case PH_VALUE_NONE:
      g_string_append (json, "null");
      return;
    case PH_VALUE_UINT:
    case PH_VALUE_INT:
    case PH_VALUE_BOOL:
      break;
    }
  ph_value_append (value, json);
}

static void
append_object (GString *json, const PhColumn *const *columns, gconstpointer record)
{
  g_string_append_c (json, '{');
  for (guint i = 0; columns[i]; i++)
    {
      PhValue value = { PH_VALUE_NONE };

      columns[i]->value (record, &value);
      g_string_append (json, i == 0 ? "\"" : ", \"");
      g_string_append (json, columns[i]->id);
      g_string_append (json, "\": ");
      append_value (json, record, &value);
    }
  g_string_append_c (json, '}');
}

void
ph_json_row (GString *json, const PhColumn *const *columns, gconstpointer record, gboolean first)
{
  g_string_append (json, first ? "\n" : ",\n");
  append_object (json, columns, record);
}

void
ph_json_line (GString *json, const PhColumn *const *columns, gconstpointer record)
{
  append_object (json, columns, record);
  g_string_append_c (json, '\n');
}
