/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who made it and what it stands on, and the report of the system that helps to find a fault. */
#pragma once

#include <gtk/gtk.h>

#include "ph-notifier.h"

/* @notifier: may be NULL. */
void ph_about_show (GtkWindow *parent, PhNotifier *notifier);

/* Puts the report on the clipboard, then calls @copied with @parent, unless that has gone meanwhile. */
void ph_about_copy_report (GtkWindow *parent, PhNotifier *notifier, void (*copied) (GtkWindow *parent));
