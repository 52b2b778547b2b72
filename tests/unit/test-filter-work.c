/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much work a filter is, counted and not timed: the filter's sources are compiled for this test so that each
 * stretch of code without a branch says that it is gone through. Ten times the text is ten times the work.
 */
#include "socket-samples.h"

#include "ph-filter-complete.h"

static guint64 steps;

/* Called by what the compiler has put in; see "-fsanitize-coverage=trace-pc" of the compilers. */
void __sanitizer_cov_trace_pc (void);
void
__sanitizer_cov_trace_pc (void)
{
  steps++;
}

static void
parse_and_match (const char *text)
{
  static const PhColumn *const none[] = { NULL };
  static const PhStyle style = { .numeric = TRUE };
  const PhFilterContext context = { none, &style };
  g_autoptr (PhFilter) filter = ph_filter_parse (&ph_socket_schema, text, NULL, NULL);
  Samples samples = samples_make ();

  if (filter)
    ph_filter_match (filter, &context, &samples.listener);
}

static void
find_spot (const char *text)
{
  PhFilterSpot spot;

  ph_filter_spot_init (&spot, &ph_socket_schema, text, strlen (text));
  ph_filter_spot_clear (&spot);
}

static guint64
count (void (*work) (const char *text), const char *unit, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, unit);
  steps = 0;
  work (text->str);
  return steps;
}

/* Good texts and bad ones, whose mistake is at the end. */
static const char *const units[] = {
  "a ",
  "port:1-2 ",
  "-process:x ",
  "\"a \\\" b\" ",
  "state:listen,fin ",
  "addr:10.0.0.0/8,::1 ",
  "a:b:c:d:e:",
  "\"",
  "fe80::",
  "xxxxxxxxxx",
  "-",
  ",",
  "port:",
  "ü ",
  "port:1,",
  "\\\\",
  "9999999999",
  "process:\"a\"",
};

static void
test_linear (void)
{
  void (*const works[]) (const char *text) = { parse_and_match, find_spot };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    for (guint j = 0; j < G_N_ELEMENTS (works); j++)
      {
        guint64 little = count (works[j], units[i], 1000), much = count (works[j], units[i], 10000);

        g_assert_cmpuint (little, >, 0);
        if (much > 11 * little)
          g_error ("“%s”: %" G_GUINT64_FORMAT " steps, and for ten times the text %" G_GUINT64_FORMAT, units[i], little,
                   much);
      }
}

/* Values are counted in one walk, however many there are. */
static void
test_values (void)
{
  guint64 taken[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 1);
      g_autoptr (GPtrArray) candidates = NULL;
      PhFilterSpot spot;

      for (guint n = 0; n < (i == 0 ? 3000 : 30000); n++)
        {
          PhSocket *socket = ph_snapshot_add (snapshot);

          socket->head.slot = n;
          socket->inode = n + 1;
        }
      ph_filter_spot_init (&spot, &ph_socket_schema, "inode:", strlen ("inode:"));
      steps = 0;
      candidates = ph_filter_complete (&spot, &ph_socket_schema, snapshot);
      taken[i] = steps;
      g_assert_cmpuint (candidates->len, ==, PH_FILTER_CANDIDATES_MAX);
      ph_filter_spot_clear (&spot);
    }
  g_assert_cmpuint (taken[0], >, 3000);
  g_assert_cmpuint (taken[1], <=, 11 * taken[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-work/linear", test_linear);
  g_test_add_func ("/filter-work/values", test_values);
  return g_test_run ();
}
