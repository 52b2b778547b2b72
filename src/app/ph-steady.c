/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A motion costs a comparison and a look at the clock: there is one timer, and only when it rings is it seen whether
 * the pointer has moved meanwhile. Without a pointer there is none.
 */
#include "ph-steady.h"

#define REST_US G_USEC_PER_SEC /* not moved for so long, it points at nothing */

typedef struct
{
  PhView *view;   /* referenced */
  double x, y;    /* where the pointer was seen last */
  gint64 moved;   /* monotonic time, µs */
  guint timer_id; /* 0: not held */
} Steady;

static G_DEFINE_QUARK (ph_steady, steady)

static gboolean rested (gpointer data);

/* Rounded up, or the timer would ring a moment too early, and once more. */
static void
wait_for_rest (Steady *self, gint64 us)
{
  self->timer_id = g_timeout_add ((guint) (us / 1000 + 1), rested, self);
}

static gboolean
rested (gpointer data)
{
  Steady *self = data;
  gint64 left = self->moved + REST_US - g_get_monotonic_time ();

  self->timer_id = 0;
  if (left > 0)
    wait_for_rest (self, left);
  else
    ph_view_release (self->view);
  return G_SOURCE_REMOVE;
}

static void
stir (Steady *self)
{
  self->moved = g_get_monotonic_time ();
  if (self->timer_id)
    return;
  ph_view_hold (self->view);
  wait_for_rest (self, REST_US);
}

static void
let_go (Steady *self)
{
  if (!self->timer_id)
    return;
  g_clear_handle_id (&self->timer_id, g_source_remove);
  ph_view_release (self->view);
}

/* A window may have been opened under a pointer that nobody touches. */
static void
entered (GtkEventControllerMotion *motion, double x, double y, Steady *self)
{
  self->x = x;
  self->y = y;
}

/* GTK repeats the pointer's place whenever something below it changes. */
static void
moved (GtkEventControllerMotion *motion, double x, double y, Steady *self)
{
  if (x == self->x && y == self->y)
    return;
  entered (motion, x, y, self);
  stir (self);
}

/* Between the clicks of a double click, too. */
static gboolean
happened (GtkEventControllerLegacy *controller, GdkEvent *event, Steady *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_PRESS || type == GDK_SCROLL || type == GDK_TOUCH_BEGIN || type == GDK_TOUCH_UPDATE)
    stir (self);
  return GDK_EVENT_PROPAGATE;
}

static void
steady_free (gpointer data)
{
  Steady *self = data;

  let_go (self);
  g_object_unref (self->view);
  g_free (self);
}

static void
add_controller (GtkWidget *widget, GtkEventController *controller)
{
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (widget, controller);
}

void
ph_steady_attach (GtkWidget *widget, PhView *view)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *events = gtk_event_controller_legacy_new ();
  Steady *self = g_new0 (Steady, 1);

  self->view = g_object_ref (view);
  g_object_set_qdata_full (G_OBJECT (widget), steady_quark (), self, steady_free);
  gtk_event_controller_set_name (motion, "ph-steady");
  g_signal_connect (motion, "enter", G_CALLBACK (entered), self);
  g_signal_connect (motion, "motion", G_CALLBACK (moved), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (let_go), self);
  g_signal_connect (events, "event", G_CALLBACK (happened), self);
  add_controller (widget, motion);
  add_controller (widget, events);
  g_signal_connect_swapped (widget, "unmap", G_CALLBACK (let_go), self);
}
