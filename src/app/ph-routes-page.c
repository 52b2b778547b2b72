/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cached routes are asked for only where they can be seen: a router may have learned many. */
#include "ph-routes-page.h"

#include <glib/gi18n.h>

#include "ph-event-socket.h"

#define ASK(name) (G_GUINT64_CONSTANT (1) << PH_REQUEST_##name)
#define ROUTES    (ASK (ROUTES4) | ASK (ROUTES6))
#define CACHED    (ASK (CACHED_ROUTES4) | ASK (CACHED_ROUTES6))
#define SLOW_MS   5000 /* the kernel tells of every change; but not of what expires, or of a link's carrier alone */

struct _PhRoutesPage
{
  PhTablePage parent_instance;
};

G_DEFINE_FINAL_TYPE (PhRoutesPage, ph_routes_page, PH_TYPE_TABLE_PAGE)

static const PhChip tables[] = {
  { "main", N_ ("Main Table"), N_ ("What netstat -r shows: the main table, without broadcast and multicast"), "shown",
    ROUTES },
  { "all", N_ ("All Tables"), N_ ("Every route of every table"), NULL, ROUTES | CACHED },
  { "cached", N_ ("Cached"), N_ ("Learned from redirects and path MTU discovery (netstat -C)"), "cached", CACHED },
};

static const PhChip versions[] = {
  { "ipv4", N_ ("IPv4"), NULL, "ipv4", ASK (ROUTES4) | ASK (CACHED_ROUTES4) },
  { "ipv6", N_ ("IPv6"), NULL, "ipv6", ASK (ROUTES6) | ASK (CACHED_ROUTES6) },
};

static const PhChipGroup chips[] = {
  { N_ ("Which routes"), "is", TRUE, tables, G_N_ELEMENTS (tables) },
  { N_ ("IP versions"), "is", FALSE, versions, G_N_ELEMENTS (versions) },
};

/* What was chosen goes first. If that was nothing, it is the usual view that hides what there is. */
static void
clear_chips (PhTablePage *page)
{
  PhChipBar *bar = ph_table_page_get_chip_bar (page);

  if (!ph_chip_bar_clear (bar) && *ph_table_page_get_text (page) == '\0')
    ph_chip_bar_set (bar, "all", TRUE);
}

static void
apply_options (PhTablePage *page, const PhOptions *options)
{
  PhChipBar *bar = ph_table_page_get_chip_bar (page);

  ph_chip_bar_set (bar, options->all_tables ? "all" : options->cached ? "cached" : "main", TRUE);
  ph_chip_bar_set (bar, "ipv4", options->ipv4 && !options->ipv6);
  ph_chip_bar_set (bar, "ipv6", options->ipv6 && !options->ipv4);
}

/* Of the main table's routes the table need not be told. */
static void
chips_changed (PhTablePage *page)
{
  static const char *const extra[] = { "table", "type", NULL };

  ph_table_page_set_extra_columns (page, ph_chip_bar_get (ph_table_page_get_chip_bar (page), "all") ? extra : NULL);
}

static void
ph_routes_page_constructed (GObject *object)
{
  PhTablePage *page = PH_TABLE_PAGE (object);

  G_OBJECT_CLASS (ph_routes_page_parent_class)->constructed (object);
  g_signal_connect_object (ph_table_page_get_chip_bar (page), "changed", G_CALLBACK (chips_changed), page,
                           G_CONNECT_SWAPPED);
}

static void
ph_routes_page_class_init (PhRoutesPageClass *klass)
{
  static const char *const order[] = { "destination", "metric", NULL };
  PhTablePageClass *page_class = PH_TABLE_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ph_routes_page_constructed;

  page_class->table = PH_TABLE_ROUTES;
  page_class->name = "routes";
  page_class->order = order;
  page_class->details[0] = "destination";
  page_class->details[1] = "interface";
  page_class->events = PH_EVENT_ROUTES | PH_EVENT_LINKS | PH_EVENT_ADDRESSES;
  page_class->slow_ms = SLOW_MS;
  page_class->chips = chips;
  page_class->n_chips = G_N_ELEMENTS (chips);
  page_class->clear_chips = clear_chips;
  page_class->apply_options = apply_options;
}

static void
ph_routes_page_init (PhRoutesPage *self)
{
}
