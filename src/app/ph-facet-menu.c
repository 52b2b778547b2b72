/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The popover is made when it is first wanted. */
#include "ph-facet-menu.h"

#include <glib/gi18n.h>

#include "ph-popover.h"

struct _PhFacetMenu
{
  GtkWidget *parent;
  PhFacetMenuChosen chosen;
  gpointer user_data;

  GSimpleActionGroup *actions;
  GtkWidget *popover; /* NULL: never opened */
  PhFacetRow *row;    /* what it is about; borrowed */
};

static void
include (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhFacetMenu *self = data;

  self->chosen (self->user_data, self->row, PH_FILTER_INCLUDED);
}

static void
exclude (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhFacetMenu *self = data;

  self->chosen (self->user_data, self->row, PH_FILTER_EXCLUDED);
}

static void
remove_choice (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhFacetMenu *self = data;

  self->chosen (self->user_data, self->row, PH_FILTER_OPEN);
}

static void
enable (PhFacetMenu *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static GMenuModel *
make_model (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("Show _Only Such Rows"), "facet.include");
  g_menu_append (menu, _ ("_Leave Such Rows Out"), "facet.exclude");
  g_menu_append (menu, _ ("_Remove From Filter"), "facet.remove");
  return G_MENU_MODEL (menu);
}

/* The focus goes back to the row, also where GTK would take its time for that. */
static void
closed (PhFacetMenu *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->row));
}

static void
ensure_popover (PhFacetMenu *self)
{
  g_autoptr (GMenuModel) model = NULL;

  if (self->popover)
    return;
  model = make_model ();
  self->popover = gtk_popover_menu_new_from_model (model);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_parent (self->popover, self->parent); /* a list does not place it */
  ph_popover_align_start (self->popover);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (closed), self);
}

void
ph_facet_menu_open (PhFacetMenu *self, PhFacetRow *row, const graphene_rect_t *at)
{
  PhFilterChoice choice = ph_facet_row_get_choice (row);

  ensure_popover (self);
  self->row = row;
  enable (self, "include", choice != PH_FILTER_INCLUDED);
  enable (self, "exclude", choice != PH_FILTER_EXCLUDED);
  enable (self, "remove", choice != PH_FILTER_OPEN);
  gtk_popover_set_pointing_to (
      GTK_POPOVER (self->popover),
      &(GdkRectangle){ (int) at->origin.x, (int) at->origin.y, (int) at->size.width, (int) at->size.height });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

gboolean
ph_facet_menu_is_open (PhFacetMenu *self)
{
  return self->popover && gtk_widget_get_visible (self->popover);
}

PhFacetMenu *
ph_facet_menu_new (GtkWidget *parent, PhFacetMenuChosen chosen, gpointer user_data)
{
  const GActionEntry entries[] = { { "include", include }, { "exclude", exclude }, { "remove", remove_choice } };
  PhFacetMenu *self = g_new0 (PhFacetMenu, 1);

  self->parent = parent;
  self->chosen = chosen;
  self->user_data = user_data;
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (parent, "facet", G_ACTION_GROUP (self->actions));
  return self;
}

void
ph_facet_menu_free (PhFacetMenu *self)
{
  gtk_widget_insert_action_group (self->parent, "facet", NULL); /* whose actions are called with this */
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_object_unref (self->actions);
  g_free (self);
}
