/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures and places its two children itself: a box and a layout manager for each of some thousand cells would cost
 * more than they do. */
#include "ph-cell.h"

#include <glib/gi18n.h>
#include <string.h>

#define UNKNOWN      "—" /* an em wide: not empty, and not a minus */
#define ICON_SIZE    12
#define ICON_SPACING 4

struct _PhCell
{
  GtkWidget parent_instance;

  PhCellSet *set;
  const PhColumn *column;
  PhRow *row; /* NULL: not bound */
  GList link; /* in the set */

  GtkWidget *label;
  GtkWidget *icon; /* in the lead column, at its far end, so that texts stay below their title */
  gboolean unknown;
  gboolean named; /* the text is a number and its name */
  PhMark mark;    /* what icon and tint show */
};

G_DEFINE_FINAL_TYPE (PhCell, ph_cell, GTK_TYPE_WIDGET)

/* By PhMark. */
static const struct
{
  const char *css_class;
  const char *icon;
  const char *word;
  const char *sentence;
} marks[] = {
  [PH_MARK_NONE] = { NULL, NULL, NULL, NULL },
  [PH_MARK_NEW] = { "ph-new", "list-add-symbolic", N_ ("New"), N_ ("New: first seen a moment ago") },
  [PH_MARK_CLOSED]
  = { "ph-closed", "window-close-symbolic", N_ ("Closed"), N_ ("Closed: gone, and shown for a moment longer") },
  [PH_MARK_STALE]
  = { "ph-stale", "dialog-warning-symbolic", N_ ("Stale"), N_ ("Stale: could not be read this time; as last seen") },
};

/* The widget that GTK draws the whole row with; it has no name in the API, only in CSS. */
static GtkWidget *
find_row_widget (PhCell *self)
{
  GtkWidget *widget = gtk_widget_get_parent (GTK_WIDGET (self));

  while (widget && strcmp (gtk_widget_get_css_name (widget), "row") != 0)
    widget = gtk_widget_get_parent (widget);
  return widget;
}

static void
show_mark (PhCell *self, PhMark mark)
{
  GtkWidget *row;

  if (mark >= G_N_ELEMENTS (marks))
    mark = PH_MARK_NONE;
  if (mark == self->mark)
    return;

  row = find_row_widget (self);
  if (row && marks[self->mark].css_class)
    gtk_widget_remove_css_class (row, marks[self->mark].css_class);
  if (row && marks[mark].css_class)
    gtk_widget_add_css_class (row, marks[mark].css_class);

  self->mark = mark;
  if (marks[mark].icon)
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), marks[mark].icon);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (marks[mark].word),
                                      -1);
    }
  else
    gtk_image_clear (GTK_IMAGE (self->icon));
}

static void
ensure_icon (PhCell *self, gboolean wanted)
{
  if (wanted == (self->icon != NULL))
    return;
  if (wanted)
    {
      self->icon = gtk_image_new ();
      gtk_image_set_pixel_size (GTK_IMAGE (self->icon), ICON_SIZE);
      gtk_widget_insert_after (self->icon, GTK_WIDGET (self), self->label);
    }
  else
    g_clear_pointer (&self->icon, gtk_widget_unparent);
}

/* How a text is cut where space lacks. */
static PangoEllipsizeMode
usual_ellipsize (const PhColumn *column)
{
  return column->flags & PH_COLUMN_ELLIPSIZE_MIDDLE ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_END;
}

/* A name beside its number is dim, and is what is cut. */
static void
show_name (PhCell *self, const char *text)
{
  const char *separator = self->column->flags & PH_COLUMN_NAMES ? strstr (text, PH_NAME_SEPARATOR) : NULL;
  gboolean number_last = self->column->align == PH_ALIGN_END;
  g_autoptr (PangoAttrList) attributes = NULL;
  PangoAttribute *dim;

  if (!separator && !self->named)
    return;
  self->named = separator != NULL;
  if (!separator)
    {
      gtk_label_set_attributes (GTK_LABEL (self->label), NULL);
      gtk_label_set_ellipsize (GTK_LABEL (self->label), usual_ellipsize (self->column));
      return;
    }

  dim = pango_attr_foreground_alpha_new (G_MAXUINT16 * 6 / 10);
  if (number_last)
    dim->end_index = (guint) (separator - text + strlen (PH_NAME_SEPARATOR));
  else
    dim->start_index = (guint) (separator - text);
  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, dim);
  gtk_label_set_attributes (GTK_LABEL (self->label), attributes);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), number_last ? PANGO_ELLIPSIZE_START : PANGO_ELLIPSIZE_END);
}

void
ph_cell_refresh (PhCell *self)
{
  GString *text = self->set->text;
  gconstpointer record = ph_row_get_record (self->row);
  gboolean unknown;
  gboolean lead = self->column == self->set->lead;

  g_string_truncate (text, 0);
  ph_column_format (self->column, record, &self->set->style, text);
  unknown = text->len == 0 && !(self->column->flags & PH_COLUMN_OPTIONAL);
  if (unknown)
    g_string_append (text, UNKNOWN);
  if (strcmp (gtk_label_get_text (GTK_LABEL (self->label)), text->str) != 0)
    {
      gtk_label_set_text (GTK_LABEL (self->label), text->str);
      show_name (self, text->str);
    }

  if (unknown != self->unknown)
    {
      self->unknown = unknown;
      if (unknown)
        gtk_widget_add_css_class (self->label, "dim-label");
      else
        gtk_widget_remove_css_class (self->label, "dim-label");
    }

  if (lead)
    {
      ensure_icon (self, TRUE);
      show_mark (self, ((const PhRecord *) record)->mark);
    }
  else if (self->icon)
    {
      show_mark (self, PH_MARK_NONE);
      ensure_icon (self, FALSE);
    }
}

void
ph_cell_bind (PhCell *self, PhRow *row)
{
  g_return_if_fail (self->row == NULL);

  self->row = g_object_ref (row);
  ph_cell_set_add (self->set, &self->link);
  ph_cell_refresh (self);
}

void
ph_cell_unbind (PhCell *self)
{
  if (!self->row)
    return;
  ph_cell_clear_mark (self);
  ph_cell_set_remove (self->set, &self->link);
  g_clear_object (&self->row);
}

void
ph_cell_clear_mark (PhCell *self)
{
  show_mark (self, PH_MARK_NONE);
}

const char *
ph_cell_get_text (PhCell *self)
{
  return gtk_label_get_text (GTK_LABEL (self->label));
}

static gboolean
ph_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  PhCell *self = PH_CELL (widget);
  g_autoptr (GString) text = g_string_new (NULL);
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (self->label));

  if (!self->row)
    return FALSE;
  ph_column_explain (self->column, ph_row_get_record (self->row), &self->set->style, text);
  /* What can be read in the cell is not said again. */
  if (strcmp (text->str, ph_cell_get_text (self)) == 0 && !pango_layout_is_ellipsized (layout))
    g_string_truncate (text, 0);
  if (marks[self->mark].sentence)
    {
      if (text->len > 0)
        g_string_prepend_c (text, '\n');
      g_string_prepend (text, _ (marks[self->mark].sentence));
    }
  if (text->len == 0)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text->str);
  return TRUE;
}

static void
ph_cell_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  PhCell *self = PH_CELL (widget);

  gtk_widget_measure (self->label, orientation, -1, minimum, natural, NULL, NULL);
  if (!self->icon)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum += ICON_SIZE + ICON_SPACING;
      *natural += ICON_SIZE + ICON_SPACING;
    }
  else
    {
      *minimum = MAX (*minimum, ICON_SIZE);
      *natural = MAX (*natural, ICON_SIZE);
    }
}

static void
ph_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PhCell *self = PH_CELL (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int taken = self->icon ? ICON_SIZE + ICON_SPACING : 0;
  int minimum;

  if (self->icon)
    {
      /* Measured before it is placed, as GTK demands of everybody. */
      gtk_widget_measure (self->icon, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      gtk_widget_size_allocate (self->icon, &(GtkAllocation){ rtl ? 0 : width - ICON_SIZE, 0, ICON_SIZE, height }, -1);
    }
  gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  width = MAX (width - taken, minimum);
  gtk_widget_size_allocate (self->label, &(GtkAllocation){ rtl ? taken : 0, 0, width, height }, -1);
}

static void
ph_cell_dispose (GObject *object)
{
  PhCell *self = PH_CELL (object);

  if (self->row)
    {
      ph_cell_set_remove (self->set, &self->link);
      g_clear_object (&self->row);
    }
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->set, ph_cell_set_unref);
  G_OBJECT_CLASS (ph_cell_parent_class)->dispose (object);
}

static void
ph_cell_class_init (PhCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_cell_dispose;
  widget_class->measure = ph_cell_measure;
  widget_class->size_allocate = ph_cell_size_allocate;
  widget_class->query_tooltip = ph_cell_query_tooltip;
}

static void
ph_cell_init (PhCell *self)
{
  self->link.data = self;
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
ph_cell_new (PhCellSet *set, const PhColumn *column)
{
  PhCell *self = g_object_new (PH_TYPE_CELL, NULL);
  self->set = ph_cell_set_ref (set);
  self->column = column;
  gtk_label_set_xalign (GTK_LABEL (self->label), column->align == PH_ALIGN_END ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), usual_ellipsize (column));
  if (column->align == PH_ALIGN_END)
    gtk_widget_add_css_class (self->label, "numeric");
  return GTK_WIDGET (self);
}
