/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A menu belongs to the row it was opened on, however rows move while it is open: the row is kept, and the view is
 * held.
 */
#include "ph-row-menu.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-cell-find.h"
#include "ph-filter-cell.h"
#include "ph-menu-label.h"
#include "ph-owner-click.h"
#include "ph-popover.h"
#include "ph-table-copy.h"

typedef struct
{
  PhTableView *table; /* borrowed: it owns this */
  GtkWidget *popover; /* the last one; NULL: never opened */
  GActionGroup *actions;

  /* While it is open, and until something of it has been chosen: */
  PhRow *row;
  const PhColumn *column;
  GtkWidget *focus; /* the row's widget, weak: where the focus goes back to */
  PhView *held;     /* NULL: it is closed */
} RowMenu;

/* --- what it is about --- */

static const PhSchema *
schema_of (RowMenu *self)
{
  return ph_table_get_schema (ph_view_get_table (ph_table_view_get_view (self->table)));
}

static char *
cell_text (RowMenu *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_column_format (self->column, ph_row_get_record (self->row), ph_table_view_get_style (self->table), text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- the menu --- */

/* CSV and JSON of the rows that are selected; the other programs' words for the one that the menu is about. */
static GMenuModel *
make_copy_as (RowMenu *self)
{
  const PhDialect *dialects = schema_of (self)->dialects;
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("_CSV"), "row.copy-as::csv");
  g_menu_append (menu, _ ("_JSON"), "row.copy-as::json");
  for (guint i = 0; dialects && dialects[i].title; i++)
    {
      g_autofree char *words = dialects[i].dup (ph_row_get_record (self->row));
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (dialects[i].title), NULL);

      if (!words)
        continue;
      /* What it is now: a moment later the row may be another. */
      g_menu_item_set_action_and_target (item, "row.copy-text", "s", words);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
append_copy (RowMenu *self, GMenu *menu)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (ph_table_view_get_selection (self->table));
  guint n = (guint) gtk_bitset_get_size (selected);
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenuModel) copy_as = make_copy_as (self);
  g_autofree char *rows = g_strdup_printf (ngettext ("_Copy Row", "_Copy %u Rows", n), n);
  g_autofree char *text = ph_table_copy_dup_cell (self->table, self->column, ph_row_get_record (self->row));

  g_menu_append (section, rows, "table.copy");
  if (*text)
    g_menu_append (section, _ ("Copy Ce_ll"), "row.copy-cell");
  g_menu_append_submenu (section, _ ("Copy _As"), copy_as);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static char *
dup_owner_term (const PhSchema *schema, gconstpointer record)
{
  return schema->dup_owner_term ? schema->dup_owner_term (record) : NULL;
}

static void
append_filters (RowMenu *self, GMenu *menu)
{
  g_autofree char *term = ph_filter_cell_term (schema_of (self), self->column, ph_row_get_record (self->row));
  g_autofree char *owner = dup_owner_term (schema_of (self), ph_row_get_record (self->row));
  g_autofree char *text = cell_text (self);
  g_autofree char *value = ph_menu_label_name (text);
  /* Translators: what a cell says; a filter is made of it */
  g_autofree char *only = g_strdup_printf (_ ("_Show Only “%s”"), value);
  g_autofree char *without = g_strdup_printf (_ ("_Hide “%s”"), value);
  g_autoptr (GMenu) section = g_menu_new ();

  if (term)
    {
      g_menu_append (section, only, "row.filter");
      g_menu_append (section, without, "row.exclude");
    }
  if (owner && g_strcmp0 (owner, term) != 0)
    g_menu_append (section,
                   g_str_has_prefix (owner, "pid:") ? _ ("Show Only This _Process") : _ ("Show Only This _Unit"),
                   "row.owner");
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* What the page adds: single items first, then its sections, each of which is one of the menu: a section within another
 * would have no line above it. */
static void
append_added (GMenu *menu, GMenuModel *added)
{
  g_autoptr (GMenu) items = g_menu_new ();
  g_autoptr (GMenu) sections = g_menu_new ();

  for (int i = 0; i < g_menu_model_get_n_items (added); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (added, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuItem) item = g_menu_item_new_from_model (added, i);

      g_menu_append_item (section ? sections : items, item);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (items)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (items));
  for (int i = 0; i < g_menu_model_get_n_items (G_MENU_MODEL (sections)); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new_from_model (G_MENU_MODEL (sections), i);

      g_menu_append_item (menu, item);
    }
}

static GMenuModel *
make_menu (RowMenu *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) added = g_menu_new ();

  g_signal_emit_by_name (self->table, "row-menu", self->row, added);
  append_added (menu, G_MENU_MODEL (added));
  append_copy (self, menu);
  append_filters (self, menu);
  return G_MENU_MODEL (menu);
}

/* The view is kept: a table that goes has let go of it before it tells anybody. */
static void
hold (RowMenu *self, gboolean holding)
{
  if (holding == (self->held != NULL))
    return;
  if (holding)
    {
      self->held = g_object_ref (ph_table_view_get_view (self->table));
      ph_view_hold (self->held);
    }
  else
    {
      ph_view_release (self->held);
      g_clear_object (&self->held);
    }
}

/* Before the item that was chosen is activated: the row must stay. Closed from a submenu, a popover of GTK 4.8 keeps
 * the focus, and with it every key. */
static void
closed (RowMenu *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->table));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  hold (self, FALSE);
  if (self->focus && focus && gtk_widget_is_ancestor (focus, self->popover))
    gtk_widget_grab_focus (self->focus);
}

/* A new one each time: one that has been shown keeps the size that it had, also where the next menu is longer. */
static void
renew_popover (RowMenu *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->popover = gtk_popover_menu_new_from_model (NULL);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self->table));
  ph_popover_align_start (self->popover);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (closed), self);
}

/* The row is what the menu is about, so it is selected, unless it is one of those that are. */
static void
select_row (RowMenu *self)
{
  GtkSelectionModel *selection = ph_table_view_get_selection (self->table);
  guint position = ph_view_find (ph_table_view_get_view (self->table), self->row);

  if (position < g_list_model_get_n_items (G_LIST_MODEL (selection))
      && !gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_select_item (selection, position, TRUE);
}

static void
open_menu (RowMenu *self, PhCell *cell, const GdkRectangle *at)
{
  g_autoptr (GMenuModel) menu = NULL;

  g_set_object (&self->row, ph_cell_get_row (cell));
  self->column = ph_cell_get_column (cell);
  g_set_weak_pointer (&self->focus, ph_cell_row_widget (cell));
  select_row (self);
  menu = make_menu (self);
  renew_popover (self);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), at);
  hold (self, TRUE);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* --- how it is opened --- */

static void
pressed (GtkGestureClick *gesture, int n, double x, double y, RowMenu *self)
{
  PhCell *cell = ph_cell_at (GTK_WIDGET (self->table), x, y);

  if (!cell || !ph_cell_get_row (cell))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, cell, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

static gboolean
key_pressed (GtkWidget *table, GVariant *arguments, gpointer data)
{
  RowMenu *self = data;
  GtkRoot *root = gtk_widget_get_root (table);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  PhCell *cell = focus && gtk_widget_is_ancestor (focus, table) ? ph_cell_near (focus) : NULL;
  graphene_rect_t box;

  if (!cell || !ph_cell_get_row (cell) || !gtk_widget_compute_bounds (GTK_WIDGET (cell), table, &box))
    return FALSE;
  open_menu (self, cell,
             &(GdkRectangle){ (int) box.origin.x, (int) box.origin.y, (int) box.size.width, (int) box.size.height });
  return TRUE;
}

static void
add_key (RowMenu *self, GtkEventController *controller, const char *trigger)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                          gtk_callback_action_new (key_pressed, self, NULL)));
}

/* --- what is chosen --- */

static void
set_clipboard (RowMenu *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->table)), text);
}

static void
copy_cell (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RowMenu *self = data;
  g_autofree char *text
      = self->row ? ph_table_copy_dup_cell (self->table, self->column, ph_row_get_record (self->row)) : NULL;

  if (text && *text)
    set_clipboard (self, text);
}

static void
copy_as (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_table_copy (((RowMenu *) data)->table,
                 strcmp (g_variant_get_string (parameter, NULL), "json") == 0 ? PH_COPY_JSON : PH_COPY_CSV);
}

static void
copy_text (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  set_clipboard (data, g_variant_get_string (parameter, NULL));
}

static void
want_filter (RowMenu *self, const char *sign)
{
  g_autofree char *term
      = self->row ? ph_filter_cell_term (schema_of (self), self->column, ph_row_get_record (self->row)) : NULL;
  g_autofree char *signed_term = g_strconcat (sign, term, NULL);

  if (term)
    g_signal_emit_by_name (self->table, "filter-wanted", signed_term);
}

static void
filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  want_filter (data, "");
}

static void
exclude (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  want_filter (data, "-");
}

static void
owner (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RowMenu *self = data;

  if (self->row)
    ph_owner_click_want (self->table, self->row);
}

/* --- life --- */

static void
destroyed (RowMenu *self)
{
  hold (self, FALSE);
  g_clear_weak_pointer (&self->focus);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->row);
}

static void
row_menu_free (gpointer data)
{
  RowMenu *self = data;

  g_clear_weak_pointer (&self->focus);
  g_clear_object (&self->row);
  g_object_unref (self->actions);
  g_free (self);
}

void
ph_row_menu_attach (PhTableView *table)
{
  const GActionEntry entries[]
      = { { "copy-cell", copy_cell }, { "copy-as", copy_as, "s" }, { "copy-text", copy_text, "s" },
          { "filter", filter },       { "exclude", exclude },      { "owner", owner } };
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  RowMenu *self = g_new0 (RowMenu, 1);

  self->table = table;
  self->actions = G_ACTION_GROUP (g_simple_action_group_new ());
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (table), "row", self->actions);
  g_object_set_data_full (G_OBJECT (table), "ph-row-menu", self, row_menu_free);
  g_signal_connect_swapped (table, "destroy", G_CALLBACK (destroyed), self);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (table), GTK_EVENT_CONTROLLER (click));
  add_key (self, keys, "Menu");
  add_key (self, keys, "<Shift>F10");
  gtk_widget_add_controller (GTK_WIDGET (table), keys);
}
