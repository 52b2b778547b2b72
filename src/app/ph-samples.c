/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorted when asked: adding must cost nothing, it is done while others are being measured. */
#include "ph-samples.h"

void
ph_samples_init (PhSamples *self)
{
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
ph_samples_clear (PhSamples *self)
{
  g_clear_pointer (&self->times, g_array_unref);
}

void
ph_samples_add (PhSamples *self, gint64 us)
{
  g_array_append_val (self->times, us);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

gint64
ph_samples_percentile (PhSamples *self, guint percent)
{
  guint n = self->times->len;
  guint rank = (guint) (((guint64) n * MIN (percent, 100) + 99) / 100);

  if (n == 0)
    return 0;
  g_array_sort (self->times, compare);
  return g_array_index (self->times, gint64, MAX (rank, 1) - 1);
}

void
ph_samples_append_ms (gint64 us, GString *json)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (json, g_ascii_formatd (digits, sizeof digits, "%.3f", (double) us / 1000));
}

void
ph_samples_append_json (PhSamples *self, GString *json)
{
  g_string_append (json, "{\"p50\": ");
  ph_samples_append_ms (ph_samples_percentile (self, 50), json);
  g_string_append (json, ", \"p99\": ");
  ph_samples_append_ms (ph_samples_percentile (self, 99), json);
  g_string_append (json, ", \"max\": ");
  ph_samples_append_ms (ph_samples_percentile (self, 100), json);
  g_string_append_c (json, '}');
}
