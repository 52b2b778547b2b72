/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A menu belongs to the row it was opened on, however rows move while it is open: the row is kept, and the view is
 * held. The popover is made when it is first wanted.
 */
#include "ph-row-menu.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-cell.h"

#define VALUE_MAX 24 /* characters of a cell's text in an item */

typedef struct
{
  PhTableView *table; /* borrowed: it owns this */
  GtkWidget *popover; /* NULL: never opened */
  GActionGroup *actions;

  /* While it is open, and until something of it has been chosen: */
  PhRow *row;
  const PhColumn *column;
  gboolean holding;
} RowMenu;

static G_DEFINE_QUARK (ph - row - menu, row_menu)

    /* --- what it is about --- */

    /* In quotation marks always: nobody wonders then what a comma or a blank does. */
    static void append_quoted (GString *term, const char *text)
{
  g_string_append_c (term, '"');
  for (; *text; text++)
    {
      if (*text == '"' || *text == '\\')
        g_string_append_c (term, '\\');
      g_string_append_c (term, *text);
    }
  g_string_append_c (term, '"');
}

char *
ph_row_menu_term (const PhSchema *schema, const PhColumn *column, gconstpointer record)
{
  const PhColumn *const columns[] = { column, NULL };
  const PhStyle style = { .numeric = TRUE, .quiet = TRUE };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) term = g_string_new (column->id);
  g_autoptr (PhFilter) filter = NULL;
  PhValue value = { 0 };

  column->value (record, &value);
  ph_value_append (&value, text);
  if (text->len == 0)
    return NULL;
  g_string_append_c (term, ':');
  if (value.kind == PH_VALUE_TEXT)
    append_quoted (term, text->str);
  else
    g_string_append (term, text->str);
  /* The language has the last word on whether this means what is meant. */
  filter = ph_filter_parse (schema, term->str, NULL, NULL);
  if (!filter || !ph_filter_match (filter, &(PhFilterContext){ columns, &style }, record))
    return NULL;
  return g_string_free (g_steal_pointer (&term), FALSE);
}

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

/* Short, and no underline is taken for a mnemonic. */
static char *
for_label (const char *text)
{
  g_autoptr (GString) value = g_string_new (NULL);
  const char *at = text;

  for (guint n = 0; *at && n < VALUE_MAX; n++, at = g_utf8_next_char (at))
    {
      if (*at == '_')
        g_string_append_c (value, '_');
      g_string_append_unichar (value, g_utf8_get_char (at));
    }
  if (*at)
    g_string_append (value, "…");
  return g_string_free (g_steal_pointer (&value), FALSE);
}

/* --- the menu --- */

static void
append_copy (RowMenu *self, GMenu *menu)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (ph_table_view_get_selection (self->table));
  guint n = (guint) gtk_bitset_get_size (selected);
  g_autoptr (GMenu) section = g_menu_new ();
  g_autofree char *rows = g_strdup_printf (ngettext ("_Copy Row", "_Copy %u Rows", n), n);

  g_menu_append (section, rows, "table.copy");
  g_menu_append (section, _ ("Copy Ce_ll"), "row.copy-cell");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
append_filters (RowMenu *self, GMenu *menu)
{
  g_autofree char *term = ph_row_menu_term (schema_of (self), self->column, ph_row_get_record (self->row));
  g_autofree char *text = cell_text (self);
  g_autofree char *value = for_label (text);
  /* Translators: what a cell says; a filter is made of it */
  g_autofree char *only = g_strdup_printf (_ ("_Show Only “%s”"), value);
  g_autofree char *without = g_strdup_printf (_ ("_Hide “%s”"), value);
  g_autoptr (GMenu) section = g_menu_new ();

  if (!term)
    return;
  g_menu_append (section, only, "row.filter");
  g_menu_append (section, without, "row.exclude");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenuModel *
make_menu (RowMenu *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) added = g_menu_new ();

  g_signal_emit_by_name (self->table, "row-menu", self->row, added);
  if (g_menu_model_get_n_items (G_MENU_MODEL (added)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (added));
  append_copy (self, menu);
  append_filters (self, menu);
  return G_MENU_MODEL (menu);
}

static void
hold (RowMenu *self, gboolean holding)
{
  if (holding == self->holding)
    return;
  self->holding = holding;
  if (holding)
    ph_view_hold (ph_table_view_get_view (self->table));
  else
    ph_view_release (ph_table_view_get_view (self->table));
}

/* Before the item that was chosen is activated: the row must stay. */
static void
closed (RowMenu *self)
{
  hold (self, FALSE);
}

static void
ensure_popover (RowMenu *self)
{
  if (self->popover)
    return;
  self->popover = gtk_popover_menu_new_from_model (NULL);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self->table));
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
  select_row (self);
  menu = make_menu (self);
  ensure_popover (self);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), at);
  hold (self, TRUE);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* --- how it is opened --- */

static PhCell *
first_cell (GtkWidget *widget)
{
  PhCell *found = NULL;

  if (PH_IS_CELL (widget))
    return PH_CELL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = first_cell (child);
  return found;
}

/* The cell that @widget is in, or has in it, or the first one of its row; NULL outside of rows. */
static PhCell *
cell_near (GtkWidget *widget)
{
  for (; widget; widget = gtk_widget_get_parent (widget))
    {
      if (PH_IS_CELL (widget))
        return PH_CELL (widget);
      /* GTK's own widgets have no names but those for CSS. */
      if (strcmp (gtk_widget_get_css_name (widget), "cell") == 0
          || strcmp (gtk_widget_get_css_name (widget), "row") == 0)
        return first_cell (widget);
    }
  return NULL;
}

static void
pressed (GtkGestureClick *gesture, int n, double x, double y, RowMenu *self)
{
  PhCell *cell = cell_near (gtk_widget_pick (GTK_WIDGET (self->table), x, y, GTK_PICK_DEFAULT));

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
  PhCell *cell = focus && gtk_widget_is_ancestor (focus, table) ? cell_near (focus) : NULL;
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
copy_cell (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RowMenu *self = data;
  g_autofree char *text = self->row ? cell_text (self) : NULL;

  if (text)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->table)), text);
}

static void
want_filter (RowMenu *self, const char *sign)
{
  g_autofree char *term
      = self->row ? ph_row_menu_term (schema_of (self), self->column, ph_row_get_record (self->row)) : NULL;
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

/* --- life --- */

static void
destroyed (RowMenu *self)
{
  hold (self, FALSE);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->row);
}

static void
row_menu_free (gpointer data)
{
  RowMenu *self = data;

  g_clear_object (&self->row);
  g_object_unref (self->actions);
  g_free (self);
}

void
ph_row_menu_attach (PhTableView *table)
{
  const GActionEntry entries[] = { { "copy-cell", copy_cell }, { "filter", filter }, { "exclude", exclude } };
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  RowMenu *self = g_new0 (RowMenu, 1);

  self->table = table;
  self->actions = G_ACTION_GROUP (g_simple_action_group_new ());
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (table), "row", self->actions);
  g_object_set_qdata_full (G_OBJECT (table), row_menu_quark (), self, row_menu_free);
  g_signal_connect_swapped (table, "destroy", G_CALLBACK (destroyed), self);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (table), GTK_EVENT_CONTROLLER (click));
  add_key (self, keys, "Menu");
  add_key (self, keys, "<Shift>F10");
  gtk_widget_add_controller (GTK_WIDGET (table), keys);
}
