/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame as it is. */
#include "fuzz-sockets.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  return fuzz_netlink (PH_REQUEST_PACKET, bytes, length);
}
