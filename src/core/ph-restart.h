/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether systemd starts a service again that somebody ends: Restart= of systemd.service(5).
 */
#pragma once

#include "ph-deed.h"
#include "ph-unit.h"

typedef enum
{
  PH_RESTART_NONE = 0, /* not a service of systemd's */
  PH_RESTART_MAY,      /* it could not be asked, or it depends on how the program ends */
  PH_RESTART_WILL,
  PH_RESTART_WILL_NOT,
  PH_RESTART_PART, /* not the service's main process: it is up to that one */
} PhRestart;

#define PH_RESTART_SYSTEM G_MAXUINT32

/* The name of the service in whose own control group a process is: "nginx.service". NULL for anything else. @manager:
 * the user whose manager it belongs to, or PH_RESTART_SYSTEM. Free with g_free(). */
char *ph_restart_service (const PhUnit *unit, guint32 *manager);

/* @policy: "always", "on-failure"...; NULL: not known. @main_pid: the service's, 0: not known. */
PhRestart ph_restart_expect (const char *policy, guint32 main_pid, gint32 pid, PhDeedName deed);

/* "systemd will restart nginx.service." Translated; NULL for NONE. Free with g_free(). */
char *ph_restart_sentence (PhRestart restart, const char *service);
