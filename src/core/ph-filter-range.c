/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in filters. Every form becomes one closed range, so that matching is two comparisons. */
#include <math.h>
#include <string.h>

#include "ph-filter-private.h"

/* One number as it was written. */
typedef struct
{
  gboolean negative;
  gboolean fraction; /* there is something behind the point */
  gboolean huge;     /* beyond 64 bits */
  guint64 whole;
  double real;
} Number;

static guint64
suffix_factor (char suffix)
{
  switch (g_ascii_tolower (suffix))
    {
    case 'k':
      return 1000;
    case 'm':
      return 1000000;
    case 'g':
      return 1000000000;
    case 't':
      return G_GUINT64_CONSTANT (1000000000000);
    default:
      return 1;
    }
}

/* Digits, a point and digits, a suffix; as far as it goes. FALSE: no digit. */
static gboolean
parse_number (const char **text, Number *number)
{
  const char *at = *text;
  guint64 factor, scale = 1, below = 0; /* below / scale: what is behind the point, as far as it can matter */

  memset (number, 0, sizeof *number);
  if (*at == '-')
    {
      number->negative = TRUE;
      at++;
    }
  if (!g_ascii_isdigit (*at))
    return FALSE;
  for (; g_ascii_isdigit (*at); at++)
    {
      number->huge |= !g_uint64_checked_mul (&number->whole, number->whole, 10)
                      || !g_uint64_checked_add (&number->whole, number->whole, (guint64) (*at - '0'));
      number->real = number->real * 10 + (*at - '0');
    }
  if (*at == '.' && g_ascii_isdigit (at[1]))
    for (at++; g_ascii_isdigit (*at); at++)
      {
        if (scale < G_GUINT64_CONSTANT (1000000000000))
          {
            below = below * 10 + (guint64) (*at - '0');
            scale *= 10;
          }
        else if (*at != '0')
          number->fraction = TRUE;
      }

  factor = suffix_factor (*at);
  if (factor > 1)
    at++;
  number->real = (number->real + (double) below / (double) scale) * (double) factor;
  if (scale > factor) /* factor divides scale or the other way round: both are powers of ten */
    {
      number->fraction |= below % (scale / factor) != 0;
      below /= scale / factor;
    }
  else
    below *= factor / scale;
  number->huge |= !g_uint64_checked_mul (&number->whole, number->whole, factor)
                  || !g_uint64_checked_add (&number->whole, number->whole, below);
  if (number->negative)
    {
      number->real = -number->real;
      number->negative = number->real < 0; /* -0 is 0 */
    }
  *text = at;
  return TRUE;
}

static void
set_empty (PhFilterRange *range)
{
  range->low = 1;
  range->high = 0;
}

/* The smallest integer that is above @number, or at it where not @open. */
static void
set_low (PhFilterRange *range, const Number *number, gboolean open)
{
  range->real_low = open ? nextafter (number->real, INFINITY) : number->real;
  if (number->negative)
    range->low = 0;
  else if (number->huge || ((open || number->fraction) && number->whole == G_MAXUINT64))
    set_empty (range);
  else
    range->low = number->whole + (open || number->fraction);
}

static void
set_high (PhFilterRange *range, const Number *number, gboolean open)
{
  range->real_high = open ? nextafter (number->real, -INFINITY) : number->real;
  if (number->negative || (open && !number->huge && number->whole == 0 && !number->fraction))
    set_empty (range);
  else if (number->huge)
    range->high = G_MAXUINT64;
  else
    range->high = number->whole - (open && !number->fraction);
}

gboolean
ph_filter_range_parse (const char *text, PhFilterRange *range)
{
  char sign = *text == '<' || *text == '>' ? *text++ : '\0';
  gboolean open = sign != '\0' && *text != '=';
  Number low, high;

  if (sign != '\0' && !open)
    text++;
  if (!parse_number (&text, &low))
    return FALSE;
  high = low;
  if (sign == '\0' && *text == '-')
    {
      text++;
      if (!parse_number (&text, &high) || high.real < low.real)
        return FALSE;
    }
  if (*text != '\0')
    return FALSE;

  range->low = 0;
  range->high = G_MAXUINT64;
  range->real_low = -INFINITY;
  range->real_high = INFINITY;
  if (sign != '<')
    set_low (range, &low, open);
  if (sign != '>' && range->low <= range->high)
    set_high (range, &high, open);
  return TRUE;
}

gboolean
ph_filter_range_has (const PhFilterRange *range, const PhValue *value)
{
  switch (value->kind)
    {
    case PH_VALUE_UINT:
      return range->low <= value->uint && value->uint <= range->high;
    case PH_VALUE_INT:
      if (value->sint >= 0)
        return range->low <= (guint64) value->sint && (guint64) value->sint <= range->high;
      return range->real_low <= (double) value->sint && (double) value->sint <= range->real_high;
    case PH_VALUE_REAL:
      return range->real_low <= value->real && value->real <= range->real_high;
    default:
      return FALSE;
    }
}
