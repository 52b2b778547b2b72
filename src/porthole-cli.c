/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * porthole-cli: the tables of this machine's network as text, CSV or JSON, with netstat's options; no display, no GTK.
 *
 * Exit status: 0; 1 where something could not be collected or written (why, on stderr; what was collected is printed),
 * and where there is no route or nothing was found; 2 for options that it does not understand. A reader that goes away
 * (a closed pipe) is no error.
 */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "ph-cli-lookup.h"
#include "ph-cli-output.h"
#include "ph-cli-route.h"
#include "ph-cli-table.h"
#include "ph-cli-watch.h"
#include "ph-column-list.h"
#include "ph-config.h"
#include "ph-filter-help.h"
#include "ph-i18n.h"
#include "ph-options.h"
#include "ph-route-listing.h"

static int
complain_usage (const GError *error)
{
  g_autofree char *synopsis = ph_options_synopsis (PH_PROGRAM_CLI);

  ph_cli_complain ("%s", error->message);
  fprintf (stderr, "%s\n", synopsis);
  ph_cli_complain (_ ("“%s” shows the options"), "porthole-cli --help");
  return PH_CLI_USAGE;
}

static int
print (PhCliOutput *output, char *text)
{
  g_string_append (output->text, text);
  g_free (text);
  return PH_CLI_GOOD;
}

/* What --columns chooses from. */
static const PhSchema *
schema (const PhOptions *options)
{
  return options->route_to ? &ph_route_explanation_schema : ph_topic (options->table)->schema;
}

static int
list (const PhOptions *options, PhCliOutput *output)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhCliTable) table = ph_cli_table_new (options, output, &error);

  return table ? ph_cli_table_run (table) : complain_usage (error);
}

static int
route_to (const PhOptions *options, PhCliOutput *output)
{
  g_autoptr (GError) error = NULL;
  int status = ph_cli_route_to (options, output, &error);

  return error ? complain_usage (error) : status;
}

static int
watch (const PhOptions *options, PhCliOutput *output)
{
  g_autoptr (GError) error = NULL;
  int status = ph_cli_watch (options, output, &error);

  return error ? complain_usage (error) : status;
}

static int
run (const PhOptions *options, PhCliOutput *output)
{
  if (options->help)
    return print (output, ph_options_usage (PH_PROGRAM_CLI));
  if (options->version)
    return print (output, g_strdup ("porthole-cli " PH_VERSION "\n"));
  if (g_strcmp0 (options->columns, "help") == 0)
    return print (output, ph_column_list_help (schema (options)));
  if (g_strcmp0 (options->filter, "help") == 0)
    return print (output, ph_filter_help (ph_topic (options->table)->schema));
  if (options->table == PH_TABLE_ACTIVITY)
    return watch (options, output);
  if (options->look_up)
    return ph_cli_look_up (options, output);
  return options->route_to ? route_to (options, output) : list (options, output);
}

int
main (int argc, char **argv)
{
  g_autoptr (PhOptions) options = NULL;
  g_autoptr (GError) error = NULL;
  PhCliOutput output;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (PH_GETTEXT_DOMAIN, PH_LOCALEDIR);
  bind_textdomain_codeset (PH_GETTEXT_DOMAIN, "UTF-8");
  ph_cli_output_init (&output);

  options = ph_options_parse (PH_PROGRAM_CLI, argc, argv, &error);
  status = ph_cli_output_finish (&output, options ? run (options, &output) : complain_usage (error));
  ph_cli_output_clear (&output);
  return status;
}
