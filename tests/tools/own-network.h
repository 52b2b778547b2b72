/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A network namespace of the test's own, and hands to change it with: rtnetlink(7) messages, each acknowledged by the
 * kernel before the function returns.
 */
#pragma once

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>
#include <libmnl/libmnl.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>

#define OWN_NETWORK_LO 1 /* index of the loopback interface, in every namespace */

static inline gboolean
own_network_write (const char *name, const char *text)
{
  const int fd = open (name, O_WRONLY | O_CLOEXEC);
  const gboolean good = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);
  return good;
}

/* Moves the process there; call it first of all, for a process with threads may not. FALSE, and errno, where namespaces
 * are denied. */
static inline gboolean
own_network_enter (void)
{
  g_autofree char *uid = g_strdup_printf ("0 %u 1", geteuid ());
  g_autofree char *gid = g_strdup_printf ("0 %u 1", getegid ());

  if (geteuid () == 0 && unshare (CLONE_NEWNET) == 0)
    return TRUE;
  return unshare (CLONE_NEWUSER | CLONE_NEWNET) == 0 && own_network_write ("/proc/self/setgroups", "deny")
         && own_network_write ("/proc/self/uid_map", uid) && own_network_write ("/proc/self/gid_map", gid);
}

/* Room for a message with everything that the functions below put in. */
typedef union
{
  struct nlmsghdr header;
  guint8 bytes[65536];
} OwnNetworkMessage;

/* A message whose fixed header, all zero, is returned. */
static inline gpointer
own_network_begin (OwnNetworkMessage *message, guint16 type, guint16 flags, gsize size)
{
  memset (message->bytes, 0, 256);
  mnl_nlmsg_put_header (message->bytes);
  message->header.nlmsg_type = type;
  message->header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
  return mnl_nlmsg_put_extra_header (&message->header, size);
}

/* Returns 0 or the errno that the kernel answers. */
static inline int
own_network_try (const OwnNetworkMessage *message)
{
  static int fd = -1;
  struct
  {
    struct nlmsghdr header;
    struct nlmsgerr error;
    guint8 rest[1024];
  } answer;

  if (fd < 0)
    fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  g_assert_cmpint (send (fd, message, message->header.nlmsg_len, 0), ==, message->header.nlmsg_len);
  g_assert_cmpint (recv (fd, &answer, sizeof answer, 0), >=, (gssize) (NLMSG_HDRLEN + sizeof (int)));
  g_assert_cmpint (answer.header.nlmsg_type, ==, NLMSG_ERROR);
  return -answer.error.error;
}

static inline void
own_network_do (const OwnNetworkMessage *message)
{
  g_assert_cmpstr (g_strerror (own_network_try (message)), ==, g_strerror (0));
}

static inline guint16
own_network_new (gboolean add)
{
  return add ? NLM_F_CREATE | NLM_F_EXCL : 0;
}

/* The attribute @type: an address in words. */
static inline void
own_network_put_address (OwnNetworkMessage *message, guint16 type, int family, const char *words)
{
  guint8 bytes[16];

  g_assert_cmpint (inet_pton (family, words, bytes), ==, 1);
  mnl_attr_put (&message->header, type, family == AF_INET ? 4 : 16, bytes);
}

static inline int
own_network_family (const char *address)
{
  return strchr (address, ':') != NULL ? AF_INET6 : AF_INET;
}

static inline guint8
own_network_bits (int family)
{
  return family == AF_INET ? 32 : 128;
}

static inline void
own_network_up (guint link, gboolean up)
{
  OwnNetworkMessage message;
  struct ifinfomsg *header = own_network_begin (&message, RTM_NEWLINK, 0, sizeof *header);

  header->ifi_index = (int) link;
  header->ifi_change = IFF_UP;
  header->ifi_flags = up ? IFF_UP : 0;
  own_network_do (&message);
}

/* A pair of them. Returns the index of @name, 0 where this kernel has none. */
static inline guint
own_network_veth (const char *name, const char *peer)
{
  OwnNetworkMessage message;
  struct nlattr *info, *data, *other;

  own_network_begin (&message, RTM_NEWLINK, own_network_new (TRUE), sizeof (struct ifinfomsg));
  mnl_attr_put_strz (&message.header, IFLA_IFNAME, name);
  info = mnl_attr_nest_start (&message.header, IFLA_LINKINFO);
  mnl_attr_put_strz (&message.header, IFLA_INFO_KIND, "veth");
  data = mnl_attr_nest_start (&message.header, IFLA_INFO_DATA);
  other = mnl_attr_nest_start (&message.header, VETH_INFO_PEER);
  memset (mnl_nlmsg_put_extra_header (&message.header, sizeof (struct ifinfomsg)), 0, sizeof (struct ifinfomsg));
  mnl_attr_put_strz (&message.header, IFLA_IFNAME, peer);
  mnl_attr_nest_end (&message.header, other);
  mnl_attr_nest_end (&message.header, data);
  mnl_attr_nest_end (&message.header, info);
  return own_network_try (&message) == 0 ? if_nametoindex (name) : 0;
}

static inline void
own_network_delete_link (guint link)
{
  OwnNetworkMessage message;
  struct ifinfomsg *header = own_network_begin (&message, RTM_DELLINK, 0, sizeof *header);

  header->ifi_index = (int) link;
  own_network_do (&message);
}

static inline void
own_network_address (gboolean add, guint link, const char *address)
{
  OwnNetworkMessage message;
  const int family = own_network_family (address);
  struct ifaddrmsg *header
      = own_network_begin (&message, add ? RTM_NEWADDR : RTM_DELADDR, own_network_new (add), sizeof *header);

  header->ifa_family = (guint8) family;
  header->ifa_prefixlen = own_network_bits (family);
  header->ifa_index = link;
  header->ifa_flags = IFA_F_NODAD;
  own_network_put_address (&message, IFA_LOCAL, family, address);
  own_network_do (&message);
}

/* A route to one address, of a type that needs no interface (RTN_BLACKHOLE, RTN_PROHIBIT...), or of RTN_UNICAST by the
 * loopback interface. */
static inline void
own_network_route (gboolean add, const char *address, guint8 type, guint32 table)
{
  OwnNetworkMessage message;
  const int family = own_network_family (address);
  struct rtmsg *header
      = own_network_begin (&message, add ? RTM_NEWROUTE : RTM_DELROUTE, own_network_new (add), sizeof *header);

  header->rtm_family = (guint8) family;
  header->rtm_dst_len = own_network_bits (family);
  header->rtm_type = type;
  header->rtm_protocol = RTPROT_STATIC;
  header->rtm_scope = family == AF_INET && type == RTN_UNICAST ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
  own_network_put_address (&message, RTA_DST, family, address);
  mnl_attr_put_u32 (&message.header, RTA_TABLE, table);
  if (type == RTN_UNICAST)
    mnl_attr_put_u32 (&message.header, RTA_OIF, OWN_NETWORK_LO);
  own_network_do (&message);
}

/* A rule: packets with @mark, 0: all; and from @source, NULL: any; do @action (FR_ACT_*), in @table if that is to look
 * up. */
static inline void
own_network_rule (
    gboolean add, int family, guint32 priority, guint32 mark, const char *source, guint8 action, guint32 table)
{
  OwnNetworkMessage message;
  struct fib_rule_hdr *header
      = own_network_begin (&message, add ? RTM_NEWRULE : RTM_DELRULE, own_network_new (add), sizeof *header);

  header->family = (guint8) family;
  header->action = action;
  mnl_attr_put_u32 (&message.header, FRA_PRIORITY, priority);
  if (mark != 0)
    mnl_attr_put_u32 (&message.header, FRA_FWMARK, mark);
  if (source != NULL)
    {
      header->src_len = own_network_bits (family);
      own_network_put_address (&message, FRA_SRC, family, source);
    }
  if (action == FR_ACT_TO_TBL)
    mnl_attr_put_u32 (&message.header, FRA_TABLE, table);
  own_network_do (&message);
}

static inline void
own_network_neighbour (gboolean add, guint link, const char *address)
{
  OwnNetworkMessage message;
  static const guint8 mac[6] = { 2, 0, 0, 0, 0, 1 };
  const int family = own_network_family (address);
  struct ndmsg *header
      = own_network_begin (&message, add ? RTM_NEWNEIGH : RTM_DELNEIGH, own_network_new (add), sizeof *header);

  header->ndm_family = (guint8) family;
  header->ndm_ifindex = (int) link;
  header->ndm_state = NUD_PERMANENT;
  own_network_put_address (&message, NDA_DST, family, address);
  mnl_attr_put (&message.header, NDA_LLADDR, sizeof mac, mac);
  own_network_do (&message);
}

/* A next hop object that leads nowhere. FALSE where this kernel has none. */
static inline gboolean
own_network_nexthop (gboolean add, guint32 id)
{
  OwnNetworkMessage message;
  struct nhmsg *header
      = own_network_begin (&message, add ? RTM_NEWNEXTHOP : RTM_DELNEXTHOP, own_network_new (add), sizeof *header);

  header->nh_family = add ? AF_INET : AF_UNSPEC;
  mnl_attr_put_u32 (&message.header, NHA_ID, id);
  if (add)
    mnl_attr_put (&message.header, NHA_BLACKHOLE, 0, NULL);
  return own_network_try (&message) == 0;
}
