/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule about what nobody wants to be told of: a program or unit, a port, a range of ports, a program on a port. */
#pragma once

#include "ph-listener.h"
#include "ph-port-range.h"

/* Reference-counted, never changed. */
typedef struct
{
  guint8 protocol;       /* PhProtocol as in a key; NONE: any */
  PhPortRange ports;     /* PH_PORT_RANGE_ALL: any */
  PhListenerOwner owner; /* UNKNOWN: anybody, known or not */
} PhMute;

/* NULL for one that would mute everything: all ports and anybody. */
PhMute *ph_mute_new (PhProtocol protocol, PhPortRange ports, const PhListenerOwner *owner);

/* "Don't tell me again": this program or unit on this port by any protocol; by this protocol where nobody is known. */
PhMute *ph_mute_new_for (const PhListenerKey *key);

PhMute *ph_mute_ref (const PhMute *mute);
void ph_mute_unref (PhMute *mute);

gboolean ph_mute_matches (const PhMute *mute, const PhListenerKey *key);
gboolean ph_mute_equal (const PhMute *a, const PhMute *b);

/* Stable, for files: "tcp 8000-8010 program /usr/bin/python3", "* 53 *", "udp * unit named.service". NULL for anything
 * else. */
void ph_mute_append (const PhMute *mute, GString *text);
PhMute *ph_mute_parse (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhMute, ph_mute_unref)
