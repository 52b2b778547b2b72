/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look before there is a window: at what it will want, and used only for that. No display needed. */
#include "ph-look-ahead.h"

#include "../model/loop.h"
#include "ph-socket.h"

static const PhColumn *const *
columns (const char *first, const char *second)
{
  static const PhColumn *found[3];

  found[0] = ph_schema_find_column (&ph_socket_schema, first);
  found[1] = ph_schema_find_column (&ph_socket_schema, second);
  g_assert_nonnull (found[0]);
  g_assert_nonnull (found[1]);
  return found;
}

/* What is not shown is not asked for. */
static void
test_plan (void)
{
  PhPlan plan;

  ph_look_plan (&plan, &(PhChips){ 0 }, columns ("proto", "local_port"));
  g_assert_false (plan.owners);
  g_assert_false (plan.full_owners);
  g_assert_cmpuint (plan.want & (PH_WANT_TCP_INFO | PH_WANT_MEMORY), ==, 0);
  g_assert_true (plan.want & PH_WANT_BOUND);
  g_assert_cmpuint (plan.requests, ==, ph_chips_to_requests (&(PhChips){ 0 }));
  g_assert_cmpint (plan.mark_new_us, >, 0);
  g_assert_cmpint (plan.keep_closed_us, >, 0);

  ph_look_plan (&plan, &(PhChips){ .kinds = 1 << PH_KIND_TCP }, columns ("process", "rx_rate"));
  g_assert_true (plan.owners);
  g_assert_true (plan.want & PH_WANT_TCP_INFO);
  g_assert_cmpuint (plan.requests, ==, ph_chips_to_requests (&(PhChips){ .kinds = 1 << PH_KIND_TCP }));
}

static void
keep_result (GObject *object, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* When the kernel was asked for what @source brings. */
static gint64
look_time (PhSource *source, const PhPlan *plan)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSnapshot) snapshot = NULL;

  ph_source_collect_async (source, plan, NULL, keep_result, &result);
  RUN_UNTIL (result);
  snapshot = ph_source_collect_finish (source, result, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (snapshot);
  return ph_snapshot_time (snapshot);
}

static void
look_ahead (const char *arguments)
{
  g_auto (GStrv) argv = g_strsplit (arguments, " ", -1);
  g_autoptr (PhOptions) options = ph_options_parse (PH_PROGRAM_WINDOW, (int) g_strv_length (argv), argv, NULL);

  g_assert_nonnull (options);
  ph_look_ahead (options);
}

/* The same question: the answer is there already. */
static void
test_used (void)
{
  g_autoptr (PhSource) source = NULL;
  g_autoptr (PhSource) other = NULL;
  PhPlan plan;
  gint64 now;

  look_ahead ("porthole -at --columns=proto,local_port");
  ph_look_plan (&plan, &(PhChips){ .kinds = 1 << PH_KIND_TCP }, columns ("proto", "local_port"));
  source = ph_look_ahead_take ();
  g_usleep (20000);
  now = g_get_monotonic_time ();
  g_assert_cmpint (look_time (source, &plan), <, now);
  /* Once. */
  g_assert_cmpint (look_time (source, &plan), >=, now);

  other = ph_look_ahead_take ();
  g_assert_true (other != source);
  g_assert_cmpint (look_time (other, &plan), >=, now);
}

/* Another one: nobody sees what was found. */
static void
test_not_used (void)
{
  g_autoptr (PhSource) source = NULL;
  PhPlan plan;
  gint64 now;

  look_ahead ("porthole -at --columns=proto,local_port");
  ph_look_plan (&plan, &(PhChips){ .kinds = 1 << PH_KIND_UDP }, columns ("proto", "local_port"));
  source = ph_look_ahead_take ();
  now = g_get_monotonic_time ();
  g_assert_cmpint (look_time (source, &plan), >=, now);
}

/* Begun and never taken, begun twice, and with nothing but what is remembered: the default columns. */
static void
test_odd (void)
{
  g_autoptr (PhSource) source = NULL;
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  PhPlan plan;
  gint64 now;

  for (guint i = 0; i < ph_socket_schema.n_columns; i++)
    if (ph_socket_schema.columns[i].flags & PH_COLUMN_SHOWN)
      g_ptr_array_add (shown, (gpointer) &ph_socket_schema.columns[i]);
  g_ptr_array_add (shown, NULL);

  look_ahead ("porthole -ax");
  ph_look_ahead (NULL);
  ph_look_plan (&plan, &(PhChips){ 0 }, (const PhColumn *const *) shown->pdata);
  source = ph_look_ahead_take ();
  g_usleep (20000);
  now = g_get_monotonic_time ();
  g_assert_cmpint (look_time (source, &plan), <, now);

  look_ahead ("porthole --columns=nonsense");
  g_object_unref (ph_look_ahead_take ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/look-ahead/plan", test_plan);
  g_test_add_func ("/look-ahead/used", test_used);
  g_test_add_func ("/look-ahead/not-used", test_not_used);
  g_test_add_func ("/look-ahead/odd", test_odd);
  return g_test_run ();
}
