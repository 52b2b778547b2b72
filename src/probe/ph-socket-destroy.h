/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SOCK_DESTROY for one socket (sock_diag(7)): the kernel looks it up by its addresses and then compares the cookie, so
 * that a later socket with the same addresses is left alone.
 */
#pragma once

#include "ph-deed.h"
#include "ph-sock-diag.h"

/* False where it would not name exactly one socket: without a cookie of its own, or of another protocol or family. */
bool ph_socket_destroy_build (PhSockDiagMessage *message, const PhSocketId *socket);

PhOutcome ph_socket_destroy (const PhSocketId *socket);

/* What it means that the kernel answered with @errnum; 0: it has agreed. */
PhOutcome ph_socket_destroy_outcome (int errnum);
