/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rates of a link from two looks: counters that go back, looks that are too close or too far apart, links that are
 * renamed, and others that get the same index. */
#include <glib.h>
#include <math.h>

#include "ph-linker.h"
#include "ph-link.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

/* As the decoder leaves it. */
static PhLink
look (guint64 rx_bytes, guint64 tx_bytes, guint64 rx_packets, guint64 tx_packets)
{
  PhLink link = { .name = "eth0", .kind = "ether", .mac = "02:00:00:00:00:01", .type = 1, .has_stats = TRUE };

  link.stats.rx_bytes = link.base.rx_bytes = rx_bytes;
  link.stats.tx_bytes = link.base.tx_bytes = tx_bytes;
  link.stats.rx_packets = link.base.rx_packets = rx_packets;
  link.stats.tx_packets = link.base.tx_packets = tx_packets;
  link.rate = (PhLinkRate){ NAN, NAN, NAN, NAN };
  return link;
}

static double
last_of (const PhTrace *trace)
{
  g_assert_cmpuint (trace->n, >, 0);
  return trace->value[trace->n - 1];
}

static void
test_rates (void)
{
  const PhLink before = look (1000, 500, 10, 5);
  PhLink link = look (4000, 500, 16, 7);

  ph_link_advance (&link, &before, 2 * SECOND);
  g_assert_cmpfloat (link.rate.rx_bytes, ==, 1500);
  g_assert_cmpfloat (link.rate.tx_bytes, ==, 0);
  g_assert_cmpfloat (link.rate.rx_packets, ==, 3);
  g_assert_cmpfloat (link.rate.tx_packets, ==, 1);
  g_assert_cmpuint (link.rx_trace.n, ==, 1);
  g_assert_cmpfloat (last_of (&link.rx_trace), ==, 1500);
  g_assert_cmpfloat (last_of (&link.tx_trace), ==, 0);
  g_assert_cmpint (link.base.age_us, ==, 0);
  g_assert_cmpint (link.base.usual_us, ==, 2 * SECOND);
  g_assert_cmpuint (link.base.rx_bytes, ==, 4000);
}

/* A trace is full after sixty looks, and stays so. */
static void
test_trace (void)
{
  PhLink link = look (0, 0, 0, 0);

  for (guint64 i = 1; i <= 100; i++)
    {
      const PhLink before = link;

      link = look (i * 100, i * 10, i, i);
      ph_link_advance (&link, &before, SECOND);
      g_assert_cmpuint (link.rx_trace.n, ==, MIN (i, PH_TRACE_MAX));
      g_assert_cmpfloat (ph_trace_peak (&link.rx_trace), ==, 100);
      g_assert_cmpfloat (ph_trace_peak (&link.tx_trace), ==, 10);
    }
}

/* A 32-bit counter of bytes that wraps around is unknown once, and nothing else is. */
static void
test_wrap (void)
{
  const PhLink before = look (4294967000, 1000, 10, 5);
  PhLink link = look (200, 3000, 12, 7);
  PhLink next = look (1200, 3000, 14, 7);

  ph_link_advance (&link, &before, SECOND);
  g_assert_true (isnan (link.rate.rx_bytes));
  g_assert_true (isnan (last_of (&link.rx_trace)));
  g_assert_cmpfloat (link.rate.tx_bytes, ==, 2000);
  g_assert_cmpfloat (link.rate.rx_packets, ==, 2);
  g_assert_cmpfloat (ph_trace_peak (&link.rx_trace), ==, 0);

  ph_link_advance (&next, &link, SECOND);
  g_assert_cmpfloat (next.rate.rx_bytes, ==, 1000);
  g_assert_cmpuint (next.rx_trace.n, ==, 2);
}

/* Set to zero: bytes may have grown past what they were, but packets tell. */
static void
test_reset (void)
{
  const PhLink before = look (1000, 1000, 100, 100);
  PhLink link = look (900000, 500, 99, 100);

  ph_link_advance (&link, &before, SECOND);
  g_assert_true (isnan (link.rate.rx_bytes) && isnan (link.rate.tx_bytes));
  g_assert_true (isnan (link.rate.rx_packets) && isnan (link.rate.tx_packets));
  g_assert_true (isnan (last_of (&link.rx_trace)) && isnan (last_of (&link.tx_trace)));
}

/* Whatever counters do, no rate is negative, infinite, or more than what was counted since. */
static void
test_any_counters (void)
{
  PhLink link = look (0, 0, 0, 0);

  for (guint i = 0; i < 20000; i++)
    {
      const PhLink before = link;
      gint64 elapsed = g_test_rand_int_range (1, 10 * G_USEC_PER_SEC);
      guint64 rx = before.stats.rx_bytes + (guint64) g_test_rand_int_range (-1000, 100000);
      guint64 packets = before.stats.rx_packets + (guint64) g_test_rand_int_range (-1, 100);

      link = look (rx, 0, packets, 0);
      ph_link_advance (&link, &before, elapsed);
      g_assert_true (isnan (link.rate.rx_bytes) || (link.rate.rx_bytes >= 0 && isfinite (link.rate.rx_bytes)));
      if (!isnan (link.rate.rx_bytes) && link.base.age_us == 0)
        {
          g_assert_cmpuint (rx, >=, before.base.rx_bytes);
          g_assert_cmpfloat (link.rate.rx_bytes * (double) (before.base.age_us + elapsed) / G_USEC_PER_SEC, <=,
                             (double) (rx - before.base.rx_bytes) + 1);
        }
      g_assert_cmpfloat (ph_trace_peak (&link.rx_trace), <=, 100000.0 * 40 * 4);
    }
}

/* Two looks a few milliseconds apart: one packet in between is no flood. */
static void
test_close_looks (void)
{
  const PhLink first = look (0, 0, 0, 0);
  PhLink second = look (1000, 0, 1, 0);
  PhLink third = look (2500, 0, 2, 0);
  PhLink fourth = look (3000, 0, 3, 0);

  ph_link_advance (&second, &first, SECOND);
  ph_link_advance (&third, &second, SECOND / 200);
  g_assert_cmpfloat (third.rate.rx_bytes, ==, 1000);
  g_assert_cmpuint (third.rx_trace.n, ==, 1);
  g_assert_cmpint (third.base.age_us, ==, SECOND / 200);

  ph_link_advance (&fourth, &third, SECOND - SECOND / 200);
  g_assert_cmpfloat (fourth.rate.rx_bytes, ==, 2000); /* over the whole second since the second look */
  g_assert_cmpuint (fourth.rx_trace.n, ==, 2);
  g_assert_cmpint (fourth.base.age_us, ==, 0);
}

/* A pause is a gap in the trace; the rate is the mean over it. */
static void
test_pause (void)
{
  PhLink link = look (0, 0, 0, 0);
  PhLink before = link;

  for (guint64 i = 1; i <= 3; i++)
    {
      before = link;
      link = look (i * 1000, 0, i, 0);
      ph_link_advance (&link, &before, SECOND);
    }
  before = link;
  link = look (23000, 0, 23, 0);
  ph_link_advance (&link, &before, 20 * SECOND);
  g_assert_cmpfloat (link.rate.rx_bytes, ==, 1000);
  g_assert_cmpuint (link.rx_trace.n, ==, 4);
  g_assert_true (isnan (last_of (&link.rx_trace)));

  before = link;
  link = look (24000, 0, 24, 0);
  ph_link_advance (&link, &before, SECOND);
  g_assert_cmpfloat (last_of (&link.rx_trace), ==, 1000);
}

/* Somebody who looks each ten seconds has a graph all the same, from the second look on. */
static void
test_slow (void)
{
  PhLink link = look (0, 0, 0, 0);

  for (guint64 i = 1; i <= 10; i++)
    {
      const PhLink before = link;

      link = look (i * 1000, 0, i, 0);
      ph_link_advance (&link, &before, 10 * SECOND);
      g_assert_cmpfloat (last_of (&link.rx_trace), ==, 100);
    }
}

/* --- which link it is --- */

static void
assert_goes_on (const PhLink *before, PhLink link, gboolean expected)
{
  ph_link_advance (&link, before, SECOND);
  g_assert_cmpuint (link.rx_trace.n, ==, expected);
  g_assert_cmpint (isnan (link.rate.rx_bytes) == 0, ==, expected);
}

static void
test_identity (void)
{
  const PhLink before = look (0, 0, 0, 0);
  PhLink bare = look (0, 0, 10, 10);
  PhLink link = look (100, 100, 10, 10);

  assert_goes_on (&before, link, TRUE);
  link.name = "lan0"; /* renamed */
  assert_goes_on (&before, link, TRUE);
  link.mac = "02:00:00:00:00:02"; /* another one */
  assert_goes_on (&before, link, FALSE);
  link.name = "eth0"; /* given another address */
  assert_goes_on (&before, link, TRUE);
  link.kind = "veth";
  assert_goes_on (&before, link, FALSE);
  link.kind = NULL;
  assert_goes_on (&before, link, FALSE);
  link.kind = "ether";
  link.type = 772;
  assert_goes_on (&before, link, FALSE);

  /* With no address to tell by, what was counted must not have shrunk. */
  bare.mac = NULL;
  link = look (100, 100, 10, 10);
  link.mac = NULL;
  link.name = "tun7";
  assert_goes_on (&bare, link, TRUE);
  link.stats.rx_packets = 9;
  assert_goes_on (&bare, link, FALSE);

  link = look (100, 100, 10, 10);
  link.has_stats = FALSE;
  assert_goes_on (&before, link, FALSE);
  link.has_stats = TRUE;
  ph_link_advance (&link, &before, 0);
  g_assert_true (isnan (link.rate.rx_bytes));
}

/* Through snapshots: a renamed link keeps its row, and its graph. */
static void
test_renamed_row (void)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&ph_link_schema);
  guint32 slot = PH_NO_SLOT;

  for (guint i = 0; i < 3; i++)
    {
      PhSnapshot *snapshot = ph_snapshot_new (&ph_link_schema, (i + 1) * SECOND);
      PhLink *link = ph_snapshot_add (snapshot);
      PhLink values = look (i * 100, 0, i, 0);
      const PhLink *found;

      values.key.index = 5;
      values.name = i == 2 ? "lan0" : "eth0";
      values.head.request = PH_REQUEST_LINK_STATS;
      *link = values;
      ph_snapshot_edit_look (snapshot, PH_REQUEST_LINK_STATS)->look = PH_LOOK_GOOD;
      ph_linker_link (linker, snapshot);
      found = ph_snapshot_find (snapshot, &values.key);
      g_assert_true (slot == PH_NO_SLOT || found->head.slot == slot);
      slot = found->head.slot;
      g_assert_cmpuint (found->rx_trace.n, ==, i);
      g_assert_cmpint (found->head.first_seen, ==, SECOND);
      ph_snapshot_unref (snapshot);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/link-rates/rates", test_rates);
  g_test_add_func ("/link-rates/trace", test_trace);
  g_test_add_func ("/link-rates/wrap", test_wrap);
  g_test_add_func ("/link-rates/reset", test_reset);
  g_test_add_func ("/link-rates/any-counters", test_any_counters);
  g_test_add_func ("/link-rates/close-looks", test_close_looks);
  g_test_add_func ("/link-rates/pause", test_pause);
  g_test_add_func ("/link-rates/slow", test_slow);
  g_test_add_func ("/link-rates/identity", test_identity);
  g_test_add_func ("/link-rates/renamed-row", test_renamed_row);
  return g_test_run ();
}
