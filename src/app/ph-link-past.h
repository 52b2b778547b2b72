/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last hour of every interface that there is, so that its graph has a past when it is selected.
 *
 * An interface that is gone is forgotten with its history; so many are remembered and no more.
 */
#pragma once

#include "ph-history.h"
#include "ph-snapshot.h"

/* Some 12 KiB each. Of more interfaces than this the first ones have a past. */
#define PH_LINK_PAST_MAX 512

typedef struct _PhLinkPast PhLinkPast;

PhLinkPast *ph_link_past_new (void);
void ph_link_past_free (PhLinkPast *past);

/* After each look: a snapshot of ph_link_schema. */
void ph_link_past_add (PhLinkPast *past, const PhSnapshot *snapshot);

/* In bits a second: received, sent (PhSeries). Borrowed until the next add; NULL where there is none. @index: of the
 * interface. */
const PhHistory *ph_link_past_find (PhLinkPast *past, guint32 index);
guint ph_link_past_count (PhLinkPast *past);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLinkPast, ph_link_past_free)
