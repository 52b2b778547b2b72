/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses: text against inet_ntop(), places against the RFCs, order against a plain comparison. */
#include "ph-address.h"

#include <arpa/inet.h>
#include <string.h>

static PhAddress
parse (const char *text)
{
  PhAddress address;

  g_assert_true (ph_address_parse (text, &address, NULL));
  return address;
}

static void
assert_format (const PhAddress *address)
{
  char ours[PH_ADDRESS_TEXT_MAX], theirs[INET6_ADDRSTRLEN];
  gsize length = ph_address_format (address, ours);

  g_assert_nonnull (
      inet_ntop (address->family == PH_FAMILY_IPV4 ? AF_INET : AF_INET6, address->bytes, theirs, sizeof theirs));
  g_assert_cmpstr (ours, ==, theirs);
  g_assert_cmpuint (length, ==, strlen (ours));
}

static void
test_format_ipv4 (void)
{
  for (guint i = 0; i < 256; i++)
    {
      const guint8 bytes[4] = { (guint8) i, (guint8) (255 - i), (guint8) (i * 7), (guint8) (i * 31) };
      PhAddress address;

      ph_address_set (&address, PH_FAMILY_IPV4, bytes);
      assert_format (&address);
    }
}

/* Every pattern of zero and other groups, and many random ones. */
static void
test_format_ipv6 (void)
{
  static const guint16 groups[] = { 0x1, 0xff, 0xfff, 0xffff, 0xabcd, 0x10, 0x100, 0x1000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  guint8 bytes[16];
  PhAddress address;

  for (guint pattern = 0; pattern < 256 * 8; pattern++)
    {
      for (guint i = 0; i < 8; i++)
        {
          guint group = pattern >> i & 1 ? groups[(i + pattern / 256) % 8] : 0;

          bytes[2 * i] = (guint8) (group >> 8);
          bytes[2 * i + 1] = (guint8) group;
        }
      ph_address_set (&address, PH_FAMILY_IPV6, bytes);
      assert_format (&address);
    }
  for (guint n = 0; n < 200000; n++)
    {
      for (guint i = 0; i < 16; i++)
        bytes[i] = g_rand_boolean (rand) ? (guint8) g_rand_int (rand) : g_rand_boolean (rand) ? 0xff : 0;
      if (n % 4 == 0)
        memset (bytes, 0, 10 + n / 4 % 4);
      ph_address_set (&address, PH_FAMILY_IPV6, bytes);
      assert_format (&address);
    }
}

static void
test_format_none (void)
{
  PhAddress address = { { 0 } };
  char text[PH_ADDRESS_TEXT_MAX] = "x";

  g_assert_cmpuint (ph_address_format (&address, text), ==, 0);
  g_assert_cmpstr (text, ==, "");
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    guint family, prefix; /* family 0: refused */
  } cases[] = {
    { "10.0.0.0/8", 4, 8 },
    { "10.0.0.1", 4, 32 },
    { "0.0.0.0/0", 4, 0 },
    { "255.255.255.255/32", 4, 32 },
    { "::/0", 6, 0 },
    { "fe80::/10", 6, 10 },
    { "::ffff:10.0.0.1", 6, 128 },
    { "2001:DB8::1", 6, 128 },
    { "", 0, 0 },
    { "/", 0, 0 },
    { "/8", 0, 0 },
    { "10.0.0.1/", 0, 0 },
    { "10.0.0.1/33", 0, 0 },
    { "10.0.0.1/-1", 0, 0 },
    { "10.0.0.1/+8", 0, 0 },
    { "10.0.0.1/ 8", 0, 0 },
    { "10.0.0.1/8x", 0, 0 },
    { "10.0.0.1/8/8", 0, 0 },
    { "10.0.0.1/99999999999999999999", 0, 0 },
    { "::1/129", 0, 0 },
    { "10.0.0", 0, 0 },
    { "10.0.0.256", 0, 0 },
    { "10.0.0.1 ", 0, 0 },
    { " 10.0.0.1", 0, 0 },
    { "10.0.0.1.2", 0, 0 },
    { ":::", 0, 0 },
    { "1:2:3:4:5:6:7", 0, 0 },
    { "1:2:3:4:5:6:7:8:9", 0, 0 },
    { "fe80::1%eth0", 0, 0 },
    { "localhost", 0, 0 },
    { "11111111111111111111111111111111111111111111111111111111111111111111111111111111111", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhAddress address = { { 0 } };
      guint prefix = 999;
      gboolean good = ph_address_parse (cases[i].text, &address, &prefix);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (good, ==, cases[i].family != 0);
      if (good)
        {
          g_assert_cmpuint (address.family, ==, cases[i].family);
          g_assert_cmpuint (prefix, ==, cases[i].prefix);
        }
      g_assert_cmpint (ph_address_parse (cases[i].text, &address, NULL), ==, good && !strchr (cases[i].text, '/'));
    }
}

static void
test_scope (void)
{
  static const struct
  {
    const char *text;
    PhScope scope;
  } cases[] = {
    { "0.0.0.0", PH_SCOPE_ANY },
    { "::", PH_SCOPE_ANY },
    { "::ffff:0.0.0.0", PH_SCOPE_ANY },
    { "127.0.0.1", PH_SCOPE_LOOPBACK },
    { "127.255.0.9", PH_SCOPE_LOOPBACK },
    { "::1", PH_SCOPE_LOOPBACK },
    { "::ffff:127.0.0.1", PH_SCOPE_LOOPBACK },
    { "ff01::1", PH_SCOPE_LOOPBACK },
    { "0.0.0.1", PH_SCOPE_LOCAL },
    { "10.0.0.1", PH_SCOPE_LOCAL },
    { "172.16.0.1", PH_SCOPE_LOCAL },
    { "172.31.255.255", PH_SCOPE_LOCAL },
    { "192.168.0.1", PH_SCOPE_LOCAL },
    { "169.254.1.1", PH_SCOPE_LOCAL },
    { "100.64.0.1", PH_SCOPE_LOCAL },
    { "100.127.255.255", PH_SCOPE_LOCAL },
    { "224.0.0.251", PH_SCOPE_LOCAL },
    { "239.255.255.250", PH_SCOPE_LOCAL },
    { "255.255.255.255", PH_SCOPE_LOCAL },
    { "::ffff:10.0.0.1", PH_SCOPE_LOCAL },
    { "fe80::1", PH_SCOPE_LOCAL },
    { "febf::1", PH_SCOPE_LOCAL },
    { "fec0::1", PH_SCOPE_LOCAL },
    { "fc00::1", PH_SCOPE_LOCAL },
    { "fdff::1", PH_SCOPE_LOCAL },
    { "ff02::fb", PH_SCOPE_LOCAL },
    { "ff08::1", PH_SCOPE_LOCAL },
    { "1.0.0.1", PH_SCOPE_INTERNET },
    { "9.255.255.255", PH_SCOPE_INTERNET },
    { "11.0.0.0", PH_SCOPE_INTERNET },
    { "126.255.255.255", PH_SCOPE_INTERNET },
    { "128.0.0.0", PH_SCOPE_INTERNET },
    { "172.15.255.255", PH_SCOPE_INTERNET },
    { "172.32.0.0", PH_SCOPE_INTERNET },
    { "192.167.0.1", PH_SCOPE_INTERNET },
    { "192.169.0.1", PH_SCOPE_INTERNET },
    { "100.63.0.1", PH_SCOPE_INTERNET },
    { "100.128.0.1", PH_SCOPE_INTERNET },
    { "169.253.0.1", PH_SCOPE_INTERNET },
    { "224.0.1.1", PH_SCOPE_INTERNET },
    { "255.255.255.254", PH_SCOPE_INTERNET },
    { "2001:4860::8888", PH_SCOPE_INTERNET },
    { "fe00::1", PH_SCOPE_INTERNET },
    { "ff0e::1", PH_SCOPE_INTERNET },
    { "::2", PH_SCOPE_INTERNET },
    { "::ffff:8.8.8.8", PH_SCOPE_INTERNET },
  };
  PhAddress none = { { 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhAddress address = parse (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (ph_address_scope (&address), ==, cases[i].scope);
      g_assert_cmpint (ph_address_is_any (&address), ==, cases[i].scope == PH_SCOPE_ANY);
    }
  g_assert_cmpint (ph_address_scope (&none), ==, PH_SCOPE_NONE);
  g_assert_false (ph_address_is_any (&none));
  g_assert_false (ph_address_is_mapped (&none));
}

static void
test_in (void)
{
  static const struct
  {
    const char *address, *network;
    gboolean in;
  } cases[] = {
    { "10.1.2.3", "10.0.0.0/8", TRUE },
    { "11.1.2.3", "10.0.0.0/8", FALSE },
    { "10.1.2.3", "10.1.2.3/32", TRUE },
    { "10.1.2.4", "10.1.2.3/32", FALSE },
    { "10.1.2.3", "10.1.2.2/31", TRUE },
    { "10.1.2.4", "10.1.2.2/31", FALSE },
    { "192.168.127.1", "192.168.0.0/17", TRUE },
    { "192.168.128.1", "192.168.0.0/17", FALSE },
    { "1.2.3.4", "0.0.0.0/0", TRUE },
    { "::1", "0.0.0.0/0", FALSE },
    { "::ffff:1.2.3.4", "0.0.0.0/0", TRUE },
    { "::ffff:10.1.2.3", "10.0.0.0/8", TRUE },
    { "::ffff:11.1.2.3", "10.0.0.0/8", FALSE },
    { "::1", "::/0", TRUE },
    { "1.2.3.4", "::/0", FALSE },
    { "fe80::1", "fe80::/10", TRUE },
    { "febf::1", "fe80::/10", TRUE },
    { "fec0::1", "fe80::/10", FALSE },
    { "2001:db8::1", "2001:db8::1/128", TRUE },
    { "2001:db8::2", "2001:db8::1/128", FALSE },
    { "10.9.9.9", "10.1.1.1/8", TRUE },
  };
  PhAddress none = { { 0 } };
  PhAddress some = parse ("1.2.3.4");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhAddress address = parse (cases[i].address), network;
      guint prefix;

      g_test_message ("%s in %s", cases[i].address, cases[i].network);
      g_assert_true (ph_address_parse (cases[i].network, &network, &prefix));
      g_assert_cmpint (ph_address_in (&address, &network, prefix), ==, cases[i].in);
    }
  g_assert_false (ph_address_in (&none, &some, 0));
  g_assert_false (ph_address_in (&some, &none, 0));
  g_assert_false (ph_address_in (&some, &some, 33));
}

static void
test_order (void)
{
  static const char *const texts[] = {
    "0.0.0.0", "0.0.0.1", "9.255.255.255", "10.0.0.0",    "127.0.0.1", "255.255.255.255",       "::",
    "::1",     "::2",     "1::",           "2001:db8::1", "8000::",    "ffff:ffff:ffff:fffc::", "ffff:ffff:ffff:ffff::"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        PhAddress a = parse (texts[i]), b = parse (texts[j]);
        int order = ph_address_compare (&a, &b);

        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
        if (ph_address_rank (&a) < ph_address_rank (&b))
          g_assert_cmpint (order, <, 0);
        g_assert_cmpuint (ph_address_rank (&a), <, G_GUINT64_CONSTANT (3) << 62);
      }
}

static void
test_order_scope (void)
{
  PhAddress a = parse ("fe80::1"), b = a;

  b.scope = 3;
  g_assert_cmpint (ph_address_compare (&a, &b), <, 0);
  g_assert_cmpint (ph_address_compare (&b, &a), >, 0);
  g_assert_cmpuint (ph_address_rank (&a), ==, ph_address_rank (&b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/format/ipv4", test_format_ipv4);
  g_test_add_func ("/address/format/ipv6", test_format_ipv6);
  g_test_add_func ("/address/format/none", test_format_none);
  g_test_add_func ("/address/parse", test_parse);
  g_test_add_func ("/address/scope", test_scope);
  g_test_add_func ("/address/in", test_in);
  g_test_add_func ("/address/order", test_order);
  g_test_add_func ("/address/order/scope", test_order_scope);
  return g_test_run ();
}
