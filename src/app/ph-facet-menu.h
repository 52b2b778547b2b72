/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of a facet's value: in words what click, Ctrl+click and another click do. */
#pragma once

#include "ph-facet-row.h"

typedef struct _PhFacetMenu PhFacetMenu;

typedef void (*PhFacetMenuChosen) (gpointer user_data, PhFacetRow *row, PhFilterChoice choice);

/* @parent has a layout manager and places the popover; it owns this, and frees it before it goes. It gets the actions
 * of the group "facet". */
PhFacetMenu *ph_facet_menu_new (GtkWidget *parent, PhFacetMenuChosen chosen, gpointer user_data);
void ph_facet_menu_free (PhFacetMenu *self);

/* @row stays while it is open. @at: in coordinates of the parent. */
void ph_facet_menu_open (PhFacetMenu *self, PhFacetRow *row, const graphene_rect_t *at);
gboolean ph_facet_menu_is_open (PhFacetMenu *self);
