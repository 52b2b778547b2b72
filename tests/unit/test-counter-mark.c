/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counters from look to look: rates, the small graph, and what has risen since a mark. */
#include "counters.h"

#include <math.h>

typedef struct
{
  PhCollector *collector;
  Files files;
  gint64 time_us;
  char *text;
} Fixture;

static void
setup (Fixture *f, gconstpointer data)
{
  f->collector = ph_collector_new (&ph_counter_topic);
}

static void
teardown (Fixture *f, gconstpointer data)
{
  ph_collector_free (f->collector);
  g_free (f->text);
}

/* A look one second after the last, at which TcpInSegs is @n. */
static PhSnapshot *
look (Fixture *f, guint mark, guint64 n)
{
  g_free (f->text);
  f->text
      = g_strdup_printf ("Tcp: MaxConn CurrEstab InSegs\nTcp: -1 %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n", n, n);
  f->files.text[PH_REQUEST_SNMP] = f->text;
  f->time_us += SECOND;
  return files_look (&f->files, f->collector, mark, f->time_us);
}

#define SINCE_UNKNOWN G_MAXINT64

static void
check_since (Fixture *f, guint mark, guint64 n, guint64 since)
{
  g_autoptr (PhSnapshot) snapshot = look (f, mark, n);
  const PhCounter *counter = counter_of (snapshot, "TcpInSegs");

  g_assert_cmpuint (counter->total, ==, n);
  if (since == SINCE_UNKNOWN)
    g_assert_cmpuint (counter->flags & PH_COUNTER_SINCE_KNOWN, ==, 0);
  else
    {
      g_assert_cmpuint (counter->flags & PH_COUNTER_SINCE_KNOWN, !=, 0);
      g_assert_cmpuint (counter->since, ==, since);
    }
  g_assert_cmpint (ph_counter_is (counter, PH_COUNTER_IS_RISEN), ==, since > 0 && since != SINCE_UNKNOWN);
}

static void
test_mark (Fixture *f, gconstpointer data)
{
  check_since (f, 0, 100, 100); /* without a mark: since boot */
  check_since (f, 0, 110, 110);
  check_since (f, 1, 120, 0); /* marked: zero is what is read now */
  check_since (f, 1, 125, 5);
  check_since (f, 2, 130, 0); /* marked again */
  check_since (f, 2, 131, 1);
  check_since (f, 0, 140, 140); /* cleared */
  check_since (f, 2, 150, 0);   /* the same number after that is a new mark */
}

/* The very first look may be marked. */
static void
test_mark_first (Fixture *f, gconstpointer data)
{
  check_since (f, 7, 100, 0);
  check_since (f, 7, 101, 1);
}

/* What was counted before a reset stays counted; what fell into it is not known. */
static void
test_reset (Fixture *f, gconstpointer data)
{
  check_since (f, 1, 100, 0);
  check_since (f, 1, 130, 30);
  check_since (f, 1, 5, SINCE_UNKNOWN);
  check_since (f, 1, 7, 32);
  check_since (f, 1, 7, 32);
  check_since (f, 0, 3, 3); /* without a mark there is nothing to subtract */
}

static void
test_extremes (Fixture *f, gconstpointer data)
{
  check_since (f, 1, G_MAXUINT64 - 1, 0);
  check_since (f, 1, G_MAXUINT64, 1);
  check_since (f, 1, 0, SINCE_UNKNOWN);
  check_since (f, 1, 10, 11);
}

/* A failed file keeps its counters, and what they had risen by; a broken group does not lose its mark. */
static void
test_failed (Fixture *f, gconstpointer data)
{
  check_since (f, 1, 100, 0);
  check_since (f, 1, 105, 5);
  f->files.failing = PH_REQUEST_SNMP;
  {
    g_autoptr (PhSnapshot) snapshot = look (f, 1, 0);
    const PhCounter *counter = counter_of (snapshot, "TcpInSegs");

    g_assert_true (ph_counter_is (counter, PH_COUNTER_IS_STALE));
    g_assert_cmpuint (counter->total, ==, 105);
    g_assert_cmpuint (counter->since, ==, 5);
  }
  f->files.failing = PH_REQUEST_NONE;
  {
    g_autoptr (PhSnapshot) snapshot = NULL;

    f->files.text[PH_REQUEST_SNMP] = "Tcp: InSegs\nTcp: x\n";
    snapshot = files_look (&f->files, f->collector, 1, f->time_us += SECOND);
    g_assert_null (ph_counter_find (snapshot, "TcpInSegs"));
  }
  check_since (f, 1, 109, 9);
}

/* A mark that is set while a file fails: the zero is what is read next, not what was read long before. */
static void
test_mark_failed (Fixture *f, gconstpointer data)
{
  check_since (f, 0, 100, 100);
  f->files.failing = PH_REQUEST_SNMP;
  {
    g_autoptr (PhSnapshot) snapshot = look (f, 1, 0);
    const PhCounter *counter = counter_of (snapshot, "TcpInSegs");

    g_assert_cmpuint (counter->total, ==, 100);
    g_assert_cmpuint (counter->flags & PH_COUNTER_SINCE_KNOWN, ==, 0);
  }
  f->files.failing = PH_REQUEST_NONE;
  check_since (f, 1, 150, 0);
  check_since (f, 1, 151, 1);
}

/* Names that nobody has heard of do not pile up. */
static void
test_many_names (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GString) names = g_string_new ("TcpExt:");
      g_autoptr (GString) values = g_string_new ("TcpExt:");
      g_autoptr (PhSnapshot) snapshot = NULL;
      g_autofree char *text = NULL;
      guint n_known = 0;

      for (guint j = 0; j < 3000; j++)
        {
          g_string_append_printf (names, " Name%u", i * 3000 + j);
          g_string_append (values, " 1");
        }
      f->files.text[PH_REQUEST_NETSTAT] = text = g_strdup_printf ("%s\n%s\n", names->str, values->str);
      snapshot = files_look (&f->files, f->collector, 1, f->time_us += SECOND);
      for (guint j = 0; j < ph_snapshot_n_records (snapshot); j++)
        {
          const PhCounter *counter = ph_snapshot_record (snapshot, j);

          n_known += (counter->flags & PH_COUNTER_SINCE_KNOWN) != 0;
        }
      g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 3000);
      g_assert_cmpuint (n_known, ==, i == 0 ? 3000 : i == 1 ? 1096 : 0);
      f->files.text[PH_REQUEST_NETSTAT] = NULL;
    }
}

/* A counter that turns up after the mark began at zero, if its file was read at the mark; else nothing is known. */
static void
test_later (Fixture *f, gconstpointer data)
{
  Files *files = &f->files;
  g_autoptr (PhSnapshot) marked = NULL;
  g_autoptr (PhSnapshot) later = NULL;

  files->text[PH_REQUEST_SNMP] = "Tcp: InSegs\nTcp: 1\n";
  files->text[PH_REQUEST_NETSTAT] = "IpExt: InOctets\nIpExt: 5\n";
  files->failing = PH_REQUEST_NETSTAT;
  marked = files_look (files, f->collector, 1, SECOND);
  files->failing = PH_REQUEST_NONE;
  files->text[PH_REQUEST_SNMP] = "IcmpMsg: InType3\nIcmpMsg: 4\nTcp: InSegs\nTcp: 1\n";
  later = files_look (files, f->collector, 1, 2 * SECOND);
  g_assert_cmpuint (counter_of (later, "IcmpMsgInType3")->since, ==, 4);
  g_assert_cmpuint (counter_of (later, "IpExtInOctets")->since, ==, 0);
  g_assert_cmpuint (counter_of (later, "TcpInSegs")->since, ==, 0);
}

static void
check_rate (Fixture *f, guint64 n, double rate, guint n_values)
{
  g_autoptr (PhSnapshot) snapshot = look (f, 0, n);
  const PhCounter *counter = counter_of (snapshot, "TcpInSegs");
  const PhCounter *gauge = counter_of (snapshot, "TcpCurrEstab");

  if (isnan (rate))
    g_assert_true (isnan (counter->rate));
  else
    g_assert_cmpfloat (counter->rate, ==, rate);
  g_assert_cmpuint (counter->trace.n, ==, n_values);
  if (n_values > 0 && !isnan (rate))
    g_assert_cmpfloat (counter->trace.value[n_values - 1], ==, (float) rate);
  g_assert_true (isnan (gauge->rate));
  g_assert_cmpuint (gauge->trace.n, ==, 0);
  g_assert_cmpuint (gauge->flags & PH_COUNTER_SINCE_KNOWN, ==, 0);
}

static void
test_rates (Fixture *f, gconstpointer data)
{
  check_rate (f, 100, NAN, 0);
  check_rate (f, 150, 50, 1);
  f->time_us += SECOND;
  check_rate (f, 151, 0.5, 2);
  check_rate (f, 151, 0, 3);
  check_rate (f, 3, NAN, 4); /* went back: no spike */
  check_rate (f, 5, 2, 5);
  for (guint i = 6; i < 100; i++)
    check_rate (f, i, 1, MIN (i, PH_TRACE_MAX));
}

/* When an interface goes, the totals go back: no spike, and what was counted since the mark stays. */
static void
test_link_goes (Fixture *f, gconstpointer data)
{
  const struct rtnl_link_stats64 stay = { .rx_bytes = 100 };
  const struct rtnl_link_stats64 go = { .rx_bytes = 5000 };
  g_autoptr (PhSnapshot) first = NULL;
  g_autoptr (PhSnapshot) second = NULL;
  const PhCounter *counter;

  files_add_link (&f->files, 0, &stay);
  files_add_link (&f->files, 0, &go);
  first = files_look (&f->files, f->collector, 1, SECOND);
  g_byte_array_set_size (f->files.links, 0);
  files_add_link (&f->files, 0, &stay);
  second = files_look (&f->files, f->collector, 1, 2 * SECOND);
  counter = counter_of (second, "IfInOctets");
  g_assert_cmpuint (counter->total, ==, 100);
  g_assert_true (isnan (counter->rate));
  g_assert_cmpuint (counter->flags & PH_COUNTER_SINCE_KNOWN, ==, 0);
  g_byte_array_unref (g_steal_pointer (&f->files.links));
}

static void
test_requests (Fixture *f, gconstpointer data)
{
  static const PhRequestName expected[]
      = { PH_REQUEST_LINK_STATS, PH_REQUEST_SNMP,     PH_REQUEST_NETSTAT,  PH_REQUEST_SNMP6,
          PH_REQUEST_SCTP_SNMP,  PH_REQUEST_SOCKSTAT, PH_REQUEST_SOCKSTAT6 };
  PhRequest request;
  guint n = 0;

  g_assert_true (ph_topic (PH_TABLE_COUNTERS) == &ph_counter_topic);
  ph_collector_begin (f->collector, &(PhPlan){ .requests = PH_PLAN_ALL });
  while (ph_collector_next (f->collector, &request))
    {
      const PhFrameBegin begin = { .request = (guint16) request.name };

      g_assert_cmpuint (n, <, G_N_ELEMENTS (expected));
      g_assert_cmpstr (ph_request_name (request.name), ==, ph_request_name (expected[n++]));
      ph_collector_sink (f->collector, PH_FRAME_BEGIN, &begin, sizeof begin);
      files_end (f->collector, PH_ERROR_UNSUPPORTED, 0);
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
  ph_snapshot_unref (ph_collector_end (f->collector));
}

/* Unknown counters keep words that live with their snapshot, also when they are carried over. */
static void
test_words_live (Fixture *f, gconstpointer data)
{
  g_autoptr (PhSnapshot) second = NULL;

  f->files.text[PH_REQUEST_NETSTAT] = "TcpExt: BrandNew\nTcpExt: 5\nIcmpMsg: InType200\nIcmpMsg: 1\n";
  ph_snapshot_unref (files_look (&f->files, f->collector, 0, SECOND));
  f->files.failing = PH_REQUEST_NETSTAT;
  second = files_look (&f->files, f->collector, 0, 2 * SECOND);
  g_clear_pointer (&f->collector, ph_collector_free);
  g_assert_cmpstr (counter_of (second, "TcpExtBrandNew")->words, ==, "Brand new");
  g_assert_cmpstr (counter_of (second, "IcmpMsgInType200")->words, ==, "Messages of type 200 received");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/counter-mark/mark", test_mark },
    { "/counter-mark/mark-first", test_mark_first },
    { "/counter-mark/reset", test_reset },
    { "/counter-mark/extremes", test_extremes },
    { "/counter-mark/failed", test_failed },
    { "/counter-mark/later", test_later },
    { "/counter-mark/mark-failed", test_mark_failed },
    { "/counter-mark/many-names", test_many_names },
    { "/counter-mark/rates", test_rates },
    { "/counter-mark/link-goes", test_link_goes },
    { "/counter-mark/requests", test_requests },
    { "/counter-mark/words-live", test_words_live },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, setup, tests[i].test, teardown);
  return g_test_run ();
}
