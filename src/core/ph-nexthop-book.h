/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Next hop objects (ip-nexthop(8), Linux 5.3): a route may name one by its id instead of telling gateway and interface
 * (always so where sysctl net.ipv4.nexthop_compat_mode is 0).
 *
 * Source: RTM_NEWNEXTHOP, linux/nexthop.h.
 */
#pragma once

#include "ph-route.h"
#include "ph-snapshot.h"

typedef struct _PhNexthopBook PhNexthopBook;

PhNexthopBook *ph_nexthop_book_new (void);
void ph_nexthop_book_free (PhNexthopBook *book);

/* Forgets all: objects change and are asked for anew in each collection that needs one. */
void ph_nexthop_book_clear (PhNexthopBook *book);

/* TRUE: @route says nothing but the id of an object. */
gboolean ph_nexthop_book_need (const PhRoute *route);

/* A NETLINK frame of the answer to PH_REQUEST_NEXTHOPS. */
void ph_nexthop_book_take (PhNexthopBook *book, const void *bytes, gsize length);

/* Fills in what the routes of @snapshot lack, and appends a row for each hop of those that point at a group. */
void ph_nexthop_book_resolve (PhNexthopBook *book, PhSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhNexthopBook, ph_nexthop_book_free)
