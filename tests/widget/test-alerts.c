/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program that keeps watch: the Activity page, marks and count of what nobody has looked at, preferences, mute
 * rules, start at login. In a network of the test's own, so that nobody else's ports are new.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "access.h"
#include "own-network.h"
#include "ph-activity-page.h"
#include "ph-autostart.h"
#include "ph-known-list.h"
#include "ph-lookout.h"
#include "ph-mute-editor.h"
#include "ph-mute-list.h"
#include "ph-mute-words.h"
#include "ph-notice.h"
#include "ph-preferences.h"
#include "window.h"

static PhLookout *
lookout (void)
{
  g_assert_nonnull (ph_lookout_get_default ());
  return ph_lookout_get_default ();
}

static PhWatcher *
watcher (void)
{
  return ph_lookout_get_watcher (lookout ());
}

static gboolean
is_known (guint16 port)
{
  const PhKnown *known = ph_watcher_get_known (watcher ());

  for (guint i = 0; known && i < ph_known_n_entries (known); i++)
    if (ph_known_entry (known, i)->key->port == port)
      return TRUE;
  return FALSE;
}

/* It keeps watch, and has seen the window's own listener: what comes from now on is new. */
static void
keep_watch (WindowFixture *f)
{
  ph_lookout_start (lookout ());
  RUN_UNTIL (is_known (f->port));
  ph_watcher_mark_seen (watcher (), NULL);
}

static GSocketListener *
listen_at (guint16 *port)
{
  g_autoptr (GError) error = NULL;
  GSocketListener *listener = g_socket_listener_new ();

  *port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
  g_assert_no_error (error);
  return listener;
}

static guint
n_rows (PhTablePage *page)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ph_table_view_get_view (ph_table_page_get_table_view (page))));
}

static PhRow *
nth_row (PhTablePage *page, guint n)
{
  return g_list_model_get_item (G_LIST_MODEL (ph_table_view_get_view (ph_table_page_get_table_view (page))), n);
}

/* The newest entry about @port, in sight; NULL. */
static PhRow *
entry_about (PhTablePage *page, guint16 port, PhActivityKind kind)
{
  for (guint i = 0; i < n_rows (page); i++)
    {
      g_autoptr (PhRow) row = nth_row (page, i);
      const PhActivity *entry = ph_row_get_record (row);

      if (entry->local_port == port && entry->kind == kind)
        return g_steal_pointer (&row);
    }
  return NULL;
}

static void
wait_for_entry (PhTablePage *page, guint16 port, PhActivityKind kind)
{
  RUN_UNTIL (({
    g_autoptr (PhRow) row = entry_about (page, port, kind);
    row != NULL;
  }));
}

/* --- the Activity page --- */

static void
test_activity (WindowFixture *f, gconstpointer data)
{
  guint16 port;
  PhTablePage *page;
  g_autoptr (GSocketListener) listener = NULL;
  gint64 before = G_MAXINT64;

  keep_watch (f);
  page = ph_window_show_table (f->window, PH_TABLE_ACTIVITY);
  g_assert_true (PH_IS_ACTIVITY_PAGE (page));
  listener = listen_at (&port);
  wait_for_entry (page, port, PH_ACTIVITY_PORT_OPENED);
  g_socket_listener_close (listener);
  wait_for_entry (page, port, PH_ACTIVITY_PORT_CLOSED);

  /* The newest first. */
  for (guint i = 0; i < n_rows (page); i++)
    {
      g_autoptr (PhRow) row = nth_row (page, i);
      const PhActivity *entry = ph_row_get_record (row);

      g_assert_cmpint (entry->time_us, <=, before);
      before = entry->time_us;
    }
}

static void
count_poll (PhPoller *poller, gpointer count)
{
  ++*(guint *) count;
}

/* While nothing happens nothing is looked at. */
static void
test_no_poll (WindowFixture *f, gconstpointer data)
{
  PhTablePage *page;
  PhActivity entry;
  guint n = 0;

  keep_watch (f);
  page = ph_window_show_table (f->window, PH_TABLE_ACTIVITY);
  RUN_UNTIL (ph_table_page_get_snapshot (page));
  loop_run_for (1500);
  g_signal_connect (ph_table_page_get_poller (page), "polled", G_CALLBACK (count_poll), &n);
  loop_run_for (2500);
  g_assert_cmpuint (n, ==, 0);

  ph_activity_init (&entry, PH_ACTIVITY_LINK_UP, g_get_real_time ());
  ph_activity_log_append (ph_watcher_get_log (watcher ()), &entry);
  g_signal_emit_by_name (watcher (), "recorded");
  g_signal_emit_by_name (watcher (), "recorded");
  loop_run_for (1500);
  g_assert_cmpuint (n, ==, 1);
  g_signal_handlers_disconnect_by_func (ph_table_page_get_poller (page), count_poll, &n);
}

static void
open_entry (PhTablePage *page, PhRow *row)
{
  g_signal_emit_by_name (ph_table_page_get_table_view (page), "row-activated", row);
}

/* An entry leads to its row, past a filter that hides it; and says so where there is none any more. */
static void
test_open (WindowFixture *f, gconstpointer data)
{
  guint16 port;
  g_autoptr (GSocketListener) listener = NULL;
  g_autoptr (PhRow) row = NULL;
  PhTablePage *page;
  GtkSelectionModel *selection = ph_table_view_get_selection (f->table_view);

  keep_watch (f);
  ph_table_page_set_text (f->page, "zzz-nobody-has-this-zzz");
  page = ph_window_show_table (f->window, PH_TABLE_ACTIVITY);
  listener = listen_at (&port);
  wait_for_entry (page, port, PH_ACTIVITY_PORT_OPENED);
  row = entry_about (page, port, PH_ACTIVITY_PORT_OPENED);

  open_entry (page, row);
  RUN_UNTIL (ph_window_get_page (f->window) == f->page);
  RUN_UNTIL (({
    g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (selection);
    g_autoptr (PhRow) selected = gtk_bitset_is_empty (set)
                                     ? NULL
                                     : g_list_model_get_item (G_LIST_MODEL (selection), gtk_bitset_get_minimum (set));
    selected && ((const PhSocket *) ph_row_get_record (selected))->local_port == port;
  }));
  g_assert_cmpstr (ph_table_page_get_text (f->page), ==, "");
  g_assert_nonnull (widget_find_text (GTK_WIDGET (f->page), GTK_TYPE_LABEL, "Filters Cleared to Show It"));

  ph_window_show_table (f->window, PH_TABLE_ACTIVITY);
  g_socket_listener_close (listener);
  wait_for_entry (page, port, PH_ACTIVITY_PORT_CLOSED);
  open_entry (page, row);
  RUN_UNTIL (widget_find_text (GTK_WIDGET (page), GTK_TYPE_LABEL, "This Socket Is Gone"));
  g_assert_true (ph_window_get_page (f->window) == page);
}

static void
test_clear (WindowFixture *f, gconstpointer data)
{
  PhTablePage *page;
  PhActivity entry;

  keep_watch (f);
  page = ph_window_show_table (f->window, PH_TABLE_ACTIVITY);
  ph_activity_init (&entry, PH_ACTIVITY_LINK_UP, g_get_real_time ());
  ph_activity_log_append (ph_watcher_get_log (watcher ()), &entry);
  g_signal_emit_by_name (watcher (), "recorded");
  RUN_UNTIL (n_rows (page) > 0);
  ph_lookout_clear_history (lookout ());
  RUN_UNTIL (n_rows (page) == 0);
  RUN_UNTIL (widget_find_text (GTK_WIDGET (page), GTK_TYPE_LABEL, "Nothing Has Happened"));
}

/* --- what nobody has looked at --- */

static AdwViewStackPage *
connections_tab (WindowFixture *f)
{
  AdwViewStack *stack = widget_find (GTK_WIDGET (f->window), ADW_TYPE_VIEW_STACK);

  return adw_view_stack_get_page (stack, adw_view_stack_get_child_by_name (stack, "connections"));
}

static void
test_unseen (WindowFixture *f, gconstpointer data)
{
  guint16 port;
  g_autoptr (GSocketListener) listener = NULL;

  keep_watch (f);
  g_assert_cmpuint (adw_view_stack_page_get_badge_number (connections_tab (f)), ==, 0);
  ph_window_show_table (f->window, PH_TABLE_COUNTERS);
  listener = listen_at (&port);
  RUN_UNTIL (ph_watcher_get_unseen (watcher ()) == 1);
  g_assert_cmpuint (adw_view_stack_page_get_badge_number (connections_tab (f)), ==, 1);
  g_assert_true (adw_view_stack_page_get_needs_attention (connections_tab (f)));

  /* Selected is looked at. */
  ph_window_show_table (f->window, PH_TABLE_SOCKETS);
  window_filter (f, "lport:%u", port);
  RUN_UNTIL (window_n_shown (f) >= 1);
  gtk_selection_model_select_item (ph_table_view_get_selection (f->table_view), 0, TRUE);
  g_assert_cmpuint (ph_watcher_get_unseen (watcher ()), ==, 0);
  g_assert_cmpuint (adw_view_stack_page_get_badge_number (connections_tab (f)), ==, 0);
  g_assert_false (adw_view_stack_page_get_needs_attention (connections_tab (f)));
}

/* What is gone again need not be looked at, and cannot. */
static void
test_unseen_gone (WindowFixture *f, gconstpointer data)
{
  guint16 port;
  g_autoptr (GSocketListener) listener = NULL;

  keep_watch (f);
  ph_window_show_table (f->window, PH_TABLE_COUNTERS);
  listener = listen_at (&port);
  RUN_UNTIL (ph_watcher_get_unseen (watcher ()) == 1);
  g_socket_listener_close (listener);
  RUN_UNTIL (ph_watcher_get_unseen (watcher ()) == 0);
}

/* --- rules --- */

static void
test_mute_words (WindowFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *words; /* NULL: it is wrong */
  } ports[] = {
    { "", "Any port" },
    { "*", "Any port" },
    { "8000", "Port 8000" },
    { " 80 – 90 ", "Ports 80–90" },
    { "8000-8010", "Ports 8000–8010" },
    { "0", NULL },
    { "90-80", NULL },
    { "65536", NULL },
    { "http", NULL },
    { "1-2-3", NULL },
    { "-", NULL },
  };
  static const struct
  {
    const char *text;
    const char *who;
  } owners[] = {
    { "", "Any program" },
    { "/usr/bin/python3", "python3" },
    { "named.service", "named.service" },
    { "python3", NULL },
    { "/", NULL },
    { ".service", NULL },
    { "/usr/bin/a\nmute=*", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      PhListenerOwner anybody = { PH_LISTENER_OWNER_PROGRAM, "/x" };
      const char *why = NULL;
      PhPortRange range;

      g_test_message ("%s", ports[i].text);
      g_assert_cmpint (ph_mute_parse_ports (ports[i].text, &range, &why), ==, ports[i].words != NULL);
      g_assert_cmpint (why != NULL, ==, ports[i].words == NULL);
      if (ports[i].words)
        {
          g_autoptr (PhMute) mute = ph_mute_new (PH_PROTOCOL_NONE, range, &anybody);
          g_autofree char *words = ph_mute_where (mute);

          g_assert_cmpstr (words, ==, ports[i].words);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      const char *why = NULL;
      PhListenerOwner owner;

      g_test_message ("%s", owners[i].text);
      g_assert_cmpint (ph_mute_parse_owner (owners[i].text, &owner, &why), ==, owners[i].who != NULL);
      g_assert_cmpint (why != NULL, ==, owners[i].who == NULL);
      if (owners[i].who)
        {
          g_autoptr (PhMute) mute = ph_mute_new (PH_PROTOCOL_UDP, (PhPortRange){ 53, 53 }, &owner);
          g_autofree char *words = ph_mute_who (mute);

          g_assert_cmpstr (words, ==, owners[i].who);
        }
    }
}

static void
take_mute (PhMuteEditor *editor, const PhMute *mute, PhMute **taken)
{
  *taken = ph_mute_ref ((PhMute *) mute);
}

static GtkWidget *
find_button (gpointer window, const char *label)
{
  g_autoptr (GPtrArray) buttons = widget_find_all (GTK_WIDGET (window), GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_button_get_label (g_ptr_array_index (buttons, i)), label) == 0)
      return g_ptr_array_index (buttons, i);
  g_assert_not_reached ();
}

static void
test_mute_editor (WindowFixture *f, gconstpointer data)
{
  PhMuteEditor *editor = ph_mute_editor_new (GTK_WINDOW (f->window), NULL);
  g_autoptr (GPtrArray) entries = widget_find_all (GTK_WIDGET (editor), ADW_TYPE_ENTRY_ROW);
  GtkEditable *owner = g_ptr_array_index (entries, 0), *ports = g_ptr_array_index (entries, 1);
  GtkWidget *save = find_button (editor, "_Save");
  g_autoptr (PhMute) taken = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_signal_connect (editor, "done", G_CALLBACK (take_mute), &taken);
  gtk_window_present (GTK_WINDOW (editor));
  g_assert_false (gtk_widget_get_sensitive (save)); /* it would mute everything */
  gtk_editable_set_text (owner, "python3");
  g_assert_false (gtk_widget_get_sensitive (save));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (owner), "error"));
  gtk_editable_set_text (owner, "/usr/bin/python3");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (owner), "error"));
  g_assert_true (gtk_widget_get_sensitive (save));
  gtk_editable_set_text (ports, "8010-8000");
  g_assert_false (gtk_widget_get_sensitive (save));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (ports), "error"));
  gtk_editable_set_text (ports, "8000-8010");
  g_signal_emit_by_name (save, "clicked");
  g_assert_nonnull (taken);
  ph_mute_append (taken, text);
  g_assert_cmpstr (text->str, ==, "* 8000-8010 program /usr/bin/python3");
  loop_run_for (50);
}

/* --- preferences --- */

static guint
n_titled (gpointer widget, const char *part)
{
  g_autoptr (GPtrArray) rows = widget_find_all (GTK_WIDGET (widget), ADW_TYPE_ACTION_ROW);
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += strstr (adw_preferences_row_get_title (g_ptr_array_index (rows, i)), part) != NULL;
  return n;
}

static GtkWidget *
remove_button (GtkWidget *list, const char *about)
{
  g_autoptr (GPtrArray) buttons = widget_find_all (list, GTK_TYPE_BUTTON);
  g_autofree char *wanted = g_strdup_printf ("Remove: %s", about);

  for (guint i = 0; i < buttons->len; i++)
    {
      g_autofree char *name = access_dup_name (g_ptr_array_index (buttons, i));

      if (g_strcmp0 (name, wanted) == 0)
        return g_ptr_array_index (buttons, i);
    }
  g_error ("nothing to remove %s with", about);
}

static void
press_focus (GtkWindow *window)
{
  gtk_widget_activate (gtk_window_get_focus (window));
  loop_run_for (400); /* a button is seen to be pressed */
}

/* Whoever removes entries with the keyboard can go on. */
static void
test_focus_stays (WindowFixture *f, gconstpointer data)
{
  PhListenerOwner owner = { PH_LISTENER_OWNER_PROGRAM, "/opt/a" };
  GtkWidget *list = NULL;
  GtkWindow *window;

  keep_watch (f);
  list = g_object_new (PH_TYPE_MUTE_LIST, NULL);
  window = widget_show (list, 500, 600);
  for (guint16 port = 81; port <= 83; port++)
    {
      g_autoptr (PhMute) mute = ph_mute_new (PH_PROTOCOL_NONE, (PhPortRange){ port, port }, &owner);

      ph_lookout_change_mutes (lookout (), NULL, mute);
    }
  gtk_widget_grab_focus (remove_button (list, "a · Port 82"));
  press_focus (window);
  g_assert_true (gtk_window_get_focus (window) == remove_button (list, "a · Port 83"));
  press_focus (window);
  g_assert_true (gtk_window_get_focus (window) == remove_button (list, "a · Port 81"));
  press_focus (window);
  g_assert_cmpuint (n_titled (list, "Nothing Is Muted"), ==, 1);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (gtk_window_get_focus (window)), ==, "Mute Something");
  widget_close (window);
}

static void
test_lists (WindowFixture *f, gconstpointer data)
{
  PhListenerOwner owner = { PH_LISTENER_OWNER_PROGRAM, "/opt/a<b>&c" };
  g_autoptr (PhMute) mute = ph_mute_new (PH_PROTOCOL_NONE, (PhPortRange){ 81, 82 }, &owner);
  g_autofree char *at_port = g_strdup_printf ("TCP %u", f->port);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *mutes, *known;
  GtkWindow *window;
  g_autoptr (GPtrArray) entries = NULL;

  keep_watch (f);
  mutes = g_object_new (PH_TYPE_MUTE_LIST, NULL);
  known = g_object_new (PH_TYPE_KNOWN_LIST, NULL);
  gtk_box_append (GTK_BOX (box), mutes);
  gtk_box_append (GTK_BOX (box), known);
  window = widget_show (box, 500, 600);

  g_assert_cmpuint (n_titled (mutes, "Nothing Is Muted"), ==, 1);
  ph_lookout_change_mutes (lookout (), NULL, mute);
  g_assert_cmpuint (n_titled (mutes, "a<b>&c · Ports 81–82"), ==, 1);
  ph_lookout_change_mutes (lookout (), mute, NULL);
  g_assert_cmpuint (n_titled (mutes, "Nothing Is Muted"), ==, 1);

  RUN_UNTIL (n_titled (known, at_port) == 1);
  entries = widget_find_all (known, ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (g_ptr_array_index (entries, 0), "zzz-nobody");
  g_assert_cmpuint (n_titled (known, at_port), ==, 0);
  g_assert_cmpuint (n_titled (known, "Nothing Like That Is Known"), ==, 1);
  gtk_editable_set_text (g_ptr_array_index (entries, 0), at_port);
  g_assert_cmpuint (n_titled (known, at_port), ==, 1);
  widget_close (window);
}

static char *
read_autostart (void)
{
  g_autofree char *path = ph_autostart_path ();
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
set_done (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ph_autostart_set_finish (result, &error));
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

static void
set_autostart (gboolean on)
{
  gboolean done = FALSE;

  ph_autostart_set_async (on, NULL, set_done, &done);
  RUN_UNTIL (done);
}

static void
test_autostart (WindowFixture *f, gconstpointer data)
{
  g_autofree char *plain = ph_autostart_text ("/usr/bin/porthole");
  g_autofree char *odd = ph_autostart_text ("/opt/my \"50%\" $x/porthole");
  g_autofree char *written = NULL;
  g_autofree char *removed = NULL;

  g_assert_nonnull (strstr (plain, "\nExec=/usr/bin/porthole --background\n"));
  g_assert_nonnull (strstr (odd, "\nExec=\"/opt/my \\\\\"50%%\\\\\" \\\\$x/porthole\" --background\n"));

  set_autostart (TRUE);
  set_autostart (TRUE);
  written = read_autostart ();
  g_assert_nonnull (written);
  g_assert_nonnull (strstr (written, "test-alerts --background\n"));
  set_autostart (FALSE);
  set_autostart (FALSE);
  removed = read_autostart ();
  g_assert_null (removed);
}

static void
test_preferences (WindowFixture *f, gconstpointer data)
{
  GSettings *settings = ph_lookout_get_settings (lookout ());
  GtkWindow *window = GTK_WINDOW (ph_preferences_new (GTK_WINDOW (f->window), lookout ()));
  GtkSwitch *toggle = widget_find_in_row (GTK_WIDGET (window), "Show a Notification", GTK_TYPE_SWITCH);
  GtkSpinButton *seconds = widget_find_in_row (GTK_WIDGET (window), "Seconds Between Two Looks", GTK_TYPE_SPIN_BUTTON);
  gboolean alerts;
  guint interval;

  gtk_window_present (window);
  gtk_switch_set_active (toggle, FALSE);
  g_object_get (watcher (), "alerts", &alerts, NULL);
  g_assert_false (alerts);
  g_settings_reset (settings, "alerts");
  g_assert_true (gtk_switch_get_active (toggle));
  gtk_spin_button_set_value (seconds, 4.5);
  g_object_get (watcher (), "interval", &interval, NULL);
  g_assert_cmpuint (interval, ==, 4500);
  g_settings_reset (settings, "watch-interval");
  widget_close (window);
}

/* A file that cannot be: the lists and the page work, and the page says what does not. */
static void
test_trouble (WindowFixture *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "porthole", NULL);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_autofree char *inside = g_build_filename (path, "in-the-way", NULL);
  PhTablePage *page;
  PhNotice *notice;

  g_assert_cmpint (g_mkdir_with_parents (inside, 0700), ==, 0);
  keep_watch (f);
  page = ph_window_show_table (f->window, PH_TABLE_ACTIVITY);
  notice = widget_find (GTK_WIDGET (page), PH_TYPE_NOTICE);
  RUN_UNTIL (ph_notice_get_text (notice));
  g_assert_cmpstr (ph_notice_get_text (notice), ==, ph_watcher_get_trouble (watcher ()));
  g_rmdir (inside);
  g_rmdir (path);
  gtk_widget_activate_action (GTK_WIDGET (page), "page.refresh", NULL);
  RUN_UNTIL (!ph_watcher_get_trouble (watcher ()));
  RUN_UNTIL (!ph_notice_get_text (notice));
}

int
main (int argc, char **argv)
{
  static const WindowTest tests[] = {
    { "/alerts/trouble", test_trouble }, /* first: only then is the file not open yet */
    { "/alerts/activity", test_activity },
    { "/alerts/no-poll", test_no_poll },
    { "/alerts/open", test_open },
    { "/alerts/clear", test_clear },
    { "/alerts/unseen", test_unseen },
    { "/alerts/unseen-gone", test_unseen_gone },
    { "/alerts/mute-words", test_mute_words },
    { "/alerts/mute-editor", test_mute_editor },
    { "/alerts/lists", test_lists },
    { "/alerts/focus-stays", test_focus_stays },
    { "/alerts/preferences", test_preferences },
    { "/alerts/autostart", test_autostart },
  };

  if (!own_network_enter ())
    {
      g_print ("1..0 # SKIP no network of its own: %s\n", g_strerror (errno));
      return 0;
    }
  own_network_up (OWN_NETWORK_LO, TRUE);
  return window_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
