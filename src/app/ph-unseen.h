/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which new listeners have been looked at: their rows are marked until then.
 *
 * Looked at is a row that was selected, or that could be seen for three seconds in a window with the focus: long enough
 * to be read, and a window that merely stands on another screen while one works does not count.
 */
#pragma once

#include "ph-table-page.h"
#include "ph-watcher.h"

#define PH_UNSEEN_SECONDS 3

/* @page: of the connections; from now on, until it goes. */
void ph_unseen_attach (PhTablePage *page, PhWatcher *watcher);
