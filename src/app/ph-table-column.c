/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Widths are fixed, so that columns stand still while rows come, go and scroll; only the user changes them. */
#include "ph-table-column.h"

#include <glib/gi18n.h>

#include "ph-column-factory.h"
#include "ph-column-sorter.h"

#define COLUMN_KEY   "ph-column"
#define CELLS_KEY    "ph-cells"
#define WIDTH_KEY    "ph-width"
#define CELL_PADDING 14 /* px: what the theme puts around a cell's label, and a little air */
#define SORT_ARROW   18 /* px: beside a title */

const PhColumn *
ph_table_column_get (GtkColumnViewColumn *self)
{
  return g_object_get_data (G_OBJECT (self), COLUMN_KEY);
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
usual_width (const PhColumn *column, GtkWidget *widget)
{
  /* A number's width is known, a text's guessed. */
  const char *typical = column->align == PH_ALIGN_END ? "0123456789" : "connection";
  int content = column->width * text_width (widget, typical, FALSE) / 10;
  int header = text_width (widget, _ (column->title), TRUE) * 9 / 10 + SORT_ARROW; /* titles are a size smaller */

  /* One that takes what is left over may start narrow. */
  if (column->flags & PH_COLUMN_EXPAND)
    content = content * 3 / 4;
  return MAX (content, header) + CELL_PADDING;
}

/* GTK counts the width of hidden columns too if it is fixed (seen in 4.8): such a one has none until it is shown. */
static void
keep_width (GtkColumnViewColumn *self)
{
  int width = gtk_column_view_column_get_fixed_width (self);
  int kept = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self), WIDTH_KEY));
  PhCellSet *cells = g_object_get_data (G_OBJECT (self), CELLS_KEY);

  if (gtk_column_view_column_get_visible (self) && width < 0 && cells->widget)
    gtk_column_view_column_set_fixed_width (self,
                                            kept > 0 ? kept : usual_width (ph_table_column_get (self), cells->widget));
  else if (!gtk_column_view_column_get_visible (self) && width >= 0)
    {
      g_object_set_data (G_OBJECT (self), WIDTH_KEY, GINT_TO_POINTER (width));
      gtk_column_view_column_set_fixed_width (self, -1);
    }
}

GtkColumnViewColumn *
ph_table_column_new (const PhColumn *column, PhCellSet *cells, GMenuModel *menu)
{
  GtkColumnViewColumn *self = gtk_column_view_column_new (_ (column->title), ph_column_factory_new (cells, column));
  g_autoptr (GtkSorter) sorter = ph_column_sorter_new (column);

  g_object_set_data (G_OBJECT (self), COLUMN_KEY, (gpointer) column);
  g_object_set_data_full (G_OBJECT (self), CELLS_KEY, ph_cell_set_ref (cells), (GDestroyNotify) ph_cell_set_unref);
  gtk_column_view_column_set_sorter (self, sorter);
  gtk_column_view_column_set_header_menu (self, menu);
  gtk_column_view_column_set_resizable (self, TRUE);
  gtk_column_view_column_set_expand (self, (column->flags & PH_COLUMN_EXPAND) != 0);
  gtk_column_view_column_set_visible (self, (column->flags & PH_COLUMN_SHOWN) != 0);
  keep_width (self);
  g_signal_connect (self, "notify::visible", G_CALLBACK (keep_width), NULL);
  return self;
}
