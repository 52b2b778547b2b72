/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What systemd thinks of a signal, systemd.service(5) "Restart=": SIGTERM is a clean end, SIGKILL is not. */
#include "ph-restart.h"

#include <string.h>

#include "ph-i18n.h"

/* "user@1000.service" → 1000. */
static gboolean
is_manager (const char *component, guint32 *uid)
{
  guint64 number;
  char *end;

  if (!g_str_has_prefix (component, "user@") || !g_ascii_isdigit (component[5]))
    return FALSE;
  number = g_ascii_strtoull (component + 5, &end, 10);
  if (strcmp (end, ".service") != 0 || number >= PH_RESTART_SYSTEM)
    return FALSE;
  *uid = (guint32) number;
  return TRUE;
}

/* The first component that is no slice is the unit; below a user's manager it is the next such one. What lies deeper
 * belongs to the unit. */
char *
ph_restart_service (const PhUnit *unit, guint32 *manager)
{
  g_auto (GStrv) components = NULL;

  *manager = PH_RESTART_SYSTEM;
  if (!unit || !unit->path || unit->kind == PH_UNIT_CONTAINER)
    return NULL;
  components = g_strsplit (unit->path, "/", -1);
  for (guint i = 0; components[i]; i++)
    {
      if (*components[i] == '\0' || g_str_has_suffix (components[i], ".slice"))
        continue;
      if (*manager == PH_RESTART_SYSTEM && components[i + 1] && is_manager (components[i], manager))
        continue;
      return g_str_has_suffix (components[i], ".service") ? g_strdup (components[i]) : NULL;
    }
  return NULL;
}

PhRestart
ph_restart_expect (const char *policy, guint32 main_pid, gint32 pid, PhDeedName deed)
{
  static const struct
  {
    const char *policy;
    guint8 end;
    guint8 kill;
  } table[] = {
    { "no", PH_RESTART_WILL_NOT, PH_RESTART_WILL_NOT },
    { "always", PH_RESTART_WILL, PH_RESTART_WILL },
    { "on-success", PH_RESTART_WILL, PH_RESTART_WILL_NOT },
    { "on-failure", PH_RESTART_MAY, PH_RESTART_WILL }, /* it may catch SIGTERM and end with a failure */
    { "on-abnormal", PH_RESTART_WILL_NOT, PH_RESTART_WILL },
    { "on-abort", PH_RESTART_WILL_NOT, PH_RESTART_WILL },
    { "on-watchdog", PH_RESTART_WILL_NOT, PH_RESTART_WILL_NOT },
  };

  if (main_pid != 0 && main_pid != (guint32) pid)
    return PH_RESTART_PART;
  if (main_pid == 0)
    return PH_RESTART_MAY;
  for (guint i = 0; policy && i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].policy, policy) == 0)
      return deed == PH_DEED_KILL ? table[i].kill : table[i].end;
  return PH_RESTART_MAY;
}

char *
ph_restart_sentence (PhRestart restart, const char *service)
{
  switch (restart)
    {
    case PH_RESTART_NONE:
      break;
    case PH_RESTART_MAY:
      return g_strdup_printf (_ ("systemd may restart %s."), service);
    case PH_RESTART_WILL:
      return g_strdup_printf (_ ("systemd will restart %s."), service);
    case PH_RESTART_WILL_NOT:
      return g_strdup_printf (_ ("%s stops, and systemd will not restart it by itself."), service);
    case PH_RESTART_PART:
      return g_strdup_printf (_ ("It is part of %s, which may start another in its place."), service);
    }
  return NULL;
}
