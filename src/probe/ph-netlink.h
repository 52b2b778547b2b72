/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One netlink dump (RFC 3549, netlink(7)): a request goes out, messages come in until DONE. Or one query: a request
 * goes out, one answer comes in and an acknowledgement.
 *
 * libmnl's mnl_cb_run() is not used: it takes a DONE with an error inside for success and passes over a message that is
 * longer than what was received. Here a dump is whole or it is an error.
 */
#pragma once

#include <linux/netlink.h>

#include "ph-answer.h"

/* The kernel fills at most 32 KiB per receive call for a reader that offers as much (netlink_recvmsg() caps what it
 * remembers of the reader's buffer), and larger ones were measured to gain nothing. But one message alone may be
 * longer: a link may have hundreds of names, each attribute up to 64 KiB of them. */
#define PH_NETLINK_BUFFER 131072

typedef struct
{
  int protocol;      /* NETLINK_SOCK_DIAG, NETLINK_ROUTE, NETLINK_GENERIC */
  int fd;            /* -1: opened by the next dump */
  uint32_t peer;     /* the port that is asked and the only one heard: 0, the kernel; tests speak for another */
  uint32_t sequence; /* of the last request */
  int refusal;       /* the errno that the kernel answered it with, 0: none, whatever else went wrong */
  int idle_ms;       /* longest wait for the next message of the dump */
  int total_ms;      /* longest time for all of it */
  _Alignas(8) uint8_t buffer[PH_NETLINK_BUFFER];
} PhNetlink;

void ph_netlink_init (PhNetlink *netlink, int protocol);

/* Closes the socket; the next dump opens another. */
void ph_netlink_close (PhNetlink *netlink);

/*
 * Sends @request with flags, sequence and port filled in, and gives its answers as NETLINK frames: all messages of this
 * dump, in order, but without the control messages (DONE, ERROR, NOOP). A dump marked interrupted is drained, RESTART
 * is given and it is asked anew, three times; what the last time yields is given in any case, with PH_END_PARTIAL.
 *
 * False on failure, noted in @answer. The socket is closed then, for the kernel may still be in the middle of the dump.
 */
bool ph_netlink_dump (PhNetlink *netlink, struct nlmsghdr *request, PhAnswer *answer);

/*
 * The same for a request that has one answer. It is sent once; where messages were lost it fails with ENOBUFS, for a
 * RESTART would take back the parts that were given before it.
 */
bool ph_netlink_query (PhNetlink *netlink, struct nlmsghdr *request, PhAnswer *answer);
