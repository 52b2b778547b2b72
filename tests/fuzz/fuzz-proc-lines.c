/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first byte chooses the file, the rest is its text. */
#include "fuzz-sockets.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  g_autofree void *text = NULL;
  PhRequestName request;

  if (length < 1)
    return 0;
  request = PH_REQUEST_TCP4 + (bytes[0] >> 1) % (PH_REQUEST_LAST_SOCKETS - PH_REQUEST_TCP4 + 1);
  text = g_memdup2 (bytes + 1, length - 1);
  ph_decode_text_frame (snapshot, request, bytes[0] & 1, text, length - 1);
  fuzz_check_snapshot (snapshot, request);
  return 0;
}
