/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue of links that live in the cells: adding and removing one while the list scrolls allocates nothing. */
#include "ph-cell-set.h"

#include "ph-cell.h"

PhCellSet *
ph_cell_set_new (GtkWidget *widget, GSourceFunc drawn)
{
  PhCellSet *self = g_rc_box_new0 (PhCellSet);

  g_queue_init (&self->cells);
  self->text = g_string_sized_new (128);
  self->widget = widget;
  self->drawn = drawn;
  return self;
}

PhCellSet *
ph_cell_set_ref (PhCellSet *self)
{
  return g_rc_box_acquire (self);
}

static void
ph_cell_set_free (gpointer data)
{
  PhCellSet *self = data;

  g_assert (self->cells.length == 0);
  ph_cell_set_close (self);
  g_clear_pointer (&self->style.names, ph_names_unref);
  g_string_free (self->text, TRUE);
}

void
ph_cell_set_unref (PhCellSet *self)
{
  g_rc_box_release_full (self, ph_cell_set_free);
}

void
ph_cell_set_close (PhCellSet *self)
{
  self->drawn = NULL;
  self->widget = NULL;
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_object (&self->layout);
  g_clear_handle_id (&self->drawn_id, g_source_remove);
}

void
ph_cell_set_set_style (PhCellSet *self, const PhStyle *style)
{
  PhNames *names = style->names ? ph_names_ref (style->names) : NULL;

  g_clear_pointer (&self->style.names, ph_names_unref);
  self->style = *style;
  self->style.names = names;
}

void
ph_cell_set_set_columns (PhCellSet *self, GPtrArray *columns)
{
  const PhColumn *lead = g_ptr_array_index (columns, 0);

  if (self->columns != columns)
    {
      g_clear_pointer (&self->columns, g_ptr_array_unref);
      self->columns = g_ptr_array_ref (columns);
    }
  /* Cells of both columns share the widget of the row that is tinted: the old ones first. */
  for (GList *l = self->lead == lead ? NULL : self->cells.head; l; l = l->next)
    ph_cell_clear_mark (l->data);
  self->lead = lead;
  ph_cell_set_refresh (self);
}

static gboolean
tell_drawn (gpointer data)
{
  PhCellSet *self = data;

  self->drawn_id = 0;
  return self->drawn (self->widget);
}

static void
drawn_soon (PhCellSet *self)
{
  if (self->drawn && !self->drawn_id)
    self->drawn_id = g_idle_add (tell_drawn, self);
}

void
ph_cell_set_refresh (PhCellSet *self)
{
  self->style.now = g_get_monotonic_time ();
  for (GList *l = self->cells.head; l; l = l->next)
    ph_cell_refresh (l->data);
  drawn_soon (self);
}

PangoLayout *
ph_cell_set_get_layout (PhCellSet *self)
{
  if (!self->layout && self->widget)
    self->layout = gtk_widget_create_pango_layout (self->widget, NULL);
  /* "::1/128" has no letter that tells its direction, and is no Hebrew. The context is GTK's, which sets it anew. */
  if (self->layout)
    pango_context_set_base_dir (pango_layout_get_context (self->layout), PANGO_DIRECTION_LTR);
  return self->layout;
}

/* The same for all, whatever they say: else a text in another script would have the whole table laid out anew. */
int
ph_cell_set_get_line_height (PhCellSet *self)
{
  PangoContext *context;

  if (!self->widget)
    return self->line_height;
  context = gtk_widget_get_pango_context (self->widget);
  if (self->line_height == 0 || self->serial != pango_context_get_serial (context))
    {
      PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);

      self->line_height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
      pango_font_metrics_unref (metrics);
      self->serial = pango_context_get_serial (context);
    }
  return self->line_height;
}

void
ph_cell_set_add (PhCellSet *self, GList *link)
{
  g_queue_push_tail_link (&self->cells, link);
  drawn_soon (self);
}

void
ph_cell_set_remove (PhCellSet *self, GList *link)
{
  g_queue_unlink (&self->cells, link);
}
