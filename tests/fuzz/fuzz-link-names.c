/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame as it is. */
#include "fuzz.h"
#include "ph-link-names.h"

static void
check_link (guint32 index, const char *name, gpointer user_data)
{
  fuzz_assert (index > 0);
  fuzz_assert (*name != '\0' && strlen (name) < PH_LINK_NAME_MAX);
  fuzz_check_text (name);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree void *frame = g_memdup2 (bytes, length);

  ph_decode_link_frame (frame, length, check_link, NULL);
  return 0;
}
