/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as a filter: parsed, or refused with words that are fit to show and a place inside it; then matched. While
 * it is typed it is completed, wherever the cursor stands; and clicks change it, whatever stands there. */
#include "fuzz.h"
#include "ph-filter-complete.h"
#include "ph-filter-edit.h"
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

/* A value comes and goes; what was right stays right. */
static void
edit (const char *text, gboolean right)
{
  static const char *const values[][2] = { { "process", "=\"a b\"" }, { "proto", "tcp" }, { "lport", "443" } };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (PhFilterChoice choice = PH_FILTER_OPEN; choice <= PH_FILTER_EXCLUDED; choice++)
      {
        const char *field = values[i][0], *value = values[i][1];
        g_autofree char *edited = ph_filter_edit_set (&ph_socket_schema, text, field, value, choice);
        g_autofree char *only = ph_filter_edit_only (&ph_socket_schema, edited, field, value);
        g_autoptr (PhFilter) filter = ph_filter_parse (&ph_socket_schema, edited, NULL, NULL);

        fuzz_assert (ph_filter_edit_get (&ph_socket_schema, edited, field, value) == choice);
        fuzz_assert (ph_filter_edit_get (&ph_socket_schema, only, field, value) == PH_FILTER_INCLUDED);
        fuzz_assert (!right || filter);
      }
}

/* One term after the other is taken away, until there is none. */
static void
take_apart (const char *text)
{
  g_autofree char *rest = g_strdup (text);
  g_autoptr (GPtrArray) spans = ph_filter_edit_split (text);

  for (guint n = spans->len; n-- > 0;)
    {
      const PhFilterSpan *span = spans->pdata[n];
      char *less = ph_filter_edit_remove (rest, n);

      fuzz_assert (span->start < span->end && span->end <= strlen (rest));
      g_free (rest);
      rest = less;
    }
  fuzz_assert (rest[strspn (rest, " \t\n\v\f\r")] == '\0');
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
    {
      edit (text, filter != NULL);
      if (length < 256)
        take_apart (text);
      for (const char *at = text; at < text + 64; at = g_utf8_next_char (at))
        {
          complete (text, (gsize) (at - text));
          if (*at == '\0')
            break;
        }
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
