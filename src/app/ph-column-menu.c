/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GtkColumnView would take a menu for each header, but all of them at the start, and does not say when one is open: the
 * rows must stand still then. So there is one popover, with a menu that is made when it is opened.
 */
#include "ph-column-menu.h"

#include <glib/gi18n.h>

#include "ph-popover.h"
#include "ph-table-header.h"

typedef struct
{
  PhTableView *table; /* borrowed: it owns this */
  GtkWidget *popover; /* NULL: never opened */
  GtkWidget *focus;   /* weak: what had it when the menu was opened */
  gboolean holding;
} ColumnMenu;

static G_DEFINE_QUARK (ph_column_menu, column_menu)

static const PhSchema *
schema_of (ColumnMenu *self)
{
  return ph_table_get_schema (ph_view_get_table (ph_table_view_get_view (self->table)));
}

/* --- the menu --- */

static void
append_action (GMenu *menu, const char *label, const char *action, const PhColumn *column)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", column->id);
  g_menu_append_item (menu, item);
}

static void
append_column (GMenu *menu, const PhColumn *column)
{
  g_autoptr (GMenu) sort = g_menu_new ();
  g_autoptr (GMenu) place = g_menu_new ();

  append_action (sort, _ ("Sort _Ascending"), "column.sort-ascending", column);
  append_action (sort, _ ("Sort _Descending"), "column.sort-descending", column);
  append_action (place, _ ("Move _Left"), "column.move-left", column);
  append_action (place, _ ("Move _Right"), "column.move-right", column);
  append_action (place, _ ("_Fit Width"), "column.fit", column);
  append_action (place, _ ("_Hide"), "column.hide", column);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (sort));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (place));
}

/* The columns of the default table are at hand, the others one step away: a flat list would be taller than the window.
 */
static GMenuModel *
make_choice (const PhSchema *schema)
{
  GMenu *choice = g_menu_new ();
  g_autoptr (GMenu) usual = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();

  for (guint i = 0; i < schema->n_columns; i++)
    {
      const PhColumn *column = &schema->columns[i];
      g_autofree char *action = g_strconcat ("columns.", column->id, NULL);

      if (!(column->flags & PH_COLUMN_EXPORT_ONLY))
        g_menu_append (column->flags & PH_COLUMN_SHOWN ? usual : more, _ (column->title), action);
    }
  g_menu_append_section (choice, NULL, G_MENU_MODEL (usual));
  if (g_menu_model_get_n_items (G_MENU_MODEL (more)) > 0)
    {
      g_menu_append_submenu (rest, _ ("More Columns"), G_MENU_MODEL (more));
      g_menu_append_section (choice, NULL, G_MENU_MODEL (rest));
    }
  return G_MENU_MODEL (choice);
}

/* @column: NULL: of all that are in sight. */
static GMenuModel *
make_menu (ColumnMenu *self, const PhColumn *column)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) each = g_menu_new ();
  g_autoptr (GMenu) all = g_menu_new ();
  g_autoptr (GMenuModel) choice = make_choice (schema_of (self));

  if (column)
    append_column (menu, column);
  else
    {
      for (const PhColumn *const *shown = ph_table_view_get_columns (self->table); *shown; shown++)
        {
          g_autoptr (GMenu) one = g_menu_new ();

          append_column (one, *shown);
          g_menu_append_submenu (each, _ ((*shown)->title), G_MENU_MODEL (one));
        }
      g_menu_append_section (menu, NULL, G_MENU_MODEL (each));
    }
  g_menu_append_submenu (all, _ ("Show _Columns"), choice);
  g_menu_append (all, _ ("R_eset Columns"), "table.reset-columns");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
  return G_MENU_MODEL (menu);
}

static void
hold (ColumnMenu *self, gboolean holding)
{
  if (holding == self->holding)
    return;
  self->holding = holding;
  if (holding)
    ph_view_hold (ph_table_view_get_view (self->table));
  else
    ph_view_release (ph_table_view_get_view (self->table));
}

/* Closed from within a submenu, a popover of GTK 4.8 keeps the focus, and with it every key. */
static void
closed (ColumnMenu *self)
{
  hold (self, FALSE);
  if (!self->focus || !gtk_widget_grab_focus (self->focus))
    gtk_widget_grab_focus (GTK_WIDGET (self->table));
  g_clear_weak_pointer (&self->focus);
}

static void
open_menu (ColumnMenu *self, const PhColumn *column, const GdkRectangle *at)
{
  g_autoptr (GMenuModel) menu = make_menu (self, column);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->table));

  if (!self->popover)
    {
      self->popover = gtk_popover_menu_new_from_model (NULL);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self->table));
      ph_popover_align_start (self->popover);
      g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (closed), self);
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), at);
  hold (self, TRUE);
  g_set_weak_pointer (&self->focus, root ? gtk_root_get_focus (root) : NULL);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

void
ph_column_menu_open (PhTableView *table)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (table)) == GTK_TEXT_DIR_RTL;

  /* Where the first header is. */
  open_menu (g_object_get_qdata (G_OBJECT (table), column_menu_quark ()), NULL,
             &(GdkRectangle){ rtl ? gtk_widget_get_width (GTK_WIDGET (table)) : 0, 0, 1, 1 });
}

/* --- how it is opened --- */

static void
pressed (GtkGestureClick *gesture, int n, double x, double y, ColumnMenu *self)
{
  GtkWidget *under = gtk_widget_pick (GTK_WIDGET (self->table), x, y, GTK_PICK_DEFAULT);
  const PhColumn *column = ph_table_header_find (under, ph_table_view_get_columns (self->table));

  if (!column)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, column, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

static gboolean
key_pressed (GtkWidget *table, GVariant *arguments, gpointer data)
{
  ColumnMenu *self = data;
  GtkRoot *root = gtk_widget_get_root (table);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  const PhColumn *column = ph_table_header_find (focus, ph_table_view_get_columns (self->table));
  graphene_rect_t box;

  if (!column || !gtk_widget_is_ancestor (focus, table) || !gtk_widget_compute_bounds (focus, table, &box))
    return FALSE;
  open_menu (self, column,
             &(GdkRectangle){ (int) box.origin.x, (int) box.origin.y, (int) box.size.width, (int) box.size.height });
  return TRUE;
}

static void
add_key (ColumnMenu *self, GtkEventController *controller, guint keyval, GdkModifierType modifiers)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (keyval, modifiers), gtk_callback_action_new (key_pressed, self, NULL)));
}

/* --- what is chosen --- */

static void
sort_ascending (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_table_view_sort_first (((ColumnMenu *) data)->table, g_variant_get_string (parameter, NULL), FALSE);
}

static void
sort_descending (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_table_view_sort_first (((ColumnMenu *) data)->table, g_variant_get_string (parameter, NULL), TRUE);
}

static void
move (ColumnMenu *self, GVariant *parameter, gboolean right)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self->table)) == GTK_TEXT_DIR_RTL;

  ph_table_view_move_column (self->table, g_variant_get_string (parameter, NULL), right != rtl);
}

static void
move_left (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  move (data, parameter, FALSE);
}

static void
move_right (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  move (data, parameter, TRUE);
}

static void
fit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_table_view_fit_column (((ColumnMenu *) data)->table, g_variant_get_string (parameter, NULL));
}

static void
hide (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_table_view_hide_column (((ColumnMenu *) data)->table, g_variant_get_string (parameter, NULL));
}

/* --- life --- */

static void
destroyed (ColumnMenu *self)
{
  hold (self, FALSE);
  g_clear_weak_pointer (&self->focus);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
}

void
ph_column_menu_attach (PhTableView *table)
{
  const GActionEntry entries[] = {
    { "sort-ascending", sort_ascending, "s" },
    { "sort-descending", sort_descending, "s" },
    { "move-left", move_left, "s" },
    { "move-right", move_right, "s" },
    { "fit", fit, "s" },
    { "hide", hide, "s" },
  };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  ColumnMenu *self = g_new0 (ColumnMenu, 1);

  self->table = table;
  g_object_set_qdata_full (G_OBJECT (table), column_menu_quark (), self, g_free);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (table), "column", G_ACTION_GROUP (actions));
  g_signal_connect_swapped (table, "destroy", G_CALLBACK (destroyed), self);

  /* Before the header takes it. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (table), GTK_EVENT_CONTROLLER (click));
  add_key (self, keys, GDK_KEY_Menu, 0);
  add_key (self, keys, GDK_KEY_F10, GDK_SHIFT_MASK);
  gtk_widget_add_controller (GTK_WIDGET (table), keys);
}
