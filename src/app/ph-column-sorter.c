/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two rounds: first all answer "equal" and note that they were asked; then each in turn answers "smaller", and if the
 * column view makes "larger" of it, that column is descending. */
#include "ph-column-sorter.h"

struct _PhColumnSorter
{
  GtkSorter parent_instance;

  const PhColumn *column;
};

G_DEFINE_FINAL_TYPE (PhColumnSorter, ph_column_sorter, GTK_TYPE_SORTER)

/* The question under way; there is one at a time, on the main thread. */
static struct
{
  GPtrArray *asked;         /* NULL: nobody wants to know */
  PhColumnSorter *speaking; /* answers "smaller" */
} probe;

static GtkOrdering
ph_column_sorter_compare (GtkSorter *sorter, gpointer item1, gpointer item2)
{
  if (probe.asked)
    g_ptr_array_add (probe.asked, sorter);
  return sorter == (gpointer) probe.speaking ? GTK_ORDERING_SMALLER : GTK_ORDERING_EQUAL;
}

static GtkSorterOrder
ph_column_sorter_get_order (GtkSorter *sorter)
{
  return GTK_SORTER_ORDER_PARTIAL;
}

static void
ph_column_sorter_class_init (PhColumnSorterClass *klass)
{
  GTK_SORTER_CLASS (klass)->compare = ph_column_sorter_compare;
  GTK_SORTER_CLASS (klass)->get_order = ph_column_sorter_get_order;
}

static void
ph_column_sorter_init (PhColumnSorter *self)
{
}

GtkSorter *
ph_column_sorter_new (const PhColumn *column)
{
  PhColumnSorter *self = g_object_new (PH_TYPE_COLUMN_SORTER, NULL);

  self->column = column;
  return GTK_SORTER (self);
}

guint
ph_column_sorter_probe (GtkSorter *view_sorter, PhSortKey *keys, guint max)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  guint n;

  probe.asked = asked;
  gtk_sorter_compare (view_sorter, a, b);
  probe.asked = NULL;

  n = MIN (asked->len, max);
  for (guint i = 0; i < n; i++)
    {
      probe.speaking = g_ptr_array_index (asked, i);
      keys[i].column = probe.speaking->column;
      keys[i].descending = gtk_sorter_compare (view_sorter, a, b) == GTK_ORDERING_LARGER;
    }
  probe.speaking = NULL;
  return n;
}
