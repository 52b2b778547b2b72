/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help: every option has its place in the window, is found by its words, and a click shows what it is about. */
#include <string.h>

#include "ph-help-row.h"
#include "ph-help.h"
#include "access.h"
#include "window.h"

/* A new option cannot be forgotten here, nor can its arguments be nonsense. */
static void
test_clicks (WindowFixture *f, gconstpointer data)
{
  guint n;
  PhOptionEntry *entries = ph_options_guide (PH_PROGRAM_WINDOW, &n);

  for (guint i = 0; i < n; i++)
    {
      const PhOptionClick *click = entries[i].heading ? NULL : ph_option_click_find (entries[i].id);

      if (entries[i].heading)
        continue;
      g_test_message ("%s", entries[i].id);
      g_assert_nonnull (click);
      g_assert_true (*click->where);
      g_assert_true (!click->arguments || !click->action);
      if (click->arguments)
        {
          g_autofree char *line = g_strconcat ("porthole ", click->arguments, NULL);
          g_auto (GStrv) argv = g_strsplit (line, " ", -1);
          g_autoptr (GError) error = NULL;
          g_autoptr (PhOptions) options
              = ph_options_parse (PH_PROGRAM_WINDOW, (int) g_strv_length (argv), argv, &error);

          g_assert_no_error (error);
          g_assert_nonnull (options);
        }
      if (click->action && g_str_has_prefix (click->action, "app."))
        g_assert_true (g_action_group_has_action (G_ACTION_GROUP (f->application), click->action + strlen ("app.")));
    }
  ph_options_guide_free (entries, n);
}

static GtkWindow *
open_help (WindowFixture *f)
{
  GtkWindow *help;

  g_action_group_activate_action (G_ACTION_GROUP (f->application), "help", NULL);
  help = gtk_application_get_active_window (GTK_APPLICATION (f->application));
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (f->application)); l; l = l->next)
    if (PH_IS_HELP (l->data))
      help = l->data;
  g_assert_true (PH_IS_HELP (help));
  loop_run_for (50);
  return help;
}

/* With a screen reader, and without a pointer. */
static void
test_access (WindowFixture *f, gconstpointer data)
{
  GtkWindow *help = open_help (f);

  access_check ("help");
  gtk_window_destroy (help);
}

static GPtrArray *
shown_rows (GtkWindow *help)
{
  GPtrArray *rows = widget_find_all (GTK_WIDGET (help), PH_TYPE_HELP_ROW);

  for (guint i = rows->len; i-- > 0;)
    if (!gtk_widget_get_child_visible (g_ptr_array_index (rows, i)))
      g_ptr_array_remove_index (rows, i);
  return rows;
}

static void
type (GtkWindow *help, const char *text)
{
  gtk_editable_set_text (widget_find (GTK_WIDGET (help), GTK_TYPE_SEARCH_ENTRY), text);
  loop_run_for (300); /* the entry waits a little before it tells */
}

static void
test_search (WindowFixture *f, gconstpointer data)
{
  GtkWindow *help = open_help (f);
  g_autoptr (GPtrArray) all = shown_rows (help);

  g_assert_cmpuint (all->len, >, 30);
  type (help, "ROUTING table");
  {
    g_autoptr (GPtrArray) few = shown_rows (help);

    g_assert_cmpuint (few->len, >, 0);
    g_assert_cmpuint (few->len, <, 5);
  }
  type (help, "no option is called that");
  {
    g_autoptr (GPtrArray) none = shown_rows (help);

    g_assert_cmpuint (none->len, ==, 0);
  }
  g_assert_nonnull (widget_find_text (GTK_WIDGET (help), GTK_TYPE_LABEL, "No option is about that."));
  gtk_window_destroy (help);
}

/* Enter takes the first of them: the page changes as with the option itself. */
static void
test_shows (WindowFixture *f, gconstpointer data)
{
  GtkWindow *help = open_help (f);
  GtkWidget *entry = widget_find (GTK_WIDGET (help), GTK_TYPE_SEARCH_ENTRY);
  g_autofree char *page = NULL;

  type (help, "--neighbours");
  g_signal_emit_by_name (entry, "activate");
  g_object_get (f->window, "page", &page, NULL);
  g_assert_cmpstr (page, ==, "routes");
  g_assert_cmpint (ph_table_page_get_table (ph_window_get_page (f->window)), ==, PH_TABLE_NEIGHBOURS);

  type (help, "--listening");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (ph_window_get_page (f->window) == f->page);
  window_settle (f);
  window_filter (f, "lport:%u", f->port);
  g_assert_cmpuint (window_n_shown (f), ==, 1);
  gtk_window_destroy (help);
}

/* The window of shortcuts has every action that has a key; pages have one line for all of them. */
static void
test_shortcuts (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) overlay
      = g_resources_lookup_data ("/org/porthole/Porthole/ph-help-overlay.ui", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (overlay, NULL), g_bytes_get_size (overlay));
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (GTK_APPLICATION (f->application));

  g_assert_cmpuint (g_strv_length (actions), >, 10);
  for (guint i = 0; actions[i]; i++)
    {
      g_autofree char *named = g_strdup_printf (">%s<", actions[i]);

      g_test_message ("%s", actions[i]);
      if (g_str_has_prefix (actions[i], "win.page::"))
        g_assert_nonnull (strstr (text, "&lt;Alt&gt;1...5"));
      else
        g_assert_nonnull (strstr (text, named));
    }
  window_activate (f, "win.show-help-overlay");
  loop_run_for (100);
  g_assert_nonnull (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (f->window)));
}

int
main (int argc, char **argv)
{
  static const WindowTest tests[] = {
    { "/help/clicks", test_clicks }, { "/help/access", test_access },       { "/help/search", test_search },
    { "/help/shows", test_shows },   { "/help/shortcuts", test_shortcuts },
  };

  return window_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
