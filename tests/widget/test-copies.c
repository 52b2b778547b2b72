/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes out of the table of sockets: cells and rows as text, CSV and JSON, in other programs' words; and what a
 * click on a process asks for. */
#include <string.h>

#include "../unit/socket-samples.h"
#include "ph-cell-find.h"
#include "ph-linker.h"
#include "ph-names.h"
#include "ph-owner-click.h"
#include "ph-table-copy.h"
#include "widget.h"

#define SERVICES "https 443/tcp\ndomain 53/udp\n"

typedef struct
{
  PhTable *table;
  PhView *view;
  PhLinker *linker;
  PhNames *names;
  PhTableView *table_view;
  GtkWindow *window;
  char *wanted; /* the last "filter-wanted" */
} Fixture;

static void
filter_wanted (PhTableView *table_view, const char *term, Fixture *f)
{
  g_free (f->wanted);
  f->wanted = g_strdup (term);
}

static void
settle (Fixture *f)
{
  RUN_UNTIL (!ph_view_is_busy (f->view));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->window));
  loop_run_for (20);
}

static void
look (Fixture *f, const PhSocket *sockets, guint n)
{
  PhSnapshot *snapshot = ph_snapshot_new (&ph_socket_schema, g_get_monotonic_time ());

  for (guint i = 0; i < n; i++)
    {
      PhSocket *socket = ph_snapshot_add (snapshot);
      PhRecord head = socket->head;

      *socket = sockets[i];
      socket->head = head;
      socket->head.request = PH_REQUEST_TCP4;
      socket->key.cookie = i + 1;
    }
  ph_snapshot_edit_look (snapshot, PH_REQUEST_TCP4)->look = PH_LOOK_GOOD;
  ph_linker_link (f->linker, snapshot);
  ph_table_sync (f->table, snapshot);
  ph_snapshot_unref (snapshot);
  settle (f);
}

/* In this order: by local port. */
enum
{
  UDP,
  LISTENER,
  MAPPED,
  ESTABLISHED,
  N_ROWS
};

static void
set_up (Fixture *f, gconstpointer data)
{
  static const char *const order[] = { "local_port", NULL };
  static const char *const shown[]
      = { "proto", "local_address", "local_port", "remote_address", "remote_port", "state", "process", "pid", NULL };
  const Samples s = samples_make ();
  const PhSocket sockets[] = { s.listener, s.established, s.udp, s.mapped };

  f->table = ph_table_new (&ph_socket_schema);
  f->view = ph_view_new (f->table);
  f->linker = ph_linker_new (&ph_socket_schema);
  f->names = ph_names_new (10);
  ph_names_set_services (f->names, SERVICES, strlen (SERVICES));
  ph_names_set_host (f->names, &s.established.remote, "www.example.org");
  f->table_view = g_object_new (PH_TYPE_TABLE_VIEW, NULL);
  ph_table_view_set_view (f->table_view, f->view, "Sockets", order);
  ph_table_view_set_style (f->table_view, &(PhStyle){ .names = f->names });
  ph_table_view_set_shown (f->table_view, shown);
  g_signal_connect (f->table_view, "filter-wanted", G_CALLBACK (filter_wanted), f);
  f->window = widget_show (GTK_WIDGET (f->table_view), 1000, 300);
  look (f, sockets, G_N_ELEMENTS (sockets));
}

static GtkWidget *
get_menu (Fixture *f)
{
  return widget_find (GTK_WIDGET (f->table_view), GTK_TYPE_POPOVER_MENU);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (get_menu (f)) /* it has a grab, and GDK does not expect its window to go meanwhile */
    gtk_popover_popdown (GTK_POPOVER (get_menu (f)));
  loop_run_for (50);
  widget_close (f->window);
  ph_linker_free (f->linker);
  g_assert_finalize_object (f->view);
  g_assert_finalize_object (f->table);
  ph_names_unref (f->names);
  g_free (f->wanted);
}

static void
select_rows (Fixture *f, guint first, guint n)
{
  gtk_selection_model_select_range (ph_table_view_get_selection (f->table_view), first, n, TRUE);
}

static void
text_read (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static char *
read_clipboard (Fixture *f)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (f->table_view)), NULL, text_read, &text);
  RUN_UNTIL (text);
  return text;
}

#define assert_clipboard(f, expected)                                                                                  \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *text_ = read_clipboard (f);                                                                       \
    g_assert_cmpstr (text_, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

static void
clear_clipboard (Fixture *f)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (f->table_view)), "nothing");
}

/* --- the cell on screen --- */

typedef struct
{
  Fixture *f;
  guint position;
  const char *id;
  PhCell *found;
} Search;

static void
look_at (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (!PH_IS_CELL (widget) || !ph_cell_get_row (PH_CELL (widget)) || !gtk_widget_get_mapped (widget))
    return;
  if (strcmp (ph_cell_get_column (PH_CELL (widget))->id, search->id) == 0
      && ph_view_find (search->f->view, ph_cell_get_row (PH_CELL (widget))) == search->position)
    search->found = PH_CELL (widget);
}

static PhCell *
get_cell (Fixture *f, guint position, const char *id)
{
  Search search = { f, position, id, NULL };

  widget_for_each (GTK_WIDGET (f->table_view), look_at, &search);
  g_assert_nonnull (search.found);
  return search.found;
}

/* As a click of that button on it. */
static void
click (Fixture *f, guint position, const char *id, guint button, int n_press)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (f->table_view));
  graphene_rect_t box;
  guint n = 0;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (get_cell (f, position, id)), GTK_WIDGET (f->table_view), &box));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_GESTURE_CLICK (controller)
          || gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) != button)
        continue;
      g_signal_emit_by_name (controller, "pressed", n_press, (double) box.origin.x + 5,
                             (double) (box.origin.y + box.size.height / 2));
      n++;
    }
  g_assert_cmpuint (n, >=, 1);
}

/* --- tests --- */

/* Names are on screen, numbers are copied. */
static void
test_numbers (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  g_assert_cmpstr (ph_cell_get_text (get_cell (f, ESTABLISHED, "remote_address")), ==,
                   "93.184.216.34 · www.example.org");
  g_assert_cmpstr (ph_cell_get_text (get_cell (f, ESTABLISHED, "remote_port")), ==, "https · 443");
  select_rows (f, ESTABLISHED, 1);
  text = ph_table_copy_dup (f->table_view, PH_COPY_TEXT);
  g_assert_cmpstr (text, ==, "tcp\t192.168.1.5\t50000\t93.184.216.34\t443\tESTABLISHED\t=cmd|\"x\",<b>\t4\n");

  click (f, ESTABLISHED, "remote_address", GDK_BUTTON_SECONDARY, 1);
  gtk_widget_activate_action (GTK_WIDGET (f->table_view), "row.copy-cell", NULL);
  assert_clipboard (f, "93.184.216.34");
  click (f, UDP, "local_port", GDK_BUTTON_SECONDARY, 1);
  gtk_widget_activate_action (GTK_WIDGET (f->table_view), "row.copy-cell", NULL);
  assert_clipboard (f, "53");

  /* Where nothing is known the clipboard keeps what it has. */
  click (f, UDP, "process", GDK_BUTTON_SECONDARY, 1);
  gtk_widget_activate_action (GTK_WIDGET (f->table_view), "row.copy-cell", NULL);
  assert_clipboard (f, "53");
}

static void
test_formats (Fixture *f, gconstpointer data)
{
  g_assert_null (ph_table_copy_dup (f->table_view, PH_COPY_CSV));
  select_rows (f, ESTABLISHED, 1);
  gtk_widget_activate_action (GTK_WIDGET (f->table_view), "row.copy-as", "s", "csv");
  /* As in a file: no spreadsheet runs what a process calls itself. */
  assert_clipboard (f, "tcp,192.168.1.5,50000,93.184.216.34,443,ESTABLISHED,\"'=cmd|\"\"x\"\",<b>\",4");
  gtk_widget_activate_action (GTK_WIDGET (f->table_view), "row.copy-as", "s", "json");
  assert_clipboard (f, "{\"proto\": \"tcp\", \"local_address\": \"192.168.1.5\", \"local_port\": 50000, "
                       "\"remote_address\": \"93.184.216.34\", \"remote_port\": 443, \"state\": \"ESTABLISHED\", "
                       "\"process\": \"=cmd|\\\"x\\\",<b>\", \"pid\": 4}");
}

static void
test_several (Fixture *f, gconstpointer data)
{
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;

  ph_table_view_set_shown (f->table_view, (const char *const[]){ "local_port", NULL });
  settle (f);
  select_rows (f, UDP, 2);
  csv = ph_table_copy_dup (f->table_view, PH_COPY_CSV);
  g_assert_cmpstr (csv, ==, "53\r\n443");
  json = ph_table_copy_dup (f->table_view, PH_COPY_JSON);
  g_assert_cmpstr (json, ==, "[\n{\"local_port\": 53},\n{\"local_port\": 443}\n]");
}

/* Many are written in pieces, and meanwhile the window lives. What is copied later wins. */
static void
test_many (Fixture *f, gconstpointer data)
{
  const guint n = 3000;
  g_autofree PhSocket *sockets = g_new0 (PhSocket, n);
  g_autofree char *all = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    sockets[i]
        = sample_socket (PH_PROTOCOL_TCP, "10.0.0.1", (guint16) (1000 + i), "10.0.0.2", 80, PH_STATE_ESTABLISHED);
  look (f, sockets, n);
  ph_table_view_set_shown (f->table_view, (const char *const[]){ "local_port", NULL });
  settle (f);
  RUN_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (ph_table_view_get_selection (f->table_view))) == n);
  gtk_selection_model_select_all (ph_table_view_get_selection (f->table_view));
  all = ph_table_copy_dup (f->table_view, PH_COPY_TEXT);
  g_assert_cmpuint (strlen (all), ==, n * 5);

  clear_clipboard (f);
  ph_table_copy (f->table_view, PH_COPY_TEXT);
  assert_clipboard (f, "nothing"); /* not yet */
  do
    {
      loop_run_for (20);
      g_free (text);
      text = read_clipboard (f);
    }
  while (strcmp (text, "nothing") == 0);
  g_assert_cmpstr (text, ==, all);

  ph_table_copy (f->table_view, PH_COPY_TEXT);
  select_rows (f, 0, 1);
  ph_table_copy (f->table_view, PH_COPY_TEXT);
  loop_run_for (100);
  assert_clipboard (f, "1000\n");

  /* Gone before it is done. */
  gtk_selection_model_select_all (ph_table_view_get_selection (f->table_view));
  ph_table_copy (f->table_view, PH_COPY_TEXT);
}

/* --- the menu --- */

static void
collect (GMenuModel *menu, GString *text)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *label = NULL;
      static const char *const links[] = { G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU };

      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
        g_string_append_printf (text, "%s|", label);
      for (guint l = 0; l < G_N_ELEMENTS (links); l++)
        {
          g_autoptr (GMenuModel) inner = g_menu_model_get_item_link (menu, i, links[l]);

          if (inner)
            collect (inner, text);
        }
    }
}

#define assert_menu(f, position, id, expected)                                                                         \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autoptr (GString) labels_ = g_string_new (NULL);                                                                 \
    click (f, position, id, GDK_BUTTON_SECONDARY, 1);                                                                  \
    collect (gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (get_menu (f))), labels_);                              \
    g_assert_cmpstr (labels_->str, ==, expected);                                                                      \
  }                                                                                                                    \
  G_STMT_END

static void
test_menu (Fixture *f, gconstpointer data)
{
  assert_menu (f, LISTENER, "process",
               "_Copy Row|Copy Ce_ll|Copy _As|_CSV|_JSON|_ss Filter|_tcpdump Filter|_Show Only “nginx +1”|"
               "_Hide “nginx +1”|Show Only This _Process|");
  /* It is the same there. */
  assert_menu (f, LISTENER, "pid",
               "_Copy Row|Copy Ce_ll|Copy _As|_CSV|_JSON|_ss Filter|_tcpdump Filter|_Show Only “812”|_Hide “812”|");
  assert_menu (f, MAPPED, "state",
               "_Copy Row|Copy Ce_ll|Copy _As|_CSV|_JSON|_ss Filter|_tcpdump Filter|_Show Only “CLOSE__WAIT”|"
               "_Hide “CLOSE__WAIT”|Show Only This _Unit|");
  assert_menu (f, UDP, "process", "_Copy Row|Copy _As|_CSV|_JSON|_ss Filter|_tcpdump Filter|");
}

static void
test_filters (Fixture *f, gconstpointer data)
{
  click (f, LISTENER, "process", GDK_BUTTON_SECONDARY, 1);
  gtk_widget_activate_action (GTK_WIDGET (f->table_view), "row.filter", NULL);
  g_assert_cmpstr (f->wanted, ==, "process:=nginx");
  gtk_widget_activate_action (GTK_WIDGET (f->table_view), "row.exclude", NULL);
  g_assert_cmpstr (f->wanted, ==, "-process:=nginx");
  gtk_widget_activate_action (GTK_WIDGET (f->table_view), "row.owner", NULL);
  g_assert_cmpstr (f->wanted, ==, "pid:812");
  click (f, ESTABLISHED, "remote_address", GDK_BUTTON_SECONDARY, 1);
  gtk_widget_activate_action (GTK_WIDGET (f->table_view), "row.filter", NULL);
  g_assert_cmpstr (f->wanted, ==, "remote_address:93.184.216.34");
}

static void
test_owner (Fixture *f, gconstpointer data)
{
  click (f, LISTENER, "process", GDK_BUTTON_MIDDLE, 1);
  g_assert_cmpstr (f->wanted, ==, "pid:812");
  g_clear_pointer (&f->wanted, g_free);

  click (f, ESTABLISHED, "pid", GDK_BUTTON_PRIMARY, 1);
  g_assert_null (f->wanted);
  click (f, ESTABLISHED, "pid", GDK_BUTTON_PRIMARY, 2);
  g_assert_cmpstr (f->wanted, ==, "pid:4");
  g_clear_pointer (&f->wanted, g_free);

  click (f, MAPPED, "process", GDK_BUTTON_MIDDLE, 1);
  g_assert_cmpstr (f->wanted, ==, "unit:=nginx.service");
  g_clear_pointer (&f->wanted, g_free);

  click (f, UDP, "process", GDK_BUTTON_MIDDLE, 1); /* nobody knows whose */
  click (f, LISTENER, "state", GDK_BUTTON_MIDDLE, 1);
  click (f, LISTENER, "state", GDK_BUTTON_PRIMARY, 2);
  g_assert_null (f->wanted);
}

static void
test_words (Fixture *f, gconstpointer data)
{
  click (f, LISTENER, "state", GDK_BUTTON_SECONDARY, 1);
  gtk_widget_activate_action (GTK_WIDGET (f->table_view), "row.copy-text", "s", "-tl 'src 0.0.0.0:443'");
  assert_clipboard (f, "-tl 'src 0.0.0.0:443'");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/copies/numbers", test_numbers }, { "/copies/formats", test_formats }, { "/copies/several", test_several },
    { "/copies/many", test_many },       { "/copies/menu", test_menu },       { "/copies/filters", test_filters },
    { "/copies/owner", test_owner },     { "/copies/words", test_words },
  };

  widget_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
