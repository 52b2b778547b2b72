/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-rules-page.h"

#include <glib/gi18n.h>

#include "ph-event-socket.h"

#define ASK(name) (G_GUINT64_CONSTANT (1) << PH_REQUEST_##name)
#define SLOW_MS   5000 /* the kernel tells of every change */

struct _PhRulesPage
{
  PhTablePage parent_instance;
};

G_DEFINE_FINAL_TYPE (PhRulesPage, ph_rules_page, PH_TYPE_TABLE_PAGE)

static const PhChip versions[] = {
  { "ipv4", N_ ("IPv4"), NULL, "ipv4", ASK (RULES4) },
  { "ipv6", N_ ("IPv6"), NULL, "ipv6", ASK (RULES6) },
};

static const PhChipGroup chips[] = {
  { N_ ("IP versions"), "is", FALSE, versions, G_N_ELEMENTS (versions) },
};

static void
apply_options (PhTablePage *page, const PhOptions *options)
{
  PhChipBar *bar = ph_table_page_get_chip_bar (page);

  ph_chip_bar_set (bar, "ipv4", options->ipv4 && !options->ipv6);
  ph_chip_bar_set (bar, "ipv6", options->ipv6 && !options->ipv4);
}

static void
ph_rules_page_class_init (PhRulesPageClass *klass)
{
  static const char *const order[] = { "priority", "family", NULL };
  PhTablePageClass *page_class = PH_TABLE_PAGE_CLASS (klass);

  page_class->table = PH_TABLE_RULES;
  page_class->name = "rules";
  page_class->order = order;
  page_class->details[0] = "priority";
  page_class->details[1] = "action";
  page_class->events = PH_EVENT_RULES | PH_EVENT_LINKS;
  page_class->slow_ms = SLOW_MS;
  page_class->chips = chips;
  page_class->n_chips = G_N_ELEMENTS (chips);
  page_class->apply_options = apply_options;
}

static void
ph_rules_page_init (PhRulesPage *self)
{
}
