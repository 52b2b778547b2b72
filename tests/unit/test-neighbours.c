/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Neighbours: recorded ones, made ones, their columns and filter, and messages spoilt in every way. */
#include "route-world.h"

#include <linux/neighbour.h>

#include "ph-filter.h"
#include "ph-neighbour-decode.h"

static const PhStyle numeric = { .numeric = TRUE };

typedef struct
{
  const char *address;
  guint32 dev;
  guint16 state;
  guint8 flags;
  guint32 flags_ext;
  const guint8 *mac;
  guint mac_length;
  guint32 confirmed; /* 1/100 s */
} MadeNeighbour;

static void
neighbour_message (Message *message, const MadeNeighbour *made)
{
  guint8 bytes[16];
  guint length;
  guint family = parse_prefix (made->address, bytes, &length);
  const struct ndmsg header = { .ndm_family = (guint8) family,
                                .ndm_ifindex = (int) made->dev,
                                .ndm_state = made->state,
                                .ndm_flags = made->flags,
                                .ndm_type = RTN_UNICAST };
  const struct nda_cacheinfo info
      = { .ndm_confirmed = made->confirmed, .ndm_used = 200, .ndm_updated = 300, .ndm_refcnt = 4 };

  message_begin (message, &header, sizeof header);
  message->header.nlmsg_type = RTM_NEWNEIGH;
  put_address (message, NDA_DST, made->address);
  if (made->mac)
    message_put (message, NDA_LLADDR, made->mac, made->mac_length);
  put_u32 (message, NDA_PROBES, 7);
  if (made->flags_ext != 0)
    put_u32 (message, NDA_FLAGS_EXT, made->flags_ext);
  message_put (message, NDA_CACHEINFO, &info, sizeof info);
}

static void
add (World *world, MadeNeighbour made)
{
  Message message;

  neighbour_message (&message, &made);
  world_append (world, PH_REQUEST_NEIGHBOURS, &message);
}

static void
assert_cell (const PhNeighbour *neighbour, const char *id, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_column_format (ph_schema_find_column (&ph_neighbour_schema, id), neighbour, &numeric, text);
  g_assert_cmpstr (text->str, ==, expected);
}

static PhSnapshot *
collect_capture (void)
{
  gsize length, n, offset = 0;
  g_autofree guint8 *bytes = capture_load ("neighbours", &length);
  g_autoptr (World) world = world_new ();
  const guint8 *payload;
  PhFrameKind kind;
  PhSnapshot *snapshot;

  while (ph_capture_next (bytes, length, &offset, &kind, &payload, &n))
    if (kind == PH_FRAME_NETLINK)
      g_byte_array_append (world->messages[PH_REQUEST_NEIGHBOURS], payload, (guint) n);
  snapshot = world_collect (world, &ph_neighbour_topic);
  g_assert_cmpuint (ph_snapshot_look (snapshot, PH_REQUEST_NEIGHBOURS)->malformed, ==, 0);
  return snapshot;
}

static const PhNeighbour *
find (PhSnapshot *snapshot, const char *text, guint nth)
{
  PhAddress address;

  g_assert_true (ph_address_parse (text, &address, NULL));
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhNeighbour *neighbour = ph_snapshot_record (snapshot, i);

      if (ph_address_compare (&neighbour->key.address, &address) == 0 && nth-- == 0)
        return neighbour;
    }
  g_error ("no neighbour %s", text);
}

static void
test_recorded (void)
{
  static const struct
  {
    const char *address, *mac, *state, *flags;
  } rows[] = {
    { "192.0.2.11", "02:00:00:00:01:11", "PERMANENT", "" },
    { "192.0.2.14", "02:00:00:00:01:14", "NOARP", "" },
    { "192.0.2.16", "", "FAILED", "" },
    { "192.0.2.17", "02:00:00:00:01:17", "STALE", "extern_learn" },
    { "2001:db8::11", "02:00:00:00:02:11", "PERMANENT", "router" },
  };
  g_autoptr (PhSnapshot) snapshot = collect_capture ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PhNeighbour *neighbour = find (snapshot, rows[i].address, 0);

      assert_cell (neighbour, "mac", rows[i].mac);
      assert_cell (neighbour, "state", rows[i].state);
      assert_cell (neighbour, "flags", rows[i].flags);
      g_assert_true (ph_snapshot_find (snapshot, &neighbour->key) == neighbour);
    }
  /* One address on two interfaces is two neighbours. */
  g_assert_cmpuint (find (snapshot, "fe80::99", 0)->key.interface, !=, find (snapshot, "fe80::99", 1)->key.interface);
}

static void
test_states (void)
{
  static const struct
  {
    guint16 state;
    const char *name;
    gboolean shown;
  } rows[] = {
    { NUD_NONE, "NONE", FALSE },    { NUD_INCOMPLETE, "INCOMPLETE", TRUE }, { NUD_REACHABLE, "REACHABLE", TRUE },
    { NUD_STALE, "STALE", TRUE },   { NUD_DELAY, "DELAY", TRUE },           { NUD_PROBE, "PROBE", TRUE },
    { NUD_FAILED, "FAILED", TRUE }, { NUD_NOARP, "NOARP", FALSE },          { NUD_PERMANENT, "PERMANENT", TRUE },
    { 0x100, "NONE", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PhNeighbour neighbour = { .state = rows[i].state };

      g_assert_cmpstr (ph_neighbour_state_name (rows[i].state), ==, rows[i].name);
      g_assert_cmpint (ph_neighbour_is (&neighbour, PH_NEIGHBOUR_IS_SHOWN), ==, rows[i].shown);
    }
}

static void
test_cells (void)
{
  static const guint8 infiniband[20] = { 0x80, 0, 2, 8, [19] = 0xff };
  static const guint8 mac[6] = { 2, 0, 0, 0, 0, 9 };
  g_autoptr (World) world = world_new ();
  g_autoptr (PhSnapshot) snapshot = NULL;
  const PhNeighbour *neighbour;

  add (world, (MadeNeighbour){ "192.0.2.1", 2, NUD_REACHABLE, 0, 0, mac, 6, 9000 });
  add (world,
       (MadeNeighbour){ "192.0.2.2", 99, NUD_STALE, NTF_ROUTER | NTF_EXT_LEARNED, NTF_EXT_MANAGED, infiniband, 20 });
  add (world, (MadeNeighbour){ "192.0.2.2", 99, NUD_NONE, NTF_PROXY });
  snapshot = world_collect (world, &ph_neighbour_topic);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 3);
  neighbour = ph_snapshot_record (snapshot, 0);
  assert_cell (neighbour, "address", "192.0.2.1");
  assert_cell (neighbour, "mac", "02:00:00:00:00:09");
  assert_cell (neighbour, "interface", "eth2");
  assert_cell (neighbour, "confirmed", "1 min"); /* 90 s */
  assert_cell (neighbour, "used", "2 s");
  assert_cell (neighbour, "updated", "3 s");
  assert_cell (neighbour, "probes", "7");
  assert_cell (neighbour, "references", "4");
  assert_cell (neighbour, "family", "inet");
  assert_cell (neighbour, "type", "unicast");
  neighbour = ph_snapshot_record (snapshot, 1);
  assert_cell (neighbour, "mac", "80:00:02:08:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:ff");
  assert_cell (neighbour, "interface", "if99");
  assert_cell (neighbour, "flags", "router extern_learn managed");
  g_assert_true (ph_neighbour_is (ph_snapshot_record (snapshot, 2), PH_NEIGHBOUR_IS_PROXY));
  g_assert_true (ph_neighbour_is (ph_snapshot_record (snapshot, 2), PH_NEIGHBOUR_IS_SHOWN));
}

static void
test_closed (void)
{
  static const guint8 mac[6] = { 2, 0, 0, 0, 0, 9 };
  g_autoptr (World) world = world_new ();
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_neighbour_topic);
  g_autoptr (PhSnapshot) first = NULL;
  g_autoptr (PhSnapshot) second = NULL;

  add (world, (MadeNeighbour){ "192.0.2.1", 2, NUD_REACHABLE, 0, 0, mac, 6 });
  first = world_look (world, collector);
  world_forget (world, PH_REQUEST_NEIGHBOURS);
  world->time_us += G_USEC_PER_SEC;
  second = world_look (world, collector);
  g_clear_pointer (&first, ph_snapshot_unref);
  g_clear_pointer (&collector, ph_collector_free);
  g_assert_true (ph_neighbour_is (ph_snapshot_record (second, 0), PH_NEIGHBOUR_IS_CLOSED));
  assert_cell (ph_snapshot_record (second, 0), "mac", "02:00:00:00:00:09");
  assert_cell (ph_snapshot_record (second, 0), "interface", "eth2");
}

static void
test_filter (void)
{
  static const struct
  {
    const char *text;
    guint found;
  } rows[] = {
    { "", 4 },
    { "is:shown", 3 },
    { "is:reachable", 1 },
    { "is:failed", 1 },
    { "is:permanent", 0 },
    { "is:router", 1 },
    { "is:proxy", 0 },
    { "is:ipv6", 1 },
    { "state:stale", 1 },
    { "state:reach,failed", 2 },
    { "state:noarp", 1 },
    { "addr:192.0.2.0/24", 3 },
    { "address:fe80::/10", 1 },
    { "mac:02:00", 2 },
    { "hwaddress:0a", 1 },
    { "iface:eth3", 1 },
    { "dev:eth", 4 },
    { "flags:router", 1 },
    { "confirmed:>60", 1 },
    { "probes:7", 4 },
    { "family:ipv6", 1 },
  };
  static const guint8 mac[6] = { 2, 0, 0, 0, 0, 10 };
  static const guint8 other[6] = { 2, 0, 0, 0, 0, 11 };
  g_autoptr (World) world = world_new ();
  g_autoptr (PhSnapshot) snapshot = NULL;
  const PhColumn *shown[] = { &ph_neighbour_schema.columns[0], NULL };
  const PhFilterContext context = { shown, &numeric };

  add (world, (MadeNeighbour){ "192.0.2.1", 2, NUD_REACHABLE, 0, 0, mac, 6 });
  add (world, (MadeNeighbour){ "192.0.2.2", 3, NUD_FAILED });
  add (world, (MadeNeighbour){ "192.0.2.3", 2, NUD_NOARP });
  add (world, (MadeNeighbour){ "fe80::1", 2, NUD_STALE, NTF_ROUTER, 0, other, 6, 9000 });
  snapshot = world_collect (world, &ph_neighbour_topic);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PhFilter) filter = ph_filter_parse (&ph_neighbour_schema, rows[i].text, NULL, &error);
      guint found = 0;

      g_assert_no_error (error);
      for (guint j = 0; j < ph_snapshot_n_records (snapshot); j++)
        found += ph_filter_match (filter, &context, ph_snapshot_record (snapshot, j));
      g_test_message ("%s: %u", rows[i].text, found);
      g_assert_cmpuint (found, ==, rows[i].found);
    }
}

static void
test_columns (void)
{
  g_autoptr (PhSnapshot) snapshot = collect_capture ();

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    for (guint j = 0; j < ph_neighbour_schema.n_columns; j++)
      {
        const PhColumn *column = &ph_neighbour_schema.columns[j];
        const PhNeighbour *neighbour = ph_snapshot_record (snapshot, i);
        g_autoptr (GString) cell = g_string_new (NULL);
        g_autoptr (GString) tip = g_string_new (NULL);
        PhValue value = { PH_VALUE_NONE };

        ph_column_format (column, neighbour, &numeric, cell);
        ph_column_explain (column, neighbour, &numeric, tip);
        column->value (neighbour, &value);
        check_text (cell->str);
        g_assert_true (value.kind == PH_VALUE_NONE || value.kind == column->kind);
        g_assert_true ((value.kind == PH_VALUE_NONE) == (cell->len == 0));
        g_assert_cmpuint (tip->len, >, 0);
      }
}

/* --- hostile --- */

static gboolean
understand (const struct nlmsghdr *message, PhArena *arena)
{
  PhNeighbour neighbour = { 0 };

  if (!ph_decode_neighbour (message, arena, &neighbour))
    return FALSE;
  check_text (neighbour.mac);
  return TRUE;
}

static void
test_spoilt (void)
{
  g_autoptr (GPtrArray) messages = capture_messages ("neighbours");

  for (guint i = 0; i < messages->len; i++)
    spoil (understand, g_ptr_array_index (messages, i), sizeof (struct ndmsg));
}

static void
test_refused (void)
{
  static const guint8 endless[200] = { 1 };
  g_autoptr (PhArena) arena = ph_arena_new ();
  g_autoptr (World) world = world_new ();
  g_autoptr (PhSnapshot) snapshot = NULL;
  PhNeighbour neighbour = { 0 };
  Message message;
  struct ndmsg *header;

  neighbour_message (&message, &(MadeNeighbour){ "192.0.2.1", 2, NUD_STALE, 0, 0, endless, sizeof endless });
  g_assert_true (ph_decode_neighbour (&message.header, arena, &neighbour));
  g_assert_cmpuint (strlen (neighbour.mac), ==, 32 * 3 - 1);
  header = mnl_nlmsg_get_payload (&message.header);
  header->ndm_ifindex = -1;
  g_assert_false (understand (&message.header, arena));
  header->ndm_ifindex = 2;
  header->ndm_family = AF_INET6;
  g_assert_false (understand (&message.header, arena));

  /* An entry of a bridge is no neighbour, and nothing malformed either. */
  header->ndm_family = 7; /* AF_BRIDGE */
  world_append (world, PH_REQUEST_NEIGHBOURS, &message);
  snapshot = world_collect (world, &ph_neighbour_topic);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 0);
  g_assert_cmpuint (ph_snapshot_look (snapshot, PH_REQUEST_NEIGHBOURS)->malformed, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/neighbours/recorded", test_recorded);
  g_test_add_func ("/neighbours/states", test_states);
  g_test_add_func ("/neighbours/cells", test_cells);
  g_test_add_func ("/neighbours/closed", test_closed);
  g_test_add_func ("/neighbours/filter", test_filter);
  g_test_add_func ("/neighbours/columns", test_columns);
  g_test_add_func ("/neighbours/spoilt", test_spoilt);
  g_test_add_func ("/neighbours/refused", test_refused);
  return g_test_run ();
}
