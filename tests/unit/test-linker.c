/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Linker: slots, marks and what is kept, first case by case, then 3,000 random looks against a model that does the same
 * with a hash and no cleverness.
 */
#include "ph-linker.h"

#include <string.h>

#define SECOND G_USEC_PER_SEC

typedef struct
{
  PhRecord head;
  guint32 id; /* the key */
  guint32 counter;
  guint32 gain; /* filled by advance(): counter since the last look... */
  gint64 elapsed;
  const char *name;
} Thing;

static void
thing_copy (PhSnapshot *snapshot, gpointer target, gconstpointer source)
{
  Thing *thing = target;

  *thing = *(const Thing *) source;
  thing->name = ph_arena_string (ph_snapshot_arena (snapshot), thing->name);
}

static void
thing_advance (gpointer record, gconstpointer previous, gint64 elapsed_us)
{
  Thing *thing = record;

  g_assert_cmpint (elapsed_us, >, 0);
  thing->gain = thing->counter - ((const Thing *) previous)->counter;
  thing->elapsed = elapsed_us;
}

static const PhSchema schema = {
  .id = "things",
  .record_size = sizeof (Thing),
  .key_offset = G_STRUCT_OFFSET (Thing, id),
  .key_size = sizeof (guint32),
  .copy = thing_copy,
  .advance = thing_advance,
};

static PhSnapshot *
begin_look (gint64 time, PhLook look)
{
  PhSnapshot *snapshot = ph_snapshot_new (&schema, time);

  ph_snapshot_edit_look (snapshot, PH_REQUEST_TCP4)->look = look;
  return snapshot;
}

static void
add_thing (PhSnapshot *snapshot, PhRequestName request, guint32 id, guint32 counter)
{
  Thing *thing = ph_snapshot_add (snapshot);
  g_autofree char *name = g_strdup_printf ("thing-%u", id);

  thing->head.request = (guint16) request;
  thing->id = id;
  thing->counter = counter;
  thing->name = ph_arena_string (ph_snapshot_arena (snapshot), name);
}

/* A look at which the things with these ids (0 ends) are there. Borrowed from the linker. */
static PhSnapshot *
look (PhLinker *linker, gint64 time, PhLook how, const guint32 *ids)
{
  g_autoptr (PhSnapshot) snapshot = begin_look (time, how);

  for (; *ids; ids++)
    add_thing (snapshot, PH_REQUEST_TCP4, *ids, (guint32) (time / SECOND) * 10);
  ph_linker_link (linker, snapshot);
  g_assert_true (ph_linker_last (linker) == snapshot);
  return ph_linker_last (linker);
}

#define IDS(...)                                                                                                       \
  (const guint32[])                                                                                                    \
  {                                                                                                                    \
    __VA_ARGS__, 0                                                                                                     \
  }
#define NOTHING ((const guint32[]){ 0 })

static const Thing *
find (PhSnapshot *snapshot, guint32 id)
{
  const Thing *thing = ph_snapshot_find (snapshot, &id);

  if (thing)
    g_assert_true (ph_snapshot_at (snapshot, thing->head.slot) == (gconstpointer) thing);
  return thing;
}

static PhMark
mark_of (PhSnapshot *snapshot, guint32 id)
{
  const Thing *thing = find (snapshot, id);

  g_assert_nonnull (thing);
  return thing->head.mark;
}

static guint
n_added (PhSnapshot *snapshot)
{
  guint n;

  ph_snapshot_added (snapshot, &n);
  return n;
}

static guint
n_removed (PhSnapshot *snapshot)
{
  guint n;

  ph_snapshot_removed (snapshot, &n);
  return n;
}

static void
test_first (void)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&schema);
  PhSnapshot *snapshot;

  g_assert_null (ph_linker_last (linker));
  ph_linker_set_marks (linker, 3 * SECOND, 3 * SECOND);
  snapshot = look (linker, 10 * SECOND, PH_LOOK_GOOD, IDS (1, 2, 3));

  g_assert_cmpuint (ph_snapshot_serial (snapshot), ==, 1);
  g_assert_cmpuint (ph_snapshot_previous_serial (snapshot), ==, 0);
  g_assert_cmpuint (n_added (snapshot), ==, 3);
  g_assert_cmpuint (n_removed (snapshot), ==, 0);
  for (guint32 id = 1; id <= 3; id++)
    {
      const Thing *thing = find (snapshot, id);

      g_assert_cmpuint (thing->head.slot, ==, id - 1);
      g_assert_cmpuint (thing->head.mark, ==, PH_MARK_NONE);
      g_assert_cmpint (thing->head.first_seen, ==, 10 * SECOND);
      g_assert_cmpint (thing->head.last_seen, ==, 10 * SECOND);
    }
  g_assert_null (find (snapshot, 4));

  /* Still not new at the second look, though first seen less than 3 s ago. */
  snapshot = look (linker, 11 * SECOND, PH_LOOK_GOOD, IDS (3, 2, 1));
  g_assert_cmpuint (mark_of (snapshot, 1), ==, PH_MARK_NONE);
  g_assert_cmpuint (ph_snapshot_previous_serial (snapshot), ==, 1);
  g_assert_cmpuint (n_added (snapshot), ==, 0);
}

static void
test_new_for_a_while (void)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&schema);
  PhSnapshot *snapshot;

  ph_linker_set_marks (linker, 3 * SECOND, 0);
  look (linker, 10 * SECOND, PH_LOOK_GOOD, IDS (1));
  snapshot = look (linker, 11 * SECOND, PH_LOOK_GOOD, IDS (1, 2));
  g_assert_cmpuint (mark_of (snapshot, 1), ==, PH_MARK_NONE);
  g_assert_cmpuint (mark_of (snapshot, 2), ==, PH_MARK_NEW);
  g_assert_cmpuint (n_added (snapshot), ==, 1);
  snapshot = look (linker, 14 * SECOND - 1, PH_LOOK_GOOD, IDS (1, 2));
  g_assert_cmpuint (mark_of (snapshot, 2), ==, PH_MARK_NEW);
  snapshot = look (linker, 14 * SECOND, PH_LOOK_GOOD, IDS (1, 2));
  g_assert_cmpuint (mark_of (snapshot, 2), ==, PH_MARK_NONE);

  ph_linker_set_marks (linker, 0, 0);
  snapshot = look (linker, 15 * SECOND, PH_LOOK_GOOD, IDS (1, 2, 3));
  g_assert_cmpuint (mark_of (snapshot, 3), ==, PH_MARK_NONE);
}

static void
test_closed_for_a_while (void)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&schema);
  PhSnapshot *snapshot;
  guint32 slot;

  ph_linker_set_marks (linker, 3 * SECOND, 3 * SECOND);
  snapshot = look (linker, 10 * SECOND, PH_LOOK_GOOD, IDS (1, 2));
  slot = find (snapshot, 2)->head.slot;

  snapshot = look (linker, 11 * SECOND, PH_LOOK_GOOD, IDS (1));
  g_assert_cmpuint (mark_of (snapshot, 2), ==, PH_MARK_CLOSED);
  g_assert_cmpuint (find (snapshot, 2)->head.slot, ==, slot);
  g_assert_cmpint (find (snapshot, 2)->head.last_seen, ==, 10 * SECOND);
  g_assert_cmpstr (find (snapshot, 2)->name, ==, "thing-2");
  g_assert_cmpuint (n_removed (snapshot), ==, 0);

  snapshot = look (linker, 13 * SECOND - 1, PH_LOOK_GOOD, IDS (1));
  g_assert_cmpuint (mark_of (snapshot, 2), ==, PH_MARK_CLOSED);

  snapshot = look (linker, 13 * SECOND, PH_LOOK_GOOD, IDS (1));
  g_assert_null (find (snapshot, 2));
  g_assert_cmpuint (n_removed (snapshot), ==, 1);
  g_assert_null (ph_snapshot_at (snapshot, slot));

  /* At a slow pace it is seen closed once, however short it is to be kept. */
  snapshot = look (linker, 100 * SECOND, PH_LOOK_GOOD, NOTHING);
  g_assert_cmpuint (mark_of (snapshot, 1), ==, PH_MARK_CLOSED);
  snapshot = look (linker, 200 * SECOND, PH_LOOK_GOOD, NOTHING);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 0);
}

/* What was thought closed is there again, or its key is used anew: the same slot, the history goes on. */
static void
test_reopened (void)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&schema);
  PhSnapshot *snapshot;
  guint32 slot;

  ph_linker_set_marks (linker, 5 * SECOND, 9 * SECOND);
  look (linker, 10 * SECOND, PH_LOOK_GOOD, IDS (1));
  snapshot = look (linker, 11 * SECOND, PH_LOOK_GOOD, IDS (1, 2));
  slot = find (snapshot, 2)->head.slot;
  look (linker, 12 * SECOND, PH_LOOK_GOOD, IDS (1));
  snapshot = look (linker, 13 * SECOND, PH_LOOK_GOOD, IDS (1, 2));
  g_assert_cmpuint (mark_of (snapshot, 2), ==, PH_MARK_NEW);
  g_assert_cmpuint (find (snapshot, 2)->head.slot, ==, slot);
  g_assert_cmpint (find (snapshot, 2)->head.first_seen, ==, 11 * SECOND);
  g_assert_cmpint (find (snapshot, 2)->elapsed, ==, 2 * SECOND);
  g_assert_cmpuint (find (snapshot, 2)->gain, ==, 20);
  g_assert_cmpuint (n_added (snapshot) + n_removed (snapshot), ==, 0);

  look (linker, 15 * SECOND, PH_LOOK_GOOD, IDS (1));
  snapshot = look (linker, 17 * SECOND, PH_LOOK_GOOD, IDS (1, 2));
  g_assert_cmpuint (mark_of (snapshot, 2), ==, PH_MARK_NONE);
}

static void
test_failed (void)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&schema);
  PhSnapshot *snapshot;

  ph_linker_set_marks (linker, 3 * SECOND, 3 * SECOND);
  look (linker, 10 * SECOND, PH_LOOK_GOOD, IDS (1, 2));
  look (linker, 11 * SECOND, PH_LOOK_GOOD, IDS (1));

  snapshot = look (linker, 12 * SECOND, PH_LOOK_FAILED, NOTHING);
  g_assert_cmpuint (mark_of (snapshot, 1), ==, PH_MARK_STALE);
  g_assert_cmpint (find (snapshot, 1)->head.last_seen, ==, 11 * SECOND);
  g_assert_cmpuint (mark_of (snapshot, 2), ==, PH_MARK_CLOSED);

  /* It stays as long as the failure lasts; what is closed does not. */
  snapshot = look (linker, 99 * SECOND, PH_LOOK_FAILED, NOTHING);
  g_assert_cmpuint (mark_of (snapshot, 1), ==, PH_MARK_STALE);
  g_assert_null (find (snapshot, 2));

  /* Rates go over the whole time, and what came during the failure is new. */
  snapshot = look (linker, 100 * SECOND, PH_LOOK_GOOD, IDS (1, 3));
  g_assert_cmpuint (mark_of (snapshot, 1), ==, PH_MARK_NONE);
  g_assert_cmpint (find (snapshot, 1)->elapsed, ==, 89 * SECOND);
  g_assert_cmpuint (mark_of (snapshot, 3), ==, PH_MARK_NEW);

  /* A stale record closes like any other. */
  look (linker, 101 * SECOND, PH_LOOK_FAILED, NOTHING);
  snapshot = look (linker, 102 * SECOND, PH_LOOK_GOOD, IDS (3));
  g_assert_cmpuint (mark_of (snapshot, 1), ==, PH_MARK_CLOSED);
}

/* A request that fails from the start: what then comes first was there before. */
static void
test_failed_first (void)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&schema);

  ph_linker_set_marks (linker, 3 * SECOND, 3 * SECOND);
  look (linker, 10 * SECOND, PH_LOOK_FAILED, NOTHING);
  g_assert_cmpuint (mark_of (look (linker, 11 * SECOND, PH_LOOK_GOOD, IDS (1)), 1), ==, PH_MARK_NONE);
}

static void
test_not_asked (void)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&schema);
  PhSnapshot *snapshot;

  ph_linker_set_marks (linker, 3 * SECOND, 3 * SECOND);
  look (linker, 10 * SECOND, PH_LOOK_GOOD, IDS (1, 2));
  look (linker, 11 * SECOND, PH_LOOK_GOOD, IDS (1)); /* 2 is closed */

  snapshot = look (linker, 12 * SECOND, PH_LOOK_NOT_ASKED, NOTHING);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 0);
  g_assert_cmpuint (n_removed (snapshot), ==, 2);

  /* When it is asked again nothing of it is new. */
  snapshot = look (linker, 13 * SECOND, PH_LOOK_GOOD, IDS (1, 5));
  g_assert_cmpuint (mark_of (snapshot, 5), ==, PH_MARK_NONE);
  g_assert_cmpint (find (snapshot, 1)->head.first_seen, ==, 13 * SECOND);
}

/* Emptied in the second snapshot: not to be used in the third, but in the fourth. */
static void
test_slot_rests (void)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&schema);
  PhSnapshot *snapshot;

  look (linker, 10 * SECOND, PH_LOOK_GOOD, IDS (1, 2));
  snapshot = look (linker, 11 * SECOND, PH_LOOK_GOOD, IDS (2, 3));
  g_assert_cmpuint (find (snapshot, 3)->head.slot, ==, 2);
  snapshot = look (linker, 12 * SECOND, PH_LOOK_GOOD, IDS (2, 3, 4));
  g_assert_cmpuint (find (snapshot, 4)->head.slot, ==, 3);
  snapshot = look (linker, 13 * SECOND, PH_LOOK_GOOD, IDS (2, 3, 4, 5));
  g_assert_cmpuint (find (snapshot, 5)->head.slot, ==, 0);
  g_assert_cmpuint (ph_snapshot_n_slots (snapshot), ==, 4);
}

static void
test_twice (void)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&schema);
  g_autoptr (PhSnapshot) snapshot = begin_look (SECOND, PH_LOOK_PARTIAL);

  for (guint32 i = 1; i <= 6; i++)
    add_thing (snapshot, PH_REQUEST_TCP4, (i - 1) % 3 + 1, i);
  ph_linker_link (linker, snapshot);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 3);
  for (guint32 id = 1; id <= 3; id++)
    {
      g_assert_cmpuint (find (snapshot, id)->counter, ==, id + 3);
      g_assert_cmpuint (((const Thing *) ph_snapshot_record (snapshot, id - 1))->id, ==, id);
    }
}

/* A clock that stands still or goes back gives no rates, and no division by zero. */
static void
test_clock (void)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&schema);

  look (linker, 10 * SECOND, PH_LOOK_GOOD, IDS (1));
  g_assert_cmpint (find (look (linker, 10 * SECOND, PH_LOOK_GOOD, IDS (1)), 1)->elapsed, ==, 0);
  g_assert_cmpint (find (look (linker, 9 * SECOND, PH_LOOK_GOOD, IDS (1)), 1)->elapsed, ==, 0);
}

/* --- at random --- */

#define N_STEPS         3000
#define N_IDS           120
#define N_REQUESTS_USED 3

typedef struct
{
  gboolean shown; /* in the last snapshot */
  PhRecord head;
  guint32 counter;
} Known;

typedef struct
{
  gboolean alive[N_IDS];
  guint32 counter[N_IDS];
  Known known[N_IDS];
  gint64 since[N_REQUESTS_USED]; /* -1: not watched */
  guint emptied_at[4 * N_IDS];   /* step in which a slot was last emptied */
  gint32 holder[4 * N_IDS];      /* id in a slot, or -1 */
  guint32 n_slots;
} World;

static const gint64 new_us = 3 * SECOND;
static const gint64 closed_us = 5 * SECOND;

static PhLook
random_look (void)
{
  static const PhLook rare[] = { PH_LOOK_FAILED, PH_LOOK_PARTIAL, PH_LOOK_NOT_ASKED, PH_LOOK_UNSUPPORTED };

  return g_test_rand_int_range (0, 100) < 70 ? PH_LOOK_GOOD : rare[g_test_rand_int_range (0, G_N_ELEMENTS (rare))];
}

static void
change_world (World *world)
{
  guint changes = g_test_rand_int_range (0, 20) == 0 ? N_IDS : (guint) g_test_rand_int_range (0, 8);

  while (changes--)
    {
      guint id = (guint) g_test_rand_int_range (0, N_IDS);

      world->alive[id] = !world->alive[id];
    }
  for (guint id = 0; id < N_IDS; id++)
    world->counter[id] += (guint32) g_test_rand_int_range (0, 1000);
}

/* The dump: in an order that drifts from look to look, sometimes shuffled, sometimes with an entry twice. */
static void
dump_world (const World *world, PhSnapshot *snapshot, const PhLook *looks)
{
  guint step = g_test_rand_int_range (0, 10) == 0 ? 37 : 1;
  guint start = (guint) g_test_rand_int_range (0, N_IDS);

  for (guint i = 0; i < N_IDS; i++)
    {
      guint id = (start + i * step) % N_IDS;
      PhLook how = looks[id % N_REQUESTS_USED];

      if (!world->alive[id] || (how != PH_LOOK_GOOD && how != PH_LOOK_PARTIAL))
        continue;
      if (how == PH_LOOK_PARTIAL && g_test_rand_int_range (0, 4) == 0)
        add_thing (snapshot, PH_REQUEST_TCP4 + id % N_REQUESTS_USED, id, 0);
      add_thing (snapshot, PH_REQUEST_TCP4 + id % N_REQUESTS_USED, id, world->counter[id]);
    }
}

/* What the snapshot should hold of one id; its slot is taken from the snapshot where it is a new one. */
static gboolean
expect (const World *world, guint32 id, PhLook how, gint64 time, Known *expected, gboolean *delivered)
{
  const Known *known = &world->known[id];
  gint64 since = world->since[id % N_REQUESTS_USED];

  *expected = *known;
  *delivered = world->alive[id] && (how == PH_LOOK_GOOD || how == PH_LOOK_PARTIAL);
  if (*delivered)
    {
      expected->counter = world->counter[id];
      expected->head.last_seen = time;
      if (!known->shown)
        {
          expected->head.first_seen = time;
          expected->head.slot = PH_NO_SLOT;
        }
      expected->head.mark
          = expected->head.first_seen > since && time - expected->head.first_seen < new_us ? PH_MARK_NEW : PH_MARK_NONE;
      return TRUE;
    }

  if (!known->shown || how == PH_LOOK_NOT_ASKED)
    return FALSE;
  if (known->head.mark == PH_MARK_CLOSED)
    return time - known->head.last_seen < closed_us;
  expected->head.mark = how == PH_LOOK_FAILED ? PH_MARK_STALE : PH_MARK_CLOSED;
  return TRUE;
}

static gboolean
contains (const guint32 *slots, guint n, guint32 slot)
{
  for (guint i = 0; i < n; i++)
    if (slots[i] == slot)
      return TRUE;
  return FALSE;
}

static void
check_slot (World *world, PhSnapshot *snapshot, guint step, guint32 id, const Thing *thing)
{
  guint32 slot = thing->head.slot;
  guint n;
  const guint32 *added = ph_snapshot_added (snapshot, &n);

  g_assert_cmpuint (slot, <, ph_snapshot_n_slots (snapshot));
  g_assert_true (contains (added, n, slot));
  g_assert_cmpint (world->holder[slot], ==, -1);
  if (slot < world->n_slots)
    g_assert_cmpuint (world->emptied_at[slot] + 2, <=, step);
  world->holder[slot] = (gint32) id;
}

static void
check_look (World *world, PhSnapshot *snapshot, const PhLook *looks, guint step)
{
  gint64 time = ph_snapshot_time (snapshot);
  guint n_expected = 0, n_new = 0, n_gone = 0, n;
  const guint32 *removed = ph_snapshot_removed (snapshot, &n);
  gint32 before[4 * N_IDS];

  memcpy (before, world->holder, sizeof before);
  for (guint32 id = 0; id < N_IDS; id++)
    {
      Known *known = &world->known[id];
      const Thing *thing = ph_snapshot_find (snapshot, &id);
      Known expected;
      gboolean delivered;

      if (!expect (world, id, looks[id % N_REQUESTS_USED], time, &expected, &delivered))
        {
          g_assert_null (thing);
          if (known->shown)
            {
              n_gone++;
              g_assert_true (contains (removed, n, known->head.slot));
              g_assert_null (ph_snapshot_at (snapshot, known->head.slot));
              world->emptied_at[known->head.slot] = step;
            }
          known->shown = FALSE;
          continue;
        }

      n_expected++;
      g_assert_nonnull (thing);
      g_assert_cmpuint (thing->id, ==, id);
      g_assert_true (ph_snapshot_at (snapshot, thing->head.slot) == (gconstpointer) thing);
      g_assert_cmpint (thing->head.first_seen, ==, expected.head.first_seen);
      g_assert_cmpint (thing->head.last_seen, ==, expected.head.last_seen);
      g_assert_cmpuint (thing->head.mark, ==, expected.head.mark);
      g_assert_cmpuint (thing->counter, ==, expected.counter);
      g_assert_cmpuint (atoi (thing->name + strlen ("thing-")), ==, id);
      if (known->shown)
        g_assert_cmpuint (thing->head.slot, ==, known->head.slot);
      else
        {
          n_new++;
          check_slot (world, snapshot, step, id, thing);
        }
      if (delivered && known->shown && time > known->head.last_seen)
        {
          g_assert_cmpint (thing->elapsed, ==, time - known->head.last_seen);
          g_assert_cmpuint (thing->gain, ==, thing->counter - known->counter);
        }
      expected.head.slot = thing->head.slot;
      expected.shown = TRUE;
      *known = expected;
    }

  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, n_expected);
  g_assert_cmpuint (n_added (snapshot), ==, n_new);
  g_assert_cmpuint (n, ==, n_gone);
  world->n_slots = ph_snapshot_n_slots (snapshot);
  for (guint32 slot = 0; slot < world->n_slots; slot++)
    if (before[slot] >= 0 && ph_snapshot_at (snapshot, slot) == NULL)
      world->holder[slot] = -1;
}

static guint32
checksum (PhSnapshot *snapshot)
{
  guint32 sum = 0;

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const Thing *thing = ph_snapshot_record (snapshot, i);

      sum = sum * 31 + thing->id + thing->head.slot * 7 + thing->head.mark * 13 + thing->counter + thing->gain;
    }
  return sum;
}

static void
test_random (void)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&schema);
  g_autofree World *world = g_new0 (World, 1);
  gint64 time = SECOND;
  guint64 marks[PH_MARK_STALE + 1] = { 0 };

  ph_linker_set_marks (linker, new_us, closed_us);
  memset (world->holder, 0xff, sizeof world->holder);
  for (guint i = 0; i < N_REQUESTS_USED; i++)
    world->since[i] = -1;

  for (guint step = 1; step <= N_STEPS; step++)
    {
      PhLook looks[N_REQUESTS_USED];
      g_autoptr (PhSnapshot) snapshot = NULL;
      PhSnapshot *last = ph_linker_last (linker);
      guint32 sum = last ? checksum (last) : 0;

      time += g_test_rand_int_range (0, 20) == 0 ? 0 : g_test_rand_int_range (1, 3 * SECOND);
      snapshot = ph_snapshot_new (&schema, time);
      change_world (world);
      for (guint i = 0; i < N_REQUESTS_USED; i++)
        {
          looks[i] = random_look ();
          ph_snapshot_edit_look (snapshot, PH_REQUEST_TCP4 + i)->look = looks[i];
          if (looks[i] == PH_LOOK_NOT_ASKED)
            world->since[i] = -1;
          else if (looks[i] != PH_LOOK_FAILED && world->since[i] < 0)
            world->since[i] = time;
        }
      dump_world (world, snapshot, looks);

      if (last)
        ph_snapshot_ref (last);
      ph_linker_link (linker, snapshot);
      check_look (world, snapshot, looks, step);
      g_assert_cmpuint (ph_snapshot_serial (snapshot), ==, step);
      g_assert_cmpuint (ph_snapshot_previous_serial (snapshot), ==, step - 1);
      if (last)
        g_assert_cmpuint (checksum (last), ==, sum); /* the one before has not been touched */
      ph_snapshot_unref (last);

      for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
        marks[((const PhRecord *) ph_snapshot_record (snapshot, i))->mark]++;
    }

  /* Slots are used again, not piled up; and every mark has been seen. */
  g_assert_cmpuint (world->n_slots, <=, 3 * N_IDS);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    g_assert_cmpuint (marks[i], >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/linker/first", test_first);
  g_test_add_func ("/linker/new-for-a-while", test_new_for_a_while);
  g_test_add_func ("/linker/closed-for-a-while", test_closed_for_a_while);
  g_test_add_func ("/linker/reopened", test_reopened);
  g_test_add_func ("/linker/failed", test_failed);
  g_test_add_func ("/linker/failed-first", test_failed_first);
  g_test_add_func ("/linker/not-asked", test_not_asked);
  g_test_add_func ("/linker/slot-rests", test_slot_rests);
  g_test_add_func ("/linker/twice", test_twice);
  g_test_add_func ("/linker/clock", test_clock);
  g_test_add_func ("/linker/random", test_random);
  return g_test_run ();
}
