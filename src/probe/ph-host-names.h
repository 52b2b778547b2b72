/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Host names for a list of addresses, for a program that has nothing better to do meanwhile: the command line.
 *
 * getnameinfo(3) can neither be cancelled nor told how long to wait. So each look-up runs in a thread of its own that
 * owns all it touches, and the caller goes on when the time is up, whatever the threads still wait for.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#define PH_HOST_NAMES_THREADS 16 /* at once, in this process */

typedef struct
{
  int family;        /* AF_INET or AF_INET6 */
  uint8_t bytes[16]; /* network order; IPv4 in the first four */
  char *name;        /* out: free with free(); NULL where it has none or none was found in time */
} PhHostName;

/* Looks up one address, which is complete: @name gets NUL-terminated bytes as they come, unchecked. Returns 0 if found.
 */
typedef int (*PhHostLookup) (const struct sockaddr *address, socklen_t length, char *name, size_t size);

/* Fills in the names, each distinct address looked up once, and returns after @timeout_ms at the latest. @lookup is
 * NULL but in tests. */
void ph_host_names (PhHostName *hosts, size_t n_hosts, unsigned timeout_ms, PhHostLookup lookup);
