/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened, the newest first: the watcher's log. */
#pragma once

#include "ph-listener.h"
#include "ph-table-page.h"

#define PH_TYPE_ACTIVITY_PAGE (ph_activity_page_get_type ())
G_DECLARE_FINAL_TYPE (PhActivityPage, ph_activity_page, PH, ACTIVITY_PAGE, PhTablePage)

/* Shows the newest entry about this listener, as soon as the page has been filled. */
void ph_activity_page_show (PhActivityPage *self, const PhListenerKey *key);
