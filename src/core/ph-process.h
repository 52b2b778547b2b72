/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One process, as read at one moment: immutable, reference-counted, safe to share between threads. */
#pragma once

#include <glib.h>

#include "ph-frame.h"
#include "ph-unit.h"

typedef struct
{
  gint32 pid;
  gint32 ppid;
  guint64 start_ticks; /* with the pid, tells it from a later process of the same number */
  guint64 net_ns;      /* inode of its network namespace; 0: unknown */
  guint32 uid;
  const char *comm;    /* all strings valid UTF-8 and fit to show; never NULL */
  const char *exe;     /* "" where it may not be read */
  const char *cmdline; /* arguments joined by blanks, those with blanks quoted; "" for a kernel thread */
  PhUnit *unit;        /* by its own cgroup; NULL: none */
} PhProcess;

#define PH_PROCESS_ERROR (ph_process_error_quark ())
GQuark ph_process_error_quark (void);

typedef enum
{
  PH_PROCESS_ERROR_MALFORMED, /* lengths that do not add up, no pid */
} PhProcessErrorCode;

/* NULL and @error for bytes that are not a PROCESS frame. A frame with start_ticks 0 (gone) gives NULL without error.
 */
PhProcess *ph_process_decode (const void *bytes, gsize length, GError **error);

/* The same process, and nothing that is shown of it has changed (it may have called execve(2)). */
gboolean ph_process_equal (const PhProcess *a, const PhProcess *b);

PhProcess *ph_process_ref (const PhProcess *process);
void ph_process_unref (PhProcess *process);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhProcess, ph_process_unref)
