/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first byte says where the text is cut into two frames; the rest is rt_tables. */
#include "fuzz.h"
#include "ph-route-names.h"
#include "ph-route.h"

static void
feed (PhRouteNames *names, const PhAsked *asked, const uint8_t *bytes, size_t length)
{
  g_autofree void *frame = g_memdup2 (bytes, length);

  ph_route_names_take (names, asked, PH_FRAME_TEXT, frame, length);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (PhRouteNames) names = ph_route_names_new ();
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_route_schema, 1);
  const PhAsked asked = { .request = PH_REQUEST_ROUTE_TABLES };
  size_t cut;

  if (length < 1)
    return 0;
  cut = MIN (bytes[0], length - 1);
  ph_route_names_begin (names, TRUE);
  feed (names, &asked, bytes + 1, cut);
  feed (names, &asked, bytes + 1 + cut, length - 1 - cut);
  ph_route_names_take (names, &asked, PH_FRAME_END, NULL, 0);
  for (guint32 i = 0; i < 300; i++)
    {
      const char *name = ph_route_names_table (names, i, snapshot);

      fuzz_assert (name != NULL && *name != '\0');
      fuzz_check_text (name);
    }
  return 0;
}
