/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was found stays until something else is, so that nothing flickers while one types. The focus may stay in the
 * entry: Enter there goes to the first row, and the arrow keys walk through all rows, whosever they are.
 */
#include "ph-lookup-dialog.h"

#include "ph-lookup-hit-view.h"
#include "ph-socket-finder.h"

#define BUSY_MS 300 /* before it is said that it takes its time */
#define FEW     3   /* sockets of each hit, where there are several */

struct _PhLookupDialog
{
  AdwWindow parent_instance;

  GtkEditable *entry;
  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *nothing;
  GtkScrolledWindow *scroller;
  GtkBox *hits;
  GtkLabel *note;

  PhTablePage *page; /* NULL: gone */
  PhSocketFinder *finder;
  GCancellable *cancellable; /* of the search under way; NULL: none */
  guint busy_id;
  char *asked;     /* what the search is, or was, about */
  gboolean wanted; /* Enter was pressed before there was an answer */
  GPtrArray *rows; /* GtkWidget, of all hits in order, borrowed */
};

G_DEFINE_FINAL_TYPE (PhLookupDialog, ph_lookup_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_SOCKET_CHOSEN,
  SIGNAL_ALL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- what is on show --- */

static void
show_page (PhLookupDialog *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "busy"));
}

static gboolean
show_busy (gpointer data)
{
  PhLookupDialog *self = data;

  self->busy_id = 0;
  if (self->rows->len == 0)
    show_page (self, "busy");
  return G_SOURCE_REMOVE;
}

static void
socket_chosen (PhLookupDialog *self, gpointer key)
{
  g_signal_emit (self, signals[SIGNAL_SOCKET_CHOSEN], 0, key);
  gtk_window_close (GTK_WINDOW (self));
}

static void
all_chosen (PhLookupDialog *self, const char *filter)
{
  g_signal_emit (self, signals[SIGNAL_ALL_CHOSEN], 0, filter);
  gtk_window_close (GTK_WINDOW (self));
}

static void
clear_hits (PhLookupDialog *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->hits))))
    gtk_box_remove (self->hits, child);
}

static void
show_hits (PhLookupDialog *self, const PhLookup *lookup)
{
  guint max = lookup->hits->len == 1 ? PH_LOOKUP_SOCKETS : FEW;

  for (guint i = 0; i < lookup->hits->len; i++)
    {
      PhLookupHitView *view = ph_lookup_hit_view_new (g_ptr_array_index (lookup->hits, i), max);

      g_signal_connect_swapped (view, "socket-chosen", G_CALLBACK (socket_chosen), self);
      g_signal_connect_swapped (view, "all-chosen", G_CALLBACK (all_chosen), self);
      ph_lookup_hit_view_append_rows (view, self->rows);
      gtk_box_append (self->hits, GTK_WIDGET (view));
    }
  gtk_label_set_text (self->note, lookup->note ? lookup->note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), lookup->note != NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  show_page (self, "hits");
}

/* Descriptions are markup. */
static void
show_nothing (PhLookupDialog *self, const char *why)
{
  g_autofree char *markup = g_markup_escape_text (why ? why : "", -1);

  adw_status_page_set_description (self->nothing, markup);
  show_page (self, "nothing");
}

static void
go_to_first (PhLookupDialog *self)
{
  gtk_widget_activate (g_ptr_array_index (self->rows, 0));
}

/* --- searching --- */

static void
stop (PhLookupDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->busy_id, g_source_remove);
}

static void
found (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhLookup) lookup = ph_socket_finder_find_finish (PH_SOCKET_FINDER (object), result, &error);
  PhLookupDialog *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* and @data may be gone */
  self = data;
  stop (self);
  clear_hits (self);
  if (!lookup || lookup->hits->len == 0)
    show_nothing (self, lookup ? lookup->note : error->message);
  else
    show_hits (self, lookup);
  if (self->wanted && lookup && lookup->hits->len == 1)
    go_to_first (self);
}

static void
start (PhLookupDialog *self)
{
  const char *text = gtk_editable_get_text (self->entry);

  stop (self);
  self->wanted = FALSE;
  g_free (self->asked);
  self->asked = g_strdup (text);
  if (text[strspn (text, " ")] == '\0')
    {
      clear_hits (self);
      show_page (self, "guide");
      return;
    }
  self->cancellable = g_cancellable_new ();
  self->busy_id = g_timeout_add (BUSY_MS, show_busy, self);
  ph_socket_finder_offer (self->finder, self->page ? ph_table_page_get_snapshot (self->page) : NULL);
  ph_socket_finder_find_async (self->finder, text, self->cancellable, found, self);
}

static gboolean
is_asked (PhLookupDialog *self)
{
  return g_strcmp0 (self->asked, gtk_editable_get_text (self->entry)) == 0;
}

/* --- the user speaks --- */

/* A moment after the last key. */
static void
text_changed (PhLookupDialog *self)
{
  if (!is_asked (self))
    start (self);
}

static void
entry_activated (PhLookupDialog *self)
{
  if (!is_asked (self))
    start (self);
  if (self->cancellable)
    self->wanted = TRUE;
  else if (self->rows->len > 0)
    go_to_first (self);
}

static void
search_stopped (PhLookupDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* The row that has the focus; -1: the entry, or something else. */
static int
find_focus (PhLookupDialog *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  for (guint i = 0; i < self->rows->len; i++)
    if (focus == g_ptr_array_index (self->rows, i))
      return (int) i;
  return -1;
}

static gboolean
is_in_entry (PhLookupDialog *self, GtkWidget *widget)
{
  return widget && gtk_widget_is_ancestor (widget, GTK_WIDGET (self->entry));
}

static gboolean
walk (PhLookupDialog *self, int step)
{
  int at = find_focus (self), next = at + step;

  if (at < 0 && !(step > 0 && is_in_entry (self, gtk_root_get_focus (GTK_ROOT (self)))))
    return GDK_EVENT_PROPAGATE;
  gtk_window_set_focus_visible (GTK_WINDOW (self), TRUE);
  if (next < 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  else if (next < (int) self->rows->len)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, (guint) next));
  return GDK_EVENT_STOP;
}

/* Before the entry takes it for something typed. */
static gboolean
activate_focus (PhLookupDialog *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  return focus && !is_in_entry (self, focus) && gtk_widget_activate (focus);
}

static gboolean
key_pressed (PhLookupDialog *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return walk (self, 1);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return walk (self, -1);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_space:
      return activate_focus (self);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

void
ph_lookup_dialog_look_up (PhLookupDialog *self, const char *text)
{
  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
  entry_activated (self);
}

/* --- life --- */

static void
ph_lookup_dialog_dispose (GObject *object)
{
  PhLookupDialog *self = PH_LOOKUP_DIALOG (object);

  stop (self);
  g_clear_weak_pointer (&self->page);
  g_clear_object (&self->finder);
  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_LOOKUP_DIALOG);
  G_OBJECT_CLASS (ph_lookup_dialog_parent_class)->dispose (object);
}

static void
ph_lookup_dialog_finalize (GObject *object)
{
  PhLookupDialog *self = PH_LOOKUP_DIALOG (object);

  g_ptr_array_unref (self->rows);
  g_free (self->asked);
  G_OBJECT_CLASS (ph_lookup_dialog_parent_class)->finalize (object);
}

static void
ph_lookup_dialog_class_init (PhLookupDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_lookup_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_lookup_dialog_finalize;

  signals[SIGNAL_SOCKET_CHOSEN] = g_signal_new ("socket-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_ALL_CHOSEN] = g_signal_new ("all-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-lookup-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PhLookupDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, PhLookupDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PhLookupDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, PhLookupDialog, nothing);
  gtk_widget_class_bind_template_child (widget_class, PhLookupDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, PhLookupDialog, hits);
  gtk_widget_class_bind_template_child (widget_class, PhLookupDialog, note);
  gtk_widget_class_bind_template_callback (widget_class, text_changed);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
}

static void
ph_lookup_dialog_init (PhLookupDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  /* What is typed while a row has the focus goes on being typed. */
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->entry), GTK_WIDGET (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

PhLookupDialog *
ph_lookup_dialog_new (GtkWindow *parent, PhTablePage *page)
{
  PhLookupDialog *self = g_object_new (PH_TYPE_LOOKUP_DIALOG, "transient-for", parent, NULL);

  g_set_weak_pointer (&self->page, page);
  self->finder = ph_socket_finder_new (ph_table_view_get_style (ph_table_page_get_table_view (page))->names);
  return self;
}
