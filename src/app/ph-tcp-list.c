/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-tcp-list.h"

#include <glib/gi18n.h>

#include "ph-facts.h"

struct _PhTcpList
{
  AdwBin parent_instance;

  PhFacts *groups[PH_N_TCP_GROUPS];
  GtkLabel *missing; /* how many this kernel does not tell */
};

G_DEFINE_FINAL_TYPE (PhTcpList, ph_tcp_list, ADW_TYPE_BIN)

/* What fits beside its name; a word is no longer than most numbers. */
#define SHORT 12

static void
add_fact (PhFacts *facts, const PhTcpFact *fact, const PhTcpInfo *info, PhUnits units)
{
  g_autoptr (GString) value = g_string_new (NULL);
  /* Translators: %s is what the kernel calls a value: “tcpi_rtt” */
  g_autofree char *name = g_strdup_printf (_ ("In the kernel: tcpi_%s"), fact->id);
  gboolean bad = fact->bad && ph_tcp_fact_value (fact, info) > 0;

  ph_tcp_fact_print (fact, info, units, value);
  ph_facts_add (facts, &(PhFact){
                           .name = _ (fact->title),
                           .value = value->str,
                           .meaning = _ (fact->meaning),
                           .tooltip = name,
                           .icon = bad ? "dialog-warning-symbolic" : NULL,
                           .icon_words = bad ? _ ("Worth a look") : NULL,
                           .number = fact->unit != PH_TCP_UNIT_WORDS || g_utf8_strlen (value->str, -1) <= SHORT,
                       });
}

static void
show_group (
    PhTcpList *self, PhTcpGroup group, const PhTcpInfo *info, gsize length, const char *congestion, PhUnits units)
{
  PhFacts *facts = self->groups[group];

  ph_facts_begin (facts);
  if (group == PH_TCP_GROUP_OPTIONS)
    ph_facts_add (facts, &(PhFact){
                             .name = _ ("Congestion control algorithm"),
                             .value = congestion,
                             .meaning = _ ("It decides how much may be on its way at a time."),
                         });
  for (guint i = 0; i < ph_n_tcp_facts; i++)
    if (ph_tcp_facts[i].group == group && ph_tcp_fact_is_told (&ph_tcp_facts[i], length))
      add_fact (facts, &ph_tcp_facts[i], info, units);
  ph_facts_end (facts);
}

void
ph_tcp_list_show (PhTcpList *self, const PhTcpInfo *info, gsize length, const char *congestion, PhUnits units)
{
  g_autofree char *words = NULL;
  guint missing = 0;

  for (guint group = 0; group < PH_N_TCP_GROUPS; group++)
    show_group (self, group, info, length, congestion, units);
  for (guint i = 0; i < ph_n_tcp_facts; i++)
    missing += ph_tcp_fact_is_told (&ph_tcp_facts[i], length) ? 0 : 1;
  words = g_strdup_printf (
      ngettext ("A newer kernel tells %u value more.", "A newer kernel tells %u values more.", missing), missing);
  gtk_label_set_text (self->missing, words);
  gtk_widget_set_visible (GTK_WIDGET (self->missing), missing > 0);
}

char *
ph_tcp_list_dup_text (PhTcpList *self)
{
  GString *text = g_string_new (NULL);

  for (guint group = 0; group < PH_N_TCP_GROUPS; group++)
    {
      g_autofree char *facts = ph_facts_dup_text (self->groups[group]);

      g_string_append (text, facts);
    }
  return g_string_free (text, FALSE);
}

static void
ph_tcp_list_class_init (PhTcpListClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ph_tcp_list_init (PhTcpList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  for (guint group = 0; group < PH_N_TCP_GROUPS; group++)
    {
      GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
      GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", ph_tcp_group_title (group), "xalign", 0.0,
                                       "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);

      gtk_widget_add_css_class (title, "heading");
      self->groups[group] = g_object_new (PH_TYPE_FACTS, NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->groups[group]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      ph_tcp_group_title (group), -1);
      gtk_box_append (GTK_BOX (part), title);
      gtk_box_append (GTK_BOX (part), GTK_WIDGET (self->groups[group]));
      gtk_box_append (GTK_BOX (box), part);
    }
  self->missing = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->missing), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->missing), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->missing));
  adw_bin_set_child (ADW_BIN (self), box);
}
