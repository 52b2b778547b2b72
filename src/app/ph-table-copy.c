/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hundred thousand rows take half a second to be written: that is done in pieces, between which the window lives. */
#include "ph-table-copy.h"

#include "ph-export.h"
#include "ph-selection.h"
#include "ph-taste.h"

#define PIECE     500 /* rows: well below a frame */
#define UNDER_WAY "ph-table-copy"

typedef struct
{
  PhTableView *table; /* borrowed: it owns this */
  PhCopyFormat format;
  GPtrArray *rows; /* PhRow */
  guint n_done;
  GString *text;
  guint idle_id;
} Copy;

/* --- text --- */

static void
append_cell (PhTableView *table, const PhColumn *column, gconstpointer record, GString *text)
{
  PhStyle style = *ph_table_view_get_style (table);

  if (column->flags & PH_COLUMN_NAMES)
    style.numeric = TRUE;
  style.quiet = TRUE;
  ph_column_format (column, record, &style, text);
}

static void
append_line (PhTableView *table, const PhColumn *const *columns, gconstpointer record, GString *text)
{
  for (guint i = 0; columns[i]; i++)
    {
      if (i > 0)
        g_string_append_c (text, '\t');
      append_cell (table, columns[i], record, text);
    }
  g_string_append_c (text, '\n');
}

/* The last end of a line goes. */
static void
chomp (GString *text)
{
  while (text->len > 0 && (text->str[text->len - 1] == '\n' || text->str[text->len - 1] == '\r'))
    g_string_truncate (text, text->len - 1);
}

/* FALSE: all is written. */
static gboolean
write_piece (Copy *self)
{
  const PhColumn *const *columns = ph_table_view_get_columns (self->table);
  guint end = MIN (self->n_done + PIECE, self->rows->len);
  gboolean list = self->rows->len > 1;

  for (; self->n_done < end; self->n_done++)
    {
      gconstpointer record = ph_row_get_record (self->rows->pdata[self->n_done]);

      switch (self->format)
        {
        case PH_COPY_CSV:
          ph_csv_row (self->text, columns, record, ph_taste_get_csv (ph_taste_get_default ()));
          break;
        case PH_COPY_JSON:
          if (self->n_done == 0 && list)
            ph_json_begin (self->text);
          if (list)
            ph_json_row (self->text, columns, record, self->n_done == 0);
          else
            ph_json_line (self->text, columns, record);
          break;
        case PH_COPY_TEXT:
        default:
          append_line (self->table, columns, record, self->text);
          break;
        }
    }
  if (self->n_done < self->rows->len)
    return TRUE;
  if (self->format == PH_COPY_JSON && list)
    ph_json_end (self->text);
  if (self->format != PH_COPY_TEXT)
    chomp (self->text);
  return FALSE;
}

/* --- what is under way --- */

static void
copy_free (gpointer data)
{
  Copy *self = data;

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_ptr_array_unref (self->rows);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* NULL: no row is selected. */
static Copy *
copy_new (PhTableView *table, PhCopyFormat format)
{
  GtkSelectionModel *selection = ph_table_view_get_selection (table);
  g_autoptr (GtkBitset) selected = NULL;
  GtkBitsetIter at;
  guint position;
  Copy *self;

  if (ph_selection_is_empty (PH_SELECTION (selection)))
    return NULL;
  selected = gtk_selection_model_get_selection (selection);
  self = g_new0 (Copy, 1);
  self->table = table;
  self->format = format;
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->text = g_string_new (NULL);
  for (gboolean more = gtk_bitset_iter_init_first (&at, selected, &position); more;
       more = gtk_bitset_iter_next (&at, &position))
    {
      PhRow *row = g_list_model_get_item (G_LIST_MODEL (selection), position);

      if (row)
        g_ptr_array_add (self->rows, row);
    }
  return self;
}

static gboolean
go_on (gpointer data)
{
  Copy *self = data;

  if (write_piece (self))
    return G_SOURCE_CONTINUE;
  self->idle_id = 0;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->table)), self->text->str);
  g_object_set_data (G_OBJECT (self->table), UNDER_WAY, NULL);
  return G_SOURCE_REMOVE;
}

/* Of a table that has gone from its window nothing is asked any more. */
static void
forget (PhTableView *table)
{
  g_object_set_data (G_OBJECT (table), UNDER_WAY, NULL);
}

void
ph_table_copy (PhTableView *table, PhCopyFormat format)
{
  Copy *self = copy_new (table, format);

  forget (table);
  if (!self)
    return;
  if (!write_piece (self))
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (table)), self->text->str);
      copy_free (self);
      return;
    }
  g_object_set_data_full (G_OBJECT (table), UNDER_WAY, self, copy_free);
  g_signal_handlers_disconnect_by_func (table, forget, NULL);
  g_signal_connect (table, "unrealize", G_CALLBACK (forget), NULL);
  self->idle_id = g_idle_add (go_on, self);
}

char *
ph_table_copy_dup (PhTableView *table, PhCopyFormat format)
{
  Copy *self = copy_new (table, format);
  char *text;

  if (!self)
    return NULL;
  while (write_piece (self))
    ;
  text = g_strndup (self->text->str, self->text->len);
  copy_free (self);
  return text;
}

char *
ph_table_copy_dup_cell (PhTableView *table, const PhColumn *column, gconstpointer record)
{
  GString *text = g_string_new (NULL);

  append_cell (table, column, record, text);
  return g_string_free (text, FALSE);
}
