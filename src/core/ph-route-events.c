/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From types of messages to what has changed, see ph-route-events.h. */
#include "ph-route-events.h"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "ph-attribute.h"

/* The forwarding tables of bridges come as neighbours, too. They are none, and there may be very many. */
static gboolean
is_of_a_bridge (const struct nlmsghdr *message)
{
  const struct ndmsg *neighbour = mnl_nlmsg_get_payload (message);

  return message->nlmsg_len >= MNL_NLMSG_HDRLEN + sizeof *neighbour && neighbour->ndm_family == AF_BRIDGE;
}

static guint
kinds_of (const struct nlmsghdr *message)
{
  switch (message->nlmsg_type)
    {
    case RTM_NEWLINK:
    case RTM_DELLINK:
      return PH_EVENT_LINKS | PH_EVENT_ROUTES;
    case RTM_NEWADDR:
    case RTM_DELADDR:
      return PH_EVENT_ADDRESSES | PH_EVENT_ROUTES;
    case RTM_NEWROUTE:
    case RTM_DELROUTE:
    case RTM_NEWNEXTHOP:
    case RTM_DELNEXTHOP:
      return PH_EVENT_ROUTES;
    case RTM_NEWRULE:
    case RTM_DELRULE:
      return PH_EVENT_RULES;
    case RTM_NEWNEIGH:
    case RTM_DELNEIGH:
      return is_of_a_bridge (message) ? 0 : PH_EVENT_NEIGHBOURS;
    default:
      return 0;
    }
}

guint
ph_route_events_kinds (gconstpointer bytes, gsize length)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;
  guint kinds = 0;

  while ((message = ph_message_next (&at, &length)) != NULL)
    kinds |= kinds_of (message);
  return kinds;
}

guint
ph_route_events_sources (guint kinds)
{
  return kinds & PH_EVENT_ROUTES ? kinds | PH_EVENT_LINKS | PH_EVENT_ADDRESSES : kinds;
}
