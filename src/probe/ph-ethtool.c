/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two requests of generic netlink, see ph-ethtool.h. */
#include "ph-ethtool.h"

#include <libmnl/libmnl.h>
#include <linux/ethtool_netlink.h>
#include <linux/genetlink.h>

#define CONTROL_VERSION 2

static struct nlmsghdr *
begin (PhEthtoolMessage *message, uint16_t family, uint8_t command, uint8_t version)
{
  struct nlmsghdr *header;
  struct genlmsghdr *generic;

  *message = (PhEthtoolMessage){ .bytes = { 0 } };
  header = mnl_nlmsg_put_header (message->bytes);
  header->nlmsg_type = family;
  generic = mnl_nlmsg_put_extra_header (header, sizeof *generic);
  generic->cmd = command;
  generic->version = version;
  return header;
}

void
ph_ethtool_build_family (PhEthtoolMessage *message)
{
  struct nlmsghdr *header = begin (message, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, CONTROL_VERSION);

  mnl_attr_put_strz (header, CTRL_ATTR_FAMILY_NAME, ETHTOOL_GENL_NAME);
}

uint16_t
ph_ethtool_family (const void *bytes, size_t length)
{
  const struct nlmsghdr *header = bytes;
  const struct nlattr *attribute;

  /* libmnl takes a message for as long as it is with its padding. */
  if (length < sizeof (struct nlmsghdr) + sizeof (struct genlmsghdr) || MNL_ALIGN ((size_t) header->nlmsg_len) > length)
    return 0;
  if (header->nlmsg_type != GENL_ID_CTRL || header->nlmsg_len < sizeof (struct nlmsghdr) + sizeof (struct genlmsghdr))
    return 0;
  mnl_attr_for_each (attribute, header, sizeof (struct genlmsghdr))
    if (mnl_attr_get_type (attribute) == CTRL_ATTR_FAMILY_ID && mnl_attr_get_payload_len (attribute) >= 2)
      return mnl_attr_get_u16 (attribute);
  return 0;
}

/* Bit sets as bits: as lists of names they are ten times as long. */
void
ph_ethtool_build_link_modes (PhEthtoolMessage *message, uint16_t family)
{
  struct nlmsghdr *header = begin (message, family, ETHTOOL_MSG_LINKMODES_GET, ETHTOOL_GENL_VERSION);
  struct nlattr *nest = mnl_attr_nest_start (header, ETHTOOL_A_LINKMODES_HEADER);

  mnl_attr_put_u32 (header, ETHTOOL_A_HEADER_FLAGS, ETHTOOL_FLAG_COMPACT_BITSETS);
  mnl_attr_nest_end (header, nest);
}
