/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window.h"

#include "ph-look-ahead.h"
#include "ph-settings.h"

PhTable *
window_table (WindowFixture *f)
{
  return ph_view_get_table (ph_table_view_get_view (f->table_view));
}

guint
window_n_shown (WindowFixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ph_table_view_get_view (f->table_view)));
}

void
window_settle (WindowFixture *f)
{
  RUN_UNTIL (ph_table_get_snapshot (window_table (f)) && !ph_view_is_busy (ph_table_view_get_view (f->table_view)));
  loop_run_for (30);
}

/* Every window as if it were the first. */
static void
forget (void)
{
  static const char *const keys[] = { "refresh-interval", "numeric", "scope", "page", "connections-columns" };
  g_autoptr (GSettings) settings = ph_settings_new ();
  g_autoptr (GSettings) connections = ph_settings_new_of_table ("connections");

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
  g_settings_reset (connections, "widths");
  g_settings_reset (connections, "sort");
  g_settings_reset (connections, "facets");
  g_settings_reset (connections, "folded-facets");
  g_settings_reset (connections, "filter");
  g_settings_reset (connections, "saved-filters");
}

void
window_set_up (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->listener = g_socket_listener_new ();
  f->port = g_socket_listener_add_any_inet_port (f->listener, NULL, &error);
  g_assert_no_error (error);

  forget ();
  /* The program looked when it started; these sockets came later. */
  g_object_unref (ph_look_ahead_take ());
  f->application = PH_APPLICATION (g_application_get_default ());
  f->window = ph_window_new (GTK_APPLICATION (f->application));
  f->page = ph_window_get_page (f->window);
  f->table_view = ph_table_page_get_table_view (f->page);
  f->filter_bar = widget_find (GTK_WIDGET (f->window), PH_TYPE_FILTER_BAR);
  f->chips = widget_find (GTK_WIDGET (f->window), PH_TYPE_SOCKET_CHIPS);
  gtk_window_present (GTK_WINDOW (f->window));
  window_settle (f);
}

void
window_tear_down (WindowFixture *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  loop_run_for (50); /* a collection that was under way comes back and finds nobody */
  g_socket_listener_close (f->listener);
  g_object_unref (f->listener);
}

void
window_filter (WindowFixture *f, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  ph_filter_bar_set_text (f->filter_bar, text);
  loop_run_for (250); /* the entry waits for the typing to end */
  window_settle (f);
}

void
window_activate (WindowFixture *f, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), action, NULL);
}

int
window_run (int argc, char **argv, const WindowTest *tests, guint n_tests)
{
  g_autoptr (PhApplication) application = NULL;

  widget_init (&argc, &argv);
  application = ph_application_new ();
  if (!g_application_register (G_APPLICATION (application), NULL, NULL))
    g_error ("The application cannot be registered");
  for (guint i = 0; i < n_tests; i++)
    g_test_add (tests[i].path, WindowFixture, NULL, window_set_up, tests[i].test, window_tear_down);
  return g_test_run ();
}
