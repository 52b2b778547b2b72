/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a column does where its entry says nothing: text, rank and order made from the typed value. */
#include "ph-column.h"

#include <string.h>

void
ph_column_format (const PhColumn *column, gconstpointer record, const PhStyle *style, GString *text)
{
  PhValue value = { PH_VALUE_NONE };

  if (column->format)
    {
      column->format (record, style, text);
      return;
    }
  column->value (record, &value);
  ph_value_append (&value, text);
}

void
ph_column_explain (const PhColumn *column, gconstpointer record, const PhStyle *style, GString *text)
{
  if (column->explain)
    column->explain (record, style, text);
  else
    ph_column_format (column, record, style, text);
}

gboolean
ph_column_absent_is_none (gconstpointer record)
{
  return TRUE;
}

guint64
ph_rank_int (gint64 number)
{
  return (guint64) number ^ G_GUINT64_CONSTANT (1) << 63;
}

/* IEEE 754 doubles order like sign-magnitude integers: flip all bits of the negative, the sign of the others. */
guint64
ph_rank_real (double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  if (number == 0)
    bits = 0; /* -0.0 is 0.0 */
  return bits >> 63 ? ~bits : bits ^ G_GUINT64_CONSTANT (1) << 63;
}

guint64
ph_rank_text (const char *text)
{
  guint64 rank = 0;

  for (int i = 0; i < 8; i++)
    {
      rank = rank << 8 | (guint8) g_ascii_tolower (*text);
      text += *text != '\0';
    }
  return rank;
}

guint64
ph_column_rank (const PhColumn *column, gconstpointer record)
{
  PhValue value = { PH_VALUE_NONE };
  guint64 rank;

  if (column->rank)
    return column->rank (record);

  column->value (record, &value);
  switch (value.kind)
    {
    case PH_VALUE_UINT:
      rank = value.uint;
      break;
    case PH_VALUE_INT:
      rank = ph_rank_int (value.sint);
      break;
    case PH_VALUE_REAL:
      rank = ph_rank_real (value.real);
      break;
    case PH_VALUE_TEXT:
      rank = ph_rank_text (value.text);
      break;
    case PH_VALUE_ADDRESS:
      rank = ph_address_rank (value.address);
      break;
    case PH_VALUE_BOOL:
      rank = !!value.truth;
      break;
    case PH_VALUE_NONE:
    case PH_VALUE_JSON:
    default:
      return PH_RANK_ABSENT;
    }
  return MIN (rank, PH_RANK_ABSENT - 1);
}

gboolean
ph_column_rank_is_exact (const PhColumn *column, guint64 rank)
{
  if (rank == PH_RANK_ABSENT || (column->flags & PH_COLUMN_RANK_EXACT))
    return TRUE;
  if (column->kind == PH_VALUE_ADDRESS)
    return rank >> 62 == 1;
  return column->kind == PH_VALUE_TEXT && (rank & 0xff) == 0;
}

int
ph_column_compare (const PhColumn *column, gconstpointer a, gconstpointer b)
{
  PhValue value_a = { PH_VALUE_NONE };
  PhValue value_b = { PH_VALUE_NONE };

  if (column->rank)
    {
      guint64 rank_a = column->rank (a), rank_b = column->rank (b);

      if (rank_a != rank_b)
        return rank_a < rank_b ? -1 : 1;
      if (ph_column_rank_is_exact (column, rank_a))
        return 0;
    }
  if (column->compare)
    return column->compare (a, b);
  column->value (a, &value_a);
  column->value (b, &value_b);
  return ph_value_compare (&value_a, &value_b);
}
