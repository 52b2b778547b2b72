/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chips scroll sideways where they are wider than the window. What helps to write a filter is made when the entry
 * first comes in sight. */
#include "ph-filter-bar.h"

#include "ph-filter-guide.h"
#include "ph-filter-proposals.h"
#include "ph-filter.h"
#include "ph-page-shortcut.h"
#include "ph-saved-button.h"

struct _PhFilterBar
{
  AdwBin parent_instance;

  GtkWidget *search_bar;
  GtkBox *line;
  GtkEditable *entry;
  GtkLabel *error;
  GtkWidget *row;
  GtkViewport *chips;

  PhTable *table;               /* NULL: none */
  const char *saved_as;         /* the table's name in settings; NULL: nothing is saved */
  PhFilterProposals *proposals; /* NULL: the entry was never in sight */
  gboolean changing;            /* we do it ourselves */
  PhSavedButton *star;          /* NULL: the same, or nothing is saved */
};

G_DEFINE_FINAL_TYPE (PhFilterBar, ph_filter_bar, ADW_TYPE_BIN)

enum
{
  PROP_SEARCH_MODE = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_TEXT_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Whether it is right is known only when it has been looked at: by the page, or by whoever listens. */
static void
update_star (PhFilterBar *self)
{
  if (self->star)
    ph_saved_button_set_text (self->star, ph_filter_bar_get_text (self), !ph_filter_bar_get_error (self));
}

static void
text_changed (PhFilterBar *self)
{
  if (self->changing)
    return;
  g_signal_emit (self, signals[SIGNAL_TEXT_CHANGED], 0);
}

const char *
ph_filter_bar_get_text (PhFilterBar *self)
{
  return gtk_editable_get_text (self->entry);
}

void
ph_filter_bar_edit_text (PhFilterBar *self, const char *text)
{
  /* It is emptied first, which it tells at once: as if there were no filter in between. */
  self->changing = TRUE;
  gtk_editable_set_text (self->entry, text);
  self->changing = FALSE;
  if (*text == '\0')
    text_changed (self);
  gtk_editable_set_position (self->entry, -1);
  if (self->proposals)
    ph_filter_proposals_close (self->proposals);
}

void
ph_filter_bar_set_text (PhFilterBar *self, const char *text)
{
  ph_filter_bar_edit_text (self, text);
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), *text != '\0');
}

/* Underlines what is wrong. */
static void
mark_error (PhFilterBar *self, gsize position)
{
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (self->entry));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);
  gsize start, end;

  ph_filter_error_span (ph_filter_bar_get_text (self), position, &start, &end);
  line->start_index = (guint) start;
  line->end_index = (guint) end;
  pango_attr_list_insert (attributes, line);
  gtk_text_set_attributes (text, attributes);
}

void
ph_filter_bar_set_error (PhFilterBar *self, const char *message, gsize position)
{
  if (message)
    mark_error (self, position);
  else
    gtk_text_set_attributes (GTK_TEXT (gtk_editable_get_delegate (self->entry)), NULL);
  gtk_label_set_text (self->error, message ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), message != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               message ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (message)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  update_star (self);
}

const char *
ph_filter_bar_get_error (PhFilterBar *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->error)) ? gtk_label_get_text (self->error) : NULL;
}

void
ph_filter_bar_clear (PhFilterBar *self)
{
  ph_filter_bar_set_text (self, "");
  /* Not after the entry's delay: whoever asked for everything wants it now. */
  text_changed (self);
}

void
ph_filter_bar_set_hint (PhFilterBar *self, const char *hint)
{
  g_object_set (self->entry, "placeholder-text", hint, NULL);
}

void
ph_filter_bar_set_chips (PhFilterBar *self, GtkWidget *chips)
{
  gtk_viewport_set_child (self->chips, chips);
  gtk_widget_set_visible (self->row, chips != NULL);
}

GtkWidget *
ph_filter_bar_get_chips (PhFilterBar *self)
{
  return gtk_viewport_get_child (self->chips);
}

void
ph_filter_bar_capture_keys (PhFilterBar *self, GtkWidget *widget)
{
  gtk_search_bar_set_key_capture_widget (GTK_SEARCH_BAR (self->search_bar), widget);
}

void
ph_filter_bar_set_saved (PhFilterBar *self, const char *table)
{
  self->saved_as = table;
}

void
ph_filter_bar_set_table (PhFilterBar *self, PhTable *table)
{
  g_set_object (&self->table, table);
}

/* One more, after what is there already. */
static void
chosen (PhFilterBar *self, const char *term)
{
  const char *text = ph_filter_bar_get_text (self);
  g_autofree char *both = g_strconcat (text, *text && !g_str_has_suffix (text, " ") ? " " : "", term, NULL);

  /* First the focus: then the text counts as typed, and a field's values are proposed. */
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_text (self->entry, both);
  gtk_editable_set_position (self->entry, -1);
}

/* In place of what is there, and at once. */
static void
saved_chosen (PhFilterBar *self, const char *filter)
{
  ph_filter_bar_set_text (self, filter);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (self->entry, -1);
  text_changed (self);
}

/* From anywhere on the page, also where the entry is out of sight while its terms are chips. */
static void
open_saved (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhFilterBar *self = PH_FILTER_BAR (widget);

  if (!self->saved_as || !self->table)
    return;
  g_object_set (self, "search-mode", TRUE, NULL);
  /* What has just been typed would be told of only after the entry's delay. */
  text_changed (self);
  ph_saved_button_open (self->star);
}

static void
make_star (PhFilterBar *self)
{
  g_autoptr (PhSavedFilters) saved = ph_saved_filters_new (self->saved_as);
  GtkWidget *star = ph_saved_button_new (saved);

  self->star = PH_SAVED_BUTTON (star);
  g_signal_connect_swapped (star, "chosen", G_CALLBACK (saved_chosen), self);
  gtk_box_append (self->line, star);
  ph_filter_proposals_set_saved (self->proposals, saved);
  g_signal_connect_swapped (self->proposals, "chosen", G_CALLBACK (saved_chosen), self);
  update_star (self);
}

static void
make_helpers (PhFilterBar *self)
{
  GtkWidget *guide;

  if (!self->table || self->proposals)
    return;
  self->proposals = ph_filter_proposals_new (GTK_WIDGET (self), GTK_WIDGET (self->entry), self->table);
  if (self->saved_as)
    make_star (self);
  guide = ph_filter_guide_new (ph_table_get_schema (self->table));
  g_signal_connect_swapped (guide, "chosen", G_CALLBACK (chosen), self);
  gtk_box_append (self->line, guide);
}

static void
search_mode_changed (PhFilterBar *self)
{
  if (gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar)))
    make_helpers (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SEARCH_MODE]);
}

/* --- life --- */

static void
ph_filter_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhFilterBar *self = PH_FILTER_BAR (object);

  g_value_set_boolean (value, gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar)));
}

static void
ph_filter_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhFilterBar *self = PH_FILTER_BAR (object);
  gboolean on = g_value_get_boolean (value);

  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), on);
  if (on)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
ph_filter_bar_dispose (GObject *object)
{
  PhFilterBar *self = PH_FILTER_BAR (object);

  if (self->search_bar)
    gtk_search_bar_set_key_capture_widget (GTK_SEARCH_BAR (self->search_bar), NULL);
  if (self->proposals)
    ph_filter_proposals_detach (self->proposals);
  g_clear_object (&self->proposals);
  g_clear_object (&self->table);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_FILTER_BAR);
  G_OBJECT_CLASS (ph_filter_bar_parent_class)->dispose (object);
}

static void
ph_filter_bar_class_init (PhFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ph_filter_bar_get_property;
  object_class->set_property = ph_filter_bar_set_property;
  object_class->dispose = ph_filter_bar_dispose;

  props[PROP_SEARCH_MODE] = g_param_spec_boolean ("search-mode", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_TEXT_CHANGED]
      = g_signal_new ("text-changed", PH_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, search_bar);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, line);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, entry);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, error);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, row);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, chips);
  gtk_widget_class_bind_template_callback (widget_class, text_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_changed);
  gtk_widget_class_install_action (widget_class, "filter.saved", NULL, open_saved);
}

static void
ph_filter_bar_init (PhFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar), self->entry);
  ph_page_shortcut_add (GTK_WIDGET (self), GDK_KEY_d, GDK_CONTROL_MASK, "filter.saved");
}
