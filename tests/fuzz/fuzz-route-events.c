/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame as it is. */
#include "fuzz.h"
#include "ph-route-events.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree void *frame = g_memdup2 (bytes, length);

  fuzz_assert ((ph_route_events_kinds (frame, length) & ~(guint) PH_EVENT_ALL_ROUTING) == 0);
  return 0;
}
