/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text is made and written in pieces, so that a big table is never in memory as text. */
#include "ph-export-job.h"

#include "ph-file-writer.h"
#include "ph-handover.h"
#include "ph-worker.h"

#define PIECE (256 * 1024)

typedef struct
{
  GFile *file;
  PhExportFormat format;
  PhSnapshot *snapshot;
  guint32 *slots;
  guint n_slots;
  const PhColumn **columns;
  PhCsvFlags flags;
} PhExport;

static void
ph_export_free (PhExport *export)
{
  g_object_unref (export->file);
  ph_snapshot_unref (export->snapshot);
  g_free (export->slots);
  g_free (export->columns);
  g_free (export);
}

static void
begin (const PhExport *export, GString *text)
{
  if (export->format == PH_EXPORT_CSV)
    ph_csv_header (text, export->columns, export->flags);
  else
    ph_json_begin (text);
}

static void
append (const PhExport *export, gconstpointer record, gboolean first, GString *text)
{
  if (export->format == PH_EXPORT_CSV)
    ph_csv_row (text, export->columns, record, export->flags);
  else
    ph_json_row (text, export->columns, record, first);
}

static void
end (const PhExport *export, GString *text)
{
  if (export->format == PH_EXPORT_JSON)
    ph_json_end (text);
}

static gboolean
write_rows (const PhExport *export, PhFileWriter *writer, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (PIECE + PIECE / 4);
  gboolean first = TRUE;

  begin (export, text);
  for (guint i = 0; i < export->n_slots; i++)
    {
      gconstpointer record = ph_snapshot_at (export->snapshot, export->slots[i]);
      if (record == NULL)
        continue;

      append (export, record, first, text);
      first = FALSE;
      if (text->len >= PIECE)
        {
          if (!ph_file_writer_write (writer, text->str, text->len, cancellable, error))
            return FALSE;
          g_string_truncate (text, 0);
        }
    }
  end (export, text);
  return ph_file_writer_write (writer, text->str, text->len, cancellable, error);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PhExport *export = data;

  PH_TAKE_OVER (export);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFileWriter) writer = ph_file_writer_new (export->file, cancellable, &error);

  if (writer != NULL && write_rows (export, writer, cancellable, &error)
      && ph_file_writer_commit (writer, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    {
      /* No trace of it is left when the caller hears of it. */
      g_clear_pointer (&writer, ph_file_writer_free);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

void
ph_export_async (GFile *file,
                 PhExportFormat format,
                 PhSnapshot *snapshot,
                 const guint32 *slots,
                 guint n_slots,
                 const PhColumn *const *columns,
                 PhCsvFlags flags,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (snapshot != NULL && columns != NULL);

  PhExport *export = g_new0 (PhExport, 1);
  gsize n_columns = 0;

  while (columns[n_columns] != NULL)
    n_columns++;
  export->file = g_object_ref (file);
  export->format = format;
  export->snapshot = ph_snapshot_ref (snapshot);
  export->slots = g_memdup2 (slots, n_slots * sizeof *slots);
  export->n_slots = n_slots;
  export->columns = g_memdup2 (columns, (n_columns + 1) * sizeof *columns);
  export->flags = flags;

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, ph_export_async);
  g_task_set_task_data (task, export, (GDestroyNotify) ph_export_free);
  /* It is as it says: written although it was cancelled a moment too late. */
  g_task_set_check_cancellable (task, FALSE);
  PH_HAND_OVER (export);
  ph_worker_run (task, work);
}

gboolean
ph_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
