/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the default table are at hand, the others one step away: a flat list would be taller than the window.
 */
#include "ph-column-menu.h"

#include <glib/gi18n.h>

GMenuModel *
ph_column_menu_new (const PhSchema *schema)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) usual = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();

  for (guint i = 0; i < schema->n_columns; i++)
    {
      const PhColumn *column = &schema->columns[i];
      g_autofree char *action = g_strconcat ("columns.", column->id, NULL);

      if (!(column->flags & PH_COLUMN_EXPORT_ONLY))
        g_menu_append (column->flags & PH_COLUMN_SHOWN ? usual : more, _ (column->title), action);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (usual));
  if (g_menu_model_get_n_items (G_MENU_MODEL (more)) > 0)
    g_menu_append_submenu (rest, _ ("More Columns"), G_MENU_MODEL (more));
  g_menu_append (rest, _ ("Default Columns"), "table.reset-columns");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  return G_MENU_MODEL (menu);
}
