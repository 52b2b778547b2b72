/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are kept and told other values: nothing is made or destroyed while a table only lives. */
#include "ph-facet-section.h"

#include <glib/gi18n.h>

#include "ph-facet-menu.h"

#define FIRST       8  /* values in sight, unless all are wanted */
#define MORE_INDENT 22 /* to where their texts begin; a style sheet does not know from which side */

struct _PhFacetSection
{
  AdwBin parent_instance;

  const PhFacetField *field;
  GtkWidget *expander;
  GtkListBox *list;
  GtkButton *more;
  PhFacetMenu *menu; /* NULL: gone */

  GPtrArray *rows;   /* PhFacetRow, all there are */
  GPtrArray *values; /* PhFacetValue: copies of those in the list, in its order */
  guint n_distinct;
  gboolean all;
};

G_DEFINE_FINAL_TYPE (PhFacetSection, ph_facet_section, ADW_TYPE_BIN)

enum
{
  PROP_EXPANDED = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
value_free (gpointer data)
{
  PhFacetValue *value = data;

  g_free (value->value);
  g_free (value->label);
  g_free (value);
}

static PhFacetValue *
value_copy (const PhFacetValue *value)
{
  PhFacetValue *copy = g_memdup2 (value, sizeof *value);

  copy->value = g_strdup (value->value);
  copy->label = g_strdup (value->label);
  return copy;
}

/* --- what is in sight --- */

static void
show_more (PhFacetSection *self)
{
  g_autofree char *label = NULL;
  guint n = self->values->len;

  if (self->all)
    label = g_strdup (_ ("Show Fewer"));
  else if (self->n_distinct > n)
    /* Translators: of very many values, the most frequent ones */
    label = g_strdup_printf (_ ("Show %'u of %'u"), n, self->n_distinct);
  else
    label = g_strdup_printf (_ ("Show All %'u"), n);
  gtk_button_set_label (self->more, label);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n > FIRST);
}

static void
show_rows (PhFacetSection *self)
{
  guint n = 0;

  for (guint i = 0; i < self->values->len; i++)
    {
      const PhFacetValue *value = self->values->pdata[i];

      if (i >= FIRST && !self->all && value->choice == PH_FILTER_OPEN)
        continue;
      if (n == self->rows->len)
        {
          g_ptr_array_add (self->rows, ph_facet_row_new (self->field));
          gtk_list_box_append (self->list, self->rows->pdata[n]);
        }
      ph_facet_row_set (self->rows->pdata[n], value);
      gtk_widget_set_visible (self->rows->pdata[n++], TRUE);
    }
  for (; n < self->rows->len; n++)
    gtk_widget_set_visible (self->rows->pdata[n], FALSE);
  show_more (self);
}

gboolean
ph_facet_section_has_menu (PhFacetSection *self)
{
  return self->menu && ph_facet_menu_is_open (self->menu);
}

/* The old order with the new counts, and behind it what is new. */
static GPtrArray *
keep_order (PhFacetSection *self, const PhFacet *facet)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func (value_free);
  g_autoptr (GHashTable) by_value = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < facet->n_values; i++)
    g_hash_table_insert (by_value, facet->values[i].value, &facet->values[i]);
  for (guint i = 0; i < self->values->len; i++)
    {
      PhFacetValue *old = self->values->pdata[i];
      const PhFacetValue *new = g_hash_table_lookup (by_value, old->value);

      g_ptr_array_add (kept, value_copy (new ? new : old));
      if (!new)
        {
          ((PhFacetValue *) kept->pdata[i])->count = 0;
          ((PhFacetValue *) kept->pdata[i])->choice = PH_FILTER_OPEN;
        }
      else
        g_hash_table_remove (by_value, old->value);
    }
  for (guint i = 0; i < facet->n_values; i++)
    if (g_hash_table_contains (by_value, facet->values[i].value))
      g_ptr_array_add (kept, value_copy (&facet->values[i]));
  return kept;
}

static GPtrArray *
take_order (const PhFacet *facet)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (value_free);

  for (guint i = 0; i < facet->n_values; i++)
    g_ptr_array_add (values, value_copy (&facet->values[i]));
  return values;
}

/* That all rows have no value is nothing to choose. */
static gboolean
is_useful (const PhFacet *facet)
{
  return facet->n_values > 1
         || (facet->n_values == 1 && (facet->values[0].label || facet->values[0].choice != PH_FILTER_OPEN));
}

void
ph_facet_section_set_facet (PhFacetSection *self, const PhFacet *facet, gboolean held)
{
  GPtrArray *values = held ? keep_order (self, facet) : take_order (facet);

  g_ptr_array_unref (self->values);
  self->values = values;
  self->n_distinct = facet->n_distinct;
  show_rows (self);
  if (!held || is_useful (facet))
    gtk_widget_set_visible (GTK_WIDGET (self), is_useful (facet));
}

static void
more_clicked (PhFacetSection *self)
{
  self->all = !self->all;
  show_rows (self);
}

/* --- choosing --- */

static void
choose (gpointer section, PhFacetRow *row, PhFilterChoice choice)
{
  PhFacetSection *self = section;
  g_autofree char *value = g_strdup (ph_facet_row_get_value (row));

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, value, (guint) choice);
}

/* Once more takes it away; so does a click on what is left out. */
static void
row_activated (PhFacetSection *self, PhFacetRow *row)
{
  choose (self, row, ph_facet_row_get_choice (row) == PH_FILTER_OPEN ? PH_FILTER_INCLUDED : PH_FILTER_OPEN);
}

static void
exclude (PhFacetSection *self, PhFacetRow *row)
{
  choose (self, row, ph_facet_row_get_choice (row) == PH_FILTER_EXCLUDED ? PH_FILTER_OPEN : PH_FILTER_EXCLUDED);
}

static void
pressed (GtkGestureClick *gesture, int n, double x, double y, PhFacetSection *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int) y);

  if (!row || !(state & GDK_CONTROL_MASK))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  exclude (self, PH_FACET_ROW (row));
}

static PhFacetRow *
focused_row (PhFacetSection *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  return focus && PH_IS_FACET_ROW (focus) ? PH_FACET_ROW (focus) : NULL;
}

static gboolean
exclude_focused (GtkWidget *list, GVariant *arguments, gpointer data)
{
  PhFacetRow *row = focused_row (data);

  if (row)
    exclude (data, row);
  return row != NULL;
}

/* --- the menu --- */

static void
menu_pressed (GtkGestureClick *gesture, int n, double x, double y, PhFacetSection *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int) y);
  graphene_point_t at;

  if (!row
      || !gtk_widget_compute_point (GTK_WIDGET (self->list), GTK_WIDGET (self),
                                    &GRAPHENE_POINT_INIT ((float) x, (float) y), &at))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  ph_facet_menu_open (self->menu, PH_FACET_ROW (row), &GRAPHENE_RECT_INIT (at.x, at.y, 1, 1));
}

static gboolean
menu_key (GtkWidget *list, GVariant *arguments, gpointer data)
{
  PhFacetRow *row = focused_row (data);
  GtkWidget *viewport = gtk_widget_get_ancestor (list, GTK_TYPE_VIEWPORT);
  graphene_rect_t box, sight;

  if (!row)
    return FALSE;
  /* Where it has been scrolled out of sight there is no place for a menu. */
  if (viewport
      && (!gtk_widget_compute_bounds (GTK_WIDGET (row), viewport, &sight) || sight.origin.y < 0
          || sight.origin.y + sight.size.height > (float) gtk_widget_get_height (viewport)))
    return FALSE;
  if (!gtk_widget_compute_bounds (GTK_WIDGET (row), data, &box))
    return FALSE;
  ph_facet_menu_open (PH_FACET_SECTION (data)->menu, row, &box);
  return TRUE;
}

/* --- life --- */

static void
expanded_changed (PhFacetSection *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EXPANDED]);
}

static void
add_key (PhFacetSection *self, GtkEventController *keys, const char *trigger, GtkShortcutFunc func)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), gtk_callback_action_new (func, self, NULL)));
}

static void
add_gesture (PhFacetSection *self, guint button, GCallback callback)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", callback, self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));
}

static void
listen (PhFacetSection *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  /* Before the list, to which Ctrl and Enter is Enter. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_key (self, keys, "<Control>Return|<Control>KP_Enter|<Control>space", exclude_focused);
  add_key (self, keys, "Menu|<Shift>F10", menu_key);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  add_gesture (self, GDK_BUTTON_PRIMARY, G_CALLBACK (pressed));
  add_gesture (self, GDK_BUTTON_SECONDARY, G_CALLBACK (menu_pressed));
}

static void
ph_facet_section_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_object_get_property (G_OBJECT (PH_FACET_SECTION (object)->expander), "expanded", value);
}

static void
ph_facet_section_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  g_object_set_property (G_OBJECT (PH_FACET_SECTION (object)->expander), "expanded", value);
}

static void
ph_facet_section_dispose (GObject *object)
{
  PhFacetSection *self = PH_FACET_SECTION (object);

  g_clear_pointer (&self->menu, ph_facet_menu_free);
  G_OBJECT_CLASS (ph_facet_section_parent_class)->dispose (object);
}

static void
ph_facet_section_finalize (GObject *object)
{
  PhFacetSection *self = PH_FACET_SECTION (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->values);
  G_OBJECT_CLASS (ph_facet_section_parent_class)->finalize (object);
}

static void
ph_facet_section_class_init (PhFacetSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ph_facet_section_get_property;
  object_class->set_property = ph_facet_section_set_property;
  object_class->dispose = ph_facet_section_dispose;
  object_class->finalize = ph_facet_section_finalize;
  props[PROP_EXPANDED] = g_param_spec_boolean ("expanded", NULL, NULL, TRUE,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", PH_TYPE_FACET_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
}

static void
ph_facet_section_init (PhFacetSection *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->rows = g_ptr_array_new ();
  self->values = g_ptr_array_new_with_free_func (value_free);
  self->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "ph-facet-values");
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated), self);
  self->more = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->more), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "ph-facet-more");
  gtk_widget_set_margin_start (GTK_WIDGET (self->more), MORE_INDENT);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_clicked), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->more));

  self->expander = gtk_expander_new (NULL);
  gtk_expander_set_expanded (GTK_EXPANDER (self->expander), TRUE);
  gtk_expander_set_child (GTK_EXPANDER (self->expander), box);
  g_signal_connect_swapped (self->expander, "notify::expanded", G_CALLBACK (expanded_changed), self);
  adw_bin_set_child (ADW_BIN (self), self->expander);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->menu = ph_facet_menu_new (GTK_WIDGET (self), choose, self);
  listen (self);
}

PhFacetSection *
ph_facet_section_new (const PhFacetField *field)
{
  PhFacetSection *self = g_object_new (PH_TYPE_FACET_SECTION, NULL);
  GtkWidget *title = gtk_label_new (_ (field->title));

  self->field = field;
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_set_margin_start (title, 4);
  gtk_expander_set_label_widget (GTK_EXPANDER (self->expander), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->expander), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (field->title), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (field->title), -1);
  return self;
}

const PhFacetField *
ph_facet_section_get_field (PhFacetSection *self)
{
  return self->field;
}
