/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-listing.h"

#include "ph-export.h"
#include "ph-netstat.h"
#include "ph-text-table.h"

typedef enum
{
  LAYOUT_NETSTAT,
  LAYOUT_TABLE,
  LAYOUT_CSV,
  LAYOUT_JSON,
} Layout;

struct _PhListing
{
  const PhOptions *options;
  const PhColumn *const *columns;
  const PhStyle *style;
  Layout layout;
  guint64 n_looks;
  gboolean empty; /* no row in this look yet */
  PhNetstat netstat;
  PhTextTable *table; /* LAYOUT_TABLE */
};

PhListing *
ph_listing_new (const PhOptions *options, const PhColumn *const *columns, const PhStyle *style)
{
  PhListing *listing = g_new0 (PhListing, 1);

  listing->options = options;
  listing->columns = columns;
  listing->style = style;
  if (options->output == PH_OUTPUT_CSV)
    listing->layout = LAYOUT_CSV;
  else if (options->output == PH_OUTPUT_JSON)
    listing->layout = LAYOUT_JSON;
  else
    listing->layout = options->columns ? LAYOUT_TABLE : LAYOUT_NETSTAT;
  if (listing->layout == LAYOUT_TABLE)
    listing->table = ph_text_table_new (columns, style);
  return listing;
}

void
ph_listing_free (PhListing *listing)
{
  if (!listing)
    return;
  ph_text_table_free (listing->table);
  g_free (listing);
}

void
ph_listing_begin (PhListing *listing, GString *text)
{
  listing->empty = TRUE;
  switch (listing->layout)
    {
    case LAYOUT_NETSTAT:
      ph_netstat_begin (&listing->netstat, listing->options, ph_options_requests (listing->options), listing->style);
      break;
    case LAYOUT_TABLE:
      break;
    case LAYOUT_CSV:
      if (listing->n_looks == 0)
        ph_csv_header (text, listing->columns, 0);
      break;
    case LAYOUT_JSON:
      ph_json_begin (text);
      break;
    }
  listing->n_looks++;
}

void
ph_listing_row (PhListing *listing, gconstpointer record, GString *text)
{
  switch (listing->layout)
    {
    case LAYOUT_NETSTAT:
      ph_netstat_row (&listing->netstat, record, text);
      break;
    case LAYOUT_TABLE:
      ph_text_table_row (listing->table, record);
      break;
    case LAYOUT_CSV:
      ph_csv_row (text, listing->columns, record, PH_CSV_SAFE);
      break;
    case LAYOUT_JSON:
      ph_json_row (text, listing->columns, record, listing->empty);
      break;
    }
  listing->empty = FALSE;
}

void
ph_listing_end (PhListing *listing, GString *text)
{
  switch (listing->layout)
    {
    case LAYOUT_NETSTAT:
      ph_netstat_end (&listing->netstat, text);
      break;
    case LAYOUT_TABLE:
      ph_text_table_print (listing->table, text);
      break;
    case LAYOUT_CSV:
      break;
    case LAYOUT_JSON:
      ph_json_end (text);
      break;
    }
}
