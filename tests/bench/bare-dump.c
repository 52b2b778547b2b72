/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bare-dump [--info]: the least that any program must do to list TCP sockets: ask for IPv4 and IPv6, receive until
 * DONE, count the messages. Nothing is decoded. Prints "COUNT MILLISECONDS". A yardstick for the benchmark.
 */
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static _Alignas(8) char buffer[32768];

static double
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static void
die (const char *what)
{
  perror (what);
  exit (1);
}

static size_t
dump (int fd, int family, int extensions)
{
  struct
  {
    struct nlmsghdr header;
    struct inet_diag_req_v2 body;
  } request = {
    .header
    = { .nlmsg_len = sizeof request, .nlmsg_type = SOCK_DIAG_BY_FAMILY, .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP },
    .body = { .sdiag_family = (__u8) family,
              .sdiag_protocol = IPPROTO_TCP,
              .idiag_ext = (__u8) extensions,
              .idiag_states = 0x1ffe },
  };
  size_t count = 0;

  if (send (fd, &request, sizeof request, 0) < 0)
    die ("send");
  for (;;)
    {
      ssize_t n = recv (fd, buffer, sizeof buffer, 0);

      if (n < 0)
        die ("recv");
      for (const struct nlmsghdr *message = (const struct nlmsghdr *) buffer; NLMSG_OK (message, n);
           message = NLMSG_NEXT (message, n))
        {
          if (message->nlmsg_type == NLMSG_DONE)
            return count;
          if (message->nlmsg_type == NLMSG_ERROR)
            die ("dump");
          count++;
        }
    }
}

int
main (int argc, char **argv)
{
  const int extensions
      = argc > 1 && strcmp (argv[1], "--info") == 0 ? 1 << (INET_DIAG_INFO - 1) | 1 << (INET_DIAG_CONG - 1) : 0;
  const double start = now_ms ();
  const int fd = socket (AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
  size_t count;

  if (fd < 0)
    die ("socket");
  count = dump (fd, AF_INET, extensions) + dump (fd, AF_INET6, extensions);
  printf ("%zu %.3f\n", count, now_ms () - start);
  return 0;
}
