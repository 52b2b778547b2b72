/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for the width of the wider one, but would like to have both in a row; its height follows from its width. */
#include "ph-pair.h"

#define SPACING 12 /* px: in a row */
#define GAP     6  /* px: between the lines */

struct _PhPair
{
  GtkWidget parent_instance;

  GtkWidget *children[2];
};

G_DEFINE_FINAL_TYPE (PhPair, ph_pair, GTK_TYPE_WIDGET)

enum
{
  PROP_FIRST = 1,
  PROP_SECOND,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
set_child (PhPair *self, guint which, GtkWidget *child)
{
  g_clear_pointer (&self->children[which], gtk_widget_unparent);
  self->children[which] = child;
  /* The order of the keyboard is that of the eyes. */
  if (child && which == 0)
    gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
  else if (child)
    gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

void
ph_pair_set_first (PhPair *self, GtkWidget *first)
{
  set_child (self, 0, first);
}

void
ph_pair_set_second (PhPair *self, GtkWidget *second)
{
  set_child (self, 1, second);
}

static void
measure (PhPair *self, guint which, GtkOrientation orientation, int for_size, int *minimum, int *natural)
{
  GtkWidget *child = self->children[which];

  *minimum = *natural = 0;
  if (child && gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

/* The width of the first one in a row of this width; -1: they do not fit. */
static int
first_width (PhPair *self, int width)
{
  int minimum, natural, second_minimum, second_natural;

  measure (self, 0, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural);
  measure (self, 1, GTK_ORIENTATION_HORIZONTAL, -1, &second_minimum, &second_natural);
  if (second_natural == 0)
    return width;
  return natural + SPACING + second_natural <= width ? natural : -1;
}

static GtkSizeRequestMode
ph_pair_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ph_pair_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  PhPair *self = PH_PAIR (widget);
  int first = for_size >= 0 ? first_width (self, for_size) : 0;
  gboolean row = orientation == GTK_ORIENTATION_VERTICAL && first >= 0;
  int widths[2] = { -1, -1 };
  int minima[2], naturals[2];

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    {
      widths[0] = row ? first : for_size;
      widths[1] = row ? -1 : for_size;
    }
  for (guint i = 0; i < 2; i++)
    measure (self, i, orientation, widths[i], &minima[i], &naturals[i]);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (minima[0], minima[1]);
      *natural = naturals[0] + (naturals[1] ? SPACING + naturals[1] : 0);
    }
  else if (row)
    {
      *minimum = MAX (minima[0], minima[1]);
      *natural = MAX (naturals[0], naturals[1]);
    }
  else
    {
      *minimum = minima[0] + GAP + minima[1];
      *natural = naturals[0] + GAP + naturals[1];
    }
}

static void
place (GtkWidget *child, gboolean mirrored, int width, const GtkAllocation *area)
{
  GtkAllocation at = *area;

  if (!child || !gtk_widget_should_layout (child))
    return;
  if (mirrored)
    at.x = width - at.x - at.width;
  gtk_widget_size_allocate (child, &at, -1);
}

static void
ph_pair_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PhPair *self = PH_PAIR (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int first = first_width (self, width);
  int minimum, second, top;

  if (first >= 0)
    {
      measure (self, 1, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &second);
      place (self->children[0], mirrored, width, &(GtkAllocation){ 0, 0, first, height });
      place (self->children[1], mirrored, width, &(GtkAllocation){ width - second, 0, second, height });
      return;
    }
  measure (self, 0, GTK_ORIENTATION_VERTICAL, width, &minimum, &top);
  place (self->children[0], mirrored, width, &(GtkAllocation){ 0, 0, width, top });
  place (self->children[1], mirrored, width, &(GtkAllocation){ 0, top + GAP, width, height - top - GAP });
}

static void
ph_pair_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, PH_PAIR (object)->children[id == PROP_FIRST ? 0 : 1]);
}

static void
ph_pair_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_child (PH_PAIR (object), id == PROP_FIRST ? 0 : 1, g_value_get_object (value));
}

static void
ph_pair_dispose (GObject *object)
{
  set_child (PH_PAIR (object), 0, NULL);
  set_child (PH_PAIR (object), 1, NULL);
  G_OBJECT_CLASS (ph_pair_parent_class)->dispose (object);
}

static void
ph_pair_class_init (PhPairClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ph_pair_get_property;
  object_class->set_property = ph_pair_set_property;
  object_class->dispose = ph_pair_dispose;
  props[PROP_FIRST] = g_param_spec_object ("first", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_SECOND] = g_param_spec_object ("second", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  widget_class->get_request_mode = ph_pair_get_request_mode;
  widget_class->measure = ph_pair_measure;
  widget_class->size_allocate = ph_pair_size_allocate;
}

static void
ph_pair_init (PhPair *self)
{
}
