/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user sets and finds again: the columns, their widths, what rows are sorted by, numbers or names, how often
 * it is looked, and netstat's options. */
#include "ph-table-page-private.h"

#include "ph-taste.h"

/* What the table has while the user has not chosen. */
static char **
dup_usual_columns (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  const PhSchema *schema = ph_table_get_schema (priv->table);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < schema->n_columns; i++)
    if (schema->columns[i].flags & PH_COLUMN_SHOWN)
      g_strv_builder_add (ids, schema->columns[i].id);
  for (const char *const *id = priv->extra_columns; id && *id; id++)
    g_strv_builder_add (ids, *id);
  return g_strv_builder_end (ids);
}

gboolean
ph_table_page_has_usual_columns (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  g_auto (GStrv) usual = dup_usual_columns (self);
  g_auto (GStrv) shown = ph_table_view_dup_shown (priv->table_view);

  if (!priv->extra_columns)
    return ph_table_view_is_default (priv->table_view);
  return g_strv_equal ((const char *const *) usual, (const char *const *) shown);
}

void
ph_table_page_set_columns (PhTablePage *self, const char *const *ids)
{
  g_auto (GStrv) usual = ids && *ids ? NULL : dup_usual_columns (self);

  ph_table_view_set_shown (ph_table_page_priv (self)->table_view, usual ? (const char *const *) usual : ids);
}

void
ph_table_page_set_extra_columns (PhTablePage *self, const char *const *ids)
{
  gboolean usual = ph_table_page_has_usual_columns (self);

  ph_table_page_priv (self)->extra_columns = ids;
  if (usual)
    ph_table_page_set_columns (self, NULL);
}

void
ph_table_page_get_style (PhTablePage *self, PhStyle *style)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  *style = (PhStyle){
    .numeric = priv->numeric,
    .names = ph_source_get_names (priv->source),
    .now = g_get_monotonic_time (),
    .units = ph_taste_get_units (ph_taste_get_default ()),
  };
}

static void
style_changed (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  PhStyle style;

  ph_table_page_get_style (self, &style);
  ph_table_view_set_style (priv->table_view, &style);
  ph_table_page_update_details (self);
}

void
ph_table_page_set_numeric (PhTablePage *self, gboolean numeric)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  priv->numeric = numeric;
  ph_resolver_set_enabled (priv->resolver, !numeric);
  style_changed (self);
}

static void
units_changed (PhTablePage *self)
{
  style_changed (self);
  ph_table_page_update_status (self);
}

void
ph_table_page_follow_taste (PhTablePage *self)
{
  PhTaste *taste = ph_taste_get_default ();

  g_signal_connect_object (taste, "units", G_CALLBACK (units_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (taste, "marks", G_CALLBACK (ph_table_page_update_plan), self, G_CONNECT_SWAPPED);
}

void
ph_table_page_apply_options (PhTablePage *self, const PhOptions *options)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);

  if (klass->apply_options)
    klass->apply_options (self, options);
  ph_table_page_set_text (self, options->filter ? options->filter : "");
  g_object_set (self, "numeric", options->numeric, NULL);
  if (options->interval > 0)
    g_object_set (self, "interval", (guint) CLAMP (options->interval * 1000, 100, 3600000), NULL);
  if (options->columns)
    {
      g_auto (GStrv) ids = g_strsplit (options->columns, ",", -1);
      ph_table_view_set_shown (priv->table_view, (const char *const *) ids);
    }
}

void
ph_table_page_remember (PhTablePage *self, PhRemember *remember)
{
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  g_autofree char *columns = g_strconcat (klass->name, "-columns", NULL);
  g_autofree char *details = g_strconcat (klass->name, "-details", NULL);

  ph_remember_property (remember, g_intern_string (columns), G_OBJECT (self), "columns");
  ph_remember_of_table (remember, klass->name, "widths", G_OBJECT (self), "widths");
  ph_remember_of_table (remember, klass->name, "sort", G_OBJECT (self), "sort");
  ph_remember_of_table_if (remember, "remember-filter", klass->name, "filter", G_OBJECT (self), "filter");
  ph_remember_of_table (remember, klass->name, "facets", G_OBJECT (self), "facets");
  ph_remember_of_table (remember, klass->name, "folded-facets", G_OBJECT (self), "folded-facets");
  if (ph_table_page_has_details (self))
    ph_remember_property (remember, g_intern_string (details), G_OBJECT (self), "show-details");
  for (guint i = 0; klass->remembered && klass->remembered[i][0]; i++)
    ph_remember_property (remember, klass->remembered[i][0], G_OBJECT (self), klass->remembered[i][1]);
}
