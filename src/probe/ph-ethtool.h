/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Link settings by ethtool's family of generic netlink (Linux 5.6, linux/ethtool_netlink.h): speed and duplex. */
#pragma once

#include <linux/netlink.h>
#include <stddef.h>

#include "ph-request.h"

/* Room for the longest request. */
typedef union
{
  struct nlmsghdr header;
  uint8_t bytes[64];
} PhEthtoolMessage;

/* Builds the query for the family's number: generic netlink gives them out as families come. */
void ph_ethtool_build_family (PhEthtoolMessage *message);

/* The number in the answer, whole messages of @length bytes. 0: it is not there. */
uint16_t ph_ethtool_family (const void *bytes, size_t length);

/* Builds the dump of all links' modes. */
void ph_ethtool_build_link_modes (PhEthtoolMessage *message, uint16_t family);
