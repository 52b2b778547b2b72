/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An IPv4 or IPv6 address, in 20 bytes, with the questions that are asked of one. */
#pragma once

#include <glib.h>

typedef enum
{
  PH_FAMILY_NONE = 0, /* no address */
  PH_FAMILY_IPV4 = 4,
  PH_FAMILY_IPV6 = 6,
} PhFamily;

typedef struct
{
  guint8 bytes[16]; /* network order; IPv4 in the first four, the rest zero */
  guint8 family;    /* PhFamily */
  guint8 reserved[3];
  guint32 scope; /* interface index of a link-local address, else 0 */
} PhAddress;

/* Where an address lies, seen from this machine. */
typedef enum
{
  PH_SCOPE_NONE = 0,
  PH_SCOPE_ANY,      /* 0.0.0.0, ::, and IPv4-mapped 0.0.0.0 */
  PH_SCOPE_LOOPBACK, /* 127/8 (RFC 1122), ::1 (RFC 4291) */
  PH_SCOPE_LOCAL,    /* link-local, private (RFC 1918), unique local (RFC 4193), shared (RFC 6598), multicast of these
                        scopes */
  PH_SCOPE_INTERNET,
} PhScope;

#define PH_ADDRESS_TEXT_MAX 64 /* longest text with scope and terminator */

/* @bytes is 4 or 16 bytes in network order. */
void ph_address_set (PhAddress *address, PhFamily family, const void *bytes);

/* What @address is to the network: without scope, and an IPv4-mapped one is the IPv4 address. */
PhAddress ph_address_plain (const PhAddress *address);

gboolean ph_address_is_any (const PhAddress *address);
gboolean ph_address_is_mapped (const PhAddress *address); /* ::ffff:0:0/96 */
PhScope ph_address_scope (const PhAddress *address);

/* IPv4 before IPv6, then by number. */
int ph_address_compare (const PhAddress *a, const PhAddress *b);

/* A prefix of that order in 64 bits, for sorting; below 3 << 62, so that what is not an address can come after. */
guint64 ph_address_rank (const PhAddress *address);

/* RFC 5952 text, NUL-terminated, without scope; an IPv4-mapped address as ::ffff:a.b.c.d. Returns its length. */
gsize ph_address_format (const PhAddress *address, char text[PH_ADDRESS_TEXT_MAX]);

/* Appends the end of a connection: "192.0.2.7:443", "[2001:db8::1]:443"; ":*" where @port is 0. */
void ph_address_print_end (const PhAddress *address, guint16 port, GString *text);

/* "ADDRESS" or "ADDRESS/PREFIX"; @prefix may be NULL where no prefix is allowed; without one it is 32 or 128. */
gboolean ph_address_parse (const char *text, PhAddress *address, guint *prefix);

/* A mapped address matches IPv4 networks too. */
gboolean ph_address_in (const PhAddress *address, const PhAddress *network, guint prefix);
