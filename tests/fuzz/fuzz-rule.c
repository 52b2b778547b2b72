/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame of rules. */
#include "fuzz-table.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  FuzzPiece rules = fuzz_take (&bytes, &length, TRUE);
  g_autoptr (PhSnapshot) snapshot
      = fuzz_collect (&ph_rule_topic, G_GUINT64_CONSTANT (1) << PH_REQUEST_RULES4, &rules, NULL);

  fuzz_look (snapshot);
  g_free (rules.bytes);
  return 0;
}
