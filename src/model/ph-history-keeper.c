/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every operation on the file goes through attempt(), which sets a broken one aside and begins again. */
#include "ph-history-keeper.h"

#include <string.h>

#include "ph-handover.h"
#include "ph-history-file.h"
#include "ph-history-store.h"
#include "ph-i18n.h"

#define AT_ONCE 1000 /* entries in a transaction */

struct _PhHistoryKeeper
{
  PhHistoryFile *file;
  GPtrArray *waiting; /* PhActivity */
  char *notice;

  GMutex lock; /* for all below */
  guint days;
  guint64 bytes;
};

PhHistoryKeeper *
ph_history_keeper_new (const char *path)
{
  PhHistoryKeeper *self = g_new0 (PhHistoryKeeper, 1);

  self->file = ph_history_file_new (path);
  self->waiting = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&self->lock);
  self->days = PH_HISTORY_DAYS;
  self->bytes = PH_HISTORY_BYTES;
  return self;
}

static void
keeper_free (gpointer keeper)
{
  PhHistoryKeeper *self = keeper;

  ph_history_file_free (self->file);
  g_ptr_array_unref (self->waiting);
  g_mutex_clear (&self->lock);
  g_free (self->notice);
  g_free (self);
}

gboolean
ph_history_keeper_set_limits (PhHistoryKeeper *self, guint days, guint64 bytes)
{
  gboolean news;

  g_mutex_lock (&self->lock);
  PH_TAKE_OVER (&self->lock);
  news = self->days != days || self->bytes != bytes;
  self->days = days;
  self->bytes = bytes;
  PH_HAND_OVER (&self->lock);
  g_mutex_unlock (&self->lock);
  return news;
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

static void
take (gpointer keeper, gpointer entry)
{
  g_ptr_array_add (((PhHistoryKeeper *) keeper)->waiting, entry);
}

static guint
n_waiting (gpointer keeper)
{
  return ((PhHistoryKeeper *) keeper)->waiting->len;
}

static gpointer
lost (guint64 n)
{
  g_autofree char *number = NULL; /* a message with the format's macro in it could not be translated */
  g_autofree char *detail = NULL;
  PhActivity entry;

  number = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  detail = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s entry could not be kept", "%s entries could not be kept", n), number);
  ph_activity_init (&entry, PH_ACTIVITY_EVENTS_LOST, g_get_real_time ());
  entry.detail = detail;
  return ph_history_keeper_copy (&entry);
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
  if (!good)
    g_propagate_error (error, g_steal_pointer (&why));
  return good;
}

static gboolean
append (PhHistoryKeeper *self, gpointer n, GError **error)
{
  return ph_history_file_append (self->file, (PhActivity *const *) self->waiting->pdata, *(guint *) n, error);
}

/* With nothing that waits it opens the file all the same. */
static gboolean
write_waiting (gpointer keeper, GError **error)
{
  PhHistoryKeeper *self = keeper;
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

static gboolean
load (PhHistoryKeeper *self, gpointer data, GError **error)
{
  const PhHistoryLoad *how = data;

  return ph_history_file_load (self->file, how->n, ph_activity_log_tell, how->log, error);
}

gboolean
ph_history_keeper_load (gpointer keeper, gpointer data, GError **error)
{
  return attempt (keeper, load, data, error);
}

static gboolean
clear (PhHistoryKeeper *self, gpointer data, GError **error)
{
  return ph_history_file_clear (self->file, error);
}

gboolean
ph_history_keeper_clear (gpointer keeper, gpointer data, GError **error)
{
  g_ptr_array_set_size (((PhHistoryKeeper *) keeper)->waiting, 0);
  return attempt (keeper, clear, NULL, error);
}

static gboolean
prune (PhHistoryKeeper *self, gpointer more, GError **error)
{
  gint64 before;
  guint64 bytes;

  g_mutex_lock (&self->lock);
  PH_TAKE_OVER (&self->lock);
  before = self->days > 0 ? g_get_real_time () - self->days * G_TIME_SPAN_DAY : G_MININT64;
  bytes = self->bytes;
  PH_HAND_OVER (&self->lock);
  g_mutex_unlock (&self->lock);
  return ph_history_file_prune (self->file, before, bytes, more, error);
}

static gboolean
tidy (gpointer keeper, gboolean *more, GError **error)
{
  return attempt (keeper, prune, more, error);
}

static const char *
get_notice (gpointer keeper)
{
  return ((PhHistoryKeeper *) keeper)->notice;
}

const PhSaverClass ph_history_keeper_class = {
  .name = "history",
  .max = PH_HISTORY_WAITING_MAX,
  .take = take,
  .n_waiting = n_waiting,
  .write = write_waiting,
  .tidy = tidy,
  .notice = get_notice,
  .lost = lost,
  .item_free = g_free,
  .free = keeper_free,
};
