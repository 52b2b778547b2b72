/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Service names from hostile files; the bounded cache of host names, alone and under many threads. */
#include "ph-error.h"
#include "ph-names.h"
#include "ph-services.h"

#include <string.h>

static void
assert_service (const PhServices *services, const char *protocol, guint16 port, const char *name)
{
  g_assert_cmpstr (ph_services_find (services, protocol, port), ==, name);
}

static void
test_services (void)
{
  static const char text[] = "# Network services\n"
                             "\n"
                             "ssh\t\t22/tcp\t\t\t# SSH Remote Login Protocol\n"
                             "domain 53/tcp nameserver # a comment\n"
                             "domain 53/udp nameserver\r\n"
                             "  indented   99/tcp\n"
                             "http 80/tcp www\n"
                             "second 80/tcp\n"
                             "#off 81/tcp\n"
                             "half#82/tcp\n"
                             "nothing\n"
                             "noslash 83\n"
                             "noproto 84/\n"
                             "zero 0/tcp\n"
                             "big 65536/tcp\n"
                             "huge 99999999999999999999999/tcp\n"
                             "negative -1/tcp\n"
                             "letters 8x/tcp\n"
                             "odd 85/ddp\n"
                             "upper 86/TCP\n"
                             "longer 87/tcpx\n"
                             "\033[31mred 88/tcp\n"
                             "caf\351 89/tcp\n"
                             "caf\303\251 90/sctp\n"
                             "a234567890123456789012345678901234567890123456789012345678901234 91/tcp\n"
                             "a23456789012345678901234567890123456789012345678901234567890123 92/dccp\n"
                             "high 65535/tcp\n"
                             "last 93/tcp";
  g_autoptr (PhServices) services = ph_services_parse (text, sizeof text - 1);

  assert_service (services, "tcp", 22, "ssh");
  assert_service (services, "udp", 22, NULL);
  assert_service (services, "tcp", 53, "domain");
  assert_service (services, "udp", 53, "domain");
  assert_service (services, "tcp", 99, "indented");
  assert_service (services, "tcp", 80, "http"); /* the first of two */
  for (guint16 port = 81; port <= 91; port++)
    {
      assert_service (services, "tcp", port, NULL);
      assert_service (services, "udp", port, NULL);
    }
  assert_service (services, "tcp", 0, NULL);
  assert_service (services, "sctp", 90, "caf\303\251");
  assert_service (services, "dccp", 92, "a23456789012345678901234567890123456789012345678901234567890123");
  assert_service (services, "tcp", 65535, "high");
  assert_service (services, "tcp", 93, "last");
  assert_service (services, "ddp", 85, NULL);
  assert_service (services, "", 80, NULL);
}

static void
test_services_bytes (void)
{
  static const char nul[] = "a\0b 1/tcp\nok 2/tcp\0\ngood 3/tcp\n";
  g_autoptr (PhServices) services = ph_services_parse (nul, sizeof nul - 1);
  g_autoptr (PhServices) empty = ph_services_parse ("", 0);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  assert_service (services, "tcp", 1, NULL);
  assert_service (services, "tcp", 2, NULL);
  assert_service (services, "tcp", 3, "good");
  assert_service (empty, "tcp", 3, NULL);

  for (guint n = 0; n < 2000; n++)
    {
      static const char alphabet[] = "a1 /\ttcpudp#\n\0\377";
      gsize length = (gsize) g_rand_int_range (rand, 0, 200);
      g_autofree char *text = g_malloc (length + 1); /* exact, so that a sanitizer sees each byte too far */

      for (gsize i = 0; i < length; i++)
        text[i] = alphabet[g_rand_int_range (rand, 0, sizeof alphabet)];
      ph_services_free (ph_services_parse (text, length));
    }
}

static PhAddress
numbered (guint n)
{
  const guint8 bytes[4] = { 10, (guint8) (n >> 16), (guint8) (n >> 8), (guint8) n };
  PhAddress address;

  ph_address_set (&address, PH_FAMILY_IPV4, bytes);
  return address;
}

static void
test_hosts (void)
{
  g_autoptr (PhNames) names = ph_names_new (100);
  PhAddress address = numbered (1), other = numbered (2), wanted[4];
  char name[256] = "";

  g_assert_false (ph_names_host (names, &address, FALSE, name, sizeof name));
  g_assert_cmpuint (ph_names_wanted (names, wanted, 4), ==, 0);
  for (int i = 0; i < 3; i++)
    g_assert_false (ph_names_host (names, &address, TRUE, name, sizeof name));
  g_assert_false (ph_names_host (names, &other, TRUE, name, sizeof name));
  g_assert_cmpuint (ph_names_wanted (names, wanted, 1), ==, 1);
  g_assert_cmpint (ph_address_compare (&wanted[0], &address), ==, 0);
  g_assert_cmpuint (ph_names_wanted (names, wanted, 4), ==, 1);
  g_assert_cmpint (ph_address_compare (&wanted[0], &other), ==, 0);

  /* Given out once, also while the answer is on its way. */
  g_assert_false (ph_names_host (names, &address, TRUE, name, sizeof name));
  g_assert_cmpuint (ph_names_wanted (names, wanted, 4), ==, 0);

  g_assert_cmpuint (ph_names_generation (names), ==, 0);
  ph_names_set_host (names, &address, "example.org");
  g_assert_cmpuint (ph_names_generation (names), ==, 1);
  g_assert_true (ph_names_host (names, &address, TRUE, name, sizeof name));
  g_assert_cmpstr (name, ==, "example.org");

  ph_names_set_host (names, &other, NULL);
  g_assert_cmpuint (ph_names_generation (names), ==, 1);
  g_assert_false (ph_names_host (names, &other, TRUE, name, sizeof name));
  g_assert_cmpuint (ph_names_wanted (names, wanted, 4), ==, 0);
}

static void
test_hosts_fit (void)
{
  g_autoptr (PhNames) names = ph_names_new (100);
  PhAddress address = numbered (1), none = { { 0 } }, wanted;
  g_autofree char *long_name = g_strnfill (5000, 'x');
  char name[256], small[5];

  ph_names_set_host (names, &address, "evil\033[2J.example");
  g_assert_true (ph_names_host (names, &address, FALSE, name, sizeof name));
  g_assert_cmpstr (name, ==, "evil\\x1B[2J.example");
  ph_names_set_host (names, &address, long_name);
  g_assert_true (ph_names_host (names, &address, FALSE, name, sizeof name));
  g_assert_cmpuint (strlen (name), ==, 255);
  ph_names_set_host (names, &address, "10.0.0.1"); /* an echo is no name */
  g_assert_false (ph_names_host (names, &address, FALSE, name, sizeof name));
  ph_names_set_host (names, &address, "");
  g_assert_false (ph_names_host (names, &address, FALSE, name, sizeof name));

  ph_names_set_host (names, &address, "abcäö"); /* never cut inside a character */
  g_assert_true (ph_names_host (names, &address, FALSE, small, sizeof small));
  g_assert_cmpstr (small, ==, "abc");
  g_assert_true (ph_names_host (names, &address, FALSE, small, 1));
  g_assert_cmpstr (small, ==, "");

  g_assert_false (ph_names_host (names, &none, TRUE, name, sizeof name));
  g_assert_cmpuint (ph_names_wanted (names, &wanted, 1), ==, 0);
}

/* However many addresses are seen, the cache and the wanted list stay small, and the newest stay. */
static void
test_bounded (void)
{
  g_autoptr (PhNames) names = ph_names_new (64);
  PhAddress wanted[1000];
  char name[64];

  for (guint i = 0; i < 10000; i++)
    {
      PhAddress address = numbered (i);

      ph_names_host (names, &address, TRUE, name, sizeof name);
    }
  g_assert_cmpuint (ph_names_wanted (names, wanted, G_N_ELEMENTS (wanted)), ==, 64);

  for (guint i = 0; i < 10000; i++)
    {
      PhAddress address = numbered (i);

      ph_names_set_host (names, &address, "h");
    }
  for (guint i = 0; i < 10000; i++)
    {
      PhAddress address = numbered (i);

      g_assert_cmpint (ph_names_host (names, &address, FALSE, name, sizeof name), ==, i >= 10000 - 64);
    }
}

static gpointer
hammer (gpointer data)
{
  PhNames *names = data;
  PhAddress wanted[8];
  char name[64];

  for (guint i = 0; i < 20000; i++)
    {
      PhAddress address = numbered (i % 300);
      guint n;

      if (ph_names_host (names, &address, TRUE, name, sizeof name))
        g_assert_cmpstr (name, ==, "host");
      ph_names_service (names, "tcp", 80, name, sizeof name);
      n = i % 16 == 0 ? ph_names_wanted (names, wanted, G_N_ELEMENTS (wanted)) : 0;
      while (n > 0)
        ph_names_set_host (names, &wanted[--n], "host");
      if (i % 5000 == 0)
        ph_names_set_services (names, "http 80/tcp", 11);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (PhNames) names = ph_names_new (128);
  GThread *threads[4];
  char name[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("hammer", hammer, names);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (ph_names_generation (names), >, 0);
  g_assert_true (ph_names_service (names, "tcp", 80, name, sizeof name));
  g_assert_cmpstr (name, ==, "http");
}

static void
sink_end (PhNames *names, PhErrorCode code)
{
  PhFrameEnd end = { .code = code };

  ph_names_services_sink (names, PH_FRAME_END, &end, sizeof end);
}

/* As the probe delivers the file: in pieces, and only whole. */
static void
test_sink (void)
{
  static const char first[] = "ssh 22/tcp\n", second[] = "domain 53/udp\n";
  g_autoptr (PhNames) names = ph_names_new (4);
  char name[64];

  ph_names_services_sink (names, PH_FRAME_BEGIN, NULL, 0);
  ph_names_services_sink (names, PH_FRAME_TEXT, second, sizeof second - 1);
  ph_names_services_sink (names, PH_FRAME_RESTART, NULL, 0);
  ph_names_services_sink (names, PH_FRAME_TEXT, first, sizeof first - 1);
  g_assert_false (ph_names_service (names, "tcp", 22, name, sizeof name));
  sink_end (names, PH_ERROR_NONE);
  g_assert_true (ph_names_service (names, "tcp", 22, name, sizeof name));
  g_assert_false (ph_names_service (names, "udp", 53, name, sizeof name));

  ph_names_services_sink (names, PH_FRAME_BEGIN, NULL, 0);
  ph_names_services_sink (names, PH_FRAME_TEXT, second, sizeof second - 1);
  sink_end (names, PH_ERROR_TRUNCATED);
  g_assert_true (ph_names_service (names, "tcp", 22, name, sizeof name));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/services/lines", test_services);
  g_test_add_func ("/services/bytes", test_services_bytes);
  g_test_add_func ("/names/sink", test_sink);
  g_test_add_func ("/names/hosts", test_hosts);
  g_test_add_func ("/names/fit", test_hosts_fit);
  g_test_add_func ("/names/bounded", test_bounded);
  g_test_add_func ("/names/threads", test_threads);
  return g_test_run ();
}
