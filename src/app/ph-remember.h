/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Properties that are the same in the next window: set from the settings once, and saved when the user changes them
 * here. What came by the command line holds for this window alone.
 */
#pragma once

#include <gio/gio.h>

#define PH_TYPE_REMEMBER (ph_remember_get_type ())
G_DECLARE_FINAL_TYPE (PhRemember, ph_remember, PH, REMEMBER, GObject)

PhRemember *ph_remember_new (void);

/* NULL where nothing can be remembered; borrowed. */
GSettings *ph_remember_get_settings (PhRemember *self);

/* @property of @object becomes what @key says, and @key from then on what the user makes of it. @key: static. */
void ph_remember_property (PhRemember *self, const char *key, GObject *object, const char *property);

/* The same for what can also be set elsewhere, in the preferences: that counts here, too. */
void ph_remember_and_follow (PhRemember *self, const char *key, GObject *object, const char *property);

/* The same with a key that each table has. @table: "routes". */
void ph_remember_of_table (PhRemember *self, const char *table, const char *key, GObject *object, const char *property);

/* The same as long as @wanted, a key that says yes or no, says yes. Where it says no, what was kept is forgotten. */
void ph_remember_of_table_if (
    PhRemember *self, const char *wanted, const char *table, const char *key, GObject *object, const char *property);

/* While this is TRUE what changes is not saved. */
void ph_remember_set_resting (PhRemember *self, gboolean resting);
