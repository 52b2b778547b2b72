/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A socket in other programs' words, to be pasted behind their names: what finds it there, too. Pure text; names that
 * anybody may choose are quoted so that no shell, and none of these programs, takes them for anything else.
 *
 * Sources: ss(8) and its lexer (misc/ssfilter.y of iproute2), pcap-filter(7).
 */
#pragma once

#include "ph-socket.h"

/* All functions: NULL where there is nothing to say; else free with g_free(). */

/* For ss: "-ta 'src 192.0.2.7:22 and dst 198.51.100.1:5000'". With the options that choose protocol and state, for
 * which the filter itself has no words; the filter is quoted for a shell. NULL: no address, port or path, or a kind of
 * socket that ss has no filter for. */
char *ph_expression_ss (gconstpointer socket);

/* For tcpdump and what else takes a capture filter: "tcp and host 192.0.2.7 and port 22". Both directions; no character
 * in it means anything to a shell. NULL: nothing that a network card would see. */
char *ph_expression_pcap (gconstpointer socket);

/* For our own filter: "pid:812", or "unit:=nginx.service" where only the unit is known: all that is its owner's. */
char *ph_expression_owner (gconstpointer socket);
