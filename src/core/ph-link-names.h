/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Interface names from rtnetlink(7) RTM_NEWLINK messages: what index an interface has, and what it is called. */
#pragma once

#include <glib.h>
#include <libmnl/libmnl.h>

/* Longest name fit to show, with its terminator: IFNAMSIZ is 16, and one byte becomes at most eight. */
#define PH_LINK_NAME_MAX (15 * 8 + 1)

/* FALSE: not a RTM_NEWLINK, or malformed. @name is fit to show. Reads nothing beyond the length in the message. */
gboolean ph_decode_link_name (const struct nlmsghdr *message, guint32 *index, char name[PH_LINK_NAME_MAX]);

typedef void (*PhLinkNameFunc) (guint32 index, const char *name, gpointer user_data);

/* Calls @func for each link in a NETLINK frame of PH_REQUEST_LINKS. Returns how many messages were malformed. */
guint ph_decode_link_frame (const void *bytes, gsize length, PhLinkNameFunc func, gpointer user_data);
