/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be done to a socket and to a process, or why not: from what is known without trying. The kernel has the last
 * word all the same, see PhVerdict.
 */
#pragma once

#include "ph-deed.h"
#include "ph-socket.h"

typedef enum
{
  PH_OBSTACLE_NONE = 0,
  PH_OBSTACLE_CLOSED,      /* the socket is closed already */
  PH_OBSTACLE_PROTOCOL,    /* the kernel closes TCP and UDP sockets only */
  PH_OBSTACLE_NO_COOKIE,   /* known by /proc/net alone: nothing tells it from a later socket at the same addresses */
  PH_OBSTACLE_OTHER_NETNS, /* of another network namespace */
  PH_OBSTACLE_PRIVILEGE,   /* CAP_NET_ADMIN is missing */
  PH_OBSTACLE_SANDBOX,     /* the same, and in a sandbox nobody can have it */
  PH_OBSTACLE_NO_PROCESS,  /* no process is known to have it open: the socket's own note says why */
  PH_OBSTACLE_KERNEL,      /* the kernel holds it, and no process */
  PH_OBSTACLE_LIKELY,      /* a process that is likely, not certain */
  PH_OBSTACLE_OTHER_USER,  /* another user's process */
  PH_OBSTACLE_INIT,        /* process 1 holds all others */
  PH_OBSTACLE_OURSELVES,   /* this very program */
  PH_OBSTACLE_NO_PIDFD,    /* the kernel cannot hold a process, so that another one might be hit */
  PH_N_OBSTACLES
} PhObstacle;

PhObstacle ph_obstacle_to_close (const PhSocket *socket, const PhMeans *means, gboolean sandboxed);

/* @owner: the number of one of the socket's owners; where there is none: why. */
PhObstacle ph_obstacle_to_signal (const PhSocket *socket, guint owner, const PhMeans *means);

/* Why not, translated; static. A few words for a menu: "needs CAP_NET_ADMIN"; and a sentence. Both NULL for NONE. */
const char *ph_obstacle_label (PhObstacle obstacle);
const char *ph_obstacle_sentence (PhObstacle obstacle);

/* The deed that closes this very socket. FALSE where there is none: see ph_obstacle_to_close(). */
gboolean ph_socket_to_close (const PhSocket *socket, PhDeed *deed);
