/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typed values: their order and their plain text. */
#include "ph-value.h"

#include "ph-print.h"

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

int
ph_value_compare (const PhValue *a, const PhValue *b)
{
  if (a->kind != b->kind)
    {
      if (a->kind == PH_VALUE_NONE || b->kind == PH_VALUE_NONE)
        return a->kind == PH_VALUE_NONE ? 1 : -1;
      return COMPARE (a->kind, b->kind);
    }

  switch (a->kind)
    {
    case PH_VALUE_UINT:
      return COMPARE (a->uint, b->uint);
    case PH_VALUE_INT:
      return COMPARE (a->sint, b->sint);
    case PH_VALUE_REAL:
      return COMPARE (a->real, b->real);
    case PH_VALUE_TEXT:
      return a->text == b->text ? 0 : g_ascii_strcasecmp (a->text, b->text);
    case PH_VALUE_ADDRESS:
      return ph_address_compare (a->address, b->address);
    case PH_VALUE_BOOL:
      return COMPARE (!!a->truth, !!b->truth);
    case PH_VALUE_NONE:
    case PH_VALUE_JSON:
      break;
    }
  return 0;
}

void
ph_value_append (const PhValue *value, GString *text)
{
  switch (value->kind)
    {
    case PH_VALUE_UINT:
      ph_print_uint (text, value->uint);
      break;
    case PH_VALUE_INT:
      ph_print_int (text, value->sint);
      break;
    case PH_VALUE_REAL:
      ph_print_real (text, value->real);
      break;
    case PH_VALUE_TEXT:
      g_string_append (text, value->text);
      break;
    case PH_VALUE_ADDRESS:
      {
        char address[PH_ADDRESS_TEXT_MAX];

        g_string_append_len (text, address, (gssize) ph_address_format (value->address, address));
        break;
      }
    case PH_VALUE_BOOL:
      g_string_append (text, value->truth ? "true" : "false");
      break;
    case PH_VALUE_NONE:
    case PH_VALUE_JSON:
      break;
    }
}
