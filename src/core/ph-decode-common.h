/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the decoders of the socket families share: how keys are made, and how numbers are taken over. */
#pragma once

#include "ph-arena.h"
#include "ph-attribute.h"
#include "ph-request.h"
#include "ph-socket.h"

/* The protocol and, for IP, the family that a request lists. */
PhProtocol ph_request_protocol (PhRequestName request);

/* Begins a record: its request and family, rates and user unknown. */
void ph_decode_begin (PhSocket *socket, PhRequestName request, PhSocketFamily family);

/* Sets the key's cookie from the two halves that the kernel sends; where it sends none, as ph_decode_make_cookie(). */
void ph_decode_cookie (PhSocket *socket, const guint32 cookie[2]);

/* Makes a cookie from what else tells this socket apart: the inode, or the addresses where there is no inode. It cannot
 * be mistaken for one of the kernel's, which count up from 1: the top bit is set. */
void ph_decode_make_cookie (PhSocket *socket);

/* The same from the cookie or inode and the addresses together: for SCTP, where many associations share one socket. */
void ph_decode_refine_cookie (PhSocket *socket);

/* An IP socket that no process holds (TIME_WAIT, SYN_RECV, not accepted yet) comes with uid 0 where the kernel does not
 * know its user any more or yet. That is not to say that it is root's. */
void ph_decode_check_user (PhSocket *socket);

/* The kernel's number (include/net/tcp_states.h); PH_STATE_UNKNOWN for one that is not in our list. */
PhSocketState ph_decode_state (guint number);

/* A state of an SCTP association (include/linux/sctp.h enum sctp_state), by the TCP state that netstat's readers know
 * for the same moment. */
PhSocketState ph_decode_sctp_state (guint number);

/* Sets an address with the scope of a link-local one. */
void ph_decode_address (PhAddress *address, PhFamily family, const void *bytes, guint32 interface);

/* Takes an SK_MEMINFO attribute. FALSE: it is not there. */
gboolean ph_decode_memory (PhSocket *socket, PhArena *arena, const struct nlattr *attribute);

/* Names of netlink families (linux/netlink.h): "route", "kobject-uevent"; NULL: none. */
const char *ph_netlink_family_name (guint number);

/* What a netlink socket is bound to: "route:1234", and "route:1234 -> 99" or "... -> group 5" where it has a peer. Port
 * 0 is the kernel. */
const char *ph_netlink_path (PhArena *arena, guint family, guint32 port, guint32 peer_port, guint32 peer_group);

/* What a packet socket listens to: "*" for everything, "ipv4", "0x88b5"; NULL: nothing yet. */
const char *ph_packet_path (PhArena *arena, guint protocol);
