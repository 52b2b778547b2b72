/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A socket in a line: its ends, its owner. Pure. */
#pragma once

#include "ph-socket.h"

/* "192.0.2.7:443", "[::1]:80", a Unix path; "—" where there is nothing to be said. Numbers only. Appended. */
void ph_socket_print_local (const PhSocket *socket, GString *text);
void ph_socket_print_remote (const PhSocket *socket, GString *text);

/* "192.0.2.1:5555 → 192.0.2.7:443", or its one end. Appended. */
void ph_socket_print_ends (const PhSocket *socket, GString *text);

/* Who has it: "firefox (PID 4242)", "nginx.service", or why nobody is known. Free with g_free(). */
char *ph_socket_dup_owner (const PhSocket *socket);

/* "firefox (PID 4242)". Free with g_free(). */
char *ph_process_dup_words (const PhProcess *process);
