/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IP over Ethernet and all else: the group Ip of /proc/net/snmp. */
#include "ph-meanings.h"

/* clang-format off */
static const PhCounterMeaning entries[] = {
  { "IpForwarding", N_ ("forwarding (1: on, 2: off)"),
    N_ ("Whether this computer passes on packets that are not for itself, as a router does."), "RFC 4293", GAUGE },
};
/* clang-format on */

const PhMeanings ph_meanings_ip = PH_MEANINGS (entries);
