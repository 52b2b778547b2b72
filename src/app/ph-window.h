/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: header bar, pages, and what is remembered of them. */
#pragma once

#include <adwaita.h>

#include "ph-connections-page.h"

#define PH_TYPE_WINDOW (ph_window_get_type ())
G_DECLARE_FINAL_TYPE (PhWindow, ph_window, PH, WINDOW, AdwApplicationWindow)

PhWindow *ph_window_new (GtkApplication *application);

/* What the command line asks for; it is not remembered. */
void ph_window_apply_options (PhWindow *self, const PhOptions *options);

PhConnectionsPage *ph_window_get_connections (PhWindow *self);
