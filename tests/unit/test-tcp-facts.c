/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of tcp_info: every byte of it is told about, once, in words that fit. */
#include <string.h>

#include "ph-tcp-facts.h"

static const PhTcpFact *
find (const char *id)
{
  for (guint i = 0; i < ph_n_tcp_facts; i++)
    if (g_str_equal (ph_tcp_facts[i].id, id))
      return &ph_tcp_facts[i];
  g_assert_not_reached ();
}

static char *
print (const char *id, const PhTcpInfo *info, PhUnits units)
{
  GString *text = g_string_new (NULL);

  ph_tcp_fact_print (find (id), info, units, text);
  return g_string_free (text, FALSE);
}

static void
assert_prints (const char *id, const PhTcpInfo *info, const char *expected)
{
  g_autofree char *text = print (id, info, 0);

  g_assert_cmpstr (text, ==, expected);
}

/* No hole but where the state is, which the table of sockets tells. */
static void
test_complete (void)
{
  guint8 told[sizeof (PhTcpInfo)] = { 0 };

  for (guint i = 0; i < ph_n_tcp_facts; i++)
    for (guint byte = 0; byte < ph_tcp_facts[i].size; byte++)
      told[ph_tcp_facts[i].offset + byte] = 1;
  for (guint byte = 1; byte < sizeof told; byte++)
    g_assert_true (told[byte]);
}

static void
test_sane (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint group = 0;

  for (guint i = 0; i < ph_n_tcp_facts; i++)
    {
      const PhTcpFact *fact = &ph_tcp_facts[i];

      g_assert_true (g_hash_table_add (ids, (gpointer) fact->id));
      g_assert_true (fact->title && *fact->title && fact->meaning);
      g_assert_true (g_str_has_suffix (fact->meaning, "."));
      g_assert_false (g_str_has_suffix (fact->title, "."));
      g_assert_cmpuint (fact->offset + fact->size, <=, sizeof (PhTcpInfo));
      g_assert_true (fact->size == 1 || fact->size == 2 || fact->size == 4 || fact->size == 8);
      g_assert_true ((fact->unit == PH_TCP_UNIT_WORDS) == (fact->print != NULL));
      g_assert_cmpuint (fact->group, >=, group); /* groups together, in their order */
      group = fact->group;
    }
  g_assert_cmpuint (group, ==, PH_N_TCP_GROUPS - 1);
  for (guint i = 0; i < PH_N_TCP_GROUPS; i++)
    g_assert_cmpstr (ph_tcp_group_title (i), !=, "");
}

/* Any bytes at all come out as text. */
static void
test_any_bytes (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint turn = 0; turn < 2000; turn++)
    {
      PhTcpInfo info;

      for (gsize i = 0; i < sizeof info; i++)
        ((guint8 *) &info)[i] = turn == 0 ? 0 : turn == 1 ? 0xff : (guint8) g_rand_int (random);
      for (guint i = 0; i < ph_n_tcp_facts; i++)
        {
          g_autofree char *text = print (ph_tcp_facts[i].id, &info, turn % 4);

          g_assert_true (*text && g_utf8_validate (text, -1, NULL));
        }
    }
}

static void
test_words (void)
{
  const PhTcpInfo none = { .min_rtt_us = G_MAXUINT32, .pacing_rate = G_MAXUINT64, .snd_ssthresh = 0x7fffffff };
  const PhTcpInfo busy = {
    .ca_state = 3,
    .options = 0x7,
    .wscale = 0x97,
    .limited = 1,
    .rtt_us = 12345,
    .min_rtt_us = 800,
    .last_data_sent_ms = 500,
    .last_data_recv_ms = 65000,
    .snd_cwnd = 10,
    .snd_mss = 1448,
    .snd_wnd = 65536,
    .bytes_received = 1500000,
    .delivery_rate = 2500000,
    .busy_time_us = 2000000,
    .rwnd_limited_us = 500000,
    .accecn_modes = 0x20001,
  };
  g_autofree char *bits = print ("delivery_rate", &busy, PH_UNITS_BITS);

  assert_prints ("rtt", &none, "not measured yet");
  assert_prints ("min_rtt", &none, "not measured yet");
  assert_prints ("pacing_rate", &none, "no limit");
  assert_prints ("snd_ssthresh", &none, "no loss so far");
  assert_prints ("options", &none, "none");
  assert_prints ("rwnd_limited", &none, "0 µs");
  assert_prints ("rtt", &busy, "12.3 ms");
  assert_prints ("min_rtt", &busy, "800 µs");
  assert_prints ("last_data_sent", &busy, "500.0 ms");
  assert_prints ("last_data_recv", &busy, "1 min");
  assert_prints ("snd_cwnd", &busy, "10");
  assert_prints ("notsent_bytes", &busy, "0 B");
  assert_prints ("snd_mss", &busy, "1448 B");
  assert_prints ("snd_wnd", &busy, "65.5 kB");
  assert_prints ("bytes_received", &busy, "1.5 MB");
  assert_prints ("delivery_rate", &busy, "2.5 MB/s");
  g_assert_cmpstr (bits, ==, "20.0 Mbit/s");
  assert_prints ("rwnd_limited", &busy, "500.0 ms (25 %)");
  assert_prints ("options", &busy, "timestamps, SACK, window scaling");
  assert_prints ("wscale", &busy, "× 128 sending, × 512 receiving");
  assert_prints ("delivery_rate_app_limited", &busy, "yes");
  assert_prints ("ca_state", &busy, "Recovery: sends again what is missing, and less at a time");
  assert_prints ("accecn", &busy, "failures 0x1, option 0x2");
}

/* A kernel of 2015 ended behind bytes_received. */
static void
test_older_kernel (void)
{
  g_assert_true (ph_tcp_fact_is_told (find ("rtt"), 136));
  g_assert_true (ph_tcp_fact_is_told (find ("bytes_received"), 136));
  g_assert_false (ph_tcp_fact_is_told (find ("segs_out"), 136));
  g_assert_false (ph_tcp_fact_is_told (find ("rtt"), 0));
  g_assert_true (ph_tcp_fact_is_told (find ("accecn"), sizeof (PhTcpInfo)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp-facts/complete", test_complete);
  g_test_add_func ("/tcp-facts/sane", test_sane);
  g_test_add_func ("/tcp-facts/any-bytes", test_any_bytes);
  g_test_add_func ("/tcp-facts/words", test_words);
  g_test_add_func ("/tcp-facts/older-kernel", test_older_kernel);
  return g_test_run ();
}
