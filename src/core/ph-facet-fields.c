/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words are the filter's own; labels are as the table's cells have them. A test sees to it that all of them exist. */
#include "ph-facet-fields.h"

#include "ph-i18n.h"

#define WORDS(list) .words = list, .n_words = G_N_ELEMENTS (list)

static const PhFacetWord families[] = { { "inet", "IPv4" }, { "inet6", "IPv6" } };

static const PhFacetWord socket_protocols[] = {
  { "tcp", N_ ("TCP") },          { "udp", N_ ("UDP") },         { "unix", N_ ("Unix") },   { "raw", N_ ("RAW") },
  { "udplite", N_ ("UDP-Lite") }, { "sctp", N_ ("SCTP") },       { "dccp", N_ ("DCCP") },   { "mptcp", N_ ("MPTCP") },
  { "packet", N_ ("Packet") },    { "netlink", N_ ("Netlink") }, { "vsock", N_ ("vsock") },
};
static const PhFacetWord socket_states[] = {
  { "established", "ESTABLISHED" },
  { "listen", "LISTEN" },
  { "syn_sent", "SYN_SENT" },
  { "syn_recv", "SYN_RECV" },
  { "fin_wait1", "FIN_WAIT1" },
  { "fin_wait2", "FIN_WAIT2" },
  { "time_wait", "TIME_WAIT" },
  { "close_wait", "CLOSE_WAIT" },
  { "last_ack", "LAST_ACK" },
  { "closing", "CLOSING" },
  { "close", "CLOSE" },
  { "bound_inactive", "BOUND_INACTIVE" },
  { "none", NULL },
};
static const PhFacetWord scopes[] = {
  { "any", N_ ("Every address") },
  { "loopback", N_ ("This computer") },
  { "local", N_ ("Local network") },
  { "internet", N_ ("Internet") },
};
const PhFacetField ph_socket_facets[PH_SOCKET_N_FACETS] = {
  { "proto", N_ ("Protocol"), WORDS (socket_protocols) },
  { "state", N_ ("State"), WORDS (socket_states), .nothing = N_ ("No state") },
  { "process", N_ ("Process"), .nothing = N_ ("None known") },
  { "user", N_ ("User"), .nothing = N_ ("None known") },
  { "unit", N_ ("Unit"), .nothing = N_ ("None known") },
  { "interface", N_ ("Interface"), .nothing = N_ ("Any interface") },
  { "scope", N_ ("Scope"), WORDS (scopes) },
  { "lport", N_ ("Local Port"), .nothing = N_ ("No port") },
};

const PhFacetField ph_route_facets[PH_ROUTE_N_FACETS] = {
  { "family", N_ ("Family"), WORDS (families) },
  { "table", N_ ("Table"), .names = TRUE },
  { "type", N_ ("Type") },
  { "proto", N_ ("Protocol"), .names = TRUE },
  { "interface", N_ ("Interface"), .nothing = N_ ("No interface") },
  { "gateway", N_ ("Gateway"), .nothing = N_ ("No gateway") },
  { "scope", N_ ("Scope") },
};

const PhFacetField ph_rule_facets[PH_RULE_N_FACETS] = {
  { "family", N_ ("Family"), WORDS (families) },
  { "table", N_ ("Table"), .names = TRUE },
  { "action", N_ ("Action") },
  { "proto", N_ ("Protocol") },
};

static const PhFacetWord neighbour_states[] = {
  { "reachable", "REACHABLE" }, { "stale", "STALE" },         { "delay", "DELAY" },
  { "probe", "PROBE" },         { "failed", "FAILED" },       { "incomplete", "INCOMPLETE" },
  { "noarp", "NOARP" },         { "permanent", "PERMANENT" }, { "none", NULL },
};
const PhFacetField ph_neighbour_facets[PH_NEIGHBOUR_N_FACETS] = {
  { "state", N_ ("State"), WORDS (neighbour_states), .nothing = N_ ("No state") },
  { "interface", N_ ("Interface") },
  { "family", N_ ("Family"), WORDS (families) },
  { "type", N_ ("Type") },
};

static const PhFacetWord link_states[] = {
  { "up", "UP" },           { "down", "DOWN" },       { "lowerlayerdown", "LOWERLAYERDOWN" }, { "unknown", "UNKNOWN" },
  { "dormant", "DORMANT" }, { "testing", "TESTING" }, { "notpresent", "NOTPRESENT" },
};
const PhFacetField ph_link_facets[PH_LINK_N_FACETS] = {
  { "state", N_ ("State"), WORDS (link_states) },
  { "kind", N_ ("Kind") },
  { "master", N_ ("Master"), .nothing = N_ ("No master") },
  { "duplex", N_ ("Duplex") },
};

const PhFacetField ph_group_facets[PH_GROUP_N_FACETS] = {
  { "interface", N_ ("Interface") },
  { "family", N_ ("Family") },
};

/* As netstat -s heads its groups. */
static const PhFacetWord counter_protocols[] = {
  { "ip", "Ip" },         { "icmp", "Icmp" },       { "tcp", "Tcp" },
  { "udp", "Udp" },       { "udplite", "UdpLite" }, { "ipv6", "Ip6" },
  { "icmpv6", "Icmp6" },  { "udpv6", "Udp6" },      { "udplitev6", "UdpLite6" },
  { "tcpext", "TcpExt" }, { "ipext", "IpExt" },     { "mptcpext", "MPTcpExt" },
  { "sctp", "Sctp" },     { "sockets", "Sockets" }, { "ethernet", "Ethernet" },
  { "other", "Other" },
};
const PhFacetField ph_counter_facets[PH_COUNTER_N_FACETS] = {
  { "protocol", N_ ("Protocol"), WORDS (counter_protocols) },
  { "severity", N_ ("Severity") },
  { "kind", N_ ("Kind") },
};

static const PhFacetWord events[] = {
  { "port-opened", N_ ("Port opened") },
  { "port-closed", N_ ("Port closed") },
  { "connection-opened", N_ ("Connection opened") },
  { "connection-closed", N_ ("Connection closed") },
  { "link-added", N_ ("Interface added") },
  { "link-removed", N_ ("Interface removed") },
  { "link-up", N_ ("Interface up") },
  { "link-down", N_ ("Interface down") },
  { "address-added", N_ ("Address added") },
  { "address-removed", N_ ("Address removed") },
  { "route-added", N_ ("Route added") },
  { "route-removed", N_ ("Route removed") },
  { "route-changed", N_ ("Route changed") },
  { "neighbour-failed", N_ ("Neighbour failed") },
  { "events-lost", N_ ("Events lost") },
};
static const PhFacetWord activity_protocols[] = {
  { "tcp", N_ ("TCP") },   { "udp", N_ ("UDP") },   { "udplite", N_ ("UDP-Lite") },
  { "sctp", N_ ("SCTP") }, { "dccp", N_ ("DCCP") },
};
const PhFacetField ph_activity_facets[PH_ACTIVITY_N_FACETS] = {
  { "event", N_ ("Event"), WORDS (events) },
  { "process", N_ ("Process"), .nothing = N_ ("None known") },
  { "proto", N_ ("Protocol"), WORDS (activity_protocols) },
  { "lport", N_ ("Local Port"), .nothing = N_ ("No port") },
  { "unit", N_ ("Unit"), .nothing = N_ ("None known") },
  { "interface", N_ ("Interface"), .nothing = N_ ("No interface") },
  { "exposure", N_ ("Exposure") },
};
