/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sequence of a collection, and who takes which frames:
 *
 *   each kind of socket → the snapshot;  LINKS → link names;  OWNERS, PROCESSES, CGROUPS → the hunt;  USERS → user
 * names
 *
 * Records point at nothing but their snapshot until it is whole: only then it is linked, as the last step of all. So a
 * collection that is broken off leaves no trace but what was learned, which is true all the same.
 */
#include "ph-collector.h"

#include <errno.h>
#include <string.h>

#include "ph-decoder.h"
#include "ph-link-names.h"
#include "ph-name-book.h"
#include "ph-owner-hunt.h"
#include "ph-socket.h"
#include "ph-text.h"

#define USERS_MAX       4096
#define USERS_FRESH_US  (600 * G_USEC_PER_SEC)
#define USERS_NONE_US   (60 * G_USEC_PER_SEC)
#define LINKS_MAX       4096
#define LINKS_FRESH_US  (60 * G_USEC_PER_SEC) /* an interface can be renamed */
#define LINKS_NONE_US   (10 * G_USEC_PER_SEC)
#define NAME_LENGTH_MAX 256

#define BIT(request)    (G_GUINT64_CONSTANT (1) << (request))

typedef enum
{
  STEP_SOCKETS,
  STEP_LINKS,
  STEP_OWNERS,
  STEP_USERS,
  STEP_DONE,
} Step;

struct _PhCollector
{
  PhLinker *linker;
  PhOwnerHunt *hunt;
  PhNameBook *users;
  PhNameBook *links;

  PhPlan plan;
  PhSnapshot *snapshot; /* NULL until the first answer begins, and between collections */
  Step step;
  guint next_socket; /* PhRequestName */
  gboolean hunting;
  gboolean broken;
  gint64 time_us; /* the latest that was heard of */
  GArray *ids;    /* guint64, of the request that is being answered */

  /* The answer that is coming in. */
  PhRequestName asked; /* PH_REQUEST_NONE: none is expected */
  gboolean begun;
  guint part;
  guint format;
  guint first_record;
};

PhCollector *
ph_collector_new (void)
{
  PhCollector *collector = g_new0 (PhCollector, 1);

  collector->linker = ph_linker_new (&ph_socket_schema);
  collector->hunt = ph_owner_hunt_new ();
  collector->users = ph_name_book_new (USERS_MAX, USERS_FRESH_US, USERS_NONE_US);
  collector->links = ph_name_book_new (LINKS_MAX, LINKS_FRESH_US, LINKS_NONE_US);
  collector->ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  collector->step = STEP_DONE;
  return collector;
}

void
ph_collector_free (PhCollector *collector)
{
  if (!collector)
    return;
  ph_collector_cancel (collector);
  ph_linker_free (collector->linker);
  ph_owner_hunt_free (collector->hunt);
  ph_name_book_free (collector->users);
  ph_name_book_free (collector->links);
  g_array_unref (collector->ids);
  g_free (collector);
}

void
ph_collector_cancel (PhCollector *collector)
{
  g_clear_pointer (&collector->snapshot, ph_snapshot_unref);
  collector->step = STEP_DONE;
  collector->asked = PH_REQUEST_NONE;
  collector->broken = TRUE;
}

void
ph_collector_begin (PhCollector *collector, const PhPlan *plan)
{
  ph_collector_cancel (collector);
  collector->plan = *plan;
  collector->step = STEP_SOCKETS;
  collector->next_socket = PH_REQUEST_TCP4;
  collector->hunting = FALSE;
  collector->broken = FALSE;
  ph_name_book_begin (collector->users);
  ph_name_book_begin (collector->links);
}

static PhSnapshot *
get_snapshot (PhCollector *collector)
{
  if (!collector->snapshot)
    collector->snapshot = ph_snapshot_new (&ph_socket_schema, collector->time_us);
  return collector->snapshot;
}

static void
end_sockets (PhCollector *collector, const PhFrameEnd *end)
{
  PhSnapshot *snapshot = get_snapshot (collector);
  PhLookResult *result = ph_snapshot_edit_look (snapshot, collector->asked);
  gboolean good = end->code == PH_ERROR_NONE;

  if (good)
    result->look = end->flags & PH_END_PARTIAL ? PH_LOOK_PARTIAL : PH_LOOK_GOOD;
  else
    {
      result->look = end->code == PH_ERROR_UNSUPPORTED ? PH_LOOK_UNSUPPORTED : PH_LOOK_FAILED;
      result->error = (PhError){ .code = end->code, .errnum = end->errnum, .request = (guint16) collector->asked };
      if (collector->begun)
        ph_snapshot_truncate (snapshot, collector->first_record);
    }
}

/* An answer that stopped short: the one who asks gave up, or the other side is gone. */
static void
end_missing (PhCollector *collector)
{
  static const PhFrameEnd cut = { .code = PH_ERROR_TRUNCATED };

  if (collector->asked == PH_REQUEST_NONE)
    return;
  if (ph_request_is_sockets (collector->asked))
    end_sockets (collector, &cut);
  collector->asked = PH_REQUEST_NONE;
}

/* --- what to ask --- */

static gboolean
want_sockets (PhCollector *collector, PhRequest *request)
{
  for (; collector->next_socket <= PH_REQUEST_LAST_SOCKETS; collector->next_socket++)
    if (collector->plan.requests & BIT (collector->next_socket))
      {
        *request = (PhRequest){ .name = (PhRequestName) collector->next_socket++,
                                .want = collector->plan.want & (PH_WANT_TCP_INFO | PH_WANT_MEMORY | PH_WANT_BOUND) };
        return TRUE;
      }
  return FALSE;
}

/* All names come in one answer, so one that is missing is enough. */
static gboolean
want_links (PhCollector *collector, PhRequest *request)
{
  PhSnapshot *snapshot = get_snapshot (collector);
  gboolean wanted = FALSE;

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      if (socket->interface != 0)
        wanted |= ph_name_book_need (collector->links, socket->interface, collector->time_us);
    }
  *request = (PhRequest){ .name = PH_REQUEST_LINKS };
  return wanted;
}

static gboolean
want_owners (PhCollector *collector, PhRequest *request)
{
  if (!collector->plan.owners)
    return FALSE;
  if (!collector->hunting)
    ph_owner_hunt_begin (collector->hunt, get_snapshot (collector), collector->plan.full_owners, collector->time_us);
  collector->hunting = TRUE;
  return ph_owner_hunt_next (collector->hunt, request);
}

static gboolean
want_users (PhCollector *collector, PhRequest *request)
{
  PhSnapshot *snapshot = get_snapshot (collector);
  guint32 last = PH_UID_UNKNOWN;

  if (!collector->plan.names)
    return FALSE;
  g_array_set_size (collector->ids, 0);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);
      guint64 uid = socket->uid;

      if (uid == last || uid == PH_UID_UNKNOWN)
        continue;
      last = socket->uid;
      if (ph_name_book_need (collector->users, uid, collector->time_us))
        g_array_append_val (collector->ids, uid);
    }
  *request = (PhRequest){ .name = PH_REQUEST_USERS,
                          .ids = (const uint64_t *) collector->ids->data,
                          .n_ids = collector->ids->len };
  return collector->ids->len > 0;
}

gboolean
ph_collector_next (PhCollector *collector, PhRequest *request)
{
  gboolean wanted = FALSE;

  end_missing (collector);
  while (!wanted && !collector->broken && collector->step != STEP_DONE)
    {
      switch (collector->step)
        {
        case STEP_SOCKETS:
          wanted = want_sockets (collector, request);
          break;
        case STEP_LINKS:
          wanted = want_links (collector, request);
          break;
        case STEP_OWNERS:
          wanted = want_owners (collector, request);
          break;
        case STEP_USERS:
          wanted = want_users (collector, request);
          break;
        case STEP_DONE:
          break;
        }
      /* Sockets and owners are several requests each, the others one. */
      if (!wanted || collector->step == STEP_LINKS || collector->step == STEP_USERS)
        collector->step++;
    }
  if (!wanted)
    return FALSE;
  collector->asked = request->name;
  collector->begun = FALSE;
  return TRUE;
}

/* --- what is answered --- */

static void
take_begin (PhCollector *collector, const void *bytes, gsize length)
{
  PhFrameBegin begin;

  if (length != sizeof begin)
    return;
  memcpy (&begin, bytes, sizeof begin);
  if (begin.request != collector->asked)
    return;
  collector->time_us = MAX (collector->time_us, begin.time_us);
  collector->part = begin.part;
  collector->format = begin.format;
  if (!collector->begun)
    collector->first_record = ph_snapshot_n_records (get_snapshot (collector));
  collector->begun = TRUE;
}

static void
take_restart (PhCollector *collector)
{
  if (!ph_request_is_sockets (collector->asked))
    return;
  ph_snapshot_truncate (collector->snapshot, collector->first_record);
  ph_snapshot_edit_look (collector->snapshot, collector->asked)->malformed = 0;
}

static void
take_end (PhCollector *collector, const void *bytes, gsize length)
{
  PhFrameEnd end;

  if (length != sizeof end)
    return;
  memcpy (&end, bytes, sizeof end);
  if (end.code != PH_ERROR_NONE && end.errnum == ECANCELED)
    collector->broken = TRUE;
  if (ph_request_is_sockets (collector->asked))
    end_sockets (collector, &end);
  collector->asked = PH_REQUEST_NONE;
}

static void
take_name (PhCollector *collector, const void *bytes, gsize length)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PhFrameName head;

  if (length < sizeof head)
    return;
  memcpy (&head, bytes, sizeof head);
  if (head.name_length != length - sizeof head)
    return;
  ph_text_sanitize ((const char *) bytes + sizeof head, MIN (head.name_length, NAME_LENGTH_MAX), text);
  ph_name_book_set (collector->users, head.id, text->len > 0 ? text->str : NULL);
}

static void
take_link (guint32 index, const char *name, gpointer data)
{
  PhCollector *collector = data;

  ph_name_book_set (collector->links, index, *name != '\0' ? name : NULL);
}

void
ph_collector_sink (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  PhCollector *collector = user;
  gboolean for_hunt = collector->step == STEP_OWNERS;

  if (collector->asked == PH_REQUEST_NONE)
    return; /* nobody asked */
  if (kind != PH_FRAME_BEGIN && !collector->begun)
    return;
  if (for_hunt)
    ph_owner_hunt_take (collector->hunt, kind, bytes, length);

  switch (kind)
    {
    case PH_FRAME_BEGIN:
      take_begin (collector, bytes, length);
      break;
    case PH_FRAME_NETLINK:
      if (ph_request_is_sockets (collector->asked))
        ph_decode_netlink_frame (collector->snapshot, collector->asked, collector->plan.want, bytes, length);
      else if (collector->asked == PH_REQUEST_LINKS)
        ph_decode_link_frame (bytes, length, take_link, collector);
      break;
    case PH_FRAME_TEXT:
      if (ph_request_is_sockets (collector->asked))
        ph_decode_text_frame (collector->snapshot, collector->asked, collector->part, bytes, length);
      break;
    case PH_FRAME_RESTART:
      take_restart (collector);
      break;
    case PH_FRAME_NAME:
      if (collector->asked == PH_REQUEST_USERS)
        take_name (collector, bytes, length);
      break;
    case PH_FRAME_END:
      take_end (collector, bytes, length);
      break;
    case PH_FRAME_OWNERS:
    case PH_FRAME_PROCESS:
    case PH_FRAME_CGROUP:
      break;
    }
}

/* --- the result --- */

static void
name_numbers (PhCollector *collector)
{
  PhSnapshot *snapshot = collector->snapshot;
  guint32 last_uid = PH_UID_UNKNOWN;
  const char *last_user = NULL;

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      PhSocket *socket = ph_snapshot_edit (snapshot, i);

      if (socket->uid != last_uid)
        {
          last_uid = socket->uid;
          last_user = last_uid == PH_UID_UNKNOWN ? NULL : ph_name_book_lend (collector->users, last_uid, snapshot);
        }
      socket->user = last_user;
      if (socket->interface == 0)
        continue;
      socket->interface_name = ph_name_book_lend (collector->links, socket->interface, snapshot);
      if (!socket->interface_name)
        {
          char text[16];

          g_snprintf (text, sizeof text, "if%u", socket->interface);
          socket->interface_name = ph_arena_string (ph_snapshot_arena (snapshot), text);
        }
    }
}

PhSnapshot *
ph_collector_end (PhCollector *collector)
{
  PhSnapshot *snapshot;

  if (collector->broken || collector->step != STEP_DONE)
    {
      ph_collector_cancel (collector);
      return NULL;
    }
  snapshot = get_snapshot (collector);
  if (collector->hunting)
    ph_owner_hunt_finish (collector->hunt);
  name_numbers (collector);
  ph_linker_set_marks (collector->linker, collector->plan.mark_new_us, collector->plan.keep_closed_us);
  ph_linker_link (collector->linker, snapshot);
  collector->broken = TRUE; /* until the next begin */
  return g_steal_pointer (&collector->snapshot);
}

gint64
ph_collector_owners_us (const PhCollector *collector)
{
  return collector->hunting ? ph_owner_hunt_took_us (collector->hunt) : 0;
}
