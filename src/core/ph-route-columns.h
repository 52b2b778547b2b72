/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the routes' schema share: table (ph-route-columns.c), values, cells and tips, life (ph-route.c).
 * Nothing outside needs it. */
#pragma once

#include "ph-route.h"

/* PhColumn.value and .rank (ph-route-values.c) */
void ph_route_value_family (gconstpointer record, PhValue *value);
void ph_route_value_destination (gconstpointer record, PhValue *value);
void ph_route_value_prefix_length (gconstpointer record, PhValue *value);
void ph_route_value_gateway (gconstpointer record, PhValue *value);
void ph_route_value_genmask (gconstpointer record, PhValue *value);
void ph_route_value_flags (gconstpointer record, PhValue *value);
void ph_route_value_mss (gconstpointer record, PhValue *value);
void ph_route_value_window (gconstpointer record, PhValue *value);
void ph_route_value_irtt (gconstpointer record, PhValue *value);
void ph_route_value_interface (gconstpointer record, PhValue *value);
void ph_route_value_metric (gconstpointer record, PhValue *value);
void ph_route_value_table (gconstpointer record, PhValue *value);
void ph_route_value_protocol (gconstpointer record, PhValue *value);
void ph_route_value_scope (gconstpointer record, PhValue *value);
void ph_route_value_type (gconstpointer record, PhValue *value);
void ph_route_value_source (gconstpointer record, PhValue *value);
void ph_route_value_expires (gconstpointer record, PhValue *value);
void ph_route_value_tos (gconstpointer record, PhValue *value);
void ph_route_value_hop (gconstpointer record, PhValue *value);
void ph_route_value_weight (gconstpointer record, PhValue *value);
void ph_route_value_status (gconstpointer record, PhValue *value);
void ph_route_value_encap (gconstpointer record, PhValue *value);
void ph_route_value_pref (gconstpointer record, PhValue *value);
void ph_route_value_from (gconstpointer record, PhValue *value);
void ph_route_value_nexthop (gconstpointer record, PhValue *value);
void ph_route_value_mtu (gconstpointer record, PhValue *value);
void ph_route_value_advmss (gconstpointer record, PhValue *value);
void ph_route_value_hoplimit (gconstpointer record, PhValue *value);
void ph_route_value_cwnd (gconstpointer record, PhValue *value);
void ph_route_value_initcwnd (gconstpointer record, PhValue *value);
void ph_route_value_initrwnd (gconstpointer record, PhValue *value);
void ph_route_value_ssthresh (gconstpointer record, PhValue *value);
void ph_route_value_rttvar (gconstpointer record, PhValue *value);
void ph_route_value_rto_min (gconstpointer record, PhValue *value);
void ph_route_value_reordering (gconstpointer record, PhValue *value);
void ph_route_value_quickack (gconstpointer record, PhValue *value);
void ph_route_value_congestion (gconstpointer record, PhValue *value);
guint64 ph_route_rank_table (gconstpointer record);
guint64 ph_route_rank_flags (gconstpointer record);

/* PhColumn.format (ph-route-cells.c) */
void ph_route_format_destination (gconstpointer record, const PhStyle *style, GString *text);
void ph_route_format_gateway (gconstpointer record, const PhStyle *style, GString *text);
void ph_route_format_expires (gconstpointer record, const PhStyle *style, GString *text);
void ph_route_format_tos (gconstpointer record, const PhStyle *style, GString *text);

/* PhColumn.explain (ph-route-cells.c) */
void ph_route_explain_destination (gconstpointer record, const PhStyle *style, GString *text);
void ph_route_explain_gateway (gconstpointer record, const PhStyle *style, GString *text);
void ph_route_explain_genmask (gconstpointer record, const PhStyle *style, GString *text);
void ph_route_explain_flags (gconstpointer record, const PhStyle *style, GString *text);
void ph_route_explain_mss (gconstpointer record, const PhStyle *style, GString *text);
void ph_route_explain_type (gconstpointer record, const PhStyle *style, GString *text);
void ph_route_explain_scope (gconstpointer record, const PhStyle *style, GString *text);
void ph_route_explain_table (gconstpointer record, const PhStyle *style, GString *text);
void ph_route_explain_protocol (gconstpointer record, const PhStyle *style, GString *text);
void ph_route_explain_status (gconstpointer record, const PhStyle *style, GString *text);

/* PhSchema.copy */
void ph_route_copy (PhSnapshot *snapshot, gpointer target, gconstpointer source);

/* Appends the words for RTNH_F_* and RTM_F_*: "dead", "linkdown", "onlink"... */
void ph_route_append_status (const PhRoute *route, GString *text);
