/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A long list given to a column view a few rows at a time.
 *
 * GTK makes some two hundred rows of cells at once, however few of them can be seen (4.8): a tenth of a second, and the
 * first frame with rows has to wait for it. So at first the list ends soon after what fits into a window, and gets some
 * more rows with each frame, until GTK has all it wants; then it is as long as it is.
 */
#pragma once

#include <gtk/gtk.h>

/* @model (referenced), from its beginning to where the view can be. Grows with the frames of @widget, which must be
 * there as long as the list is used. */
GListModel *ph_gradual_new (GListModel *model, GtkWidget *widget);
