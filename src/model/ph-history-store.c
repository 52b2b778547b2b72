/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The face of a PhSaver: properties, and tasks. */
#include "ph-history-store.h"

#include "ph-data-file.h"
#include "ph-history-file.h"
#include "ph-history-keeper.h"
#include "ph-i18n.h"

struct _PhHistoryStore
{
  GObject parent_instance;

  PhSaver *saver;
  PhHistoryKeeper *keeper; /* the saver's; NULL: closed */
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

G_DEFINE_FINAL_TYPE (PhHistoryStore, ph_history_store, G_TYPE_OBJECT)

static void
set_text (PhHistoryStore *self, char **where, const char *text, guint property)
{
  if (g_strcmp0 (*where, text) == 0)
    return;
  g_free (*where);
  *where = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
told (gpointer user, const char *error, const char *notice)
{
  PhHistoryStore *self = user;

  set_text (self, &self->error, error, PROP_ERROR);
  set_text (self, &self->notice, notice, PROP_NOTICE);
}

static void
ph_history_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhHistoryStore *self = PH_HISTORY_STORE (object);

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
ph_history_store_dispose (GObject *object)
{
  PhHistoryStore *self = PH_HISTORY_STORE (object);

  ph_saver_stop (self->saver, 0);
  G_OBJECT_CLASS (ph_history_store_parent_class)->dispose (object);
}

static void
ph_history_store_finalize (GObject *object)
{
  PhHistoryStore *self = PH_HISTORY_STORE (object);

  ph_saver_unref (self->saver);
  g_free (self->error);
  g_free (self->notice);
  G_OBJECT_CLASS (ph_history_store_parent_class)->finalize (object);
}

static void
ph_history_store_class_init (PhHistoryStoreClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ph_history_store_get_property;
  object_class->dispose = ph_history_store_dispose;
  object_class->finalize = ph_history_store_finalize;

  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ph_history_store_init (PhHistoryStore *self)
{
}

PhHistoryStore *
ph_history_store_new (const char *path)
{
  PhHistoryStore *self = g_object_new (PH_TYPE_HISTORY_STORE, NULL);
  g_autofree char *usual = path != NULL ? NULL : ph_data_file_path ("history.db");

  self->keeper = ph_history_keeper_new (path != NULL ? path : usual);
  self->saver = ph_saver_new (&ph_history_keeper_class, self->keeper, told, self);
  return self;
}

void
ph_history_store_set_limits (PhHistoryStore *self, guint days, guint64 bytes)
{
  g_return_if_fail (PH_IS_HISTORY_STORE (self));

  if (self->keeper != NULL && ph_history_keeper_set_limits (self->keeper, days, bytes))
    ph_saver_tidy_soon (self->saver);
}

void
ph_history_store_append (PhHistoryStore *self, const PhActivity *entry)
{
  g_return_if_fail (PH_IS_HISTORY_STORE (self));
  g_return_if_fail (entry != NULL);

  ph_saver_put (self->saver, ph_history_keeper_copy (entry));
}

void
ph_history_store_tell (gpointer store, const PhActivity *entry)
{
  ph_history_store_append (store, entry);
}

/* --- jobs --- */

/* Takes @data, which the task keeps. */
static void
start (PhHistoryStore *self, PhSaverWork work, gpointer data, GDestroyNotify data_free, GTask *task)
{
  g_task_set_task_data (task, data, data_free);
  if (ph_saver_do (self->saver, work, data, task))
    return;
  g_task_return_new_error (task, PH_HISTORY_ERROR, PH_HISTORY_ERROR_CLOSED, "%s", _ ("The history has been closed"));
  g_object_unref (task);
}

static GTask *
new_task (PhHistoryStore *self, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

static gboolean
finish (PhHistoryStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
load_free (gpointer data)
{
  PhHistoryLoad *how = data;

  ph_activity_log_unref (how->log);
  g_free (how);
}

void
ph_history_store_load_async (
    PhHistoryStore *self, PhActivityLog *log, guint n, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (PH_IS_HISTORY_STORE (self));
  g_return_if_fail (log != NULL);

  PhHistoryLoad *how = g_new (PhHistoryLoad, 1);

  *how = (PhHistoryLoad){ ph_activity_log_ref (log), n };
  start (self, ph_history_keeper_load, how, load_free,
         new_task (self, ph_history_store_load_async, callback, user_data));
}

gboolean
ph_history_store_load_finish (PhHistoryStore *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

void
ph_history_store_flush_async (PhHistoryStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (PH_IS_HISTORY_STORE (self));

  start (self, NULL, NULL, NULL, new_task (self, ph_history_store_flush_async, callback, user_data));
}

gboolean
ph_history_store_flush_finish (PhHistoryStore *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

void
ph_history_store_clear_async (PhHistoryStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (PH_IS_HISTORY_STORE (self));

  start (self, ph_history_keeper_clear, NULL, NULL, new_task (self, ph_history_store_clear_async, callback, user_data));
}

gboolean
ph_history_store_clear_finish (PhHistoryStore *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

/* --- state --- */

void
ph_history_store_retry (PhHistoryStore *self)
{
  g_return_if_fail (PH_IS_HISTORY_STORE (self));

  ph_saver_retry (self->saver);
}

guint
ph_history_store_n_waiting (PhHistoryStore *self)
{
  g_return_val_if_fail (PH_IS_HISTORY_STORE (self), 0);

  return ph_saver_n_waiting (self->saver);
}

const char *
ph_history_store_get_error (PhHistoryStore *self)
{
  g_return_val_if_fail (PH_IS_HISTORY_STORE (self), NULL);

  return self->error;
}

const char *
ph_history_store_get_notice (PhHistoryStore *self)
{
  g_return_val_if_fail (PH_IS_HISTORY_STORE (self), NULL);

  return self->notice;
}

gboolean
ph_history_store_close (PhHistoryStore *self, guint timeout_ms)
{
  g_return_val_if_fail (PH_IS_HISTORY_STORE (self), FALSE);

  self->keeper = NULL;
  return ph_saver_stop (self->saver, timeout_ms);
}
