/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked about neighbours: both families in one question, and interface names, where one is not known. */
#include "ph-link-book.h"
#include "ph-neighbour-decode.h"
#include "ph-topic.h"

#define BIT(request) (G_GUINT64_CONSTANT (1) << (request))

typedef struct
{
  PhLinkBook *links;
  gboolean asked; /* for them, in this collection */
} State;

static gpointer
create (void)
{
  State *state = g_new0 (State, 1);

  state->links = ph_link_book_new ();
  return state;
}

static void
destroy (gpointer data)
{
  State *state = data;

  ph_link_book_free (state->links);
  g_free (state);
}

static void
begin (gpointer data, const PhPlan *plan)
{
  State *state = data;

  state->asked = FALSE;
  ph_link_book_begin (state->links);
}

static void
decode (gpointer data, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  if (kind == PH_FRAME_NETLINK)
    ph_decode_neighbour_frame (snapshot, asked->request, bytes, length);
}

static gboolean
next (gpointer data, PhSnapshot *snapshot, gint64 time_us, PhRequest *request)
{
  State *state = data;
  gboolean wanted = FALSE;

  if (state->asked)
    return FALSE;
  state->asked = TRUE;
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhNeighbour *neighbour = ph_snapshot_record (snapshot, i);

      wanted |= ph_link_book_need (state->links, neighbour->key.interface, time_us);
    }
  *request = (PhRequest){ .name = PH_REQUEST_LINKS };
  return wanted;
}

static void
take (gpointer data, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  State *state = data;

  if (kind == PH_FRAME_NETLINK)
    ph_link_book_take (state->links, bytes, length);
}

static void
finish (gpointer data, PhSnapshot *snapshot)
{
  State *state = data;

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      PhNeighbour *neighbour = ph_snapshot_edit (snapshot, i);

      neighbour->interface_name = ph_link_book_lend (state->links, neighbour->key.interface, snapshot);
    }
}

const PhTopic ph_neighbour_topic = {
  .schema = &ph_neighbour_schema,
  .requests = BIT (PH_REQUEST_NEIGHBOURS),
  .create = create,
  .destroy = destroy,
  .begin = begin,
  .decode = decode,
  .next = next,
  .take = take,
  .finish = finish,
};
