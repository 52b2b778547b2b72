/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A GtkPaned that turns by itself. It asks for no more width than it needs when the side is below, or else the window
 * could never become so narrow that it goes there.
 */
#include "ph-split.h"

#define BESIDE_MIN 760 /* px: narrower than that it goes below */
#define SIDE_WIDTH 380
#define MAIN_LEAST 64  /* px: of a window that is low the side gets most, and this is left for the rest */
#define LOW        400 /* px: lower than that it is low */

struct _PhSplit
{
  GtkWidget parent_instance;

  GtkWidget *child; /* main, or the paned once there is a side */
  GtkWidget *main, *side;
  gboolean placed; /* the side has got its first size */
};

G_DEFINE_FINAL_TYPE (PhSplit, ph_split, GTK_TYPE_WIDGET)

enum
{
  PROP_MAIN = 1,
  PROP_SIDE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
set_child (PhSplit *self, GtkWidget *child)
{
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
ph_split_set_main (PhSplit *self, GtkWidget *main)
{
  self->main = main;
  if (self->side)
    gtk_paned_set_start_child (GTK_PANED (self->child), main);
  else
    set_child (self, main);
}

static void
side_seen (PhSplit *self)
{
  self->placed = FALSE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
ph_split_set_side (PhSplit *self, GtkWidget *side)
{
  GtkPaned *paned;

  g_return_if_fail (side && !self->side);

  self->side = side;
  g_signal_connect_object (side, "notify::visible", G_CALLBACK (side_seen), self, G_CONNECT_SWAPPED);
  paned = GTK_PANED (gtk_paned_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_paned_set_resize_end_child (paned, FALSE);
  gtk_paned_set_shrink_start_child (paned, TRUE);
  gtk_paned_set_shrink_end_child (paned, FALSE);
  gtk_paned_set_end_child (paned, side);
  if (self->main)
    {
      g_autoptr (GtkWidget) main = g_object_ref (self->main);

      set_child (self, NULL);
      gtk_paned_set_start_child (paned, main);
    }
  set_child (self, GTK_WIDGET (paned));
}

GtkWidget *
ph_split_get_side (PhSplit *self)
{
  return self->side;
}

static GtkWidget *
visible_side (PhSplit *self)
{
  return self->side && gtk_widget_get_visible (self->side) ? self->side : NULL;
}

static GtkSizeRequestMode
ph_split_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ph_split_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  PhSplit *self = PH_SPLIT (widget);
  GtkWidget *side = visible_side (self);
  int side_minimum, side_natural;

  *minimum = *natural = 0;
  if (self->main)
    gtk_widget_measure (self->main, orientation, -1, minimum, natural, NULL, NULL);
  if (!side)
    return;
  gtk_widget_measure (side, orientation, -1, &side_minimum, &side_natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL || for_size >= BESIDE_MIN)
    {
      *minimum = MAX (*minimum, side_minimum);
      *natural = MAX (*natural, side_natural);
    }
  else
    {
      int handle = 8; /* px: more than any theme's */

      *minimum = MIN (*minimum, MAIN_LEAST) + side_minimum + handle;
      *natural += side_natural + handle;
    }
}

/* px of @height for what is above. */
static int
share (int height)
{
  return height >= LOW ? height / 2 : MAX (height / 4, MAIN_LEAST);
}

static void
place_side (PhSplit *self, int width, int height)
{
  gboolean beside = width >= BESIDE_MIN;
  GtkOrientation orientation = beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;

  if (self->placed && gtk_orientable_get_orientation (GTK_ORIENTABLE (self->child)) == orientation)
    return;
  self->placed = TRUE;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->child), orientation);
  gtk_paned_set_position (GTK_PANED (self->child), beside ? width - SIDE_WIDTH : share (height));
}

static void
ph_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PhSplit *self = PH_SPLIT (widget);
  int minimum;

  if (!self->child)
    return;
  if (visible_side (self))
    place_side (self, width, height);
  /* GTK wants every widget measured before it is given a size. */
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (self->child, MAX (width, minimum), height, baseline, NULL);
}

static void
ph_split_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhSplit *self = PH_SPLIT (object);

  g_value_set_object (value, id == PROP_MAIN ? self->main : self->side);
}

static void
ph_split_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhSplit *self = PH_SPLIT (object);

  if (id == PROP_MAIN)
    ph_split_set_main (self, g_value_get_object (value));
  else
    ph_split_set_side (self, g_value_get_object (value));
}

static void
ph_split_dispose (GObject *object)
{
  PhSplit *self = PH_SPLIT (object);

  set_child (self, NULL);
  G_OBJECT_CLASS (ph_split_parent_class)->dispose (object);
}

static void
ph_split_class_init (PhSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ph_split_get_property;
  object_class->set_property = ph_split_set_property;
  object_class->dispose = ph_split_dispose;
  props[PROP_MAIN] = g_param_spec_object ("main", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_SIDE] = g_param_spec_object ("side", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  widget_class->get_request_mode = ph_split_get_request_mode;
  widget_class->measure = ph_split_measure;
  widget_class->size_allocate = ph_split_size_allocate;
}

static void
ph_split_init (PhSplit *self)
{
}
