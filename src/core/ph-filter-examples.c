/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people ask of each table, as filters. A test parses them all. */
#include <string.h>

#include "ph-filter-help.h"
#include "ph-i18n.h"

static const PhFilterExample sockets[] = {
  { "port:443", N_ ("either port is 443") },
  { "state:listen -scope:loopback", N_ ("listens, and not only for this computer") },
  { "process:firefox scope:internet", N_ ("what Firefox has open to the Internet") },
  { "remote:10.0.0.0/8", N_ ("the other end is in this network") },
  { "recvq:>0", N_ ("data wait to be read") },
  { "-user:root lport:1-1023", N_ ("low ports of other users than root") },
};
static const PhFilterExample routes[] = {
  { "is:default", N_ ("where everything else goes") },
  { "dest:10.0.0.0/8", N_ ("routes into this network") },
  { "gw:192.0.2.1,2001:db8::1", N_ ("by way of one of these routers") },
  { "dev:eth0 metric:>100", N_ ("by this interface, and not preferred") },
  { "-table:local", N_ ("of all tables but this") },
};
static const PhFilterExample rules[] = {
  { "table:main", N_ ("rules that lead to this table") },
  { "-is:builtin", N_ ("rules that somebody has added") },
  { "prio:<32766", N_ ("those that come before the main table") },
};
static const PhFilterExample neighbours[] = {
  { "is:failed", N_ ("nobody answered") },
  { "addr:192.168.0.0/16 state:reachable", N_ ("who is there, in these networks") },
  { "mac:52:54:00", N_ ("hardware of this maker") },
  { "is:router is:ipv6", N_ ("IPv6 routers") },
};
static const PhFilterExample links[] = {
  { "state:up -is:loopback", N_ ("those that work, but for the loopback") },
  { "kind:bridge,veth", N_ ("bridges and virtual pairs") },
  { "addr:10.0.0.0/8", N_ ("has an address in this network") },
  { "rx_drp:>0", N_ ("has dropped packets") },
  { "flag:promisc", N_ ("listens to everything") },
};
static const PhFilterExample groups[] = {
  { "addr:224.0.0.251,ff02::fb", N_ ("who takes part in multicast DNS") },
  { "iface:eth0", N_ ("what this interface has joined") },
};
static const PhFilterExample counters[] = {
  { "is:warning,fault is:risen", N_ ("troubles since the mark was set") },
  { "proto:tcp,tcpext retrans", N_ ("TCP, sent again") },
  { "rate:>0", N_ ("what rises just now") },
};
static const PhFilterExample activity[] = {
  { "is:ports is:opened", N_ ("ports that were opened") },
  { "event:connection-closed process:curl", N_ ("connections of curl that have ended") },
  { "duration:<1 rx_bytes:>1M", N_ ("a lot in less than a second") },
  { "exposure:any", N_ ("could be reached from everywhere") },
};

static const struct
{
  const char *id; /* of the schema */
  const PhFilterExample *examples;
  guint n;
} tables[] = {
  { "sockets", sockets, G_N_ELEMENTS (sockets) },
  { "routes", routes, G_N_ELEMENTS (routes) },
  { "rules", rules, G_N_ELEMENTS (rules) },
  { "neighbours", neighbours, G_N_ELEMENTS (neighbours) },
  { "interfaces", links, G_N_ELEMENTS (links) },
  { "groups", groups, G_N_ELEMENTS (groups) },
  { "statistics", counters, G_N_ELEMENTS (counters) },
  { "activity", activity, G_N_ELEMENTS (activity) },
};

const PhFilterExample *
ph_filter_help_examples (const PhSchema *schema, guint *n_examples)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (strcmp (tables[i].id, schema->id) == 0)
      {
        *n_examples = tables[i].n;
        return tables[i].examples;
      }
  *n_examples = 0;
  return NULL;
}
