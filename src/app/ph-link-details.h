/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that is known of one interface: what it is, its addresses and multicast groups, a graph of its traffic, and every
 * counter with its meaning.
 */
#pragma once

#include <adwaita.h>

#include "ph-history.h"
#include "ph-link.h"

#define PH_TYPE_LINK_DETAILS (ph_link_details_get_type ())
G_DECLARE_FINAL_TYPE (PhLinkDetails, ph_link_details, PH, LINK_DETAILS, AdwBin)

/* Signal "close": the user wants it away. */

/* @link (only looked at; NULL: none is selected): as of @now_us, the time of its look. @history: borrowed until the
 * next call; NULL: none. A link whose mark is PH_MARK_CLOSED is said to be gone. */
void ph_link_details_show (PhLinkDetails *self, const PhLink *link, const PhHistory *history, gint64 now_us);

/* Everything in it as text, for copying; free with g_free(). */
char *ph_link_details_dup_text (PhLinkDetails *self);
