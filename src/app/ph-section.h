/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page of the window with more than one table, and the buttons to switch between them. Each table's page is made when
 * it is first shown.
 */
#pragma once

#include "ph-table-page.h"

#define PH_TYPE_SECTION (ph_section_get_type ())
G_DECLARE_DERIVABLE_TYPE (PhSection, ph_section, PH, SECTION, AdwBin)

struct _PhSectionClass
{
  AdwBinClass parent_class;
};

typedef struct
{
  PhTableId table;
  const char *title;    /* N_(), on the button */
  const char *tooltip;  /* N_() */
  GType (*type) (void); /* of a PhTablePage that shows it */
} PhSectionTable;

/* Signal: "page-made" (PhTablePage): it is there, and will be shown in a moment. Properties: "page" (read only): the
 * one that is shown; and for a child's own widgets "beside" (in the row of the buttons) and "below" (that row). */

/* Once. The first is shown to begin with. @tables: static. */
void ph_section_set_tables (PhSection *self, const PhSectionTable *tables, guint n_tables);

/* The page that is shown, and makes it so; NULL for a table that is not here. Borrowed. */
PhTablePage *ph_section_get_page (PhSection *self);
PhTablePage *ph_section_show (PhSection *self, PhTableId table);
