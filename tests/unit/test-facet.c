/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facets: that a click shows as many rows as it says, in every table, whatever else is asked; and what it costs. */
#include "recorded.h"
#include "socket-samples.h"

#include "cpu-time.h"
#include "ph-facet.h"
#include "ph-topic.h"

static const PhStyle numeric = { .numeric = TRUE };

static const PhColumn **
shown_columns (const PhSchema *schema)
{
  const PhColumn **columns = g_new0 (const PhColumn *, schema->n_columns + 1);
  guint n = 0;

  for (guint i = 0; i < schema->n_columns; i++)
    if (schema->columns[i].flags & PH_COLUMN_SHOWN)
      columns[n++] = &schema->columns[i];
  return columns;
}

/* A machine on which a name and a number are always the same user. */
static PhSnapshot *
make_crowd (guint n, guint seed)
{
  static const char *const users[] = { "root", "alice", "Élodie", NULL };
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (PhLinker) linker = ph_linker_new (&ph_socket_schema);
  PhSnapshot *snapshot = ph_snapshot_new (&ph_socket_schema, 1);

  for (guint i = 0; i < n; i++)
    {
      PhSocket *socket = ph_snapshot_add (snapshot);
      guint user = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (users));

      sample_random (rand, socket);
      socket->key.cookie = i + 1;
      socket->user = users[user];
      socket->uid = user * 500;
    }
  ph_linker_link (linker, snapshot);
  return snapshot;
}

static guint
count_matches (PhSnapshot *snapshot, const PhFilter *chips, const char *text, const PhFilterContext *context)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFilter) filter = ph_filter_parse (ph_snapshot_schema (snapshot), text, NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhRecord *record = ph_snapshot_record (snapshot, i);

      n += record->slot != PH_NO_SLOT && (!chips || ph_filter_match (chips, context, record))
           && ph_filter_match (filter, context, record);
    }
  return n;
}

/* Each value's count is what the filter finds when all own terms have gone and this value has come. */
static void
check_facets (
    PhSnapshot *snapshot, const PhFilter *chips, const char *text, const PhFilterContext *context, guint *checked)
{
  const PhSchema *schema = ph_snapshot_schema (snapshot);
  g_autoptr (PhFacets) facets = ph_facets_count (snapshot, chips, text, context, G_MAXUINT64, NULL);

  g_assert_cmpuint (facets->n_facets, ==, schema->n_facets);
  for (guint i = 0; i < facets->n_facets; i++)
    {
      const PhFacet *facet = &facets->facets[i];
      const char *field = facet->field->field;
      guint last = G_MAXUINT;

      g_assert_true (facet->field == &schema->facets[i]);
      g_assert_cmpuint (facet->n_values, <=, PH_FACET_VALUES_MAX + 20);
      for (guint j = 0; j < facet->n_values; j++)
        {
          const PhFacetValue *value = &facet->values[j];
          g_autofree char *only = NULL, *excluded = NULL, *asked = NULL;
          guint found;

          g_assert_cmpuint (value->count, <=, last);
          last = value->count;
          g_assert_cmpint (value->choice, ==, ph_filter_edit_get (schema, text, field, value->value));
          g_assert_true (value->count > 0 || value->choice != PH_FILTER_OPEN);
          if (j % 5 != 0 && value->choice == PH_FILTER_OPEN) /* it takes its time */
            continue;

          only = ph_filter_edit_only (schema, text, field, value->value);
          asked = g_strdup (only);
          for (guint k = 0; k < facet->n_values; k++) /* what is excluded would be missing twice */
            if (facet->values[k].choice == PH_FILTER_EXCLUDED && k != j)
              {
                g_free (excluded);
                excluded = asked;
                asked = ph_filter_edit_set (schema, excluded, field, facet->values[k].value, PH_FILTER_OPEN);
                g_clear_pointer (&excluded, g_free);
              }
          found = count_matches (snapshot, chips, asked, context);
          if (found != value->count)
            g_error ("%s: “%s”: %u of %s:%s, but “%s” finds %u", schema->id, text, value->count, field, value->value,
                     asked, found);
          (*checked)++;
        }
    }
}

static void
test_counts (void)
{
  static const char *const texts[] = {
    "",
    "nginx",
    "proto:tcp",
    "proto:tcp,udp",
    "-proto:tcp",
    "proto:tcp state:listen",
    "-state:none -proto:unix user:=root",
    "process:=nginx",
    "process:=nginx proto:tcp -scope:internet",
    "process:=",
    "user:=alice,=root",
    "user:=1500",
    "lport:443",
    "lport:=443,80",
    "local_port:>1000",
    "interface:=",
    "interface:=eth0 unit:=nginx.service",
    "process:nosuch",
    "process:=nosuch",
    "10.1 -unit:=",
    "process:\"open", /* wrong: hides nothing */
  };
  static const char *const chips[] = { NULL, "is:listening", "proto:tcp,udp is:ipv4" };
  g_autoptr (PhSnapshot) snapshot = make_crowd (600, 5);
  g_autofree const PhColumn **columns = shown_columns (&ph_socket_schema);
  const PhFilterContext context = { columns, &numeric };
  guint checked = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (chips); j++)
      {
        g_autoptr (PhFilter) filter = chips[j] ? ph_filter_parse (&ph_socket_schema, chips[j], NULL, NULL) : NULL;
        g_autoptr (PhFilter) typed = ph_filter_parse (&ph_socket_schema, texts[i], NULL, NULL);

        if (typed)
          check_facets (snapshot, filter, texts[i], &context, &checked);
        else
          {
            g_autoptr (PhFacets) wrong = ph_facets_count (snapshot, filter, texts[i], &context, 1, NULL);
            g_autoptr (PhFacets) all = ph_facets_count (snapshot, filter, "", &context, 1, NULL);

            g_assert_cmpuint (wrong->facets[0].values[0].count, ==, all->facets[0].values[0].count);
          }
      }
  g_assert_cmpuint (checked, >, 500);
}

/* The requests that no capture answers. */
static guint64
unrecorded (void)
{
  guint64 requests = 0;

  for (guint request = 0; request < PH_N_REQUESTS; request++)
    {
      g_autofree char *name = g_strconcat (ph_request_name (request), ".phframe", NULL);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        requests |= RECORDED_BIT (request);
    }
  return requests;
}

/* Every table: its fields and words exist, and count what the filter finds. */
static void
test_tables (void)
{
  for (guint table = 0; table < PH_N_TABLES; table++)
    {
      const PhTopic *topic = ph_topic (table);
      const PhSchema *schema = topic->schema;
      g_autofree const PhColumn **columns = shown_columns (schema);
      const PhFilterContext context = { columns, &numeric };
      g_autoptr (PhSnapshot) snapshot = NULL;
      guint checked = 0;

      g_assert_cmpuint (schema->n_facets, >, 1);
      if (topic->look) /* its records are not collected */
        snapshot = ph_snapshot_new (schema, 1);
      else if (topic == &ph_socket_topic)
        snapshot = make_crowd (200, 2);
      else
        {
          g_autoptr (PhCollector) collector = ph_collector_new (topic);

          snapshot = recorded_collect (collector, 1, unrecorded (), NULL);
        }
      check_facets (snapshot, NULL, "", &context, &checked);
      for (guint i = 0; i < schema->n_facets; i++)
        for (guint j = 0; j < schema->facets[i].n_words; j++)
          {
            g_autofree char *text
                = g_strdup_printf ("%s:=%s", schema->facets[i].field, schema->facets[i].words[j].word);

            check_facets (snapshot, NULL, text, &context, &checked);
          }
      g_assert_true (topic->look || checked > 2);
    }
}

/* What is no value is told apart from values, whether its field has a closed set of words or not. */
static void
test_nothing (void)
{
  g_autoptr (PhSnapshot) snapshot = make_crowd (600, 5);
  const PhColumn *const none[] = { NULL };
  const PhFilterContext context = { none, &numeric };
  g_autoptr (PhFacets) facets = ph_facets_count (snapshot, NULL, "", &context, G_MAXUINT64, NULL);
  guint found = 0;

  for (guint i = 0; i < facets->n_facets; i++)
    for (guint j = 0; j < facets->facets[i].n_values; j++)
      {
        const PhFacetValue *value = &facets->facets[i].values[j];
        gboolean nothing = strcmp (value->value, "=") == 0 || strcmp (value->value, "none") == 0;

        g_assert_cmpint (value->label == NULL, ==, nothing);
        if (nothing)
          g_assert_nonnull (facets->facets[i].field->nothing);
        found += nothing;
      }
  g_assert_cmpuint (found, >=, 4);
}

/* The chosen are always among them, and so are the most frequent of very many. */
static void
test_many (void)
{
  g_autoptr (PhSnapshot) snapshot = make_crowd (20000, 9);
  const PhColumn *const none[] = { NULL };
  const PhFilterContext context = { none, &numeric };
  const guint64 ports = G_GUINT64_CONSTANT (1) << 7;
  g_autoptr (PhFacets) facets = ph_facets_count (snapshot, NULL, "lport:65000 -lport:1", &context, ports, NULL);
  const PhFacet *facet = &facets->facets[0];
  gboolean included = FALSE, excluded = FALSE;

  g_assert_cmpuint (facets->n_facets, ==, 1);
  g_assert_cmpstr (facet->field->field, ==, "lport");
  g_assert_cmpuint (facet->n_distinct, >, 1900);
  g_assert_cmpuint (facet->n_values, <=, PH_FACET_VALUES_MAX + 2);
  for (guint i = 0; i < facet->n_values; i++)
    {
      included |= facet->values[i].choice == PH_FILTER_INCLUDED && strcmp (facet->values[i].value, "65000") == 0;
      excluded |= facet->values[i].choice == PH_FILTER_EXCLUDED && strcmp (facet->values[i].value, "1") == 0;
    }
  g_assert_true (included && excluded);
}

static void
test_stop (void)
{
  g_autoptr (PhSnapshot) snapshot = make_crowd (10, 1);
  const PhColumn *const none[] = { NULL };
  const PhFilterContext context = { none, &numeric };
  const gint stop = TRUE;

  g_assert_null (ph_facets_count (snapshot, NULL, "", &context, G_MAXUINT64, &stop));
}

static void
test_flags (void)
{
  g_assert_cmpuint (ph_facets_flags (&ph_socket_schema, 0), ==, 0);
  g_assert_cmpuint (ph_facets_flags (&ph_socket_schema, 1) & PH_COLUMN_OWNER, ==, 0);
  g_assert_cmpuint (ph_facets_flags (&ph_socket_schema, G_MAXUINT64) & PH_COLUMN_OWNER, ==, PH_COLUMN_OWNER);
}

/* Told, not judged: machines differ. That it is linear is. */
static void
test_cost (void)
{
  const PhColumn *const none[] = { NULL };
  const PhFilterContext context = { none, &numeric };
  double cost[2];

  for (guint i = 0; i < 2; i++)
    {
      const guint n = i == 0 ? 8000 : 80000;
      g_autoptr (PhSnapshot) snapshot = make_crowd (n, 3);
      gint64 began = cpu_time ();

      for (guint turn = 0; turn < 3; turn++)
        ph_facets_free (ph_facets_count (snapshot, NULL, "-state:close", &context, G_MAXUINT64, NULL));
      cost[i] = (double) (cpu_time () - began) / 3000;
      g_test_message ("%u sockets, all facets: %.1f ms", n, cost[i]);
    }
  g_assert_cmpfloat (cost[1], <, cost[0] * 30);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facet/counts", test_counts);
  g_test_add_func ("/facet/tables", test_tables);
  g_test_add_func ("/facet/nothing", test_nothing);
  g_test_add_func ("/facet/many", test_many);
  g_test_add_func ("/facet/stop", test_stop);
  g_test_add_func ("/facet/flags", test_flags);
  g_test_add_func ("/facet/cost", test_cost);
  return g_test_run ();
}
