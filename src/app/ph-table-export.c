/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows are taken when the command is given: a snapshot never changes, so nothing has to be copied for that. */
#include "ph-table-export.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-compat.h"
#include "ph-export-job.h"
#include "ph-taste.h"
#include "ph-toast.h"

typedef struct
{
  AdwToastOverlay *toasts;
  PhSnapshot *snapshot;
  guint32 *slots;
  guint n_slots;
  const PhColumn **columns; /* NULL-terminated */
  GFile *file;
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->toasts);
  g_clear_pointer (&export->snapshot, ph_snapshot_unref);
  g_free (export->slots);
  g_free (export->columns);
  g_clear_object (&export->file);
  g_free (export);
}

static Export *
export_new (PhTableView *table, AdwToastOverlay *toasts)
{
  PhSnapshot *snapshot = ph_table_get_snapshot (ph_view_get_table (ph_table_view_get_view (table)));
  const PhColumn *const *columns = ph_table_view_get_columns (table);
  Export *export;
  guint n_columns = 0;

  if (!snapshot)
    return NULL;
  while (columns[n_columns])
    n_columns++;

  export = g_new0 (Export, 1);
  export->toasts = g_object_ref (toasts);
  export->snapshot = ph_snapshot_ref (snapshot);
  export->columns = g_memdup2 (columns, (n_columns + 1) * sizeof *columns);
  export->slots = ph_table_view_dup_slots (table, TRUE, &export->n_slots);
  /* One selected row is mostly just where the keyboard is. */
  if (export->n_slots < 2)
    {
      g_free (export->slots);
      export->slots = ph_table_view_dup_slots (table, FALSE, &export->n_slots);
    }
  return export;
}

static void
written (GObject *source, GAsyncResult *result, gpointer data)
{
  Export *export = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_parse_name (export->file);
  g_autofree char *message = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (export->toasts));

  if (ph_export_finish (result, &error))
    {
      message = g_strdup_printf (ngettext ("Exported %u row to %s", "Exported %u rows to %s", export->n_slots),
                                 export->n_slots, name);
      adw_toast_overlay_add_toast (export->toasts, ph_toast_new (message));
    }
  else if (root)
    {
      message = g_strdup_printf (_ ("%s\n\n%s"), name, error->message);
      ph_compat_show_message (GTK_WINDOW (root), _ ("Could Not Export"), message);
    }
  export_free (export);
}

static void
start_writing (Export *export, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *folded = name ? g_ascii_strdown (name, -1) : NULL;
  gboolean json = folded && g_str_has_suffix (folded, ".json");

  export->file = g_object_ref (file);
  ph_export_async (file, json ? PH_EXPORT_JSON : PH_EXPORT_CSV, export->snapshot, export->slots, export->n_slots,
                   export->columns, ph_taste_get_csv (ph_taste_get_default ()) | PH_CSV_TITLES, NULL, written, export);
}

static void
chosen (GFile *file, gpointer data)
{
  if (file)
    start_writing (data, file);
  else
    export_free (data);
}

void
ph_table_export (PhTableView *table, AdwToastOverlay *toasts, const char *stem)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (table));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  g_autofree char *name = g_strdup_printf ("%s-%s.csv", stem, time);
  Export *export = export_new (table, toasts);

  if (!export)
    return;
  ph_compat_choose_save_file (root ? GTK_WINDOW (root) : NULL, _ ("Export"), name, chosen, export);
}

void
ph_table_export_to (PhTableView *table, AdwToastOverlay *toasts, GFile *file)
{
  Export *export = export_new (table, toasts);

  if (export)
    start_writing (export, file);
}
