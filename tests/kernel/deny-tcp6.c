/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * To be preloaded: requests for IPv6 TCP sockets fail with ENOBUFS, all others go through. So a test sees what becomes
 * of a collection of which one part fails.
 */
#include <dlfcn.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

ssize_t
sendto (int fd, const void *bytes, size_t length, int flags, __CONST_SOCKADDR_ARG address, socklen_t address_length)
{
  ssize_t (*real) (int, const void *, size_t, int, __CONST_SOCKADDR_ARG, socklen_t)
      = (ssize_t (*) (int, const void *, size_t, int, __CONST_SOCKADDR_ARG, socklen_t)) dlsym (RTLD_NEXT, "sendto");
  const struct nlmsghdr *header = bytes;

  if (length >= NLMSG_LENGTH (sizeof (struct inet_diag_req_v2)) && header->nlmsg_type == SOCK_DIAG_BY_FAMILY)
    {
      const struct inet_diag_req_v2 *request = NLMSG_DATA (header);

      if (request->sdiag_family == AF_INET6 && request->sdiag_protocol == IPPROTO_TCP)
        {
          errno = ENOBUFS;
          return -1;
        }
    }
  return real (fd, bytes, length, flags, address, address_length);
}
