/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The flags of netstat -r: one letter each, as netstat(8) and route(8) define them, made from what rtnetlink tells as
 * the kernel makes them for /proc/net/route (net/ipv4/fib_trie.c fib_flag_trans()) and /proc/net/ipv6_route, so that
 * both programs show the same.
 *
 * What differs between the two families is theirs: IPv6 has no H, and letters of its own. One thing is left out: there
 * H stands for a route that is "onlink", because two of the kernel's flags have the same number.
 */
#pragma once

#include "ph-route.h"

typedef enum
{
  PH_ROUTE_UP = 1 << 0,         /* U */
  PH_ROUTE_REJECT = 1 << 1,     /* !, instead of U */
  PH_ROUTE_GATEWAY = 1 << 2,    /* G */
  PH_ROUTE_HOST = 1 << 3,       /* H */
  PH_ROUTE_REINSTATED = 1 << 4, /* R: Linux has none */
  PH_ROUTE_DYNAMIC = 1 << 5,    /* D: by a redirect; IPv6: also by a router advertisement */
  PH_ROUTE_ADDRCONF = 1 << 6,   /* A */
  PH_ROUTE_CACHED = 1 << 7,     /* C */
  PH_ROUTE_EXPIRES = 1 << 8,    /* e, IPv6 */
  PH_ROUTE_MODIFIED = 1 << 9,   /* M; m for IPv6 */
  PH_ROUTE_NO_HOP = 1 << 10,    /* n, IPv6 */
} PhRouteFlag;

#define PH_ROUTE_N_FLAGS     11
#define PH_ROUTE_LETTERS_MAX 16

/* PhRouteFlag of a route, or of one of its hops. */
guint ph_route_flags (const PhRoute *route);

/* "UGH", "!H", "UGDAe". */
void ph_route_letters (const PhRoute *route, char letters[PH_ROUTE_LETTERS_MAX]);

/* The letter and what it means, for the flag with the bit (1 << @nth): "G", "Goes through a gateway" (translated). */
char ph_route_flag_letter (guint nth, PhFamily family);
const char *ph_route_flag_sentence (guint nth);
