/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "points.h"

#define REQUEST PH_REQUEST_UNIX /* as good as any */

static void
value_id (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const Point *) record)->id);
}

static void
value_a (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const Point *) record)->a);
}

static void
value_b (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const Point *) record)->b);
}

static const PhColumn columns[] = {
  { .id = "id", .title = "Id", .kind = PH_VALUE_UINT, .value = value_id },
  { .id = "a", .title = "A", .kind = PH_VALUE_UINT, .value = value_a },
  { .id = "b", .title = "B", .kind = PH_VALUE_UINT, .value = value_b },
};

static const char *const words[] = { NULL };

static gboolean
is (gconstpointer record, guint word)
{
  return FALSE;
}

const PhSchema point_schema = {
  .id = "points",
  .record_size = sizeof (Point),
  .key_offset = G_STRUCT_OFFSET (Point, id),
  .key_size = sizeof (guint32),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .words = words,
  .is = is,
};

void
points_init (Points *self)
{
  self->points = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->linker = ph_linker_new (&point_schema);
  self->time = G_USEC_PER_SEC;
}

void
points_clear (Points *self)
{
  g_hash_table_unref (self->points);
  ph_linker_free (self->linker);
}

void
points_change_linker (Points *self)
{
  ph_linker_free (self->linker);
  self->linker = ph_linker_new (&point_schema);
}

void
points_put (Points *self, guint32 id, guint32 a, guint32 b)
{
  Point *point = g_new0 (Point, 1);

  point->id = id;
  point->a = a;
  point->b = b;
  g_hash_table_insert (self->points, GUINT_TO_POINTER (id), point);
}

void
points_remove (Points *self, guint32 id)
{
  g_hash_table_remove (self->points, GUINT_TO_POINTER (id));
}

const Point *
points_get (Points *self, guint32 id)
{
  return g_hash_table_lookup (self->points, GUINT_TO_POINTER (id));
}

PhSnapshot *
points_look (Points *self)
{
  PhSnapshot *snapshot = ph_snapshot_new (&point_schema, self->time += G_USEC_PER_SEC);
  GHashTableIter iter;
  gpointer point;

  g_hash_table_iter_init (&iter, self->points);
  while (g_hash_table_iter_next (&iter, NULL, &point))
    {
      Point *record = ph_snapshot_add (snapshot);

      *record = *(Point *) point;
      record->head.request = REQUEST;
    }
  ph_snapshot_edit_look (snapshot, REQUEST)->look = PH_LOOK_GOOD;
  ph_linker_link (self->linker, snapshot);
  return snapshot;
}
