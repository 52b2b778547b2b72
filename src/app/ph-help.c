/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a click shows goes the way of the command line: the same words are parsed, by the same parser. */
#include "ph-help.h"

#include <glib/gi18n.h>

#include "ph-help-row.h"

struct _PhHelp
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkSearchEntry *entry;
  GtkListBox *list;

  PhWindow *window; /* borrowed: it is our parent, and goes last */
  char *search;     /* folded */
};

G_DEFINE_FINAL_TYPE (PhHelp, ph_help, ADW_TYPE_WINDOW)

/* --- what clicks do --- */

static void
show_arguments (PhHelp *self, const char *arguments)
{
  g_autofree char *line = g_strconcat ("porthole ", arguments, NULL);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhOptions) options = ph_options_parse (PH_PROGRAM_WINDOW, (int) g_strv_length (argv), argv, &error);

  if (options)
    ph_window_apply_options (self->window, options);
  else
    g_warning ("%s", error->message); /* one of our own */
}

static void
row_activated (PhHelp *self, PhHelpRow *row)
{
  const PhOptionClick *click = ph_help_row_get_click (row);

  if (!click)
    return;
  gtk_window_present (GTK_WINDOW (self->window));
  if (click->arguments)
    show_arguments (self, click->arguments);
  else
    gtk_widget_activate_action (GTK_WIDGET (ph_window_get_page (self->window)), click->action, NULL);
}

static void
show_shortcuts (PhHelp *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.show-help-overlay", NULL);
}

/* --- searching --- */

static gboolean
matches (GtkListBoxRow *row, gpointer data)
{
  return ph_help_row_matches (PH_HELP_ROW (row), PH_HELP (data)->search);
}

static void
search_changed (PhHelp *self)
{
  g_free (self->search);
  self->search = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);
  gtk_list_box_invalidate_filter (self->list);
}

/* Enter in the entry means the first that was found. */
static void
show_first (PhHelp *self)
{
  GtkListBoxRow *row;

  search_changed (self); /* the entry waits a little before it tells */
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    if (matches (row, self) && ph_help_row_get_click (PH_HELP_ROW (row)))
      {
        row_activated (self, PH_HELP_ROW (row));
        return;
      }
}

static void
head (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *heading = ph_help_row_get_heading (PH_HELP_ROW (row));
  GtkWidget *label;

  if (before && g_str_equal (ph_help_row_get_heading (PH_HELP_ROW (before)), heading))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row))
    return;
  label = gtk_label_new (heading);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "ph-heading");
  gtk_list_box_row_set_header (row, label);
}

/* --- life --- */

static void
fill (PhHelp *self)
{
  guint n_entries;
  PhOptionEntry *entries = ph_options_guide (PH_PROGRAM_WINDOW, &n_entries);
  const char *heading = "";

  for (guint i = 0; i < n_entries; i++)
    {
      if (entries[i].heading)
        {
          heading = entries[i].help;
          continue;
        }
      if (!entries[i].help) /* the usage text leaves them out */
        heading = _ ("Understood all the same:");
      gtk_list_box_append (self->list,
                           GTK_WIDGET (ph_help_row_new (&entries[i], ph_option_click_find (entries[i].id), heading)));
    }
  ph_options_guide_free (entries, n_entries);
}

static gboolean
close_window (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
ph_help_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_HELP);
  G_OBJECT_CLASS (ph_help_parent_class)->dispose (object);
}

static void
ph_help_finalize (GObject *object)
{
  g_free (PH_HELP (object)->search);
  G_OBJECT_CLASS (ph_help_parent_class)->finalize (object);
}

static void
ph_help_class_init (PhHelpClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_help_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_help_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-help.ui");
  gtk_widget_class_bind_template_child (widget_class, PhHelp, toasts);
  gtk_widget_class_bind_template_child (widget_class, PhHelp, entry);
  gtk_widget_class_bind_template_child (widget_class, PhHelp, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, show_first);
  gtk_widget_class_bind_template_callback (widget_class, show_shortcuts);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, close_window, NULL);
}

static void
ph_help_init (PhHelp *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->search = g_strdup ("");
  gtk_list_box_set_filter_func (self->list, matches, self, NULL);
  gtk_list_box_set_header_func (self->list, head, NULL, NULL);
  gtk_search_entry_set_key_capture_widget (self->entry, GTK_WIDGET (self));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->entry));
}

void
ph_help_add_toast (PhHelp *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, toast);
}

PhHelp *
ph_help_new (PhWindow *window)
{
  PhHelp *self = g_object_new (PH_TYPE_HELP, "transient-for", window, "application",
                               gtk_window_get_application (GTK_WINDOW (window)), NULL);

  self->window = window;
  fill (self);
  return self;
}
