/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts to be shown in a test. */
#pragma once

#include "ph-gather.h"
#include "socket-samples.h"

/* A program that listens on TCP @port, everywhere. @name: of the process. */
static inline PhListener *
alert_listener (const char *name, guint16 port)
{
  PhProcess process = { .pid = 4711, .comm = name, .exe = "", .cmdline = "" };
  g_autofree char *exe = g_strconcat ("/usr/bin/", name, NULL);
  PhOwner owner = { .process = &process };
  PhSocket socket = sample_socket (PH_PROTOCOL_TCP, "0.0.0.0", port, "", 0, PH_STATE_LISTEN);

  process.exe = exe;
  socket.owner.note = PH_OWNER_PROCESS;
  socket.owner.owners = &owner;
  socket.owner.n_owners = 1;
  return ph_listener_new (&socket, NULL);
}

/* Of @n programs at ports from @port on. */
static inline PhAlert *
alert_of (const char *name, guint16 port, guint n)
{
  PhAlert *alert = g_new0 (PhAlert, 1);

  alert->listeners = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_listener_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (alert->listeners, alert_listener (name, (guint16) (port + i)));
  return alert;
}
