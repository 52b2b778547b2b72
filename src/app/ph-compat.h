/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place for what GTK and libadwaita do differently after 4.8 and 1.2. */
#pragma once

#include <adwaita.h>

/* @file: NULL where the user thought better of it. */
typedef void (*PhFileChosen) (GFile *file, gpointer user_data);

/* Asks where to save; @name is the proposal. @chosen is called once. */
void ph_compat_choose_save_file (
    GtkWindow *parent, const char *title, const char *name, PhFileChosen chosen, gpointer user_data);

/* A message with one button to close it. */
void ph_compat_show_message (GtkWindow *parent, const char *heading, const char *body);

/* Asks before something is done that cannot be undone; @yes: what the button says, with a mnemonic. */
void ph_compat_confirm (GtkWindow *parent,
                        const char *heading,
                        const char *body,
                        const char *yes,
                        void (*confirmed) (gpointer user_data),
                        gpointer user_data);

/* The same; @user_data is freed with @destroy once it has been answered, whichever way. */
void ph_compat_confirm_full (GtkWindow *parent,
                             const char *heading,
                             const char *body,
                             const char *yes,
                             void (*confirmed) (gpointer user_data),
                             gpointer user_data,
                             GDestroyNotify destroy);

/* Who made it, and under which licence: with the properties that AdwAboutDialog and AdwAboutWindow have in common. */
GtkWidget *ph_compat_about_new (void);
void ph_compat_about_thank (GtkWidget *about, const char *title, const char *const *names); /* NULL-terminated */
void ph_compat_about_present (GtkWidget *about, GtkWindow *parent);

/* Takes from a cell that GTK made for a column the event controllers that do what the row's do as well: a cell has
 * three of them in 4.8, nearly seven thousand in a table, and the Ctrl+click that both take for theirs selects a row
 * and at once unselects it. Nothing where cells have a purpose of their own: since 4.12. */
void ph_compat_quiet_cell (GtkWidget *cell);

/* Tab is to leave the rows of @view, as it leaves a button, and the arrow keys go through them: GTK would have it visit
 * them all. Since 4.12 it can be told so; before, whoever has @view leaves the rows where ph_compat_tab_leaves() says.
 */
void ph_compat_let_tab_leave (GtkColumnView *view);

/* @rows: the list that is in the column view. Whether the focus is in it, and @direction is that of Tab. */
gboolean ph_compat_tab_leaves (GtkWidget *rows, GtkDirectionType direction);

/* The colour of its text. */
void ph_compat_get_color (GtkWidget *widget, GdkRGBA *color);

/* FALSE while the window is minimized, or the compositor says that nobody can see it. */
gboolean ph_compat_can_be_seen (GtkWindow *window);
