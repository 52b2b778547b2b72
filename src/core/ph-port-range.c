/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and writing ranges of ports: digits and nothing else, so that a text that is not one is never taken for one.
 */
#include "ph-port-range.h"

#include <string.h>

/* At most five digits; what follows them, or NULL where there is no port. */
static const char *
take_port (const char *at, const char *end, guint16 *port)
{
  const char *start = at;
  guint number = 0;

  for (; at < end && at - start <= 5 && g_ascii_isdigit (*at); at++)
    number = number * 10 + (guint) (*at - '0');
  if (at == start || number > G_MAXUINT16)
    return NULL;
  *port = (guint16) number;
  return at;
}

static const char *
skip_blanks (const char *at, const char *end)
{
  while (at < end && g_ascii_isspace (*at))
    at++;
  return at;
}

gboolean
ph_port_range_parse_proc (const char *text, gsize length, PhPortRange *range)
{
  const char *end = text + length;
  const char *at = skip_blanks (text, end);
  const char *gap;
  PhPortRange found;

  at = take_port (at, end, &found.low);
  if (!at)
    return FALSE;
  gap = skip_blanks (at, end);
  if (gap == at)
    return FALSE;
  at = take_port (gap, end, &found.high);
  if (!at || skip_blanks (at, end) != end || found.high < found.low)
    return FALSE;
  *range = found;
  return TRUE;
}

gboolean
ph_port_range_parse (const char *text, PhPortRange *range)
{
  const char *end = text + strlen (text);
  const char *at;
  PhPortRange found;

  if (strcmp (text, "*") == 0)
    {
      *range = PH_PORT_RANGE_ALL;
      return TRUE;
    }
  at = take_port (text, end, &found.low);
  if (!at)
    return FALSE;
  found.high = found.low;
  if (*at == '-')
    at = take_port (at + 1, end, &found.high);
  if (at != end || found.high < found.low)
    return FALSE;
  *range = found;
  return TRUE;
}

void
ph_port_range_append (PhPortRange range, GString *text)
{
  if (range.low == 0 && range.high == G_MAXUINT16)
    g_string_append_c (text, '*');
  else if (range.low == range.high)
    g_string_append_printf (text, "%u", range.low);
  else
    g_string_append_printf (text, "%u-%u", range.low, range.high);
}
