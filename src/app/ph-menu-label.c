/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-menu-label.h"

#include "ph-text.h"

#define NAME_CHARACTERS 24

char *
ph_menu_label_escape (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "_", -1);

  return g_strjoinv ("__", parts);
}

char *
ph_menu_label_name (const char *name)
{
  g_autofree char *shown = ph_text_present (name, NAME_CHARACTERS);

  return ph_menu_label_escape (shown);
}
