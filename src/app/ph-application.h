/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program as the desktop knows it: one instance, its actions and keys, netstat's options. */
#pragma once

#include "ph-window.h"

#define PH_TYPE_APPLICATION (ph_application_get_type ())
G_DECLARE_FINAL_TYPE (PhApplication, ph_application, PH, APPLICATION, AdwApplication)

PhApplication *ph_application_new (void);

/* The window that is open, or a new one. Borrowed. */
PhWindow *ph_application_ensure_window (PhApplication *self);

/* Templates can be instantiated from then on. ph_application_new() does it too; once is enough, twice does no harm. */
void ph_application_register_resources (void);
