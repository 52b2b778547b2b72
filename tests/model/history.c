/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seeds are spread over the fields so that each takes its bounds, its unknown and something between. */
#include "history.h"

#include <glib/gstdio.h>

#include "loop.h"

void
history_init (History *history)
{
  g_autofree char *folder = g_dir_make_tmp ("porthole-history-XXXXXX", NULL);

  g_assert_nonnull (folder);
  history->folder = g_steal_pointer (&folder);
  history->path = g_build_filename (history->folder, "porthole", "history.db", NULL);
  history->store = NULL;
  history_open (history);
}

void
history_open (History *history)
{
  g_assert_null (history->store);
  history->store = ph_history_store_new (history->path);
  /* Entries that are made here are old. */
  ph_history_store_set_limits (history->store, 0, PH_HISTORY_BYTES);
}

void
history_close (History *history)
{
  g_assert_true (ph_history_store_close (history->store, 60000));
  g_assert_cmpuint (ph_history_store_n_waiting (history->store), ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&history->store));
}

void
history_remove (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        history_remove (path);
      else
        g_assert_no_errno (g_remove (path));
    }
  g_dir_close (dir);
  g_assert_no_errno (g_rmdir (folder));
}

void
history_clear (History *history)
{
  if (history->store != NULL)
    history_close (history);
  history_remove (history->folder);
  g_free (history->folder);
  g_free (history->path);
}

/* Every text field has its own pattern of what is there and what is not. */
static const char *
text (guint seed, guint field, char buffer[64])
{
  static const char *const hostile[] = {
    "", "'; DROP TABLE activity; --", "<b>&amp;</b>", "a\"b'c\\d%s%n", "日本語 ☃", "\\x1b[31m", "NULL", "?1", "—",
  };

  if ((seed >> field) % 3 == 0)
    return NULL;
  if ((seed >> field) % 3 == 1)
    return hostile[(seed + field) % G_N_ELEMENTS (hostile)];
  g_snprintf (buffer, 64, "field %u of %u", field, seed);
  return buffer;
}

static void
address (guint seed, PhAddress *address)
{
  guint8 bytes[16];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (seed * 2654435761u >> (i % 25));
  if (seed % 3 == 0)
    return;
  ph_address_set (address, seed % 3 == 1 ? PH_FAMILY_IPV4 : PH_FAMILY_IPV6, bytes);
  address->scope = seed % 5 == 0 ? G_MAXUINT32 - seed : 0;
}

void
history_make (guint seed, PhActivity *entry)
{
  static char texts[5][64];

  ph_activity_init (entry, (PhActivityKind) (1 + seed % (PH_N_ACTIVITIES - 1)),
                    G_GINT64_CONSTANT (1700000000000000) + seed * G_GINT64_CONSTANT (1000003));
  if (seed % 4 > 0)
    entry->duration_us = (gint64) seed * 1000;
  if (seed % 3 > 0)
    {
      entry->rx_bytes = seed % 7 == 0 ? G_MAXUINT64 - 1 - seed : seed;
      entry->tx_bytes = seed % 11 == 0 ? (guint64) G_MAXINT64 + seed : 0;
    }
  entry->socket.family = (guint8) (seed % (PH_SOCKET_FAMILY_VSOCK + 1));
  entry->socket.protocol = (guint16) (seed % (PH_PROTOCOL_VSOCK + 1));
  entry->socket.cookie = seed % 2 ? G_MAXUINT64 - seed : 0;
  entry->socket.net_ns = entry->socket.cookie != 0 ? seed % 4 : 0;
  address (seed, &entry->local);
  address (seed / 2, &entry->remote);
  entry->local_port = (guint16) (seed * 31);
  entry->remote_port = (guint16) (seed % 6 ? 65535 - seed % 60000 : 0);
  if (seed % 5 > 0)
    entry->prefix_length = (guint8) (seed % 129);
  entry->ended = (guint8) (seed % PH_N_ENDS);
  entry->exposure = (guint8) (seed % (PH_EXPOSURE_EVERY + 1));
  entry->note = (guint8) (seed % (PH_OWNER_PROTECTED + 1));
  entry->pid = seed % 3 ? G_MAXINT32 - (gint32) seed : 0;
  entry->interface = seed % 2 ? G_MAXUINT32 - seed : 0;
  entry->process = text (seed, 0, texts[0]);
  entry->exe = text (seed, 1, texts[1]);
  entry->unit = text (seed, 2, texts[2]);
  entry->interface_name = text (seed, 3, texts[3]);
  entry->detail = text (seed, 4, texts[4]);
}

void
history_append (History *history, guint first, guint n)
{
  PhActivity entry;

  for (guint seed = first; seed < first + n; seed++)
    {
      history_make (seed, &entry);
      ph_history_store_append (history->store, &entry);
    }
}

/* --- waiting --- */

typedef struct
{
  gboolean done;
  GError *error;
} Outcome;

#define ENDED(what)                                                                                                    \
  static void what##_ended (GObject *object, GAsyncResult *result, gpointer data)                                      \
  {                                                                                                                    \
    Outcome *outcome = data;                                                                                           \
    gboolean good = ph_history_store_##what##_finish (PH_HISTORY_STORE (object), result, &outcome->error);             \
                                                                                                                       \
    g_assert_true (good == (outcome->error == NULL));                                                                  \
    outcome->done = TRUE;                                                                                              \
  }
ENDED (flush)
ENDED (clear)
ENDED (load)

GError *
history_flush (History *history)
{
  Outcome outcome = { 0 };

  ph_history_store_flush_async (history->store, flush_ended, &outcome);
  RUN_UNTIL (outcome.done);
  return outcome.error;
}

GError *
history_wipe (History *history)
{
  Outcome outcome = { 0 };

  ph_history_store_clear_async (history->store, clear_ended, &outcome);
  RUN_UNTIL (outcome.done);
  return outcome.error;
}

GError *
history_load (History *history, PhActivityLog *log, guint n)
{
  Outcome outcome = { 0 };

  ph_history_store_load_async (history->store, log, n, load_ended, &outcome);
  RUN_UNTIL (outcome.done);
  return outcome.error;
}

/* --- asserting --- */

void
history_assert_same (const PhActivity *a, const PhActivity *b)
{
  g_assert_cmpuint (a->kind, ==, b->kind);
  g_assert_cmpint (a->time_us, ==, b->time_us);
  g_assert_cmpint (a->duration_us, ==, b->duration_us);
  g_assert_cmpuint (a->rx_bytes, ==, b->rx_bytes);
  g_assert_cmpuint (a->tx_bytes, ==, b->tx_bytes);
  g_assert_cmpuint (a->socket.family, ==, b->socket.family);
  g_assert_cmpuint (a->socket.protocol, ==, b->socket.protocol);
  g_assert_cmpmem (&a->local, sizeof a->local, &b->local, sizeof b->local);
  g_assert_cmpmem (&a->remote, sizeof a->remote, &b->remote, sizeof b->remote);
  g_assert_cmpuint (a->local_port, ==, b->local_port);
  g_assert_cmpuint (a->remote_port, ==, b->remote_port);
  g_assert_cmpuint (a->prefix_length, ==, b->prefix_length);
  g_assert_cmpuint (a->ended, ==, b->ended);
  g_assert_cmpuint (a->exposure, ==, b->exposure);
  g_assert_cmpuint (a->note, ==, b->note);
  g_assert_cmpint (a->pid, ==, b->pid);
  g_assert_cmpuint (a->interface, ==, b->interface);
  g_assert_cmpstr (a->process, ==, b->process);
  g_assert_cmpstr (a->exe, ==, b->exe);
  g_assert_cmpstr (a->unit, ==, b->unit);
  g_assert_cmpstr (a->interface_name, ==, b->interface_name);
  g_assert_cmpstr (a->detail, ==, b->detail);
}

typedef struct
{
  guint seed;
  guint64 number;
} Expected;

static void
assert_entry (gpointer user, const PhActivity *entry)
{
  Expected *expected = user;
  PhActivity made;

  history_make (expected->seed++, &made);
  history_assert_same (entry, &made);
  g_assert_cmpuint (entry->socket.cookie, ==, made.socket.cookie);
  g_assert_cmpuint (entry->socket.net_ns, ==, made.socket.net_ns);
  g_assert_cmpuint (ph_activity_number (entry), ==, expected->number++);
}

void
history_assert_log (PhActivityLog *log, guint first, guint n, guint64 number)
{
  Expected expected = { first, number };

  g_assert_cmpuint (ph_activity_log_length (log), ==, n);
  ph_activity_log_each (log, 0, assert_entry, &expected);
  g_assert_cmpuint (expected.seed, ==, first + n);
}
