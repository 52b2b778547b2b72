/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small file system of the test's own, which is soon full. */
#pragma once

#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include <glib.h>

#define EXIT_SKIP 77

static inline gboolean
own_disk_write (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean ok = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);
  return ok;
}

/* Mounts it on @folder in a namespace of our own; call it before there are threads. @options: "size=64k". FALSE, and
 * errno, where namespaces are denied. */
static inline gboolean
own_disk_mount (const char *folder, const char *options)
{
  g_autofree char *uids = g_strdup_printf ("0 %u 1", geteuid ());
  g_autofree char *gids = g_strdup_printf ("0 %u 1", getegid ());

  return unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0 && own_disk_write ("/proc/self/setgroups", "deny")
         && own_disk_write ("/proc/self/uid_map", uids) && own_disk_write ("/proc/self/gid_map", gids)
         && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
         && mount ("small", folder, "tmpfs", 0, options) == 0;
}
