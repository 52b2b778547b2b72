/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a cgroup path says about who is in it: a systemd service or scope, a Flatpak, a container. Reference-counted,
 * immutable. The path is parsed by the rules of systemd.unit(5), systemd.special(7), flatpak's
 * app-flatpak-ID-NUMBER.scope and the cgroup names of docker, podman, containerd and LXC.
 */
#pragma once

#include <glib.h>

typedef enum
{
  PH_UNIT_OTHER = 0, /* a cgroup that tells nothing: its last component is the name */
  PH_UNIT_SERVICE,
  PH_UNIT_SCOPE,
  PH_UNIT_APP, /* an app of the desktop session: app-NAME-NUMBER.scope, app-NAME@….service */
  PH_UNIT_FLATPAK,
  PH_UNIT_CONTAINER,
  PH_UNIT_SESSION, /* session-N.scope */
} PhUnitKind;

typedef struct
{
  PhUnitKind kind;
  const char *name; /* "nginx.service", "org.gnome.Maps", "docker 4f5ac1…": fit to show */
  const char *path; /* of the cgroup, fit to show */
} PhUnit;

/* @path as in /proc/PID/cgroup or below the mount point; NULL for the root. */
PhUnit *ph_unit_parse (const char *path, gsize length);

/* Takes the whole text of /proc/PID/cgroup: the unified line ("0::"), or in the legacy layout name=systemd's. */
PhUnit *ph_unit_parse_proc (const char *text, gsize length);

PhUnit *ph_unit_ref (const PhUnit *unit);
void ph_unit_unref (PhUnit *unit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhUnit, ph_unit_unref)
