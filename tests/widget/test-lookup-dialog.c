/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Look up, in the real window: what is shown while one types, where Enter leads, and what becomes of the filters. */
#include <string.h>
#include <unistd.h>

#include "ph-lookup-dialog.h"
#include "ph-lookup-hit-view.h"
#include "window.h"

static PhLookupDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (PH_IS_LOOKUP_DIALOG (l->data) && gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

static PhLookupDialog *
open_dialog (WindowFixture *f)
{
  window_activate (f, "win.look-up");
  RUN_UNTIL (find_dialog ());
  return find_dialog ();
}

static GtkEditable *
entry (PhLookupDialog *dialog)
{
  return widget_find (GTK_WIDGET (dialog), GTK_TYPE_SEARCH_ENTRY);
}

/* Which page of the dialog is in sight: "guide", "busy", "hits", "nothing". */
static const char *
shown (PhLookupDialog *dialog)
{
  return gtk_stack_get_visible_child_name (widget_find (GTK_WIDGET (dialog), GTK_TYPE_STACK));
}

/* Why there is nothing, as it is seen. */
static const char *
why (PhLookupDialog *dialog)
{
  g_autoptr (GPtrArray) labels = widget_find_all (GTK_WIDGET (dialog), GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (labels, i))
        && g_str_has_suffix (gtk_label_get_text (g_ptr_array_index (labels, i)), "."))
      return gtk_label_get_text (g_ptr_array_index (labels, i));
  return "";
}

G_GNUC_PRINTF (2, 3) static void type (PhLookupDialog *dialog, const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  gtk_editable_set_text (entry (dialog), text);
}

/* The row that is selected is that of the listener. */
static gboolean
is_at_listener (WindowFixture *f)
{
  GtkSelectionModel *rows = ph_table_view_get_selection (f->table_view);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    if (gtk_selection_model_is_selected (rows, i))
      {
        g_autoptr (PhRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
        const PhSocket *socket = ph_row_get_record (row);

        return socket->local_port == f->port && socket->state == PH_STATE_LISTEN;
      }
  return FALSE;
}

static void
test_live (WindowFixture *f, gconstpointer data)
{
  PhLookupDialog *dialog = open_dialog (f);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_cmpstr (shown (dialog), ==, "guide");
  type (dialog, "pid %d", getpid ());
  RUN_UNTIL (g_str_equal (shown (dialog), "hits"));
  rows = widget_find_all (GTK_WIDGET (dialog), ADW_TYPE_ACTION_ROW);
  g_assert_cmpuint (rows->len, >=, 1);

  /* What was found stays until something else is. */
  type (dialog, "pid 4194304");
  RUN_UNTIL (g_str_equal (shown (dialog), "nothing"));
  type (dialog, "  ");
  RUN_UNTIL (g_str_equal (shown (dialog), "guide"));
  gtk_window_close (GTK_WINDOW (dialog));
  RUN_UNTIL (!find_dialog ());
}

/* What was typed is said again, and is no markup. */
static void
test_hostile (WindowFixture *f, gconstpointer data)
{
  PhLookupDialog *dialog = open_dialog (f);

  type (dialog, "<b>&%%s\u202e");
  RUN_UNTIL (g_str_equal (shown (dialog), "nothing"));
  g_assert_true (g_str_has_prefix (why (dialog), "Nothing that has a socket is called “<b>&%s\\u{202E}”."));
  gtk_window_close (GTK_WINDOW (dialog));
}

/* Nor is what was found: GTK would warn of it. */
static void
test_hostile_hit (WindowFixture *f, gconstpointer data)
{
  PhLookupSocket socket = { .title = (char *) "<b>/run/a & b", .detail = (char *) "unix · a < b & <i>c" };
  PhLookupHit hit = { .title = (char *) "Path <b>", .note = (char *) "</span>&", .n_sockets = 2 };
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GtkWidget) view = NULL;

  hit.sockets = g_ptr_array_new ();
  g_ptr_array_add (hit.sockets, &socket);
  view = g_object_ref_sink (GTK_WIDGET (ph_lookup_hit_view_new (&hit, 1)));
  g_ptr_array_unref (hit.sockets);
  ph_lookup_hit_view_append_rows (PH_LOOKUP_HIT_VIEW (view), rows);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (adw_preferences_row_get_title (rows->pdata[0]), ==, socket.title);
  g_assert_cmpstr (adw_action_row_get_subtitle (rows->pdata[0]), ==, socket.detail);
}

/* Enter before there is an answer: a single hit is gone to, whatever filter hides it; and that can be undone. */
static void
test_at_once (WindowFixture *f, gconstpointer data)
{
  g_autofree char *port = g_strdup_printf (":%u", f->port);
  GtkWidget *undo;
  PhChips chips;

  ph_socket_chips_set (f->chips, &(PhChips){ .kinds = 1 << PH_KIND_UDP });
  window_filter (f, "state:established");
  ph_lookup_dialog_look_up (open_dialog (f), port);
  RUN_UNTIL (is_at_listener (f));
  g_assert_null (find_dialog ());
  g_assert_cmpstr (ph_table_page_get_text (f->page), ==, "");

  undo = widget_find_text (GTK_WIDGET (f->page), GTK_TYPE_BUTTON, "_Undo");
  g_assert_nonnull (undo);
  g_signal_emit_by_name (undo, "clicked");
  RUN_UNTIL (g_str_equal (ph_table_page_get_text (f->page), "state:established"));
  ph_socket_chips_get (f->chips, &chips);
  g_assert_cmpuint (chips.kinds, ==, 1 << PH_KIND_UDP);
}

/* Several are listed; a row that is activated is gone to. */
static void
test_several (WindowFixture *f, gconstpointer data)
{
  PhLookupDialog *dialog = open_dialog (f);
  g_autofree char *place = g_strdup_printf (":%u", f->port);
  g_autoptr (GPtrArray) rows = NULL;
  GtkWidget *row = NULL;

  ph_lookup_dialog_look_up (dialog, place);
  RUN_UNTIL (is_at_listener (f));

  dialog = open_dialog (f);
  type (dialog, "pid %d", getpid ());
  RUN_UNTIL (g_str_equal (shown (dialog), "hits"));
  rows = widget_find_all (GTK_WIDGET (dialog), ADW_TYPE_ACTION_ROW);
  for (guint i = 0; i < rows->len && !row; i++)
    if (g_str_has_suffix (adw_preferences_row_get_title (g_ptr_array_index (rows, i)), place))
      row = g_ptr_array_index (rows, i);
  g_assert_nonnull (row);
  gtk_selection_model_unselect_all (ph_table_view_get_selection (f->table_view));
  gtk_widget_activate (row);
  RUN_UNTIL (is_at_listener (f));
  g_assert_null (find_dialog ());
}

/* All sockets of a hit: a filter, with the way back. */
static void
test_all (WindowFixture *f, gconstpointer data)
{
  PhLookupDialog *dialog = open_dialog (f);
  g_autofree char *filter = g_strdup_printf ("pid:%d", getpid ());
  GtkWidget *all = NULL;

  type (dialog, "pid %d", getpid ());
  RUN_UNTIL (g_str_equal (shown (dialog), "hits"));
  g_autoptr (GPtrArray) buttons = widget_find_all (GTK_WIDGET (dialog), GTK_TYPE_BUTTON);
  for (guint i = 0; i < buttons->len; i++)
    {
      const char *label = gtk_button_get_label (g_ptr_array_index (buttons, i));

      if (label && g_str_has_prefix (label, "Show All "))
        all = g_ptr_array_index (buttons, i);
    }
  g_assert_nonnull (all);
  g_signal_emit_by_name (all, "clicked");
  RUN_UNTIL (g_str_equal (ph_table_page_get_text (f->page), filter));
  g_assert_null (find_dialog ());
  g_signal_emit_by_name (widget_find_text (GTK_WIDGET (f->page), GTK_TYPE_BUTTON, "_Undo"), "clicked");
  RUN_UNTIL (g_str_equal (ph_table_page_get_text (f->page), ""));
}

/* Closed in the middle of a search: nobody is told. And one goes with its window. */
static void
test_closed (WindowFixture *f, gconstpointer data)
{
  PhLookupDialog *dialog = open_dialog (f);

  ph_lookup_dialog_look_up (dialog, "1");
  gtk_window_close (GTK_WINDOW (dialog));
  RUN_UNTIL (!find_dialog ());
  loop_run_for (300);
  dialog = open_dialog (f);
  ph_lookup_dialog_look_up (dialog, "zzz");
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_window_destroy (GTK_WINDOW (f->window));
  RUN_UNTIL (!dialog);
  f->window = ph_window_new (GTK_APPLICATION (f->application)); /* to be closed */
}

int
main (int argc, char **argv)
{
  static const WindowTest tests[] = {
    { "/lookup/live", test_live },
    { "/lookup/hostile", test_hostile },
    { "/lookup/hostile-hit", test_hostile_hit },
    { "/lookup/at-once", test_at_once },
    { "/lookup/several", test_several },
    { "/lookup/all", test_all },
    { "/lookup/closed", test_closed },
  };

  return window_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
