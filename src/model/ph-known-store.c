/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything is decided on the main loop; each reading and each writing is a task for a worker, one at a time. Tasks of
 * workers have no source object, so that none of them is the last to let go of the store.
 */
#include "ph-known-store.h"

#include "ph-data-file.h"
#include "ph-handover.h"
#include "ph-i18n.h"
#include "ph-known-file.h"
#include "ph-worker.h"

#define GATHER_MS    1000
#define RETRY_MS     1000
#define RETRY_MAX_MS (60 * 1000)

/* One reading or writing. Of the worker until it is @done. */
typedef struct
{
  gatomicrefcount refs;
  char *path;
  PhKnown *known;
  char *aside;
  GError *error;

  GMutex lock; /* for @done */
  GCond changed;
  gboolean done;
} Access;

struct _PhKnownStore
{
  GObject parent_instance;

  char *path;
  gboolean loaded;
  gboolean closed;    /* or the file is not ours to write */
  PhKnown *wanted;    /* NULL: nothing yet */
  PhKnown *saved;     /* what the file says; NULL: not known, or nothing */
  Access *writing;    /* NULL: nothing is being written */
  GPtrArray *flushes; /* GTask, that wait until @wanted is @saved */
  guint timer;
  guint retry_ms;
  char *error;
  char *notice;
};

enum
{
  PROP_0,
  PROP_ERROR,
  PROP_NOTICE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PhKnownStore, ph_known_store, G_TYPE_OBJECT)

static void start_writing (PhKnownStore *self);

/* --- what workers do --- */

static Access *
access_new (const char *path, PhKnown *known)
{
  Access *access = g_new0 (Access, 1);

  g_atomic_ref_count_init (&access->refs);
  access->path = g_strdup (path);
  access->known = known != NULL ? ph_known_ref (known) : NULL;
  g_mutex_init (&access->lock);
  g_cond_init (&access->changed);
  return access;
}

static Access *
access_ref (Access *access)
{
  g_atomic_ref_count_inc (&access->refs);
  return access;
}

static void
access_unref (Access *access)
{
  PH_HAND_OVER (access);
  if (!g_atomic_ref_count_dec (&access->refs))
    return;
  PH_TAKE_OVER (access);
  g_clear_pointer (&access->known, ph_known_unref);
  g_clear_error (&access->error);
  g_mutex_clear (&access->lock);
  g_cond_clear (&access->changed);
  g_free (access->aside);
  g_free (access->path);
  g_free (access);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Access, access_unref)

static void
access_done (Access *access)
{
  g_mutex_lock (&access->lock);
  PH_TAKE_OVER (access);
  access->done = TRUE;
  g_cond_broadcast (&access->changed);
  PH_HAND_OVER (access);
  g_mutex_unlock (&access->lock);
}

/* FALSE: it is not done by @until. */
static gboolean
access_wait (Access *access, gint64 until)
{
  gboolean done, in_time = TRUE;

  g_mutex_lock (&access->lock);
  PH_TAKE_OVER (access);
  while (!(done = access->done) && in_time)
    {
      PH_HAND_OVER (access);
      in_time = g_cond_wait_until (&access->changed, &access->lock, until);
      PH_TAKE_OVER (access);
    }
  PH_HAND_OVER (access);
  g_mutex_unlock (&access->lock);
  return done;
}

static void
read_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Access *access = data;

  PH_TAKE_OVER (access);
  access->known = ph_known_file_read (access->path, &access->aside, &access->error);
  access_done (access);
  g_task_return_boolean (task, TRUE);
}

static void
write_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Access *access = data;

  PH_TAKE_OVER (access);
  ph_known_file_write (access->path, access->known, &access->error);
  access_done (access);
  g_task_return_boolean (task, TRUE);
}

static void
run (Access *access, GTaskThreadFunc work, GAsyncReadyCallback ended, gpointer user)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, ended, user);

  g_task_set_task_data (task, access_ref (access), (GDestroyNotify) access_unref);
  PH_HAND_OVER (access);
  ph_worker_run (task, work);
}

/* --- state --- */

/* Takes @text. */
static void
set_text (PhKnownStore *self, char **where, char *text, guint property)
{
  gboolean same = g_strcmp0 (*where, text) == 0;

  g_free (*where);
  *where = text;
  if (!same)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gboolean
is_due (PhKnownStore *self)
{
  return self->wanted != NULL && self->wanted != self->saved;
}

static gboolean
time_is_up (gpointer user)
{
  PhKnownStore *self = user;

  self->timer = 0;
  if (is_due (self))
    start_writing (self);
  return G_SOURCE_REMOVE;
}

static void
write_in (PhKnownStore *self, guint ms)
{
  if (self->timer == 0 && self->writing == NULL && !self->closed)
    self->timer = g_timeout_add (ms, time_is_up, self);
}

/* @error NULL: all is written. */
static void
return_flushes (PhKnownStore *self, const GError *error)
{
  g_autoptr (GPtrArray) flushes = g_steal_pointer (&self->flushes);

  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < flushes->len; i++)
    if (error != NULL)
      g_task_return_error (flushes->pdata[i], g_error_copy (error));
    else
      g_task_return_boolean (flushes->pdata[i], TRUE);
}

static void
take_result (PhKnownStore *self)
{
  Access *access = self->writing;
  g_autofree char *path = g_filename_display_name (self->path);

  self->writing = NULL;
  if (access->error == NULL)
    {
      g_clear_pointer (&self->saved, ph_known_unref);
      self->saved = ph_known_ref (access->known);
      self->retry_ms = RETRY_MS;
      set_text (self, &self->error, NULL, PROP_ERROR);
    }
  else
    set_text (self, &self->error,
              g_strdup_printf (_ ("Known ports are not saved: “%s”: %s"), path, access->error->message), PROP_ERROR);
}

static void
written (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (PhKnownStore) self = user;
  g_autoptr (Access) access = access_ref (g_task_get_task_data (G_TASK (result)));

  PH_TAKE_OVER (access);
  if (self->writing != access)
    {
      return_flushes (self, access->error); /* closing was faster */
      return;
    }
  take_result (self);
  access_unref (access);
  if (access->error != NULL)
    {
      return_flushes (self, access->error);
      write_in (self, self->retry_ms);
      self->retry_ms = MIN (2 * self->retry_ms, RETRY_MAX_MS);
    }
  else if (!is_due (self))
    return_flushes (self, NULL);
  else if (self->flushes->len > 0)
    start_writing (self);
  else
    write_in (self, GATHER_MS);
}

static void
start_writing (PhKnownStore *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->writing != NULL)
    return;
  self->writing = access_new (self->path, self->wanted);
  run (self->writing, write_file, written, g_object_ref (self));
}

/* --- object --- */

static void
ph_known_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhKnownStore *self = PH_KNOWN_STORE (object);

  switch (id)
    {
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_NOTICE:
      g_value_set_string (value, self->notice);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_known_store_dispose (GObject *object)
{
  PhKnownStore *self = PH_KNOWN_STORE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  G_OBJECT_CLASS (ph_known_store_parent_class)->dispose (object);
}

static void
ph_known_store_finalize (GObject *object)
{
  PhKnownStore *self = PH_KNOWN_STORE (object);

  g_clear_pointer (&self->wanted, ph_known_unref);
  g_clear_pointer (&self->saved, ph_known_unref);
  g_clear_pointer (&self->writing, access_unref);
  g_ptr_array_unref (self->flushes);
  g_free (self->path);
  g_free (self->error);
  g_free (self->notice);
  G_OBJECT_CLASS (ph_known_store_parent_class)->finalize (object);
}

static void
ph_known_store_class_init (PhKnownStoreClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ph_known_store_get_property;
  object_class->dispose = ph_known_store_dispose;
  object_class->finalize = ph_known_store_finalize;

  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ph_known_store_init (PhKnownStore *self)
{
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  self->retry_ms = RETRY_MS;
}

PhKnownStore *
ph_known_store_new (const char *path)
{
  PhKnownStore *self = g_object_new (PH_TYPE_KNOWN_STORE, NULL);

  self->path = path != NULL ? g_strdup (path) : ph_data_file_path ("known-ports");
  return self;
}

/* --- loading --- */

static void
loaded (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (GTask) task = user;
  PhKnownStore *self = g_task_get_source_object (task);
  g_autoptr (Access) access = access_ref (g_task_get_task_data (G_TASK (result)));

  PH_TAKE_OVER (access);
  self->loaded = TRUE;
  self->saved = ph_known_ref (access->known);
  if (access->aside != NULL)
    {
      g_autofree char *name = g_filename_display_name (access->aside);
      set_text (self, &self->notice,
                g_strdup_printf (_ ("The list of known ports could not be read. It is kept as “%s”, and what listens "
                                    "now is learned anew."),
                                 name),
                PROP_NOTICE);
    }
  if (access->error != NULL)
    {
      g_autofree char *path = g_filename_display_name (self->path);
      self->closed = TRUE;
      set_text (self, &self->error,
                g_strdup_printf (_ ("Known ports are not saved: “%s”: %s"), path, access->error->message), PROP_ERROR);
    }
  g_task_return_pointer (task, ph_known_ref (access->known), (GDestroyNotify) ph_known_unref);
}

void
ph_known_store_load_async (PhKnownStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (PH_IS_KNOWN_STORE (self));
  g_return_if_fail (!self->loaded);

  g_autoptr (Access) access = access_new (self->path, NULL);
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ph_known_store_load_async);
  run (access, read_file, loaded, task);
}

PhKnown *
ph_known_store_load_finish (PhKnownStore *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* --- saving --- */

void
ph_known_store_save (PhKnownStore *self, PhKnown *known)
{
  g_return_if_fail (PH_IS_KNOWN_STORE (self));
  g_return_if_fail (self->loaded);
  g_return_if_fail (known != NULL);

  if (self->closed)
    return;
  ph_known_ref (known);
  g_clear_pointer (&self->wanted, ph_known_unref);
  self->wanted = known;
  if (is_due (self))
    write_in (self, GATHER_MS);
}

void
ph_known_store_flush_async (PhKnownStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (PH_IS_KNOWN_STORE (self));

  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ph_known_store_flush_async);
  g_ptr_array_add (self->flushes, task);
  if (is_due (self) && !self->closed)
    start_writing (self);
  else if (self->writing == NULL)
    return_flushes (self, NULL);
}

gboolean
ph_known_store_flush_finish (PhKnownStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
ph_known_store_get_error (PhKnownStore *self)
{
  g_return_val_if_fail (PH_IS_KNOWN_STORE (self), NULL);

  return self->error;
}

const char *
ph_known_store_get_notice (PhKnownStore *self)
{
  g_return_val_if_fail (PH_IS_KNOWN_STORE (self), NULL);

  return self->notice;
}

gboolean
ph_known_store_close (PhKnownStore *self, guint timeout_ms)
{
  gint64 until = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;

  g_return_val_if_fail (PH_IS_KNOWN_STORE (self), FALSE);

  self->closed = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  /* What is being written may be older than what is wanted. */
  for (guint i = 0; i < 2 && (is_due (self) || self->writing != NULL); i++)
    {
      start_writing (self);

      g_autoptr (Access) access = access_ref (self->writing);

      if (!access_wait (access, until))
        break;
      take_result (self);
      access_unref (access);
    }
  return !is_due (self) && self->writing == NULL;
}
