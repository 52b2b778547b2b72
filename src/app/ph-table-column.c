/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Widths are fixed, so that columns stand still while rows come, go and scroll; only the user changes them. */
#include "ph-table-column.h"

#include <glib/gi18n.h>

#include "ph-cell.h"
#include "ph-column-factory.h"
#include "ph-column-sorter.h"

#define CELL_PADDING 14 /* px: what the theme puts around a cell's label, and a little air */
#define SORT_ARROW   18 /* px: beside a title */
#define MARK_ROOM    20 /* px: for the icon of a mark */
#define NARROWEST    24 /* px: what is left to be dragged */
#define WIDEST       4000

typedef struct
{
  const PhColumn *column;
  PhCellSet *cells;
  int width;        /* px, as the user wants it; 0: the usual one */
  gboolean setting; /* it is not the user who changes it now */
} Facts;

static G_DEFINE_QUARK (ph_table_column, facts)

static Facts *
facts_of (GtkColumnViewColumn *self)
{
  return g_object_get_qdata (G_OBJECT (self), facts_quark ());
}

static void
facts_free (gpointer data)
{
  ph_cell_set_unref (((Facts *) data)->cells);
  g_free (data);
}

const PhColumn *
ph_table_column_get (GtkColumnViewColumn *self)
{
  return facts_of (self)->column;
}

static int
text_width (GtkWidget *widget, const char *text, gboolean bold)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width;

  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
title_width (const PhColumn *column, GtkWidget *widget)
{
  /* Titles are a size smaller. */
  return text_width (widget, _ (column->title), TRUE) * 9 / 10 + SORT_ARROW;
}

static int
usual_width (const PhColumn *column, GtkWidget *widget)
{
  /* A number's width is known, a text's guessed. */
  const char *typical = column->align == PH_ALIGN_END ? "0123456789" : "connection";
  int content = column->width * text_width (widget, typical, FALSE) / 10;

  /* One that takes what is left over may start narrow. */
  if (column->flags & PH_COLUMN_EXPAND)
    content = content * 3 / 4;
  return MAX (content, title_width (column, widget)) + CELL_PADDING;
}

/* GTK counts the width of hidden columns too if it is fixed (seen in 4.8): such a one has none until it is shown. And
 * one that the user has set does not grow by what is left over. */
static void
apply_width (GtkColumnViewColumn *self)
{
  Facts *facts = facts_of (self);
  int width = -1;

  if (!facts->cells->widget)
    return;
  if (gtk_column_view_column_get_visible (self))
    width = facts->width > 0 ? facts->width : usual_width (facts->column, facts->cells->widget);
  facts->setting = TRUE;
  gtk_column_view_column_set_expand (self, (facts->column->flags & PH_COLUMN_EXPAND) && facts->width == 0);
  gtk_column_view_column_set_fixed_width (self, width);
  facts->setting = FALSE;
}

/* By dragging its edge. */
static void
width_changed (GtkColumnViewColumn *self)
{
  Facts *facts = facts_of (self);
  int width = gtk_column_view_column_get_fixed_width (self);

  if (facts->setting || width <= 0)
    return;
  facts->width = CLAMP (width, NARROWEST, WIDEST);
  gtk_column_view_column_set_expand (self, FALSE);
}

int
ph_table_column_get_width (GtkColumnViewColumn *self)
{
  return facts_of (self)->width;
}

void
ph_table_column_set_width (GtkColumnViewColumn *self, int width)
{
  facts_of (self)->width = width > 0 ? CLAMP (width, NARROWEST, WIDEST) : 0;
  apply_width (self);
}

void
ph_table_column_fit (GtkColumnViewColumn *self)
{
  Facts *facts = facts_of (self);
  const PhColumn *column = facts->column;
  int width;

  if (!facts->cells->widget)
    return;
  width = title_width (column, facts->cells->widget);
  for (GList *l = facts->cells->cells.head; l; l = l->next)
    if (ph_cell_get_column (l->data) == column)
      width = MAX (width, text_width (facts->cells->widget, ph_cell_get_text (l->data), FALSE));
  if (column->traces) /* a graph is as wide as it is allowed to be */
    width = MAX (width, usual_width (column, facts->cells->widget) - CELL_PADDING);
  if (facts->cells->lead == column)
    width += MARK_ROOM;
  ph_table_column_set_width (self, width + CELL_PADDING);
}

GtkColumnViewColumn *
ph_table_column_new (const PhColumn *column, PhCellSet *cells)
{
  GtkColumnViewColumn *self = gtk_column_view_column_new (_ (column->title), ph_column_factory_new (cells, column));
  g_autoptr (GtkSorter) sorter = ph_column_sorter_new (column);
  Facts *facts = g_new0 (Facts, 1);

  facts->column = column;
  facts->cells = ph_cell_set_ref (cells);
  g_object_set_qdata_full (G_OBJECT (self), facts_quark (), facts, facts_free);
  gtk_column_view_column_set_sorter (self, sorter);
  gtk_column_view_column_set_resizable (self, TRUE);
  gtk_column_view_column_set_visible (self, (column->flags & PH_COLUMN_SHOWN) != 0);
  apply_width (self);
  g_signal_connect (self, "notify::visible", G_CALLBACK (apply_width), NULL);
  g_signal_connect (self, "notify::fixed-width", G_CALLBACK (width_changed), NULL);
  return self;
}
