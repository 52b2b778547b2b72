/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Netlink messages and their attributes (linux/netlink.h struct nlmsghdr, nlattr), read without trust: every length is
 * checked before it is used, and nothing is read beyond the message, not even the padding after the last attribute,
 * which may not be there.
 *
 * libmnl's own loop takes the message's length as rounded up to four, and so may look at up to three bytes too many.
 */
#pragma once

#include <glib.h>
#include <libmnl/libmnl.h>

/* Takes the next message from the front of what is left of a frame. NULL at the end; what cannot be a message is left,
 * so that *@length is 0 only if the frame was whole. */
const struct nlmsghdr *ph_message_next (const guint8 **bytes, gsize *length);

/* Notes where each attribute behind the @header_size bytes of fixed header is: table[type], for types below @n; others
 * are skipped, and of a repeated one the last counts. FALSE: the message is shorter than its header, or an attribute
 * reaches beyond the end. */
gboolean ph_attributes_find (const struct nlmsghdr *message, gsize header_size, const struct nlattr **table, guint n);

/* The same for the attributes inside a nested one. NULL, where it is not there, has none. */
gboolean ph_attributes_inside (const struct nlattr *attribute, const struct nlattr **table, guint n);

/* The same for attributes that stand behind a header of their own (struct rtnexthop). */
gboolean ph_attributes_within (const guint8 *bytes, gsize length, const struct nlattr **table, guint n);

/* The value, if the attribute is there and long enough; else FALSE and *@value is left alone. */
gboolean ph_attribute_u8 (const struct nlattr *attribute, guint8 *value);
gboolean ph_attribute_u32 (const struct nlattr *attribute, guint32 *value);
gboolean ph_attribute_u64 (const struct nlattr *attribute, guint64 *value);

/* Copies as much as both have room for and leaves the rest as it was: for structs that grow from one kernel to the
 * next. FALSE: it is not there. */
gboolean ph_attribute_struct (const struct nlattr *attribute, gpointer target, gsize size);

/* The bytes up to the first NUL. NULL: it is not there, or empty. */
const char *ph_attribute_string (const struct nlattr *attribute, gsize *length);
