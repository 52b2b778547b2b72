/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a column explains is its tooltip: the value again, and more. Here the value stands above it already, and other
 * columns' values stand beside it, so that only what is new is said, and what several columns explain alike, once.
 */
#include "ph-record-details.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-facts.h"

struct _PhRecordDetails
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *gone;
  GtkScrolledWindow *scrolled;
  PhFacts *facts;

  const PhSchema *schema;
  const PhColumn *title_column;
  const PhColumn *subtitle_column;
  gpointer key; /* of the record on show: schema->key_size bytes */
  gboolean shows;
};

G_DEFINE_FINAL_TYPE (PhRecordDetails, ph_record_details, ADW_TYPE_BIN)

enum
{
  SIGNAL_CLOSE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- what is said of a column --- */

static char *
format (const PhColumn *column, const PhRecord *record, const PhStyle *style)
{
  GString *text = g_string_new (NULL);

  ph_column_format (column, record, style, text);
  return g_string_free (text, FALSE);
}

static gboolean
is_listed (const PhColumn *column)
{
  return !column->traces && !(column->flags & PH_COLUMN_EXPORT_ONLY);
}

/* As "RFC 4293" or as "Source: RFC 4293". */
static gboolean
says_only (const char *line, const char *value)
{
  gsize rest = strlen (line) - strlen (value);

  return g_str_has_suffix (line, value) && (rest == 0 || (rest > 2 && strncmp (line + rest - 2, ": ", 2) == 0));
}

/* What @column explains, without what stands there as a value: @values are those of all columns, NULL-terminated. */
static char *
explain (const PhColumn *column, const PhRecord *record, const PhStyle *style, char **values)
{
  g_autoptr (GString) story = g_string_new (NULL);
  g_autoptr (GString) rest = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  ph_column_explain (column, record, style, story);
  lines = g_strsplit (story->str, "\n", -1);
  for (char **line = lines; *line; line++)
    {
      gboolean known = FALSE;

      for (char **value = values; *value && !known; value++)
        known = **value != '\0' && says_only (*line, *value);
      if (known || **line == '\0')
        continue;
      if (rest->len > 0)
        g_string_append_c (rest, '\n');
      g_string_append (rest, *line);
    }
  return rest->len > 0 ? g_strdup (rest->str) : NULL;
}

/* Where several columns have the same story, the last of them tells it. */
static gboolean
explains_itself (const PhSchema *schema, guint i)
{
  for (guint other = i + 1; other < schema->n_columns; other++)
    if (is_listed (&schema->columns[other]) && schema->columns[other].explain == schema->columns[i].explain)
      return FALSE;
  return schema->columns[i].explain != NULL;
}

static void
show_facts (PhRecordDetails *self, const PhRecord *record, const PhStyle *style)
{
  g_auto (GStrv) values = g_new0 (char *, self->schema->n_columns + 1);

  for (guint i = 0; i < self->schema->n_columns; i++)
    values[i] = format (&self->schema->columns[i], record, style);
  ph_facts_begin (self->facts);
  for (guint i = 0; i < self->schema->n_columns; i++)
    {
      const PhColumn *column = &self->schema->columns[i];
      gboolean absent = *values[i] == '\0';
      g_autofree char *story = explains_itself (self->schema, i) ? explain (column, record, style, values) : NULL;

      if (!is_listed (column) || (absent && ph_column_is_none (column, record)))
        continue;
      ph_facts_add (self->facts, &(PhFact){
                                     .name = _ (column->title),
                                     .value = absent ? "—" : values[i],
                                     .meaning = story ? story : _ (column->help),
                                     .tooltip = story ? _ (column->help) : NULL,
                                     .number = column->align == PH_ALIGN_END,
                                 });
    }
  ph_facts_end (self->facts);
}

/* --- the whole --- */

static void
show_header (PhRecordDetails *self, const PhRecord *record, const PhStyle *style)
{
  g_autofree char *title = format (self->title_column, record, style);
  g_autofree char *subtitle = format (self->subtitle_column, record, style);

  gtk_label_set_text (self->title, *title ? title : "—");
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_widget_set_visible (self->gone, record->mark == PH_MARK_CLOSED);
}

/* Another one than before: it begins at its top, and has a name of its own for a screen reader. */
static void
show_another (PhRecordDetails *self, const PhRecord *record)
{
  /* Translators: %s is what says which row of a table it is: the destination of a route, the name of a counter */
  g_autofree char *name = g_strdup_printf (_ ("Details of %s"), gtk_label_get_text (self->title));

  memcpy (self->key, ph_schema_key (self->schema, record), self->schema->key_size);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
ph_record_details_show (PhRecordDetails *self, const PhRecord *record, const PhStyle *style)
{
  if (record)
    {
      show_header (self, record, style);
      show_facts (self, record, style);
      if (!self->shows || memcmp (self->key, ph_schema_key (self->schema, record), self->schema->key_size) != 0)
        show_another (self, record);
    }
  self->shows = record != NULL;
}

char *
ph_record_details_dup_text (PhRecordDetails *self)
{
  return self->shows ? ph_facts_dup_text (self->facts) : g_strdup ("");
}

static void
close_clicked (PhRecordDetails *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSE], 0);
}

static void
copy_clicked (PhRecordDetails *self)
{
  g_autofree char *text = ph_record_details_dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

/* --- life --- */

PhRecordDetails *
ph_record_details_new (const PhSchema *schema, const char *title, const char *subtitle)
{
  PhRecordDetails *self = g_object_new (PH_TYPE_RECORD_DETAILS, NULL);

  self->schema = schema;
  self->title_column = ph_schema_find_column (schema, title);
  self->subtitle_column = ph_schema_find_column (schema, subtitle);
  self->key = g_malloc0 (schema->key_size);
  return self;
}

static void
ph_record_details_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_RECORD_DETAILS);
  G_OBJECT_CLASS (ph_record_details_parent_class)->dispose (object);
}

static void
ph_record_details_finalize (GObject *object)
{
  g_free (PH_RECORD_DETAILS (object)->key);
  G_OBJECT_CLASS (ph_record_details_parent_class)->finalize (object);
}

static void
ph_record_details_class_init (PhRecordDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_record_details_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_record_details_finalize;
  signals[SIGNAL_CLOSE]
      = g_signal_new ("close", PH_TYPE_RECORD_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PH_TYPE_FACTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-record-details.ui");
  gtk_widget_class_bind_template_child (widget_class, PhRecordDetails, title);
  gtk_widget_class_bind_template_child (widget_class, PhRecordDetails, subtitle);
  gtk_widget_class_bind_template_child (widget_class, PhRecordDetails, gone);
  gtk_widget_class_bind_template_child (widget_class, PhRecordDetails, scrolled);
  gtk_widget_class_bind_template_child (widget_class, PhRecordDetails, facts);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ph_record_details_init (PhRecordDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
