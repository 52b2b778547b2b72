/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The decision table. The first line that fits tells; "-" is either.
 *
 *   inode  looked  denied  sees kernel  uid                    when                       note
 *   0      -       -       -            -                      connection                 KERNEL_STATE
 *   0      -       -       -            -                      other                      KERNEL
 *   yes    -       -       -            -                      netlink, port 0            KERNEL
 *   yes    no      -       -            -                      -                          UNKNOWN
 *   yes    yes     yes     -            none of our own        -                          OTHER_USER
 *   yes    yes     yes     -            our own, or not told   in flux                    GONE
 *   yes    yes     yes     -            our own, or not told   first look, not listening  UNKNOWN
 *   yes    yes     yes     -            our own, or not told   stays, or listens          PROTECTED
 *   yes    yes     no      -            -                      in flux                    GONE
 *   yes    yes     no      yes          -                      stays                      KERNEL
 *   yes    yes     no      yes          root, or not told      first look, root cgroup    UNKNOWN
 *   yes    yes     no      yes          -                      first look, else           GONE
 *   yes    yes     no      no           another's, not root    stays, or first look       OTHER_USER
 *   yes    yes     no      no           -                      stays, or first look       OTHER_NETNS
 *
 * Connection: an entry without an inode in a state of a connection has no process any more (TIME_WAIT, FIN_WAIT2 after
 * close) or not yet (SYN_RECV, and ESTABLISHED while it waits to be accepted). Other entries without one the kernel
 * made for itself.
 *
 * A uid is our own if it is the probe's, or if one of its processes could be looked into. Those of our own user that
 * refuse are not dumpable (prctl(2) PR_SET_DUMPABLE): ssh-agent, keyrings, browsers' helpers.
 *
 * In a PID namespace, a Flatpak's for one, /proc has only the processes inside, none of them refuses, and the sockets
 * of those outside have no holder. With hidepid (proc(5)) another user's processes are not there at all; to root
 * nothing is hidden that way, so a uid speaks for another user only as long as root's is not our own.
 * Uids from outside a user namespace all read 65534 (user_namespaces(7)), which says nothing about users.
 *
 * A socket that everything was searched for in vain and that stays is held by the kernel itself (NFS, WireGuard, a
 * subflow of MPTCP). In flux is one that came since the last look, or whose process has just ended: most likely it was
 * closed between the dump and the search, and if it is still there at the next look, it was not. At a first look there
 * is no next one to wait for; but what listens hardly ever goes away at once, the kernel makes its own as root and in
 * the root cgroup, and of the rest nothing can be told yet.
 */
#include "ph-owner-reason.h"

#define OVERFLOW_UID 65534

static gboolean
is_connection (const PhSocket *socket)
{
  switch (socket->key.protocol)
    {
    case PH_PROTOCOL_TCP:
    case PH_PROTOCOL_MPTCP:
    case PH_PROTOCOL_SCTP:
    case PH_PROTOCOL_DCCP:
    case PH_PROTOCOL_UNIX:
    case PH_PROTOCOL_VSOCK:
      break;
    default:
      return FALSE;
    }
  switch (socket->state)
    {
    case PH_STATE_UNKNOWN:
    case PH_STATE_CLOSE:
    case PH_STATE_LISTEN:
    case PH_STATE_BOUND_INACTIVE:
      return FALSE;
    default:
      return TRUE;
    }
}

gboolean
ph_owner_is_kernels_own (const PhSocket *socket)
{
  if (socket->key.protocol == PH_PROTOCOL_NETLINK && socket->path && g_str_has_suffix (socket->path, ":kernel"))
    return TRUE;
  return socket->inode == 0 && !is_connection (socket);
}

PhOwnerNote
ph_owner_reason (const PhSocket *socket, const PhOwnerEvidence *e)
{
  gboolean uid_told = socket->uid != PH_UID_UNKNOWN;
  gboolean by_root = !uid_told || socket->uid == 0;

  if (ph_owner_is_kernels_own (socket))
    return PH_OWNER_KERNEL;
  if (socket->inode == 0)
    return PH_OWNER_KERNEL_STATE;
  if (!e->looked)
    return PH_OWNER_UNKNOWN;
  if (e->denied && uid_told && !e->own_uid)
    return PH_OWNER_OTHER_USER;
  if (e->in_flux)
    return PH_OWNER_GONE;
  if (e->denied)
    return e->first_look && socket->state != PH_STATE_LISTEN ? PH_OWNER_UNKNOWN : PH_OWNER_PROTECTED;
  if (e->sees_kernel)
    return !e->first_look ? PH_OWNER_KERNEL : e->kernel_cgroup && by_root ? PH_OWNER_UNKNOWN : PH_OWNER_GONE;
  if (uid_told && !e->own_uid && !e->sees_root && socket->uid != OVERFLOW_UID)
    return PH_OWNER_OTHER_USER;
  return PH_OWNER_OTHER_NETNS;
}
