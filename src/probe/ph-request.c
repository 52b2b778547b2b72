/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stable names of requests. */
#include "ph-request.h"

static const char *const names[PH_N_REQUESTS] = {
  [PH_REQUEST_NONE] = "none",
  [PH_REQUEST_TCP4] = "tcp4",
  [PH_REQUEST_TCP6] = "tcp6",
  [PH_REQUEST_UDP4] = "udp4",
  [PH_REQUEST_UDP6] = "udp6",
  [PH_REQUEST_UDPLITE4] = "udplite4",
  [PH_REQUEST_UDPLITE6] = "udplite6",
  [PH_REQUEST_RAW4] = "raw4",
  [PH_REQUEST_RAW6] = "raw6",
  [PH_REQUEST_SCTP4] = "sctp4",
  [PH_REQUEST_SCTP6] = "sctp6",
  [PH_REQUEST_DCCP4] = "dccp4",
  [PH_REQUEST_DCCP6] = "dccp6",
  [PH_REQUEST_MPTCP4] = "mptcp4",
  [PH_REQUEST_MPTCP6] = "mptcp6",
  [PH_REQUEST_UNIX] = "unix",
  [PH_REQUEST_PACKET] = "packet",
  [PH_REQUEST_NETLINK] = "netlink",
  [PH_REQUEST_VSOCK] = "vsock",
  [PH_REQUEST_LINKS] = "links",
  [PH_REQUEST_OWNERS] = "owners",
  [PH_REQUEST_PROCESSES] = "processes",
  [PH_REQUEST_CGROUPS] = "cgroups",
  [PH_REQUEST_USERS] = "users",
  [PH_REQUEST_SERVICES] = "services",
  [PH_REQUEST_ROUTES4] = "routes4",
  [PH_REQUEST_ROUTES6] = "routes6",
  [PH_REQUEST_CACHED_ROUTES4] = "cached-routes4",
  [PH_REQUEST_CACHED_ROUTES6] = "cached-routes6",
  [PH_REQUEST_NEXTHOPS] = "nexthops",
  [PH_REQUEST_RULES4] = "rules4",
  [PH_REQUEST_RULES6] = "rules6",
  [PH_REQUEST_NEIGHBOURS] = "neighbours",
  [PH_REQUEST_ROUTE_GET] = "route-get",
  [PH_REQUEST_LINK_STATS] = "link-stats",
  [PH_REQUEST_ADDRESSES] = "addresses",
  [PH_REQUEST_LINK_SETTINGS] = "link-settings",
  [PH_REQUEST_GROUPS] = "groups",
  [PH_REQUEST_SNMP] = "snmp",
  [PH_REQUEST_NETSTAT] = "netstat",
  [PH_REQUEST_SNMP6] = "snmp6",
  [PH_REQUEST_SCTP_SNMP] = "sctp-snmp",
  [PH_REQUEST_SOCKSTAT] = "sockstat",
  [PH_REQUEST_SOCKSTAT6] = "sockstat6",
  [PH_REQUEST_ROUTE_TABLES] = "route-tables",
  [PH_REQUEST_ROUTE_PROTOCOLS] = "route-protocols",
  [PH_REQUEST_PORT_RANGE] = "port-range",
  [PH_REQUEST_SOCKET] = "socket",
};

const char *
ph_request_name (PhRequestName name)
{
  return (unsigned) name < PH_N_REQUESTS ? names[name] : "unknown";
}
