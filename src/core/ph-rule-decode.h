/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From rtnetlink messages to rules. Pure functions: any bytes in, a record or FALSE out. */
#pragma once

#include "ph-attribute.h"
#include "ph-rule.h"
#include "ph-snapshot.h"

/* Decodes an RTM_NEWRULE into @rule (zeroed); strings go to @arena. FALSE: malformed. */
gboolean ph_decode_rule (const struct nlmsghdr *message, PhArena *arena, PhRule *rule);

/* Appends a record for each rule of a NETLINK frame; counts the malformed. */
void ph_decode_rule_frame (PhSnapshot *snapshot, PhRequestName request, const void *bytes, gsize length);
