/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernel tells nobody who joins a group: it is looked at as often as asked for. */
#include "ph-groups-page.h"

#include <glib/gi18n.h>

#include "ph-event-socket.h"

struct _PhGroupsPage
{
  PhTablePage parent_instance;
};

G_DEFINE_FINAL_TYPE (PhGroupsPage, ph_groups_page, PH_TYPE_TABLE_PAGE)

static const PhChip versions[] = {
  { "ipv4", N_ ("IPv4"), NULL, "ipv4" },
  { "ipv6", N_ ("IPv6"), NULL, "ipv6" },
};

static const PhChipGroup chips[] = {
  { N_ ("IP versions"), "is", .one = FALSE, versions, G_N_ELEMENTS (versions) },
};

static void
apply_options (PhTablePage *page, const PhOptions *options)
{
  PhChipBar *bar = ph_table_page_get_chip_bar (page);

  ph_chip_bar_set (bar, "ipv4", options->ipv4 && !options->ipv6);
  ph_chip_bar_set (bar, "ipv6", options->ipv6 && !options->ipv4);
}

static void
ph_groups_page_class_init (PhGroupsPageClass *klass)
{
  static const char *const order[] = { "interface", "group", NULL };
  PhTablePageClass *page_class = PH_TABLE_PAGE_CLASS (klass);

  page_class->table = PH_TABLE_GROUPS;
  page_class->name = "groups";
  page_class->order = order;
  page_class->details[0] = "group";
  page_class->details[1] = "interface";
  page_class->events = PH_EVENT_LINKS | PH_EVENT_ADDRESSES;
  page_class->chips = chips;
  page_class->n_chips = G_N_ELEMENTS (chips);
  page_class->apply_options = apply_options;
}

static void
ph_groups_page_init (PhGroupsPage *self)
{
}
