/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From bytes to socket records. Pure functions: any bytes in, a record or FALSE out; they never read past @length.
 *
 * Unknown attributes are skipped, missing ones leave zero, short ones are zero-filled where the kernel lets them grow
 * (tcp_info, SK_MEMINFO) and otherwise ignored. Each of them has a test, a fixture and a fuzzer.
 */
#pragma once

#include <libmnl/libmnl.h>

#include "ph-snapshot.h"
#include "ph-socket.h"

/* Decodes the payload of one sock_diag answer into @socket (zeroed); strings go to @arena. @want is the request's.
 * FALSE: malformed. */
gboolean ph_decode_inet_diag (
    const struct nlmsghdr *message, PhRequestName request, guint32 want, PhArena *arena, PhSocket *socket);
gboolean ph_decode_unix_diag (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket);
gboolean ph_decode_packet_diag (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket);
gboolean ph_decode_netlink_diag (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket);
gboolean ph_decode_vsock_diag (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket);

/* Decodes one line of a /proc/net file (without its newline). FALSE: malformed. Header lines are told apart by
 * ph_proc_line_is_header(). @part is the file's number in PhFrameBegin. */
gboolean ph_proc_line_is_header (PhRequestName request, guint part, const char *line, gsize length);
gboolean ph_decode_proc_line (
    const char *line, gsize length, PhRequestName request, guint part, PhArena *arena, PhSocket *socket);

/* Walks the messages of a NETLINK frame and appends a record for each to @snapshot; malformed ones are counted in its
 * PhLookResult. Likewise the lines of a TEXT frame. */
void ph_decode_netlink_frame (
    PhSnapshot *snapshot, PhRequestName request, guint32 want, const void *bytes, gsize length);
void ph_decode_text_frame (PhSnapshot *snapshot, PhRequestName request, guint part, const void *bytes, gsize length);
