/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the sockets' schema share: table (ph-socket-columns.c), values, cells, tips, filter fields
 * (ph-socket-fields.c), life (ph-socket.c). Nothing outside needs it. */
#pragma once

#include "ph-socket.h"

/* PhColumn.value, .rank and .compare (ph-socket-values.c) */
void ph_socket_value_proto (gconstpointer record, PhValue *value);
void ph_socket_value_family (gconstpointer record, PhValue *value);
void ph_socket_value_local_address (gconstpointer record, PhValue *value);
void ph_socket_value_remote_address (gconstpointer record, PhValue *value);
void ph_socket_value_local_port (gconstpointer record, PhValue *value);
void ph_socket_value_remote_port (gconstpointer record, PhValue *value);
void ph_socket_value_interface (gconstpointer record, PhValue *value);
void ph_socket_value_exposure (gconstpointer record, PhValue *value);
void ph_socket_value_state (gconstpointer record, PhValue *value);
void ph_socket_value_type (gconstpointer record, PhValue *value);
void ph_socket_value_recv_q (gconstpointer record, PhValue *value);
void ph_socket_value_send_q (gconstpointer record, PhValue *value);
void ph_socket_value_inode (gconstpointer record, PhValue *value);
void ph_socket_value_cookie (gconstpointer record, PhValue *value);
void ph_socket_value_mark (gconstpointer record, PhValue *value);
void ph_socket_value_drops (gconstpointer record, PhValue *value);
void ph_socket_value_path (gconstpointer record, PhValue *value);
void ph_socket_value_peer (gconstpointer record, PhValue *value);
void ph_socket_value_timer (gconstpointer record, PhValue *value);
void ph_socket_value_timer_ms (gconstpointer record, PhValue *value);
void ph_socket_value_age (gconstpointer record, PhValue *value);
void ph_socket_value_pid (gconstpointer record, PhValue *value);
void ph_socket_value_process (gconstpointer record, PhValue *value);
void ph_socket_value_owners (gconstpointer record, PhValue *value);
void ph_socket_value_owner_note (gconstpointer record, PhValue *value);
void ph_socket_value_unit (gconstpointer record, PhValue *value);
void ph_socket_value_cgroup (gconstpointer record, PhValue *value);
void ph_socket_value_uid (gconstpointer record, PhValue *value);
void ph_socket_value_user (gconstpointer record, PhValue *value);
void ph_socket_value_rx_rate (gconstpointer record, PhValue *value);
void ph_socket_value_tx_rate (gconstpointer record, PhValue *value);
void ph_socket_value_congestion (gconstpointer record, PhValue *value);
void ph_socket_value_rx_bytes (gconstpointer record, PhValue *value);
void ph_socket_value_tx_bytes (gconstpointer record, PhValue *value);
void ph_socket_value_rtt_us (gconstpointer record, PhValue *value);
void ph_socket_value_min_rtt_us (gconstpointer record, PhValue *value);
void ph_socket_value_retransmits (gconstpointer record, PhValue *value);
void ph_socket_value_cwnd (gconstpointer record, PhValue *value);
void ph_socket_value_delivery_rate (gconstpointer record, PhValue *value);
guint64 ph_socket_rank_local_address (gconstpointer record);
guint64 ph_socket_rank_proto (gconstpointer record);
guint64 ph_socket_rank_exposure (gconstpointer record);
guint64 ph_socket_rank_process (gconstpointer record);
guint64 ph_socket_rank_state (gconstpointer record);
guint64 ph_socket_rank_user (gconstpointer record);
int ph_socket_compare_local_address (gconstpointer a, gconstpointer b);
int ph_socket_compare_process (gconstpointer a, gconstpointer b);
int ph_socket_compare_user (gconstpointer a, gconstpointer b);

/* PhColumn.format (ph-socket-cells.c) */
void ph_socket_format_rx_rate (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_tx_rate (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_rx_bytes (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_tx_bytes (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_rtt_us (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_min_rtt_us (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_delivery_rate (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_mark (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_age (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_local_address (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_remote_address (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_local_port (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_remote_port (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_recv_q (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_process (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_user (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_owners (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_owner_note (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_exposure (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_format_timer (gconstpointer record, const PhStyle *style, GString *text);

/* PhColumn.explain (ph-socket-tips.c) */
void ph_socket_explain_proto (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_explain_local_address (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_explain_remote_address (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_explain_state (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_explain_recv_q (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_explain_send_q (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_explain_owner (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_explain_unit (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_explain_transfer (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_explain_exposure (gconstpointer record, const PhStyle *style, GString *text);
void ph_socket_explain_timer (gconstpointer record, const PhStyle *style, GString *text);

/* The ownership note as a sentence, on a line of its own. */
void ph_socket_explain_note (const PhSocket *socket, GString *text);

/* PhValue.json of the owners: [{"pid": 1, "process": "systemd", "fd": 42}, …] */
void ph_socket_json_owners (gconstpointer record, GString *json);

/* What a connection has carried and how it goes; NULL where that is not reported or means nothing (a listener). */
const PhTcp *ph_socket_transfer (const PhSocket *socket);

/* The kernel answers uid 0 for connections that no process holds any more (TIME_WAIT): that is not root. */
gboolean ph_socket_uid_is_known (const PhSocket *socket);

/* The name that services(5) has ports of this protocol under. */
const char *ph_socket_service_protocol (PhProtocol protocol);

/* TRUE where Recv-Q and Send-Q are an accept queue and its limit. */
gboolean ph_socket_has_accept_queue (const PhSocket *socket);
gboolean ph_socket_accept_queue_is_near_full (const PhSocket *socket); /* 80 % */

/* PhSchema.copy and .advance */
void ph_socket_copy (PhSnapshot *snapshot, gpointer target, gconstpointer source);
void ph_socket_advance (gpointer record, gconstpointer previous, gint64 elapsed_us);

#define PH_SOCKET_N_FIELDS 16
extern const PhFilterField ph_socket_fields[PH_SOCKET_N_FIELDS];
