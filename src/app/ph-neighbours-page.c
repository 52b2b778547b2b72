/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Their times run on without anything that the kernel would tell, so they are looked at as often as was asked. */
#include "ph-neighbours-page.h"

#include <glib/gi18n.h>

#include "ph-event-socket.h"

struct _PhNeighboursPage
{
  PhTablePage parent_instance;
};

G_DEFINE_FINAL_TYPE (PhNeighboursPage, ph_neighbours_page, PH_TYPE_TABLE_PAGE)

static const PhChip which[] = {
  { "hosts", N_ ("Hosts"), N_ ("Those that have a hardware address, or should have one"), "shown", 0 },
  /* Translators: what there is all of stands before the bar; leave both out */
  { "all", N_ ("neighbours|All"), N_ ("With multicast, broadcast and loopback, which need no hardware address"), NULL,
    0 },
};

static const PhChip versions[] = {
  { "ipv4", N_ ("IPv4"), NULL, "ipv4", 0 },
  { "ipv6", N_ ("IPv6"), NULL, "ipv6", 0 },
};

static const PhChip states[] = {
  { "reachable", N_ ("Reachable"), N_ ("Known to be there: it has answered lately"), "reachable", 0 },
  { "stale", N_ ("Stale"), N_ ("Not heard of for a while: it is asked when it is needed again"), "old", 0 },
  { "failed", N_ ("Failed"), N_ ("It does not answer"), "failed", 0 },
};

static const PhChipGroup chips[] = {
  { N_ ("Which neighbours"), "is", TRUE, which, G_N_ELEMENTS (which) },
  { N_ ("IP versions"), "is", FALSE, versions, G_N_ELEMENTS (versions) },
  { N_ ("States"), "is", FALSE, states, G_N_ELEMENTS (states) },
};

/* As of routes. */
static void
clear_chips (PhTablePage *page)
{
  PhChipBar *bar = ph_table_page_get_chip_bar (page);

  if (!ph_chip_bar_clear (bar) && *ph_table_page_get_text (page) == '\0')
    ph_chip_bar_set (bar, "all", TRUE);
}

static void
ph_neighbours_page_class_init (PhNeighboursPageClass *klass)
{
  static const char *const order[] = { "address", "interface", NULL };
  PhTablePageClass *page_class = PH_TABLE_PAGE_CLASS (klass);

  page_class->table = PH_TABLE_NEIGHBOURS;
  page_class->name = "neighbours";
  page_class->order = order;
  page_class->details[0] = "address";
  page_class->details[1] = "interface";
  page_class->events = PH_EVENT_NEIGHBOURS | PH_EVENT_LINKS;
  page_class->chips = chips;
  page_class->n_chips = G_N_ELEMENTS (chips);
  page_class->clear_chips = clear_chips;
}

static void
ph_neighbours_page_init (PhNeighboursPage *self)
{
}
