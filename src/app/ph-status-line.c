/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts with a dot between them, each said only where it has something to say. */
#include "ph-status-line.h"

#include <glib/gi18n.h>

#define SEPARATOR " · "

void
ph_status_append (GString *line, const char *part)
{
  if (line->len > 0)
    g_string_append (line, SEPARATOR);
  g_string_append (line, part);
}

void
ph_status_append_printf (GString *line, const char *format, ...)
{
  g_autofree char *part = NULL;
  va_list args;

  va_start (args, format);
  part = g_strdup_vprintf (format, args);
  va_end (args);
  ph_status_append (line, part);
}

/* In a cell a bare 0 is calm; here nothing would say of what. */
static void
append_rate (GString *line, guint64 rate, PhUnits units)
{
  if (rate > 0)
    ph_print_rate (line, rate, units);
  else
    g_string_append_printf (line, "0 %s", ph_rate_unit (units, 0));
}

void
ph_status_append_rates (GString *line, guint64 rx_rate, guint64 tx_rate, PhUnits units)
{
  g_string_append (line, line->len > 0 ? SEPARATOR "↓ " : "↓ ");
  append_rate (line, rx_rate, units);
  g_string_append (line, " ↑ ");
  append_rate (line, tx_rate, units);
}

static void
append_pace (GString *line, const PhStatusFacts *facts)
{
  g_autofree char *seconds = NULL;

  if (facts->paused)
    {
      ph_status_append (line, _ ("paused"));
      return;
    }
  if (facts->told)
    {
      ph_status_append (line, _ ("updated at every change"));
      return;
    }
  if (facts->interval_ms % 1000 == 0)
    seconds = g_strdup_printf ("%u", facts->interval_ms / 1000);
  else
    seconds = g_strdup_printf ("%.1f", facts->interval_ms / 1000.0);
  if (facts->stretched)
    /* Translators: the pause between two looks was made longer */
    ph_status_append_printf (line, _ ("updated every %s s, as it takes long"), seconds);
  else
    ph_status_append_printf (line, _ ("updated every %s s"), seconds);
}

char *
ph_status_line (const PhStatusFacts *facts)
{
  GString *line = g_string_new (NULL);
  g_autofree char *count = NULL;

  if (!facts->loaded)
    {
      ph_status_append (line, facts->paused ? _ ("paused") : _ ("Asking the kernel…"));
      return g_string_free (line, FALSE);
    }

  count = ph_table_count_words (facts->table, facts->count);
  ph_status_append (line, count);
  if (facts->filtered)
    g_string_append_printf (line, ngettext (", %'u shown", ", %'u shown", facts->shown), facts->shown);
  if (facts->totals)
    ph_status_append (line, facts->totals);
  if (facts->partial)
    ph_status_append (line, _ ("incomplete"));
  if (facts->stale)
    ph_status_append (line, _ ("partly out of date"));
  append_pace (line, facts);
  return g_string_free (line, FALSE);
}
