/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-interfaces-section.h"

#include <glib/gi18n.h>

#include "ph-groups-page.h"
#include "ph-interfaces-page.h"

struct _PhInterfacesSection
{
  PhSection parent_instance;
};

G_DEFINE_FINAL_TYPE (PhInterfacesSection, ph_interfaces_section, PH_TYPE_SECTION)

static void
ph_interfaces_section_class_init (PhInterfacesSectionClass *klass)
{
}

static void
ph_interfaces_section_init (PhInterfacesSection *self)
{
  static const PhSectionTable tables[] = {
    { PH_TABLE_LINKS, N_ ("Interfaces"), N_ ("What goes in and out by each interface (netstat -i)"),
      ph_interfaces_page_get_type },
    { PH_TABLE_GROUPS, N_ ("Multicast Groups"), N_ ("Groups that interfaces have joined (netstat -g)"),
      ph_groups_page_get_type },
  };

  ph_section_set_tables (PH_SECTION (self), tables, G_N_ELEMENTS (tables));
}
