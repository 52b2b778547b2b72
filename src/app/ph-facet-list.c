/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is folded is not counted, and shows again what it last was until it is.
 *
 * While somebody is at it nothing moves: not the row under the pointer, whatever is chosen in it, nor the one that keys
 * have reached. What has gone stays with a nought, and what is new comes last.
 */
#include "ph-facet-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-facet-section.h"

struct _PhFacetList
{
  AdwBin parent_instance;

  GtkScrolledWindow *scrolled;
  GtkBox *box;
  GPtrArray *sections; /* PhFacetSection, in the schema's order */
  char **folded;
  gboolean folding; /* we do it ourselves */

  GtkEventController *motion;
  gboolean by_keys; /* what was done last in it */
};

G_DEFINE_FINAL_TYPE (PhFacetList, ph_facet_list, ADW_TYPE_BIN)

enum
{
  PROP_FOLDED = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
is_expanded (PhFacetSection *section)
{
  gboolean expanded;

  g_object_get (section, "expanded", &expanded, NULL);
  return expanded;
}

static void
expanded_changed (PhFacetList *self)
{
  g_autoptr (GStrvBuilder) folded = NULL;

  if (self->folding)
    return;
  folded = g_strv_builder_new ();
  for (guint i = 0; i < self->sections->len; i++)
    if (!is_expanded (self->sections->pdata[i]))
      g_strv_builder_add (folded, ph_facet_section_get_field (self->sections->pdata[i])->field);
  g_strfreev (self->folded);
  self->folded = g_strv_builder_end (folded);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLDED]);
}

static void
fold (PhFacetList *self)
{
  self->folding = TRUE;
  for (guint i = 0; i < self->sections->len; i++)
    {
      const char *field = ph_facet_section_get_field (self->sections->pdata[i])->field;

      g_object_set (self->sections->pdata[i], "expanded", !g_strv_contains ((const char *const *) self->folded, field),
                    NULL);
    }
  self->folding = FALSE;
}

static void
chosen (PhFacetList *self, const char *value, guint choice, PhFacetSection *section)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, ph_facet_section_get_field (section)->field, value, choice);
}

void
ph_facet_list_set_schema (PhFacetList *self, const PhSchema *schema)
{
  g_return_if_fail (self->sections->len == 0);

  for (guint i = 0; i < MIN (schema->n_facets, PH_FACETS_MAX); i++)
    {
      PhFacetSection *section = ph_facet_section_new (&schema->facets[i]);

      g_ptr_array_add (self->sections, section);
      g_signal_connect_object (section, "chosen", G_CALLBACK (chosen), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (section, "notify::expanded", G_CALLBACK (expanded_changed), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->box, GTK_WIDGET (section));
    }
  fold (self);
}

gboolean
ph_facet_list_has_schema (PhFacetList *self)
{
  return self->sections->len > 0;
}

guint64
ph_facet_list_get_wanted (PhFacetList *self)
{
  guint64 wanted = 0;

  for (guint i = 0; i < self->sections->len; i++)
    if (is_expanded (self->sections->pdata[i]))
      wanted |= G_GUINT64_CONSTANT (1) << i;
  return wanted;
}

static gboolean
is_held (PhFacetList *self)
{
  if (gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (self->motion))
      || (self->by_keys && gtk_widget_get_focus_child (GTK_WIDGET (self))))
    return TRUE;
  for (guint i = 0; i < self->sections->len; i++)
    if (ph_facet_section_has_menu (self->sections->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
entered (PhFacetList *self)
{
  self->by_keys = FALSE;
}

static gboolean
key_pressed (PhFacetList *self)
{
  self->by_keys = TRUE;
  return GDK_EVENT_PROPAGATE;
}

void
ph_facet_list_set_facets (PhFacetList *self, const PhFacets *facets)
{
  gboolean held = is_held (self);

  for (guint i = 0; i < facets->n_facets; i++)
    for (guint j = 0; j < self->sections->len; j++)
      if (ph_facet_section_get_field (self->sections->pdata[j]) == facets->facets[i].field)
        ph_facet_section_set_facet (self->sections->pdata[j], &facets->facets[i], held);
}

static void
ph_facet_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boxed (value, PH_FACET_LIST (object)->folded);
}

static void
ph_facet_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhFacetList *self = PH_FACET_LIST (object);
  char **folded = g_value_get_boxed (value) ? g_value_dup_boxed (value) : g_new0 (char *, 1);

  if (g_strv_equal ((const char *const *) folded, (const char *const *) self->folded))
    {
      g_strfreev (folded);
      return;
    }
  g_strfreev (self->folded);
  self->folded = folded;
  fold (self);
  g_object_notify_by_pspec (object, pspec);
}

/* What the keys have reached is brought in sight; what the pointer has pressed is, and must not move until it is let
 * go. A viewport can do that, but not for a heading alone: all of its section is the button. */
static void
focus_changed (PhFacetList *self, GParamSpec *pspec, GtkRoot *root)
{
  GtkWidget *focus = gtk_root_get_focus (root);
  graphene_rect_t box;

  if (!focus || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->box)))
    return;
  if (gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (self->motion)) && !self->by_keys)
    return;
  if (GTK_IS_EXPANDER (focus))
    focus = gtk_expander_get_label_widget (GTK_EXPANDER (focus));
  if (gtk_widget_compute_bounds (focus, GTK_WIDGET (self->box), &box))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->scrolled), box.origin.y,
                               box.origin.y + box.size.height);
}

static void
ph_facet_list_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_facet_list_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget", G_CALLBACK (focus_changed), widget,
                           G_CONNECT_SWAPPED);
}

static void
ph_facet_list_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), focus_changed, widget);
  GTK_WIDGET_CLASS (ph_facet_list_parent_class)->unroot (widget);
}

static void
ph_facet_list_finalize (GObject *object)
{
  PhFacetList *self = PH_FACET_LIST (object);

  g_ptr_array_unref (self->sections);
  g_strfreev (self->folded);
  G_OBJECT_CLASS (ph_facet_list_parent_class)->finalize (object);
}

static void
ph_facet_list_class_init (PhFacetListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ph_facet_list_get_property;
  object_class->set_property = ph_facet_list_set_property;
  object_class->finalize = ph_facet_list_finalize;
  GTK_WIDGET_CLASS (klass)->root = ph_facet_list_root;
  GTK_WIDGET_CLASS (klass)->unroot = ph_facet_list_unroot;
  props[PROP_FOLDED] = g_param_spec_boxed ("folded", NULL, NULL, G_TYPE_STRV,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", PH_TYPE_FACET_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_UINT);
}

static void
ph_facet_list_init (PhFacetList *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  GtkEventController *keys = gtk_event_controller_key_new ();

  self->sections = g_ptr_array_new ();
  self->folded = g_new0 (char *, 1);
  self->box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6, "accessible-role",
                            GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "ph-facets");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Facets"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->box));
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled))),
                                    FALSE);
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->scrolled = GTK_SCROLLED_WINDOW (scrolled);
  adw_bin_set_child (ADW_BIN (self), scrolled);

  self->motion = gtk_event_controller_motion_new ();
  g_signal_connect_swapped (self->motion, "enter", G_CALLBACK (entered), self);
  gtk_widget_add_controller (GTK_WIDGET (self), self->motion);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
