/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-options-guide.h. */
#include "ph-options-guide.h"

#include "ph-i18n.h"
#include "ph-options-private.h"

static gboolean
is_known (PhProgram program, const PhOption *option)
{
  return !(option->flags & (program == PH_PROGRAM_WINDOW ? PH_OPTION_CLI_ONLY : PH_OPTION_WINDOW_ONLY));
}

static void append_way (GString *spelling, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
append_way (GString *spelling, const char *format, ...)
{
  va_list args;

  if (spelling->len > 0)
    g_string_append (spelling, ", ");
  va_start (args, format);
  g_string_append_vprintf (spelling, format, args);
  va_end (args);
}

static char *
spell (const PhOption *option)
{
  GString *spelling = g_string_new (NULL);

  if (option->letter && option->letter != '?')
    append_way (spelling, "-%c", option->letter);
  if (option->name)
    append_way (spelling, "--%s", option->name);
  if (option->flags & PH_OPTION_SLASH)
    append_way (spelling, "/%c", option->letter);
  if (option->argument)
    g_string_append_printf (spelling, " %s", _ (option->argument));
  return g_string_free (spelling, FALSE);
}

/* There are few letters, and they live as long as the program. */
static const char *
find_id (const PhOption *option)
{
  const char letter[] = { option->letter, '\0' };

  return option->name ? option->name : g_intern_string (letter);
}

static PhOptionEntry
make_entry (const PhOption *option)
{
  if (option->kind == PH_OPTION_HEADING)
    return (PhOptionEntry){ .heading = TRUE, .help = _ (option->help) };
  return (PhOptionEntry){
    .id = find_id (option),
    .spelling = spell (option),
    .help = option->help ? _ (option->help) : NULL,
  };
}

PhOptionEntry *
ph_options_guide (PhProgram program, guint *n_entries)
{
  PhOptionEntry *entries = g_new0 (PhOptionEntry, ph_n_options);
  guint n = 0;

  for (guint quiet = 0; quiet <= PH_OPTION_QUIET; quiet += PH_OPTION_QUIET)
    for (guint i = 0; i < ph_n_options; i++)
      if (is_known (program, &ph_options_table[i]) && (ph_options_table[i].flags & PH_OPTION_QUIET) == quiet)
        entries[n++] = make_entry (&ph_options_table[i]);
  *n_entries = n;
  return entries;
}

void
ph_options_guide_free (PhOptionEntry *entries, guint n_entries)
{
  for (guint i = 0; i < n_entries; i++)
    g_free (entries[i].spelling);
  g_free (entries);
}
