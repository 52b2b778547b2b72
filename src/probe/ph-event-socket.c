/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Multicast groups of rtnetlink(7) and sock_diag(7), see ph-event-socket.h. */
#include "ph-event-socket.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ph-alloc.h"

#define BUFFER_SIZE   32768 /* one event is a few hundred bytes; a link with many virtual functions some thousand */
#define N_AT_ONCE     256   /* datagrams: a receive buffer of the usual size holds about so many */
#define GROUPS_A_KIND 3

/* A program that closes all it has at once must not be faster than the reader: room for some 6,000 sockets, which the
 * kernel takes only while they wait. */
#define ROOM_DESTROYED (4 << 20)

struct _PhEventSocket
{
  int fd;
  bool lost; /* the kernel has dropped some, and goes on dropping until the queue has been empty */
  _Alignas(8) uint8_t buffer[BUFFER_SIZE];
};

static const struct
{
  uint32_t kind;
  uint8_t groups[GROUPS_A_KIND]; /* RTNLGRP_*, SKNLGRP_*, 0: none */
} kinds_groups[] = {
  { PH_EVENT_LINKS, { RTNLGRP_LINK } },
  { PH_EVENT_ADDRESSES, { RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR } },
  { PH_EVENT_ROUTES, { RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE, RTNLGRP_NEXTHOP } },
  { PH_EVENT_RULES, { RTNLGRP_IPV4_RULE, RTNLGRP_IPV6_RULE } },
  { PH_EVENT_NEIGHBOURS, { RTNLGRP_NEIGH } },
  { PH_EVENT_DESTROYED, { SKNLGRP_INET_TCP_DESTROY, SKNLGRP_INET6_TCP_DESTROY } },
};

static bool
fail (PhError *error, int errnum)
{
  if (error != NULL)
    *error = (PhError){
      .code = errnum == EPERM || errnum == EACCES ? PH_ERROR_DENIED : PH_ERROR_SYSTEM,
      .errnum = errnum,
    };
  return false;
}

/* Next hop objects are younger than the rest (Linux 5.3): a kernel that does not know their group has none. Groups of
 * sock_diag have small numbers, so this one is not mistaken for one of them. */
static bool
join (int fd, int group)
{
  return setsockopt (fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) == 0
         || (group == RTNLGRP_NEXTHOP && errno == EINVAL);
}

static bool
join_all (int fd, uint32_t kinds)
{
  for (size_t i = 0; i < sizeof kinds_groups / sizeof kinds_groups[0]; i++)
    for (size_t j = 0; j < GROUPS_A_KIND && (kinds & kinds_groups[i].kind); j++)
      if (kinds_groups[i].groups[j] != 0 && !join (fd, kinds_groups[i].groups[j]))
        return false;
  return true;
}

/* As much as is allowed: without privilege it is net.core.rmem_max, and the kernel makes the number fit. */
static void
make_room (int fd, int size)
{
  if (setsockopt (fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0)
    setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

/* -1 and errno where there can be none. */
static int
open_socket (uint32_t kinds)
{
  const int protocol = kinds & PH_EVENT_DESTROYED ? NETLINK_SOCK_DIAG : NETLINK_ROUTE;
  int fd;

  if ((kinds & PH_EVENT_DESTROYED) && (kinds & PH_EVENT_ALL_ROUTING))
    {
      errno = EINVAL;
      return -1;
    }
  fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
  if (fd >= 0 && (kinds & PH_EVENT_DESTROYED))
    make_room (fd, ROOM_DESTROYED);
  return fd;
}

PhEventSocket *
ph_event_socket_new (uint32_t kinds, PhError *error)
{
  const struct sockaddr_nl any = { .nl_family = AF_NETLINK };
  const int fd = open_socket (kinds);
  PhEventSocket *self;

  if (fd < 0 || bind (fd, (const struct sockaddr *) &any, sizeof any) != 0 || !join_all (fd, kinds))
    {
      fail (error, errno);
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  self = ph_alloc (1, sizeof *self);
  self->fd = fd;
  return self;
}

void
ph_event_socket_free (PhEventSocket *socket)
{
  if (socket == NULL)
    return;
  close (socket->fd);
  free (socket);
}

int
ph_event_socket_fd (const PhEventSocket *socket)
{
  return socket->fd;
}

static void
tell_lost (PhEventSocket *self, bool going_on, PhSink sink, void *user)
{
  self->lost = going_on;
  sink (user, PH_FRAME_LOST, NULL, 0);
}

/* Whoever has the privilege can send to these groups too, but only the kernel's word counts. */
static void
give (PhEventSocket *self, const struct msghdr *header, size_t length, PhSink sink, void *user)
{
  const struct sockaddr_nl *from = header->msg_name;

  if (header->msg_namelen != sizeof *from || from->nl_family != AF_NETLINK || from->nl_pid != 0)
    return;
  if (header->msg_flags & MSG_TRUNC)
    tell_lost (self, self->lost, sink, user);
  else if (length > 0)
    sink (user, PH_FRAME_NETLINK, self->buffer, length);
}

/*
 * ENOBUFS comes once. From then on the kernel drops everything, and says nothing of it, until the queue has been read
 * empty (NETLINK_S_CONGESTED). So LOST is told twice: at once, and again when all that is new will be heard.
 */
bool
ph_event_socket_take (PhEventSocket *socket, PhSink sink, void *user, PhError *error)
{
  for (unsigned i = 0; i < N_AT_ONCE; i++)
    {
      struct sockaddr_nl from = { 0 };
      struct iovec space = { .iov_base = socket->buffer, .iov_len = sizeof socket->buffer };
      struct msghdr header = { .msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &space, .msg_iovlen = 1 };
      const ssize_t n = recvmsg (socket->fd, &header, 0);

      if (n >= 0)
        give (socket, &header, (size_t) n, sink, user);
      else if (errno == ENOBUFS)
        tell_lost (socket, true, sink, user);
      else if (errno == EAGAIN)
        {
          if (socket->lost)
            tell_lost (socket, false, sink, user);
          return true;
        }
      else if (errno != EINTR)
        return fail (error, errno);
    }
  return true;
}
