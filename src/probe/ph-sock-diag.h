/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of socket: how sock_diag(7) is asked for it, and which files of /proc/net serve where that is missing. */
#pragma once

#include <linux/netlink.h>

#include "ph-request.h"

#define PH_SOCK_DIAG_FILES 2

typedef struct
{
  uint8_t family;                        /* AF_* */
  uint16_t protocol;                     /* IPPROTO_*; of the inet families only */
  const char *files[PH_SOCK_DIAG_FILES]; /* below /proc/net, NULL: none */
} PhSocketKind;

/* NULL where @name is no kind of socket. */
const PhSocketKind *ph_socket_kind (PhRequestName name);

/* Room for the longest request. */
typedef union
{
  struct nlmsghdr header;
  uint8_t bytes[128];
} PhSockDiagMessage;

/* Builds the dump request for a kind of socket, with what @want (PhWant) adds to the answers. */
void ph_sock_diag_build (PhSockDiagMessage *message, PhRequestName name, uint32_t want);

/* The request for one socket. False where @id is none that can be asked about: another family, no cookie. */
bool ph_sock_diag_build_one (PhSockDiagMessage *message, const PhSocketId *id, uint32_t want);
