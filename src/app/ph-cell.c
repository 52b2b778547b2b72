/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draws its text itself. There are some two thousand cells, and most of what a change of the table costs is GTK's
 * styling of them: a GtkLabel in each is as much again, keeps a layout, and has the table laid out anew whenever its
 * text changes. All that is said of a text without a widget of its own is said here: to the screen reader, too.
 */
#include "ph-cell.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-compat.h"
#include "ph-mark-look.h"
#include "ph-row-words.h"
#include "ph-spark.h"

#define UNKNOWN      "—" /* an em wide: not empty, and not a minus */
#define ICON_SIZE    16  /* px: in any other GTK has them drawn from SVG, by a library of 7 MiB */
#define ICON_SPACING 4

struct _PhCell
{
  GtkWidget parent_instance;

  PhCellSet *set;
  const PhColumn *column;
  PhRow *row; /* NULL: not bound */
  GList link; /* in the set */

  char *text;
  char *words;      /* the whole row's, as it was last told; NULL: it was not */
  GtkWidget *icon;  /* at the far end, so that texts stay below their title; NULL: it never had a mark */
  gboolean is_lead; /* keeps room for the icon */
  gboolean unknown;
  PhMark mark; /* what icon and tint show */
};

G_DEFINE_FINAL_TYPE (PhCell, ph_cell, GTK_TYPE_WIDGET)

/* The widget that GTK draws the whole row with; it has no name in the API, only in CSS. */
static GtkWidget *
find_row_widget (PhCell *self)
{
  GtkWidget *widget = gtk_widget_get_parent (GTK_WIDGET (self));

  while (widget && strcmp (gtk_widget_get_css_name (widget), "row") != 0)
    widget = gtk_widget_get_parent (widget);
  return widget;
}

/* A row that is heard, not seen, is one sentence. Only rows in sight: GTK keeps many more ready. */
static void
say_row (PhCell *self)
{
  GString *text = self->set->text;
  GtkWidget *row = find_row_widget (self);
  const char *mark = ph_mark_look (self->mark)->word;

  if (!row || !self->set->columns || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_string_truncate (text, 0);
  ph_row_words ((const PhColumn *const *) self->set->columns->pdata, ph_row_get_record (self->row), &self->set->style,
                mark ? _ (mark) : NULL, text);
  if (g_strcmp0 (self->words, text->str) == 0)
    return;
  g_free (self->words);
  self->words = g_strdup (text->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, self->words, -1);
}

static void
show_mark (PhCell *self, PhMark mark)
{
  const PhMarkLook *before = ph_mark_look (self->mark), *now = ph_mark_look (mark);
  GtkWidget *row;

  if (now == before)
    return;

  row = find_row_widget (self);
  if (row && before->css_class)
    gtk_widget_remove_css_class (row, before->css_class);
  if (row && now->css_class)
    gtk_widget_add_css_class (row, now->css_class);

  self->mark = mark;
  if (now->icon)
    {
      if (!self->icon)
        {
          self->icon = gtk_image_new ();
          gtk_image_set_pixel_size (GTK_IMAGE (self->icon), ICON_SIZE);
          gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
        }
      gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), now->icon);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (now->word), -1);
    }
  else
    {
      gtk_image_clear (GTK_IMAGE (self->icon));
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL);
    }
}

static void
set_lead (PhCell *self, gboolean is_lead)
{
  if (is_lead == self->is_lead)
    return;
  self->is_lead = is_lead;
  if (!is_lead)
    {
      show_mark (self, PH_MARK_NONE);
      g_clear_pointer (&self->icon, gtk_widget_unparent);
      g_clear_pointer (&self->words, g_free);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* px of its width that are not for the text. */
static int
get_room_for_icon (const PhCell *self)
{
  return self->is_lead ? ICON_SIZE + ICON_SPACING : 0;
}

/* A number is followed or preceded by its name, which is dim, and is what is cut. */
static const char *
find_name (const PhCell *self)
{
  return self->column->flags & PH_COLUMN_NAMES ? strstr (self->text, PH_NAME_SEPARATOR) : NULL;
}

static PangoAttribute *
dim (guint start, guint end)
{
  PangoAttribute *attribute = pango_attr_foreground_alpha_new (G_MAXUINT16 * 6 / 10);

  attribute->start_index = start;
  attribute->end_index = end;
  return attribute;
}

/* The set's layout with this cell's text, cut to @width px. */
static PangoLayout *
lay_out (PhCell *self, int width)
{
  PangoLayout *layout = ph_cell_set_get_layout (self->set);
  gboolean number = self->column->align == PH_ALIGN_END;
  const char *name = find_name (self);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoEllipsizeMode cut = PANGO_ELLIPSIZE_END;

  if (number) /* all digits as wide as each other */
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (self->unknown)
    pango_attr_list_insert (attributes, dim (0, G_MAXUINT));
  else if (name && number)
    {
      pango_attr_list_insert (attributes, dim (0, (guint) (name - self->text + strlen (PH_NAME_SEPARATOR))));
      cut = PANGO_ELLIPSIZE_START;
    }
  else if (name)
    pango_attr_list_insert (attributes, dim ((guint) (name - self->text), G_MAXUINT));
  else if (self->column->flags & PH_COLUMN_ELLIPSIZE_MIDDLE)
    cut = PANGO_ELLIPSIZE_MIDDLE;

  pango_layout_set_text (layout, self->text, -1);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_ellipsize (layout, cut);
  pango_layout_set_width (layout, MAX (width, 0) * PANGO_SCALE);
  return layout;
}

/* Where the text may be. */
static void
get_text_area (PhCell *self, int *x, int *width)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int taken = get_room_for_icon (self);

  *x = rtl ? taken : 0;
  *width = gtk_widget_get_width (GTK_WIDGET (self)) - taken;
}

static void
set_text (PhCell *self, const char *text)
{
  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What closes or could not be read is said first; that a thing is new fades, and that nobody has looked does not. */
static PhMark
get_mark (const PhCell *self, gconstpointer record)
{
  PhMark own = ((const PhRecord *) record)->mark;
  PhMark other;

  if (!self->set->marker || (own != PH_MARK_NONE && own != PH_MARK_NEW))
    return own;
  other = self->set->marker (record, self->set->marker_data);
  return other != PH_MARK_NONE ? other : own;
}

void
ph_cell_refresh (PhCell *self)
{
  GString *text = self->set->text;
  gconstpointer record = ph_row_get_record (self->row);

  g_string_truncate (text, 0);
  ph_column_format (self->column, record, &self->set->style, text);
  self->unknown = text->len == 0 && !ph_column_is_none (self->column, record);
  if (self->unknown)
    g_string_append (text, UNKNOWN);
  set_text (self, text->str);
  if (self->column->traces) /* it has moved on, even where what it says is the same */
    gtk_widget_queue_draw (GTK_WIDGET (self));

  set_lead (self, self->column == self->set->lead);
  if (self->is_lead)
    {
      show_mark (self, get_mark (self, record));
      say_row (self);
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

const PhColumn *
ph_cell_get_column (PhCell *self)
{
  return self->column;
}

PhRow *
ph_cell_get_row (PhCell *self)
{
  return self->row;
}

const char *
ph_cell_get_text (PhCell *self)
{
  return self->text;
}

static gboolean
ph_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  PhCell *self = PH_CELL (widget);
  g_autoptr (GString) text = g_string_new (NULL);
  int left, width;

  if (!self->row)
    return FALSE;
  ph_column_explain (self->column, ph_row_get_record (self->row), &self->set->style, text);
  /* What can be read in the cell is not said again. */
  get_text_area (self, &left, &width);
  if (!self->column->traces && strcmp (text->str, self->text) == 0
      && !pango_layout_is_ellipsized (lay_out (self, width)))
    g_string_truncate (text, 0);
  if (ph_mark_look (self->mark)->sentence)
    {
      if (text->len > 0)
        g_string_prepend_c (text, '\n');
      g_string_prepend (text, _ (ph_mark_look (self->mark)->sentence));
    }
  if (text->len == 0)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text->str);
  return TRUE;
}

static void
ph_cell_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_cell_parent_class)->root (widget);
  ph_compat_quiet_cell (gtk_widget_get_parent (widget));
}

/* It has come into sight. */
static void
ph_cell_map (GtkWidget *widget)
{
  PhCell *self = PH_CELL (widget);

  GTK_WIDGET_CLASS (ph_cell_parent_class)->map (widget);
  if (self->row && self->is_lead)
    say_row (self);
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
  int height = ph_cell_set_get_line_height (self->set);
  int taken = get_room_for_icon (self);

  /* The columns say how wide they are; a few letters are the least that makes sense. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = height * 3 / 2 + taken;
  else
    *minimum = *natural = MAX (height, self->is_lead ? ICON_SIZE : 0);
}

static void
ph_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PhCell *self = PH_CELL (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int minimum;

  if (!self->icon)
    return;
  /* Measured before it is placed, as GTK demands of everybody. */
  gtk_widget_measure (self->icon, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->icon, &(GtkAllocation){ rtl ? 0 : width - ICON_SIZE, 0, ICON_SIZE, height }, -1);
}

/* A small graph where the column has one. FALSE: there is nothing to draw it from. */
static gboolean
draw_traces (PhCell *self, GtkSnapshot *snapshot, int x, int width)
{
  const PhTrace *first = NULL, *second = NULL;
  gboolean drawn;

  if (!self->column->traces)
    return FALSE;
  self->column->traces (ph_row_get_record (self->row), &first, &second);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, 0));
  drawn = ph_spark_snapshot (GTK_WIDGET (self), snapshot, first, second, width,
                             gtk_widget_get_height (GTK_WIDGET (self)));
  gtk_snapshot_restore (snapshot);
  return drawn;
}

static void
ph_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PhCell *self = PH_CELL (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean at_right = (self->column->align == PH_ALIGN_END) != rtl;
  PangoLayout *layout;
  PangoRectangle text;
  GdkRGBA color;
  int x, width;

  if (self->icon)
    gtk_widget_snapshot_child (widget, self->icon, snapshot);
  if (!self->row)
    return;

  get_text_area (self, &x, &width);
  if (draw_traces (self, snapshot, x, width))
    return;
  layout = lay_out (self, width);
  pango_layout_get_pixel_extents (layout, NULL, &text);
  ph_compat_get_color (widget, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) (x + (at_right ? width - text.width : 0) - text.x),
                                                (float) ((gtk_widget_get_height (widget) - text.height) / 2 - text.y)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
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
  g_clear_pointer (&self->set, ph_cell_set_unref);
  G_OBJECT_CLASS (ph_cell_parent_class)->dispose (object);
}

static void
ph_cell_finalize (GObject *object)
{
  g_free (PH_CELL (object)->text);
  g_free (PH_CELL (object)->words);
  G_OBJECT_CLASS (ph_cell_parent_class)->finalize (object);
}

static void
ph_cell_class_init (PhCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_cell_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_cell_finalize;
  widget_class->root = ph_cell_root;
  widget_class->map = ph_cell_map;
  widget_class->measure = ph_cell_measure;
  widget_class->size_allocate = ph_cell_size_allocate;
  widget_class->snapshot = ph_cell_snapshot;
  widget_class->query_tooltip = ph_cell_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
ph_cell_init (PhCell *self)
{
  self->link.data = self;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
ph_cell_new (PhCellSet *set, const PhColumn *column)
{
  PhCell *self = g_object_new (PH_TYPE_CELL, NULL);
  self->set = ph_cell_set_ref (set);
  self->column = column;
  return GTK_WIDGET (self);
}
