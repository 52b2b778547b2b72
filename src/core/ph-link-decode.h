/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The decoders of what is asked about links. Each takes one message whose length is within what was received, reads
 * nothing beyond it, and makes names fit to show.
 */
#pragma once

#include "ph-arena.h"
#include "ph-attribute.h"
#include "ph-link.h"

/* RTM_NEWLINK with IFLA_STATS64. FALSE: another message, or malformed. @link is zeroed; strings go to @arena. Names of
 * master and link are not known yet. */
gboolean ph_decode_link (const struct nlmsghdr *message, PhArena *arena, PhLink *link);

/* Its IFLA_LINKINFO (NULL: it has none): kind and detail. FALSE: malformed. */
gboolean ph_decode_link_kind (const struct nlattr *attribute, PhArena *arena, PhLink *link);

/* RTM_NEWADDR. FALSE: another message, or malformed, or of another family than IPv4 and IPv6. */
gboolean ph_decode_link_address (const struct nlmsghdr *message, guint32 *index, PhLinkAddress *address);

/* ETHTOOL_MSG_LINKMODES_GET_REPLY of ethtool netlink. FALSE: another message, or malformed. @speed is
 * PH_LINK_SPEED_NONE, @duplex PH_DUPLEX_UNKNOWN where the driver does not know. */
gboolean ph_decode_link_settings (const struct nlmsghdr *message, guint32 *index, guint32 *speed, guint8 *duplex);
