/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Snapshot: records, what they point at, and the index below it. */
#include "ph-index.h"
#include "ph-linker.h"
#include "ph-snapshot.h"

#include <string.h>

typedef struct
{
  PhRecord head;
  guint64 key;
  guint32 payload;
} Thing;

static const PhSchema schema = {
  .id = "things",
  .record_size = sizeof (Thing),
  .key_offset = G_STRUCT_OFFSET (Thing, key),
  .key_size = sizeof (guint64),
};

static void
test_records (void)
{
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&schema, 42);

  g_assert_true (ph_snapshot_schema (snapshot) == &schema);
  g_assert_cmpint (ph_snapshot_time (snapshot), ==, 42);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 0);

  for (guint i = 0; i < 1000; i++)
    {
      Thing *thing = ph_snapshot_add (snapshot);

      g_assert_cmpuint (thing->key, ==, 0);
      g_assert_cmpuint (thing->payload, ==, 0);
      g_assert_cmpuint (thing->head.slot, ==, PH_NO_SLOT);
      thing->key = i;
      thing->payload = i * 3;
    }
  ((Thing *) ph_snapshot_edit (snapshot, 999))->payload = 7;

  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 1000);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (((const Thing *) ph_snapshot_record (snapshot, i))->payload, ==, i == 999 ? 7 : i * 3);
}

/* What was cut off comes back zeroed. */
static void
test_truncate (void)
{
  static const guint lengths[] = { 1000, 513, 512, 511, 257, 256, 255, 1, 0 };
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&schema, 1);

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      while (ph_snapshot_n_records (snapshot) < 1000)
        ((Thing *) ph_snapshot_add (snapshot))->key = 1;
      ph_snapshot_truncate (snapshot, lengths[i]);
      g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, lengths[i]);
      for (guint k = 0; k < lengths[i]; k++)
        g_assert_cmpuint (((const Thing *) ph_snapshot_record (snapshot, k))->key, ==, 1);
      if (lengths[i] < 1000)
        g_assert_cmpuint (((Thing *) ph_snapshot_add (snapshot))->key, ==, 0);
      ph_snapshot_truncate (snapshot, lengths[i]);
    }
}

static void
count_release (gpointer object)
{
  (*(guint *) object)++;
}

/* Kept things are let go once, with the last reference. */
static void
test_keep (void)
{
  guint released[100] = { 0 };
  PhSnapshot *snapshot = ph_snapshot_new (&schema, 1);

  for (guint i = 0; i < G_N_ELEMENTS (released); i++)
    ph_snapshot_keep (snapshot, &released[i], count_release);
  ph_snapshot_ref (snapshot);
  ph_snapshot_unref (snapshot);
  g_assert_cmpuint (released[0], ==, 0);
  ph_snapshot_unref (snapshot);
  for (guint i = 0; i < G_N_ELEMENTS (released); i++)
    g_assert_cmpuint (released[i], ==, 1);
  ph_snapshot_unref (NULL);
}

static void
test_looks (void)
{
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&schema, 1);

  for (guint i = 0; i < PH_N_REQUESTS; i++)
    g_assert_cmpuint (ph_snapshot_look (snapshot, i)->look, ==, PH_LOOK_NOT_ASKED);
  ph_snapshot_edit_look (snapshot, PH_REQUEST_UNIX)->look = PH_LOOK_FAILED;
  ph_snapshot_edit_look (snapshot, PH_REQUEST_UNIX)->malformed = 3;
  g_assert_cmpuint (ph_snapshot_look (snapshot, PH_REQUEST_UNIX)->look, ==, PH_LOOK_FAILED);
  g_assert_cmpuint (ph_snapshot_look (snapshot, PH_REQUEST_UNIX)->malformed, ==, 3);
  g_assert_cmpuint (ph_snapshot_look (snapshot, PH_REQUEST_TCP4)->look, ==, PH_LOOK_NOT_ASKED);
}

/* Before it is linked a snapshot has no slots, and nothing is found in it. */
static void
test_unlinked (void)
{
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&schema, 1);
  guint64 key = 0;
  guint n = 1;

  ph_snapshot_add (snapshot);
  g_assert_cmpuint (ph_snapshot_n_slots (snapshot), ==, 0);
  g_assert_null (ph_snapshot_at (snapshot, 0));
  g_assert_null (ph_snapshot_at (snapshot, PH_NO_SLOT));
  g_assert_null (ph_snapshot_find (snapshot, &key));
  ph_snapshot_added (snapshot, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (ph_snapshot_serial (snapshot), ==, 0);
}

/* Numbers that count up, as cookies do, spread over the index; all are found, and none that is not there. */
static void
test_index (void)
{
  enum
  {
    N = 50000
  };
  PhIndex index = { 0 };
  guint32 at, hash;
  guint number, visited = 0;

  for (guint64 key = 0; key < N; key++)
    ph_index_add (&index, ph_index_hash (&key, sizeof key), (guint) key);
  g_assert_cmpuint (index.n, ==, N);

  for (guint64 key = 0; key < N; key++)
    {
      gboolean found = FALSE;

      at = hash = ph_index_hash (&key, sizeof key);
      while (ph_index_next (&index, hash, &at, &number))
        found = found || number == key;
      g_assert_true (found);
      visited += (guint) (at - hash);
    }
  /* Mean length of a chain: far from a walk. */
  g_assert_cmpuint (visited, <, N * 3);

  for (guint64 key = N; key < 2 * N; key++)
    {
      at = hash = ph_index_hash (&key, sizeof key);
      while (ph_index_next (&index, hash, &at, &number))
        g_assert_cmpuint (number, <, N);
    }
  ph_index_clear (&index);
  at = 0;
  g_assert_false (ph_index_next (&index, 0, &at, &number));
}

/* Each byte of a key counts, whatever the length. */
static void
test_hash (void)
{
  guint8 key[24] = { 0 };

  for (gsize size = 1; size <= sizeof key; size++)
    for (gsize i = 0; i < size; i++)
      {
        guint32 before = ph_index_hash (key, size);

        key[i] = 1;
        g_assert_cmpuint (ph_index_hash (key, size), !=, before);
        key[i] = 0;
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snapshot/records", test_records);
  g_test_add_func ("/snapshot/truncate", test_truncate);
  g_test_add_func ("/snapshot/keep", test_keep);
  g_test_add_func ("/snapshot/looks", test_looks);
  g_test_add_func ("/snapshot/unlinked", test_unlinked);
  g_test_add_func ("/snapshot/index", test_index);
  g_test_add_func ("/snapshot/hash", test_hash);
  return g_test_run ();
}
