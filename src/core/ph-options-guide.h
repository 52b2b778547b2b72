/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options that there are, for a window that lists them: from the table that the parser goes by. */
#pragma once

#include "ph-options.h"

typedef struct
{
  gboolean heading; /* no option: @help is about those that follow */
  const char *id;   /* its long name, else its letter; static */
  char *spelling;   /* "-r, --route, /r", "--filter TEXT": translated as far as it is words */
  const char *help; /* translated; NULL: of those who know it, everybody knows */
} PhOptionEntry;

/* Those of netstat that the usage text leaves out come last, without a heading of their own. Sets @n_entries; free with
 * ph_options_guide_free(). */
PhOptionEntry *ph_options_guide (PhProgram program, guint *n_entries);
void ph_options_guide_free (PhOptionEntry *entries, guint n_entries);
