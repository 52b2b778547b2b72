/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the file of what is known, as one key, one rule and a range of ports: what is understood is written back
 * to the same, what is not is refused with a reason. */
#include "fuzz.h"
#include "ph-known.h"

static void
check_known (const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhKnown) known = ph_known_parse (bytes, length, &error);
  g_autoptr (PhKnown) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  fuzz_assert ((known == NULL) == (error != NULL));
  if (error)
    {
      fuzz_check_text (error->message);
      return;
    }
  for (guint i = 0; i < ph_known_n_entries (known); i++)
    {
      const PhKnownEntry *entry = ph_known_entry (known, i);

      fuzz_check_text (entry->key->owner.name);
      fuzz_assert (entry->first_seen >= 0 && entry->first_seen <= entry->last_seen);
      fuzz_assert (entry->key->port != 0);
      fuzz_assert (ph_known_find (known, entry->key) == entry);
    }
  text = ph_known_to_text (known, &length);
  again = ph_known_parse (text, length, NULL);
  fuzz_assert (again != NULL);
  text_again = ph_known_to_text (again, NULL);
  fuzz_assert (strcmp (text, text_again) == 0);
}

static void
check_line (const char *line)
{
  g_autoptr (PhListenerKey) key = ph_listener_key_parse (line);
  g_autoptr (PhMute) mute = ph_mute_parse (line);
  g_autoptr (GString) text = g_string_new (NULL);

  if (key)
    {
      g_autoptr (PhListenerKey) again = NULL;

      ph_listener_key_append (key, text);
      again = ph_listener_key_parse (text->str);
      fuzz_assert (again && ph_listener_key_equal (key, again));
    }
  g_string_truncate (text, 0);
  if (mute)
    {
      g_autoptr (PhMute) again = NULL;

      ph_mute_append (mute, text);
      again = ph_mute_parse (text->str);
      fuzz_assert (again && ph_mute_equal (mute, again));
      fuzz_check_text (mute->owner.name);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  PhPortRange range = { 1, 1 };

  check_known ((const char *) bytes, length);
  check_line (text);
  ph_port_range_parse_proc ((const char *) bytes, length, &range);
  fuzz_assert (range.low <= range.high);
  return 0;
}
