/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a listing is for rows that are all there, this is for rows that come. */
#include "ph-cli-entries.h"

#include "ph-activity-words.h"
#include "ph-cli-names.h"
#include "ph-export.h"
#include "ph-filter.h"
#include "ph-listing-columns.h"
#include "ph-text-table.h"

struct _PhCliEntries
{
  const PhOptions *options;
  PhCliOutput *output;
  const PhColumn **columns;
  PhFilter *kind;   /* what the options mean */
  PhFilter *filter; /* --filter */
  PhStyle style;
  PhTextTable *table; /* NULL: no text in columns */
  guint64 n;
};

PhCliEntries *
ph_cli_entries_new (const PhOptions *options, PhCliOutput *output, GError **error)
{
  g_autoptr (PhCliEntries) entries = g_new0 (PhCliEntries, 1);

  entries->options = options;
  entries->output = output;
  entries->columns = ph_listing_columns (options, error);
  if (!entries->columns)
    return NULL;
  entries->kind = ph_filter_parse (&ph_activity_schema, ph_options_filter (options), NULL, error);
  if (!entries->kind)
    return NULL;
  entries->filter = ph_filter_parse (&ph_activity_schema, options->filter ? options->filter : "", NULL, error);
  if (!entries->filter)
    return NULL;

  entries->style.numeric = options->numeric;
  if (options->output == PH_OUTPUT_TEXT && options->columns)
    {
      if (!options->numeric_ports)
        entries->style.names = ph_names_new (1);
      entries->table = ph_text_table_new (entries->columns, &entries->style);
    }
  return g_steal_pointer (&entries);
}

void
ph_cli_entries_free (PhCliEntries *entries)
{
  if (!entries)
    return;
  g_clear_pointer (&entries->table, ph_text_table_free);
  g_clear_pointer (&entries->style.names, ph_names_unref);
  g_clear_pointer (&entries->filter, ph_filter_unref);
  g_clear_pointer (&entries->kind, ph_filter_unref);
  g_free (entries->columns);
  g_free (entries);
}

/* Of hosts no names: whoever answers for them would hold up what happens meanwhile. */
void
ph_cli_entries_begin (PhCliEntries *entries, PhProbe *probe)
{
  GString *text = entries->output->text;

  if (entries->style.names)
    ph_cli_read_services (probe, entries->style.names);
  if (entries->table)
    ph_text_table_go_on (entries->table, text);
  else if (entries->options->output == PH_OUTPUT_CSV)
    ph_csv_header (text, entries->columns, 0);
}

static gboolean
is_meant (const PhCliEntries *entries, const PhActivity *entry)
{
  const PhFilterContext context = { .columns = entries->columns, .style = &entries->style };

  return entry->kind == PH_ACTIVITY_EVENTS_LOST
         || (ph_filter_match (entries->kind, &context, entry) && ph_filter_match (entries->filter, &context, entry));
}

void
ph_cli_entries_tell (gpointer data, const PhActivity *told)
{
  PhCliEntries *entries = data;
  GString *text = entries->output->text;
  PhActivity entry = *told;

  entry.key.number_be = GUINT64_TO_BE (++entries->n);
  ph_activity_print_iso (entry.time_us, entry.iso);
  if (!is_meant (entries, &entry))
    return;
  if (entries->options->output == PH_OUTPUT_CSV)
    ph_csv_row (text, entries->columns, &entry, PH_CSV_SAFE);
  else if (entries->options->output == PH_OUTPUT_JSON)
    ph_json_line (text, entries->columns, &entry);
  else if (entries->table)
    {
      ph_text_table_row (entries->table, &entry);
      ph_text_table_go_on (entries->table, text);
    }
  else
    ph_activity_line (&entry, &entries->style, text);
}
