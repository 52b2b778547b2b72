/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names for numbers: host names for addresses, service names for ports. A bounded cache that others fill; it asks
 * nobody.
 *
 * Thread-safe: the main loop formats cells from it while a worker filters by it. What is looked up and missing can be
 * collected by the one who resolves: ph_names_wanted().
 */
#pragma once

#include <glib.h>

#include "ph-address.h"
#include "ph-frame.h"

typedef struct _PhNames PhNames;

PhNames *ph_names_new (guint max_hosts);
PhNames *ph_names_ref (PhNames *names);
void ph_names_unref (PhNames *names);

/* The text of services(5); replaces what was there. Malformed lines are skipped. */
void ph_names_set_services (PhNames *names, const char *text, gsize length);

/* A PhSink for PH_REQUEST_SERVICES; @user is the PhNames. Takes effect with the END of a request that went well; one
 * request at a time. */
void ph_names_services_sink (void *user, PhFrameKind kind, const void *bytes, size_t length);

/* Copies the service name for a port ("tcp", "udp", ...; host order) into @name. FALSE if there is none. */
gboolean ph_names_service (PhNames *names, const char *protocol, guint16 port, char *name, gsize size);

/* Copies the host name into @name. FALSE where it has none or is not known yet; then, where @want, the address is noted
 * as wanted, once. */
gboolean ph_names_host (PhNames *names, const PhAddress *address, gboolean want, char *name, gsize size);

/* Takes up to @max addresses that are wanted and not yet answered; each is given out once. Returns how many. */
guint ph_names_wanted (PhNames *names, PhAddress *addresses, guint max);

/* The answer; NULL: it has no name, and is not asked again while it is remembered. The name is made fit to show. */
void ph_names_set_host (PhNames *names, const PhAddress *address, const char *host);

/* Grows by one with every answer that brought a name: the cells are worth drawing anew. */
guint ph_names_generation (PhNames *names);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhNames, ph_names_unref)
