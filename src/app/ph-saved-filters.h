/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filters of one table that the user has given names, in the user's order. All windows see the same: the settings
 * hold them. Names are not empty, and no two are the same but for their letters' case; spaces around them do not count.
 */
#pragma once

#include <gio/gio.h>

#define PH_SAVED_NAME_MAX     60 /* characters */

#define PH_TYPE_SAVED_FILTERS (ph_saved_filters_get_type ())
G_DECLARE_FINAL_TYPE (PhSavedFilters, ph_saved_filters, PH, SAVED_FILTERS, GObject)

/* Signal: "changed". Strings that are returned are valid until then. */

/* @table: "routes". */
PhSavedFilters *ph_saved_filters_new (const char *table);

guint ph_saved_filters_get_n (PhSavedFilters *self);
const char *ph_saved_filters_get_name (PhSavedFilters *self, guint n);
const char *ph_saved_filters_get_text (PhSavedFilters *self, guint n);

/* -1: there is none. */
int ph_saved_filters_find_name (PhSavedFilters *self, const char *name);
int ph_saved_filters_find_text (PhSavedFilters *self, const char *text);

/* Takes the place of the one with that name, or comes last. FALSE: that is no name. */
gboolean ph_saved_filters_save (PhSavedFilters *self, const char *name, const char *text);

/* FALSE: that is no name, or another's. */
gboolean ph_saved_filters_rename (PhSavedFilters *self, guint n, const char *name);

/* As the @n-th, or the last where there are fewer. FALSE: that is no name, or another's. */
gboolean ph_saved_filters_insert (PhSavedFilters *self, guint n, const char *name, const char *text);
void ph_saved_filters_remove (PhSavedFilters *self, guint n);
void ph_saved_filters_move (PhSavedFilters *self, guint from, guint to);
