/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first byte chooses the protocol, the next seven are passed over, then comes a frame. */
#include "fuzz-sockets.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  const PhRequestName last = PH_REQUEST_MPTCP6;

  if (length < 8)
    return 0;
  return fuzz_netlink (PH_REQUEST_TCP4 + bytes[0] % (last - PH_REQUEST_TCP4 + 1), bytes + 8, length - 8);
}
