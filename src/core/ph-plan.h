/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one collection is to bring. */
#pragma once

#include <glib.h>

typedef struct _PhActivityLog PhActivityLog;

typedef struct
{
  guint64 requests;     /* bit (1 << PhRequestName) for each of the topic's requests; others do not count */
  guint32 want;         /* PhWant */
  gboolean owners;      /* sockets: find them */
  gboolean full_owners; /* sockets: all of each one's, by a full walk, now: the command line */
  gboolean names;       /* login names; names of routing tables and protocols */
  gint64 mark_new_us;
  gint64 keep_closed_us;
  guint
      mark; /* counters: another number than last time sets the zero to what is read now; 0: no mark, count from boot */
  PhActivityLog *log; /* activity: what to show; borrowed, must live as long as the collection. NULL: nothing */
} PhPlan;

#define PH_PLAN_ALL G_MAXUINT64 /* for requests: everything the topic has */
