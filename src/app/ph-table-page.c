/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ties the model of a table to what people see and touch. The chips and the shown columns say what is worth asking (the
 * plan) and what to show (two filters); after each sync come cells, names, totals, and what went wrong.
 */
#include "ph-table-page-private.h"

#include <glib/gi18n.h>

#include "ph-table-export.h"

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PhTablePage, ph_table_page, ADW_TYPE_BIN)

enum
{
  PROP_SEARCH_MODE = 1,
  PROP_PAUSED,
  PROP_NUMERIC,
  PROP_INTERVAL,
  PROP_COLUMNS,
  PROP_WIDTHS,
  PROP_SORT,
  PROP_FILTER,
  PROP_IN_SIGHT,
  PROP_SHOW_DETAILS,
  PROP_SHOW_FACETS,
  PROP_FACETS,
  PROP_FOLDED_FACETS,
  PROP_CHIPS,
  PROP_ABOVE,
  PROP_SIDE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

PhTablePagePrivate *
ph_table_page_priv (PhTablePage *self)
{
  return ph_table_page_get_instance_private (self);
}

static void
notify (PhTablePage *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
cells_drawn (PhTablePage *self)
{
  ph_resolver_kick (ph_table_page_priv (self)->resolver);
}

void
ph_table_page_add_toast (PhTablePage *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (ph_table_page_priv (self)->toasts, toast);
}

/* --- the user speaks --- */

static void
row_activated (PhTablePage *self, PhRow *row)
{
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);

  if (klass->activated)
    klass->activated (self, row);
  else if (ph_table_page_has_details (self))
    ph_table_page_set_show_details (self, TRUE);
}

static void
row_menu (PhTablePage *self, PhRow *row, GMenu *menu)
{
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);

  if (klass->append_menu)
    klass->append_menu (self, row, menu);
  if (ph_table_page_has_details (self))
    g_menu_append (menu, _ ("_Details"), "page.show-details");
}

static void
search_mode_changed (PhTablePage *self)
{
  notify (self, PROP_SEARCH_MODE);
}

static void
columns_changed (PhTablePage *self)
{
  ph_table_page_update_plan (self);
  notify (self, PROP_COLUMNS);
}

static void
widths_changed (PhTablePage *self)
{
  notify (self, PROP_WIDTHS);
}

static void
sort_changed (PhTablePage *self)
{
  notify (self, PROP_SORT);
}

/* To what is usual here. */
static void
columns_reset (PhTablePage *self)
{
  ph_table_page_set_columns (self, NULL);
}

/* --- what it has --- */

PhTableId
ph_table_page_get_table (PhTablePage *self)
{
  return PH_TABLE_PAGE_GET_CLASS (self)->table;
}

PhTableView *
ph_table_page_get_table_view (PhTablePage *self)
{
  return ph_table_page_priv (self)->table_view;
}

PhPoller *
ph_table_page_get_poller (PhTablePage *self)
{
  return ph_table_page_priv (self)->poller;
}

PhSnapshot *
ph_table_page_get_snapshot (PhTablePage *self)
{
  return ph_table_get_snapshot (ph_table_page_priv (self)->table);
}

gboolean
ph_table_page_is_filtered (PhTablePage *self)
{
  return ph_table_page_priv (self)->filtered[FILTER_CHIPS] || ph_table_page_priv (self)->filtered[FILTER_TEXT];
}

PhChipBar *
ph_table_page_get_chip_bar (PhTablePage *self)
{
  return ph_table_page_priv (self)->chip_bar;
}

/* --- actions --- */

static void
refresh (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (widget);

  if (klass->refreshed)
    klass->refreshed (PH_TABLE_PAGE (widget));
  ph_poller_refresh (ph_table_page_priv (PH_TABLE_PAGE (widget))->poller);
}

static void
show_columns (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *table = GTK_WIDGET (ph_table_page_priv (PH_TABLE_PAGE (widget))->table_view);

  gtk_widget_activate_action (table, "table.columns", NULL);
}

static void
export_table (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhTablePagePrivate *priv = ph_table_page_priv (PH_TABLE_PAGE (widget));

  ph_table_export (priv->table_view, priv->toasts, PH_TABLE_PAGE_GET_CLASS (widget)->name);
}

/* --- life --- */

static void
ph_table_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_table_page_parent_class)->map (widget);
  ph_table_page_update_active (PH_TABLE_PAGE (widget));
}

static void
ph_table_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_table_page_parent_class)->unmap (widget);
  ph_table_page_update_active (PH_TABLE_PAGE (widget));
}

static void
ph_table_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhTablePagePrivate *priv = ph_table_page_priv (PH_TABLE_PAGE (object));

  switch (id)
    {
    case PROP_SEARCH_MODE:
      g_object_get_property (G_OBJECT (priv->filter_bar), "search-mode", value);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, ph_poller_get_paused (priv->poller));
      break;
    case PROP_NUMERIC:
      g_value_set_boolean (value, priv->numeric);
      break;
    case PROP_INTERVAL:
      g_value_set_uint (value, priv->interval);
      break;
    case PROP_COLUMNS:
      if (ph_table_page_has_usual_columns (PH_TABLE_PAGE (object)))
        g_value_take_boxed (value, g_new0 (char *, 1));
      else
        g_value_take_boxed (value, ph_table_view_dup_shown (priv->table_view));
      break;
    case PROP_WIDTHS:
      g_value_take_variant (value, ph_table_view_dup_widths (priv->table_view));
      break;
    case PROP_SORT:
      g_value_take_variant (value, ph_table_view_dup_sort (priv->table_view));
      break;
    case PROP_FILTER:
      g_value_set_string (value, ph_table_page_get_text (PH_TABLE_PAGE (object)));
      break;
    case PROP_IN_SIGHT:
      g_value_set_boolean (value, priv->in_sight);
      break;
    case PROP_SHOW_DETAILS:
      g_value_set_boolean (value, priv->show_details);
      break;
    case PROP_SHOW_FACETS:
      g_value_set_boolean (value, ph_table_page_get_show_facets (PH_TABLE_PAGE (object)));
      break;
    case PROP_FACETS:
      g_value_set_boolean (value, priv->facets);
      break;
    case PROP_FOLDED_FACETS:
      g_object_get_property (G_OBJECT (priv->facet_list), "folded", value);
      break;
    case PROP_CHIPS:
      g_value_set_object (value, ph_filter_bar_get_chips (priv->filter_bar));
      break;
    case PROP_ABOVE:
      g_value_set_object (value, adw_bin_get_child (priv->above));
      break;
    case PROP_SIDE:
      g_value_set_object (value, ph_split_get_side (priv->split));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_table_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhTablePage *self = PH_TABLE_PAGE (object);
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  switch (id)
    {
    case PROP_SEARCH_MODE:
      g_object_set_property (G_OBJECT (priv->filter_bar), "search-mode", value);
      break;
    case PROP_PAUSED:
      ph_poller_set_paused (priv->poller, g_value_get_boolean (value));
      break;
    case PROP_NUMERIC:
      if (g_value_get_boolean (value) != priv->numeric)
        {
          ph_table_page_set_numeric (self, g_value_get_boolean (value));
          notify (self, id);
        }
      break;
    case PROP_INTERVAL:
      if (g_value_get_uint (value) != priv->interval)
        {
          priv->interval = g_value_get_uint (value);
          ph_table_page_update_pace (self);
          notify (self, id);
        }
      break;
    case PROP_COLUMNS:
      ph_table_page_set_columns (self, g_value_get_boxed (value));
      break;
    case PROP_WIDTHS:
      ph_table_view_set_widths (priv->table_view, g_value_get_variant (value));
      break;
    case PROP_SORT:
      ph_table_view_set_sort (priv->table_view, g_value_get_variant (value));
      break;
    case PROP_FILTER:
      ph_table_page_set_text (self, g_value_get_string (value) ? g_value_get_string (value) : "");
      break;
    case PROP_IN_SIGHT:
      if (g_value_get_boolean (value) != priv->in_sight)
        {
          priv->in_sight = g_value_get_boolean (value);
          ph_table_page_update_active (self);
          notify (self, id);
        }
      break;
    case PROP_SHOW_DETAILS:
      ph_table_page_set_show_details (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_FACETS:
    case PROP_FACETS:
      ph_table_page_set_show_facets (self, g_value_get_boolean (value));
      break;
    case PROP_FOLDED_FACETS:
      g_object_set_property (G_OBJECT (priv->facet_list), "folded", value);
      break;
    case PROP_CHIPS:
      ph_filter_bar_set_chips (priv->filter_bar, g_value_get_object (value));
      break;
    case PROP_ABOVE:
      adw_bin_set_child (priv->above, g_value_get_object (value));
      break;
    case PROP_SIDE:
      ph_split_set_side (priv->split, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* Only here is it known which table it is. */
static void
ph_table_page_constructed (GObject *object)
{
  PhTablePage *self = PH_TABLE_PAGE (object);
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  const PhTableWords *words = ph_table_words (klass->table);

  ph_table_page_make_model (self);
  g_signal_connect_object (priv->table_view, "columns-changed", G_CALLBACK (columns_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table_view, "widths-changed", G_CALLBACK (widths_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table_view, "sort-changed", G_CALLBACK (sort_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table_view, "reset", G_CALLBACK (columns_reset), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table_view, "drawn", G_CALLBACK (cells_drawn), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table_view, "row-activated", G_CALLBACK (row_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table_view, "row-menu", G_CALLBACK (row_menu), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table_view, "filter-wanted", G_CALLBACK (ph_table_page_filter_wanted), self,
                           G_CONNECT_SWAPPED);
  ph_table_view_set_view (priv->table_view, priv->view, _ (words->name), klass->order);
  ph_table_page_set_numeric (self, FALSE);
  ph_filter_bar_set_hint (priv->filter_bar, _ (words->hint));
  ph_filter_bar_capture_keys (priv->filter_bar, GTK_WIDGET (self));
  ph_filter_bar_set_saved (priv->filter_bar, klass->name);

  ph_table_page_hear_model (self);
  ph_table_page_make_details (self);
  ph_table_page_make_facets (self);
  if (klass->chips)
    {
      priv->chip_bar = ph_chip_bar_new (klass->chips, klass->n_chips);
      g_signal_connect_object (priv->chip_bar, "changed", G_CALLBACK (ph_table_page_chips_changed), self,
                               G_CONNECT_SWAPPED);
      ph_filter_bar_set_chips (priv->filter_bar, GTK_WIDGET (priv->chip_bar));
    }
  ph_table_page_chips_changed (self);
  ph_table_page_update_status (self);
  G_OBJECT_CLASS (ph_table_page_parent_class)->constructed (object);
}

static void
ph_table_page_dispose (GObject *object)
{
  PhTablePagePrivate *priv = ph_table_page_priv (PH_TABLE_PAGE (object));

  g_clear_handle_id (&priv->fade_id, g_source_remove);
  if (priv->events)
    ph_kernel_events_set_active (priv->events, FALSE, NULL);
  if (priv->poller)
    ph_poller_set_active (priv->poller, FALSE);
  /* No gtk_widget_dispose_template(): in 4.8 it looks for the template of the child class, which need not have one. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  g_clear_pointer (&priv->text, g_free);
  g_clear_object (&priv->row);
  g_clear_object (&priv->events);
  g_clear_object (&priv->facet_counter);
  g_clear_object (&priv->resolver);
  g_clear_object (&priv->poller);
  g_clear_object (&priv->view);
  g_clear_object (&priv->table);
  g_clear_object (&priv->source);
  G_OBJECT_CLASS (ph_table_page_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_SEARCH_MODE] = g_param_spec_boolean ("search-mode", NULL, NULL, FALSE, flags);
  props[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  props[PROP_NUMERIC] = g_param_spec_boolean ("numeric", NULL, NULL, FALSE, flags);
  props[PROP_INTERVAL] = g_param_spec_uint ("interval", NULL, NULL, 100, 3600000, 1000, flags);
  props[PROP_COLUMNS] = g_param_spec_boxed ("columns", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_WIDTHS] = g_param_spec_variant ("widths", NULL, NULL, G_VARIANT_TYPE ("a{si}"), NULL, flags);
  props[PROP_SORT] = g_param_spec_variant ("sort", NULL, NULL, G_VARIANT_TYPE ("a(sb)"), NULL, flags);
  props[PROP_FILTER] = g_param_spec_string ("filter", NULL, NULL, "", flags);
  props[PROP_IN_SIGHT] = g_param_spec_boolean ("in-sight", NULL, NULL, FALSE, flags);
  props[PROP_SHOW_DETAILS] = g_param_spec_boolean ("show-details", NULL, NULL, FALSE, flags);
  props[PROP_SHOW_FACETS] = g_param_spec_boolean ("show-facets", NULL, NULL, FALSE, flags);
  props[PROP_FACETS] = g_param_spec_boolean ("facets", NULL, NULL, FALSE, flags);
  props[PROP_FOLDED_FACETS] = g_param_spec_boxed ("folded-facets", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_CHIPS] = g_param_spec_object ("chips", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_ABOVE] = g_param_spec_object ("above", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_SIDE] = g_param_spec_object ("side", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_table_page_class_init (PhTablePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ph_table_page_get_property;
  object_class->set_property = ph_table_page_set_property;
  object_class->constructed = ph_table_page_constructed;
  object_class->dispose = ph_table_page_dispose;
  install_properties (object_class);
  widget_class->map = ph_table_page_map;
  widget_class->unmap = ph_table_page_unmap;

  g_type_ensure (PH_TYPE_FACET_LIST);
  g_type_ensure (PH_TYPE_FILTER_BAR);
  g_type_ensure (PH_TYPE_NOTICE);
  g_type_ensure (PH_TYPE_SPLIT);
  g_type_ensure (PH_TYPE_STATUS_BAR);
  g_type_ensure (PH_TYPE_TABLE_STACK);
  g_type_ensure (PH_TYPE_TERM_CHIPS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-table-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, filter_bar);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, above);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, notice);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, flap);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, facet_list);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, terms);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, split);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, stack);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, status_bar);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, toasts);
  gtk_widget_class_bind_template_callback_full (widget_class, "text_changed", G_CALLBACK (ph_table_page_text_changed));
  gtk_widget_class_bind_template_callback_full (widget_class, "term_removed", G_CALLBACK (ph_table_page_term_removed));
  gtk_widget_class_bind_template_callback (widget_class, search_mode_changed);

  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_table);
  gtk_widget_class_install_action (widget_class, "page.columns", NULL, show_columns);
  gtk_widget_class_install_action (widget_class, "page.details", NULL, ph_table_page_toggle_details);
  gtk_widget_class_install_property_action (widget_class, "page.show-details", "show-details");
  gtk_widget_class_install_property_action (widget_class, "page.show-facets", "show-facets");
  gtk_widget_class_install_action (widget_class, "page.clear-filters", NULL, ph_table_page_clear_filters);
}

static void
ph_table_page_init (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  priv->table_view = ph_table_stack_get_table_view (priv->stack);
}
