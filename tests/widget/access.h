/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody who does not see the window, or does not use a pointer, would stumble over. */
#pragma once

#include "widget.h"

/*
 * Looks at all that is to be seen in @root, and adds a line to @findings (char *) for each
 * - that takes the focus and has no name, or the name of its class;
 * - button without a word on it that has no tooltip, or that is smaller than a finger or a shaky hand needs (24 px);
 * - widget that takes the focus and whose role says nothing;
 * - two of the same role and name, which cannot be told apart;
 * - letter that two mnemonics share, in one window or one menu.
 *
 * @root: a window, a popover, or a part.
 */
void access_look (GtkWidget *root, GPtrArray *findings);

/* The same for every window that is open, popovers and all. The test fails where there is a finding; @where is said. */
void access_check (const char *where);

/* What a screen reader calls @widget; free with g_free(). NULL: nothing. */
char *access_dup_name (GtkWidget *widget);
