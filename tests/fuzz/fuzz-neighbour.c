/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame of neighbours. */
#include "fuzz-table.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  FuzzPiece neighbours = fuzz_take (&bytes, &length, TRUE);
  g_autoptr (PhSnapshot) snapshot
      = fuzz_collect (&ph_neighbour_topic, G_GUINT64_CONSTANT (1) << PH_REQUEST_NEIGHBOURS, &neighbours, NULL);

  fuzz_look (snapshot);
  g_free (neighbours.bytes);
  return 0;
}
