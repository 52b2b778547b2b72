/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What PhWatcher tells, keeps and costs, with real sockets: those of this program. */
#include "own-network.h"

#include <string.h>

#include "short-connection.h"
#include "watch-stage.h"

#define ALERTED_MS 3000 /* longer than news are gathered */

/* --- what is told --- */

static char *
own_program (void)
{
  return g_file_read_link ("/proc/self/exe", NULL);
}

static void
test_new_listener (WatchStage *stage, gconstpointer files)
{
  guint16 old_port = 0, port = 0;
  const int old = watch_stage_listen (&old_port);
  g_autofree char *program = own_program ();
  const PhListener *listener;
  guint unseen;
  int new;

  watch_stage_start (stage);
  g_assert_cmpuint (ph_watcher_get_unseen (stage->watcher), ==, 0);

  new = watch_stage_listen (&port);
  RUN_UNTIL (ph_watcher_get_unseen (stage->watcher) > 0);
  g_object_get (stage->watcher, "unseen", &unseen, NULL);
  g_assert_cmpuint (unseen, ==, 1);
  RUN_UNTIL (stage->n_alerts > 0);
  loop_run_for (ALERTED_MS); /* the old one is not told of, nor anything twice */
  g_assert_cmpuint (stage->n_alerts, ==, 1);
  g_assert_cmpuint (stage->n_away, ==, 0);
  g_assert_cmpuint (stage->alerts->len, ==, 1);
  listener = g_ptr_array_index (stage->alerts, 0);
  g_assert_cmpuint (listener->key.port, ==, port);
  g_assert_cmpint (listener->key.protocol, ==, PH_PROTOCOL_TCP);
  g_assert_cmpint (listener->key.exposure, ==, PH_EXPOSURE_EVERY);
  g_assert_cmpint (listener->key.owner.kind, ==, PH_LISTENER_OWNER_PROGRAM);
  g_assert_cmpstr (listener->key.owner.name, ==, program);
  g_assert_cmpuint (watch_stage_count (stage, PH_ACTIVITY_PORT_OPENED, 0), ==, 1);
  g_assert_cmpuint (watch_stage_count (stage, PH_ACTIVITY_PORT_OPENED, port), ==, 1);

  /* Started again it is the same. */
  close (new);
  RUN_UNTIL (watch_stage_count (stage, PH_ACTIVITY_PORT_CLOSED, port) == 1);
  RUN_UNTIL (ph_watcher_get_unseen (stage->watcher) == 0); /* there is nothing to look at any more */
  new = watch_stage_listen (&port);
  RUN_UNTIL (watch_stage_count (stage, PH_ACTIVITY_PORT_OPENED, port) == 2);
  loop_run_for (ALERTED_MS);
  g_assert_cmpuint (stage->n_alerts, ==, 1);
  g_assert_cmpuint (ph_watcher_get_unseen (stage->watcher), ==, 0);
  close (new);
  close (old);
}

static void
on_unseen (PhWatcher *watcher, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_unseen (WatchStage *stage, gconstpointer files)
{
  guint16 ports[2] = { 0, 0 };
  PhSocket socket = { .head.request = PH_REQUEST_TCP4 };
  g_autoptr (PhListener) listener = NULL;
  guint n_told = 0;
  int fds[2];

  watch_stage_start (stage);
  g_signal_connect (stage->watcher, "notify::unseen", G_CALLBACK (on_unseen), &n_told);
  for (guint i = 0; i < 2; i++)
    fds[i] = watch_stage_listen (&ports[i]);
  RUN_UNTIL (stage->n_alerts > 0);
  g_assert_cmpuint (ph_watcher_get_unseen (stage->watcher), ==, 2);
  g_assert_cmpuint (stage->alerts->len, ==, 2);
  g_assert_false (ph_watcher_is_unseen (stage->watcher, &socket));

  n_told = 0;
  listener = ph_listener_ref (g_ptr_array_index (stage->alerts, 0));
  ph_watcher_mark_seen (stage->watcher, &listener->key);
  g_assert_cmpuint (ph_watcher_get_unseen (stage->watcher), ==, 1);
  ph_watcher_mark_seen (stage->watcher, &listener->key);
  g_assert_cmpuint (n_told, ==, 1);
  ph_watcher_mark_seen (stage->watcher, NULL);
  g_assert_cmpuint (ph_watcher_get_unseen (stage->watcher), ==, 0);
  g_assert_cmpuint (n_told, ==, 2);
  for (guint i = 0; i < 2; i++)
    close (fds[i]);
}

static void
test_mute (WatchStage *stage, gconstpointer files)
{
  guint16 port = 0, other = 0;
  g_autoptr (PhListener) listener = NULL;
  int fd, fd2;

  watch_stage_start (stage);
  fd = watch_stage_listen (&port);
  RUN_UNTIL (stage->n_alerts > 0);
  listener = ph_listener_ref (g_ptr_array_index (stage->alerts, 0));
  ph_watcher_mute (stage->watcher, &listener->key);
  g_assert_true (ph_known_is_muted (ph_watcher_get_known (stage->watcher), &listener->key));
  g_assert_cmpuint (ph_known_n_mutes (ph_watcher_get_known (stage->watcher)), ==, 1);

  /* It is not known any more, and opened again; but muted. */
  close (fd);
  RUN_UNTIL (watch_stage_count (stage, PH_ACTIVITY_PORT_CLOSED, port) == 1);
  {
    g_autoptr (PhKnown) without = ph_known_remove (ph_watcher_get_known (stage->watcher), &listener->key);

    ph_watcher_set_known (stage->watcher, without);
  }
  watch_stage_forget_alerts (stage);
  fd = watch_stage_listen (&port);
  fd2 = watch_stage_listen (&other);
  RUN_UNTIL (watch_stage_count (stage, PH_ACTIVITY_PORT_OPENED, port) == 2);
  RUN_UNTIL (ph_watcher_get_unseen (stage->watcher) == 1);
  watch_stage_look (stage, 3);
  g_assert_cmpuint (ph_watcher_get_unseen (stage->watcher), ==, 1); /* the other */
  close (fd);
  close (fd2);
}

static void
test_burst (WatchStage *stage, gconstpointer files)
{
  guint16 ports[9] = { 0 };
  int fds[G_N_ELEMENTS (ports)];

  watch_stage_start (stage);
  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      fds[i] = watch_stage_listen (&ports[i]);
      loop_run_for (50); /* over some looks */
    }
  RUN_UNTIL (stage->n_alerts > 0);
  loop_run_for (ALERTED_MS);
  g_assert_cmpuint (stage->n_alerts, ==, 1);
  g_assert_cmpuint (stage->alerts->len, ==, G_N_ELEMENTS (ports));
  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    close (fds[i]);
}

/* Alerts that are switched off while they are gathered are not told, and it is known all the same. */
static void
test_alerts_off (WatchStage *stage, gconstpointer files)
{
  guint16 port = 0;
  int fd;

  g_object_set (stage->watcher, "attended", TRUE, NULL);
  watch_stage_start (stage);
  fd = watch_stage_listen (&port);
  RUN_UNTIL (ph_watcher_get_unseen (stage->watcher) == 1);
  g_object_set (stage->watcher, "alerts", FALSE, NULL);
  loop_run_for (ALERTED_MS);
  g_assert_cmpuint (stage->n_alerts, ==, 0);
  g_object_set (stage->watcher, "alerts", TRUE, NULL);
  loop_run_for (ALERTED_MS);
  g_assert_cmpuint (stage->n_alerts, ==, 0);
  close (fd);
}

/* --- what it costs --- */

static guint
count_in (const char *path, const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *entry;
  guint n = 0;

  while ((entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, entry, "comm", NULL);
      g_autofree char *text = NULL;

      n += name == NULL || (g_file_get_contents (file, &text, NULL, NULL) && strcmp (g_strstrip (text), name) == 0);
    }
  return n;
}

/* The inode of the socket that hears rtnetlink: that kind, and a member of groups. 0: there is none. */
static guint64
network_ear (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint64 found = 0;

  g_assert_true (g_file_get_contents ("/proc/self/net/netlink", &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines + 1; *line != NULL; line++)
    {
      guint kind, groups;
      gint64 port;
      guint64 inode;

      if (sscanf (*line, "%*s %u %" G_GINT64_FORMAT " %x %*d %*d %*d %*d %*d %" G_GUINT64_FORMAT, &kind, &port, &groups,
                  &inode)
              == 4
          && kind == 0 && groups != 0)
        found = inode;
    }
  return found;
}

/* Who comes and goes, a window, does not make the kernel's other news be missed for a moment. */
static void
test_heard_on (WatchStage *stage, gconstpointer files)
{
  guint64 ear;

  watch_stage_start (stage);
  ear = network_ear ();
  g_assert_cmpuint (ear, >, 0);
  for (guint i = 0; i < 6; i++)
    {
      g_object_set (stage->watcher, "attended", i % 2 == 0, NULL);
      g_assert_cmpuint (network_ear (), ==, ear);
      watch_stage_look (stage, 1);
      g_assert_cmpuint (network_ear (), ==, ear);
    }
  g_object_set (stage->watcher, "alerts", FALSE, NULL);
  g_assert_cmpuint (network_ear (), ==, 0);
}

/* Connections that are to be kept are, though nobody attends and no alerts are wanted. */
static void
test_kept_unattended (WatchStage *stage, gconstpointer files)
{
  guint16 port = 0;
  int fd;

  g_object_set (stage->watcher, "alerts", FALSE, "keep-connections", TRUE, NULL);
  watch_stage_start (stage);
  fd = watch_stage_listen (&port);
  watch_stage_look (stage, 1);
  g_assert_cmpuint (watch_stage_want, ==, PH_WANT_TCP_INFO);
  RUN_UNTIL (watch_stage_count (stage, PH_ACTIVITY_PORT_OPENED, port) == 1);
  short_connection_make (fd, 100, 200, 0, NULL);
  RUN_UNTIL (watch_stage_count (stage, PH_ACTIVITY_CONNECTION_CLOSED, port) == 1);
  g_assert_cmpuint (stage->n_alerts, ==, 0);
  close (fd);

  watch_stage_close (stage);
  watch_stage_open (stage, TRUE);
  g_object_set (stage->watcher, "alerts", FALSE, "keep-connections", FALSE, NULL);
  ph_watcher_start (stage->watcher);
  RUN_UNTIL (watch_stage_count (stage, PH_ACTIVITY_CONNECTION_CLOSED, port) == 1);
}

static void
test_idle (WatchStage *stage, gconstpointer files)
{
  guint looks, fds;

  ph_watcher_start (stage->watcher);
  RUN_UNTIL (count_in ("/proc/self/task", "events") == 1);
  watch_stage_look (stage, 1);
  g_object_set (stage->watcher, "alerts", FALSE, NULL);
  loop_run_for (300); /* what was under way ends */
  looks = watch_stage_n_looks;
  fds = count_in ("/proc/self/fd", NULL);
  g_assert_cmpuint (count_in ("/proc/self/task", "events"), ==, 0);
  g_assert_true (loop_is_asleep ());
  loop_run_for (500);
  g_assert_cmpuint (watch_stage_n_looks, ==, looks);

  /* And it awakes: a socket for events and what stops its thread; one more for each connection that ends. */
  g_object_set (stage->watcher, "alerts", TRUE, NULL);
  watch_stage_look (stage, 1);
  g_assert_cmpuint (count_in ("/proc/self/task", "events"), ==, 1);
  g_assert_cmpuint (watch_stage_want, ==, PH_WANT_LISTENING);
  g_object_set (stage->watcher, "attended", TRUE, NULL);
  watch_stage_look (stage, 2);
  g_assert_cmpuint (watch_stage_want, ==, PH_WANT_TCP_INFO);
  g_object_set (stage->watcher, "alerts", FALSE, NULL);
  watch_stage_look (stage, 1);
  g_assert_cmpuint (watch_stage_want, ==, PH_WANT_TCP_INFO);
  g_object_set (stage->watcher, "attended", FALSE, NULL);
  loop_run_for (300);
  g_assert_cmpuint (count_in ("/proc/self/fd", NULL), <=, fds);
  g_assert_true (loop_is_asleep ());
}

/* --- looks of others --- */

typedef struct
{
  PhSource *source;
  PhSnapshot *snapshot;
} Feeder;

static void
on_collected (GObject *source, GAsyncResult *result, gpointer data)
{
  Feeder *feeder = data;

  feeder->snapshot = ph_source_collect_finish (PH_SOURCE (source), result, NULL, NULL, NULL);
  g_assert_nonnull (feeder->snapshot);
}

/* Looks, by itself and not counted. */
static void
feeder_look (Feeder *feeder)
{
  const PhPlan plan = { .requests = PH_PLAN_ALL, .want = PH_WANT_TCP_INFO, .owners = TRUE };

  g_clear_pointer (&feeder->snapshot, ph_snapshot_unref);
  __real_ph_source_collect_async (feeder->source, &plan, NULL, on_collected, feeder);
  RUN_UNTIL (feeder->snapshot != NULL);
}

static void
feeder_init (Feeder *feeder)
{
  *feeder = (Feeder){ .source = ph_source_new (&ph_socket_topic, NULL) };
}

static void
feeder_clear (Feeder *feeder)
{
  g_clear_pointer (&feeder->snapshot, ph_snapshot_unref);
  g_clear_object (&feeder->source);
}

static void
test_feed (WatchStage *stage, gconstpointer files)
{
  guint16 port = 0;
  Feeder feeder;
  guint looks;
  int fd;

  feeder_init (&feeder);
  g_object_set (stage->watcher, "interval", 1000, "attended", TRUE, NULL);
  watch_stage_start (stage);
  feeder_look (&feeder);
  ph_watcher_feed (stage->watcher, feeder.snapshot);
  loop_run_for (100); /* if one of its own was under way it has ended */
  looks = watch_stage_n_looks;
  fd = watch_stage_listen (&port);
  for (guint i = 0; i < 20; i++)
    {
      loop_run_for (100);
      feeder_look (&feeder);
      ph_watcher_feed (stage->watcher, feeder.snapshot);
    }
  g_assert_cmpuint (watch_stage_n_looks, ==, looks);
  g_assert_cmpuint (ph_watcher_get_unseen (stage->watcher), ==, 1);
  g_assert_cmpuint (watch_stage_count (stage, PH_ACTIVITY_PORT_OPENED, port), ==, 1);

  /* Where others look more slowly its own looks are at what listens. */
  g_object_set (stage->watcher, "interval", 100, NULL);
  watch_stage_look (stage, 1);
  g_assert_cmpuint (watch_stage_want, ==, PH_WANT_LISTENING);
  close (fd);
  feeder_clear (&feeder);
}

/* One that was not at all that listens does not count. */
static void
test_feed_in_part (WatchStage *stage, gconstpointer files)
{
  const PhPlan plan = { .requests = G_GUINT64_CONSTANT (1) << PH_REQUEST_TCP4, .owners = TRUE };
  Feeder feeder;
  guint looks;

  feeder_init (&feeder);
  watch_stage_start (stage);
  __real_ph_source_collect_async (feeder.source, &plan, NULL, on_collected, &feeder);
  RUN_UNTIL (feeder.snapshot != NULL);
  looks = watch_stage_n_looks;
  for (guint i = 0; i < 30; i++)
    {
      ph_watcher_feed (stage->watcher, feeder.snapshot);
      loop_run_for (20);
    }
  g_assert_cmpuint (watch_stage_n_looks, >=, looks + 3);
  feeder_clear (&feeder);
}

/* --- what is known --- */

/* The preferences change what is known while a look is compared with it: both count. */
static void
test_change_meanwhile (WatchStage *stage, gconstpointer files)
{
  const PhListenerOwner anybody = { PH_LISTENER_OWNER_UNKNOWN, "" };
  guint16 first_port = 0, port = 0, muted_port = 0;
  Feeder feeder;
  PhKnown *known;
  int first, fd, muted;

  feeder_init (&feeder);
  first = watch_stage_listen (&first_port);
  g_object_set (stage->watcher, "interval", 3600000, NULL);
  ph_watcher_start (stage->watcher);
  RUN_UNTIL (ph_known_n_entries (ph_watcher_get_known (stage->watcher)) == 1);

  fd = watch_stage_listen (&port);
  muted = watch_stage_listen (&muted_port);
  feeder_look (&feeder);
  ph_watcher_feed (stage->watcher, feeder.snapshot);
  known = ph_watcher_get_known (stage->watcher);
  {
    g_autoptr (PhKnown) without = ph_known_remove (known, ph_known_entry (known, 0)->key);
    g_autoptr (PhMute) mute = ph_mute_new (PH_PROTOCOL_NONE, (PhPortRange){ muted_port, muted_port }, &anybody);
    g_autoptr (PhKnown) changed = ph_known_change_mutes (without, NULL, mute);

    ph_watcher_set_known (stage->watcher, changed);
  }
  RUN_UNTIL (ph_watcher_get_unseen (stage->watcher) > 0);
  known = ph_watcher_get_known (stage->watcher);
  g_assert_cmpuint (ph_watcher_get_unseen (stage->watcher), ==, 1);
  g_assert_cmpuint (ph_known_n_mutes (known), ==, 1);
  g_assert_cmpuint (ph_known_n_entries (known), ==, 2); /* not the one that was taken out */
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (ph_known_entry (known, i)->key->port, !=, first_port);
  g_assert_cmpuint (ph_known_learned (known), !=, 0);

  RUN_UNTIL (stage->n_alerts > 0);
  g_assert_cmpuint (stage->alerts->len, ==, 1);
  g_assert_cmpuint (((PhListener *) g_ptr_array_index (stage->alerts, 0))->key.port, ==, port);
  close (first);
  close (fd);
  close (muted);
  feeder_clear (&feeder);
}

/* Closed in time it is written; what came when nobody watched is told at the next start, once. */
static void
test_away (WatchStage *stage, gconstpointer files)
{
  guint16 old_port = 0, port = 0;
  const int old = watch_stage_listen (&old_port);
  int fd;

  watch_stage_start (stage);
  RUN_UNTIL (ph_known_n_entries (ph_watcher_get_known (stage->watcher)) == 1);
  watch_stage_close (stage);
  g_assert_true (g_file_test (stage->known_path, G_FILE_TEST_EXISTS));

  fd = watch_stage_listen (&port);
  watch_stage_open (stage, TRUE);
  ph_watcher_start (stage->watcher);
  RUN_UNTIL (stage->n_alerts > 0);
  g_assert_cmpuint (stage->n_away, ==, 1);
  g_assert_cmpuint (stage->alerts->len, ==, 1);
  g_assert_cmpuint (((PhListener *) g_ptr_array_index (stage->alerts, 0))->key.port, ==, port);
  watch_stage_close (stage);

  watch_stage_forget_alerts (stage);
  watch_stage_open (stage, TRUE);
  watch_stage_start (stage);
  loop_run_for (ALERTED_MS);
  g_assert_cmpuint (stage->n_alerts, ==, 0);
  close (fd);
  close (old);
}

/* --- what is kept --- */

static void
connect_and_close (guint16 port, int server)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  const int client = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int peer;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_no_errno (connect (client, (struct sockaddr *) &address, sizeof address));
  peer = accept4 (server, NULL, NULL, SOCK_CLOEXEC);
  g_assert_no_errno (peer);
  close (client);
  close (peer);
}

static void
test_history (WatchStage *stage, gconstpointer files)
{
  guint16 port = 0;
  guint64 last;
  int fd;

  g_object_set (stage->watcher, "attended", TRUE, NULL);
  watch_stage_start (stage);
  fd = watch_stage_listen (&port);
  RUN_UNTIL (watch_stage_count (stage, PH_ACTIVITY_PORT_OPENED, port) == 1);
  RUN_UNTIL (stage->n_recorded > 0);
  connect_and_close (port, fd);
  RUN_UNTIL (watch_stage_count (stage, PH_ACTIVITY_CONNECTION_CLOSED, 0) >= 2);
  g_object_set (stage->watcher, "keep-connections", TRUE, NULL);
  connect_and_close (port, fd);
  RUN_UNTIL (watch_stage_count (stage, PH_ACTIVITY_CONNECTION_CLOSED, 0) >= 4);
  g_object_set (stage->watcher, "keep-ports", FALSE, NULL);
  close (fd);
  RUN_UNTIL (watch_stage_count (stage, PH_ACTIVITY_PORT_CLOSED, port) == 1);
  last = ph_activity_log_last_number (ph_watcher_get_log (stage->watcher));
  watch_stage_close (stage);

  watch_stage_open (stage, TRUE);
  stage->n_recorded = 0;
  watch_stage_start (stage);
  g_assert_cmpuint (stage->n_recorded, >, 0);
  g_assert_cmpuint (watch_stage_count (stage, PH_ACTIVITY_PORT_OPENED, port), ==, 1);
  g_assert_cmpuint (watch_stage_count (stage, PH_ACTIVITY_PORT_CLOSED, port), ==, 0);
  g_assert_cmpuint (watch_stage_count (stage, PH_ACTIVITY_CONNECTION_CLOSED, 0), ==, 2); /* both ends of the second */
  g_assert_cmpuint (ph_activity_log_last_number (ph_watcher_get_log (stage->watcher)), <=, last);
}

static void
test_trouble (WatchStage *stage, gconstpointer files)
{
  g_assert_true (g_file_set_contents (stage->known_path, "no such file was ever written", -1, NULL));
  watch_stage_start (stage);
  g_assert_nonnull (ph_watcher_get_trouble (stage->watcher));
  g_test_message ("%s", ph_watcher_get_trouble (stage->watcher));
}

/* A history that cannot be written is told, and the log goes on. */
static void
test_history_trouble (WatchStage *stage, gconstpointer files)
{
  guint16 port = 0;
  g_autofree char *told = NULL;
  int fd;

  g_assert_no_errno (g_mkdir (stage->history_path, 0700));
  watch_stage_start (stage);
  fd = watch_stage_listen (&port);
  RUN_UNTIL (watch_stage_count (stage, PH_ACTIVITY_PORT_OPENED, port) == 1);
  RUN_UNTIL (ph_watcher_get_trouble (stage->watcher) != NULL);
  g_object_get (stage->watcher, "trouble", &told, NULL);
  g_test_message ("%s", told);
  close (fd);
}

/* Dropped in the middle of everything, without being closed. */
static void
test_dropped (WatchStage *stage, gconstpointer files)
{
  for (guint i = 0; i < 20; i++)
    {
      watch_stage_close (stage);
      watch_stage_open (stage, i % 2 != 0);
      g_object_set (stage->watcher, "attended", i % 3 == 0, NULL);
      ph_watcher_start (stage->watcher);
      loop_run_for (i * 3);
    }
}

static void
add (const char *name, void (*test) (WatchStage *, gconstpointer), gboolean files)
{
  g_autofree char *path = g_strconcat ("/watcher/", name, NULL);

  g_test_add (path, WatchStage, GINT_TO_POINTER (files), watch_stage_set_up, test, watch_stage_tear_down);
}

int
main (int argc, char **argv)
{
  if (!own_network_enter ())
    {
      g_printerr ("no network namespace of our own: %s\n", g_strerror (errno));
      return 77;
    }
  own_network_up (OWN_NETWORK_LO, TRUE);
  g_test_init (&argc, &argv, NULL);
  add ("new-listener", test_new_listener, FALSE);
  add ("unseen", test_unseen, FALSE);
  add ("mute", test_mute, FALSE);
  add ("burst", test_burst, FALSE);
  add ("alerts-off", test_alerts_off, FALSE);
  add ("idle", test_idle, FALSE);
  add ("heard-on", test_heard_on, FALSE);
  add ("kept-unattended", test_kept_unattended, TRUE);
  add ("feed", test_feed, FALSE);
  add ("feed-in-part", test_feed_in_part, FALSE);
  add ("change-meanwhile", test_change_meanwhile, FALSE);
  add ("away", test_away, TRUE);
  add ("history", test_history, TRUE);
  add ("trouble", test_trouble, TRUE);
  add ("history-trouble", test_history_trouble, TRUE);
  add ("dropped", test_dropped, TRUE);
  return g_test_run ();
}
