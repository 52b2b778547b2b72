/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ring and the snapshots that share it: against a naive model, while it is written to, and at its full size. */
#include <string.h>

#include "ph-activity-log.h"
#include "ph-collector.h"
#include "ph-table.h"

#define BLOCK 1024 /* entries that go at once */

static guint64
add (PhActivityLog *log, guint64 value)
{
  char name[32], detail[32];
  PhActivity entry;

  ph_activity_init (&entry, PH_ACTIVITY_CONNECTION_CLOSED, (gint64) value * 1000);
  g_snprintf (name, sizeof name, "p%" G_GUINT64_FORMAT, value / 3); /* some in a row are the same */
  g_snprintf (detail, sizeof detail, "d%" G_GUINT64_FORMAT, value);
  entry.rx_bytes = value;
  entry.process = name;
  entry.detail = detail;
  return ph_activity_log_append (log, &entry);
}

static void
check (const PhActivity *entry, guint64 value)
{
  char text[32];

  g_assert_cmpuint (entry->rx_bytes, ==, value);
  g_snprintf (text, sizeof text, "p%" G_GUINT64_FORMAT, value / 3);
  g_assert_cmpstr (entry->process, ==, text);
  g_snprintf (text, sizeof text, "d%" G_GUINT64_FORMAT, value);
  g_assert_cmpstr (entry->detail, ==, text);
  g_assert_null (entry->exe);
  g_assert_cmpuint (strlen (entry->iso), ==, PH_ACTIVITY_ISO_SIZE - 1);
}

static PhSnapshot *
look (PhCollector *collector, PhActivityLog *log)
{
  const PhPlan plan = { .log = log };
  PhRequest request;
  PhSnapshot *snapshot;

  ph_collector_begin (collector, &plan);
  g_assert_false (ph_collector_next (collector, &request)); /* nothing is asked */
  snapshot = ph_collector_end (collector);
  g_assert_nonnull (snapshot);
  return snapshot;
}

/* --- against a naive model --- */

typedef struct
{
  PhActivityLog *log;
  PhCollector *collector;
  GArray *values;     /* guint64: all that were ever added, since the last clear */
  GHashTable *rows;   /* slot → value, kept by what snapshots say of themselves */
  GHashTable *rested; /* slots emptied by the last snapshot */
  PhTable *table;     /* of the window */
  PhSnapshot *last;
  guint64 next;
} Model;

/* What the snapshot says has come and gone leads from the rows of the last one to its own. */
static void
follow (Model *model, PhSnapshot *snapshot)
{
  g_autoptr (GHashTable) emptied = g_hash_table_new (NULL, NULL);
  const guint32 *slots;
  guint n;

  if (!model->last || ph_snapshot_linker (snapshot) != ph_snapshot_linker (model->last))
    {
      g_assert_cmpuint (ph_snapshot_previous_serial (snapshot), ==, 0);
      g_hash_table_remove_all (model->rows);
      g_hash_table_remove_all (model->rested);
    }
  else
    g_assert_cmpuint (ph_snapshot_previous_serial (snapshot), ==, ph_snapshot_serial (model->last));

  slots = ph_snapshot_removed (snapshot, &n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (g_hash_table_remove (model->rows, GUINT_TO_POINTER (slots[i])));
      g_hash_table_add (emptied, GUINT_TO_POINTER (slots[i]));
    }
  slots = ph_snapshot_added (snapshot, &n);
  for (guint i = 0; i < n; i++)
    {
      const PhActivity *entry = ph_snapshot_at (snapshot, slots[i]);

      g_assert_nonnull (entry);
      g_assert_false (g_hash_table_contains (emptied, GUINT_TO_POINTER (slots[i])));
      g_assert_false (g_hash_table_contains (model->rested, GUINT_TO_POINTER (slots[i])));
      g_assert_true (
          g_hash_table_insert (model->rows, GUINT_TO_POINTER (slots[i]), GUINT_TO_POINTER (entry->rx_bytes)));
    }
  g_hash_table_unref (model->rested);
  model->rested = g_steal_pointer (&emptied);
}

static void
check_snapshot (Model *model, PhSnapshot *snapshot, guint size)
{
  const guint n = ph_snapshot_n_records (snapshot);
  const guint64 *values = (const guint64 *) (gconstpointer) model->values->data;
  const guint n_all = model->values->len;
  guint n_filled = 0;

  g_assert_cmpuint (n, ==, ph_activity_log_length (model->log));
  g_assert_cmpuint (n, >=, MIN (size, n_all));
  g_assert_cmpuint (n, <=, size + 2 * BLOCK - 1);
  g_assert_cmpuint (g_hash_table_size (model->rows), ==, n);
  for (guint i = 0; i < n; i++)
    {
      const PhActivity *entry = ph_snapshot_record (snapshot, i);
      const guint64 value = values[n_all - n + i];

      check (entry, value);
      g_assert_true (ph_snapshot_at (snapshot, entry->head.slot) == entry);
      g_assert_true (ph_snapshot_find (snapshot, &entry->key) == entry);
      g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (model->rows, GUINT_TO_POINTER (entry->head.slot))), ==,
                        value);
      g_assert_cmpuint (ph_activity_number (entry), ==, value);
    }
  for (guint slot = 0; slot < ph_snapshot_n_slots (snapshot); slot++)
    {
      n_filled += ph_snapshot_at (snapshot, slot) != NULL;
      g_assert_true ((ph_snapshot_at (snapshot, slot) != NULL) == (ph_table_get_row (model->table, slot) != NULL));
    }
  g_assert_cmpuint (n_filled, ==, n);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ph_table_get_store (model->table))), ==, n);
}

static void
test_model (void)
{
  const guint size = 1500;
  g_autoptr (PhActivityLog) log = ph_activity_log_new (size);
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_activity_topic);
  Model model = { log,
                  collector,
                  g_array_new (FALSE, FALSE, sizeof (guint64)),
                  g_hash_table_new (NULL, NULL),
                  g_hash_table_new (NULL, NULL),
                  ph_table_new (&ph_activity_schema),
                  NULL,
                  1 };
  guint n_linkers = 0;

  for (guint round = 0; round < 300; round++)
    {
      const guint choice = (guint) g_test_rand_int_range (0, 20);
      const gint32 max = choice == 0 ? 12000 : choice < 6 ? 3 : 900;
      const guint n = (guint) g_test_rand_int_range (0, max);
      g_autoptr (PhSnapshot) snapshot = NULL;

      if (choice == 1)
        {
          ph_activity_log_clear (log);
          g_array_set_size (model.values, 0);
          g_assert_cmpuint (ph_activity_log_length (log), ==, 0);
        }
      for (guint i = 0; i < n; i++, model.next++)
        {
          g_assert_cmpuint (add (log, model.next), ==, model.next);
          g_array_append_val (model.values, model.next);
        }
      snapshot = look (collector, log);
      if (snapshot == model.last)
        {
          g_assert_cmpuint (n, ==, 0);
          continue;
        }
      n_linkers += !model.last || ph_snapshot_linker (snapshot) != ph_snapshot_linker (model.last);
      follow (&model, snapshot);
      ph_table_sync (model.table, snapshot);
      check_snapshot (&model, snapshot, size);
      ph_snapshot_unref (model.last);
      model.last = g_steal_pointer (&snapshot);
    }
  g_assert_cmpuint (n_linkers, >, 1);
  g_assert_cmpuint (n_linkers, <, 100);
  g_object_unref (model.table);
  ph_snapshot_unref (model.last);
  g_array_unref (model.values);
  g_hash_table_unref (model.rows);
  g_hash_table_unref (model.rested);
}

/* --- single things --- */

/* Nothing that is shown goes or changes because more happens. */
static void
test_lasts (void)
{
  g_autoptr (PhActivityLog) log = ph_activity_log_new (100);
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_activity_topic);
  g_autoptr (PhSnapshot) old = NULL;
  g_autoptr (PhSnapshot) none = NULL;

  for (guint i = 0; i < 700; i++)
    add (log, i);
  old = look (collector, log);
  for (guint i = 700; i < 9000; i++)
    add (log, i);
  ph_activity_log_clear (log);
  none = look (collector, log);
  g_assert_cmpuint (ph_snapshot_n_records (none), ==, 0);
  g_clear_pointer (&collector, ph_collector_free);
  g_clear_pointer (&log, ph_activity_log_unref);

  g_assert_cmpuint (ph_snapshot_n_records (old), ==, 700);
  for (guint i = 0; i < 700; i++)
    check (ph_snapshot_record (old, i), i);
}

static void
test_unchanged (void)
{
  g_autoptr (PhActivityLog) log = ph_activity_log_new (10);
  g_autoptr (PhActivityLog) other = ph_activity_log_new (10);
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_activity_topic);
  g_autoptr (PhSnapshot) nothing = look (collector, NULL);
  g_autoptr (PhSnapshot) empty = look (collector, log);
  g_autoptr (PhSnapshot) again = look (collector, log);
  g_autoptr (PhSnapshot) one = NULL;
  g_autoptr (PhSnapshot) others = NULL;
  const guint64 generation = ph_activity_log_generation (log);

  g_assert_cmpuint (ph_snapshot_n_records (nothing), ==, 0);
  g_assert_cmpuint (ph_snapshot_n_records (empty), ==, 0);
  g_assert_true (again == empty);
  add (log, 1);
  g_assert_cmpuint (ph_activity_log_generation (log), >, generation);
  one = look (collector, log);
  g_assert_cmpuint (ph_snapshot_n_records (one), ==, 1);
  others = look (collector, other);
  g_assert_cmpuint (ph_snapshot_n_records (others), ==, 0);
  g_assert_cmpuint (ph_snapshot_linker (others), !=, ph_snapshot_linker (one));
}

typedef struct
{
  guint n;
  guint64 last;
} Heard;

static void
hear (gpointer user, const PhActivity *entry)
{
  Heard *heard = user;

  g_assert_cmpuint (ph_activity_number (entry), >, heard->last);
  heard->last = ph_activity_number (entry);
  heard->n++;
}

/* History keeps its numbers, with gaps; what happens then goes on behind it. */
static void
test_numbers (void)
{
  static const guint64 stored[] = { 5, 6, 100, 5000 };
  g_autoptr (PhActivityLog) log = ph_activity_log_new (10);
  Heard heard = { 0 }, rest = { .last = 100 }, none = { .last = 5003 };
  PhActivity entry;

  g_assert_cmpuint (ph_activity_log_last_number (log), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (stored); i++)
    {
      ph_activity_init (&entry, PH_ACTIVITY_PORT_OPENED, 0);
      entry.key.number_be = GUINT64_TO_BE (stored[i]);
      g_assert_cmpuint (ph_activity_log_append (log, &entry), ==, stored[i]);
    }
  entry.key.number_be = 0;
  g_assert_cmpuint (ph_activity_log_append (log, &entry), ==, 5001);
  entry.key.number_be = GUINT64_TO_BE (100); /* was there: gets a number of its own */
  g_assert_cmpuint (ph_activity_log_append (log, &entry), ==, 5002);
  entry.key.number_be = G_MAXUINT64; /* there could be none after it */
  g_assert_cmpuint (ph_activity_log_append (log, &entry), ==, 5003);

  g_assert_cmpuint (ph_activity_log_each (log, 0, hear, &heard), ==, 5003);
  g_assert_cmpuint (heard.n, ==, 7);
  g_assert_cmpuint (ph_activity_log_each (log, 100, hear, &rest), ==, 5003);
  g_assert_cmpuint (rest.n, ==, 4);
  g_assert_cmpuint (ph_activity_log_each (log, 5003, hear, &none), ==, 5003);
  g_assert_cmpuint (none.n, ==, 0);
  ph_activity_log_clear (log);
  entry.key.number_be = 0;
  g_assert_cmpuint (ph_activity_log_append (log, &entry), ==, 5004);
}

/* Against GLib's calendar. */
static void
test_iso (void)
{
  static const gint64 edges[] = { 0, -1, 1, 951782400, 951868799, 4107542400, 253402300799, -62135596800, 1709164800 };
  char iso[PH_ACTIVITY_ISO_SIZE];

  for (guint i = 0; i < 20000; i++)
    {
      const gint64 seconds
          = i < G_N_ELEMENTS (edges) ? edges[i] : (gint64) g_test_rand_double_range (-62135596800.0, 253402300799.0);
      const gint64 micro = g_test_rand_int_range (0, G_USEC_PER_SEC);
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *date = g_date_time_format (time, "%FT%T");
      g_autofree char *year = g_strdup_printf ("%04d", g_date_time_get_year (time));
      g_autofree char *expected = g_strdup_printf ("%s%s.%06dZ", year, strchr (date, '-'), (int) micro);

      ph_activity_print_iso (seconds * G_USEC_PER_SEC + micro, iso);
      g_assert_cmpstr (iso, ==, expected);
    }
  ph_activity_print_iso (G_MAXINT64, iso);
  g_assert_true (g_str_has_prefix (iso, "9999-12-31T"));
  ph_activity_print_iso (G_MININT64, iso);
  g_assert_true (g_str_has_prefix (iso, "0001-01-01T"));
}

/* --- from several threads --- */

#define N_WRITERS 2
#define N_EACH    30000

static gpointer
write_entries (gpointer data)
{
  PhActivityLog *log = data;

  for (guint64 i = 0; i < N_EACH; i++)
    add (log, i);
  return NULL;
}

static gpointer
read_snapshots (gpointer data)
{
  PhActivityLog *log = data;
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_activity_topic);
  guint64 number = 0;

  while (number < N_WRITERS * N_EACH)
    {
      g_autoptr (PhSnapshot) snapshot = look (collector, log);
      const guint n = ph_snapshot_n_records (snapshot);

      for (guint i = 0; i < n; i++)
        {
          const PhActivity *entry = ph_snapshot_record (snapshot, i);

          check (entry, entry->rx_bytes);
          if (i > 0)
            g_assert_cmpuint (ph_activity_number (entry), ==, number + 1);
          number = ph_activity_number (entry);
        }
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (PhActivityLog) log = ph_activity_log_new (2000);
  GThread *threads[N_WRITERS + 2];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, i < N_WRITERS ? write_entries : read_snapshots, log);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (ph_activity_log_last_number (log), ==, N_WRITERS * N_EACH);
}

/* --- at full size --- */

/* A refresh after little has happened is to be cheap; it is said how cheap, and nothing fails by the clock. */
static void
test_full (void)
{
  g_autoptr (PhActivityLog) log = ph_activity_log_new (PH_ACTIVITY_LOG_SIZE);
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_activity_topic);
  g_autoptr (PhSnapshot) first = NULL;
  g_autoptr (PhSnapshot) second = NULL;
  gint64 start;
  guint n;

  start = g_get_monotonic_time ();
  for (guint64 i = 0; i < PH_ACTIVITY_LOG_SIZE + 5000; i++)
    add (log, i);
  g_test_message ("append: %.2f µs each", (double) (g_get_monotonic_time () - start) / (PH_ACTIVITY_LOG_SIZE + 5000));
  g_assert_cmpuint (ph_activity_log_length (log), >=, PH_ACTIVITY_LOG_SIZE);

  first = look (collector, log);
  for (guint64 i = 0; i < 10; i++)
    add (log, i);
  start = g_get_monotonic_time ();
  second = look (collector, log);
  g_test_message ("refresh after 10 more: %d µs", (int) (g_get_monotonic_time () - start));
  ph_snapshot_added (second, &n);
  g_assert_cmpuint (n, ==, 10);
  ph_snapshot_removed (second, &n);
  g_assert_cmpuint (n % BLOCK, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/activity-log/model", test_model);
  g_test_add_func ("/activity-log/lasts", test_lasts);
  g_test_add_func ("/activity-log/unchanged", test_unchanged);
  g_test_add_func ("/activity-log/numbers", test_numbers);
  g_test_add_func ("/activity-log/iso", test_iso);
  g_test_add_func ("/activity-log/threads", test_threads);
  g_test_add_func ("/activity-log/full", test_full);
  return g_test_run ();
}
