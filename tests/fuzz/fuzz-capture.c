/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole capture, as somebody may send it in: read, and its sockets decoded. */
#include "fuzz-sockets.h"
#include "ph-capture.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree guint8 *capture = g_memdup2 (bytes, length);
  PhFrameBegin begin = { 0 };
  const guint8 *payload;
  PhFrameKind kind;
  gsize n, offset = 0;

  while (ph_capture_next (capture, length, &offset, &kind, &payload, &n))
    {
      g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 1);

      fuzz_assert (payload >= capture && (gsize) (payload - capture) % 8 == 0);
      fuzz_assert (n <= length && payload + n <= capture + offset && offset <= length);
      if (kind == PH_FRAME_BEGIN && n >= sizeof begin)
        memcpy (&begin, payload, sizeof begin);
      if (!ph_request_is_sockets (begin.request))
        continue;

      if (kind == PH_FRAME_NETLINK)
        ph_decode_netlink_frame (snapshot, begin.request, PH_WANT_TCP_WHOLE, payload, n);
      else if (kind == PH_FRAME_TEXT)
        ph_decode_text_frame (snapshot, begin.request, begin.part, payload, n);
      fuzz_check_snapshot (snapshot, begin.request);
    }
  return 0;
}
