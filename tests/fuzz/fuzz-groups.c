/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first byte chooses the file, the second where its text is cut in two frames, at the next end of a line. */
#include "fuzz.h"
#include "ph-group.h"

static void
check_group (const PhGroupKey *key, guint32 users, const char *name, gpointer user_data)
{
  guint part = *(const guint *) user_data;

  fuzz_assert (key->interface > 0);
  fuzz_assert (key->address.family == (part == 1 ? PH_FAMILY_IPV6 : PH_FAMILY_IPV4));
  fuzz_assert (*name != '\0' && strlen (name) < PH_LINK_NAME_MAX);
  fuzz_check_text (name);
}

static void
take (PhGroupReader *reader, guint part, const uint8_t *bytes, size_t length)
{
  g_autofree void *frame = g_memdup2 (bytes, length);

  ph_decode_groups (reader, part, frame, length, check_group, &part);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  PhGroupReader reader = { 0 };
  const uint8_t *newline;
  size_t cut;
  guint part;

  if (length < 2)
    return 0;
  part = bytes[0] & 1;
  cut = bytes[1];
  bytes += 2;
  length -= 2;
  cut = MIN (cut, length);
  newline = memchr (bytes + cut, '\n', length - cut);
  cut = newline ? (size_t) (newline + 1 - bytes) : length;
  take (&reader, part, bytes, cut);
  take (&reader, part, bytes + cut, length - cut);
  return 0;
}
