/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a listing has by default, for every table: columns, filter, the same from look to look. */
#include <glib.h>
#include <string.h>

#include "ph-column-list.h"
#include "ph-export.h"
#include "ph-filter.h"
#include "ph-listing-columns.h"
#include "ph-listing.h"
#include "ph-route-listing.h"
#include "ph-route.h"
#include "ph-rule.h"

static char *
ids_of (const PhColumn *const *columns)
{
  GString *ids = g_string_new (NULL);

  for (; *columns; columns++)
    g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "", (*columns)->id);
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
check_columns (PhOptions options, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree const PhColumn **columns = ph_listing_columns (&options, &error);

  g_assert_no_error (error);
  g_autofree char *ids = ids_of (columns);
  g_assert_cmpstr (ids, ==, expected);
}

/* What scripts rely on. */
static void
test_export (void)
{
  static const struct
  {
    PhTableId table;
    const char *ids;
  } cases[] = {
    { PH_TABLE_ROUTES, "family destination prefix_length gateway genmask flags mss window irtt interface metric table "
                       "protocol scope type source expires" },
    { PH_TABLE_LINKS, "interface mtu metric rx_ok rx_err rx_drp rx_ovr tx_ok tx_err tx_drp tx_ovr flags state kind mac "
                      "addresses master speed rx_bytes tx_bytes" },
    { PH_TABLE_COUNTERS, "protocol mib name total rate meaning" },
    { PH_TABLE_RULES,
      "priority family selector action table protocol goto from to not tos fwmark fwmask iif oif l3mdev "
      "uidrange ipproto sport dport tun_id realms suppress_prefixlength suppress_ifgroup status" },
    { PH_TABLE_NEIGHBOURS, "address mac interface state flags confirmed used updated probes references family type" },
    { PH_TABLE_GROUPS, "interface users group family index" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      check_columns ((PhOptions){ .table = cases[i].table, .output = PH_OUTPUT_CSV }, cases[i].ids);
      check_columns ((PhOptions){ .table = cases[i].table, .output = PH_OUTPUT_JSON }, cases[i].ids);
    }
}

/* Every table has columns, in every format, and none of them is a drawing. */
static void
test_every_table (void)
{
  for (PhTableId table = 0; table < PH_N_TABLES; table++)
    for (PhOutput output = PH_OUTPUT_TEXT; output <= PH_OUTPUT_JSON; output++)
      for (guint extended = 0; extended < 3; extended++)
        {
          const PhOptions options = { .table = table,
                                      .output = output,
                                      .extended = extended,
                                      .programs = extended > 0,
                                      .timers = extended > 1,
                                      .all_tables = extended > 1 };
          g_autoptr (GError) error = NULL;
          g_autofree const PhColumn **columns = ph_listing_columns (&options, &error);

          g_assert_no_error (error);
          g_assert_nonnull (columns[0]);
          for (guint i = 0; columns[i]; i++)
            g_assert_null (columns[i]->traces);
        }
}

static void
test_chosen (void)
{
  PhOptions options = { .table = PH_TABLE_ROUTES, .columns = (char *) "metric,destination" };
  g_autoptr (GError) error = NULL;

  check_columns (options, "metric destination");
  options.columns = (char *) "metric,pid";
  g_assert_null (ph_listing_columns (&options, &error));
  g_assert_nonnull (strstr (error->message, "“pid”"));
  g_clear_error (&error);
  options = (PhOptions){ .columns = (char *) "owners" };
  g_assert_null (ph_listing_columns (&options, &error));
  g_assert_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE);
  options.output = PH_OUTPUT_JSON;
  check_columns (options, "owners");
}

/* The filters that options mean are ones that their table knows. */
static void
test_filters (void)
{
  static const char *const lines[] = {
    "",
    "-a",
    "-l",
    "-r",
    "-r --all-tables",
    "-rC",
    "-i",
    "-ia",
    "-g",
    "-g4",
    "-g6",
    "--rules",
    "--neighbours",
    "--neighbours -a",
    "--neighbours -6",
    "-s",
    "-as",
    "-st",
    "-s4",
    "-s6",
    "-suwUSt",
    "-e",
    "-es",
    "-sp ip",
    "-sp icmp",
    "-sp tcp",
    "-sp udp",
    "-sp ipv6",
    "-sp icmpv6",
    "-sp tcpv6",
    "-sp udpv6",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *whole = g_strconcat ("porthole-cli", *lines[i] ? " " : "", lines[i], NULL);
      g_auto (GStrv) argv = g_strsplit (whole, " ", -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (PhOptions) options = ph_options_parse (PH_PROGRAM_CLI, (int) g_strv_length (argv), argv, &error);

      g_assert_no_error (error);
      g_autoptr (PhFilter) filter
          = ph_filter_parse (ph_topic (options->table)->schema, ph_options_filter (options), NULL, &error);

      g_test_message ("%s: %s", whole, ph_options_filter (options));
      g_assert_no_error (error);
      g_assert_nonnull (filter);
    }
}

static char *
list (const PhOptions *options, gconstpointer record, guint n_looks)
{
  const PhStyle style = { .numeric = TRUE };
  g_autofree const PhColumn **columns = ph_listing_columns (options, NULL);
  g_autoptr (PhListing) listing = ph_listing_new (options, columns, &style);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_looks; i++)
    {
      ph_listing_begin (listing, NULL, text);
      ph_listing_row (listing, record, text);
      ph_listing_end (listing, text);
    }
  return g_strdup (text->str);
}

/* netstat's layout; but a table where the columns were chosen, or where netstat has none. */
static void
test_ways (void)
{
  PhRoute route = { .key = { .family = PH_FAMILY_IPV4, .prefix_length = 8 }, .interface_name = "eth0" };
  const PhRule rule = { .key = { .family = PH_FAMILY_IPV4, .priority_be = GUINT32_TO_BE (32766) },
                        .selector = "from all",
                        .table_name = "main",
                        .protocol_name = "kernel" };
  PhOptions options = { .table = PH_TABLE_ROUTES, .ipv4 = TRUE };

  ph_address_parse ("10.0.0.0", &route.key.destination, NULL);
  g_autofree char *netstat = list (&options, &route, 1);
  g_assert_true (g_str_has_prefix (netstat, "Kernel IP routing table\nDestination "));

  options.columns = (char *) "interface,prefix_length";
  g_autofree char *table = list (&options, &route, 1);
  g_assert_cmpstr (table, ==, "Iface  Prefix Length\neth0               8\n");

  options.output = PH_OUTPUT_CSV;
  g_autofree char *csv = list (&options, &route, 2);
  g_assert_cmpstr (csv, ==, "interface,prefix_length\r\neth0,8\r\neth0,8\r\n");

  options.output = PH_OUTPUT_JSON;
  g_autofree char *json = list (&options, &route, 2);
  g_assert_cmpstr (json, ==,
                   "[\n{\"interface\": \"eth0\", \"prefix_length\": 8}\n]\n"
                   "[\n{\"interface\": \"eth0\", \"prefix_length\": 8}\n]\n");

  options = (PhOptions){ .table = PH_TABLE_RULES };
  g_autofree char *rules = list (&options, &rule, 1);
  g_assert_nonnull (strstr (rules, "32766"));
  g_assert_nonnull (strstr (rules, "from all"));
}

/* --- which route? --- */

static void
test_route_to (void)
{
  PhRouteExplanation explanation = { .verdict = PH_ROUTE_SENT,
                                     .headline = (char *) "It goes there",
                                     .rule_text = (char *) "32766: from all lookup main",
                                     .table = (char *) "main",
                                     .gateway = (char *) "192.0.2.1",
                                     .interface = (char *) "eth0" };
  g_autofree const PhColumn **columns
      = ph_column_list_parse (&ph_route_explanation_schema, "destination,verdict,gateway,source,errno", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_nonnull (columns);
  ph_address_parse ("198.51.100.7", &explanation.destination, NULL);
  ph_route_explanation_print (&explanation, text);
  g_assert_cmpstr (text->str, ==,
                   "It goes there\n"
                   "  Rule        32766: from all lookup main\n"
                   "  Table       main\n"
                   "  Gateway     192.0.2.1\n"
                   "  Interface   eth0\n");

  g_string_truncate (text, 0);
  ph_csv_row (text, columns, &explanation, PH_CSV_SAFE);
  g_assert_cmpstr (text->str, ==, "198.51.100.7,sent,192.0.2.1,,\r\n");

  g_string_truncate (text, 0);
  explanation.verdict = PH_ROUTE_NONE;
  explanation.errnum = 101;
  explanation.gateway = NULL;
  ph_json_row (text, columns, &explanation, TRUE);
  g_assert_nonnull (strstr (text->str, "{\"destination\": \"198.51.100.7\", \"verdict\": \"none\", \"gateway\": null, "
                                       "\"source\": null, \"errno\": 101}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/listing/export", test_export);
  g_test_add_func ("/listing/every-table", test_every_table);
  g_test_add_func ("/listing/chosen", test_chosen);
  g_test_add_func ("/listing/filters", test_filters);
  g_test_add_func ("/listing/ways", test_ways);
  g_test_add_func ("/listing/route-to", test_route_to);
  return g_test_run ();
}
