/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows stay and are filled anew when the list is another: so the focus stays, too, and is carried along by hand when
 * its filter moves. */
#include "ph-saved-dialog.h"

#include <glib/gi18n.h>

#include "ph-toast.h"

struct _PhSavedDialog
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwPreferencesGroup *group;

  PhSavedFilters *saved;
  GPtrArray *rows; /* AdwEntryRow, borrowed */
};

G_DEFINE_FINAL_TYPE (PhSavedDialog, ph_saved_dialog, ADW_TYPE_WINDOW)

/* What can have the focus in a row, besides its text. */
enum
{
  PART_UP,
  PART_DOWN,
  PART_DELETE,
  N_PARTS
};

static const struct
{
  const char *icon, *name;
} parts[N_PARTS] = {
  { "go-up-symbolic", N_ ("Move Up") },
  { "go-down-symbolic", N_ ("Move Down") },
  { "user-trash-symbolic", N_ ("Delete") },
};

static const char *const part_keys[N_PARTS] = { "up", "down", "delete" };

static GtkWidget *
get_part (gpointer row, guint part)
{
  return g_object_get_data (row, part_keys[part]);
}

/* -1: not one of ours. */
static int
find_row (PhSavedDialog *self, gconstpointer row)
{
  guint n;

  return g_ptr_array_find (self->rows, row, &n) ? (int) n : -1;
}

static PhSavedDialog *
dialog_of (gpointer row)
{
  return PH_SAVED_DIALOG (gtk_widget_get_root (row));
}

/* --- names --- */

/* What is typed is shown as wrong as long as it cannot be the name. */
static void
row_changed (GtkEditable *row)
{
  PhSavedDialog *self = g_object_get_data (G_OBJECT (row), "dialog");
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (row)));
  int other = ph_saved_filters_find_name (self->saved, name);
  gboolean wrong
      = *name == '\0' || g_utf8_strlen (name, -1) > PH_SAVED_NAME_MAX || (other >= 0 && other != find_row (self, row));

  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
say (PhSavedDialog *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, ph_toast_new (text));
}

static void
row_applied (GtkEditable *row)
{
  PhSavedDialog *self = dialog_of (row);
  int n = find_row (self, row);

  if (n < 0)
    return;
  if (!ph_saved_filters_rename (self->saved, (guint) n, gtk_editable_get_text (row)))
    {
      say (self, _ ("A filter needs a name of its own"));
      gtk_editable_set_text (row, ph_saved_filters_get_name (self->saved, (guint) n));
    }
}

/* --- order --- */

static void
move (PhSavedDialog *self, int from, int to)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *next;
  guint part = 0;

  if (from < 0 || to < 0 || to >= (int) self->rows->len)
    return;
  while (part < N_PARTS && focus != get_part (self->rows->pdata[from], part))
    part++;
  ph_saved_filters_move (self->saved, (guint) from, (guint) to);
  next = part < N_PARTS ? get_part (self->rows->pdata[to], part)
                        : GTK_WIDGET (gtk_editable_get_delegate (self->rows->pdata[to]));
  if (!gtk_widget_is_sensitive (next)) /* at an end */
    next = get_part (self->rows->pdata[to], part == PART_UP ? PART_DOWN : PART_UP);
  gtk_widget_grab_focus (next);
}

static void
move_by (gpointer row, int step)
{
  PhSavedDialog *self = dialog_of (row);
  int n = find_row (self, row);

  move (self, n, n + step);
}

static void
up_clicked (gpointer row)
{
  move_by (row, -1);
}

static void
down_clicked (gpointer row)
{
  move_by (row, 1);
}

static gboolean
up_pressed (GtkWidget *row, GVariant *arguments, gpointer data)
{
  move_by (row, -1);
  return TRUE;
}

static gboolean
down_pressed (GtkWidget *row, GVariant *arguments, gpointer data)
{
  move_by (row, 1);
  return TRUE;
}

static GdkContentProvider *
drag_prepared (GtkDragSource *source, double x, double y, GtkWidget *row)
{
  return gdk_content_provider_new_typed (ADW_TYPE_ENTRY_ROW, row);
}

static void
drag_began (GtkDragSource *source, GdkDrag *drag, GtkWidget *row)
{
  g_autoptr (GdkPaintable) image = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, image, 12, gtk_widget_get_height (row) / 2);
}

static gboolean
dropped (GtkDropTarget *target, const GValue *value, double x, double y, GtkWidget *row)
{
  PhSavedDialog *self = dialog_of (row);
  int from = find_row (self, g_value_get_object (value));

  if (from < 0)
    return FALSE;
  move (self, from, find_row (self, row));
  return TRUE;
}

/* --- deleting --- */

typedef struct
{
  PhSavedFilters *saved;
  guint n;
  char *name, *text;
} Deleted;

static void
deleted_free (gpointer data, GClosure *closure)
{
  Deleted *deleted = data;

  g_object_unref (deleted->saved);
  g_free (deleted->name);
  g_free (deleted->text);
  g_free (deleted);
}

static void
undo (AdwToast *toast, Deleted *deleted)
{
  ph_saved_filters_insert (deleted->saved, deleted->n, deleted->name, deleted->text);
}

static void
delete_clicked (gpointer row)
{
  PhSavedDialog *self = dialog_of (row);
  int n = find_row (self, row);
  g_autofree char *said = NULL;
  Deleted *deleted;
  AdwToast *toast;

  if (n < 0)
    return;
  deleted = g_new (Deleted, 1);
  *deleted
      = (Deleted){ g_object_ref (self->saved), (guint) n, g_strdup (ph_saved_filters_get_name (self->saved, (guint) n)),
                   g_strdup (ph_saved_filters_get_text (self->saved, (guint) n)) };
  said = g_strdup_printf (_ ("Deleted “%s”"), deleted->name);
  toast = ph_toast_new (said);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH); /* not behind one that only says something */
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo), deleted, deleted_free, 0);

  ph_saved_filters_remove (self->saved, (guint) n);
  if (self->rows->len > 0)
    gtk_widget_grab_focus (get_part (self->rows->pdata[MIN ((guint) n, self->rows->len - 1)], PART_DELETE));
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* --- rows --- */

static void
add_part (gpointer row, guint part, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (parts[part].icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ (parts[part].name));
  g_signal_connect_swapped (button, "clicked", clicked, row);
  adw_entry_row_add_suffix (row, button);
  g_object_set_data (row, part_keys[part], button);
}

static void
add_handle (gpointer row)
{
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (ADW_TYPE_ENTRY_ROW, GDK_ACTION_MOVE);

  gtk_accessible_update_property (GTK_ACCESSIBLE (handle), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Drag to reorder"), -1);
  gtk_widget_add_css_class (handle, "dim-label");
  gtk_widget_set_cursor_from_name (handle, "grab");
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepared), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_began), row);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (dropped), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
  adw_entry_row_add_prefix (row, handle);
}

static void
add_keys (gpointer row)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutController *keys = GTK_SHORTCUT_CONTROLLER (controller);

  gtk_shortcut_controller_add_shortcut (keys, gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Up, GDK_ALT_MASK),
                                                                gtk_callback_action_new (up_pressed, NULL, NULL)));
  gtk_shortcut_controller_add_shortcut (keys, gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Down, GDK_ALT_MASK),
                                                                gtk_callback_action_new (down_pressed, NULL, NULL)));
  gtk_widget_add_controller (row, controller);
}

static void
add_row (PhSavedDialog *self)
{
  GtkWidget *row = adw_entry_row_new ();

  g_object_set_data (G_OBJECT (row), "dialog", self);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  add_handle (row);
  add_part (row, PART_UP, G_CALLBACK (up_clicked));
  add_part (row, PART_DOWN, G_CALLBACK (down_clicked));
  add_part (row, PART_DELETE, G_CALLBACK (delete_clicked));
  add_keys (row);
  g_signal_connect (row, "changed", G_CALLBACK (row_changed), NULL);
  g_signal_connect (row, "apply", G_CALLBACK (row_applied), NULL);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
fill_row (PhSavedDialog *self, guint n)
{
  GtkWidget *row = self->rows->pdata[n];
  const char *name = ph_saved_filters_get_name (self->saved, n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), ph_saved_filters_get_text (self->saved, n));
  /* Without the button for a change, which this is none of. */
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row), name);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  gtk_widget_set_sensitive (get_part (row, PART_UP), n > 0);
  gtk_widget_set_sensitive (get_part (row, PART_DOWN), n + 1 < self->rows->len);
  for (guint part = 0; part < N_PARTS; part++)
    {
      /* A screen reader tells the buttons of two rows apart. */
      g_autofree char *whole = g_strdup_printf ("%s: %s", _ (parts[part].name), name);

      gtk_accessible_update_property (GTK_ACCESSIBLE (get_part (row, part)), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
    }
}

static void
update (PhSavedDialog *self)
{
  guint n = ph_saved_filters_get_n (self->saved);

  while (self->rows->len < n)
    add_row (self);
  while (self->rows->len > n)
    {
      GtkWidget *row = self->rows->pdata[self->rows->len - 1];

      g_ptr_array_set_size (self->rows, (int) self->rows->len - 1);
      adw_preferences_group_remove (self->group, row);
    }
  for (guint i = 0; i < n; i++)
    fill_row (self, i);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "none");
}

/* --- life --- */

static void
ph_saved_dialog_dispose (GObject *object)
{
  PhSavedDialog *self = PH_SAVED_DIALOG (object);

  if (self->saved)
    g_signal_handlers_disconnect_by_data (self->saved, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_SAVED_DIALOG);
  g_clear_object (&self->saved);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (ph_saved_dialog_parent_class)->dispose (object);
}

static void
ph_saved_dialog_class_init (PhSavedDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_saved_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-saved-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSavedDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, PhSavedDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PhSavedDialog, group);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ph_saved_dialog_init (PhSavedDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

PhSavedDialog *
ph_saved_dialog_new (GtkWindow *parent, PhSavedFilters *saved)
{
  PhSavedDialog *self = g_object_new (PH_TYPE_SAVED_DIALOG, "transient-for", parent, NULL);

  self->saved = g_object_ref (saved);
  g_signal_connect_swapped (saved, "changed", G_CALLBACK (update), self);
  update (self);
  return self;
}
