/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The face of a PhSaver whose items are whole sets: of those that wait only the last counts. */
#include "ph-known-store.h"

#include "ph-data-file.h"
#include "ph-i18n.h"
#include "ph-known-file.h"
#include "ph-saver.h"

struct _PhKnownStore
{
  GObject parent_instance;

  char *path;
  PhSaver *saver;
  gboolean loaded;
  gboolean left_alone; /* the file is not ours to write */
  gboolean closed;
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

/* --- in the saver's thread --- */

typedef struct
{
  char *path;
  PhKnown *wanted; /* NULL: nothing yet */
  PhKnown *saved;  /* what the file says; NULL: not known, or nothing */
} Keeper;

static void
take (gpointer data, gpointer known)
{
  Keeper *keeper = data;

  g_clear_pointer (&keeper->wanted, ph_known_unref);
  keeper->wanted = known;
}

static guint
n_waiting (gpointer data)
{
  const Keeper *keeper = data;

  return keeper->wanted != NULL && keeper->wanted != keeper->saved;
}

static char *
not_saved (const char *path, const GError *error)
{
  g_autofree char *name = g_filename_display_name (path);

  return g_strdup_printf (_ ("Known ports are not saved: “%s”: %s"), name, error->message);
}

static gboolean
write_wanted (gpointer data, GError **error)
{
  Keeper *keeper = data;
  g_autoptr (GError) why = NULL;

  if (n_waiting (keeper) == 0)
    return TRUE;
  if (!ph_known_file_write (keeper->path, keeper->wanted, &why))
    {
      g_autofree char *sentence = not_saved (keeper->path, why);

      g_set_error_literal (error, why->domain, why->code, sentence);
      return FALSE;
    }
  g_clear_pointer (&keeper->saved, ph_known_unref);
  keeper->saved = ph_known_ref (keeper->wanted);
  return TRUE;
}

typedef struct
{
  PhKnown *known;
  char *aside;
  GError *error;
} Load;

/* That it cannot be read is no reason to try again. */
static gboolean
load (gpointer data, gpointer result, GError **error)
{
  Keeper *keeper = data;
  Load *read = result;

  read->known = ph_known_file_read (keeper->path, &read->aside, &read->error);
  keeper->saved = ph_known_ref (read->known);
  return TRUE;
}

static void
keeper_free (gpointer data)
{
  Keeper *keeper = data;

  g_clear_pointer (&keeper->wanted, ph_known_unref);
  g_clear_pointer (&keeper->saved, ph_known_unref);
  g_free (keeper->path);
  g_free (keeper);
}

static const PhSaverClass saver_class = {
  .name = "known-ports",
  .take = take,
  .n_waiting = n_waiting,
  .write = write_wanted,
  .item_free = (GDestroyNotify) ph_known_unref,
  .free = keeper_free,
};

/* --- object --- */

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

static void
told (gpointer user, const char *error, const char *notice)
{
  PhKnownStore *self = user;

  if (!self->left_alone)
    set_text (self, &self->error, g_strdup (error), PROP_ERROR);
}

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
  ph_saver_stop (PH_KNOWN_STORE (object)->saver, 0);
  G_OBJECT_CLASS (ph_known_store_parent_class)->dispose (object);
}

static void
ph_known_store_finalize (GObject *object)
{
  PhKnownStore *self = PH_KNOWN_STORE (object);

  ph_saver_unref (self->saver);
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
}

PhKnownStore *
ph_known_store_new (const char *path)
{
  PhKnownStore *self = g_object_new (PH_TYPE_KNOWN_STORE, NULL);
  Keeper *keeper = g_new0 (Keeper, 1);

  self->path = path != NULL ? g_strdup (path) : ph_data_file_path ("known-ports");
  keeper->path = g_strdup (self->path);
  self->saver = ph_saver_new (&saver_class, keeper, told, self);
  return self;
}

/* --- loading --- */

static void
load_free (gpointer data)
{
  Load *read = data;

  g_clear_pointer (&read->known, ph_known_unref);
  g_clear_error (&read->error);
  g_free (read->aside);
  g_free (read);
}

static void
loaded (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (GTask) task = user;
  PhKnownStore *self = g_task_get_source_object (task);
  Load *read = g_task_get_task_data (G_TASK (result));

  self->loaded = TRUE;
  if (read->aside != NULL)
    {
      g_autofree char *name = g_filename_display_name (read->aside);

      set_text (self, &self->notice,
                g_strdup_printf (_ ("The list of known ports could not be read. It is kept as “%s”, and what listens "
                                    "now is learned anew."),
                                 name),
                PROP_NOTICE);
    }
  if (read->error != NULL)
    {
      self->left_alone = TRUE;
      set_text (self, &self->error, not_saved (self->path, read->error), PROP_ERROR);
    }
  g_task_return_pointer (task, g_steal_pointer (&read->known), (GDestroyNotify) ph_known_unref);
}

void
ph_known_store_load_async (PhKnownStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (PH_IS_KNOWN_STORE (self));
  g_return_if_fail (!self->loaded && !self->closed);

  GTask *task = g_task_new (self, NULL, callback, user_data);
  GTask *reading = g_task_new (NULL, NULL, loaded, task);
  Load *read = g_new0 (Load, 1);

  g_task_set_source_tag (task, ph_known_store_load_async);
  g_task_set_task_data (reading, read, load_free);
  ph_saver_do (self->saver, load, read, reading);
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

  if (!self->left_alone)
    ph_saver_put (self->saver, ph_known_ref (known));
}

void
ph_known_store_flush_async (PhKnownStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (PH_IS_KNOWN_STORE (self));
  g_return_if_fail (!self->closed);

  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ph_known_store_flush_async);
  ph_saver_do (self->saver, NULL, NULL, task);
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
  g_return_val_if_fail (PH_IS_KNOWN_STORE (self), FALSE);

  self->closed = TRUE;
  return ph_saver_stop (self->saver, timeout_ms);
}
