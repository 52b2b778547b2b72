/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first reason that holds is told: what can never be, before what somebody else could. */
#include "ph-obstacle.h"

#include "ph-i18n.h"
#include "ph-socket-inquiry.h"

static const struct
{
  const char *label;
  const char *sentence;
} words[PH_N_OBSTACLES] = {
  [PH_OBSTACLE_CLOSED] = { N_ ("closed already"), N_ ("It is closed already.") },
  [PH_OBSTACLE_PROTOCOL]
  = { N_ ("TCP and UDP only"), N_ ("The kernel can close TCP and UDP sockets for others, and none of another kind.") },
  [PH_OBSTACLE_NO_COOKIE]
  = { N_ ("not told apart"),
      N_ ("This kernel does not tell this socket from a later one with the same addresses, so another one might be hit.") },
  [PH_OBSTACLE_OTHER_NETNS] = { N_ ("another network"), N_ ("It belongs to another network namespace.") },
  /* Translators: CAP_NET_ADMIN is the name of a privilege, see capabilities(7). */
  [PH_OBSTACLE_PRIVILEGE]
  = { N_ ("needs CAP_NET_ADMIN"),
      N_ ("To close a socket of another program takes the privilege CAP_NET_ADMIN, which the administrator has.") },
  [PH_OBSTACLE_SANDBOX]
  = { N_ ("not in a sandbox"),
      N_ ("To close a socket of another program takes the privilege CAP_NET_ADMIN, which nobody has in a sandbox. Porthole installed without one can do it when it is started by the administrator.") },
  [PH_OBSTACLE_NO_PROCESS] = { N_ ("no process known"), N_ ("No process is known to have it open.") },
  [PH_OBSTACLE_KERNEL] = { N_ ("held by the kernel"), N_ ("The kernel holds it, and no process.") },
  [PH_OBSTACLE_LIKELY] = { N_ ("process not certain"), N_ ("Which process has it open is likely, but not certain.") },
  [PH_OBSTACLE_OTHER_USER]
  = { N_ ("another user’s"), N_ ("It is another user’s process: only that user or the administrator may end it.") },
  [PH_OBSTACLE_INIT] = { N_ ("holds all others"), N_ ("All other processes here depend on process 1.") },
  [PH_OBSTACLE_OURSELVES] = { N_ ("Porthole itself"), N_ ("This is Porthole itself: use Quit.") },
  [PH_OBSTACLE_NO_PIDFD]
  = { N_ ("kernel too old"),
      N_ ("This kernel cannot hold on to a process (pidfd, Linux 5.3), so another one with the same PID might be hit.") },
};

PhObstacle
ph_obstacle_to_close (const PhSocket *socket, const PhMeans *means, gboolean sandboxed)
{
  PhDeed deed;

  if (socket->head.mark == PH_MARK_CLOSED)
    return PH_OBSTACLE_CLOSED;
  if (socket->key.protocol != PH_PROTOCOL_TCP && socket->key.protocol != PH_PROTOCOL_UDP)
    return PH_OBSTACLE_PROTOCOL;
  if (socket->key.net_ns != 0)
    return PH_OBSTACLE_OTHER_NETNS;
  if (!ph_socket_to_close (socket, &deed))
    return PH_OBSTACLE_NO_COOKIE;
  if (!means->may_close)
    return sandboxed ? PH_OBSTACLE_SANDBOX : PH_OBSTACLE_PRIVILEGE;
  return PH_OBSTACLE_NONE;
}

static PhObstacle
why_no_process (PhOwnerNote note)
{
  switch (note)
    {
    case PH_OWNER_OTHER_USER:
      return PH_OBSTACLE_OTHER_USER;
    case PH_OWNER_KERNEL_STATE:
    case PH_OWNER_KERNEL:
      return PH_OBSTACLE_KERNEL;
    default:
      return PH_OBSTACLE_NO_PROCESS;
    }
}

PhObstacle
ph_obstacle_to_signal (const PhSocket *socket, guint owner, const PhMeans *means)
{
  const PhProcess *process;

  if (owner >= socket->owner.n_owners || !socket->owner.owners[owner].process)
    return why_no_process (socket->owner.note);
  if (socket->owner.note != PH_OWNER_PROCESS)
    return PH_OBSTACLE_LIKELY;
  process = socket->owner.owners[owner].process;
  if (process->pid <= 1)
    return PH_OBSTACLE_INIT;
  if (process->pid == means->pid)
    return PH_OBSTACLE_OURSELVES;
  if (!means->may_signal && process->uid != means->uid && process->uid != means->real_uid)
    return PH_OBSTACLE_OTHER_USER;
  return means->has_pidfd ? PH_OBSTACLE_NONE : PH_OBSTACLE_NO_PIDFD;
}

const char *
ph_obstacle_label (PhObstacle obstacle)
{
  return words[obstacle].label ? _ (words[obstacle].label) : NULL;
}

const char *
ph_obstacle_sentence (PhObstacle obstacle)
{
  return words[obstacle].sentence ? _ (words[obstacle].sentence) : NULL;
}

gboolean
ph_socket_to_close (const PhSocket *socket, PhDeed *deed)
{
  *deed = (PhDeed){ .name = PH_DEED_CLOSE };
  return ph_socket_get_id (socket, &deed->socket);
}
