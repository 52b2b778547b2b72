/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a row's menu says can be done, the question that comes first, and that only an answer does it: over a process of
 * the test's own that holds a listening socket.
 */
#include <signal.h>
#include <string.h>

#include "nobody.h"
#include "ph-socket-deeds.h"
#include "ph-socket.h"
#include "window.h"

/* A process with a socket that nobody else has: cat(1) waits for what never comes. */
typedef struct
{
  GSubprocess *process;
  guint16 port;
  gint32 pid;
} Holder;

static void
holder_start (Holder *holder)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE);
  g_autoptr (GSocket) listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_socket_bind (listener, address, FALSE, &error));
  g_assert_true (g_socket_listen (listener, &error));
  bound = g_socket_get_local_address (listener, &error);
  holder->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_subprocess_launcher_take_fd (launcher, dup (g_socket_get_fd (listener)), 3);
  holder->process = g_subprocess_launcher_spawn (launcher, &error, "cat", NULL);
  g_assert_no_error (error);
  holder->pid = (gint32) g_ascii_strtoll (g_subprocess_get_identifier (holder->process), NULL, 10);
}

/* The signal that ended it. */
static int
holder_end (Holder *holder)
{
  g_assert_true (g_subprocess_wait (holder->process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (holder->process));
  return g_subprocess_get_term_sig (holder->process);
}

static gboolean
holder_lives (Holder *holder)
{
  loop_run_for (50);
  return g_subprocess_get_identifier (holder->process) != NULL;
}

static PhRow *
row_of (WindowFixture *f, guint16 port)
{
  PhRow *row;

  window_filter (f, "lport:%u is:listening", port);
  window_activate (f, "win.refresh");
  RUN_UNTIL (window_n_shown (f) == 1);
  row = g_list_model_get_item (G_LIST_MODEL (ph_table_view_get_view (f->table_view)), 0);
  RUN_UNTIL (((const PhSocket *) ph_row_get_record (row))->owner.n_owners > 0);
  return row;
}

/* --- menus --- */

typedef struct
{
  char *label;
  char *action;
  GVariant *target;
} Item;

static void
item_clear (Item *item)
{
  g_free (item->label);
  g_free (item->action);
  g_clear_pointer (&item->target, g_variant_unref);
}

/* The nth item of the section about deeds. */
static Item
item_of (WindowFixture *f, PhRow *row, int n)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuModel) section = NULL;
  Item item = { 0 };

  ph_socket_deeds_append_menu (f->page, row, menu);
  section = g_menu_model_get_item_link (G_MENU_MODEL (menu), 0, G_MENU_LINK_SECTION);
  g_assert_cmpint (g_menu_model_get_n_items (section), ==, 3);
  g_menu_model_get_item_attribute (section, n, G_MENU_ATTRIBUTE_LABEL, "s", &item.label);
  g_menu_model_get_item_attribute (section, n, G_MENU_ATTRIBUTE_ACTION, "s", &item.action);
  item.target = g_menu_model_get_item_attribute_value (section, n, G_MENU_ATTRIBUTE_TARGET, NULL);
  return item;
}

enum
{
  CLOSE,
  END,
  KILL,
};

static void
choose (WindowFixture *f, PhRow *row, int n)
{
  Item item = item_of (f, row, n);

  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (f->page), item.action, item.target));
  item_clear (&item);
}

static void
assert_item (WindowFixture *f, PhRow *row, int n, const char *label, const char *action)
{
  Item item = item_of (f, row, n);

  g_assert_cmpstr (item.label, ==, label);
  g_assert_cmpstr (item.action, ==, action);
  item_clear (&item);
}

/* --- questions --- */

static gpointer
find_anywhere (GType type, const char *text)
{
  GListModel *windows = gtk_window_get_toplevels ();
  gpointer found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows) && !found; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      found = widget_find_text (window, type, text);
    }
  return found;
}

/* The question, once it is there. */
static void
wait_for (const char *heading)
{
  RUN_UNTIL (find_anywhere (GTK_TYPE_LABEL, heading));
}

static void
answer (const char *heading, const char *button)
{
  g_signal_emit_by_name (find_anywhere (GTK_TYPE_BUTTON, button), "clicked");
  RUN_UNTIL (!find_anywhere (GTK_TYPE_LABEL, heading));
}

static void
test_end (WindowFixture *f, gconstpointer data)
{
  Holder holder;
  g_autoptr (PhRow) row = NULL;
  g_autofree char *label = NULL;

  holder_start (&holder);
  row = row_of (f, holder.port);
  label = g_strdup_printf ("_End cat (PID %d)…", holder.pid);
  assert_item (f, row, END, label, "deed.end");

  choose (f, row, END);
  choose (f, row, KILL); /* one question at a time */
  wait_for ("End cat?");
  g_assert_null (find_anywhere (GTK_TYPE_LABEL, "Kill cat?"));
  answer ("End cat?", "_Cancel");
  g_assert_true (holder_lives (&holder));

  choose (f, row, END);
  wait_for ("End cat?");
  answer ("End cat?", "_End Process");
  g_assert_cmpint (holder_end (&holder), ==, SIGTERM);
  RUN_UNTIL (find_anywhere (GTK_TYPE_LABEL, "cat was asked to end"));
  g_object_unref (holder.process);
}

/* While the question is there the process ends. */
static void
test_gone (WindowFixture *f, gconstpointer data)
{
  Holder holder;
  g_autoptr (PhRow) row = NULL;

  holder_start (&holder);
  row = row_of (f, holder.port);
  choose (f, row, KILL);
  wait_for ("Kill cat?");
  g_subprocess_send_signal (holder.process, SIGTERM);
  g_assert_cmpint (holder_end (&holder), ==, SIGTERM);
  answer ("Kill cat?", "_Kill Process");
  RUN_UNTIL (find_anywhere (GTK_TYPE_LABEL, "cat had ended already"));
  g_object_unref (holder.process);
}

/* A page that goes with its window takes the question along. */
static void
test_window_closes (WindowFixture *f, gconstpointer data)
{
  Holder holder;
  g_autoptr (PhRow) row = NULL;

  holder_start (&holder);
  row = row_of (f, holder.port);
  choose (f, row, KILL);
  gtk_window_destroy (GTK_WINDOW (f->window)); /* while it is gathered what goes */
  loop_run_for (300);
  g_assert_null (find_anywhere (GTK_TYPE_LABEL, "Kill cat?"));
  g_assert_true (holder_lives (&holder));
  g_subprocess_force_exit (holder.process);
  g_assert_cmpint (holder_end (&holder), ==, SIGKILL);
  g_object_unref (holder.process);
  f->window = ph_window_new (GTK_APPLICATION (f->application)); /* for the tear-down */
}

/* The listener of this very program. */
static void
test_ourselves (WindowFixture *f, gconstpointer data)
{
  g_autoptr (PhRow) row = NULL;
  Item item;

  window_filter (f, "lport:%u is:listening", f->port);
  row = g_list_model_get_item (G_LIST_MODEL (ph_table_view_get_view (f->table_view)), 0);
  item = item_of (f, row, END);
  g_assert_cmpstr (item.action, ==, "deed.nothing");
  g_assert_nonnull (strstr (item.label, "(Porthole itself)"));
  item_clear (&item);
}

/* Without privilege a socket cannot be closed, and the menu says so. */
static void
test_denied (WindowFixture *f, gconstpointer data)
{
  Holder holder;
  g_autoptr (PhRow) row = NULL;

  holder_start (&holder);
  row = row_of (f, holder.port);
  nobody_be (TRUE);
  assert_item (f, row, CLOSE, "St_op Listening (needs CAP__NET__ADMIN)", "deed.nothing");
  nobody_be (FALSE);
  g_subprocess_force_exit (holder.process);
  g_assert_cmpint (holder_end (&holder), ==, SIGKILL);
  g_object_unref (holder.process);
}

int
main (int argc, char **argv)
{
  static const WindowTest tests[] = {
    { "/socket-deeds/end", test_end },
    { "/socket-deeds/gone", test_gone },
    { "/socket-deeds/window-closes", test_window_closes },
    { "/socket-deeds/ourselves", test_ourselves },
    { "/socket-deeds/denied", test_denied },
  };

  return window_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
