/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Service names by port: what services(5) says, for the protocols that sockets have. Immutable once parsed. */
#pragma once

#include <glib.h>

typedef struct _PhServices PhServices;

/* The text of /etc/services: "NAME PORT/PROTOCOL ALIAS… # COMMENT". Lines that are malformed, of other protocols or
 * with names of more than 63 bytes are skipped; of two lines for one port the first counts, as for getservbyport(3). */
PhServices *ph_services_parse (const char *text, gsize length);
void ph_services_free (PhServices *services);

/* @protocol: "tcp", "udp", "sctp" or "dccp"; NULL where there is no name. */
const char *ph_services_find (const PhServices *services, const char *protocol, guint16 port);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhServices, ph_services_free)
