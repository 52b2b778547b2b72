/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question about a route, from what somebody has typed. */
#pragma once

#include "ph-address.h"
#include "ph-request.h"

/* As typed; NULL or empty: not said. */
typedef struct
{
  const char *address; /* "192.0.2.7", "[2001:db8::7]", "fe80::7%eth0"; a name only where somebody resolves it first */
  const char *source;  /* likewise */
  const char *mark;    /* decimal, or hexadecimal with "0x" */
  const char *interface; /* name; or a number, its index */
} PhRouteQuestion;

#define PH_ROUTE_QUERY_ERROR (ph_route_query_error_quark ())
GQuark ph_route_query_error_quark (void);

typedef enum
{
  PH_ROUTE_QUERY_ERROR_ADDRESS,   /* is no address: a name, perhaps */
  PH_ROUTE_QUERY_ERROR_SOURCE,    /* is no address, or one of the other family */
  PH_ROUTE_QUERY_ERROR_MARK,      /* is no number of 32 bits */
  PH_ROUTE_QUERY_ERROR_INTERFACE, /* there is no such interface */
} PhRouteQueryErrorCode;

/* An address as people write it: blanks and brackets around it are allowed, and the zone of an IPv6 one (RFC 4007),
 * which is not part of @address. FALSE: it is none. */
gboolean ph_route_query_address (const char *text, PhAddress *address);

/* The name of the interface that packets must leave by, as links have it: fit to show. What is said, or else the zone
 * of the address; NULL: any. */
char *ph_route_query_interface (const PhRouteQuestion *question);

/* Fills @query but for its interface, which only the kernel knows the number of (ph-route-inquiry.h). FALSE and @error,
 * in words. */
gboolean ph_route_query_parse (const PhRouteQuestion *question, PhRouteQuery *query, GError **error);
