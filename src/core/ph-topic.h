/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a table is about: which questions fill it, and what their answers mean.
 *
 * One static PhTopic per table. The collector does what all of them have in common (one question after another, dumps
 * that begin anew, answers that stop short, how each look went, linking) and asks the topic for what is its own.
 */
#pragma once

#include "ph-linker.h"
#include "ph-plan.h"
#include "ph-request.h"

typedef enum
{
  PH_TABLE_SOCKETS = 0,
  PH_TABLE_ROUTES,
  PH_TABLE_RULES,
  PH_TABLE_NEIGHBOURS,
  PH_TABLE_LINKS,
  PH_TABLE_GROUPS,   /* multicast groups joined: netstat -g */
  PH_TABLE_COUNTERS, /* protocol statistics: netstat -s */
  PH_TABLE_ACTIVITY, /* what happened; PhPlan.log */
  PH_N_TABLES
} PhTableId;

/* The question whose answer is coming in. */
typedef struct
{
  PhRequestName request;
  guint32 want; /* PhWant */
  guint part;   /* of PhFrameBegin */
  guint format; /* PhFrameFormat */
  gint64 time_us;
} PhAsked;

typedef struct
{
  const PhSchema *schema;

  /* The requests whose answers are rows: bits as in PhPlan.requests. They are asked first, in the order of their
   * names, as far as the plan says so, with @want of the plan's want. When one begins anew its rows are taken back;
   * when one fails its rows are those of last time, marked stale. */
  guint64 requests;
  guint32 want;

  /* What is remembered from one collection to the next. NULL: nothing; then @state is NULL everywhere. */
  gpointer (*create) (void);
  void (*destroy) (gpointer state);

  /* A collection begins. NULL: nothing to do. */
  void (*begin) (gpointer state, const PhPlan *plan);

  /* An answer to one of @requests begins, or begins anew: what was carried from one frame to the next is void. NULL:
   * nothing is. */
  void (*begin_answer) (gpointer state, PhSnapshot *snapshot, const PhAsked *asked);

  /* A NETLINK or TEXT frame of one of @requests: appends a record for each message or line, and counts in its
   * PhLookResult what it cannot understand. */
  void (*decode) (
      gpointer state, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length);

  /* All rows are there: what else is to be asked? Called again after each answer; FALSE: nothing more. NULL: never
   * anything. The arrays of @request are the state's until the next call. */
  gboolean (*next) (gpointer state, PhSnapshot *snapshot, gint64 time_us, PhRequest *request);

  /* Every frame of the answers to that, BEGIN, RESTART and END among them. */
  void (*take) (
      gpointer state, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length);

  /* Nothing more is asked: fills in what comes from elsewhere (names, addresses of a link). May be NULL. */
  void (*finish) (gpointer state, PhSnapshot *snapshot);

  /* The snapshot has been linked to the one before it; the last chance to change records. May be NULL. */
  void (*settle) (gpointer state, PhSnapshot *snapshot);

  /* Instead of all that: a snapshot of what is at hand and need not be asked for, linked, with a reference for the
   * caller; the same one again while nothing has changed. NULL: the table is asked for. */
  PhSnapshot *(*look) (gpointer state, const PhPlan *plan);

  /* How long the last collection looked for owners, µs. NULL: it has none. */
  gint64 (*owners_us) (gpointer state);
} PhTopic;

const PhTopic *ph_topic (PhTableId table);

/* Each is defined beside its records. */
extern const PhTopic ph_socket_topic;
extern const PhTopic ph_route_topic;
extern const PhTopic ph_rule_topic;
extern const PhTopic ph_neighbour_topic;
extern const PhTopic ph_link_topic;
extern const PhTopic ph_group_topic;
extern const PhTopic ph_counter_topic;
extern const PhTopic ph_activity_topic;
