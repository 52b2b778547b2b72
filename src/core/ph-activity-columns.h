/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the log's schema share: table and fields (ph-activity-columns.c), cells and tips
 * (ph-activity-cells.c). Nothing outside needs it. */
#pragma once

#include "ph-activity.h"

/* PhColumn.format and .explain */
void ph_activity_format_time (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_explain_time (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_format_event (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_explain_event (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_format_local_address (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_format_remote_address (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_format_local_port (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_format_remote_port (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_format_process (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_explain_owner (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_format_owner_note (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_format_rx_bytes (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_format_tx_bytes (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_explain_bytes (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_format_duration (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_explain_duration (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_format_ended (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_explain_ended (gconstpointer record, const PhStyle *style, GString *text);
void ph_activity_format_exposure (gconstpointer record, const PhStyle *style, GString *text);

/* PhColumn.is_none: what happened has no owner, bytes, duration or end, as the coming of an address has none. */
gboolean ph_activity_has_no_owner (gconstpointer record);
gboolean ph_activity_has_no_bytes (gconstpointer record);
gboolean ph_activity_has_no_duration (gconstpointer record);
gboolean ph_activity_has_no_end (gconstpointer record);

/* "docker 4f5a (service)": what the Process cell shows; NULL: nobody is known. */
const char *ph_activity_who (const PhActivity *entry);
