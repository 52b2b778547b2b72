/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One look is: collect, find names for what is meant, print what the filter leaves, say what went wrong. */
#include "ph-cli-table.h"

#include "ph-cli-collect.h"
#include "ph-cli-names.h"
#include "ph-column-list.h"
#include "ph-filter.h"
#include "ph-i18n.h"
#include "ph-listing-columns.h"
#include "ph-listing.h"
#include "ph-snapshot.h"

struct _PhCliTable
{
  const PhOptions *options;
  PhCliOutput *output;
  const PhTopic *topic;
  const PhColumn **columns;
  PhFilter *kind;   /* what the options mean: -a, -l or neither... */
  PhFilter *filter; /* --filter */
  PhStyle style;
  PhPlan plan;
  PhProbe *probe;
  PhCollector *collector;
  PhListing *listing;
};

/* Only what is printed, or what a filter may look at, is asked for: an owner costs a walk over /proc. */
static void
make_plan (PhCliTable *table)
{
  const PhOptions *options = table->options;
  guint flags = ph_column_list_flags (table->columns) | ph_filter_flags (table->filter);

  table->plan = (PhPlan){
    .requests = ph_options_requests (options),
    .want = (flags & PH_COLUMN_TCP_INFO ? PH_WANT_TCP_INFO : 0) | (flags & PH_COLUMN_MEMORY ? PH_WANT_MEMORY : 0)
            | (options->bound ? PH_WANT_BOUND : 0),
    .owners = (flags & PH_COLUMN_OWNER) != 0,
    .full_owners = TRUE,
    .names = options->table != PH_TABLE_SOCKETS || ph_column_list_has (table->columns, "user")
             || !ph_filter_is_empty (table->filter),
  };
}

PhCliTable *
ph_cli_table_new (const PhOptions *options, PhCliOutput *output, GError **error)
{
  g_autoptr (PhCliTable) table = g_new0 (PhCliTable, 1);

  table->options = options;
  table->output = output;
  table->topic = ph_topic (options->table);
  table->columns = ph_listing_columns (options, error);
  if (!table->columns)
    return NULL;
  table->kind = ph_filter_parse (table->topic->schema, ph_options_filter (options), NULL, error);
  if (!table->kind)
    return NULL;
  table->filter = ph_filter_parse (table->topic->schema, options->filter ? options->filter : "", NULL, error);
  if (!table->filter)
    return NULL;

  table->style.numeric = options->numeric;
  if (options->output == PH_OUTPUT_TEXT && !options->numeric)
    table->style.names = ph_names_new (PH_CLI_MAX_HOSTS);
  table->probe = ph_probe_new ();
  table->collector = ph_collector_new (table->topic);
  table->listing = ph_listing_new (options, table->columns, &table->style);
  make_plan (table);
  return g_steal_pointer (&table);
}

void
ph_cli_table_free (PhCliTable *table)
{
  if (!table)
    return;
  g_clear_pointer (&table->listing, ph_listing_free);
  g_clear_pointer (&table->collector, ph_collector_free);
  g_clear_pointer (&table->probe, ph_probe_free);
  g_clear_pointer (&table->style.names, ph_names_unref);
  g_clear_pointer (&table->filter, ph_filter_unref);
  g_clear_pointer (&table->kind, ph_filter_unref);
  g_free (table->columns);
  g_free (table);
}

/* --- one look --- */

static gboolean
is_meant (const PhCliTable *table, const PhFilterContext *context, gconstpointer record)
{
  const PhRecord *head = record;

  return head->mark != PH_MARK_STALE && head->mark != PH_MARK_CLOSED && head->slot != PH_NO_SLOT
         && ph_filter_match (table->kind, context, record);
}

/* Finds the names of the addresses that are going to be printed. */
static void
find_hosts (PhCliTable *table, const PhSnapshot *snapshot, const PhFilterContext *context)
{
  const PhAddress *hosts[PH_LISTING_HOSTS_MAX];
  char name[256];

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      gconstpointer record = ph_snapshot_record (snapshot, i);
      guint n = is_meant (table, context, record) ? ph_listing_hosts (table->options->table, record, hosts) : 0;

      for (guint host = 0; host < n; host++)
        ph_names_host (table->style.names, hosts[host], TRUE, name, sizeof name);
    }
  ph_cli_resolve_hosts (table->style.names);
}

static gboolean
look (gpointer data)
{
  PhCliTable *table = data;
  const PhFilterContext context = { .columns = table->columns, .style = &table->style };
  g_autoptr (PhSnapshot) snapshot = ph_cli_collect (table->collector, table->probe, &table->plan);
  PhCliOutput *output = table->output;

  if (!snapshot)
    {
      ph_cli_complain (_ ("Nothing could be collected"));
      return FALSE;
    }

  table->style.now = ph_snapshot_time (snapshot);
  if (table->style.names && !table->options->numeric_hosts)
    find_hosts (table, snapshot, &context);

  ph_listing_begin (table->listing, snapshot, output->text);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot) && !output->errnum; i++)
    {
      gconstpointer record = ph_snapshot_record (snapshot, i);

      if (!is_meant (table, &context, record) || !ph_filter_match (table->filter, &context, record))
        continue;
      ph_listing_row (table->listing, record, output->text);
      ph_cli_output_check (output);
    }
  ph_listing_end (table->listing, output->text);
  ph_cli_output_flush (output);
  return ph_cli_report (snapshot, NULL);
}

int
ph_cli_table_run (PhCliTable *table)
{
  if (table->style.names && !table->options->numeric_ports)
    ph_cli_read_services (table->probe, table->style.names);
  return ph_cli_repeat (table->options->interval, table->output, look, table);
}
