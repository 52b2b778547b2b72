/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The closed list of what the probe can do to others. All else that it can is reading: see ph-request.h, from which
 * this is kept apart.
 *
 * A deed names what it is to hit so that nothing else can be hit: a socket by its addresses and the kernel's cookie, a
 * process by its PID and the time it was started. What does not fit any more is left alone.
 *
 * Sources: sock_diag(7) and include/uapi/linux/sock_diag.h for SOCK_DESTROY (Linux 4.5, a kernel with
 * CONFIG_INET_DIAG_DESTROY, CAP_NET_ADMIN over the network namespace); pidfd_open(2) (Linux 5.3),
 * pidfd_send_signal(2); proc_pid_stat(5).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ph-socket-id.h"

typedef enum
{
  PH_DEED_NONE = 0,
  PH_DEED_CLOSE, /* SOCK_DESTROY: of a TCP or UDP socket. TCP tells its peer with a reset; whoever has it open gets
                    ECONNABORTED, and still has a descriptor */
  PH_DEED_END,   /* SIGTERM: the process is asked to end */
  PH_DEED_KILL,  /* SIGKILL: the kernel ends it */
  PH_N_DEEDS
} PhDeedName;

typedef struct
{
  int32_t pid;          /* above 1, and not our own */
  uint64_t start_ticks; /* as PhFrameProcess has it; not 0 */
} PhDeedProcess;

typedef struct
{
  PhDeedName name;
  union
  {
    PhSocketId socket;     /* CLOSE: TCP or UDP, in this network namespace */
    PhDeedProcess process; /* END, KILL */
  };
} PhDeed;

/* How it went. Whatever is not DONE has changed nothing. */
typedef enum
{
  PH_VERDICT_DONE = 0,    /* closed; or the signal was sent: what the process does about it is another matter */
  PH_VERDICT_GONE,        /* the socket is closed, the process has ended */
  PH_VERDICT_ANOTHER,     /* the PID is another process's by now */
  PH_VERDICT_DENIED,      /* CLOSE: CAP_NET_ADMIN is missing; END, KILL: it is another user's */
  PH_VERDICT_UNSUPPORTED, /* CLOSE: the kernel cannot, or not in this state; END, KILL: it has no pidfd */
  PH_VERDICT_REFUSED,     /* by the probe itself: see the limits above */
  PH_VERDICT_FAILED,      /* anything else */
} PhVerdict;

typedef struct
{
  PhVerdict verdict;
  int errnum; /* what the kernel answered, or 0 */
} PhOutcome;

/* Does it, at once and once. Blocking, but not for long: use it from a worker. */
PhOutcome ph_deed_do (const PhDeed *deed);

/* Whether END or KILL could be done now: all that ph_deed_do() does but the signal itself. So also whether a process
 * that was asked to end still runs. CLOSE: REFUSED, for there is no way to tell. */
PhOutcome ph_deed_try (const PhDeed *deed);

/* What this process may do, as far as can be told without trying. */
typedef struct
{
  bool may_close;    /* CAP_NET_ADMIN is in force, and our network namespace is one that it counts in */
  bool may_signal;   /* CAP_KILL is in force: other users' processes too */
  bool has_pidfd;    /* the kernel can hold a process */
  uint32_t uid;      /* effective */
  uint32_t real_uid; /* either may signal */
  int32_t pid;       /* our own, as /proc has it */
} PhMeans;

PhMeans ph_means (void);
