/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is asked about routes: both families; the next hop objects, where a route says nothing but the number of one;
 * interface names, where one is not known; names of tables and protocols.
 */
#include "ph-topic.h"

#include "ph-link-book.h"
#include "ph-nexthop-book.h"
#include "ph-route.h"
#include "ph-route-decode.h"
#include "ph-route-names.h"

#define BIT(request) (G_GUINT64_CONSTANT (1) << (request))

typedef enum
{
  STEP_NEXTHOPS,
  STEP_LINKS,
  STEP_NAMES,
} Step;

typedef struct
{
  PhNexthopBook *nexthops;
  PhLinkBook *links;
  PhRouteNames *names;
  Step step;
} State;

static gpointer
create (void)
{
  State *state = g_new0 (State, 1);

  state->nexthops = ph_nexthop_book_new ();
  state->links = ph_link_book_new ();
  state->names = ph_route_names_new ();
  return state;
}

static void
destroy (gpointer data)
{
  State *state = data;

  ph_nexthop_book_free (state->nexthops);
  ph_link_book_free (state->links);
  ph_route_names_free (state->names);
  g_free (state);
}

static void
begin (gpointer data, const PhPlan *plan)
{
  State *state = data;

  state->step = STEP_NEXTHOPS;
  ph_nexthop_book_clear (state->nexthops);
  ph_link_book_begin (state->links);
  ph_route_names_begin (state->names, plan->names);
}

static void
decode (gpointer data, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  if (kind == PH_FRAME_NETLINK)
    ph_decode_route_frame (snapshot, asked->request, bytes, length);
}

static gboolean
want_nexthops (PhSnapshot *snapshot, PhRequest *request)
{
  *request = (PhRequest){ .name = PH_REQUEST_NEXTHOPS };
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    if (ph_nexthop_book_need (ph_snapshot_record (snapshot, i)))
      return TRUE;
  return FALSE;
}

/* All names come in one answer, so one that is missing is enough. */
static gboolean
want_links (State *state, PhSnapshot *snapshot, gint64 time_us, PhRequest *request)
{
  gboolean wanted = FALSE;
  guint32 last = 0;

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      guint32 interface = ((const PhRoute *) ph_snapshot_record (snapshot, i))->key.interface;

      if (interface != last)
        wanted |= ph_link_book_need (state->links, interface, time_us);
      last = interface;
    }
  *request = (PhRequest){ .name = PH_REQUEST_LINKS };
  return wanted;
}

static gboolean
next (gpointer data, PhSnapshot *snapshot, gint64 time_us, PhRequest *request)
{
  State *state = data;

  switch (state->step)
    {
    case STEP_NEXTHOPS:
      state->step = STEP_LINKS;
      if (want_nexthops (snapshot, request))
        return TRUE;
      G_GNUC_FALLTHROUGH;
    case STEP_LINKS:
      state->step = STEP_NAMES;
      ph_nexthop_book_resolve (state->nexthops, snapshot); /* before it is known which interfaces there are */
      if (want_links (state, snapshot, time_us, request))
        return TRUE;
      G_GNUC_FALLTHROUGH;
    case STEP_NAMES:
      return ph_route_names_next (state->names, time_us, request);
    }
  return FALSE;
}

static void
take (gpointer data, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  State *state = data;

  if (asked->request == PH_REQUEST_NEXTHOPS && kind == PH_FRAME_RESTART)
    ph_nexthop_book_clear (state->nexthops);
  else if (asked->request == PH_REQUEST_NEXTHOPS && kind == PH_FRAME_NETLINK)
    ph_nexthop_book_take (state->nexthops, bytes, length);
  else if (asked->request == PH_REQUEST_LINKS && kind == PH_FRAME_NETLINK)
    ph_link_book_take (state->links, bytes, length);
  else
    ph_route_names_take (state->names, asked, kind, bytes, length);
}

static void
finish (gpointer data, PhSnapshot *snapshot)
{
  State *state = data;

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      PhRoute *route = ph_snapshot_edit (snapshot, i);

      route->interface_name = ph_link_book_lend (state->links, route->key.interface, snapshot);
      route->table_name = ph_route_names_table (state->names, ph_route_table (route), snapshot);
      route->protocol_name = ph_route_names_protocol (state->names, route->protocol, snapshot);
    }
}

const PhTopic ph_route_topic = {
  .schema = &ph_route_schema,
  .requests = BIT (PH_REQUEST_ROUTES4) | BIT (PH_REQUEST_ROUTES6) | BIT (PH_REQUEST_CACHED_ROUTES4)
              | BIT (PH_REQUEST_CACHED_ROUTES6),
  .create = create,
  .destroy = destroy,
  .begin = begin,
  .decode = decode,
  .next = next,
  .take = take,
  .finish = finish,
};
