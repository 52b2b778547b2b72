/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has been asked a moment ago is newer than what the table knows; what the table knows is there at once. */
#include "ph-process-facts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-boot-clock.h"
#include "ph-print.h"

char *
ph_lineage_dup_words (const PhSocketReport *report)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < report->lineage->len; i++)
    {
      const PhProcess *process = g_ptr_array_index (report->lineage, i);

      /* The first one is the one that all this is about. */
      if (i > 1)
        g_string_append (text, " ‹ ");
      if (i > 0)
        g_string_append_printf (text, "%s (%d)", process->comm, process->pid);
    }
  return g_string_free (text, FALSE);
}

char *
ph_started_dup_words (gint64 started_s, gint64 now_s)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (started_s);
  g_autofree char *clock = time ? g_date_time_format (time, "%c") : NULL;
  g_autoptr (GString) age = g_string_new (NULL);

  if (!clock)
    return NULL;
  ph_print_duration (age, (guint64) MAX (now_s - started_s, 0));
  /* Translators: when something began, and how long ago that is: “Wed 25 Nov 2026 22:10:03, 3 h ago” */
  return g_strdup_printf (_ ("%s, %s ago"), clock, age->str);
}

char *
ph_unit_dup_slice (const PhUnit *unit)
{
  const char *at = unit->path ? g_strrstr (unit->path, ".slice") : NULL;
  const char *begin = at;

  if (!at || (at[6] != '/' && at[6] != '\0'))
    return NULL;
  while (begin > unit->path && begin[-1] != '/')
    begin--;
  return g_strndup (begin, (gsize) (at + 6 - begin));
}

static const char *
unit_title (PhUnitKind kind)
{
  switch (kind)
    {
    case PH_UNIT_SERVICE:
      return _ ("Service");
    case PH_UNIT_SCOPE:
      return _ ("Scope");
    case PH_UNIT_APP:
      return _ ("App");
    case PH_UNIT_FLATPAK:
      return _ ("Flatpak");
    case PH_UNIT_CONTAINER:
      return _ ("Container");
    case PH_UNIT_SESSION:
      return _ ("Session");
    case PH_UNIT_OTHER:
      break;
    }
  return _ ("Control group");
}

static void
add_unit (PhFacts *facts, const PhUnit *unit)
{
  g_autofree char *slice = ph_unit_dup_slice (unit);

  ph_facts_add (facts, &(PhFact){ .name = unit_title (unit->kind), .value = unit->name, .tooltip = unit->path });
  if (g_strcmp0 (slice, unit->name) != 0)
    ph_facts_add (facts, &(PhFact){ .name = _ ("Slice"), .value = slice, .tooltip = unit->path });
}

static void
add_user (PhFacts *facts, const PhSocket *socket, const PhProcess *process)
{
  g_autofree char *user = NULL;

  if (process->uid == PH_UID_UNKNOWN)
    return;
  if (socket->user && socket->uid == process->uid)
    user = g_strdup_printf ("%s (%u)", socket->user, process->uid);
  else
    user = g_strdup_printf ("%u", process->uid);
  ph_facts_add (facts, &(PhFact){ .name = _ ("User"), .value = user });
}

/* Whoever asked for it: the same process, and not another one of its number. */
static const PhProcess *
newest (const PhProcess *process, const PhSocketReport *report)
{
  const PhProcess *asked = report && report->lineage->len > 0 ? g_ptr_array_index (report->lineage, 0) : NULL;

  return asked && asked->pid == process->pid && asked->start_ticks == process->start_ticks ? asked : process;
}

static void
show_process (
    PhFacts *facts, const PhSocket *socket, const PhProcess *known, const PhSocketReport *report, gint64 now_s)
{
  const PhProcess *process = newest (known, report);
  g_autofree char *pid = g_strdup_printf ("%d", process->pid);
  g_autofree char *started = ph_started_dup_words (ph_boot_clock_time (process->start_ticks), now_s);
  g_autofree char *parents = process != known || known == NULL ? ph_lineage_dup_words (report) : NULL;

  ph_facts_add (facts, &(PhFact){ .name = _ ("PID"), .value = pid });
  ph_facts_add (facts, &(PhFact){ .name = _ ("Started by"), .value = parents });
  ph_facts_add (facts,
                &(PhFact){ .name = _ ("Program"),
                           .value = process->exe[0] ? process->exe : "—",
                           .tooltip = process->exe[0] ? NULL : _ ("Only its user and the administrator may know") });
  ph_facts_add (
      facts,
      &(PhFact){ .name = _ ("Command line"), .value = process->cmdline, .lines = 6, .tooltip = process->cmdline });
  add_user (facts, socket, process);
  ph_facts_add (facts, &(PhFact){ .name = _ ("Running since"), .value = started });
  if (process->unit)
    add_unit (facts, process->unit);
}

void
ph_process_facts_show (
    PhFacts *facts, const PhSocket *socket, const PhProcess *process, const PhSocketReport *report, gint64 now_s)
{
  ph_facts_begin (facts);
  if (process)
    show_process (facts, socket, process, report, now_s);
  if (socket->owner.note != PH_OWNER_PROCESS)
    {
      g_autofree char *why = ph_owner_note_sentence (socket->owner.note,
                                                     ph_state_name (socket->key.protocol, socket->state), socket->user);

      ph_facts_add (facts, &(PhFact){ .name = process ? _ ("How sure") : _ ("Process"), .value = why });
    }
  if (!process && socket->owner.unit)
    add_unit (facts, socket->owner.unit);
  ph_facts_end (facts);
}
