/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-routes-section.h"

#include <glib/gi18n.h>

#include "ph-neighbours-page.h"
#include "ph-routes-page.h"
#include "ph-rules-page.h"

struct _PhRoutesSection
{
  PhSection parent_instance;
};

G_DEFINE_FINAL_TYPE (PhRoutesSection, ph_routes_section, PH_TYPE_SECTION)

void
ph_routes_section_ask (PhRoutesSection *self, const char *address)
{
}

static void
ph_routes_section_class_init (PhRoutesSectionClass *klass)
{
}

static void
ph_routes_section_init (PhRoutesSection *self)
{
  static const PhSectionTable tables[] = {
    { PH_TABLE_ROUTES, N_ ("Routes"), N_ ("Where packets are sent (netstat -r)"), ph_routes_page_get_type },
    { PH_TABLE_RULES, N_ ("Rules"), N_ ("Which routing table is looked at"), ph_rules_page_get_type },
    { PH_TABLE_NEIGHBOURS, N_ ("Neighbours"), N_ ("Hosts on this computer's own networks"),
      ph_neighbours_page_get_type },
  };

  ph_section_set_tables (PH_SECTION (self), tables, G_N_ELEMENTS (tables));
}
