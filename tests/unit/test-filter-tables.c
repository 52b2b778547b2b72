/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter language over every table: each of its fields takes what it says it takes, and refuses the rest in words
 * and at the right place; for any filter and any record either it matches or its exclusion does.
 */
#include "recorded.h"
#include "socket-samples.h"

#include "ph-filter-help.h"
#include "ph-filter.h"
#include "ph-topic.h"

static const PhStyle numeric = { .numeric = TRUE };

/* Records that kernels really sent; sockets of all kinds. */
static PhSnapshot *
take_table (const PhTopic *topic)
{
  g_autoptr (PhCollector) collector = NULL;
  guint64 unrecorded = 0;

  if (topic == &ph_socket_topic)
    {
      PhSnapshot *snapshot = ph_snapshot_new (&ph_socket_schema, 1);
      Samples samples = samples_make ();

      for (const PhSocket *socket = &samples.listener; socket <= &samples.zero; socket++)
        memcpy (ph_snapshot_add (snapshot), socket, sizeof *socket);
      return snapshot;
    }
  for (guint request = 0; request < PH_N_REQUESTS; request++)
    {
      g_autofree char *name = g_strconcat (ph_request_name (request), ".phframe", NULL);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        unrecorded |= RECORDED_BIT (request);
    }
  collector = ph_collector_new (topic);
  return recorded_collect (collector, 1, unrecorded, NULL);
}

static PhFilter *
parse (const PhSchema *schema, const char *text)
{
  g_autoptr (GError) error = NULL;
  PhFilter *filter = ph_filter_parse (schema, text, NULL, &error);

  if (!filter)
    g_error ("%s: “%s”: %s", schema->id, text, error->message);
  return filter;
}

static void
assert_bad (const PhSchema *schema, const char *text, PhFilterErrorCode code, gsize wanted)
{
  g_autoptr (GError) error = NULL;
  gsize position = 9999, start, end;
  PhFilter *filter = ph_filter_parse (schema, text, &position, &error);

  if (filter || error->code != (int) code || position != wanted)
    g_error ("%s: “%s”: %s (code %d, at %zu)", schema->id, text, error ? error->message : "accepted",
             error ? error->code : -1, position);
  ph_filter_error_span (text, position, &start, &end);
  g_assert_true (start < end && end <= strlen (text));
}

/* What every field of that kind takes, whatever it is about, and what it does not. */
static const char *const numbers[] = { "0",  "80", "1024-2048", "5-5",   ">0",    ">=80", "<1k",      "<=10", "1.5M",
                                       "2G", "3T", "80,443",    ">5,<3", "\"7\"", "=80",  "=80,=443", "=" };
static const char *const no_numbers[]
    = { ">", "=>5", "=5-6", "==5", "5-4", "5-", "1.", "0x1f", "1e5", "5kk", "+5", "12abc!" };
static const char *const addresses[]
    = { "192.0.2.7", "10.0.0.0/8", "::1", "fe80::/10", "[::1]", "0.0.0.0/0", "::/0", "192.", "::1,10.1.1.1" };
static const char *const texts[]
    = { "eth0", "a,b", "\"a b\"", "ü", "80", "x\"y\"z", "::", "\\", "<b>", "-5", "=eth0", "=", "=\"a b\"", "\"=\"" };
static const char *const never[] = { "", ",", " 80", "\"\"", "\"open" };

static void
try_values (const PhSchema *schema, const char *name, const char *const *values, guint n, guint *count)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *plain = g_strdup_printf ("%s:%s", name, values[i]);
      g_autofree char *excluded = g_strdup_printf ("-%s:%s", name, values[i]);

      ph_filter_unref (parse (schema, plain));
      ph_filter_unref (parse (schema, excluded));
      *count += 2;
    }
}

/* A number that may be shown with its name ("https") takes text, too. */
static gboolean
is_only_number (const PhSchema *schema, const PhFilterFieldHelp *field)
{
  g_autofree char *text = g_strdup_printf ("%s:letters", field->names[0]);
  g_autoptr (PhFilter) filter = ph_filter_parse (schema, text, NULL, NULL);

  return field->takes == PH_FILTER_TAKES_NUMBER && !filter;
}

static void
test_fields (void)
{
  guint good = 0, bad = 0;

  for (guint table = 0; table < PH_N_TABLES; table++)
    {
      const PhSchema *schema = ph_topic (table)->schema;
      guint n, only_numbers = 0;
      g_autofree PhFilterFieldHelp *fields = ph_filter_help_fields (schema, &n);

      for (guint i = 0; i < n; i++)
        for (guint j = 0; fields[i].names[j]; j++)
          {
            const char *name = fields[i].names[j];
            gsize value = strlen (name) + 1;

            for (guint k = 0; k < G_N_ELEMENTS (never); k++, bad++)
              {
                g_autofree char *text = g_strdup_printf ("%s:%s", name, never[k]);

                assert_bad (schema, text, PH_FILTER_ERROR_SYNTAX, value);
              }
            if (fields[i].words)
              {
                g_autofree char *wrong = g_strdup_printf ("%s:no-such-word", name);

                try_values (schema, name, fields[i].words, g_strv_length ((char **) fields[i].words), &good);
                assert_bad (schema, wrong, PH_FILTER_ERROR_VALUE, value);
                bad++;
                continue;
              }
            if (fields[i].takes == PH_FILTER_TAKES_ADDRESS)
              try_values (schema, name, addresses, G_N_ELEMENTS (addresses), &good);
            try_values (schema, name, numbers, G_N_ELEMENTS (numbers), &good);
            if (!is_only_number (schema, &fields[i]))
              {
                try_values (schema, name, texts, G_N_ELEMENTS (texts), &good);
                continue;
              }
            only_numbers++;
            for (guint k = 0; k < G_N_ELEMENTS (no_numbers); k++, bad++)
              {
                g_autofree char *text = g_strdup_printf ("-%s:%s", name, no_numbers[k]);

                assert_bad (schema, text, PH_FILTER_ERROR_VALUE, value + 1);
              }
          }
      g_assert_cmpuint (only_numbers, >, 0);
      assert_bad (schema, "nosuchfield:1", PH_FILTER_ERROR_FIELD, 0);
    }
  g_assert_cmpuint (good, >, 200);
  g_assert_cmpuint (bad, >, 200);
  g_test_message ("%u good texts, %u bad ones", good, bad);
}

/* --- laws --- */

/* A term of a field's kind, or now and then a word; without a "-" before it. */
static char *
random_term (GRand *rand, const PhFilterFieldHelp *fields, guint n)
{
  const PhFilterFieldHelp *field = &fields[g_rand_int_range (rand, 0, (gint32) n)];
  const char *value;

  if (g_rand_int_range (rand, 0, 5) == 0)
    return g_strdup (
        ((const char *[]){ "e", "0", "1", "eth0", "lo", "\"a b\"", "tcp", ".", "::" })[g_rand_int_range (rand, 0, 9)]);
  if (field->words)
    value = field->words[g_rand_int_range (rand, 0, (gint32) g_strv_length ((char **) field->words))];
  else if (field->takes == PH_FILTER_TAKES_ADDRESS && g_rand_boolean (rand))
    value = addresses[g_rand_int_range (rand, 0, G_N_ELEMENTS (addresses))];
  else
    value = numbers[g_rand_int_range (rand, 0, G_N_ELEMENTS (numbers))];
  return g_strdup_printf ("%s:%s", field->names[0], value);
}

/* A record matches a term or its exclusion: never both, never neither. Two terms are an intersection. */
static void
test_laws (void)
{
  for (guint table = 0; table < PH_N_TABLES; table++)
    {
      const PhTopic *topic = ph_topic (table);
      const PhSchema *schema = topic->schema;
      g_autoptr (GRand) rand = g_rand_new_with_seed (table + 1);
      g_autoptr (PhSnapshot) snapshot = NULL;
      g_autofree const PhColumn **columns = g_new0 (const PhColumn *, schema->n_columns + 1);
      const PhFilterContext context = { columns, &numeric };
      guint n, found = 0;
      g_autofree PhFilterFieldHelp *fields = ph_filter_help_fields (schema, &n);

      if (topic->look) /* its records are not collected */
        continue;
      snapshot = take_table (topic);
      for (guint i = 0, shown = 0; i < schema->n_columns; i++)
        if (schema->columns[i].flags & PH_COLUMN_SHOWN)
          columns[shown++] = &schema->columns[i];
      for (guint turn = 0; turn < 1000; turn++)
        {
          g_autofree char *a = random_term (rand, fields, n);
          g_autofree char *b = random_term (rand, fields, n);
          g_autofree char *not_a = g_strconcat ("-", a, NULL);
          g_autofree char *both = g_strconcat (a, " ", b, NULL);
          g_autoptr (PhFilter) is = parse (schema, a), is_not = parse (schema, not_a),
                               other = parse (schema, b), and = parse (schema, both);

          for (guint i = 0; i < 8; i++)
            {
              gconstpointer record = ph_snapshot_record (
                  snapshot, (guint) g_rand_int_range (rand, 0, (gint32) ph_snapshot_n_records (snapshot)));
              gboolean matches = ph_filter_match (is, &context, record);

              if (ph_filter_match (is_not, &context, record) == matches)
                g_error ("%s: “%s” and “%s” say the same", schema->id, a, not_a);
              g_assert_cmpint (ph_filter_match (and, &context, record), ==,
                               matches && ph_filter_match (other, &context, record));
              found += matches ? 1 : 0;
            }
        }
      g_assert_cmpuint (found, >, 0);
    }
}

/* Case does not matter, in all of Unicode: ß is ss, a final sigma a sigma. */
static void
test_case (void)
{
  static const char *const same[][2] = {
    { "straße", "STRASSE" },
    { "ΣΊΣΥΦΟΣ", "σίσυφος" },
    { "MÜLLER", "müller" },
    { "ЖУК", "жук" },
    { "ﬁsh", "FISH" },
    { "Ǆ", "ǆ" },
    { "Å", "å" },
    { "Nginx", "nGINX" },
  };
  static const PhColumn *columns[] = { NULL, NULL };
  const PhFilterContext context = { columns, &numeric };
  Samples samples = samples_make ();

  columns[0] = ph_schema_find_column (&ph_socket_schema, "congestion");
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    for (guint way = 0; way < 2; way++)
      {
        PhProcess process = { .pid = 1, .comm = same[i][way], .exe = "", .cmdline = "" };
        PhOwner owner = { .process = &process };
        g_autofree char *text = g_strdup_printf ("process:%s", same[i][!way]);
        g_autofree char *half = g_strdup_printf ("PROCESS:%s", same[i][way]);
        g_autoptr (PhFilter) filter = parse (&ph_socket_schema, text);
        g_autoptr (PhFilter) itself = parse (&ph_socket_schema, half);
        PhSocket socket = samples.listener;

        socket.owner.owners = &owner;
        socket.owner.n_owners = 1;
        g_assert_true (ph_filter_match (filter, &context, &socket));
        g_assert_true (ph_filter_match (itself, &context, &socket));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-tables/fields", test_fields);
  g_test_add_func ("/filter-tables/laws", test_laws);
  g_test_add_func ("/filter-tables/case", test_case);
  return g_test_run ();
}
