/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the links' schema share: table (ph-link-columns.c), values and cells (ph-link-cells.c), tips
 * (ph-link-tips.c), filter fields (ph-link-fields.c), life (ph-link.c). Nothing outside needs it. */
#pragma once

#include "ph-link.h"

/* PhColumn.value and .rank (ph-link-values.c) */
void ph_link_value_interface (gconstpointer record, PhValue *value);
void ph_link_value_mtu (gconstpointer record, PhValue *value);
void ph_link_value_metric (gconstpointer record, PhValue *value);
void ph_link_value_rx_ok (gconstpointer record, PhValue *value);
void ph_link_value_rx_err (gconstpointer record, PhValue *value);
void ph_link_value_rx_drp (gconstpointer record, PhValue *value);
void ph_link_value_rx_ovr (gconstpointer record, PhValue *value);
void ph_link_value_tx_ok (gconstpointer record, PhValue *value);
void ph_link_value_tx_err (gconstpointer record, PhValue *value);
void ph_link_value_tx_drp (gconstpointer record, PhValue *value);
void ph_link_value_tx_ovr (gconstpointer record, PhValue *value);
void ph_link_value_flags (gconstpointer record, PhValue *value);
void ph_link_value_state (gconstpointer record, PhValue *value);
void ph_link_value_traffic (gconstpointer record, PhValue *value);
void ph_link_value_rx_rate (gconstpointer record, PhValue *value);
void ph_link_value_tx_rate (gconstpointer record, PhValue *value);
void ph_link_value_rx_packet_rate (gconstpointer record, PhValue *value);
void ph_link_value_tx_packet_rate (gconstpointer record, PhValue *value);
void ph_link_value_rx_bytes (gconstpointer record, PhValue *value);
void ph_link_value_tx_bytes (gconstpointer record, PhValue *value);
void ph_link_value_addresses (gconstpointer record, PhValue *value);
void ph_link_value_kind (gconstpointer record, PhValue *value);
void ph_link_value_detail (gconstpointer record, PhValue *value);
void ph_link_value_mac (gconstpointer record, PhValue *value);
void ph_link_value_broadcast (gconstpointer record, PhValue *value);
void ph_link_value_master (gconstpointer record, PhValue *value);
void ph_link_value_link (gconstpointer record, PhValue *value);
void ph_link_value_speed (gconstpointer record, PhValue *value);
void ph_link_value_duplex (gconstpointer record, PhValue *value);
void ph_link_value_qdisc (gconstpointer record, PhValue *value);
void ph_link_value_queue_length (gconstpointer record, PhValue *value);
void ph_link_value_groups (gconstpointer record, PhValue *value);
void ph_link_value_multicast (gconstpointer record, PhValue *value);
void ph_link_value_collisions (gconstpointer record, PhValue *value);
void ph_link_value_carrier_changes (gconstpointer record, PhValue *value);
void ph_link_value_index (gconstpointer record, PhValue *value);
void ph_link_value_alias (gconstpointer record, PhValue *value);
void ph_link_value_link_group (gconstpointer record, PhValue *value);
guint64 ph_link_rank_state (gconstpointer record);
guint64 ph_link_rank_addresses (gconstpointer record);
guint64 ph_link_rank_groups (gconstpointer record);
int ph_link_compare_addresses (gconstpointer a, gconstpointer b);

/* PhColumn.format (ph-link-cells.c) */
void ph_link_format_traffic (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_format_rx_rate (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_format_tx_rate (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_format_rx_packet_rate (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_format_tx_packet_rate (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_format_rx_bytes (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_format_tx_bytes (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_format_addresses (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_format_speed (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_format_groups (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_traces (gconstpointer record, const PhTrace **first, const PhTrace **second);

/* PhColumn.explain (ph-link-tips.c) */
void ph_link_explain_interface (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_metric (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_rx_ok (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_rx_err (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_rx_drp (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_rx_ovr (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_tx_ok (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_tx_err (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_tx_drp (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_tx_ovr (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_rx_bytes (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_tx_bytes (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_multicast (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_collisions (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_flags (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_state (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_traffic (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_addresses (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_kind (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_link (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_speed (gconstpointer record, const PhStyle *style, GString *text);
void ph_link_explain_groups (gconstpointer record, const PhStyle *style, GString *text);

#define PH_LINK_N_FIELDS 8
extern const PhFilterField ph_link_fields[PH_LINK_N_FIELDS];
