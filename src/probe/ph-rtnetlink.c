/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One table says what there is to ask.
 *
 * The kernel takes us at our word (NETLINK_GET_STRICT_CHK): what a dump does not know how to heed has to be zero. Each
 * fixed header begins with the family, as struct rtgenmsg does.
 */
#include "ph-rtnetlink.h"

#include <libmnl/libmnl.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <sys/socket.h>

typedef struct
{
  uint16_t type;        /* RTM_GET*, 0: not of rtnetlink */
  uint8_t family;       /* AF_*; AF_UNSPEC: all */
  uint8_t header_size;  /* of the fixed header */
  uint32_t route_flags; /* rtm_flags, of routes */
  uint32_t link_filter; /* IFLA_EXT_MASK, of links */
} Dump;

/* A filter that filters nothing, for it is about bridges' own dumps. Without any, the kernel does not look how long its
 * messages will be (rtnl_calcit()), and a link that has many names is left out, and all after it, without an error. */
#define EVERYTHING RTEXT_FILTER_MRP

static const Dump dumps[PH_N_REQUESTS] = {
  [PH_REQUEST_LINKS] = { RTM_GETLINK, AF_UNSPEC, sizeof (struct ifinfomsg), .link_filter = RTEXT_FILTER_SKIP_STATS },
  [PH_REQUEST_ROUTES4] = { RTM_GETROUTE, AF_INET, sizeof (struct rtmsg) },
  [PH_REQUEST_ROUTES6] = { RTM_GETROUTE, AF_INET6, sizeof (struct rtmsg) },
  [PH_REQUEST_CACHED_ROUTES4] = { RTM_GETROUTE, AF_INET, sizeof (struct rtmsg), .route_flags = RTM_F_CLONED },
  [PH_REQUEST_CACHED_ROUTES6] = { RTM_GETROUTE, AF_INET6, sizeof (struct rtmsg), .route_flags = RTM_F_CLONED },
  [PH_REQUEST_NEXTHOPS] = { RTM_GETNEXTHOP, AF_UNSPEC, sizeof (struct nhmsg) },
  [PH_REQUEST_RULES4] = { RTM_GETRULE, AF_INET, sizeof (struct fib_rule_hdr) },
  [PH_REQUEST_RULES6] = { RTM_GETRULE, AF_INET6, sizeof (struct fib_rule_hdr) },
  [PH_REQUEST_NEIGHBOURS] = { RTM_GETNEIGH, AF_UNSPEC, sizeof (struct ndmsg) },
  [PH_REQUEST_LINK_STATS] = { RTM_GETLINK, AF_UNSPEC, sizeof (struct ifinfomsg), .link_filter = EVERYTHING },
  [PH_REQUEST_ADDRESSES] = { RTM_GETADDR, AF_UNSPEC, sizeof (struct ifaddrmsg) },
};

static struct nlmsghdr *
begin (PhRtnetlinkMessage *message, uint16_t type)
{
  struct nlmsghdr *header;

  *message = (PhRtnetlinkMessage){ .bytes = { 0 } };
  header = mnl_nlmsg_put_header (message->bytes);
  header->nlmsg_type = type;
  return header;
}

bool
ph_rtnetlink_build (PhRtnetlinkMessage *message, PhRequestName name)
{
  const Dump *dump = (unsigned) name < PH_N_REQUESTS ? &dumps[name] : NULL;
  struct nlmsghdr *header;
  struct rtgenmsg *any;

  if (dump == NULL || dump->type == 0)
    return false;
  header = begin (message, dump->type);
  any = mnl_nlmsg_put_extra_header (header, dump->header_size);
  any->rtgen_family = dump->family;
  if (dump->route_flags != 0)
    ((struct rtmsg *) (void *) any)->rtm_flags = dump->route_flags;
  if (dump->link_filter != 0)
    mnl_attr_put_u32 (header, IFLA_EXT_MASK, dump->link_filter);
  return true;
}

bool
ph_rtnetlink_build_route_get (PhRtnetlinkMessage *message, const PhRouteQuery *query, bool fib_match)
{
  struct nlmsghdr *header;
  struct rtmsg *route;
  size_t size;

  if (query == NULL || (query->family != AF_INET && query->family != AF_INET6))
    return false;
  size = query->family == AF_INET ? sizeof (struct in_addr) : sizeof (struct in6_addr);
  header = begin (message, RTM_GETROUTE);
  route = mnl_nlmsg_put_extra_header (header, sizeof *route);
  route->rtm_family = query->family;
  /* IPv4 has to be asked which table it was, else it says "main". IPv6 always tells, and will not be asked. */
  route->rtm_flags = (query->family == AF_INET ? RTM_F_LOOKUP_TABLE : 0) | (fib_match ? RTM_F_FIB_MATCH : 0);
  route->rtm_dst_len = (uint8_t) (size * 8);
  mnl_attr_put (header, RTA_DST, size, query->destination);
  if (query->has_source)
    {
      route->rtm_src_len = (uint8_t) (size * 8);
      mnl_attr_put (header, RTA_SRC, size, query->source);
    }
  if (query->mark != 0)
    mnl_attr_put_u32 (header, RTA_MARK, query->mark);
  if (query->interface != 0)
    mnl_attr_put_u32 (header, RTA_OIF, query->interface);
  return true;
}
