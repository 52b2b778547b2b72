/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The facets beside the table. Where the page is too narrow they lie over the table, and are there only when they are
 * called: the user's wish is that of the wide page.
 */
#include "ph-table-page-private.h"

static gboolean
is_revealed (PhTablePage *self)
{
  return adw_flap_get_reveal_flap (ph_table_page_priv (self)->flap);
}

static gboolean
is_folded (PhTablePage *self)
{
  return adw_flap_get_folded (ph_table_page_priv (self)->flap);
}

static void
counted (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  ph_facet_list_set_facets (priv->facet_list, ph_facet_counter_get_facets (priv->facet_counter));
}

/* What nobody sees is not counted, and not asked for either. */
void
ph_table_page_update_facets (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  gboolean seen = is_revealed (self) && priv->in_sight && gtk_widget_get_mapped (GTK_WIDGET (self));
  guint flags;

  if (seen && !ph_facet_list_has_schema (priv->facet_list))
    ph_facet_list_set_schema (priv->facet_list, ph_table_get_schema (priv->table));
  priv->facets_wanted = seen ? ph_facet_list_get_wanted (priv->facet_list) : 0;
  ph_facet_counter_set_wanted (priv->facet_counter, priv->facets_wanted);
  flags = ph_facets_flags (ph_table_get_schema (priv->table), priv->facets_wanted);
  if (flags != priv->facet_flags)
    {
      priv->facet_flags = flags;
      ph_table_page_update_plan (self);
    }
}

static void
folded_changed (PhTablePage *self)
{
  ph_table_page_update_facets (self);
  g_object_notify (G_OBJECT (self), "folded-facets");
}

static void
chosen (PhTablePage *self, const char *field, const char *value, guint choice)
{
  const PhSchema *schema = ph_table_get_schema (ph_table_page_priv (self)->table);
  g_autofree char *text = ph_filter_edit_set (schema, ph_table_page_get_text (self), field, value, choice);

  ph_table_page_edit_text (self, text);
}

static void
revealed (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  if (!is_folded (self) && priv->facets != is_revealed (self))
    {
      priv->facets = is_revealed (self);
      g_object_notify (G_OBJECT (self), "facets");
    }
  ph_table_page_update_facets (self);
  g_object_notify (G_OBJECT (self), "show-facets");
}

/* It has become narrow, or wide again. Or the list, which is filled when it is first called, has turned out too wide:
 * whoever called it still wants it. */
static void
folded (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  if (is_folded (self) && is_revealed (self) && gtk_widget_get_width (GTK_WIDGET (self)) == priv->facets_width)
    return;
  adw_flap_set_reveal_flap (priv->flap, !is_folded (self) && priv->facets);
}

gboolean
ph_table_page_get_show_facets (PhTablePage *self)
{
  return is_revealed (self);
}

void
ph_table_page_set_show_facets (PhTablePage *self, gboolean show)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  if (show == is_revealed (self))
    return;
  priv->facets_width = show ? gtk_widget_get_width (GTK_WIDGET (self)) : 0;
  adw_flap_set_reveal_flap (priv->flap, show);
  if (!show && gtk_widget_get_focus_child (GTK_WIDGET (priv->facet_list)))
    gtk_widget_child_focus (GTK_WIDGET (priv->table_view), GTK_DIR_TAB_FORWARD);
  else if (show && is_folded (self))
    gtk_widget_child_focus (GTK_WIDGET (priv->facet_list), GTK_DIR_TAB_FORWARD);
}

void
ph_table_page_make_facets (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  priv->facet_counter = ph_facet_counter_new (priv->view);
  g_signal_connect_object (priv->facet_counter, "counted", G_CALLBACK (counted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->facet_list, "chosen", G_CALLBACK (chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->facet_list, "notify::folded", G_CALLBACK (folded_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->flap, "notify::reveal-flap", G_CALLBACK (revealed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->flap, "notify::folded", G_CALLBACK (folded), self, G_CONNECT_SWAPPED);
  ph_page_shortcut_add (GTK_WIDGET (self), GDK_KEY_F8, 0, "page.show-facets");
}
