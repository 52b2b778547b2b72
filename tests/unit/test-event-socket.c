/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernel's news of a network of the test's own: each kind by itself, strangers, a flood, and one too long. */
#include "own-network.h"

#include <poll.h>

#include "frame-log.h"
#include "ph-event-socket.h"

#define FLOOD 3000 /* several times what the socket holds */

static guint veth; /* 0: none here */

static PhEventSocket *
open_events (guint32 kinds)
{
  PhError error;
  PhEventSocket *events = ph_event_socket_new (kinds, &error);

  g_assert_nonnull (events);
  return events;
}

/* A test that waits in vain is ended by meson's timeout. */
static void
wait_for (PhEventSocket *events)
{
  struct pollfd fd = { .fd = ph_event_socket_fd (events), .events = POLLIN };

  g_assert_cmpint (poll (&fd, 1, -1), ==, 1);
}

static gboolean
is_readable (PhEventSocket *events)
{
  struct pollfd fd = { .fd = ph_event_socket_fd (events), .events = POLLIN };

  g_assert_cmpint (poll (&fd, 1, 0), >=, 0);
  return fd.revents != 0;
}

static void
take (PhEventSocket *events, FrameLog *log)
{
  PhError error;

  g_assert_true (ph_event_socket_take (events, frame_log_sink, log, &error));
}

/* All that has come, however often it takes. */
static void
take_all (PhEventSocket *events, FrameLog *log)
{
  do
    take (events, log);
  while (is_readable (events));
}

static guint
count_type (const FrameLog *log, guint16 type)
{
  guint n = 0;

  for (guint i = 0; i < frame_log_count (log, PH_FRAME_NETLINK); i++)
    {
      gsize length;
      const struct nlmsghdr *message = frame_log_get (log, PH_FRAME_NETLINK, i, &length);
      int left = (int) length;

      for (; mnl_nlmsg_ok (message, left); message = mnl_nlmsg_next (message, &left))
        n += message->nlmsg_type == type;
      g_assert_cmpint (left, ==, 0);
    }
  return n;
}

static void
change_link (gboolean add)
{
  if (add)
    veth = own_network_veth ("veth-a", "veth-b");
  else if (veth != 0)
    own_network_delete_link (veth);
}

static void
change_address4 (gboolean add)
{
  own_network_address (add, OWN_NETWORK_LO, "192.0.2.1");
}

static void
change_address6 (gboolean add)
{
  own_network_address (add, OWN_NETWORK_LO, "2001:db8::1");
}

static void
change_route4 (gboolean add)
{
  own_network_route (add, "198.51.100.1", RTN_BLACKHOLE, RT_TABLE_MAIN);
}

static void
change_route6 (gboolean add)
{
  own_network_route (add, "2001:db8:1::1", RTN_BLACKHOLE, RT_TABLE_MAIN);
}

static void
change_rule4 (gboolean add)
{
  own_network_rule (add, AF_INET, 10, 1, NULL, FR_ACT_BLACKHOLE, 0);
}

static void
change_rule6 (gboolean add)
{
  own_network_rule (add, AF_INET6, 10, 1, NULL, FR_ACT_BLACKHOLE, 0);
}

static void
change_neighbour (gboolean add)
{
  own_network_neighbour (add, OWN_NETWORK_LO, "2001:db8::7");
}

/* A neighbour that is taken away is first told of as failed: RTM_NEWNEIGH, then RTM_DELNEIGH. */
static const struct
{
  const char *name;
  guint32 kind;
  void (*change) (gboolean add);
  guint16 added;
  guint16 removed;
} kinds[] = {
  { "link", PH_EVENT_LINKS, change_link, RTM_NEWLINK, RTM_DELLINK },
  { "address4", PH_EVENT_ADDRESSES, change_address4, RTM_NEWADDR, RTM_DELADDR },
  { "address6", PH_EVENT_ADDRESSES, change_address6, RTM_NEWADDR, RTM_DELADDR },
  { "route4", PH_EVENT_ROUTES, change_route4, RTM_NEWROUTE, RTM_DELROUTE },
  { "route6", PH_EVENT_ROUTES, change_route6, RTM_NEWROUTE, RTM_DELROUTE },
  { "rule4", PH_EVENT_RULES, change_rule4, RTM_NEWRULE, RTM_DELRULE },
  { "rule6", PH_EVENT_RULES, change_rule6, RTM_NEWRULE, RTM_DELRULE },
  { "neighbour", PH_EVENT_NEIGHBOURS, change_neighbour, RTM_NEWNEIGH, RTM_DELNEIGH },
};

/* What was asked for is heard, and by one that asked for all; by one that asked for the rest it is not. */
static void
test_kinds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      PhEventSocket *one = open_events (kinds[i].kind);
      PhEventSocket *all = open_events (PH_EVENT_ALL_ROUTING);
      PhEventSocket *others = open_events (PH_EVENT_ALL_ROUTING & ~kinds[i].kind);
      PhEventSocket *each[] = { one, all, others };

      g_test_message ("%s", kinds[i].name);
      for (guint adding = 0; adding < 2; adding++)
        {
          const gboolean add = adding == 0;

          kinds[i].change (add);
          if (kinds[i].change == change_link && veth == 0)
            {
              g_test_message ("no veth here");
              continue;
            }
          for (guint j = 0; j < G_N_ELEMENTS (each); j++)
            {
              const guint16 type = add ? kinds[i].added : kinds[i].removed;
              FrameLog log = frame_log_new ();

              /* Most come before the change is acknowledged, but IPv6 takes its addresses in at its leisure. */
              while (each[j] != others && count_type (&log, type) == 0)
                {
                  wait_for (each[j]);
                  take_all (each[j], &log);
                }
              if (each[j] == others)
                take_all (each[j], &log);
              g_assert_cmpuint (frame_log_count (&log, PH_FRAME_LOST), ==, 0);
              g_assert_cmpint (count_type (&log, type) > 0, ==, each[j] != others);
              frame_log_clear (&log);
            }
        }
      for (guint j = 0; j < G_N_ELEMENTS (each); j++)
        ph_event_socket_free (each[j]);
    }
}

static void
test_nexthop (void)
{
  PhEventSocket *events = open_events (PH_EVENT_ROUTES);
  FrameLog log = frame_log_new ();

  if (own_network_nexthop (TRUE, 9))
    {
      own_network_nexthop (FALSE, 9);
      take_all (events, &log);
      g_assert_cmpuint (count_type (&log, RTM_NEWNEXTHOP), ==, 1);
      g_assert_cmpuint (count_type (&log, RTM_DELNEXTHOP), ==, 1);
    }
  else
    g_test_skip ("this kernel has no next hop objects");
  frame_log_clear (&log);
  ph_event_socket_free (events);
}

static void
test_quiet (void)
{
  PhEventSocket *events = open_events (PH_EVENT_ALL_ROUTING);
  PhEventSocket *deaf = open_events (0);
  FrameLog log = frame_log_new ();

  g_assert_false (is_readable (events));
  take (events, &log);
  change_route4 (TRUE);
  change_route4 (FALSE);
  take (deaf, &log);
  g_assert_cmpuint (log.frames->len, ==, 0);
  frame_log_clear (&log);
  ph_event_socket_free (events);
  ph_event_socket_free (deaf);
  ph_event_socket_free (NULL);
}

/* Root may send to these groups, too, and to the socket itself. */
static void
test_stranger (void)
{
  PhEventSocket *events = open_events (PH_EVENT_ALL_ROUTING);
  struct sockaddr_nl to = { 0 };
  socklen_t length = sizeof to;
  const struct nlmsghdr message = { .nlmsg_len = sizeof message, .nlmsg_type = RTM_NEWROUTE };
  const struct sockaddr_nl group = { .nl_family = AF_NETLINK, .nl_groups = 1 << (RTNLGRP_LINK - 1) };
  const int stranger = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  FrameLog log = frame_log_new ();

  g_assert_cmpint (getsockname (ph_event_socket_fd (events), (struct sockaddr *) &to, &length), ==, 0);
  g_assert_cmpint (sendto (stranger, &message, sizeof message, 0, (struct sockaddr *) &to, length), >, 0);
  g_assert_true (is_readable (events));
  sendto (stranger, &message, sizeof message, 0, (const struct sockaddr *) &group, sizeof group);
  take_all (events, &log);
  g_assert_cmpuint (log.frames->len, ==, 0);
  change_route4 (TRUE);
  change_route4 (FALSE);
  take_all (events, &log);
  g_assert_cmpuint (count_type (&log, RTM_NEWROUTE), ==, 1);
  frame_log_clear (&log);
  close (stranger);
  ph_event_socket_free (events);
}

static void
flood (gboolean add)
{
  for (guint i = 0; i < FLOOD; i++)
    {
      g_autofree char *address = g_strdup_printf ("10.0.%u.%u", i / 256, i % 256);

      own_network_route (add, address, RTN_BLACKHOLE, RT_TABLE_MAIN);
    }
}

/* It is told that some were lost, before what was not, and once more when nothing is being lost any longer. No taking
 * is endless, and what comes later is heard as ever. */
static void
test_flood (void)
{
  PhEventSocket *events = open_events (PH_EVENT_ROUTES);
  FrameLog log = frame_log_new ();
  gsize length;

  flood (TRUE);
  take (events, &log);
  g_assert_cmpuint (log.frames->len, <, FLOOD / 2);
  take_all (events, &log);
  g_assert_cmpuint (frame_log_count (&log, PH_FRAME_LOST), ==, 2);
  g_assert_cmpint (g_array_index (log.frames, LoggedFrame, 0).kind, ==, PH_FRAME_LOST);
  g_assert_cmpint (g_array_index (log.frames, LoggedFrame, log.frames->len - 1).kind, ==, PH_FRAME_LOST);
  frame_log_get (&log, PH_FRAME_LOST, 0, &length);
  g_assert_cmpuint (length, ==, 0);
  g_assert_cmpuint (count_type (&log, RTM_NEWROUTE), >, 0);
  g_assert_cmpuint (count_type (&log, RTM_NEWROUTE), <, FLOOD);

  frame_log_reset (&log);
  change_route4 (TRUE);
  take_all (events, &log);
  g_assert_cmpuint (frame_log_count (&log, PH_FRAME_LOST), ==, 0);
  g_assert_cmpuint (count_type (&log, RTM_NEWROUTE), ==, 1);
  change_route4 (FALSE);
  frame_log_clear (&log);
  ph_event_socket_free (events);
  flood (FALSE);
}

/* While the queue is not empty after a loss the kernel drops what comes, without another word: the second LOST is
 * behind all of that. */
static void
test_flood_goes_on (void)
{
  PhEventSocket *events = open_events (PH_EVENT_ROUTES);
  FrameLog log = frame_log_new ();
  const int large = 1 << 20;
  guint heard;

  /* So that one taking is not enough. */
  if (setsockopt (ph_event_socket_fd (events), SOL_SOCKET, SO_RCVBUFFORCE, &large, sizeof large) != 0)
    g_test_message ("the buffer stays as it is");
  flood (TRUE);
  take (events, &log);
  heard = frame_log_count (&log, PH_FRAME_LOST);
  change_route6 (TRUE);
  take_all (events, &log);
  if (heard == 1)
    g_assert_cmpint (g_array_index (log.frames, LoggedFrame, log.frames->len - 1).kind, ==, PH_FRAME_LOST);
  else
    g_test_skip ("the whole buffer was read at once");
  g_assert_cmpuint (frame_log_count (&log, PH_FRAME_LOST), ==, 2);
  change_route6 (FALSE);
  frame_log_clear (&log);
  ph_event_socket_free (events);
  flood (FALSE);
}

/* An event that does not fit into the buffer is as good as lost. */
static void
test_too_long (void)
{
  static OwnNetworkMessage message;
  PhEventSocket *events = open_events (PH_EVENT_LINKS);
  FrameLog log = frame_log_new ();
  struct ifinfomsg *header;
  struct nlattr *list;

  header = own_network_begin (&message, RTM_NEWLINKPROP, NLM_F_CREATE | NLM_F_EXCL | NLM_F_APPEND, sizeof *header);
  header->ifi_index = OWN_NETWORK_LO;
  list = mnl_attr_nest_start (&message.header, IFLA_PROP_LIST);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("%0120u", i);

      mnl_attr_put_strz (&message.header, IFLA_ALT_IFNAME, name);
    }
  mnl_attr_nest_end (&message.header, list);
  if (own_network_try (&message) == 0)
    {
      take_all (events, &log);
      g_assert_cmpuint (frame_log_count (&log, PH_FRAME_NETLINK), ==, 0);
      g_assert_cmpuint (frame_log_count (&log, PH_FRAME_LOST), ==, 1);
      message.header.nlmsg_type = RTM_DELLINKPROP;
      message.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
      own_network_do (&message);
    }
  else
    g_test_skip ("this kernel does not take so many names");
  frame_log_clear (&log);
  ph_event_socket_free (events);
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
  g_test_add_func ("/event-socket/kinds", test_kinds);
  g_test_add_func ("/event-socket/nexthop", test_nexthop);
  g_test_add_func ("/event-socket/quiet", test_quiet);
  g_test_add_func ("/event-socket/stranger", test_stranger);
  g_test_add_func ("/event-socket/flood", test_flood);
  g_test_add_func ("/event-socket/flood-goes-on", test_flood_goes_on);
  g_test_add_func ("/event-socket/too-long", test_too_long);
  return g_test_run ();
}
