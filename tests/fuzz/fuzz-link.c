/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first byte chooses what is asked, the rest is a frame of the answer: links with counters, or their settings. */
#include "fuzz.h"
#include "ph-link-decode.h"

static void
check_link (const PhLink *link)
{
  fuzz_assert (link->name != NULL && *link->name != '\0');
  fuzz_assert (link->key.index > 0);
  fuzz_assert (strlen (link->letters) < PH_LINK_LETTERS_MAX);
  fuzz_check_text (link->name);
  fuzz_check_text (link->kind);
  fuzz_check_text (link->detail);
  fuzz_check_text (link->mac);
  fuzz_check_text (link->broadcast);
  fuzz_check_text (link->qdisc);
  fuzz_check_text (link->alias);
  fuzz_assert (ph_link_state_name (link) != NULL);
}

/* Every cell and tip of it can be written. */
static void
check_columns (const PhLink *link)
{
  const PhStyle style = { .numeric = TRUE };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < ph_link_schema.n_columns; i++)
    {
      ph_column_format (&ph_link_schema.columns[i], link, &style, text);
      ph_column_explain (&ph_link_schema.columns[i], link, &style, text);
      ph_column_rank (&ph_link_schema.columns[i], link);
    }
  fuzz_assert (g_utf8_validate (text->str, (gssize) text->len, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  g_autofree guint8 *frame = NULL;
  const struct nlmsghdr *message;
  const guint8 *at;

  if (length < 1)
    return 0;
  frame = g_memdup2 (bytes + 1, length - 1);
  at = frame;
  length--;
  while ((message = ph_message_next (&at, &length)))
    {
      PhLink link = { 0 };
      guint32 index, speed;
      guint8 duplex;

      if (bytes[0] & 1)
        {
          if (ph_decode_link_settings (message, &index, &speed, &duplex))
            fuzz_assert (index != 0 && speed != 0 && duplex <= PH_DUPLEX_FULL);
        }
      else if (ph_decode_link (message, arena, &link))
        {
          link.master = link.link = 0; /* their names come later */
          check_link (&link);
          check_columns (&link);
        }
    }
  return 0;
}
