/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ports from one to another, both included. */
#pragma once

#include <glib.h>

typedef struct
{
  guint16 low;
  guint16 high; /* never below @low */
} PhPortRange;

#define PH_PORT_RANGE_ALL ((PhPortRange){ 0, G_MAXUINT16 })

/* What the kernel starts with: net.ipv4.ip_local_port_range of ip(7). */
#define PH_PORT_RANGE_EPHEMERAL ((PhPortRange){ 32768, 60999 })

static inline gboolean
ph_port_range_has (PhPortRange range, guint16 port)
{
  return port >= range.low && port <= range.high;
}

/* The text of /proc/sys/net/ipv4/ip_local_port_range, which counts for IPv6 too: "32768\t60999\n". FALSE, and @range
 * untouched, for anything else. */
gboolean ph_port_range_parse_proc (const char *text, gsize length, PhPortRange *range);

/* "8000", "8000-8010", or "*" for all; in files. FALSE, and @range untouched, for anything else. */
gboolean ph_port_range_parse (const char *text, PhPortRange *range);
void ph_port_range_append (PhPortRange range, GString *text);
