/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Part 0 is the route, part 1 the entry; each is one message. */
#include "ph-route-answer.h"

#include <string.h>

#include "ph-route-decode.h"

#define PARTS 2

struct _PhRouteAnswer
{
  PhArena *arena;
  guint part; /* that is coming in */
  gboolean known[PARTS];
  PhRoute parts[PARTS];
  PhError error;
};

PhRouteAnswer *
ph_route_answer_new (void)
{
  PhRouteAnswer *answer = g_new0 (PhRouteAnswer, 1);

  answer->arena = ph_arena_new ();
  answer->error = (PhError){ .code = PH_ERROR_TRUNCATED, .request = PH_REQUEST_ROUTE_GET }; /* until it has ended */
  return answer;
}

void
ph_route_answer_free (PhRouteAnswer *answer)
{
  if (!answer)
    return;
  ph_arena_free (answer->arena);
  g_free (answer);
}

static void
take_begin (PhRouteAnswer *answer, const void *bytes, gsize length)
{
  PhFrameBegin begin;

  answer->part = PARTS;
  if (length != sizeof begin)
    return;
  memcpy (&begin, bytes, sizeof begin);
  answer->part = begin.part;
}

static void
take_messages (PhRouteAnswer *answer, const void *bytes, gsize length)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;

  if (answer->part >= PARTS)
    return;
  while ((message = ph_message_next (&at, &length)))
    {
      PhRoute route = { 0 };
      PhRouteHops hops;
      PhRoute hop;

      if (message->nlmsg_type < NLMSG_MIN_TYPE || !ph_decode_route (message, answer->arena, &route, &hops))
        continue;
      if (ph_decode_route_hop (&hops, answer->arena, &route, &hop))
        route.first_gateway = hop.key.gateway.family;
      answer->parts[answer->part] = route;
      answer->known[answer->part] = TRUE;
    }
}

static void
take_end (PhRouteAnswer *answer, const void *bytes, gsize length)
{
  PhFrameEnd end;

  if (length != sizeof end)
    return;
  memcpy (&end, bytes, sizeof end);
  answer->error = (PhError){ .code = (PhErrorCode) end.code, .errnum = end.errnum, .request = PH_REQUEST_ROUTE_GET };
}

void
ph_route_answer_sink (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  PhRouteAnswer *answer = user;

  switch (kind)
    {
    case PH_FRAME_BEGIN:
      take_begin (answer, bytes, length);
      break;
    case PH_FRAME_NETLINK:
      take_messages (answer, bytes, length);
      break;
    case PH_FRAME_END:
      take_end (answer, bytes, length);
      break;
    default:
      break;
    }
}

const PhRoute *
ph_route_answer_route (const PhRouteAnswer *answer)
{
  return answer->known[0] ? &answer->parts[0] : NULL;
}

const PhRoute *
ph_route_answer_entry (const PhRouteAnswer *answer)
{
  return answer->known[1] ? &answer->parts[1] : NULL;
}

const PhError *
ph_route_answer_error (const PhRouteAnswer *answer)
{
  return &answer->error;
}
