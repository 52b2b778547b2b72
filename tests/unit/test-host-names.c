/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Host names under a deadline, with resolvers that answer, refuse, dawdle and hang. */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "ph-host-names.h"

static atomic_int n_calls, n_now, n_most;
static atomic_bool hang;

/* 10.0.0.N is "hostN" but has no name where N is odd; IPv6 is its own text. */
static int
look_up (const struct sockaddr *address, socklen_t length, char *name, size_t size)
{
  const int n = atomic_fetch_add (&n_now, 1) + 1;

  atomic_fetch_add (&n_calls, 1);
  if (n > atomic_load (&n_most))
    atomic_store (&n_most, n);
  g_usleep (1000);
  while (atomic_load (&hang))
    g_usleep (1000);
  atomic_fetch_sub (&n_now, 1);

  if (address->sa_family == AF_INET6)
    {
      const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *) address;

      g_assert_cmpuint (length, ==, sizeof *ipv6);
      return inet_ntop (AF_INET6, &ipv6->sin6_addr, name, (socklen_t) size) != NULL ? 0 : EAI_FAIL;
    }
  else
    {
      const struct sockaddr_in *ipv4 = (const struct sockaddr_in *) address;
      const guint last = ntohl (ipv4->sin_addr.s_addr) & 0xff;

      g_assert_cmpuint (length, ==, sizeof *ipv4);
      snprintf (name, size, "host%u", last);
      return last % 2 == 0 ? 0 : EAI_NONAME;
    }
}

static void
set_ipv4 (PhHostName *host, guint8 last)
{
  *host = (PhHostName){ .family = AF_INET, .bytes = { 10, 0, 0, last } };
  memset (host->bytes + 4, last, 12); /* not looked at */
}

static void
clear (PhHostName *hosts, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_clear_pointer (&hosts[i].name, free);
}

static void
test_names (void)
{
  PhHostName hosts[120];

  for (guint i = 0; i < 100; i++)
    set_ipv4 (&hosts[i], (guint8) (i % 40));
  memset (hosts[10].bytes + 4, 0, 12);
  for (guint i = 100; i < 119; i++)
    hosts[i] = (PhHostName){ .family = AF_INET6, .bytes = { 0xfe, 0x80, [15] = 7 } };
  hosts[119] = (PhHostName){ .family = AF_UNIX };

  atomic_store (&n_calls, 0);
  ph_host_names (hosts, G_N_ELEMENTS (hosts), 10000, look_up);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *expected = g_strdup_printf ("host%u", i % 40);

      g_assert_cmpstr (hosts[i].name, ==, i % 2 == 0 ? expected : NULL);
    }
  for (guint i = 100; i < 119; i++)
    g_assert_cmpstr (hosts[i].name, ==, "fe80::7");
  g_assert_null (hosts[119].name);
  g_assert_cmpint (atomic_load (&n_calls), ==, 41); /* each distinct one once */
  g_assert_cmpint (atomic_load (&n_most), <=, PH_HOST_NAMES_THREADS);
  clear (hosts, G_N_ELEMENTS (hosts));
}

static void
test_none (void)
{
  ph_host_names (NULL, 0, 1000, look_up);
}

/* A resolver that hangs delays its caller until the time is up, does no harm when it comes back later, and does not
 * gather ever more threads. */
static void
test_hanging (void)
{
  PhHostName hosts[64];
  gint64 start = g_get_monotonic_time ();

  atomic_store (&hang, true);
  atomic_store (&n_most, 0);
  for (guint round = 0; round < 5; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
        set_ipv4 (&hosts[i], (guint8) (2 * i));
      ph_host_names (hosts, G_N_ELEMENTS (hosts), 50, look_up);
      for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
        g_assert_null (hosts[i].name);
    }
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 50000);
  g_assert_cmpint (atomic_load (&n_most), <=, PH_HOST_NAMES_THREADS);

  atomic_store (&hang, false);
  while (atomic_load (&n_now) > 0)
    g_usleep (1000);
  g_usleep (50000); /* they leave */
  set_ipv4 (&hosts[0], 4);
  ph_host_names (hosts, 1, 10000, look_up);
  g_assert_cmpstr (hosts[0].name, ==, "host4");
  clear (hosts, 1);
}

/* The system's own: this computer has a name for itself in hosts(5), or it has none, but nothing breaks. */
static void
test_system (void)
{
  PhHostName host = { .family = AF_INET, .bytes = { 127, 0, 0, 1 } };
  const struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  char expected[NI_MAXHOST];
  const int found = getnameinfo ((const struct sockaddr *) &address, sizeof address, expected, sizeof expected, NULL, 0,
                                 NI_NAMEREQD);

  ph_host_names (&host, 1, 20000, NULL);
  g_assert_cmpstr (host.name, ==, found == 0 ? expected : NULL);
  clear (&host, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host-names/names", test_names);
  g_test_add_func ("/host-names/none", test_none);
  g_test_add_func ("/host-names/hanging", test_hanging);
  g_test_add_func ("/host-names/system", test_system);
  return g_test_run ();
}
