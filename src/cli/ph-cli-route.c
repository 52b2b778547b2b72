/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The questions and their answers are PhRouteInquiry's; here they are asked and printed. */
#include "ph-cli-route.h"

#include <unistd.h>

#include "ph-cli-names.h"
#include "ph-column-list.h"
#include "ph-export.h"
#include "ph-i18n.h"
#include "ph-route-inquiry.h"
#include "ph-route-listing.h"
#include "ph-text-table.h"

#define ALL_COLUMNS "destination,verdict,gateway,interface,source,table,rule,comparison,errno,words"

typedef struct
{
  const PhOptions *options;
  PhCliOutput *output;
  const PhColumn **columns;
  PhRouteQuestion question;
  char address[PH_ADDRESS_TEXT_MAX]; /* that a name has */
  char interface[16];                /* on this link, by its number */
  PhProbe *probe;
  guint64 n_looks;
} Route;

/* FALSE: it is neither an address nor a name that has one, which has been said. */
static gboolean
find_address (Route *route)
{
  const PhOptions *options = route->options;
  PhFamily family = options->ipv4 == options->ipv6 ? PH_FAMILY_NONE : options->ipv4 ? PH_FAMILY_IPV4 : PH_FAMILY_IPV6;
  const char *reason;
  PhAddress address;

  route->question.address = options->route_to;
  if (ph_route_query_address (options->route_to, &address))
    return TRUE;
  if (!ph_cli_find_host (options->route_to, family, &address, &reason))
    {
      ph_cli_complain (_ ("“%s” has no address: %s"), options->route_to, reason);
      return FALSE;
    }
  ph_address_format (&address, route->address);
  route->question.address = route->address;
  if (address.scope != 0)
    {
      g_snprintf (route->interface, sizeof route->interface, "%u", address.scope);
      route->question.interface = route->interface;
    }
  return TRUE;
}

static void
print (Route *route, const PhRouteExplanation *explanation)
{
  const PhStyle style = { .numeric = TRUE };
  GString *text = route->output->text;

  if (route->options->output == PH_OUTPUT_CSV)
    {
      if (route->n_looks == 0)
        ph_csv_header (text, route->columns, 0);
      ph_csv_row (text, route->columns, explanation, PH_CSV_SAFE);
    }
  else if (route->options->output == PH_OUTPUT_JSON)
    {
      ph_json_begin (text);
      ph_json_row (text, route->columns, explanation, TRUE);
      ph_json_end (text);
    }
  else if (route->options->columns)
    {
      g_autoptr (PhTextTable) table = ph_text_table_new (route->columns, &style);

      ph_text_table_row (table, explanation);
      ph_text_table_print (table, text);
    }
  else
    ph_route_explanation_print (explanation, text);
  route->n_looks++;
}

static gboolean
look (gpointer data)
{
  Route *route = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhRouteInquiry) inquiry = ph_route_inquiry_new (&route->question, getuid (), NULL, NULL, &error);
  g_autoptr (PhRouteExplanation) explanation = NULL;
  PhRequest request;

  while (inquiry && ph_route_inquiry_next (inquiry, &request))
    ph_probe_ask (route->probe, &request, ph_route_inquiry_sink, inquiry, NULL, NULL);
  if (inquiry)
    explanation = ph_route_inquiry_end (inquiry, &error);
  if (!explanation)
    {
      ph_cli_complain ("%s", error->message);
      return FALSE;
    }
  print (route, explanation);
  return explanation->verdict == PH_ROUTE_SENT || explanation->verdict == PH_ROUTE_DELIVERED;
}

int
ph_cli_route_to (const PhOptions *options, PhCliOutput *output, GError **error)
{
  Route route = { .options = options, .output = output };
  int status = PH_CLI_FAILED;

  route.columns
      = ph_column_list_parse (&ph_route_explanation_schema, options->columns ? options->columns : ALL_COLUMNS, error);
  if (!route.columns)
    return PH_CLI_USAGE;
  if (find_address (&route))
    {
      route.probe = ph_probe_new ();
      status = ph_cli_repeat (options->interval, output, look, &route);
      ph_probe_free (route.probe);
    }
  g_free (route.columns);
  return status;
}
