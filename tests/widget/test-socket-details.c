/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pane about a socket, over sockets that the test makes up, by itself and on its page; and which application a
 * process belongs to. */
#include "ph-socket-details.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../unit/socket-samples.h"
#include "ph-app-finder.h"
#include "ph-connections-page.h"
#include "ph-socket-words.h"
#include "ph-filter.h"
#include "ph-graph.h"
#include "ph-linker.h"
#include "ph-socket-list.h"
#include "ph-tcp-facts.h"
#include "widget.h"

static const PhStyle style = { .quiet = TRUE };

/* The samples' own, in memory that counts who refers to it. */
static PhOwner owners[G_N_ELEMENTS (sample_owners)];
static PhOwner evil_owner[1];

static const PhProcess *
make_process (const PhProcess *from)
{
  const PhFrameProcess head = {
    .pid = from->pid,
    .ppid = from->ppid,
    .start_ticks = from->start_ticks,
    .uid = 1000,
    .comm_length = (uint16_t) strlen (from->comm),
    .exe_length = (uint16_t) strlen (from->exe),
    .cmdline_length = (uint32_t) strlen (from->cmdline),
  };
  g_autofree char *strings = g_strconcat (from->comm, from->exe, from->cmdline, NULL);
  g_autofree guint8 *frame = g_malloc (sizeof head + strlen (strings));

  memcpy (frame, &head, sizeof head);
  memcpy (frame + sizeof head, strings, strlen (strings));
  return ph_process_decode (frame, sizeof head + strlen (strings), NULL);
}

static void
make_owners (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    owners[i] = (PhOwner){ make_process (sample_owners[i].process), sample_owners[i].fd };
  evil_owner[0] = (PhOwner){ make_process (&sample_evil), -1 };
}

typedef struct
{
  PhSocketDetails *details;
  GtkWindow *window;
  PhLinker *linker;
  PhSnapshot *snapshot; /* the last one */
  gint64 time_us;
  char *filter; /* that was asked for last */
  PhSocketKey gone_to;
  guint n_chosen;
} Fixture;

static void
filter_wanted (Fixture *f, const char *text)
{
  g_free (f->filter);
  f->filter = g_strdup (text);
}

static void
go (Fixture *f, gpointer key)
{
  f->gone_to = *(PhSocketKey *) key;
}

static void
owner_chosen (Fixture *f)
{
  f->n_chosen++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->details = g_object_new (PH_TYPE_SOCKET_DETAILS, NULL);
  f->window = widget_show (GTK_WIDGET (f->details), 380, 700);
  f->linker = ph_linker_new (&ph_socket_schema);
  f->time_us = g_get_monotonic_time ();
  g_signal_connect_swapped (f->details, "filter", G_CALLBACK (filter_wanted), f);
  g_signal_connect_swapped (f->details, "go", G_CALLBACK (go), f);
  g_signal_connect_swapped (f->details, "owner-chosen", G_CALLBACK (owner_chosen), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  widget_close (f->window);
  ph_snapshot_unref (f->snapshot);
  ph_linker_free (f->linker);
  g_free (f->filter);
}

static void
look (Fixture *f, const PhSocket *sockets, guint n)
{
  ph_snapshot_unref (f->snapshot);
  f->time_us += G_USEC_PER_SEC;
  f->snapshot = ph_snapshot_new (&ph_socket_schema, f->time_us);
  for (guint i = 0; i < n; i++)
    {
      PhSocket *socket = ph_snapshot_add (f->snapshot);

      *socket = sockets[i];
      socket->head.request = PH_REQUEST_TCP4;
    }
  ph_snapshot_edit_look (f->snapshot, PH_REQUEST_TCP4)->look = PH_LOOK_GOOD;
  ph_linker_link (f->linker, f->snapshot);
}

static const PhSocket *
at (Fixture *f, const PhSocket *socket)
{
  return ph_snapshot_find (f->snapshot, &socket->key);
}

static void
show (Fixture *f, const PhSocket *socket)
{
  ph_socket_details_show (f->details, at (f, socket), f->snapshot, &style);
}

static void
show_kin (Fixture *f, const PhSocket *socket)
{
  PhSocketKin kin;

  ph_socket_kin_find (f->snapshot, at (f, socket), ph_socket_details_get_process (f->details), &kin);
  ph_socket_details_show_kin (f->details, at (f, socket), &kin, f->snapshot);
  ph_socket_kin_clear (&kin);
}

static gboolean
tells (Fixture *f, const char *words)
{
  g_autofree char *text = ph_socket_details_dup_text (f->details);

  if (!strstr (text, words))
    g_test_message ("no \"%s\" in:\n%s", words, text);
  return strstr (text, words) != NULL;
}

static gboolean
is_seen (gpointer widget)
{
  return widget && gtk_widget_get_mapped (widget);
}

static PhSocket
nginx (PhSocketState state, guint16 port)
{
  PhSocket socket
      = sample_socket (PH_PROTOCOL_TCP, "192.0.2.1", state == PH_STATE_LISTEN ? 443 : 443, "192.0.2.7", port, state);

  socket.owner.owners = owners;
  socket.owner.n_owners = G_N_ELEMENTS (owners);
  socket.owner.note = PH_OWNER_PROCESS;
  socket.tcp = state == PH_STATE_LISTEN ? NULL : &sample_tcp;
  if (state == PH_STATE_LISTEN)
    {
      socket.remote = sample_address ("0.0.0.0");
      socket.recv_q = 3;
      socket.send_q = 4;
    }
  return socket;
}

/* --- */

static void
test_not_before (Fixture *f, gconstpointer data)
{
  const PhSocket socket = nginx (PH_STATE_ESTABLISHED, 50000);

  g_assert_null (gtk_widget_get_first_child (GTK_WIDGET (f->details)));
  ph_socket_details_show (f->details, NULL, NULL, &style);
  g_assert_null (gtk_widget_get_first_child (GTK_WIDGET (f->details)));
  look (f, &socket, 1);
  show (f, &socket);
  g_assert_nonnull (gtk_widget_get_first_child (GTK_WIDGET (f->details)));
  ph_socket_details_show (f->details, NULL, NULL, &style);
  g_assert_null (ph_socket_details_get_process (f->details));
}

static void
test_process (Fixture *f, gconstpointer data)
{
  const PhSocket socket = nginx (PH_STATE_ESTABLISHED, 50000);
  GtkDropDown *choice;

  look (f, &socket, 1);
  show (f, &socket);
  g_assert_true (tells (f, "nginx\ntcp 192.0.2.1:443 → 192.0.2.7:50000\n"));
  g_assert_true (tells (f, "PID: 812\n"));
  g_assert_true (tells (f, "Program: /usr/sbin/nginx\n"));
  g_assert_true (tells (f, "Command line: nginx -g x\n"));
  g_assert_true (tells (f, "State: ESTABLISHED\n"));
  loop_run_for (20);

  choice = widget_find (GTK_WIDGET (f->details), GTK_TYPE_DROP_DOWN);
  g_assert_true (is_seen (choice));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (choice)), ==, 3);
  gtk_drop_down_set_selected (choice, 2);
  g_assert_cmpuint (f->n_chosen, ==, 1);
  show (f, &socket);
  g_assert_cmpint (ph_socket_details_get_process (f->details)->pid, ==, 813);
  g_assert_cmpuint (ph_socket_details_get_owner (f->details), ==, 2);
  g_assert_true (tells (f, "PID: 813\n"));
  g_assert_true (tells (f, "Program: —\n")); /* it may not be read */
  /* The choice stays from look to look. */
  look (f, &socket, 1);
  show (f, &socket);
  g_assert_cmpint (ph_socket_details_get_process (f->details)->pid, ==, 813);
  g_assert_cmpuint (f->n_chosen, ==, 1);
}

/* What is not known has its reason; what looks like markup is text. */
static void
test_unknown (Fixture *f, gconstpointer data)
{
  PhSocket waiting = nginx (PH_STATE_TIME_WAIT, 50000);
  PhSocket evil = nginx (PH_STATE_ESTABLISHED, 50001);

  waiting.owner = (PhOwnership){ .note = PH_OWNER_KERNEL_STATE };
  evil.owner.owners = evil_owner;
  evil.owner.n_owners = 1;
  look (f, (PhSocket[]){ waiting, evil }, 2);
  show (f, &waiting);
  g_assert_true (tells (f, "Process: "));
  g_assert_true (tells (f, "TIME_WAIT"));
  g_assert_null (ph_socket_details_get_process (f->details));
  show (f, &evil);
  show_kin (f, &evil);
  g_assert_true (tells (f, "=cmd|\"x\",<b>\n"));
  g_assert_false (is_seen (widget_find (GTK_WIDGET (f->details), GTK_TYPE_DROP_DOWN)));
}

static void
test_tcp (Fixture *f, gconstpointer data)
{
  const PhSocket socket = nginx (PH_STATE_ESTABLISHED, 50000);
  PhSocketReport *report = g_new0 (PhSocketReport, 1);

  report->lineage = g_ptr_array_new ();
  report->info_length = sizeof report->info;
  report->info.rtt_us = 1500;
  report->info.lost = 2;
  report->congestion = g_strdup ("cubic");
  look (f, &socket, 1);
  show (f, &socket);
  ph_socket_details_take_report (f->details, report);
  show (f, &socket);
  loop_run_for (20);
  for (guint i = 0; i < ph_n_tcp_facts; i++)
    {
      g_assert_true (tells (f, ph_tcp_facts[i].title));
      g_assert_true (is_seen (widget_find_text (GTK_WIDGET (f->details), GTK_TYPE_LABEL, ph_tcp_facts[i].meaning)));
    }
  g_assert_true (tells (f, "Round trip: 1.5 ms\n"));
  g_assert_true (tells (f, "Congestion control algorithm: cubic\n"));

  /* An answer that knows nothing any more takes nothing away. */
  report = g_new0 (PhSocketReport, 1);
  report->lineage = g_ptr_array_new ();
  ph_socket_details_take_report (f->details, report);
  show (f, &socket);
  g_assert_true (tells (f, "Round trip: 1.5 ms\n"));
}

/* A kernel that tells less is not shown as if it had told zeros. */
static void
test_older_kernel (Fixture *f, gconstpointer data)
{
  const PhSocket socket = nginx (PH_STATE_ESTABLISHED, 50000);
  PhSocketReport *report = g_new0 (PhSocketReport, 1);
  g_autofree char *words = NULL;
  guint missing = 0;

  report->lineage = g_ptr_array_new ();
  report->info_length = 136;
  look (f, &socket, 1);
  show (f, &socket);
  ph_socket_details_take_report (f->details, report);
  show (f, &socket);
  g_assert_true (tells (f, "Round trip: "));
  g_assert_false (tells (f, "New ways tried"));
  for (guint i = 0; i < ph_n_tcp_facts; i++)
    missing += ph_tcp_fact_is_told (&ph_tcp_facts[i], 136) ? 0 : 1;
  words = g_strdup_printf ("A newer kernel tells %u values more.", missing);
  g_assert_nonnull (widget_find_text (GTK_WIDGET (f->details), GTK_TYPE_LABEL, words));
}

static void
test_past (Fixture *f, gconstpointer data)
{
  const PhSocket socket = nginx (PH_STATE_ESTABLISHED, 50000);
  PhPast *past = ph_past_new (f->time_us - 300 * G_USEC_PER_SEC);
  const PhPastValues values = { { 125000, 0, 2500 } };
  g_autoptr (GPtrArray) graphs = NULL;

  ph_past_push (past, f->time_us, &values, 64);
  look (f, &socket, 1);
  show (f, &socket);
  graphs = widget_find_all (GTK_WIDGET (f->details), PH_TYPE_GRAPH);
  g_assert_cmpuint (graphs->len, ==, 2);
  g_assert_false (is_seen (graphs->pdata[0])); /* nothing is known yet */
  ph_socket_details_take_past (f->details, past);
  show (f, &socket);
  loop_run_for (20);
  g_assert_true (is_seen (graphs->pdata[0]));
  g_assert_nonnull (strstr (ph_graph_get_description (graphs->pdata[0]), "Received: 1 Mbit/s now."));
  g_assert_nonnull (strstr (ph_graph_get_description (graphs->pdata[0]), "Since it was first seen"));
  g_assert_nonnull (strstr (ph_graph_get_description (graphs->pdata[1]), "Round trip: 2.5 ms now."));
  /* One row of buttons for both. */
  ph_graph_set_span (graphs->pdata[0], PH_SPAN_TEN_MINUTES);
  g_assert_cmpuint (ph_graph_get_span (graphs->pdata[1]), ==, PH_SPAN_TEN_MINUTES);
}

static void
activate (gpointer row)
{
  g_assert_true (is_seen (row));
  g_signal_emit_by_name (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX), "row-activated", row);
}

static gpointer
tie (Fixture *f, const char *title)
{
  GtkWidget *label = widget_find_text (GTK_WIDGET (f->details), GTK_TYPE_LABEL, title);

  return label ? gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW) : NULL;
}

/* Where there is little room the title's ends go on in a second line; nothing of an address is left out. */
static void
assert_ends_wrap (Fixture *f, const PhSocket *socket)
{
  g_autoptr (GString) ends = g_string_new ("tcp ");
  GtkWidget *label;
  int narrow, wide;

  ph_socket_print_ends (socket, ends);
  label = widget_find_text (GTK_WIDGET (f->details), GTK_TYPE_LABEL, ends->str);
  g_assert_nonnull (label);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, 170, NULL, &narrow, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, 1000, NULL, &wide, NULL, NULL);
  g_assert_cmpint (narrow, >, wide);
}

static void
test_listener (Fixture *f, gconstpointer data)
{
  const PhSocket sockets[]
      = { nginx (PH_STATE_LISTEN, 0), nginx (PH_STATE_ESTABLISHED, 50000), nginx (PH_STATE_ESTABLISHED, 50001) };
  g_autoptr (PhFilter) filter = NULL;
  const PhFilterContext context = { .style = &style };
  PhSocketList *list;

  look (f, sockets, G_N_ELEMENTS (sockets));
  show (f, &sockets[0]);
  show_kin (f, &sockets[0]);
  loop_run_for (20);
  g_assert_true (is_seen (widget_find (GTK_WIDGET (f->details), GTK_TYPE_LEVEL_BAR)));
  g_assert_true (is_seen (widget_find_text (GTK_WIDGET (f->details), GTK_TYPE_LABEL, "All 3 Sockets of This Process")));
  list = widget_find (GTK_WIDGET (f->details), PH_TYPE_SOCKET_LIST);
  g_assert_cmpuint (ph_socket_list_get_n (list), ==, 3);

  /* What the click asks for is a filter, and lets through what was counted. */
  activate (tie (f, "2 connections"));
  filter = ph_filter_parse (&ph_socket_schema, f->filter, NULL, NULL);
  g_assert_nonnull (filter);
  for (guint i = 0; i < G_N_ELEMENTS (sockets); i++)
    g_assert_true (ph_filter_match (filter, &context, at (f, &sockets[i])) == (i > 0));

  /* And back from one of them. */
  show (f, &sockets[1]);
  g_assert_false (is_seen (widget_find (GTK_WIDGET (f->details), GTK_TYPE_LEVEL_BAR)));
  show_kin (f, &sockets[1]);
  loop_run_for (20);
  g_assert_false (is_seen (tie (f, "2 connections")));
  assert_ends_wrap (f, &sockets[1]);
  activate (tie (f, "Came in here"));
  g_assert_cmpmem (&f->gone_to, sizeof f->gone_to, &sockets[0].key, sizeof sockets[0].key);
}

static void
test_closed (Fixture *f, gconstpointer data)
{
  const PhSocket socket = nginx (PH_STATE_ESTABLISHED, 50000);

  ph_linker_set_marks (f->linker, 0, 10 * G_USEC_PER_SEC);
  look (f, &socket, 1);
  show (f, &socket);
  loop_run_for (20);
  g_assert_false (
      is_seen (widget_find_text (GTK_WIDGET (f->details), GTK_TYPE_LABEL, "This socket is closed. What it was last:")));
  look (f, NULL, 0);
  show (f, &socket);
  loop_run_for (20);
  g_assert_true (
      is_seen (widget_find_text (GTK_WIDGET (f->details), GTK_TYPE_LABEL, "This socket is closed. What it was last:")));
  g_assert_true (tells (f, "PID: 812\n"));
}

/* --- on its page --- */

static void
test_page (void)
{
  PhConnectionsPage *page = g_object_new (PH_TYPE_CONNECTIONS_PAGE, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (page), 1100, 700);
  PhTableView *table_view = ph_table_page_get_table_view (PH_TABLE_PAGE (page));
  PhSocketDetails *details = widget_find (GTK_WIDGET (page), PH_TYPE_SOCKET_DETAILS);
  Fixture f = { .linker = ph_linker_new (&ph_socket_schema), .time_us = g_get_monotonic_time () };
  const PhSocket sockets[] = { nginx (PH_STATE_LISTEN, 0), nginx (PH_STATE_ESTABLISHED, 50000) };
  gboolean shown;

  look (&f, sockets, G_N_ELEMENTS (sockets));
  ph_table_sync (ph_view_get_table (ph_table_view_get_view (table_view)), f.snapshot);
  RUN_UNTIL (!ph_view_is_busy (ph_table_view_get_view (table_view)));
  gtk_selection_model_select_item (ph_table_view_get_selection (table_view), 0, TRUE);
  loop_run_for (20);
  g_object_get (page, "show-details", &shown, NULL);
  g_assert_false (shown);
  g_assert_null (gtk_widget_get_first_child (GTK_WIDGET (details))); /* nothing is made for nobody */

  g_object_set (page, "show-details", TRUE, NULL);
  g_assert_true (is_seen (details));
  RUN_UNTIL (widget_find_text (GTK_WIDGET (details), GTK_TYPE_LABEL, "All 2 Sockets of This Process"));
  gtk_widget_activate_action (GTK_WIDGET (page), "page.details", NULL);
  g_assert_false (is_seen (details));
  g_assert_null (ph_socket_details_get_process (details));

  widget_close (window);
  ph_snapshot_unref (f.snapshot);
  ph_linker_free (f.linker);
}

/* --- applications --- */

static void
write_app (const char *id, const char *content)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "applications", NULL);
  g_autofree char *path = g_build_filename (folder, id, NULL);
  g_autofree char *text = g_strdup_printf ("[Desktop Entry]\nType=Application\nIcon=%s-icon\n%s\n", id, content);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
found (GObject *object, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static char *
find_app (const char *exe, PhUnitKind kind, const char *unit)
{
  const PhUnit of = { kind, unit, "/" };
  const PhProcess process = { .pid = 7, .start_ticks = 1, .comm = "x", .exe = exe, .cmdline = "", .unit = NULL };
  g_autofree char *cgroup = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GAppInfo) app = NULL;
  PhProcess copy = process;
  g_autoptr (PhUnit) parsed = NULL;

  if (unit)
    {
      cgroup = kind == PH_UNIT_FLATPAK ? g_strdup_printf ("/user.slice/app-flatpak-%s-123.scope", of.name)
                                       : g_strdup_printf ("/user.slice/app-%s-123.scope", of.name);
      parsed = ph_unit_parse (cgroup, strlen (cgroup));
      g_assert_cmpint (parsed->kind, ==, kind);
    }
  copy.unit = parsed;
  ph_app_find_async (&copy, NULL, found, &result);
  RUN_UNTIL (result);
  app = ph_app_find_finish (result);
  g_object_unref (result);
  return app ? g_strdup (g_app_info_get_name (app)) : NULL;
}

static void
assert_app (const char *exe, PhUnitKind kind, const char *unit, const char *expected)
{
  g_autofree char *name = find_app (exe, kind, unit);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_apps (void)
{
  g_autofree char *program = g_find_program_in_path ("sleep");
  char path[PATH_MAX];

  g_assert_nonnull (realpath (program, path));
  assert_app (path, 0, NULL, "Sleep");
  assert_app ("/nowhere/sleep", 0, NULL, NULL); /* a name is not enough */
  assert_app ("", 0, NULL, NULL);
  assert_app ("/app/bin/maps", PH_UNIT_FLATPAK, "org.example.Maps", "Maps");
  assert_app (path, PH_UNIT_FLATPAK, "org.example.None", NULL); /* inside, paths are others */
  assert_app ("/opt/tool", PH_UNIT_APP, "org.example.Maps", "Maps");
  assert_app ("/opt/tool", PH_UNIT_APP, "gnome-org.example.Maps", "Maps");
  if ((program = (g_free (program), g_find_program_in_path ("sh"))) && realpath (program, path))
    assert_app (path, 0, NULL, NULL); /* it starts everything */
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("porthole-apps-XXXXXX", NULL);

  /* GIO reads the folder once. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  write_app ("org.example.Maps.desktop", "Name=Maps\nExec=flatpak run org.example.Maps");
  write_app ("a-sleep-long.desktop", "Name=Sleep Long\nExec=sleep 1000 --with-options");
  write_app ("b-sleep.desktop", "Name=Sleep\nExec=sleep 1");
  write_app ("c-sleep-hidden.desktop", "Name=Hidden\nExec=sleep\nNoDisplay=true");
  write_app ("d-shell.desktop", "Name=Shell\nExec=sh -c true");
  widget_init (&argc, &argv);
  make_owners ();
#define TEST(name, func) g_test_add ("/socket-details/" name, Fixture, NULL, set_up, func, tear_down)
  TEST ("not-before", test_not_before);
  TEST ("process", test_process);
  TEST ("unknown", test_unknown);
  TEST ("tcp", test_tcp);
  TEST ("older-kernel", test_older_kernel);
  TEST ("past", test_past);
  TEST ("listener", test_listener);
  TEST ("closed", test_closed);
#undef TEST
  g_test_add_func ("/socket-details/page", test_page);
  g_test_add_func ("/socket-details/apps", test_apps);
  return g_test_run ();
}
