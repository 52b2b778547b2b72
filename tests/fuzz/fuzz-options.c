/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any arguments, separated by NUL, to either program by the parity of their length: options or an error that is fit to
 * show, and whatever comes of them. */
#include "fuzz.h"
#include "ph-filter.h"
#include "ph-listing-columns.h"

#define MAX_ARGUMENTS 64

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree char *text = g_malloc0 (length + 1);
  char *argv[MAX_ARGUMENTS] = { (char *) "porthole-cli" };
  int argc = 1;

  memcpy (text, bytes, length);
  for (size_t at = 0; at < length && argc < MAX_ARGUMENTS; at += strlen (text + at) + 1)
    argv[argc++] = text + at;

  g_autoptr (GError) error = NULL;
  g_autoptr (PhOptions) options
      = ph_options_parse (length % 2 ? PH_PROGRAM_WINDOW : PH_PROGRAM_CLI, argc, argv, &error);

  fuzz_assert ((options == NULL) == (error != NULL));
  if (options == NULL)
    {
      fuzz_check_text (error->message);
      return 0;
    }
  fuzz_assert (ph_options_requests (options) != 0);
  fuzz_assert (options->interval >= 0 && options->measure >= 0);
  fuzz_assert ((guint) options->table < PH_N_TABLES);
  fuzz_assert (options->filter == NULL || g_utf8_validate (options->filter, -1, NULL));
  fuzz_assert (options->route_to == NULL || g_utf8_validate (options->route_to, -1, NULL));

  g_autofree const PhColumn **columns = ph_listing_columns (options, &error);

  fuzz_assert ((columns == NULL) == (error != NULL));
  fuzz_assert (columns != NULL || options->columns != NULL);
  if (error)
    fuzz_check_text (error->message);
  g_clear_error (&error);

  g_autoptr (PhFilter) filter
      = ph_filter_parse (ph_topic (options->table)->schema, ph_options_filter (options), NULL, &error);
  fuzz_assert (filter != NULL);
  return 0;
}
