/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One source waits for the socket, another for the time to tell, see ph-kernel-events.h.
 *
 * Both have the priority of idle work: a flood of events is taken in when nothing is to be drawn, and what finds no
 * room until then is lost, which is told as well.
 */
#include "ph-kernel-events.h"

#include <glib-unix.h>

#include "ph-route-events.h"

#define PRIORITY    G_PRIORITY_DEFAULT_IDLE
#define INTERVAL_US (G_USEC_PER_SEC / 10)

struct _PhKernelEvents
{
  GObject parent_instance;
  guint kinds;
  guint pending; /* of these, what has changed and was not told yet */
  guint lost;
  gint64 told_us;        /* when something was told last; 0: never */
  PhEventSocket *socket; /* NULL: not active */
  GSource *readable;
  GSource *due; /* NULL: nothing pending */
};

G_DEFINE_FINAL_TYPE (PhKernelEvents, ph_kernel_events, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_LOST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
attach (GSource *source, GSource **slot)
{
  g_source_set_priority (source, PRIORITY);
  g_source_attach (source, g_main_context_get_thread_default ());
  *slot = source;
}

static void
close_socket (PhKernelEvents *self)
{
  drop_source (&self->readable);
  drop_source (&self->due);
  g_clear_pointer (&self->socket, ph_event_socket_free);
  self->pending = 0;
}

static void
tell (PhKernelEvents *self)
{
  const guint kinds = self->pending;

  self->pending = 0;
  self->told_us = g_get_monotonic_time ();
  g_signal_emit (self, changed_signal, 0, kinds);
}

static gboolean
on_due (gpointer user)
{
  g_autoptr (PhKernelEvents) self = g_object_ref (user);

  drop_source (&self->due);
  tell (self);
  return G_SOURCE_REMOVE;
}

/* At once where nothing was told for a while, else when the while is over. */
static void
tell_soon (PhKernelEvents *self)
{
  const gint64 rest_us = self->told_us + INTERVAL_US - g_get_monotonic_time ();

  if (self->pending == 0 || self->due != NULL)
    return;
  if (self->told_us == 0 || rest_us <= 0)
    {
      tell (self);
      return;
    }
  attach (g_timeout_source_new ((guint) (rest_us / 1000) + 1), &self->due);
  g_source_set_callback (self->due, on_due, self, NULL);
}

/* A PhSink. */
static void
take_frame (gpointer user, PhFrameKind kind, gconstpointer bytes, gsize length)
{
  PhKernelEvents *self = user;

  if (kind == PH_FRAME_NETLINK)
    self->pending |= ph_route_events_kinds (bytes, length) & self->kinds;
  else if (kind == PH_FRAME_LOST)
    {
      self->pending = self->kinds;
      self->lost++;
    }
}

static gboolean open_socket (PhKernelEvents *self, GError **error);

static gboolean
on_readable (gint fd, GIOCondition condition, gpointer user)
{
  g_autoptr (PhKernelEvents) self = g_object_ref (user);
  const guint lost = self->lost;

  if (!ph_event_socket_take (self->socket, take_frame, self, NULL))
    {
      /* Never seen. Another socket, and whatever happens meanwhile is missed. */
      close_socket (self);
      open_socket (self, NULL);
      self->pending = self->kinds;
    }
  if (self->lost != lost)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOST]);
  tell_soon (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
open_socket (PhKernelEvents *self, GError **error)
{
  PhError reason;

  self->socket = ph_event_socket_new (ph_route_events_sources (self->kinds), &reason);
  if (self->socket == NULL)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (reason.errnum), "%s", g_strerror (reason.errnum));
      return FALSE;
    }
  attach (g_unix_fd_source_new (ph_event_socket_fd (self->socket), G_IO_IN), &self->readable);
  g_source_set_callback (self->readable, G_SOURCE_FUNC (on_readable), self, NULL);
  return TRUE;
}

static void
ph_kernel_events_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhKernelEvents *self = PH_KERNEL_EVENTS (object);

  switch (id)
    {
    case PROP_LOST:
      g_value_set_uint (value, self->lost);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_kernel_events_dispose (GObject *object)
{
  close_socket (PH_KERNEL_EVENTS (object));
  G_OBJECT_CLASS (ph_kernel_events_parent_class)->dispose (object);
}

static void
ph_kernel_events_class_init (PhKernelEventsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ph_kernel_events_dispose;
  object_class->get_property = ph_kernel_events_get_property;

  properties[PROP_LOST] = g_param_spec_uint ("lost", NULL, NULL, 0, G_MAXUINT, 0,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  changed_signal = g_signal_new ("changed", PH_TYPE_KERNEL_EVENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_UINT);
}

static void
ph_kernel_events_init (PhKernelEvents *self)
{
}

PhKernelEvents *
ph_kernel_events_new (guint kinds)
{
  PhKernelEvents *self = g_object_new (PH_TYPE_KERNEL_EVENTS, NULL);

  self->kinds = kinds;
  return self;
}

gboolean
ph_kernel_events_set_active (PhKernelEvents *self, gboolean active, GError **error)
{
  g_return_val_if_fail (PH_IS_KERNEL_EVENTS (self), FALSE);

  if (!active)
    close_socket (self);
  return !active || self->socket != NULL || open_socket (self, error);
}
