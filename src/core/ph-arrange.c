/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Filter, then sort by ranks: each record is turned into one number per sort key, and numbers are sorted by radix,
 * which is linear and looks at no record. Only records with equal ranks that may still differ are compared. Where one
 * key does not decide the next one orders the run in the same way, down to the bytes of the record's key.
 */
#include "ph-arrange.h"

#include <string.h>

#define AHEAD        16 /* records: what memory needs until it answers */
#define CACHE_LINE   64
#define LOOK_AT_STOP 4096 /* records between two looks at *stop: some hundred microseconds */

typedef struct
{
  guint64 rank;
  guint32 slot;
  guint32 number; /* of the record, in the order of the dump */
} Item;

typedef struct
{
  const PhSnapshot *snapshot;
  const PhSchema *schema;
  const PhArrangement *how;
  const gint *stop;
  Item *spare;           /* as large as all items: the other half of the radix sort */
  guint64 *heads;        /* by number: the first eight bytes of each record's key, big-endian */
  gconstpointer *wholes; /* by number: the record that each is sorted with; NULL: there are no parts */
} Arranger;

/* --- room to work in --- */

/*
 * 48 bytes for each record, for some milliseconds. To get them from the kernel anew each time, zeroed page by page,
 * takes as long as the sorting itself; so the last room is kept. One is enough: there is one view that matters at a
 * time.
 */
typedef struct
{
  gsize size;
  guint64 bytes[];
} Room;

static Room *kept_room; /* atomic */

static Room *
take_room (gsize size)
{
  Room *room = g_atomic_pointer_exchange (&kept_room, NULL);

  if (room && room->size >= size && room->size / 4 <= size)
    return room;
  g_free (room);
  size += size / 8; /* a few more rows next time are no reason for another */
  room = g_malloc (sizeof *room + size);
  room->size = size;
  return room;
}

static void
leave_room (Room *room)
{
  g_free (g_atomic_pointer_exchange (&kept_room, room));
}

static gboolean
is_stopped (const Arranger *arranger)
{
  return arranger->stop && g_atomic_int_get (arranger->stop);
}

/* --- sorting items by rank --- */

static void
sort_few (Item *items, guint n)
{
  for (guint i = 1; i < n; i++)
    {
      Item item = items[i];
      guint j = i;

      for (; j > 0 && items[j - 1].rank > item.rank; j--)
        items[j] = items[j - 1];
      items[j] = item;
    }
}

/* Least digit first, a byte at a time, bytes that are the same everywhere left out. Stable. */
static void
sort_by_rank (Item *items, Item *spare, guint n)
{
  guint counts[8][256];
  Item *from = items, *to = spare;

  if (n <= 48)
    {
      sort_few (items, n);
      return;
    }

  memset (counts, 0, sizeof counts);
  for (guint i = 0; i < n; i++)
    for (guint digit = 0; digit < 8; digit++)
      counts[digit][items[i].rank >> (8 * digit) & 255]++;

  for (guint digit = 0; digit < 8; digit++)
    {
      guint *starts = counts[digit];
      guint start = 0;
      Item *swap = from;

      if (starts[from[0].rank >> (8 * digit) & 255] == n)
        continue;
      for (guint i = 0; i < 256; i++)
        {
          guint count = starts[i];

          starts[i] = start;
          start += count;
        }
      for (guint i = 0; i < n; i++)
        to[starts[from[i].rank >> (8 * digit) & 255]++] = from[i];
      from = to;
      to = swap;
    }
  if (from != items)
    memcpy (items, from, n * sizeof *items);
}

/* --- one key after the other --- */

/* The record whose values an item is sorted by. */
static gconstpointer
whole_of (const Arranger *arranger, const Item *item)
{
  return arranger->wholes ? arranger->wholes[item->number] : ph_snapshot_record (arranger->snapshot, item->number);
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Arranger *arranger = user_data;
  gconstpointer first = ph_snapshot_record (arranger->snapshot, ((const Item *) a)->number);
  gconstpointer second = ph_snapshot_record (arranger->snapshot, ((const Item *) b)->number);

  return memcmp (ph_schema_key (arranger->schema, first), ph_schema_key (arranger->schema, second),
                 arranger->schema->key_size);
}

typedef struct
{
  const Arranger *arranger;
  const PhSortKey *key;
} Comparison;

static int
compare_values (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Comparison *comparison = user_data;
  int order = ph_column_compare (comparison->key->column, whole_of (comparison->arranger, a),
                                 whole_of (comparison->arranger, b));

  return comparison->key->descending ? -order : order;
}

static void sort_by_keys (const Arranger *arranger, Item *items, guint n, guint which);

/* Turns round the ranks of a descending key, but for what is absent; undone by the same. */
static guint64
turned_rank (const PhSortKey *key, guint64 rank)
{
  return key->descending && rank != PH_RANK_ABSENT ? PH_RANK_ABSENT - 1 - rank : rank;
}

/* @items have one rank: brings them in order where their values differ still, and leaves what is equal to the next key.
 * Often all are equal (one program's sockets): that is found out first. */
static void
sort_equal_ranks (const Arranger *arranger, Item *items, guint n, guint which)
{
  const PhSortKey *key = &arranger->how->keys[which];
  Comparison comparison = { arranger, key };
  guint start, end;

  if (ph_column_rank_is_exact (key->column, turned_rank (key, items[0].rank)))
    {
      sort_by_keys (arranger, items, n, which + 1);
      return;
    }

  for (end = 1; end < n && compare_values (&items[0], &items[end], &comparison) == 0;)
    end++;
  if (end < n)
    g_qsort_with_data (items, (gint) n, sizeof *items, compare_values, &comparison);
  for (start = 0; start < n; start = end)
    {
      if (start > 0 || end < n)
        for (end = start + 1; end < n && compare_values (&items[start], &items[end], &comparison) == 0;)
          end++;
      if (end - start > 1)
        sort_by_keys (arranger, items + start, end - start, which + 1);
    }
}

/* @items have their ranks by key @which, or by the record's key where there is no such key. */
static void
sort_ranked (const Arranger *arranger, Item *items, guint n, guint which)
{
  sort_by_rank (items, arranger->spare, n);

  for (guint start = 0, end; start < n; start = end)
    {
      for (end = start + 1; end < n && items[end].rank == items[start].rank;)
        end++;
      if (end - start == 1)
        continue;
      if (which < arranger->how->n_keys)
        sort_equal_ranks (arranger, items + start, end - start, which);
      else
        g_qsort_with_data (items + start, (gint) (end - start), sizeof *items, compare_keys, (gpointer) arranger);
    }
}

static guint64
rank_by (const PhSortKey *key, gconstpointer record)
{
  return turned_rank (key, ph_column_rank (key->column, record));
}

static void
sort_by_keys (const Arranger *arranger, Item *items, guint n, guint which)
{
  if (is_stopped (arranger))
    return;
  for (guint i = 0; i < n; i++)
    items[i].rank = which < arranger->how->n_keys
                        ? rank_by (&arranger->how->keys[which], whole_of (arranger, &items[i]))
                        : arranger->heads[items[i].number];
  sort_ranked (arranger, items, n, which);
}

/* --- what is shown --- */

static gboolean
is_shown (const PhArrangement *how, const PhFilterContext *context, gconstpointer record)
{
  for (guint i = 0; i < G_N_ELEMENTS (how->filters); i++)
    if (how->filters[i] && !ph_filter_match (how->filters[i], context, record))
      return FALSE;
  return TRUE;
}

static guint64
key_head (const PhSchema *schema, gconstpointer record)
{
  guint64 head = 0;

  memcpy (&head, ph_schema_key (schema, record), MIN (schema->key_size, sizeof head));
  return GUINT64_FROM_BE (head);
}

/* @key: room for one. */
static gconstpointer
find_whole (const Arranger *arranger, gconstpointer record, gpointer key)
{
  gconstpointer whole = arranger->schema->whole (record, key) ? ph_snapshot_find (arranger->snapshot, key) : NULL;

  return whole ? whole : record;
}

/* Has a record brought into the cache while those before it are looked at. */
static void
fetch_ahead (const Arranger *arranger, guint number)
{
  const char *record;

  if (number >= ph_snapshot_n_records (arranger->snapshot))
    return;
  record = ph_snapshot_record (arranger->snapshot, number);
  for (gsize at = 0; at < arranger->schema->record_size; at += CACHE_LINE)
    __builtin_prefetch (record + at);
}

/* Fills @items with the records that are shown, ranked by the first key; returns how many. All that is known to be
 * needed of a record is read here, where they lie one behind the other: to visit a hundred thousand of them in another
 * order, that of their slots for one, takes several times longer, for each is waited for. */
static guint
collect (const Arranger *arranger, const PhFilterContext *context, Item *items)
{
  const PhArrangement *how = arranger->how;
  guint n_records = ph_snapshot_n_records (arranger->snapshot);
  g_autofree gpointer key = g_malloc (arranger->schema->key_size);
  guint n = 0;

  for (guint32 number = 0; number < n_records; number++)
    {
      gconstpointer record = ph_snapshot_record (arranger->snapshot, number);

      if (number % LOOK_AT_STOP == 0 && is_stopped (arranger))
        break;
      fetch_ahead (arranger, number + AHEAD);
      if (!is_shown (how, context, record))
        continue;
      if (arranger->wholes)
        arranger->wholes[number] = find_whole (arranger, record, key);
      arranger->heads[number] = key_head (arranger->schema, record);
      items[n].slot = ((const PhRecord *) record)->slot;
      items[n].number = number;
      items[n].rank
          = how->n_keys > 0 ? rank_by (&how->keys[0], whole_of (arranger, &items[n])) : arranger->heads[number];
      n++;
    }
  return n;
}

guint32 *
ph_arrange (
    const PhSnapshot *snapshot, const PhArrangement *how, const PhFilterContext *context, const gint *stop, guint *n)
{
  gsize n_records = ph_snapshot_n_records (snapshot);
  const PhSchema *schema = ph_snapshot_schema (snapshot);
  Room *room = take_room (n_records * (2 * sizeof (Item) + sizeof (guint64) + sizeof (gconstpointer)));
  guint64 *heads = room->bytes;
  Item *items = (Item *) (heads + n_records);
  Item *spare = items + n_records;
  gconstpointer *wholes = schema->whole ? (gconstpointer *) (spare + n_records) : NULL;
  Arranger arranger = { snapshot, schema, how, stop, spare, heads, wholes };
  guint32 *slots = NULL;

  *n = collect (&arranger, context, items);
  if (!is_stopped (&arranger))
    sort_ranked (&arranger, items, *n, 0);
  if (is_stopped (&arranger))
    *n = 0;
  else
    {
      slots = g_new (guint32, MAX (*n, 1));
      for (guint i = 0; i < *n; i++)
        slots[i] = items[i].slot;
    }
  leave_room (room);
  return slots;
}
