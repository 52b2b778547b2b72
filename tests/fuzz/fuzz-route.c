/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A length and a frame of routes, then a frame of next hop objects, which those routes may point at. */
#include "fuzz-table.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  FuzzPiece routes = fuzz_take (&bytes, &length, FALSE);
  FuzzPiece nexthops = fuzz_take (&bytes, &length, TRUE);
  g_autoptr (PhSnapshot) snapshot
      = fuzz_collect (&ph_route_topic, G_GUINT64_CONSTANT (1) << PH_REQUEST_ROUTES4, &routes, &nexthops);

  fuzz_look (snapshot);
  g_free (routes.bytes);
  g_free (nexthops.bytes);
  return 0;
}
