/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Four ways to write a table, one of which is a layout of netstat's where there is one. */
#include "ph-listing.h"

#include "ph-export.h"
#include "ph-group.h"
#include "ph-layout.h"
#include "ph-link.h"
#include "ph-route.h"
#include "ph-socket.h"
#include "ph-text-table.h"

typedef enum
{
  WAY_NETSTAT,
  WAY_TABLE,
  WAY_CSV,
  WAY_JSON,
} Way;

struct _PhListing
{
  const PhColumn *const *columns;
  Way way;
  guint64 n_looks;
  gboolean empty;         /* no row in this look yet */
  const PhLayout *layout; /* WAY_NETSTAT */
  gpointer layout_state;
  PhTextTable *table; /* WAY_TABLE */
};

/* NULL: netstat has no such table; nor has it sentences for counters that are zero, or for some of them. */
static const PhLayout *
find_layout (const PhOptions *options)
{
  switch (options->table)
    {
    case PH_TABLE_SOCKETS:
      return &ph_netstat_sockets;
    case PH_TABLE_ROUTES:
      return &ph_netstat_routes;
    case PH_TABLE_LINKS:
      return options->extended ? &ph_netstat_links_long : &ph_netstat_links;
    case PH_TABLE_GROUPS:
      return &ph_netstat_groups;
    case PH_TABLE_COUNTERS:
      return options->all || (options->filter && *options->filter) ? NULL : &ph_netstat_counters;
    default:
      return NULL;
    }
}

PhListing *
ph_listing_new (const PhOptions *options, const PhColumn *const *columns, const PhStyle *style)
{
  PhListing *listing = g_new0 (PhListing, 1);

  listing->columns = columns;
  listing->layout = options->columns ? NULL : find_layout (options);
  if (options->output == PH_OUTPUT_CSV)
    listing->way = WAY_CSV;
  else if (options->output == PH_OUTPUT_JSON)
    listing->way = WAY_JSON;
  else
    listing->way = listing->layout ? WAY_NETSTAT : WAY_TABLE;

  if (listing->way == WAY_NETSTAT)
    listing->layout_state = listing->layout->create (options, style);
  if (listing->way == WAY_TABLE)
    listing->table = ph_text_table_new (columns, style);
  return listing;
}

void
ph_listing_free (PhListing *listing)
{
  if (!listing)
    return;
  if (listing->way == WAY_NETSTAT)
    listing->layout->destroy (listing->layout_state);
  ph_text_table_free (listing->table);
  g_free (listing);
}

void
ph_listing_begin (PhListing *listing, const PhSnapshot *snapshot, GString *text)
{
  listing->empty = TRUE;
  switch (listing->way)
    {
    case WAY_NETSTAT:
      listing->layout->begin (listing->layout_state, snapshot, text);
      break;
    case WAY_TABLE:
      break;
    case WAY_CSV:
      if (listing->n_looks == 0)
        ph_csv_header (text, listing->columns, 0);
      break;
    case WAY_JSON:
      ph_json_begin (text);
      break;
    }
  listing->n_looks++;
}

void
ph_listing_row (PhListing *listing, gconstpointer record, GString *text)
{
  switch (listing->way)
    {
    case WAY_NETSTAT:
      listing->layout->row (listing->layout_state, record, text);
      break;
    case WAY_TABLE:
      ph_text_table_row (listing->table, record);
      break;
    case WAY_CSV:
      ph_csv_row (text, listing->columns, record, PH_CSV_SAFE);
      break;
    case WAY_JSON:
      ph_json_row (text, listing->columns, record, listing->empty);
      break;
    }
  listing->empty = FALSE;
}

void
ph_listing_end (PhListing *listing, GString *text)
{
  switch (listing->way)
    {
    case WAY_NETSTAT:
      listing->layout->end (listing->layout_state, text);
      break;
    case WAY_TABLE:
      ph_text_table_print (listing->table, text);
      break;
    case WAY_CSV:
      break;
    case WAY_JSON:
      ph_json_end (text);
      break;
    }
}

static guint
add_host (const PhAddress *address, const PhAddress **hosts, guint n)
{
  if (address->family != PH_FAMILY_NONE && !ph_address_is_any (address))
    hosts[n++] = address;
  return n;
}

guint
ph_listing_hosts (PhTableId table, gconstpointer record, const PhAddress *hosts[PH_LISTING_HOSTS_MAX])
{
  const PhSocket *socket = record;
  const PhRoute *route = record;
  const PhGroup *group = record;
  guint n = 0;

  switch (table)
    {
    case PH_TABLE_SOCKETS:
      n = add_host (&socket->local, hosts, n);
      return add_host (&socket->remote, hosts, n);
    case PH_TABLE_ROUTES: /* networks stay numbers */
      if (route->key.family == PH_FAMILY_IPV4 && route->key.prefix_length == 32)
        n = add_host (&route->key.destination, hosts, n);
      return add_host (&route->key.gateway, hosts, n);
    case PH_TABLE_GROUPS:
      return add_host (&group->key.address, hosts, n);
    default:
      return 0;
    }
}
