/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look at a table, and words for what it lacks. */
#pragma once

#include "ph-collector.h"
#include "ph-probe.h"

/* NULL where nothing at all could be collected. */
PhSnapshot *ph_cli_collect (PhCollector *collector, PhProbe *probe, const PhPlan *plan);

/* Says what went wrong with @snapshot; FALSE if something did. What this kernel does not have is no error. @told (may
 * be NULL): bits (1 << PhRequestName), changed: what was said of these is not said again before they have been good. */
gboolean ph_cli_report (const PhSnapshot *snapshot, guint64 *told);
