/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of links, addresses, routes and neighbours: by the kernel itself, in a network namespace of the test's
 * own, and by messages built by hand for what cannot be made to happen. */
#include <net/if.h>
#include <poll.h>

#include "own-network.h"
#include "ph-activity-from-events.h"
#include "ph-activity-words.h"
#include "ph-arena.h"
#include "ph-event-socket.h"
#include "ph-probe.h"

#define NOW     G_GINT64_CONSTANT (1764000000000000)
#define RUNNING (IFF_UP | IFF_RUNNING | 1u << 16) /* IFF_LOWER_UP of linux/if.h, which does not go with net/if.h */

typedef struct
{
  PhActivityFromEvents *from;
  PhEventSocket *events; /* NULL: messages by hand */
  GPtrArray *lines;      /* what was told, in words */
  gint64 now;
} World;

static void
tell (gpointer user, const PhActivity *entry)
{
  const PhStyle style = { .numeric = TRUE };
  World *world = user;
  GString *line = g_string_new (NULL);

  g_assert_cmpint (entry->time_us, ==, world->now);
  ph_activity_words (entry, &style, line);
  g_ptr_array_add (world->lines, g_string_free (line, FALSE));
}

/* A PhSink. */
static void
take_frame (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  World *world = user;
  g_autofree guint8 *copy = g_memdup2 (bytes, length); /* so that a sanitizer sees one byte too many */

  ph_activity_from_events_take (world->from, kind, copy, length, world->now, tell, world);
}

static void
learn_frame (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  World *world = user;

  ph_activity_from_events_learn (world->from, kind, bytes, length);
}

static void
learn (World *world)
{
  static const PhRequestName names[] = { PH_REQUEST_LINK_STATS, PH_REQUEST_ADDRESSES };
  PhProbe *probe = ph_probe_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const PhRequest request = { .name = names[i] };

      ph_probe_ask (probe, &request, learn_frame, world, NULL, NULL);
    }
  ph_probe_free (probe);
}

static World *
world_new (gboolean live)
{
  World *world = g_new0 (World, 1);

  world->from = ph_activity_from_events_new ();
  world->lines = g_ptr_array_new_with_free_func (g_free);
  world->now = NOW;
  if (live)
    {
      world->events = ph_event_socket_new (PH_EVENT_ALL_ROUTING, NULL);
      g_assert_nonnull (world->events);
      learn (world);
    }
  return world;
}

static void
world_free (World *world)
{
  ph_activity_from_events_free (world->from);
  ph_event_socket_free (world->events);
  g_ptr_array_unref (world->lines);
  g_free (world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* The kernel has sent them before the change was acknowledged. */
static void
listen_to_kernel (World *world)
{
  struct pollfd fd = { .fd = ph_event_socket_fd (world->events), .events = POLLIN };

  while (poll (&fd, 1, 50) > 0)
    g_assert_true (ph_event_socket_take (world->events, take_frame, world, NULL));
}

static gboolean
was_told (World *world, const char *line)
{
  for (guint i = 0; i < world->lines->len; i++)
    if (strcmp (world->lines->pdata[i], line) == 0)
      return TRUE;
  return FALSE;
}

/* That a carrier went the kernel may say a second later. */
static void
assert_told (World *world, const char *line)
{
  for (guint i = 0; i < 200 && world->events && !was_told (world, line); i++)
    listen_to_kernel (world);
  if (was_told (world, line))
    return;
  for (guint i = 0; i < world->lines->len; i++)
    g_printerr ("told: %s\n", (const char *) world->lines->pdata[i]);
  g_error ("not told: %s", line);
}

static void
forget (World *world)
{
  g_ptr_array_set_size (world->lines, 0);
}

/* --- the kernel --- */

static void
test_links (void)
{
  g_autoptr (World) world = world_new (TRUE);
  guint veth, peer;

  veth = own_network_veth ("veth-a", "veth-b");
  if (veth == 0)
    {
      g_test_skip ("this kernel has no veth");
      return;
    }
  peer = if_nametoindex ("veth-b");
  listen_to_kernel (world);
  g_assert_cmpuint (world->lines->len, ==, 2);
  g_assert_true (g_str_has_prefix (world->lines->pdata[0], "Interface added: veth-")
                 && strstr (world->lines->pdata[0], ", veth, ") && strstr (world->lines->pdata[0], "MTU 1500"));
  forget (world);

  own_network_up (veth, TRUE);
  listen_to_kernel (world);
  g_assert_false (was_told (world, "Interface up: veth-a")); /* the other end is missing */
  own_network_up (peer, TRUE);
  listen_to_kernel (world);
  assert_told (world, "Interface up: veth-a");
  assert_told (world, "Interface up: veth-b");
  forget (world);

  own_network_up (peer, FALSE);
  listen_to_kernel (world);
  assert_told (world, "Interface down: veth-a, no carrier");
  assert_told (world, "Interface down: veth-b");
  forget (world);

  own_network_delete_link (veth);
  listen_to_kernel (world);
  g_assert_cmpuint (world->lines->len, >=, 2);
  for (guint i = 0, n = 0; i < world->lines->len; i++)
    {
      n += g_str_has_prefix (world->lines->pdata[i], "Interface removed: veth-");
      if (i + 1 == world->lines->len)
        g_assert_cmpuint (n, ==, 2);
    }
  g_assert_cmpuint (ph_activity_from_events_malformed (world->from), ==, 0);
}

static void
test_addresses (void)
{
  g_autoptr (World) world = world_new (TRUE);
  g_autoptr (World) late = world_new (FALSE);

  own_network_address (TRUE, OWN_NETWORK_LO, "192.0.2.1");
  own_network_address (TRUE, OWN_NETWORK_LO, "2001:db8::1");
  listen_to_kernel (world);
  assert_told (world, "Address added: 192.0.2.1/32, lo");
  assert_told (world, "Address added: 2001:db8::1/128, lo, nodad");
  forget (world);
  own_network_address (FALSE, OWN_NETWORK_LO, "192.0.2.1");
  own_network_address (FALSE, OWN_NETWORK_LO, "2001:db8::1");
  listen_to_kernel (world);
  assert_told (world, "Address removed: 192.0.2.1/32, lo");
  assert_told (world, "Address removed: 2001:db8::1/128, lo, nodad");
  g_assert_cmpuint (ph_activity_from_events_malformed (world->from), ==, 0);

  /* Nobody has said which there were: the stamps tell. */
  late->events = ph_event_socket_new (PH_EVENT_ADDRESSES, NULL);
  own_network_address (TRUE, OWN_NETWORK_LO, "192.0.2.3");
  listen_to_kernel (late);
  assert_told (late, "Address added: 192.0.2.3/32, if1");
  own_network_address (FALSE, OWN_NETWORK_LO, "192.0.2.3");
}

static void
test_routes (void)
{
  g_autoptr (World) world = world_new (TRUE);

  own_network_route (TRUE, "198.51.100.1", RTN_BLACKHOLE, RT_TABLE_MAIN);
  own_network_route (TRUE, "198.51.100.2", RTN_UNICAST, 77);
  own_network_route (TRUE, "2001:db8:1::1", RTN_PROHIBIT, RT_TABLE_MAIN);
  listen_to_kernel (world);
  assert_told (world, "Route added: 198.51.100.1/32, blackhole proto static");
  assert_told (world, "Route added: 198.51.100.2/32, dev lo table 77 proto static");
  g_assert_cmpuint (world->lines->len, ==, 3);
  forget (world);
  own_network_route (FALSE, "198.51.100.1", RTN_BLACKHOLE, RT_TABLE_MAIN);
  own_network_route (FALSE, "198.51.100.2", RTN_UNICAST, 77);
  own_network_route (FALSE, "2001:db8:1::1", RTN_PROHIBIT, RT_TABLE_MAIN);
  listen_to_kernel (world);
  assert_told (world, "Route removed: 198.51.100.1/32, blackhole proto static");
  g_assert_cmpuint (world->lines->len, ==, 3);
  forget (world);

  own_network_route (TRUE, "198.51.100.3", RTN_UNICAST, RT_TABLE_LOCAL); /* the kernel's own */
  own_network_route (FALSE, "198.51.100.3", RTN_UNICAST, RT_TABLE_LOCAL);
  own_network_neighbour (TRUE, OWN_NETWORK_LO, "2001:db8::7"); /* called failed when it is taken away */
  own_network_neighbour (FALSE, OWN_NETWORK_LO, "2001:db8::7");
  listen_to_kernel (world);
  g_assert_cmpuint (world->lines->len, ==, 0);
  g_assert_cmpuint (ph_activity_from_events_malformed (world->from), ==, 0);
}

/* --- by hand --- */

typedef union
{
  struct nlmsghdr header;
  guint8 bytes[2048];
} Message;

static gpointer
begin (Message *message, guint16 type, guint16 flags, gsize size)
{
  memset (message, 0, sizeof *message);
  mnl_nlmsg_put_header (message->bytes);
  message->header.nlmsg_type = type;
  message->header.nlmsg_flags = flags;
  return mnl_nlmsg_put_extra_header (&message->header, size);
}

static void
send_to (World *world, const Message *message)
{
  take_frame (world, PH_FRAME_NETLINK, message, message->header.nlmsg_len);
}

static void
neighbour (Message *message, const char *address, guint16 state, guint32 probes)
{
  const int family = strchr (address, ':') ? AF_INET6 : AF_INET;
  struct ndmsg *header = begin (message, RTM_NEWNEIGH, 0, sizeof *header);
  guint8 bytes[16];

  g_assert_cmpint (inet_pton (family, address, bytes), ==, 1);
  header->ndm_family = (guint8) family;
  header->ndm_ifindex = 7;
  header->ndm_state = state;
  mnl_attr_put (&message->header, NDA_DST, family == AF_INET ? 4 : 16, bytes);
  mnl_attr_put_u32 (&message->header, NDA_PROBES, probes);
}

/* Told once, until it is there again. */
static void
test_neighbours (void)
{
  g_autoptr (World) world = world_new (FALSE);
  Message message;

  neighbour (&message, "192.0.2.9", NUD_INCOMPLETE, 1);
  send_to (world, &message);
  g_assert_cmpuint (world->lines->len, ==, 0);
  for (guint i = 0; i < 3; i++)
    {
      neighbour (&message, "192.0.2.9", NUD_FAILED, 3);
      send_to (world, &message);
    }
  g_assert_cmpuint (world->lines->len, ==, 1);
  assert_told (world, "Neighbour failed: 192.0.2.9, if7");
  neighbour (&message, "192.0.2.9", NUD_REACHABLE, 0);
  send_to (world, &message);
  neighbour (&message, "192.0.2.9", NUD_FAILED, 0); /* is being taken away */
  send_to (world, &message);
  g_assert_cmpuint (world->lines->len, ==, 1);
  neighbour (&message, "192.0.2.9", NUD_FAILED, 3);
  send_to (world, &message);
  g_assert_cmpuint (world->lines->len, ==, 2);
  neighbour (&message, "fe80::9", NUD_FAILED, 3);
  send_to (world, &message);
  g_assert_cmpuint (world->lines->len, ==, 3);
}

static void
link_message (Message *message, guint16 type, guint8 family, guint flags, const char *name)
{
  struct ifinfomsg *info = begin (message, type, 0, sizeof *info);

  info->ifi_family = family;
  info->ifi_index = 7;
  info->ifi_flags = flags;
  mnl_attr_put_strz (&message->header, IFLA_IFNAME, name);
  mnl_attr_put_u32 (&message->header, IFLA_MTU, 1500);
}

/* Until it is known which links there are, only what changes is told. A bridge's word on a port is not the link's. */
static void
test_unlearned (void)
{
  const PhFrameBegin begin_links = { .request = PH_REQUEST_LINK_STATS };
  const PhFrameEnd end = { .code = PH_ERROR_NONE };
  g_autoptr (World) world = world_new (FALSE);
  Message message;

  link_message (&message, RTM_NEWLINK, AF_UNSPEC, RUNNING, "eth0");
  send_to (world, &message);
  g_assert_cmpuint (world->lines->len, ==, 0);
  link_message (&message, RTM_NEWLINK, AF_UNSPEC, IFF_UP, "eth0");
  send_to (world, &message);
  assert_told (world, "Interface down: eth0, no carrier");
  link_message (&message, RTM_DELLINK, AF_BRIDGE, 0, "eth0");
  send_to (world, &message);
  g_assert_cmpuint (world->lines->len, ==, 1);

  learn_frame (world, PH_FRAME_BEGIN, &begin_links, sizeof begin_links);
  learn_frame (world, PH_FRAME_END, &end, sizeof end); /* there is none */
  link_message (&message, RTM_NEWLINK, AF_UNSPEC, RUNNING, "e\033[2Jh");
  send_to (world, &message);
  g_assert_cmpuint (world->lines->len, ==, 3);
  assert_told (world, "Interface added: e\\x1B[2Jh, MTU 1500");
  assert_told (world, "Interface up: e\\x1B[2Jh");
  link_message (&message, RTM_DELLINK, AF_UNSPEC, 0, "e\033[2Jh");
  send_to (world, &message);
  assert_told (world, "Interface removed: e\\x1B[2Jh, MTU 1500");
}

static void
route_message (Message *message, guint16 flags)
{
  static const guint8 destination[] = { 10, 0, 0, 0 }, gateway[] = { 192, 0, 2, 1 }, other[] = { 192, 0, 2, 2 };
  struct rtmsg *header = begin (message, RTM_NEWROUTE, flags, sizeof *header);
  struct nlattr *hops;

  header->rtm_family = AF_INET;
  header->rtm_dst_len = 8;
  header->rtm_table = RT_TABLE_MAIN;
  header->rtm_protocol = RTPROT_DHCP;
  header->rtm_type = RTN_UNICAST;
  mnl_attr_put (&message->header, RTA_DST, 4, destination);
  mnl_attr_put_u32 (&message->header, RTA_PRIORITY, 100);
  hops = mnl_attr_nest_start (&message->header, RTA_MULTIPATH);
  for (guint i = 0; i < 2; i++)
    {
      struct rtnexthop *hop = mnl_nlmsg_put_extra_header (&message->header, sizeof *hop);

      memset (hop, 0, sizeof *hop);
      hop->rtnh_ifindex = 7;
      mnl_attr_put (&message->header, RTA_GATEWAY, 4, i == 0 ? gateway : other);
      hop->rtnh_len = (guint16) (sizeof *hop + MNL_ATTR_HDRLEN + 4);
    }
  mnl_attr_nest_end (&message->header, hops);
}

static void
test_hops (void)
{
  g_autoptr (World) world = world_new (FALSE);
  Message message;

  route_message (&message, NLM_F_REPLACE);
  send_to (world, &message);
  assert_told (world,
               "Route changed: 10.0.0.0/8, nexthop via 192.0.2.1 dev if7 nexthop via 192.0.2.2 dev if7 proto dhcp "
               "metric 100");
}

static void
test_lost (void)
{
  g_autoptr (World) world = world_new (FALSE);

  take_frame (world, PH_FRAME_LOST, NULL, 0);
  take_frame (world, PH_FRAME_LOST, NULL, 0);
  g_assert_cmpuint (world->lines->len, ==, 1);
  world->now += 5 * G_USEC_PER_SEC;
  take_frame (world, PH_FRAME_LOST, NULL, 0);
  g_assert_cmpuint (world->lines->len, ==, 2);
}

/* Each message cut at every length: none is read beyond its end. */
static void
test_hostile (void)
{
  g_autoptr (World) world = world_new (FALSE);
  Message messages[3];

  neighbour (&messages[0], "2001:db8::9", NUD_FAILED, 3);
  link_message (&messages[1], RTM_DELLINK, AF_UNSPEC, IFF_UP, "eth0");
  route_message (&messages[2], 0);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    for (guint length = 0; length < messages[i].header.nlmsg_len; length++)
      {
        Message cut = messages[i];

        take_frame (world, PH_FRAME_NETLINK, &cut, length);
        cut.header.nlmsg_len = length;
        take_frame (world, PH_FRAME_NETLINK, &cut, MAX (length, sizeof cut.header));
      }
  g_assert_cmpuint (ph_activity_from_events_malformed (world->from), >, 100);
}

static void
test_denied (void)
{
  g_test_skip ("no network namespace of our own");
}

int
main (int argc, char **argv)
{
  const gboolean own = own_network_enter ();

  if (own)
    own_network_up (OWN_NETWORK_LO, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/activity-events/links", own ? test_links : test_denied);
  g_test_add_func ("/activity-events/addresses", own ? test_addresses : test_denied);
  g_test_add_func ("/activity-events/routes", own ? test_routes : test_denied);
  g_test_add_func ("/activity-events/neighbours", test_neighbours);
  g_test_add_func ("/activity-events/unlearned", test_unlearned);
  g_test_add_func ("/activity-events/hops", test_hops);
  g_test_add_func ("/activity-events/lost", test_lost);
  g_test_add_func ("/activity-events/hostile", test_hostile);
  return g_test_run ();
}
