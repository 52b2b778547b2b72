/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table of points: a name and two numbers each. It is what the model's tests keep, to show that nothing in the model
 * knows sockets; and it is a naive model of them: a hash, copied out into snapshots.
 */
#pragma once

#include <gio/gio.h>

#include "ph-linker.h"

typedef struct
{
  PhRecord head;
  guint32 id; /* the key */
  guint32 a;
  guint32 b;
} Point;

extern const PhSchema point_schema;

/* Points in a hash by id, and the linker that their snapshots go through. */
typedef struct
{
  GHashTable *points;
  PhLinker *linker;
  gint64 time;
} Points;

void points_init (Points *self);
void points_clear (Points *self);

void points_put (Points *self, guint32 id, guint32 a, guint32 b);
void points_remove (Points *self, guint32 id);
const Point *points_get (Points *self, guint32 id);

/* As if the program had been restarted: slots and serials begin anew. */
void points_change_linker (Points *self);

/* What there is, linked to the one before. */
PhSnapshot *points_look (Points *self);
