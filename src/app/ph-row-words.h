/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row as a sentence, for who hears it: what a glance at its titles and cells tells who sees it. */
#pragma once

#include "ph-column.h"

/* Appends to @text "New, Protocol TCP, Local Port 443 · https, Process nginx, PID not known". Cells that are left blank
 * are left out.
 *
 * @columns: those in sight, in their order, ending with NULL. @mark: the word for the row's mark, translated; NULL. */
void ph_row_words (
    const PhColumn *const *columns, gconstpointer record, const PhStyle *style, const char *mark, GString *text);
