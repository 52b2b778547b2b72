/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts are the table's own columns where there is one, so that both say the same. */
#include "ph-link-details.h"

#include <glib/gi18n.h>

#include "ph-column-fact.h"
#include "ph-facts.h"
#include "ph-graph.h"
#include "ph-link-counters.h"
#include "ph-look-words.h"
#include "ph-print.h"
#include "ph-severity.h"

struct _PhLinkDetails
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *gone;
  GtkScrolledWindow *scrolled;
  PhGraph *graph;
  PhFacts *facts;
  PhFacts *counters;
  GtkWidget *no_counters;

  guint32 index; /* of the link on show; 0: none */
};

G_DEFINE_FINAL_TYPE (PhLinkDetails, ph_link_details, ADW_TYPE_BIN)

enum
{
  SIGNAL_CLOSE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- facts --- */

static void
add_column (PhFacts *facts, const PhLink *link, const char *name, const char *id)
{
  static const PhStyle style = { .quiet = TRUE };

  ph_column_fact_add (facts, &ph_link_schema, link, &style, name, id);
}

static void
print_lifetime (const PhLinkAddress *address, GString *text)
{
  g_autoptr (GString) time = g_string_new (NULL);

  if (address->valid_s == PH_LIFETIME_FOREVER)
    return;
  ph_print_duration (time, address->valid_s);
  /* Translators: how much longer an address is valid: “for 23 h” */
  g_string_append_printf (text, _ (", for %s"), time->str);
}

static void
print_address (const PhLinkAddress *address, GString *text)
{
  g_autoptr (GString) flags = g_string_new (NULL);

  ph_link_address_print (address, text);
  g_string_append (text, " (");
  ph_link_scope_print (address->scope, text);
  ph_link_address_flags_print (address, flags);
  if (flags->len > 0)
    g_string_append_printf (text, ", %s", flags->str);
  print_lifetime (address, text);
  g_string_append_c (text, ')');
}

static void
add_addresses (PhFacts *facts, const PhLink *link)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *why = link->addresses_error.code ? ph_error_words (&link->addresses_error) : NULL;

  for (guint i = 0; i < link->n_addresses; i++)
    {
      if (i > 0)
        g_string_append_c (text, '\n');
      print_address (&link->addresses[i], text);
    }
  if (text->len == 0)
    g_string_append (text, why ? "—" : _ ("None"));
  ph_facts_add (facts, &(PhFact){ .name = _ ("Addresses"), .value = text->str, .meaning = why });
}

static void
add_groups (PhFacts *facts, const PhLink *link)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *why = link->groups_error.code ? ph_error_words (&link->groups_error) : NULL;

  for (guint i = 0; i < link->n_groups; i++)
    {
      char group[PH_ADDRESS_TEXT_MAX];

      ph_address_format (&link->groups[i], group);
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", group);
    }
  if (text->len == 0)
    g_string_append (text, why ? "—" : _ ("None"));
  ph_facts_add (facts, &(PhFact){ .name = _ ("Multicast groups joined"), .value = text->str, .meaning = why });
}

static void
show_facts (PhLinkDetails *self, const PhLink *link)
{
  ph_facts_begin (self->facts);
  add_column (self->facts, link, _ ("State"), "state");
  add_column (self->facts, link, _ ("Kind"), "kind");
  add_column (self->facts, link, _ ("More of its kind"), "detail");
  add_column (self->facts, link, _ ("Written on it"), "alias");
  add_addresses (self->facts, link);
  add_column (self->facts, link, _ ("Hardware address"), "mac");
  add_column (self->facts, link, _ ("Speed"), "speed");
  add_column (self->facts, link, _ ("Duplex"), "duplex");
  add_column (self->facts, link, _ ("Largest packet (MTU), bytes"), "mtu");
  add_column (self->facts, link, _ ("Belongs to"), "master");
  add_column (self->facts, link, _ ("Stands on"), "link");
  add_column (self->facts, link, _ ("Flags"), "flags");
  add_groups (self->facts, link);
  add_column (self->facts, link, _ ("Queueing"), "qdisc");
  add_column (self->facts, link, _ ("Carrier changes"), "carrier_changes");
  add_column (self->facts, link, _ ("Number"), "index");
  ph_facts_end (self->facts);
}

/* --- counters --- */

/* Where netstat has it, and what the kernel calls it. */
static char *
counter_place (const PhLinkCounter *counter)
{
  const PhColumn *column = counter->column ? ph_schema_find_column (&ph_link_schema, counter->column) : NULL;

  if (!column)
    return g_strdup (counter->id);
  switch (counter->part)
    {
    case PH_LINK_COUNTER_ADDED:
      /* Translators: the kernel's name of a counter, and a column of the table */
      return g_strdup_printf (_ ("%s, added up in %s"), counter->id, _ (column->title));
    case PH_LINK_COUNTER_INSIDE:
      /* Translators: likewise; that column's counter counts it, too */
      return g_strdup_printf (_ ("%s, also counted in %s"), counter->id, _ (column->title));
    default:
      return g_strdup_printf (_ ("%s, shown as %s"), counter->id, _ (column->title));
    }
}

static void
show_counters (PhLinkDetails *self, const PhLink *link)
{
  ph_facts_begin (self->counters);
  for (guint i = 0; link->has_stats && i < PH_N_LINK_COUNTERS; i++)
    {
      const PhLinkCounter *counter = &ph_link_counters[i];
      guint64 value = ph_link_counter_value (counter, &link->stats);
      gboolean bad = value > 0 && counter->severity != PH_SEVERITY_INFORMATION;
      g_autoptr (GString) number = g_string_new (NULL);
      g_autofree char *place = counter_place (counter);

      ph_print_uint (number, value);
      ph_facts_add (self->counters, &(PhFact){
                                        .name = _ (counter->title),
                                        .value = number->str,
                                        .meaning = _ (counter->meaning),
                                        .tooltip = place,
                                        .icon = bad ? ph_severity_icon (counter->severity) : NULL,
                                        .icon_words = bad ? ph_severity_words (counter->severity) : NULL,
                                        .number = TRUE,
                                    });
    }
  ph_facts_end (self->counters);
  gtk_widget_set_visible (GTK_WIDGET (self->counters), link->has_stats);
  gtk_widget_set_visible (self->no_counters, !link->has_stats);
}

/* --- the whole --- */

static void
show_header (PhLinkDetails *self, const PhLink *link)
{
  gboolean gone = link->head.mark == PH_MARK_CLOSED;
  g_autofree char *subtitle = NULL;

  /* Translators: kind and state of an interface: “veth · UP” */
  subtitle
      = g_strdup_printf (_ ("%s · %s"), link->kind ? link->kind : "—", gone ? _ ("gone") : ph_link_state_name (link));
  gtk_label_set_text (self->title, link->name);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_widget_set_visible (self->gone, gone);
}

/* Another one than before: it begins at its top, and has a name of its own for a screen reader. */
static void
show_another (PhLinkDetails *self, const PhLink *link)
{
  /* Translators: %s is the name of an interface */
  g_autofree char *graph = g_strdup_printf (_ ("Traffic of %s"), link->name);
  g_autofree char *pane = g_strdup_printf (_ ("Details of %s"), link->name);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  ph_graph_set_name (self->graph, graph);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, pane, -1);
}

void
ph_link_details_show (PhLinkDetails *self, const PhLink *link, const PhHistory *history, gint64 now_us)
{
  guint32 index = link ? link->key.index : 0;

  ph_graph_show (self->graph, link ? history : NULL, now_us);
  if (link)
    {
      if (index != self->index)
        show_another (self, link);
      show_header (self, link);
      show_facts (self, link);
      show_counters (self, link);
    }
  self->index = index;
}

char *
ph_link_details_dup_text (PhLinkDetails *self)
{
  g_autofree char *facts = ph_facts_dup_text (self->facts);
  g_autofree char *counters = ph_facts_dup_text (self->counters);

  if (self->index == 0)
    return g_strdup ("");
  return g_strconcat (gtk_label_get_text (self->title), "\n", facts, counters, NULL);
}

static void
close_clicked (PhLinkDetails *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSE], 0);
}

static void
copy_clicked (PhLinkDetails *self)
{
  g_autofree char *text = ph_link_details_dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

/* --- life --- */

static void
ph_link_details_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_LINK_DETAILS);
  G_OBJECT_CLASS (ph_link_details_parent_class)->dispose (object);
}

static void
ph_link_details_class_init (PhLinkDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_link_details_dispose;
  signals[SIGNAL_CLOSE]
      = g_signal_new ("close", PH_TYPE_LINK_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PH_TYPE_FACTS);
  g_type_ensure (PH_TYPE_GRAPH);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-link-details.ui");
  gtk_widget_class_bind_template_child (widget_class, PhLinkDetails, title);
  gtk_widget_class_bind_template_child (widget_class, PhLinkDetails, subtitle);
  gtk_widget_class_bind_template_child (widget_class, PhLinkDetails, gone);
  gtk_widget_class_bind_template_child (widget_class, PhLinkDetails, scrolled);
  gtk_widget_class_bind_template_child (widget_class, PhLinkDetails, graph);
  gtk_widget_class_bind_template_child (widget_class, PhLinkDetails, facts);
  gtk_widget_class_bind_template_child (widget_class, PhLinkDetails, counters);
  gtk_widget_class_bind_template_child (widget_class, PhLinkDetails, no_counters);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ph_link_details_init (PhLinkDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
