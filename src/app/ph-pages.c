/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-pages.h"

#include "ph-activity-page.h"
#include "ph-connections-page.h"
#include "ph-interfaces-section.h"
#include "ph-routes-section.h"
#include "ph-statistics-page.h"

static const struct
{
  const char *name;
  GType (*type) (void);
} pages[] = {
  { "connections", ph_connections_page_get_type },  { "routes", ph_routes_section_get_type },
  { "interfaces", ph_interfaces_section_get_type }, { "statistics", ph_statistics_page_get_type },
  { "activity", ph_activity_page_get_type },
};

GtkWidget *
ph_pages_make (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].name, name) == 0)
      return g_object_new (pages[i].type (), NULL);
  g_return_val_if_reached (NULL);
}

const char *
ph_pages_home (PhTableId table)
{
  static const char *const homes[PH_N_TABLES] = {
    [PH_TABLE_SOCKETS] = "connections", [PH_TABLE_ROUTES] = "routes",     [PH_TABLE_RULES] = "routes",
    [PH_TABLE_NEIGHBOURS] = "routes",   [PH_TABLE_LINKS] = "interfaces",  [PH_TABLE_GROUPS] = "interfaces",
    [PH_TABLE_COUNTERS] = "statistics", [PH_TABLE_ACTIVITY] = "activity",
  };

  g_return_val_if_fail ((guint) table < PH_N_TABLES, homes[0]);
  return homes[table];
}
