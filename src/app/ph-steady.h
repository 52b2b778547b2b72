/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows stand still while the user points: a view is held from when the pointer moves, scrolls or presses over a table
 * until it has rested for a second, or has left. What cells say goes on changing, and what the user asks for is done.
 *
 * The keyboard holds nothing: the focus goes where its row goes, so that a key cannot hit another one.
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-view.h"

/* For as long as @widget lives. */
void ph_steady_attach (GtkWidget *widget, PhView *view);
