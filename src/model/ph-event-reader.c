/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The thread sleeps in poll(2), until a socket or the descriptor that stops it is readable.
 *
 * Between two takings it rests for a moment, in which events come together: a server that ends two thousand connections
 * a second costs two hundred wake-ups, not two thousand. The moment is so short that the smallest of buffers, some
 * 300 events, holds what comes in it. As long as there is more to read it does not rest.
 */
#include "ph-event-reader.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "ph-handover.h"

#define PRIORITY    G_PRIORITY_DEFAULT_IDLE /* as PhKernelEvents: drawing comes first */
#define INTERVAL_US (G_USEC_PER_SEC / 10)
#define REST_MS     5

typedef struct
{
  PhEventReader *reader;
  guint kinds;
  PhEventSocket *socket; /* NULL: there is nothing to hear, or no more of it */
} Ear;

/* Due when the thread says so, and then tells on the main loop. */
typedef struct
{
  GSource source;
  PhEventReader *reader;
} Teller;

enum
{
  EAR_ROUTING,
  EAR_DESTROYED,
  N_EARS,
  FD_STOP = N_EARS, /* in what is polled the ears come first */
  N_FDS
};

struct _PhEventReader
{
  GObject parent_instance;

  PhEventFunc func;
  gpointer user;
  GDestroyNotify destroy;

  GThread *thread;  /* NULL: not active */
  Ear ears[N_EARS]; /* the thread's, while there is one */
  int stop;         /* an eventfd(2) */

  Teller *teller;
  atomic_bool pending; /* something came that was not told; set by the thread, which then says when to */
  gint64 told_us;      /* when it was told last; the main loop's while it is pending, else the thread's */
};

G_DEFINE_FINAL_TYPE (PhEventReader, ph_event_reader, G_TYPE_OBJECT)

static guint received_signal;

/* --- the thread --- */

static void
tell_soon (PhEventReader *self)
{
  gint64 due_us;

  if (atomic_exchange (&self->pending, true))
    return;
  due_us = self->told_us + INTERVAL_US;
  PH_HAND_OVER (self->teller);
  g_source_set_ready_time (&self->teller->source, due_us);
}

/* A PhSink. */
static void
hear (gpointer user, PhFrameKind kind, gconstpointer bytes, gsize length)
{
  const Ear *ear = user;

  ear->reader->func (ear->reader->user, ear->kinds, kind, bytes, length);
}

static void
listen_with (Ear *ear, struct pollfd *fd)
{
  if (fd->revents == 0)
    return;
  if (!ph_event_socket_take (ear->socket, hear, ear, NULL))
    {
      /* Never seen. Another socket, and whatever happens meanwhile is missed. */
      ph_event_socket_free (ear->socket);
      ear->socket = ph_event_socket_new (ear->kinds, NULL);
      fd->fd = ear->socket != NULL ? ph_event_socket_fd (ear->socket) : -1;
      hear (ear, PH_FRAME_LOST, NULL, 0);
    }
  tell_soon (ear->reader);
}

/* Whether anything is there, within @timeout_ms. */
static gboolean
wait_for (struct pollfd *fds, nfds_t n_fds, int timeout_ms)
{
  int n;

  do
    n = poll (fds, n_fds, timeout_ms);
  while (n < 0 && errno == EINTR);
  return n > 0;
}

static gpointer
work (gpointer data)
{
  PhEventReader *self = data;
  struct pollfd fds[N_FDS];

  for (guint i = 0; i < N_EARS; i++)
    fds[i] = (struct pollfd){
      .fd = self->ears[i].socket != NULL ? ph_event_socket_fd (self->ears[i].socket) : -1,
      .events = POLLIN,
    };
  fds[FD_STOP] = (struct pollfd){ .fd = self->stop, .events = POLLIN };

  while (wait_for (fds, N_FDS, -1) && fds[FD_STOP].revents == 0)
    {
      do
        for (guint i = 0; i < N_EARS; i++)
          listen_with (&self->ears[i], &fds[i]);
      while (wait_for (fds, N_FDS, 0) && fds[FD_STOP].revents == 0);
      wait_for (&fds[FD_STOP], 1, REST_MS);
    }
  return NULL;
}

/* --- the main loop --- */

static gboolean
tell (GSource *source, GSourceFunc func, gpointer user)
{
  g_autoptr (PhEventReader) self = g_object_ref (((Teller *) source)->reader);

  PH_TAKE_OVER (source);
  g_source_set_ready_time (source, -1);
  self->told_us = g_get_monotonic_time ();
  atomic_store (&self->pending, false);
  g_signal_emit (self, received_signal, 0);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs teller_funcs = { .dispatch = tell };

static void
attach_teller (PhEventReader *self)
{
  GSource *source = g_source_new (&teller_funcs, sizeof (Teller));

  g_source_set_priority (source, PRIORITY);
  self->teller = (Teller *) source;
  self->teller->reader = self;
  self->told_us = g_get_monotonic_time () - INTERVAL_US;
  atomic_store (&self->pending, false);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
detach_teller (PhEventReader *self)
{
  if (self->teller == NULL)
    return;
  g_source_destroy (&self->teller->source);
  g_source_unref (&self->teller->source);
  self->teller = NULL;
}

static void
close_all (PhEventReader *self)
{
  for (guint i = 0; i < N_EARS; i++)
    g_clear_pointer (&self->ears[i].socket, ph_event_socket_free);
  if (self->stop >= 0)
    close (self->stop);
  self->stop = -1;
  detach_teller (self);
}

static gboolean
fail (GError **error, int errnum)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errnum), "%s", g_strerror (errnum));
  return FALSE;
}

static gboolean
open_all (PhEventReader *self, GError **error)
{
  PhError reason;

  for (guint i = 0; i < N_EARS; i++)
    {
      if (self->ears[i].kinds == 0)
        continue;
      self->ears[i].socket = ph_event_socket_new (self->ears[i].kinds, &reason);
      if (self->ears[i].socket == NULL)
        return fail (error, reason.errnum);
    }
  self->stop = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  return self->stop >= 0 || fail (error, errno);
}

static gboolean
start (PhEventReader *self, GError **error)
{
  if (open_all (self, error))
    {
      attach_teller (self);
      self->thread = g_thread_try_new ("events", work, self, error);
    }
  if (self->thread == NULL)
    close_all (self);
  return self->thread != NULL;
}

static void
stop (PhEventReader *self)
{
  if (self->thread == NULL)
    return;
  eventfd_write (self->stop, 1);
  g_thread_join (g_steal_pointer (&self->thread));
  close_all (self);
}

static void
ph_event_reader_dispose (GObject *object)
{
  stop (PH_EVENT_READER (object));
  G_OBJECT_CLASS (ph_event_reader_parent_class)->dispose (object);
}

static void
ph_event_reader_finalize (GObject *object)
{
  PhEventReader *self = PH_EVENT_READER (object);

  if (self->destroy != NULL)
    self->destroy (self->user);
  G_OBJECT_CLASS (ph_event_reader_parent_class)->finalize (object);
}

static void
ph_event_reader_class_init (PhEventReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ph_event_reader_dispose;
  object_class->finalize = ph_event_reader_finalize;

  received_signal
      = g_signal_new ("received", PH_TYPE_EVENT_READER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_event_reader_init (PhEventReader *self)
{
  self->stop = -1;
  for (guint i = 0; i < N_EARS; i++)
    self->ears[i].reader = self;
}

PhEventReader *
ph_event_reader_new (guint kinds, PhEventFunc func, gpointer user, GDestroyNotify destroy)
{
  PhEventReader *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_object_new (PH_TYPE_EVENT_READER, NULL);
  self->ears[EAR_ROUTING].kinds = kinds & PH_EVENT_ALL_ROUTING;
  self->ears[EAR_DESTROYED].kinds = kinds & PH_EVENT_DESTROYED;
  self->func = func;
  self->user = user;
  self->destroy = destroy;
  return self;
}

gboolean
ph_event_reader_set_active (PhEventReader *self, gboolean active, GError **error)
{
  g_return_val_if_fail (PH_IS_EVENT_READER (self), FALSE);
  g_return_val_if_fail (self->thread != g_thread_self (), FALSE);

  if (!active)
    stop (self);
  return !active || self->thread != NULL || start (self, error);
}
