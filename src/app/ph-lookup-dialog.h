/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Look up: a box for a number or a name, and what has to do with it, as one types. */
#pragma once

#include <adwaita.h>

#include "ph-table-page.h"

#define PH_TYPE_LOOKUP_DIALOG (ph_lookup_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PhLookupDialog, ph_lookup_dialog, PH, LOOKUP_DIALOG, AdwWindow)

/* @page: of the connections, whose sockets are looked through first. It is closed when something was chosen; before,
 * one of these signals: "socket-chosen" (pointer: const PhSocketKey *), "all-chosen" (string: the filter that shows
 * them all). */
PhLookupDialog *ph_lookup_dialog_new (GtkWindow *parent, PhTablePage *page);

/* As if it had been typed, and Enter pressed: a single hit is gone to at once. */
void ph_lookup_dialog_look_up (PhLookupDialog *self, const char *text);
