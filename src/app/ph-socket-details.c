/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The record tells what the table knows, at once; past, report and kin come a moment later and are kept until the next.
 * Facts are the table's own columns where there is one, so that both say the same.
 */
#include "ph-socket-details-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-column-fact.h"
#include "ph-label.h"
#include "ph-socket-words.h"

G_DEFINE_FINAL_TYPE (PhSocketDetails, ph_socket_details, ADW_TYPE_BIN)

enum
{
  SIGNAL_CLOSE,
  SIGNAL_GO,
  SIGNAL_FILTER,
  SIGNAL_OWNER_CHOSEN,
  SIGNAL_MENU,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- the socket --- */

static void
show_header (PhSocketDetails *self, const PhSocket *socket)
{
  g_autofree char *owner = ph_socket_dup_owner (socket);
  g_autoptr (GString) subtitle = g_string_new (NULL);

  g_string_append (subtitle, ph_protocol_label (socket->key.protocol, socket->key.family));
  g_string_append_c (subtitle, ' ');
  ph_socket_print_ends (socket, subtitle);
  ph_label_say (self->title, self->process ? self->process->comm : owner);
  ph_label_say (self->subtitle, subtitle->str);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self->subtitle)), subtitle->str) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->subtitle), subtitle->str);
  gtk_widget_set_visible (self->gone, socket->head.mark == PH_MARK_CLOSED);
}

static gboolean
is_absent (const char *id, const PhSocket *socket)
{
  PhValue value = { 0 };

  ph_schema_find_column (&ph_socket_schema, id)->value (socket, &value);
  return value.kind == PH_VALUE_NONE;
}

static void
show_facts (PhSocketDetails *self, const PhSocket *socket, const PhStyle *style)
{
  /* What is not known of the first ones is worth a word; the others are told where there is something to tell. */
  static const char *const always[] = { "proto", "state", "user", "recv_q", "send_q", "age", "inode" };
  static const char *const ends[] = { "local_address", "local_port", "remote_address", "remote_port" };
  static const char *const maybe[] = { "type",  "path",     "peer",  "exposure", "interface", "rx_bytes", "tx_bytes",
                                       "timer", "timer_ms", "drops", "mark",     "cgroup",    "cookie" };
  gboolean inet = socket->local.family != PH_FAMILY_NONE;

  ph_facts_begin (self->facts);
  ph_column_fact_add (self->facts, &ph_socket_schema, socket, style, NULL, always[0]);
  for (guint i = 0; i < G_N_ELEMENTS (ends) && inet; i++)
    ph_column_fact_add (self->facts, &ph_socket_schema, socket, style, NULL, ends[i]);
  for (guint i = 1; i < G_N_ELEMENTS (always); i++)
    ph_column_fact_add (self->facts, &ph_socket_schema, socket, style, NULL, always[i]);
  for (guint i = 0; i < G_N_ELEMENTS (maybe); i++)
    if (!is_absent (maybe[i], socket))
      ph_column_fact_add (self->facts, &ph_socket_schema, socket, style, NULL, maybe[i]);
  ph_facts_end (self->facts);
}

/* A listener's queue of connections that the program has not accepted yet. */
static void
show_queue (PhSocketDetails *self, const PhSocket *socket, const PhStyle *style)
{
  gboolean has = socket->state == PH_STATE_LISTEN && socket->key.protocol == PH_PROTOCOL_TCP && socket->send_q > 0;
  g_autoptr (GString) words = g_string_new (NULL);

  gtk_widget_set_visible (self->queue, has);
  if (!has)
    return;
  ph_column_explain (ph_schema_find_column (&ph_socket_schema, "recv_q"), socket, style, words);
  ph_label_say (self->queue_words, words->str);
  gtk_level_bar_set_max_value (self->queue_level, socket->send_q);
  gtk_level_bar_set_value (self->queue_level, MIN (socket->recv_q, socket->send_q));
}

static void
show_transfer (PhSocketDetails *self, const PhSocket *socket)
{
  gboolean connection = socket->key.protocol == PH_PROTOCOL_TCP && socket->state != PH_STATE_LISTEN;

  gtk_widget_set_visible (self->graphs, connection && self->past);
  if (self->past)
    {
      ph_graph_show_past (self->traffic, self->past, self->now_us);
      ph_graph_show_past (self->latency, self->past, self->now_us);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->tcp), connection && self->report && self->report->info_length > 0);
  if (self->report && self->report->info_length > 0)
    ph_tcp_list_show (self->tcp, &self->report->info, self->report->info_length, self->report->congestion, self->units);
}

/* --- the whole --- */

static void
forget (PhSocketDetails *self)
{
  ph_graph_show_past (self->traffic, NULL, self->now_us);
  ph_graph_show_past (self->latency, NULL, self->now_us);
  g_clear_pointer (&self->past, ph_past_free);
  g_clear_pointer (&self->report, ph_socket_report_free);
  gtk_widget_set_visible (GTK_WIDGET (self->ties), FALSE);
  gtk_widget_set_visible (self->others, FALSE);
}

/* Another one than before: it begins at its top, and has names of its own for a screen reader. */
static void
show_another (PhSocketDetails *self, const PhSocket *socket)
{
  g_autoptr (GString) ends = g_string_new (NULL);
  g_autofree char *pane = NULL;
  g_autofree char *traffic = NULL;
  g_autofree char *latency = NULL;

  forget (self);
  self->owner = 0;
  self->key = socket->key;
  ph_socket_print_ends (socket, ends);
  /* Translators: %s is a socket: “192.0.2.1:5555 → 192.0.2.7:443” */
  pane = g_strdup_printf (_ ("Details of %s"), ends->str);
  traffic = g_strdup_printf (_ ("Traffic of %s"), ends->str);
  latency = g_strdup_printf (_ ("Round trips of %s"), ends->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, pane, -1);
  ph_graph_set_name (self->traffic, traffic);
  ph_graph_set_name (self->latency, latency);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

static void
close_clicked (PhSocketDetails *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSE], 0);
}

static void
copy_clicked (PhSocketDetails *self)
{
  g_autofree char *text = ph_socket_details_dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
fill_menu (GtkMenuButton *button, gpointer self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_signal_emit (self, signals[SIGNAL_MENU], 0, menu);
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* The widgets of ph-socket-details.ui. */
#define CHILD(name)                                                                                                    \
  {                                                                                                                    \
#name, G_STRUCT_OFFSET(PhSocketDetails, name)                                                                      \
  }
static const struct
{
  const char *name;
  gsize offset;
} children[] = {
  CHILD (icon),         CHILD (title),   CHILD (subtitle),      CHILD (scrolled), CHILD (gone),
  CHILD (menu),         CHILD (owners),  CHILD (process_facts), CHILD (queue),    CHILD (queue_level),
  CHILD (queue_words),  CHILD (ties),    CHILD (connections),   CHILD (listener), CHILD (peer),
  CHILD (graphs),       CHILD (traffic), CHILD (latency),       CHILD (facts),    CHILD (others),
  CHILD (others_title), CHILD (list),    CHILD (tcp),
};
#undef CHILD

static void
build (PhSocketDetails *self)
{
  g_autoptr (GtkBuilderScope) scope = gtk_builder_cscope_new ();
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autoptr (GError) error = NULL;

  g_type_ensure (PH_TYPE_FACTS);
  g_type_ensure (PH_TYPE_GRAPH);
  g_type_ensure (PH_TYPE_SOCKET_LIST);
  g_type_ensure (PH_TYPE_TCP_LIST);
  gtk_builder_cscope_add_callback (GTK_BUILDER_CSCOPE (scope), close_clicked);
  gtk_builder_cscope_add_callback (GTK_BUILDER_CSCOPE (scope), copy_clicked);
  ph_socket_details_add_owner_callbacks (GTK_BUILDER_CSCOPE (scope));
  ph_socket_details_add_kin_callbacks (GTK_BUILDER_CSCOPE (scope));
  gtk_builder_set_scope (builder, scope);
  gtk_builder_set_current_object (builder, G_OBJECT (self));
  if (!gtk_builder_add_from_resource (builder, "/org/porthole/Porthole/ph-socket-details.ui", &error))
    g_error ("%s", error->message);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    G_STRUCT_MEMBER (gpointer, self, children[i].offset) = gtk_builder_get_object (builder, children[i].name);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (gtk_builder_get_object (builder, "content")));
  gtk_menu_button_set_create_popup_func (self->menu, fill_menu, self, NULL);
  self->built = TRUE;
}

void
ph_socket_details_show (PhSocketDetails *self, const PhSocket *socket, PhSnapshot *snapshot, const PhStyle *style)
{
  if (!socket)
    {
      if (self->shows)
        forget (self);
      self->shows = FALSE;
      return;
    }
  if (!self->built)
    build (self);
  self->now_us = ph_snapshot_time (snapshot);
  self->units = style->units;
  if (!self->shows || memcmp (&self->key, &socket->key, sizeof self->key) != 0)
    show_another (self, socket);
  self->shows = TRUE;
  ph_socket_details_choose_process (self, socket);
  show_header (self, socket);
  ph_socket_details_show_owners (self, socket);
  ph_process_facts_show (self->process_facts, socket, self->process, self->report, g_get_real_time () / G_USEC_PER_SEC);
  show_queue (self, socket, style);
  show_facts (self, socket, style);
  show_transfer (self, socket);
}

void
ph_socket_details_take_past (PhSocketDetails *self, PhPast *past)
{
  PhPast *before = self->past;

  if (!self->shows || !past)
    {
      ph_past_free (past);
      return;
    }
  self->past = past;
  ph_graph_show_past (self->traffic, past, self->now_us);
  ph_graph_show_past (self->latency, past, self->now_us);
  ph_past_free (before);
}

/* What a question could not find out any more stays as it was told last. */
void
ph_socket_details_take_report (PhSocketDetails *self, PhSocketReport *report)
{
  if (self->shows && self->report && report->info_length == 0)
    {
      report->info = self->report->info;
      report->info_length = self->report->info_length;
      report->congestion = g_steal_pointer (&self->report->congestion);
    }
  g_clear_pointer (&self->report, ph_socket_report_free);
  if (self->shows)
    self->report = report;
  else
    ph_socket_report_free (report);
}

guint
ph_socket_details_get_owner (PhSocketDetails *self)
{
  return self->owner;
}

const PhProcess *
ph_socket_details_get_process (PhSocketDetails *self)
{
  return self->shows ? self->process : NULL;
}

char *
ph_socket_details_dup_text (PhSocketDetails *self)
{
  g_autofree char *process = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *others = NULL;
  g_autofree char *tcp = NULL;

  if (!self->shows)
    return g_strdup ("");
  process = ph_facts_dup_text (self->process_facts);
  facts = ph_facts_dup_text (self->facts);
  others = gtk_widget_get_visible (self->others) ? ph_socket_list_dup_text (self->list) : g_strdup ("");
  tcp = gtk_widget_get_visible (GTK_WIDGET (self->tcp)) ? ph_tcp_list_dup_text (self->tcp) : g_strdup ("");
  return g_strconcat (gtk_label_get_text (self->title), "\n", gtk_label_get_text (self->subtitle), "\n", process, facts,
                      tcp, others, NULL);
}

/* --- life --- */

static void
ph_socket_details_dispose (GObject *object)
{
  PhSocketDetails *self = PH_SOCKET_DETAILS (object);

  self->shows = FALSE;
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  self->built = FALSE;
  G_OBJECT_CLASS (ph_socket_details_parent_class)->dispose (object);
}

static void
ph_socket_details_finalize (GObject *object)
{
  PhSocketDetails *self = PH_SOCKET_DETAILS (object);

  ph_process_unref (self->process);
  ph_past_free (self->past);
  ph_socket_report_free (self->report);
  g_free (self->owner_words);
  g_free (self->connections_filter);
  g_free (self->all_filter);
  G_OBJECT_CLASS (ph_socket_details_parent_class)->finalize (object);
}

static void
ph_socket_details_class_init (PhSocketDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_socket_details_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_socket_details_finalize;
  signals[SIGNAL_CLOSE]
      = g_signal_new ("close", PH_TYPE_SOCKET_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_GO] = g_signal_new ("go", PH_TYPE_SOCKET_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                     1, G_TYPE_POINTER);
  signals[SIGNAL_FILTER] = g_signal_new ("filter", PH_TYPE_SOCKET_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_OWNER_CHOSEN]
      = g_signal_new ("owner-chosen", PH_TYPE_SOCKET_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MENU] = g_signal_new ("menu", PH_TYPE_SOCKET_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_MENU);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ph_socket_details_init (PhSocketDetails *self)
{
}
