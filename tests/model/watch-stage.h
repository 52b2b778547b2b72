/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PhWatcher in a network of the test's own, and what it has told. Its looks are counted where it asks for them: link
 * with --wrap=ph_source_collect_async. */
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "loop.h"
#include "ph-activity.h"
#include "ph-source.h"
#include "ph-watcher.h"

#define WATCH_STAGE_LOG_SIZE 20000

typedef struct
{
  char *folder;
  char *known_path, *history_path;
  PhWatcher *watcher;
  GPtrArray *alerts; /* PhListener, of all alerts */
  guint n_alerts;
  guint n_away; /* alerts of what came while nobody watched */
  guint n_recorded;
} WatchStage;

/* --- the looks that it makes by itself --- */

static guint watch_stage_n_looks;
static guint32 watch_stage_want; /* of the last */

void __real_ph_source_collect_async (
    PhSource *self, const PhPlan *plan, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void __wrap_ph_source_collect_async (
    PhSource *self, const PhPlan *plan, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

void
__wrap_ph_source_collect_async (
    PhSource *self, const PhPlan *plan, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  watch_stage_n_looks++;
  watch_stage_want = plan->want;
  __real_ph_source_collect_async (self, plan, cancellable, callback, user_data);
}

/* --- what it tells --- */

static inline void
watch_stage_on_alert (PhWatcher *watcher, const PhAlert *alert, WatchStage *stage)
{
  stage->n_alerts++;
  stage->n_away += alert->away;
  for (guint i = 0; i < alert->listeners->len; i++)
    g_ptr_array_add (stage->alerts, ph_listener_ref (g_ptr_array_index (alert->listeners, i)));
}

static inline void
watch_stage_on_recorded (PhWatcher *watcher, WatchStage *stage)
{
  stage->n_recorded++;
}

static inline void
watch_stage_forget_alerts (WatchStage *stage)
{
  g_ptr_array_set_size (stage->alerts, 0);
  stage->n_alerts = stage->n_away = 0;
}

/* --- life --- */

/* @files: it keeps what it knows, and what happened. */
static inline void
watch_stage_open (WatchStage *stage, gboolean files)
{
  g_autoptr (PhHistoryStore) history = files ? ph_history_store_new (stage->history_path) : NULL;
  g_autoptr (PhKnownStore) known = files ? ph_known_store_new (stage->known_path) : NULL;

  stage->watcher = ph_watcher_new (WATCH_STAGE_LOG_SIZE, history, known);
  g_object_set (stage->watcher, "interval", 100, NULL);
  g_signal_connect (stage->watcher, "alert", G_CALLBACK (watch_stage_on_alert), stage);
  g_signal_connect (stage->watcher, "recorded", G_CALLBACK (watch_stage_on_recorded), stage);
}

static inline void
watch_stage_look (WatchStage *stage, guint n)
{
  const guint before = watch_stage_n_looks;

  /* One that is asked for when another has begun: that one has ended. */
  RUN_UNTIL (watch_stage_n_looks > before + n);
}

/* Started, and its first look is over. */
static inline void
watch_stage_start (WatchStage *stage)
{
  ph_watcher_start (stage->watcher);
  watch_stage_look (stage, 1);
}

static inline void
watch_stage_close (WatchStage *stage)
{
  ph_watcher_close (stage->watcher, 10000);
  g_clear_object (&stage->watcher);
}

static inline void
watch_stage_set_up (WatchStage *stage, gconstpointer files)
{
  stage->folder = g_dir_make_tmp ("watch-XXXXXX", NULL);
  g_assert_nonnull (stage->folder);
  stage->known_path = g_build_filename (stage->folder, "known-ports", NULL);
  stage->history_path = g_build_filename (stage->folder, "history.db", NULL);
  stage->alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_listener_unref);
  watch_stage_open (stage, files != NULL);
}

static inline void
watch_stage_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_no_errno (g_remove (path));
    }
  g_assert_no_errno (g_rmdir (folder));
}

static inline void
watch_stage_tear_down (WatchStage *stage, gconstpointer files)
{
  watch_stage_close (stage);
  watch_stage_remove (stage->folder);
  g_ptr_array_unref (stage->alerts);
  g_free (stage->folder);
  g_free (stage->known_path);
  g_free (stage->history_path);
}

/* --- what there is to see --- */

/* Listens on TCP, on every address; @port 0: of the kernel's choice, returned in @port. */
static inline int
watch_stage_listen (guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (*port) };
  socklen_t length = sizeof address;
  const int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;

  g_assert_no_errno (setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes));
  g_assert_no_errno (bind (fd, (struct sockaddr *) &address, sizeof address));
  g_assert_no_errno (listen (fd, 16));
  g_assert_no_errno (getsockname (fd, (struct sockaddr *) &address, &length));
  *port = ntohs (address.sin_port);
  return fd;
}

typedef struct
{
  PhActivityKind kind;
  guint16 port; /* local; 0: any */
  guint n;
} WatchStageCount;

static inline void
watch_stage_count_one (gpointer user, const PhActivity *entry)
{
  WatchStageCount *count = user;

  count->n += entry->kind == count->kind && (count->port == 0 || entry->local_port == count->port);
}

static inline guint
watch_stage_count (WatchStage *stage, PhActivityKind kind, guint16 port)
{
  WatchStageCount count = { kind, port, 0 };

  ph_activity_log_each (ph_watcher_get_log (stage->watcher), 0, watch_stage_count_one, &count);
  return count.n;
}
