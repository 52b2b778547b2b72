/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the probe hears of a network that this test has made, and the kernel's answers to a look-up of every kind. */
#include "own-network.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "frame-log.h"
#include "ph-probe.h"

#define OTHER_TABLE 1000
#define MARK        7

static void
ask (PhProbe *probe, const PhRequest *request, FrameLog *log, PhError *error)
{
  *log = frame_log_new ();
  ph_probe_ask (probe, request, frame_log_sink, log, NULL, error);
}

/* Each message in the answer, copied. Free with g_ptr_array_unref(). */
static GPtrArray *
messages_of (const FrameLog *log)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < frame_log_count (log, PH_FRAME_NETLINK); i++)
    {
      gsize length;
      const struct nlmsghdr *message = frame_log_get (log, PH_FRAME_NETLINK, i, &length);
      int left = (int) length;

      for (; mnl_nlmsg_ok (message, left); message = mnl_nlmsg_next (message, &left))
        g_ptr_array_add (messages, g_memdup2 (message, message->nlmsg_len));
      g_assert_cmpint (left, ==, 0);
    }
  return messages;
}

/* The answer to a request that is nothing but its name; it has to be whole. */
static GPtrArray *
dump (PhRequestName name)
{
  PhProbe *probe = ph_probe_new ();
  const PhRequest request = { .name = name };
  GPtrArray *messages;
  FrameLog log;
  PhError error;

  ask (probe, &request, &log, &error);
  g_assert_cmpint (error.code, ==, PH_ERROR_NONE);
  g_assert_cmpuint (frame_log_end (&log).flags, ==, 0);
  messages = messages_of (&log);
  frame_log_clear (&log);
  ph_probe_free (probe);
  return messages;
}

/* The attribute @type of @message is the address @words. */
static gboolean
has_address (const struct nlmsghdr *message, gsize header_size, guint16 type, const char *words)
{
  const struct nlattr *attribute;
  guint8 bytes[16];
  const guint16 size = inet_pton (own_network_family (words), words, bytes) == 1 && strchr (words, ':') ? 16 : 4;

  mnl_attr_for_each (attribute, message, (unsigned) header_size)
    if (mnl_attr_get_type (attribute) == type && mnl_attr_get_payload_len (attribute) == size
        && memcmp (mnl_attr_get_payload (attribute), bytes, size) == 0)
      return TRUE;
  return FALSE;
}

/* How many answers to @name are of the type of answer @answer and have the address @words. */
static guint
count (PhRequestName name, guint16 answer, gsize header_size, guint16 type, const char *words)
{
  g_autoptr (GPtrArray) messages = dump (name);
  guint n = 0;

  for (guint i = 0; i < messages->len; i++)
    {
      const struct nlmsghdr *message = g_ptr_array_index (messages, i);

      g_assert_cmpuint (message->nlmsg_type, ==, answer);
      n += has_address (message, header_size, type, words);
    }
  return n;
}

static void
test_dumps (void)
{
  const gsize route = sizeof (struct rtmsg), address = sizeof (struct ifaddrmsg), neighbour = sizeof (struct ndmsg);
  const guint veth = own_network_veth ("veth-a", "veth-b");

  own_network_route (TRUE, "192.0.2.1", RTN_BLACKHOLE, OTHER_TABLE);
  own_network_route (TRUE, "2001:db8::1", RTN_BLACKHOLE, OTHER_TABLE);
  own_network_address (TRUE, OWN_NETWORK_LO, "192.0.2.2");
  own_network_address (TRUE, OWN_NETWORK_LO, "2001:db8::2");
  if (veth != 0) /* on the loopback interface all those of IPv4 are one, 0.0.0.0 */
    own_network_neighbour (TRUE, veth, "192.0.2.3");
  own_network_neighbour (TRUE, OWN_NETWORK_LO, "2001:db8::3");
  own_network_rule (TRUE, AF_INET, 100, MARK, "192.0.2.4", FR_ACT_BLACKHOLE, 0);
  own_network_rule (TRUE, AF_INET6, 100, MARK, "2001:db8::4", FR_ACT_BLACKHOLE, 0);

  g_assert_cmpuint (count (PH_REQUEST_ROUTES4, RTM_NEWROUTE, route, RTA_DST, "192.0.2.1"), ==, 1);
  g_assert_cmpuint (count (PH_REQUEST_ROUTES6, RTM_NEWROUTE, route, RTA_DST, "2001:db8::1"), ==, 1);
  g_assert_cmpuint (count (PH_REQUEST_ROUTES4, RTM_NEWROUTE, route, RTA_DST, "192.0.2.2"), ==, 1);
  g_assert_cmpuint (count (PH_REQUEST_ADDRESSES, RTM_NEWADDR, address, IFA_ADDRESS, "192.0.2.2"), ==, 1);
  g_assert_cmpuint (count (PH_REQUEST_ADDRESSES, RTM_NEWADDR, address, IFA_ADDRESS, "2001:db8::2"), ==, 1);
  g_assert_cmpuint (count (PH_REQUEST_NEIGHBOURS, RTM_NEWNEIGH, neighbour, NDA_DST, "192.0.2.3"), ==, veth != 0);
  g_assert_cmpuint (count (PH_REQUEST_NEIGHBOURS, RTM_NEWNEIGH, neighbour, NDA_DST, "2001:db8::3"), ==, 1);
  g_assert_cmpuint (count (PH_REQUEST_RULES4, RTM_NEWRULE, route, FRA_SRC, "192.0.2.4"), ==, 1);
  g_assert_cmpuint (count (PH_REQUEST_RULES6, RTM_NEWRULE, route, FRA_SRC, "2001:db8::4"), ==, 1);

  own_network_rule (FALSE, AF_INET, 100, MARK, "192.0.2.4", FR_ACT_BLACKHOLE, 0);
  own_network_rule (FALSE, AF_INET6, 100, MARK, "2001:db8::4", FR_ACT_BLACKHOLE, 0);
  if (veth != 0)
    own_network_delete_link (veth);
}

/* Nothing was learned here, and a route that is none of them is not among them. */
static void
test_cached (void)
{
  g_autoptr (GPtrArray) cached4 = dump (PH_REQUEST_CACHED_ROUTES4);
  g_autoptr (GPtrArray) cached6 = dump (PH_REQUEST_CACHED_ROUTES6);

  g_assert_cmpuint (cached4->len, ==, 0);
  g_assert_cmpuint (cached6->len, ==, 0);
}

static void
test_nexthops (void)
{
  g_autoptr (GPtrArray) messages = NULL;

  if (!own_network_nexthop (TRUE, 5))
    {
      g_test_skip ("this kernel has no next hop objects");
      return;
    }
  messages = dump (PH_REQUEST_NEXTHOPS);
  g_assert_cmpuint (messages->len, ==, 1);
  g_assert_cmpuint (((struct nlmsghdr *) messages->pdata[0])->nlmsg_type, ==, RTM_NEWNEXTHOP);
  own_network_nexthop (FALSE, 5);
}

/* With more names than fit into what the kernel sends at a time. */
static void
test_long_link (void)
{
  static OwnNetworkMessage message;
  struct ifinfomsg *header;
  struct nlattr *list;
  guint n = 0;

  header = own_network_begin (&message, RTM_NEWLINKPROP, NLM_F_CREATE | NLM_F_EXCL | NLM_F_APPEND, sizeof *header);
  header->ifi_index = OWN_NETWORK_LO;
  list = mnl_attr_nest_start (&message.header, IFLA_PROP_LIST);
  for (; n < 300; n++)
    {
      g_autofree char *name = g_strdup_printf ("%0120u", n);

      mnl_attr_put_strz (&message.header, IFLA_ALT_IFNAME, name);
    }
  mnl_attr_nest_end (&message.header, list);
  if (own_network_try (&message) != 0)
    {
      g_test_skip ("this kernel does not take so many names");
      return;
    }
  for (PhRequestName name = PH_REQUEST_LINKS; name <= PH_REQUEST_LINK_STATS;
       name += PH_REQUEST_LINK_STATS - PH_REQUEST_LINKS)
    {
      g_autoptr (GPtrArray) messages = dump (name);
      guint longest = 0;

      for (guint i = 0; i < messages->len; i++)
        longest = MAX (longest, ((struct nlmsghdr *) messages->pdata[i])->nlmsg_len);
      g_assert_cmpuint (longest, >, 300 * 120);
    }
  message.header.nlmsg_type = RTM_DELLINKPROP;
  message.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
  own_network_do (&message);
}

/* Speed and duplex of every link that can tell, or that this kernel cannot tell. */
static void
test_link_settings (void)
{
  PhProbe *probe = ph_probe_new ();
  const PhRequest request = { .name = PH_REQUEST_LINK_SETTINGS };
  const guint veth = own_network_veth ("veth-a", "veth-b");

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GPtrArray) messages = NULL;
      FrameLog log;
      PhError error;

      ask (probe, &request, &log, &error);
      messages = messages_of (&log);
      if (error.code == PH_ERROR_NONE && veth != 0)
        g_assert_cmpuint (messages->len, ==, 2);
      else if (error.code != PH_ERROR_NONE)
        g_assert_cmpint (error.code, ==, PH_ERROR_UNSUPPORTED);
      frame_log_clear (&log);
    }
  if (veth != 0)
    own_network_delete_link (veth);
  ph_probe_free (probe);
}

/* What the look-ups below are about. */
static void
make_routes (gboolean add)
{
  own_network_route (add, "192.0.2.10", RTN_UNICAST, RT_TABLE_MAIN);
  own_network_route (add, "192.0.2.11", RTN_BLACKHOLE, RT_TABLE_MAIN);
  own_network_route (add, "192.0.2.12", RTN_UNREACHABLE, RT_TABLE_MAIN);
  own_network_route (add, "192.0.2.13", RTN_PROHIBIT, RT_TABLE_MAIN);
  own_network_route (add, "192.0.2.10", RTN_UNREACHABLE, OTHER_TABLE);
  own_network_route (add, "2001:db8::10", RTN_UNICAST, RT_TABLE_MAIN);
  own_network_route (add, "2001:db8::11", RTN_BLACKHOLE, RT_TABLE_MAIN);
  own_network_route (add, "2001:db8::12", RTN_UNREACHABLE, RT_TABLE_MAIN);
  own_network_route (add, "2001:db8::13", RTN_PROHIBIT, RT_TABLE_MAIN);
  own_network_rule (add, AF_INET, 50, MARK, NULL, FR_ACT_TO_TBL, OTHER_TABLE);
  own_network_rule (add, AF_INET, 51, 0, "192.0.2.2", FR_ACT_PROHIBIT, 0);
}

static const struct
{
  const char *name;
  const char *destination;
  const char *source;
  guint32 mark;
  guint32 interface;
  int errnum;       /* the answer's, 0: there is a route */
  guint32 table;    /* that the entry is in */
  gboolean nothing; /* there is a route, but no entry of a table that it was made from */
} look_ups[] = {
  { "local4", "127.0.0.1", .table = RT_TABLE_LOCAL },
  { "unicast4", "192.0.2.10", .table = RT_TABLE_MAIN },
  { "blackhole4", "192.0.2.11", .errnum = EINVAL },
  { "unreachable4", "192.0.2.12", .errnum = EHOSTUNREACH },
  { "prohibit4", "192.0.2.13", .errnum = EACCES },
  { "no-route4", "198.51.100.1", .errnum = ENETUNREACH },
  { "mark4", "192.0.2.10", .mark = MARK, .errnum = EHOSTUNREACH },
  { "source4", "192.0.2.10", .source = "192.0.2.2", .errnum = EACCES },
  { "interface4", "192.0.2.10", .interface = OWN_NETWORK_LO, .table = RT_TABLE_MAIN },
  { "no-interface4", "192.0.2.10", .interface = 4711, .errnum = ENODEV },
  { "broadcast4", "255.255.255.255", .interface = OWN_NETWORK_LO, .nothing = TRUE },
  { "local6", "::1", .table = RT_TABLE_LOCAL },
  { "unicast6", "2001:db8::10", .table = RT_TABLE_MAIN },
  { "source6", "2001:db8::10", .source = "2001:db8::2", .table = RT_TABLE_MAIN },
  { "blackhole6", "2001:db8::11", .errnum = EINVAL },
  { "unreachable6", "2001:db8::12", .errnum = EHOSTUNREACH },
  { "prohibit6", "2001:db8::13", .errnum = EACCES },
  { "no-route6", "2001:db8:1::1", .errnum = ENETUNREACH },
};

static guint32
table_of (const struct nlmsghdr *message)
{
  const struct nlattr *attribute;

  mnl_attr_for_each (attribute, message, sizeof (struct rtmsg))
    if (mnl_attr_get_type (attribute) == RTA_TABLE)
      return mnl_attr_get_u32 (attribute);
  return 0;
}

/* A route, and the entry it was made from, are two parts with one message each. */
static void
check_route (const FrameLog *log, guint32 table, gboolean nothing)
{
  g_autoptr (GPtrArray) messages = messages_of (log);

  g_assert_cmpuint (frame_log_count (log, PH_FRAME_BEGIN), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      gsize length;
      const PhFrameBegin *begin = frame_log_get (log, PH_FRAME_BEGIN, i, &length);

      g_assert_cmpuint (begin->part, ==, i);
      g_assert_cmpuint (begin->format, ==, PH_FORMAT_NETLINK);
    }
  g_assert_cmpuint (messages->len, ==, nothing ? 1 : 2);
  for (guint i = 0; i < messages->len; i++)
    {
      const struct nlmsghdr *message = g_ptr_array_index (messages, i);

      g_assert_cmpuint (message->nlmsg_type, ==, RTM_NEWROUTE);
      if (!nothing)
        g_assert_cmpuint (table_of (message), ==, table);
    }
}

static void
test_route_get (void)
{
  PhProbe *probe = ph_probe_new ();

  make_routes (TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (look_ups); i++)
    {
      const int family = own_network_family (look_ups[i].destination);
      PhRouteQuery query = { .family = (guint8) family, .mark = look_ups[i].mark, .interface = look_ups[i].interface };
      const PhRequest request = { .name = PH_REQUEST_ROUTE_GET, .route = &query };
      FrameLog log;
      PhError error;

      g_test_message ("%s", look_ups[i].name);
      g_assert_cmpint (inet_pton (family, look_ups[i].destination, query.destination), ==, 1);
      if (look_ups[i].source != NULL)
        {
          query.has_source = true;
          g_assert_cmpint (inet_pton (family, look_ups[i].source, query.source), ==, 1);
        }
      ask (probe, &request, &log, &error);
      g_assert_cmpstr (g_strerror (error.errnum), ==, g_strerror (look_ups[i].errnum));
      g_assert_cmpint (error.code, ==, look_ups[i].errnum != 0 ? PH_ERROR_KERNEL : PH_ERROR_NONE);
      if (look_ups[i].errnum == 0)
        check_route (&log, look_ups[i].table, look_ups[i].nothing);
      else
        g_assert_cmpuint (frame_log_count (&log, PH_FRAME_NETLINK), ==, 0);
      frame_log_clear (&log);
    }
  make_routes (FALSE);
  ph_probe_free (probe);
}

/* From now on this process can make no socket of IPv6, as on a kernel that was started without it. */
static gboolean
lose_ipv6 (void)
{
  struct sock_filter lines[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 0, 3),
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS,
              offsetof (struct seccomp_data, args[0]) + (G_BYTE_ORDER == G_BIG_ENDIAN ? 4 : 0)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAFNOSUPPORT),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const struct sock_fprog program = { .len = G_N_ELEMENTS (lines), .filter = lines };

  return prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
         && prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0 && socket (AF_INET6, SOCK_DGRAM, 0) < 0;
}

/* The last of the tests: there is no way back. */
static void
test_no_ipv6 (void)
{
  static const struct
  {
    PhRequestName name;
    gboolean is_empty;
  } requests[] = {
    { PH_REQUEST_ROUTES4, FALSE }, { PH_REQUEST_ROUTES6, TRUE }, { PH_REQUEST_CACHED_ROUTES6, TRUE },
    { PH_REQUEST_RULES4, FALSE },  { PH_REQUEST_RULES6, TRUE },  { PH_REQUEST_LINKS, FALSE },
  };

  if (!lose_ipv6 ())
    {
      g_test_skip ("no filter of system calls here");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (GPtrArray) messages = dump (requests[i].name);

      g_assert_cmpint (messages->len == 0, ==, requests[i].is_empty);
    }
}

int
main (int argc, char **argv)
{
  if (!own_network_enter ())
    {
      g_printerr ("no network namespace of our own: %s\n", g_strerror (errno));
      return 77;
    }
  own_network_up (OWN_NETWORK_LO, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe-network/dumps", test_dumps);
  g_test_add_func ("/probe-network/cached", test_cached);
  g_test_add_func ("/probe-network/nexthops", test_nexthops);
  g_test_add_func ("/probe-network/long-link", test_long_link);
  g_test_add_func ("/probe-network/link-settings", test_link_settings);
  g_test_add_func ("/probe-network/route-get", test_route_get);
  g_test_add_func ("/probe-network/no-ipv6", test_no_ipv6);
  return g_test_run ();
}
