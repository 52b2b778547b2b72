/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a socket has no known owner: from what is known about the search to a PhOwnerNote. Pure. */
#pragma once

#include "ph-socket.h"

typedef struct
{
  gboolean looked;      /* a search that could have found it went through */
  gboolean denied;      /* it was not let look into some processes */
  gboolean sees_kernel; /* the kernel's own threads are in /proc: this is the first PID namespace, nothing is hidden */
  gboolean sees_root;   /* the uid 0 is our own */
  gboolean own_uid;     /* the socket's uid is our own */
  gboolean in_flux;     /* it came since the last look, or has just lost its process */
  gboolean first_look;  /* there was no look before */
  gboolean kernel_cgroup; /* its cgroup is the root, or not reported */
} PhOwnerEvidence;

/* Made by the kernel for itself: nobody need be looked for. */
gboolean ph_owner_is_kernels_own (const PhSocket *socket);

PhOwnerNote ph_owner_reason (const PhSocket *socket, const PhOwnerEvidence *evidence);
