/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion of a filter: where the cursor stands, what is proposed, and that what is proposed can be said and found.
 */
#include "recorded.h"
#include "socket-samples.h"

#include "ph-filter-complete.h"
#include "ph-filter-help.h"
#include "ph-topic.h"

/* @marked: a filter with a "|" where the cursor is. */
static void
spot_at (PhFilterSpot *spot, const char *marked)
{
  gsize cursor = strcspn (marked, "|");
  g_autofree char *text = g_strdup_printf ("%.*s%s", (int) cursor, marked, marked + cursor + 1);

  ph_filter_spot_init (spot, &ph_socket_schema, text, cursor);
}

static const struct
{
  const char *marked;
  PhFilterPart part;
  gsize start, end;
  const char *field, *typed;
} spots[] = {
  { "|", PH_FILTER_PART_NONE, 0, 0, NULL, NULL },
  { "| ", PH_FILTER_PART_NONE, 0, 0, NULL, NULL },
  { " |", PH_FILTER_PART_NONE, 0, 0, NULL, NULL },
  { "-|", PH_FILTER_PART_NONE, 0, 0, NULL, NULL },
  { "|port", PH_FILTER_PART_NONE, 0, 0, NULL, NULL },
  { "p|", PH_FILTER_PART_FIELD, 0, 1, NULL, "p" },
  { "po|rt", PH_FILTER_PART_FIELD, 0, 4, NULL, "po" },
  { "PO|", PH_FILTER_PART_FIELD, 0, 2, NULL, "po" },
  { "-po|", PH_FILTER_PART_FIELD, 1, 3, NULL, "po" },
  { "x  po|", PH_FILTER_PART_FIELD, 3, 5, NULL, "po" },
  { "x po|  y", PH_FILTER_PART_FIELD, 2, 4, NULL, "po" },
  { "po|rt:443", PH_FILTER_PART_FIELD, 0, 5, NULL, "po" }, /* with the colon, which the candidate brings */
  { "\"po|", PH_FILTER_PART_NONE, 0, 0, NULL, NULL },
  { "\"a b\" po|", PH_FILTER_PART_FIELD, 6, 8, NULL, "po" },
  { "port:443 |", PH_FILTER_PART_NONE, 0, 0, NULL, NULL },
  { "port:|", PH_FILTER_PART_VALUE, 5, 5, "port", "" },
  { "port:4|", PH_FILTER_PART_VALUE, 5, 6, "port", "4" },
  { "port:4|43", PH_FILTER_PART_VALUE, 5, 8, "port", "4" },
  { "PORT:4|43", PH_FILTER_PART_VALUE, 5, 8, "port", "4" },
  { "port:|443", PH_FILTER_PART_VALUE, 5, 8, "port", "" },
  { "port:443,|", PH_FILTER_PART_VALUE, 9, 9, "port", "" },
  { "port:443,8|0,90", PH_FILTER_PART_VALUE, 9, 11, "port", "8" },
  { "port:44|3,80", PH_FILTER_PART_VALUE, 5, 8, "port", "44" },
  { "-state:li| x", PH_FILTER_PART_VALUE, 7, 9, "state", "li" },
  { "process:\"a b|", PH_FILTER_PART_VALUE, 8, 12, "process", "a b" },
  { "process:\"a b|\" x", PH_FILTER_PART_VALUE, 8, 13, "process", "a b" },
  { "process:\"a,\\\"B|\" x", PH_FILTER_PART_VALUE, 8, 15, "process", "a,\"b" },
  { "process:=|", PH_FILTER_PART_VALUE, 9, 9, "process", "" },
  { "process:=ngi|", PH_FILTER_PART_VALUE, 9, 12, "process", "ngi" },
  { "process:=a,=b|", PH_FILTER_PART_VALUE, 12, 13, "process", "b" },
  { "process:Ü|", PH_FILTER_PART_VALUE, 8, 10, "process", "ü" },
  { "nothing:x|", PH_FILTER_PART_NONE, 0, 0, NULL, NULL },
  { "fe80::1|", PH_FILTER_PART_FIELD, 0, 7, NULL, "fe80::1" }, /* a word: no field begins so */
  { "port:443 nothing:x pid:1|", PH_FILTER_PART_VALUE, 23, 24, "pid", "1" },
};

static void
test_spots (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (spots); i++)
    {
      PhFilterSpot spot;

      spot_at (&spot, spots[i].marked);
      if (spot.part != spots[i].part || spot.start != spots[i].start || spot.end != spots[i].end
          || g_strcmp0 (spot.field, spots[i].field) != 0 || g_strcmp0 (spot.typed, spots[i].typed) != 0)
        g_error ("“%s”: part %d, %zu to %zu, field %s, typed %s", spots[i].marked, spot.part, spot.start, spot.end,
                 spot.field, spot.typed);
      ph_filter_spot_clear (&spot);
    }
}

static char *
propose (const char *marked, PhSnapshot *snapshot)
{
  GString *all = g_string_new (NULL);
  g_autoptr (GPtrArray) candidates = NULL;
  PhFilterSpot spot;

  spot_at (&spot, marked);
  candidates = ph_filter_complete (&spot, &ph_socket_schema, snapshot);
  for (guint i = 0; i < candidates->len; i++)
    {
      const PhFilterCandidate *candidate = candidates->pdata[i];

      g_string_append_printf (all, "%s%s", i > 0 ? " " : "", candidate->text);
      if (candidate->count > 0)
        g_string_append_printf (all, "(%u)", candidate->count);
    }
  ph_filter_spot_clear (&spot);
  return g_string_free (all, FALSE);
}

static void
assert_proposed (const char *marked, PhSnapshot *snapshot, const char *expected)
{
  g_autofree char *all = propose (marked, snapshot);

  if (strcmp (all, expected) != 0)
    g_error ("“%s” proposes “%s”, not “%s”", marked, all, expected);
}

/* The samples, the first of them @times over. */
static PhSnapshot *
take_samples (guint times)
{
  PhSnapshot *snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  Samples samples = samples_make ();

  for (const PhSocket *socket = &samples.listener; socket <= &samples.zero; socket++)
    for (guint n = socket == &samples.listener ? times : 1; n > 0; n--)
      memcpy (ph_snapshot_add (snapshot), socket, sizeof *socket);
  return snapshot;
}

static void
test_candidates (void)
{
  g_autoptr (PhSnapshot) snapshot = take_samples (5);

  assert_proposed ("|", snapshot, "");
  assert_proposed ("por|", snapshot, "port: lport: rport:");
  assert_proposed ("-por|", snapshot, "port: lport: rport:");
  assert_proposed ("local|", snapshot, "local_port: local:");
  assert_proposed ("i|", NULL, "is: iface: inode:");
  assert_proposed ("zz|", snapshot, "");
  assert_proposed ("state:fin|", snapshot, "fin_wait1 fin_wait2");
  assert_proposed ("state:TIME-W|", snapshot, "time_wait");
  assert_proposed ("scope:|", NULL, "any loopback local internet");
  assert_proposed ("is:c|", NULL, "closing closed");
  assert_proposed ("lport:4|", NULL, "");
  assert_proposed ("lport:4|", snapshot, "443(5)");
}

/* Characters that mean something in a filter are written so that they do not. */
static void
test_quotes (void)
{
  static const char *const cases[][2] = {
    { "nginx", "nginx" },   { "a b", "\"a b\"" },       { "a,b", "\"a,b\"" }, { "a\"b", "\"a\\\"b\"" },
    { "a\\b", "a\\b" },     { "a \\b", "\"a \\\\b\"" }, { "", "\"\"" },       { "müller", "müller" },
    { "a\nb", "\"a\nb\"" }, { "-x:y", "-x:y" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *quoted = ph_filter_quote (cases[i][0]);

      g_assert_cmpstr (quoted, ==, cases[i][1]);
    }
}

/* Puts the candidate in its place and asks the filter: it is right, and finds something where values were counted. */
static void
try_candidate (PhSnapshot *snapshot, const char *text, const PhFilterSpot *spot, const PhFilterCandidate *candidate)
{
  static const PhColumn *const none[] = { NULL };
  const PhSchema *schema = ph_snapshot_schema (snapshot);
  const PhStyle style = { .numeric = TRUE };
  const PhFilterContext context = { none, &style };
  g_autofree char *whole = g_strdup_printf ("%.*s%s", (int) spot->start, text, candidate->text);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFilter) filter = ph_filter_parse (schema, whole, NULL, &error);
  guint found = 0;

  if (!filter)
    g_error ("%s: “%s” is proposed, but: %s", schema->id, whole, error->message);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    found += ph_filter_match (filter, &context, ph_snapshot_record (snapshot, i)) ? 1 : 0;
  if (found < candidate->count)
    g_error ("%s: “%s” is said to be there %u times, and is found %u times", schema->id, whole, candidate->count,
             found);
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

/* Records that kernels really sent; sockets of all kinds. */
static PhSnapshot *
take_table (const PhTopic *topic)
{
  g_autoptr (PhCollector) collector = NULL;

  if (topic == &ph_socket_topic)
    return take_samples (3);
  collector = ph_collector_new (topic);
  return recorded_collect (collector, 1, unrecorded (), NULL);
}

/* Every field of every table. */
static void
test_what_occurs (void)
{
  for (guint table = 0; table < PH_N_TABLES; table++)
    {
      const PhTopic *topic = ph_topic (table);
      g_autofree PhFilterFieldHelp *fields = NULL;
      g_autoptr (PhSnapshot) snapshot = NULL;
      guint n, proposed = 0;

      if (topic->look) /* its records are not collected */
        continue;
      snapshot = take_table (topic);
      fields = ph_filter_help_fields (topic->schema, &n);
      g_assert_cmpuint (ph_snapshot_n_records (snapshot), >, 0);
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *text = g_strconcat (fields[i].names[0], ":", NULL);
          g_autoptr (GPtrArray) candidates = NULL;
          PhFilterSpot spot;

          ph_filter_spot_init (&spot, topic->schema, text, strlen (text));
          g_assert_cmpint (ph_filter_spot_takes_values (&spot, topic->schema), ==, fields[i].words == NULL);
          candidates = ph_filter_complete (&spot, topic->schema, snapshot);
          g_assert_cmpuint (candidates->len, <=, PH_FILTER_CANDIDATES_MAX);
          for (guint j = 0; j < candidates->len; j++)
            try_candidate (snapshot, text, &spot, candidates->pdata[j]);
          for (guint j = 1; j < candidates->len; j++)
            g_assert_cmpuint (((PhFilterCandidate *) candidates->pdata[j])->count, <=,
                              ((PhFilterCandidate *) candidates->pdata[j - 1])->count);
          proposed += candidates->len;
          ph_filter_spot_clear (&spot);
        }
      g_assert_cmpuint (proposed, >, n / 2);
    }
}

/* Of a very large table an even choice is looked at, and no more. */
static void
test_bound (void)
{
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  g_autoptr (GPtrArray) candidates = NULL;
  PhFilterSpot spot;

  for (guint i = 0; i < 4 * PH_FILTER_LOOKED_AT_MAX; i++)
    {
      PhSocket *socket = ph_snapshot_add (snapshot);

      socket->head.slot = i;
      socket->key.protocol = PH_PROTOCOL_TCP;
      socket->key.family = PH_SOCKET_FAMILY_INET;
      socket->inode = i < 2 * PH_FILTER_LOOKED_AT_MAX ? 5 : i;
    }
  spot_at (&spot, "inode:|");
  candidates = ph_filter_complete (&spot, &ph_socket_schema, snapshot);
  g_assert_cmpuint (candidates->len, ==, PH_FILTER_CANDIDATES_MAX);
  g_assert_cmpstr (((PhFilterCandidate *) candidates->pdata[0])->text, ==, "5");
  g_assert_cmpuint (((PhFilterCandidate *) candidates->pdata[0])->count, <=, PH_FILTER_LOOKED_AT_MAX);
  g_assert_cmpuint (((PhFilterCandidate *) candidates->pdata[0])->count, >, PH_FILTER_LOOKED_AT_MAX / 4);
  ph_filter_spot_clear (&spot);
}

/* What is typed may be anything. */
static void
test_garbage (void)
{
  static const char *const pieces[] = { "port", ":", "4", "-", ",", "\"", " ", "\\", "is", "ü", "process:", "x" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  g_autoptr (PhSnapshot) snapshot = take_samples (1);

  for (guint n = 0; n < 20000; n++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) candidates = NULL;
      PhFilterSpot spot;
      gsize cursor;

      for (int i = g_rand_int_range (rand, 0, 9); i > 0; i--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      cursor = (gsize) g_rand_int_range (rand, 0, (gint32) text->len + 1);
      while ((text->str[cursor] & 0xc0) == 0x80)
        cursor--;
      ph_filter_spot_init (&spot, &ph_socket_schema, text->str, cursor);
      g_assert_cmpuint (spot.start, <=, spot.end);
      g_assert_cmpuint (spot.end, <=, text->len);
      if (spot.part != PH_FILTER_PART_NONE)
        g_assert_true (spot.start <= cursor && cursor <= spot.end && g_utf8_validate (spot.typed, -1, NULL));
      candidates = ph_filter_complete (&spot, &ph_socket_schema, snapshot);
      ph_filter_spot_clear (&spot);
    }
}

/* Every field says what it is and every example can be said, in every table. */
static void
test_help (void)
{
  for (guint table = 0; table < PH_N_TABLES; table++)
    {
      const PhSchema *schema = ph_topic (table)->schema;
      guint n_fields, n_examples;
      g_autofree PhFilterFieldHelp *fields = ph_filter_help_fields (schema, &n_fields);
      const PhFilterExample *examples = ph_filter_help_examples (schema, &n_examples);
      g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
      g_autofree char *text = ph_filter_help (schema);

      g_assert_cmpuint (n_examples, >, 1);
      for (guint i = 0; i < n_examples; i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (PhFilter) filter = ph_filter_parse (schema, examples[i].text, NULL, &error);

          g_assert_no_error (error);
          g_assert_nonnull (filter);
          g_assert_nonnull (strstr (text, examples[i].text));
        }
      for (guint i = 0; i < n_fields; i++)
        {
          if (!fields[i].help)
            g_error ("%s: “%s” does not say what it is", schema->id, fields[i].names[0]);
          for (guint j = 0; fields[i].names[j]; j++)
            g_assert_true (g_hash_table_add (names, (gpointer) fields[i].names[j]));
        }
      for (guint i = 0; i < schema->n_fields; i++)
        g_assert_true (g_hash_table_contains (names, schema->fields[i].name));
      for (guint i = 0; i < schema->n_columns; i++)
        g_assert_true (g_hash_table_contains (names, schema->columns[i].id));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-complete/spots", test_spots);
  g_test_add_func ("/filter-complete/candidates", test_candidates);
  g_test_add_func ("/filter-complete/quotes", test_quotes);
  g_test_add_func ("/filter-complete/what-occurs", test_what_occurs);
  g_test_add_func ("/filter-complete/bound", test_bound);
  g_test_add_func ("/filter-complete/garbage", test_garbage);
  g_test_add_func ("/filter-help/tables", test_help);
  return g_test_run ();
}
