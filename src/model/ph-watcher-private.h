/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of a watcher: ph-watcher.c has its properties, its life and when it runs, ph-watcher-look.c how a look
 * goes round, ph-watcher-news.c what becomes of what is new.
 */
#pragma once

#include "ph-activity-recorder.h"
#include "ph-source.h"
#include "ph-watch.h"
#include "ph-watcher.h"

struct _PhWatcher
{
  GObject parent_instance;

  PhActivityLog *log;
  guint log_size;
  guint64 told_generation; /* of the log */
  PhActivityRecorder *recorder;
  PhHistoryStore *history; /* may be NULL */
  PhKnownStore *known_store;
  PhSource *source;
  PhKnown *known; /* NULL: not read yet */
  PhGather *gather;
  GHashTable *unseen; /* PhListener, by its key */

  gboolean alerts, ephemeral_udp, attended, keep_ports, keep_connections;
  guint interval_ms;
  char *trouble;
  char *deaf; /* why the kernel's news are not heard; NULL: they are */

  guint n_loading; /* files that are being read */
  gboolean started;
  gboolean running;
  gboolean busy; /* a look is under way */
  guint look_id; /* timers */
  guint tell_id;
  GCancellable *cancellable;

  gboolean listeners_only; /* of the look under way */
  gint64 fed_us;           /* when a look was last handed in, and how long after the one before; 0: never */
  gint64 fed_gap_us;

  /* the comparing worker's */
  PhWatch *watch;
  PhPortRange ephemeral;
  PhServices *services; /* NULL: nor is the range read yet */
};

/* --- ph-watcher.c --- */

void ph_watcher_update_trouble (PhWatcher *self);

/* Keeps another set, and has it saved. */
void ph_watcher_replace_known (PhWatcher *self, PhKnown *known);

/* Whether connections are written down. */
gboolean ph_watcher_wants_connections (PhWatcher *self);

/* --- ph-watcher-look.c --- */

/* Begins one now, unless one is under way. */
void ph_watcher_look (PhWatcher *self);

/* The next one is due when the interval is over. */
void ph_watcher_arm_look (PhWatcher *self);

/* --- ph-watcher-news.c --- */

/* PhListener that are new: marked as unseen, and told where alerts are wanted. */
void ph_watcher_take_news (PhWatcher *self, const GPtrArray *news);

/* Those that are unseen and listen no more are forgotten. */
void ph_watcher_drop_gone (PhWatcher *self, PhSnapshot *snapshot);

/* The next alert is told when it is due. */
void ph_watcher_arm_tell (PhWatcher *self);

/* The log may have grown: says so where it has. */
void ph_watcher_tell_recorded (PhWatcher *self);
