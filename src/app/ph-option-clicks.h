/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each of netstat's options is in the window: where it is to be found, and what shows it. */
#pragma once

#include <glib.h>

typedef struct
{
  const char *id;        /* of a PhOptionEntry */
  const char *where;     /* N_() */
  const char *arguments; /* porthole's, that show it; NULL: none do */
  const char *action;    /* or an action of the page, the window or the program; NULL: none */
} PhOptionClick;

/* NULL: nothing is known of it here. */
const PhOptionClick *ph_option_click_find (const char *id);
