/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two filters, one within the other: what the chips mean, and what the user types. */
#include "ph-table-page-private.h"

void
ph_table_page_chips_changed (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  g_autofree char *text = NULL;
  g_autoptr (PhFilter) filter = NULL;
  g_autoptr (GError) error = NULL;

  if (klass->dup_filter)
    text = klass->dup_filter (self);
  else if (priv->chip_bar)
    text = ph_chip_bar_dup_filter (priv->chip_bar);
  filter = ph_filter_parse (ph_table_get_schema (priv->table), text ? text : "", NULL, &error);
  if (!filter)
    g_error ("The chips' own filter “%s” is wrong: %s", text, error->message);
  priv->filtered[FILTER_CHIPS] = !ph_filter_is_empty (filter);
  ph_view_set_filter (priv->view, FILTER_CHIPS, filter);
  ph_table_page_update_plan (self);
}

/* A text that is wrong hides nothing. */
void
ph_table_page_text_changed (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  const char *text = ph_filter_bar_get_text (priv->filter_bar);
  gsize position = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFilter) filter = ph_filter_parse (ph_table_get_schema (priv->table), text, &position, &error);

  ph_filter_bar_set_error (priv->filter_bar, error ? error->message : NULL, position);
  priv->filtered[FILTER_TEXT] = filter && !ph_filter_is_empty (filter);
  ph_view_set_filter (priv->view, FILTER_TEXT, filter);
  ph_facet_counter_set_text (priv->facet_counter, text);
  ph_term_chips_set_text (priv->terms, filter ? text : "");
  priv->text_flags = filter ? ph_filter_flags (filter) : 0;
  ph_table_page_update_plan (self);
  /* The entry tells of each text once more, when nobody has typed for a moment. */
  if (g_strcmp0 (priv->text, text) != 0)
    {
      g_free (priv->text);
      priv->text = g_strdup (text);
      g_object_notify (G_OBJECT (self), "filter");
    }
}

const char *
ph_table_page_get_text (PhTablePage *self)
{
  return ph_filter_bar_get_text (ph_table_page_priv (self)->filter_bar);
}

void
ph_table_page_set_text (PhTablePage *self, const char *text)
{
  ph_filter_bar_set_text (ph_table_page_priv (self)->filter_bar, text);
  /* Not after the entry's delay. */
  ph_table_page_text_changed (self);
}

void
ph_table_page_edit_text (PhTablePage *self, const char *text)
{
  ph_filter_bar_edit_text (ph_table_page_priv (self)->filter_bar, text);
  ph_table_page_text_changed (self);
}

void
ph_table_page_term_removed (PhTablePage *self, guint n)
{
  g_autofree char *text = ph_filter_edit_remove (ph_table_page_get_text (self), n);

  ph_table_page_edit_text (self, text);
}

/* Whoever wants to see only this wants no other value of its field. */
void
ph_table_page_filter_wanted (PhTablePage *self, const char *term)
{
  const PhSchema *schema = ph_table_get_schema (ph_table_page_priv (self)->table);
  const char *text = ph_table_page_get_text (self);
  g_autoptr (GPtrArray) spans = ph_filter_edit_split (term);
  const PhFilterSpan *span = spans->len == 1 ? spans->pdata[0] : NULL;
  g_autofree char *both = NULL;

  if (span && span->field && span->n_pieces == 1)
    {
      const PhFilterPiece *piece = &span->pieces[0];
      g_autofree char *value = g_strndup (term + piece->start, piece->end - piece->start);

      both = span->exclude ? ph_filter_edit_set (schema, text, span->field, value, PH_FILTER_EXCLUDED)
                           : ph_filter_edit_only (schema, text, span->field, value);
    }
  else
    both = g_strconcat (text, *text ? " " : "", term, NULL);
  ph_table_page_edit_text (self, both);
}

void
ph_table_page_clear_filters (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhTablePagePrivate *priv = ph_table_page_priv (PH_TABLE_PAGE (widget));
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (widget);

  if (klass->clear_chips)
    klass->clear_chips (PH_TABLE_PAGE (widget));
  else if (priv->chip_bar)
    ph_chip_bar_clear (priv->chip_bar);
  ph_filter_bar_clear (priv->filter_bar);
  gtk_widget_child_focus (GTK_WIDGET (priv->table_view), GTK_DIR_TAB_FORWARD);
}
