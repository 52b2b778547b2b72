/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is asked about links besides the links themselves: addresses, multicast groups, speed and duplex. Each question
 * may fail by itself and costs only its own columns; why is noted in the records.
 *
 * To learn speed and duplex the kernel asks every driver, and some ask their hardware. So they are remembered, and
 * asked again when a link came, went or changed its carrier, and now and then.
 */
#pragma once

#include "ph-topic.h"

typedef struct _PhLinkFacts PhLinkFacts;

PhLinkFacts *ph_link_facts_new (void);
void ph_link_facts_free (PhLinkFacts *facts);

/* The next collection begins. */
void ph_link_facts_begin (PhLinkFacts *facts);

/* What is to be asked about the links in @snapshot; FALSE: nothing more. */
gboolean ph_link_facts_next (PhLinkFacts *facts, PhSnapshot *snapshot, gint64 time_us, PhRequest *request);

/* Every frame of the answers. */
void ph_link_facts_take (PhLinkFacts *facts, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length);

/* Everything is answered: writes it into the records. */
void ph_link_facts_finish (PhLinkFacts *facts, PhSnapshot *snapshot);
