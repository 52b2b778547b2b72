/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every operation on the file goes through attempt(), which sets a broken one aside and begins again. */
#include "ph-history-keeper.h"

#include <string.h>

#include "ph-history-file.h"
#include "ph-i18n.h"

#define AT_ONCE      1000 /* entries in a transaction */
#define RETRY_US     G_USEC_PER_SEC
#define RETRY_MAX_US (60 * G_TIME_SPAN_SECOND)

struct _PhHistoryKeeper
{
  PhHistoryFile *file;
  GPtrArray *waiting; /* PhActivity */
  char *error;
  char *notice;
  gint64 retry_at;
  gint64 retry_us;
};

PhHistoryKeeper *
ph_history_keeper_new (const char *path)
{
  PhHistoryKeeper *self = g_new0 (PhHistoryKeeper, 1);

  self->file = ph_history_file_new (path);
  self->waiting = g_ptr_array_new_with_free_func (g_free);
  self->retry_us = RETRY_US;
  return self;
}

void
ph_history_keeper_free (PhHistoryKeeper *self)
{
  ph_history_file_free (self->file);
  g_ptr_array_unref (self->waiting);
  g_free (self->error);
  g_free (self->notice);
  g_free (self);
}

/* --- entries --- */

static gsize
text_size (const char *text)
{
  return text != NULL ? strlen (text) + 1 : 0;
}

static char *
copy_text (char **at, const char *text)
{
  char *copy = *at;

  if (text == NULL)
    return NULL;
  *at = g_stpcpy (copy, text) + 1;
  return copy;
}

PhActivity *
ph_history_keeper_copy (const PhActivity *entry)
{
  gsize size = sizeof *entry + text_size (entry->process) + text_size (entry->exe) + text_size (entry->unit)
               + text_size (entry->interface_name) + text_size (entry->detail);
  PhActivity *copy = g_malloc (size);
  char *at = (char *) (copy + 1);

  *copy = *entry;
  copy->process = copy_text (&at, entry->process);
  copy->exe = copy_text (&at, entry->exe);
  copy->unit = copy_text (&at, entry->unit);
  copy->interface_name = copy_text (&at, entry->interface_name);
  copy->detail = copy_text (&at, entry->detail);
  return copy;
}

void
ph_history_keeper_take (PhHistoryKeeper *self, PhActivity *entry)
{
  g_ptr_array_add (self->waiting, entry);
}

guint
ph_history_keeper_n_waiting (const PhHistoryKeeper *self)
{
  return self->waiting->len;
}

/* --- attempts --- */

typedef gboolean (*Operation) (PhHistoryKeeper *self, gpointer data, GError **error);

static gboolean
set_aside (PhHistoryKeeper *self, GError **error)
{
  g_autofree char *aside = NULL;

  if (!ph_history_file_set_aside (self->file, &aside, error))
    return FALSE;
  if (aside != NULL)
    {
      g_autofree char *name = g_filename_display_name (aside);

      g_free (self->notice);
      self->notice
          = g_strdup_printf (_ ("The history could not be read. It is kept as “%s”, and a new one has begun."), name);
    }
  return TRUE;
}

typedef struct
{
  PhActivityLog *log;
  guint n;
} Load;

static gboolean
load (PhHistoryKeeper *self, gpointer data, GError **error)
{
  Load *how = data;

  return ph_history_file_load (self->file, how->n, ph_activity_log_tell, how->log, error);
}

static gboolean
attempt (PhHistoryKeeper *self, Operation operation, gpointer data, GError **error)
{
  g_autoptr (GError) why = NULL;
  gboolean good = operation (self, data, &why);

  if (g_error_matches (why, PH_HISTORY_ERROR, PH_HISTORY_ERROR_BROKEN))
    {
      g_clear_error (&why);
      good = set_aside (self, &why) && operation (self, data, &why);
    }

  if (good)
    {
      /* That it can be read does not mean that it can be written. */
      if (operation == load && self->waiting->len > 0)
        return TRUE;
      g_clear_pointer (&self->error, g_free);
      self->retry_us = RETRY_US;
      return TRUE;
    }
  g_free (self->error);
  self->error = g_strdup (why->message);
  self->retry_at = g_get_monotonic_time () + self->retry_us;
  self->retry_us = MIN (2 * self->retry_us, RETRY_MAX_US);
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static gboolean
append (PhHistoryKeeper *self, gpointer n, GError **error)
{
  return ph_history_file_append (self->file, (PhActivity *const *) self->waiting->pdata, *(guint *) n, error);
}

gboolean
ph_history_keeper_write (PhHistoryKeeper *self, GError **error)
{
  guint n;

  do
    {
      n = MIN (self->waiting->len, AT_ONCE);
      if (!attempt (self, append, &n, error))
        return FALSE;
      g_ptr_array_remove_range (self->waiting, 0, n);
    }
  while (self->waiting->len > 0);
  return TRUE;
}

gboolean
ph_history_keeper_load (PhHistoryKeeper *self, PhActivityLog *log, guint n, GError **error)
{
  Load how = { log, n };

  return attempt (self, load, &how, error);
}

static gboolean
clear (PhHistoryKeeper *self, gpointer data, GError **error)
{
  return ph_history_file_clear (self->file, error);
}

gboolean
ph_history_keeper_clear (PhHistoryKeeper *self, GError **error)
{
  g_ptr_array_set_size (self->waiting, 0);
  return attempt (self, clear, NULL, error);
}

typedef struct
{
  gint64 before_us;
  guint64 bytes;
  gboolean more;
} Prune;

static gboolean
prune (PhHistoryKeeper *self, gpointer data, GError **error)
{
  Prune *how = data;

  return ph_history_file_prune (self->file, how->before_us, how->bytes, &how->more, error);
}

gboolean
ph_history_keeper_prune (PhHistoryKeeper *self, gint64 before_us, guint64 bytes, gboolean *more, GError **error)
{
  Prune how = { before_us, bytes, FALSE };
  gboolean good = attempt (self, prune, &how, error);

  *more = how.more;
  return good;
}

/* --- state --- */

const char *
ph_history_keeper_error (const PhHistoryKeeper *self)
{
  return self->error;
}

const char *
ph_history_keeper_notice (const PhHistoryKeeper *self)
{
  return self->notice;
}

gint64
ph_history_keeper_retry_at (const PhHistoryKeeper *self)
{
  return self->retry_at;
}
