/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of routing tables and of the protocols that install routes: those that Linux has numbers for, and those that
 * the administrator has given in iproute2's files (rt_tables, rt_protos), which are asked for at most once a minute.
 */
#pragma once

#include "ph-snapshot.h"
#include "ph-topic.h"

typedef struct _PhRouteNames PhRouteNames;

PhRouteNames *ph_route_names_new (void);
void ph_route_names_free (PhRouteNames *names);

/* The next collection begins. @wanted: the files are worth asking for; the built-in names are there in any case. */
void ph_route_names_begin (PhRouteNames *names, gboolean wanted);

/* What is to be asked for now; FALSE: nothing (more). */
gboolean ph_route_names_next (PhRouteNames *names, gint64 time_us, PhRequest *request);

/* A frame of the answer; others are passed over. Lines that are no number and name are skipped, like comments. */
void ph_route_names_take (PhRouteNames *names, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length);

/* The name, or the number as text; never NULL; it lives as long as @snapshot. */
const char *ph_route_names_table (PhRouteNames *names, guint32 number, PhSnapshot *snapshot);
const char *ph_route_names_protocol (PhRouteNames *names, guint8 number, PhSnapshot *snapshot);

/* A small number as text, which lives for ever. */
const char *ph_number_text (guint8 number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhRouteNames, ph_route_names_free)
