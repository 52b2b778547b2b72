/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is asked about sockets: every kind that the plan names; link names, where a socket is bound to one that is not
 * known; owners: the known ones are carried over if their process still lives, then the descriptors of closed sockets
 * and the processes are searched for what is missing (ph-owner-hunt.h), cgroups of what nobody may read, facts of new
 * owners; names of new users.
 *
 * Owners, users and links are remembered from one collection to the next.
 */
#include "ph-topic.h"

#include <string.h>

#include "ph-decoder.h"
#include "ph-link-book.h"
#include "ph-name-book.h"
#include "ph-owner-hunt.h"
#include "ph-socket.h"
#include "ph-text.h"

#define USERS_MAX       4096
#define USERS_FRESH_US  (600 * G_USEC_PER_SEC)
#define USERS_NONE_US   (60 * G_USEC_PER_SEC)
#define NAME_LENGTH_MAX 256

typedef enum
{
  STEP_LINKS,
  STEP_OWNERS,
  STEP_USERS,
  STEP_DONE,
} Step;

typedef struct
{
  PhOwnerHunt *hunt;
  PhNameBook *users;
  PhLinkBook *links;

  gboolean owners, full_owners, names; /* of the plan */
  Step step;
  gboolean hunting;
  GArray *ids; /* guint64, of the request that is being answered */
} State;

static gpointer
create (void)
{
  State *state = g_new0 (State, 1);

  state->hunt = ph_owner_hunt_new ();
  state->users = ph_name_book_new (USERS_MAX, USERS_FRESH_US, USERS_NONE_US);
  state->links = ph_link_book_new ();
  state->ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  return state;
}

static void
destroy (gpointer data)
{
  State *state = data;

  ph_owner_hunt_free (state->hunt);
  ph_name_book_free (state->users);
  ph_link_book_free (state->links);
  g_array_unref (state->ids);
  g_free (state);
}

static void
begin (gpointer data, const PhPlan *plan)
{
  State *state = data;

  state->owners = plan->owners;
  state->full_owners = plan->full_owners;
  state->names = plan->names;
  state->step = STEP_LINKS;
  state->hunting = FALSE;
  ph_name_book_begin (state->users);
  ph_link_book_begin (state->links);
}

static void
decode (gpointer data, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  if (kind == PH_FRAME_NETLINK)
    ph_decode_netlink_frame (snapshot, asked->request, asked->want, bytes, length);
  else
    ph_decode_text_frame (snapshot, asked->request, asked->part, bytes, length);
}

/* --- what to ask besides --- */

/* All names come in one answer, so one that is missing is enough. */
static gboolean
want_links (State *state, PhSnapshot *snapshot, gint64 time_us, PhRequest *request)
{
  gboolean wanted = FALSE;

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      wanted |= ph_link_book_need (state->links, socket->interface, time_us);
    }
  *request = (PhRequest){ .name = PH_REQUEST_LINKS };
  return wanted;
}

static gboolean
want_owners (State *state, PhSnapshot *snapshot, gint64 time_us, PhRequest *request)
{
  if (!state->owners)
    return FALSE;
  if (!state->hunting)
    ph_owner_hunt_begin (state->hunt, snapshot, state->full_owners, time_us);
  state->hunting = TRUE;
  return ph_owner_hunt_next (state->hunt, request);
}

static gboolean
want_users (State *state, PhSnapshot *snapshot, gint64 time_us, PhRequest *request)
{
  guint32 last = PH_UID_UNKNOWN;

  if (!state->names)
    return FALSE;
  g_array_set_size (state->ids, 0);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);
      guint64 uid = socket->uid;

      if (uid == last || uid == PH_UID_UNKNOWN)
        continue;
      last = socket->uid;
      if (ph_name_book_need (state->users, uid, time_us))
        g_array_append_val (state->ids, uid);
    }
  *request
      = (PhRequest){ .name = PH_REQUEST_USERS, .ids = (const uint64_t *) state->ids->data, .n_ids = state->ids->len };
  return state->ids->len > 0;
}

static gboolean
next (gpointer data, PhSnapshot *snapshot, gint64 time_us, PhRequest *request)
{
  State *state = data;
  gboolean wanted = FALSE;

  while (!wanted && state->step != STEP_DONE)
    switch (state->step)
      {
      case STEP_LINKS:
        wanted = want_links (state, snapshot, time_us, request);
        state->step = STEP_OWNERS;
        break;
      case STEP_OWNERS: /* several requests */
        wanted = want_owners (state, snapshot, time_us, request);
        if (!wanted)
          state->step = STEP_USERS;
        break;
      case STEP_USERS:
        wanted = want_users (state, snapshot, time_us, request);
        state->step = STEP_DONE;
        break;
      case STEP_DONE:
        break;
      }
  return wanted;
}

/* --- what is answered --- */

static void
take_name (State *state, const void *bytes, gsize length)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PhFrameName head;

  if (length < sizeof head)
    return;
  memcpy (&head, bytes, sizeof head);
  if (head.name_length != length - sizeof head)
    return;
  ph_text_sanitize ((const char *) bytes + sizeof head, MIN (head.name_length, NAME_LENGTH_MAX), text);
  ph_name_book_set (state->users, head.id, text->len > 0 ? text->str : NULL);
}

static void
take (gpointer data, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  State *state = data;

  if (asked->request == PH_REQUEST_LINKS && kind == PH_FRAME_NETLINK)
    ph_link_book_take (state->links, bytes, length);
  else if (asked->request == PH_REQUEST_USERS && kind == PH_FRAME_NAME)
    take_name (state, bytes, length);
  else if (state->step == STEP_OWNERS && state->hunting)
    ph_owner_hunt_take (state->hunt, kind, bytes, length);
}

/* --- the result --- */

static void
finish (gpointer data, PhSnapshot *snapshot)
{
  State *state = data;
  guint32 last_uid = PH_UID_UNKNOWN;
  const char *last_user = NULL;

  if (state->hunting)
    ph_owner_hunt_finish (state->hunt);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      PhSocket *socket = ph_snapshot_edit (snapshot, i);

      if (socket->uid != last_uid)
        {
          last_uid = socket->uid;
          last_user = last_uid == PH_UID_UNKNOWN ? NULL : ph_name_book_lend (state->users, last_uid, snapshot);
        }
      socket->user = last_user;
      if (socket->interface != 0)
        socket->interface_name = ph_link_book_lend (state->links, socket->interface, snapshot);
    }
}

static gint64
owners_us (gpointer data)
{
  State *state = data;

  return state->hunting ? ph_owner_hunt_took_us (state->hunt) : 0;
}

const PhTopic ph_socket_topic = {
  .schema = &ph_socket_schema,
  .requests = (G_GUINT64_CONSTANT (2) << PH_REQUEST_LAST_SOCKETS) - (G_GUINT64_CONSTANT (1) << PH_REQUEST_TCP4),
  .want = PH_WANT_TCP_INFO | PH_WANT_MEMORY | PH_WANT_BOUND | PH_WANT_TCP_WHOLE | PH_WANT_LISTENING,
  .create = create,
  .destroy = destroy,
  .begin = begin,
  .decode = decode,
  .next = next,
  .take = take,
  .finish = finish,
  .owners_us = owners_us,
};
