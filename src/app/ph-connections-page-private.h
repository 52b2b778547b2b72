/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the page share: the page (ph-connections-page.c), and the details of a row
 * (ph-connections-page-details.c). */
#pragma once

#include "ph-connections-page.h"
#include "ph-socket-chips.h"
#include "ph-socket-details.h"
#include "ph-socket-study.h"

struct _PhConnectionsPage
{
  PhTablePage parent_instance;

  PhSocketChips *chips;
  PhShow show;
  gboolean owners; /* the columns in sight need them */

  PhSocketStudy *study;

  PhSocketDetails *details;
  PhRow *row;           /* that they are about; NULL: they are not in sight */
  GCancellable *asking; /* the question about it that is under way; NULL: none */
  gint64 asked_us;      /* the look at which it was last asked */
};

/* The pane, and all that is connected to it and to the study, which must be there. */
void ph_connections_page_make_details (PhConnectionsPage *self);
void ph_connections_page_show_details (PhTablePage *page, PhRow *row);
void ph_connections_page_stop_asking (PhConnectionsPage *self);

/* The same for the pane and for the table. */
void ph_connections_page_append_menu (PhTablePage *page, PhRow *row, GMenu *menu);

void ph_connections_page_clear_chips (PhTablePage *page);
