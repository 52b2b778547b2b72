/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns like those of any table, so that csv, json and --columns need nothing of their own. */
#include "ph-route-listing.h"

#include <string.h>

#include "ph-i18n.h"

const char *
ph_route_verdict_name (PhRouteVerdict verdict)
{
  static const char *const names[] = { "sent", "delivered", "refused", "none", "unknown" };

  return (guint) verdict < G_N_ELEMENTS (names) ? names[verdict] : "unknown";
}

/* --- columns --- */

static void
value_destination (gconstpointer record, PhValue *value)
{
  const PhRouteExplanation *explanation = record;

  if (explanation->destination.family != PH_FAMILY_NONE)
    ph_value_set_address (value, &explanation->destination);
}

static void
value_verdict (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ph_route_verdict_name (((const PhRouteExplanation *) record)->verdict));
}

static void
value_gateway (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhRouteExplanation *) record)->gateway);
}

static void
value_interface (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhRouteExplanation *) record)->interface);
}

static void
value_source (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhRouteExplanation *) record)->source);
}

static void
value_table (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhRouteExplanation *) record)->table);
}

static void
value_rule (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhRouteExplanation *) record)->rule_text);
}

static void
value_comparison (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhRouteExplanation *) record)->comparison);
}

static void
value_error (gconstpointer record, PhValue *value)
{
  int errnum = ((const PhRouteExplanation *) record)->errnum;

  if (errnum != 0)
    ph_value_set_int (value, errnum);
}

static void
value_words (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhRouteExplanation *) record)->headline);
}

#define TEXT_COLUMN(i, t, h, v)                                                                                        \
  {                                                                                                                    \
    .id = i, .title = t, .help = h, .kind = PH_VALUE_TEXT, .flags = PH_COLUMN_SHOWN, .value = v                        \
  }

static const PhColumn columns[] = {
  TEXT_COLUMN ("destination", N_ ("Destination"), N_ ("The address that was asked about"), value_destination),
  TEXT_COLUMN ("verdict",
               N_ ("Verdict"),
               N_ ("What becomes of packets to it: sent, delivered (it is this computer’s), refused, "
                   "none, unknown"),
               value_verdict),
  TEXT_COLUMN ("gateway", N_ ("Gateway"), N_ ("Router that packets are handed to"), value_gateway),
  TEXT_COLUMN ("interface", N_ ("Interface"), N_ ("Network interface that they leave by"), value_interface),
  TEXT_COLUMN ("source", N_ ("Source"), N_ ("Address that they are sent from"), value_source),
  TEXT_COLUMN ("table", N_ ("Table"), N_ ("Routing table that has the route"), value_table),
  TEXT_COLUMN ("rule", N_ ("Rule"), N_ ("Rule that led to the table"), value_rule),
  TEXT_COLUMN ("comparison",
               N_ ("Comparison"),
               N_ ("How the address fits the route: address AND mask = destination"),
               value_comparison),
  { .id = "errno",
    .title = N_ ("Error"),
    .help = N_ ("The kernel’s error number, where it refuses or has no route"),
    .align = PH_ALIGN_END,
    .kind = PH_VALUE_INT,
    .value = value_error },
  TEXT_COLUMN ("words", N_ ("In Words"), N_ ("All of it in one sentence"), value_words),
};

const PhSchema ph_route_explanation_schema = {
  .id = "route",
  .record_size = sizeof (PhRouteExplanation),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
};

/* --- text --- */

void
ph_route_explanation_print (const PhRouteExplanation *explanation, GString *text)
{
  static const char *const ids[] = { "rule", "table", "comparison", "gateway", "interface", "source" };
  glong width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    width = MAX (width, g_utf8_strlen (_ (ph_schema_find_column (&ph_route_explanation_schema, ids[i])->title), -1));

  g_string_append_printf (text, "%s\n", explanation->headline ? explanation->headline : "");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const PhColumn *column = ph_schema_find_column (&ph_route_explanation_schema, ids[i]);
      const char *title = _ (column->title);
      PhValue value = { .kind = PH_VALUE_NONE };

      column->value (explanation, &value);
      if (value.kind == PH_VALUE_TEXT)
        g_string_append_printf (text, "  %s%*s  %s\n", title, (int) (width - g_utf8_strlen (title, -1)), "",
                                value.text);
    }
}
