/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as a filter: parsed, or refused with words that are fit to show and a place inside it; then matched. While
 * it is typed it is completed, wherever the cursor stands. */
#include "fuzz.h"
#include "ph-filter-complete.h"
#include "ph-filter.h"

#include "../unit/socket-samples.h"

static void
complete (const char *text, gsize cursor)
{
  g_autoptr (GPtrArray) candidates = NULL;
  PhFilterSpot spot;

  ph_filter_spot_init (&spot, &ph_socket_schema, text, cursor);
  fuzz_assert (spot.start <= spot.end && spot.end <= strlen (text));
  candidates = ph_filter_complete (&spot, &ph_socket_schema, NULL);
  fuzz_assert (candidates->len <= PH_FILTER_CANDIDATES_MAX);
  ph_filter_spot_clear (&spot);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  static const PhColumn *columns[64];
  static Samples samples;
  const PhStyle style = { .numeric = TRUE };
  const PhFilterContext context = { columns, &style };
  g_autofree char *text = g_malloc0 (length + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFilter) filter = NULL;
  gsize position = 0;

  if (!columns[0])
    {
      samples = samples_make ();
      for (guint i = 0; i < ph_socket_schema.n_columns; i++)
        columns[i] = &ph_socket_schema.columns[i];
    }

  memcpy (text, bytes, length);
  filter = ph_filter_parse (&ph_socket_schema, text, &position, &error);
  fuzz_assert ((filter == NULL) == (error != NULL));
  if (g_utf8_validate (text, -1, NULL))
    for (const char *at = text; at < text + 64; at = g_utf8_next_char (at))
      {
        complete (text, (gsize) (at - text));
        if (*at == '\0')
          break;
      }
  if (error)
    {
      fuzz_check_text (error->message);
      fuzz_assert (strlen (error->message) < 1000);
      gsize start, end;

      fuzz_assert (position <= strlen (text));
      ph_filter_error_span (text, position, &start, &end);
      fuzz_assert (start < end && end <= strlen (text));
      return 0;
    }
  for (const PhSocket *socket = &samples.listener; socket <= &samples.zero; socket++)
    {
      gboolean matches = ph_filter_match (filter, &context, socket);

      fuzz_assert (matches || !ph_filter_is_empty (filter));
      fuzz_assert (matches == ph_filter_match (filter, &context, socket));
    }
  return 0;
}
