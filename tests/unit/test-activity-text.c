/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry as people and programs read it: cells, tips, a line in words, CSV, JSON, and what filters make of it. */
#include <string.h>

#include "ph-activity-log.h"
#include "ph-activity-words.h"
#include "ph-collector.h"
#include "ph-export.h"
#include "ph-filter.h"
#include "socket-samples.h"

#define WHEN G_GINT64_CONSTANT (1764098419123456) /* 2025-11-25 19:20:19 UTC */

static const PhStyle style = { .numeric = TRUE };

static PhActivity
port_opened (void)
{
  PhSocket socket = sample_socket (PH_PROTOCOL_TCP, "0.0.0.0", 8000, "0.0.0.0", 0, PH_STATE_LISTEN);
  PhActivity entry;

  socket.owner = (PhOwnership){ sample_owners, 1, PH_OWNER_PROCESS, { 0 }, &sample_unit };
  ph_activity_init (&entry, PH_ACTIVITY_PORT_OPENED, WHEN);
  ph_activity_set_socket (&entry, &socket);
  entry.exposure = PH_EXPOSURE_EVERY;
  return entry;
}

static PhActivity
connection_closed (void)
{
  PhSocket socket = sample_socket (PH_PROTOCOL_TCP, "2001:db8::1", 50000, "2001:db8::2", 443, PH_STATE_ESTABLISHED);
  PhActivity entry;

  ph_activity_init (&entry, PH_ACTIVITY_CONNECTION_CLOSED, WHEN + 1);
  ph_activity_set_socket (&entry, &socket);
  entry.note = PH_OWNER_BY_SERVICE;
  entry.unit = "web.service";
  entry.process = "web";
  entry.rx_bytes = 1500;
  entry.tx_bytes = 0;
  entry.duration_us = 4213;
  entry.ended = PH_ENDED_PEER;
  return entry;
}

static PhActivity
address_added (void)
{
  PhActivity entry;

  ph_activity_init (&entry, PH_ACTIVITY_ADDRESS_ADDED, WHEN + 2);
  entry.local = sample_address ("192.0.2.7");
  entry.prefix_length = 24;
  entry.interface = 2;
  entry.interface_name = "eth0";
  return entry;
}

static PhActivity
route_removed (void)
{
  PhActivity entry;

  ph_activity_init (&entry, PH_ACTIVITY_ROUTE_REMOVED, WHEN + 3);
  entry.remote = sample_address ("10.0.0.0");
  entry.prefix_length = 8;
  entry.interface_name = "eth0";
  entry.detail = "via 192.0.2.1 dev eth0";
  return entry;
}

static PhActivity
cruel (void)
{
  PhActivity entry = port_opened ();

  entry.process = "=cmd|\"x\",<b>";
  entry.exe = "/tmp/a, \"b\"";
  return entry;
}

static PhActivity
lost (void)
{
  PhActivity entry;

  ph_activity_init (&entry, PH_ACTIVITY_EVENTS_LOST, WHEN + 5);
  entry.detail = "connections closed";
  return entry;
}

static PhActivity (*const all[]) (void) = { port_opened, connection_closed, address_added, route_removed, cruel, lost };

/* All of them, in a log. */
static PhSnapshot *
snapshot_new (void)
{
  g_autoptr (PhActivityLog) log = ph_activity_log_new (100);
  g_autoptr (PhCollector) collector = ph_collector_new (ph_topic (PH_TABLE_ACTIVITY));
  const PhPlan plan = { .log = log };
  PhRequest request;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      const PhActivity entry = all[i]();

      ph_activity_log_append (log, &entry);
    }
  ph_collector_begin (collector, &plan);
  g_assert_false (ph_collector_next (collector, &request));
  return ph_collector_end (collector);
}

/* --- words --- */

static void
check_words (const PhActivity *entry, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_activity_words (entry, &style, text);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_words (void)
{
  static const char *const expected[] = {
    "Port opened: tcp 0.0.0.0:8000, Every address, nginx (812)",
    ("Connection closed: tcp6 [2001:db8::1]:50000 – [2001:db8::2]:443, web.service (service), ↓ 1.5 kB, ↑ 0, 4.2 ms, "
     "Closed by the other end"),
    "Address added: 192.0.2.7/24, eth0",
    "Route removed: 10.0.0.0/8, via 192.0.2.1 dev eth0",
    "Port opened: tcp 0.0.0.0:8000, Every address, =cmd|\"x\",<b> (812)",
    "Events lost: connections closed",
  };
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      const PhActivity entry = all[i]();

      check_words (&entry, expected[i]);
    }
  {
    const PhActivity entry = address_added ();

    ph_activity_line (&entry, &style, line);
    g_assert_cmpstr (line->str, ==, "2025-11-25 19:20:19  Address added: 192.0.2.7/24, eth0\n");
  }
}

/* --- columns --- */

static const char *
cell (const PhSnapshot *snapshot, guint n, const char *id, GString *text)
{
  const PhColumn *column = ph_schema_find_column (&ph_activity_schema, id);

  g_assert_nonnull (column);
  g_string_truncate (text, 0);
  ph_column_format (column, ph_snapshot_record (snapshot, n), &style, text);
  return text->str;
}

static void
test_cells (void)
{
  static const struct
  {
    guint n;
    const char *id;
    const char *text;
  } cells[] = {
    { 0, "time", "2025-11-25 19:20:19" },
    { 0, "event", "Port opened" },
    { 0, "proto", "tcp" },
    { 0, "local_address", "0.0.0.0" },
    { 0, "remote_address", "" },
    { 0, "remote_port", "" },
    { 0, "process", "nginx" },
    { 0, "exposure", "Every address" },
    { 0, "rx_bytes", "" },
    { 0, "number", "1" },
    { 1, "proto", "tcp6" },
    { 1, "process", "web.service (service)" },
    { 1, "pid", "" },
    { 1, "rx_bytes", "1.5 kB" },
    { 1, "tx_bytes", "0" },
    { 1, "duration", "4.2 ms" },
    { 1, "ended", "Closed by the other end" },
    { 2, "local_address", "192.0.2.7/24" },
    { 2, "local_port", "" },
    { 2, "process", "" },
    { 3, "remote_address", "10.0.0.0/8" },
    { 3, "detail", "via 192.0.2.1 dev eth0" },
    { 5, "event", "Events lost" },
  };
  g_autoptr (PhSnapshot) snapshot = snapshot_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    g_assert_cmpstr (cell (snapshot, cells[i].n, cells[i].id, text), ==, cells[i].text);
  g_assert_cmpuint (((const PhRecord *) ph_snapshot_record (snapshot, 5))->mark, ==, PH_MARK_FAULT);
}

/* What is not known is a dash that says why; what there is none of is left blank. */
static void
test_none (void)
{
  static const char *const ids[] = { "process", "pid", "rx_bytes", "tx_bytes", "duration", "ended" };
  PhActivity closed, added = address_added ();

  ph_activity_init (&closed, PH_ACTIVITY_CONNECTION_CLOSED, WHEN);
  closed.socket.protocol = PH_PROTOCOL_TCP;
  closed.note = PH_OWNER_GONE;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const PhColumn *column = ph_schema_find_column (&ph_activity_schema, ids[i]);
      g_autoptr (GString) text = g_string_new (NULL);

      ph_column_format (column, &closed, &style, text);
      g_assert_cmpstr (text->str, ==, "");
      g_assert_false (ph_column_is_none (column, &closed));
      ph_column_explain (column, &closed, &style, text);
      g_assert_cmpstr (text->str, !=, "");

      g_assert_true (ph_column_is_none (column, &added));
      g_string_truncate (text, 0);
      ph_column_explain (column, &added, &style, text);
      g_assert_cmpstr (text->str, ==, "");
    }
  g_assert_true (ph_column_is_none (ph_schema_find_column (&ph_activity_schema, "remote_port"), &closed));
  g_assert_false (ph_column_is_none (ph_schema_find_column (&ph_activity_schema, "time"), &closed));
}

/* Each can be written, explained and ranked; what is absent ranks last; ranks and comparisons agree. */
static void
test_columns (void)
{
  g_autoptr (PhSnapshot) snapshot = snapshot_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  const guint n = ph_snapshot_n_records (snapshot);

  for (guint i = 0; i < ph_activity_schema.n_columns; i++)
    {
      const PhColumn *column = &ph_activity_schema.columns[i];

      for (guint a = 0; a < n; a++)
        {
          gconstpointer record = ph_snapshot_record (snapshot, a);
          PhValue value = { PH_VALUE_NONE };

          g_string_truncate (text, 0);
          column->value (record, &value);
          ph_column_explain (column, record, &style, text);
          g_assert_true (g_utf8_validate (text->str, (gssize) text->len, NULL));
          g_assert_cmpuint (value.kind == PH_VALUE_NONE ? column->kind : value.kind, ==, column->kind);
          if (strcmp (column->id, "process") != 0)
            g_assert_true ((value.kind == PH_VALUE_NONE) == (ph_column_rank (column, record) == PH_RANK_ABSENT));
          for (guint b = 0; b < n; b++)
            {
              gconstpointer other = ph_snapshot_record (snapshot, b);
              const guint64 first = ph_column_rank (column, record), second = ph_column_rank (column, other);

              if (first != second)
                g_assert_cmpint (ph_column_compare (column, record, other) < 0, ==, first < second);
            }
        }
    }
}

/* Why bytes or the owner are not known is said. */
static void
test_tips (void)
{
  g_autoptr (PhSnapshot) snapshot = snapshot_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  ph_column_explain (ph_schema_find_column (&ph_activity_schema, "time"), ph_snapshot_record (snapshot, 0), &style,
                     text);
  g_assert_nonnull (strstr (text->str, "2025-11-25T19:20:19.123456Z"));
  g_string_truncate (text, 0);
  ph_column_explain (ph_schema_find_column (&ph_activity_schema, "process"), ph_snapshot_record (snapshot, 1), &style,
                     text);
  g_assert_nonnull (strstr (text->str, "Likely, not certain"));
  g_assert_nonnull (strstr (text->str, "web.service"));
}

/* --- files --- */

static void export(PhSnapshot *snapshot, gboolean json, const char *ids, GString *text)
{
  g_auto (GStrv) names = g_strsplit (ids, ",", -1);
  const PhColumn *columns[16] = { NULL };

  for (guint n = 0; names[n]; n++)
    columns[n] = ph_schema_find_column (&ph_activity_schema, names[n]);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    if (json)
      ph_json_row (text, columns, ph_snapshot_record (snapshot, i), i == 0);
    else
      ph_csv_row (text, columns, ph_snapshot_record (snapshot, i), PH_CSV_SAFE);
}

static void
test_files (void)
{
  g_autoptr (PhSnapshot) snapshot = snapshot_new ();
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GString) json = g_string_new (NULL);

  export(snapshot, FALSE, "time,event,proto,local_address,local_port,duration,ended,exe", csv);
  g_assert_nonnull (strstr (csv->str, "2025-11-25T19:20:19.123456Z,port-opened,tcp,0.0.0.0,8000,,,/usr/sbin/nginx"));
  g_assert_nonnull (strstr (csv->str, "connection-closed,tcp6,2001:db8::1,50000,0.004213,peer,"));
  g_assert_nonnull (strstr (csv->str, "\"/tmp/a, \"\"b\"\"\""));
  export(snapshot, TRUE, "event,rx_bytes,tx_bytes,duration,owner_note,prefix", json);
  g_assert_nonnull (strstr (json->str, "\"connection-closed\""));
  g_assert_nonnull (strstr (json->str, "0.004213"));
  g_assert_nonnull (strstr (json->str, "\"service\""));
  g_assert_nonnull (strstr (json->str, "null"));
}

/* --- filters --- */

static void
test_filters (void)
{
  static const struct
  {
    const char *text;
    const char *matches; /* a letter for each entry: x: it does */
  } filters[] = {
    { "is:ports", "x---x-" },
    { "is:connections", "-x----" },
    { "is:addresses", "--x---" },
    { "is:routes", "---x--" },
    { "is:links", "------" },
    { "is:neighbours", "------" },
    { "is:lost", "-----x" },
    { "is:opened", "x-x-x-" },
    { "is:closed", "-x-x--" },
    { "-is:ports", "-xxx-x" },
    { "event:port-opened", "x---x-" },
    { "event:conn", "-x----" },
    { "event:port-opened,route-removed", "x--xx-" },
    { "proto:tcp", "xx--x-" },
    { "proto:tcp6", "-x----" },
    { "port:443", "-x----" },
    { "lport:8000", "x---x-" },
    { "rport:443", "-x----" },
    { "pid:812", "x---x-" },
    { "process:nginx", "x-----" },
    { "process:web", "-x----" },
    { "unit:nginx", "x---x-" },
    { "local:192.0.2.0/24", "--x---" },
    { "remote:10.0.0.0/8", "---x--" },
    { "addr:2001:db8::/32", "-x----" },
    { "iface:eth0", "--xx--" },
    { "rx_bytes:>1000", "-x----" },
    { "duration:<1", "-x----" },
    { "ended:peer", "-x----" },
    { "exposure:any", "x---x-" },
    { "family:inet6", "-x----" },
    { "time:2025-11-25", "xxxxxx" },
    { "number:>4", "----xx" },
    { "via", "---x--" },
  };
  g_autoptr (PhSnapshot) snapshot = snapshot_new ();
  const PhColumn *shown[] = { ph_schema_find_column (&ph_activity_schema, "detail"), NULL };
  const PhFilterContext context = { shown, &style };

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PhFilter) filter = ph_filter_parse (&ph_activity_schema, filters[i].text, NULL, &error);
      g_autoptr (GString) matches = g_string_new (NULL);

      g_assert_no_error (error);
      for (guint k = 0; k < ph_snapshot_n_records (snapshot); k++)
        g_string_append_c (matches, ph_filter_match (filter, &context, ph_snapshot_record (snapshot, k)) ? 'x' : '-');
      g_test_message ("%s", filters[i].text);
      g_assert_cmpstr (matches->str, ==, filters[i].matches);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/activity-text/words", test_words);
  g_test_add_func ("/activity-text/cells", test_cells);
  g_test_add_func ("/activity-text/none", test_none);
  g_test_add_func ("/activity-text/columns", test_columns);
  g_test_add_func ("/activity-text/tips", test_tips);
  g_test_add_func ("/activity-text/files", test_files);
  g_test_add_func ("/activity-text/filters", test_filters);
  return g_test_run ();
}
