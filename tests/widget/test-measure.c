/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What "porthole --measure" says is counted right; no display needed. */
#include <string.h>

#include "ph-own-process.h"
#include "ph-samples.h"

static void
test_percentiles (void)
{
  PhSamples samples;

  ph_samples_init (&samples);
  for (gint64 i = 200; i > 0; i--)
    ph_samples_add (&samples, i * 10);
  g_assert_cmpint (ph_samples_percentile (&samples, 50), ==, 1000);
  g_assert_cmpint (ph_samples_percentile (&samples, 99), ==, 1980);
  g_assert_cmpint (ph_samples_percentile (&samples, 100), ==, 2000);
  g_assert_cmpint (ph_samples_percentile (&samples, 0), ==, 10);

  /* One more is the greatest, and in its place. */
  ph_samples_add (&samples, 5000);
  g_assert_cmpint (ph_samples_percentile (&samples, 100), ==, 5000);
  ph_samples_clear (&samples);
}

static void
test_few (void)
{
  PhSamples samples;
  g_autoptr (GString) json = g_string_new (NULL);

  ph_samples_init (&samples);
  g_assert_cmpint (ph_samples_percentile (&samples, 99), ==, 0);
  ph_samples_add (&samples, 1234567);
  g_assert_cmpint (ph_samples_percentile (&samples, 1), ==, 1234567);
  ph_samples_add (&samples, 50);
  g_assert_cmpint (ph_samples_percentile (&samples, 50), ==, 50);
  ph_samples_append_json (&samples, json);
  g_assert_cmpstr (json->str, ==, "{\"p50\": 0.050, \"p99\": 1234.567, \"max\": 1234.567}");
  ph_samples_clear (&samples);
}

static void
test_own_process (void)
{
  gint64 now = g_get_monotonic_time (), started = ph_own_process_start (), cpu = ph_own_process_cpu ();

  g_assert_cmpint (started, >, 0);
  g_assert_cmpint (started, <=, now);
  g_assert_cmpint (now - started, <, 60 * G_USEC_PER_SEC);
  g_assert_cmpuint (ph_own_process_resident (), >, 100 * 1024);
  g_assert_cmpint (cpu, >, 0);
  while (ph_own_process_cpu () == cpu)
    ;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/measure/percentiles", test_percentiles);
  g_test_add_func ("/measure/few", test_few);
  g_test_add_func ("/measure/own-process", test_own_process);
  return g_test_run ();
}
