/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked about links: all of them with their counters, then the facts of ph-link-facts.h. Their names are in the
 * answer itself, so that a link's master is looked up there. */
#include <math.h>

#include "ph-link-decode.h"
#include "ph-link-facts.h"

static gpointer
create (void)
{
  return ph_link_facts_new ();
}

static void
destroy (gpointer state)
{
  ph_link_facts_free (state);
}

static void
begin (gpointer state, const PhPlan *plan)
{
  ph_link_facts_begin (state);
}

static void
decode (gpointer state, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;

  while (kind == PH_FRAME_NETLINK && (message = ph_message_next (&at, &length)))
    {
      guint number = ph_snapshot_n_records (snapshot);

      if (message->nlmsg_type < NLMSG_MIN_TYPE)
        continue;
      if (!ph_decode_link (message, ph_snapshot_arena (snapshot), ph_snapshot_add (snapshot)))
        {
          ph_snapshot_truncate (snapshot, number);
          ph_snapshot_count_malformed (snapshot, asked->request);
        }
    }
  if (length > 0)
    ph_snapshot_count_malformed (snapshot, asked->request);
}

static gboolean
next (gpointer state, PhSnapshot *snapshot, gint64 time_us, PhRequest *request)
{
  return ph_link_facts_next (state, snapshot, time_us, request);
}

static void
take (gpointer state, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  ph_link_facts_take (state, asked, kind, bytes, length);
}

/* The name of another link of this snapshot, which lives as long; "if7" for one that is not in it. */
static const char *
name_of (GHashTable *names, PhArena *arena, guint32 index, gboolean here)
{
  const char *name = here ? g_hash_table_lookup (names, GUINT_TO_POINTER (index)) : NULL;
  char text[16];

  if (index == 0 || name)
    return name;
  g_snprintf (text, sizeof text, "if%u", index);
  return ph_arena_string (arena, text);
}

static void
finish (gpointer state, PhSnapshot *snapshot)
{
  PhArena *arena = ph_snapshot_arena (snapshot);
  g_autoptr (GHashTable) names = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhLink *link = ph_snapshot_record (snapshot, i);

      g_hash_table_insert (names, GUINT_TO_POINTER (link->key.index), (gpointer) link->name);
    }
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      PhLink *link = ph_snapshot_edit (snapshot, i);

      link->master_name = name_of (names, arena, link->master, TRUE);
      link->link_name = name_of (names, arena, link->link, link->link_netns < 0);
    }
  ph_link_facts_finish (state, snapshot);
}

/* What is gone carries nothing any more. */
static void
settle (gpointer state, PhSnapshot *snapshot)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      PhLink *link = ph_snapshot_edit (snapshot, i);

      if (link->head.mark == PH_MARK_CLOSED)
        link->rate = (PhLinkRate){ NAN, NAN, NAN, NAN };
    }
}

const PhTopic ph_link_topic = {
  .schema = &ph_link_schema,
  .requests = G_GUINT64_CONSTANT (1) << PH_REQUEST_LINK_STATS,
  .create = create,
  .destroy = destroy,
  .begin = begin,
  .decode = decode,
  .next = next,
  .take = take,
  .finish = finish,
  .settle = settle,
};
