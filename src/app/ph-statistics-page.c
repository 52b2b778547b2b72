/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mark is a number in the plan: the topic keeps the zeros, so that a filter or a hidden column loses nothing. */
#include "ph-statistics-page.h"

#include <glib/gi18n.h>

#include "ph-counter-netstat.h"
#include "ph-counter-summary.h"
#include "ph-page-shortcut.h"
#include "ph-pair.h"
#include "ph-print.h"
#include "ph-summary-list.h"

/* Of these, netstat -s shows only what has counted something. */
static const PhChip which[] = {
  { "counted", N_ ("Counted"), N_ ("Counters that have counted something (netstat -s)"), "zero" },
  /* Translators: what there is all of stands before the bar; leave both out */
  { "all", N_ ("counters|All"), N_ ("All counters, also those that are zero"), NULL },
};

/* netstat -s has the Linux extensions of a protocol as groups of their own. */
static const PhChip protocols[] = {
  { "ip", N_ ("IP"), N_ ("IP and its Linux extensions (IpExt)"), "ip,ipext" },
  { "icmp", N_ ("ICMP"), N_ ("ICMP, with messages by their type"), "icmp" },
  { "tcp", N_ ("TCP"), N_ ("TCP, its Linux extensions (TcpExt), Multipath TCP"), "tcp,tcpext,mptcpext" },
  { "udp", N_ ("UDP"), N_ ("UDP and UDP-Lite"), "udp,udplite" },
  { "ipv6", N_ ("IPv6"), N_ ("IPv6, and ICMP, UDP and UDP-Lite over it"), "ipv6,icmpv6,udpv6,udplitev6" },
  { "sctp", N_ ("SCTP"), NULL, "sctp" },
  { "sockets", N_ ("Sockets"), N_ ("How many sockets there are, and their memory"), "sockets" },
  { "ethernet", N_ ("Ethernet"), N_ ("All interfaces together, without loopback (netstat -e)"), "ethernet" },
};

static const PhChipGroup groups[] = {
  { N_ ("Which counters"), "-is", .one = TRUE, which, G_N_ELEMENTS (which) },
  { N_ ("Protocols"), "protocol", .one = FALSE, protocols, G_N_ELEMENTS (protocols) },
};

struct _PhStatisticsPage
{
  PhTablePage parent_instance;

  GtkLabel *since;
  PhSummaryList *summary;

  guint mark;      /* as in PhPlan; 0: none */
  guint last_mark; /* never used twice */
  gint64 mark_us;  /* when it was set, CLOCK_MONOTONIC */
};

G_DEFINE_FINAL_TYPE (PhStatisticsPage, ph_statistics_page, PH_TYPE_TABLE_PAGE)

enum
{
  PROP_SHOW_ZEROS = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

/* --- chips --- */

static gboolean
get_show_zeros (PhStatisticsPage *self)
{
  return ph_chip_bar_get (ph_table_page_get_chip_bar (PH_TABLE_PAGE (self)), "all");
}

static void
set_show_zeros (PhStatisticsPage *self, gboolean show)
{
  ph_chip_bar_set (ph_table_page_get_chip_bar (PH_TABLE_PAGE (self)), show ? "all" : "counted", TRUE);
}

static void
chips_changed (PhStatisticsPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_ZEROS]);
}

static void
clear_chips (PhTablePage *page)
{
  set_show_zeros (PH_STATISTICS_PAGE (page), TRUE);
  ph_chip_bar_clear (ph_table_page_get_chip_bar (page));
}

#define GROUP(name) PH_COUNTER_GROUP (PH_COUNTER_##name)

/* A chip for what the options are limited to, as far as there is one; the rest the filter can do. */
static void
apply_options (PhTablePage *page, const PhOptions *options)
{
  static const struct
  {
    const char *chip;
    guint64 groups;
  } of_groups[] = {
    { "ip", GROUP (IP) | GROUP (IPEXT) },     { "icmp", GROUP (ICMP) },           { "tcp", PH_COUNTER_GROUPS_TCP },
    { "udp", GROUP (UDP) | GROUP (UDPLITE) }, { "ipv6", PH_COUNTER_GROUPS_IPV6 }, { "sctp", GROUP (SCTP) },
    { "ethernet", GROUP (ETHERNET) },
  };
  PhChipBar *chips = ph_table_page_get_chip_bar (page);
  guint64 asked = ph_options_counter_groups (options);

  ph_chip_bar_clear (chips);
  set_show_zeros (PH_STATISTICS_PAGE (page), options->all);
  for (guint i = 0; i < G_N_ELEMENTS (of_groups); i++)
    if (asked & of_groups[i].groups)
      ph_chip_bar_set (chips, of_groups[i].chip, TRUE);
}

/* --- the mark --- */

static void
make_plan (PhTablePage *page, const PhColumn *const *columns, PhPlan *plan)
{
  plan->mark = PH_STATISTICS_PAGE (page)->mark;
}

static void
update_since (PhStatisticsPage *self)
{
  gint64 ago = g_get_monotonic_time () - self->mark_us;
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  if (self->mark == 0)
    {
      gtk_label_set_text (self->since, _ ("Since this computer was started:"));
      return;
    }
  time = g_date_time_new_from_unix_local ((g_get_real_time () - ago) / G_USEC_PER_SEC);
  clock = g_date_time_format (time, "%X");
  ph_print_duration (words, (guint64) (ago / G_USEC_PER_SEC));
  /* Translators: a time of day, and how long ago that was: “Since the mark at 14:03:25, 3 min ago:” */
  text = g_strdup_printf (_ ("Since the mark at %s, %s ago:"), clock, words->str);
  gtk_label_set_text (self->since, text);
}

static void
set_mark (PhStatisticsPage *self, gboolean marked)
{
  self->mark = marked ? ++self->last_mark : 0;
  self->mark_us = g_get_monotonic_time ();
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.clear-mark", marked);
  ph_table_page_chips_changed (PH_TABLE_PAGE (self)); /* the plan */
  ph_poller_refresh (ph_table_page_get_poller (PH_TABLE_PAGE (self)));
  update_since (self);
}

static void
mark (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_mark (PH_STATISTICS_PAGE (widget), TRUE);
}

static void
clear_mark (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_mark (PH_STATISTICS_PAGE (widget), FALSE);
}

static void
synced (PhTablePage *page, PhSnapshot *snapshot)
{
  PhStatisticsPage *self = PH_STATISTICS_PAGE (page);
  g_autoptr (GPtrArray) sentences = ph_counter_summary (snapshot, self->mark != 0);

  update_since (self);
  ph_summary_list_begin (self->summary);
  for (guint i = 0; i < sentences->len; i++)
    {
      const PhCounterSentence *sentence = g_ptr_array_index (sentences, i);

      ph_summary_list_add (self->summary, sentence->severity, sentence->text);
    }
  ph_summary_list_end (self->summary);
}

/* --- life --- */

static void
ph_statistics_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, get_show_zeros (PH_STATISTICS_PAGE (object)));
}

static void
ph_statistics_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_show_zeros (PH_STATISTICS_PAGE (object), g_value_get_boolean (value));
}

static void
ph_statistics_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (ph_statistics_page_parent_class)->constructed (object);
  g_signal_connect_object (ph_table_page_get_chip_bar (PH_TABLE_PAGE (object)), "changed", G_CALLBACK (chips_changed),
                           object, G_CONNECT_SWAPPED);
}

static void
ph_statistics_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_STATISTICS_PAGE);
  G_OBJECT_CLASS (ph_statistics_page_parent_class)->dispose (object);
}

static void
ph_statistics_page_class_init (PhStatisticsPageClass *klass)
{
  static const char *const order[] = { "protocol", NULL };
  static const char *const remembered[][2] = { { "statistics-zeros", "show-zeros" }, { NULL } };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PhTablePageClass *page_class = PH_TABLE_PAGE_CLASS (klass);

  object_class->get_property = ph_statistics_page_get_property;
  object_class->set_property = ph_statistics_page_set_property;
  object_class->constructed = ph_statistics_page_constructed;
  object_class->dispose = ph_statistics_page_dispose;
  props[PROP_SHOW_ZEROS] = g_param_spec_boolean ("show-zeros", NULL, NULL, FALSE,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  page_class->table = PH_TABLE_COUNTERS;
  page_class->name = "statistics";
  page_class->order = order;
  page_class->details[0] = "name";
  page_class->details[1] = "mib";
  page_class->remembered = remembered;
  page_class->chips = groups;
  page_class->n_chips = G_N_ELEMENTS (groups);
  page_class->clear_chips = clear_chips;
  page_class->apply_options = apply_options;
  page_class->make_plan = make_plan;
  page_class->synced = synced;

  g_type_ensure (PH_TYPE_PAIR);
  g_type_ensure (PH_TYPE_SUMMARY_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-statistics-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PhStatisticsPage, since);
  gtk_widget_class_bind_template_child (widget_class, PhStatisticsPage, summary);
  gtk_widget_class_install_action (widget_class, "page.mark", NULL, mark);
  gtk_widget_class_install_action (widget_class, "page.clear-mark", NULL, clear_mark);
}

static void
ph_statistics_page_init (PhStatisticsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.clear-mark", FALSE);
  update_since (self);
  ph_page_shortcut_add (GTK_WIDGET (self), GDK_KEY_m, GDK_CONTROL_MASK, "page.mark");
}
