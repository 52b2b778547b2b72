/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What menus say of things that have names of their own. */
#pragma once

#include <glib.h>

/* @text for the label of an item of a menu: no underline of it is taken for a mnemonic. Free with g_free(). */
char *ph_menu_label_escape (const char *text);

/* The same of a name, which is isolated (UAX #9) and made short where it is long. Free with g_free(). */
char *ph_menu_label_name (const char *name);
