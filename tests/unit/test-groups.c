/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Multicast groups: recorded files, lines with anything in them, frames cut anywhere between lines. */
#include "recorded.h"

#include "ph-filter.h"
#include "ph-group.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

/* Every group as a line "INDEX NAME ADDRESS USERS". */
static void
note_group (const PhGroupKey *key, guint32 users, const char *name, gpointer user_data)
{
  char address[PH_ADDRESS_TEXT_MAX];

  ph_address_format (&key->address, address);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_string_append_printf (user_data, "%u %s %s %u\n", key->interface, name, address, users);
}

static guint
decode (PhGroupReader *reader, guint part, const char *text, gsize length, GString *found)
{
  g_autofree char *exact = g_memdup2 (text, length); /* a sanitizer sees one byte too many */

  return ph_decode_groups (reader, part, exact, length, note_group, found);
}

static void
assert_decodes (guint part, const char *text, const char *expected, guint malformed)
{
  g_autoptr (GString) found = g_string_new (NULL);
  PhGroupReader reader = { 0 };

  g_assert_cmpuint (decode (&reader, part, text, strlen (text), found), ==, malformed);
  g_assert_cmpstr (found->str, ==, expected);
}

/* The kernel writes an IPv4 group as a number of this machine; these are little-endian, as the fixtures. */
static const char igmp[] = "Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n"
                           "1\tlo        :     1      V3\n"
                           "\t\t\t\t010000E0     1 0:00000000\t\t0\n"
                           "12\tlonginterface12:     2      V2\n"
                           "\t\t\t\tFB0000E0     3 1:0000000A\t\t1\n"
                           "\t\t\t\t010000E0     1 0:00000000\t\t0\n";

static void
test_igmp (void)
{
  assert_decodes (0, igmp,
                  "1 lo 224.0.0.1 1\n"
                  "12 longinterface12 224.0.0.251 3\n"
                  "12 longinterface12 224.0.0.1 1\n",
                  0);
}

static void
test_igmp6 (void)
{
  assert_decodes (1,
                  "1    lo              ff020000000000000000000000000001     1 0000000C 0\n"
                  "4    \033[1m\xff           ff0200000000000000000001ff00abcd     2 00000004 0",
                  "1 lo ff02::1 1\n"
                  "4 \\x1B[1m\\xFF ff02::1:ff00:abcd 2\n",
                  0);
}

/* Frames end between lines, wherever: the interface is remembered. */
static void
test_frames (void)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  PhGroupReader reader = { 0 };

  decode (&reader, 0, igmp, strlen (igmp), whole);
  for (gsize cut = 0; cut <= strlen (igmp); cut++)
    if (cut == 0 || igmp[cut - 1] == '\n')
      {
        g_autoptr (GString) found = g_string_new (NULL);

        reader = (PhGroupReader){ 0 };
        g_assert_cmpuint (decode (&reader, 0, igmp, cut, found), ==, 0);
        g_assert_cmpuint (decode (&reader, 0, igmp + cut, strlen (igmp) - cut, found), ==, 0);
        g_assert_cmpstr (found->str, ==, whole->str);
      }
}

static void
test_malformed (void)
{
  assert_decodes (0, "\t\t\t\t010000E0     1 0:00000000\t\t0\n", "", 1); /* of no interface */
  assert_decodes (0, "0\tlo        :     1      V3\n\t\t\t\t010000E0 1\n", "", 2);
  assert_decodes (0, "1\tlo\n\t\t\t\t010000E0 1\n", "", 2);
  assert_decodes (0, "1\t:\n\t\t\t\t010000E0 1\n", "", 2);
  assert_decodes (0, "1\t0123456789abcdef: 1 V3\n\t\t\t\t010000E0 1\n", "", 2); /* no name is that long */
  assert_decodes (0, "4294967297\tlo: 1 V3\n", "", 1);
  assert_decodes (0, "1\tlo: 1 V3\n\t\t\t\t10000E0 1\n\t\t\t\t010000E0\n\t\t\t\tx\n\n", "", 3);
  assert_decodes (0, "Idx\n\n\n", "", 0);
  assert_decodes (1, "1 lo ff02 1\n0 lo ff020000000000000000000000000001 1\nlo\n", "", 3);
  assert_decodes (1, "1 lo ff020000000000000000000000000001 4294967296\n", "", 1);
  assert_decodes (1, "1 lo ff02000000000000000000000000000g 1\n", "", 1);
}

static void
test_cut (void)
{
  for (gsize cut = 0; cut < strlen (igmp); cut++)
    for (guint part = 0; part < 3; part++)
      {
        g_autoptr (GString) found = g_string_new (NULL);
        PhGroupReader reader = { 0 };

        decode (&reader, part, igmp, cut, found);
        decode (&reader, part, igmp + cut, strlen (igmp) - cut, found);
      }
}

/* --- the table --- */

static guint
count (const PhSnapshot *snapshot, const char *text)
{
  static const PhColumn *shown[] = { NULL };
  static const PhStyle style = { .numeric = TRUE };
  const PhFilterContext context = { shown, &style };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFilter) filter = ph_filter_parse (&ph_group_schema, text, NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    n += ph_filter_match (filter, &context, ph_snapshot_record (snapshot, i)) != 0;
  return n;
}

static void
test_table (void)
{
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_group_topic);
  g_autoptr (PhSnapshot) snapshot = NULL;
  guint64 asked;

  for (guint i = 1; i <= 2; i++) /* what one look remembers of lines does not reach into the next */
    {
      g_clear_pointer (&snapshot, ph_snapshot_unref);
      snapshot = recorded_collect (collector, i * SECOND, 0, &asked);
      g_assert_cmpuint (asked, ==, RECORDED_BIT (PH_REQUEST_GROUPS));
      g_assert_cmpint (ph_snapshot_look (snapshot, PH_REQUEST_GROUPS)->look, ==, PH_LOOK_GOOD);
      g_assert_cmpuint (ph_snapshot_look (snapshot, PH_REQUEST_GROUPS)->malformed, ==, 0);
      g_assert_cmpuint (count (snapshot, "iface:test0 group:239.1.2.3"), ==, 1);
      g_assert_cmpuint (count (snapshot, "iface:test0 is:ipv4"), ==, 3);
      g_assert_cmpuint (count (snapshot, "addr:ff05::/16 users:2"), ==, 1);
      g_assert_cmpuint (count (snapshot, "family:inet6 -is:ipv6"), ==, 0);
      g_assert_cmpuint (count (snapshot, "is:new"), ==, 0);
    }

  /* Refused: those of last time stay, stale, with names of their own. */
  {
    g_autoptr (PhSnapshot) stale = recorded_collect (collector, 3 * SECOND, RECORDED_BIT (PH_REQUEST_GROUPS), NULL);

    g_clear_pointer (&snapshot, ph_snapshot_unref);
    g_assert_cmpuint (count (stale, "is:stale iface:test0 group:239.1.2.3"), ==, 1);
  }
}

static void
test_tips (void)
{
  static const struct
  {
    guint8 family;
    guint8 bytes[4];
    const char *reach;
  } rows[] = {
    { PH_FAMILY_IPV4, { 224, 0, 0, 251 }, "Within the network that the interface is connected to" },
    { PH_FAMILY_IPV4, { 224, 0, 1, 1 }, "Anywhere" },
    { PH_FAMILY_IPV4, { 239, 1, 2, 3 }, "Within this organisation" },
    { PH_FAMILY_IPV6, { 0xff, 0x01 }, "Within this interface only" },
    { PH_FAMILY_IPV6, { 0xff, 0x12 }, "Within the network that the interface is connected to" },
    { PH_FAMILY_IPV6, { 0xff, 0x05 }, "Within this site" },
    { PH_FAMILY_IPV6, { 0xff, 0x0e }, "Anywhere" },
  };
  const PhColumn *column = ph_schema_find_column (&ph_group_schema, "group");
  const PhStyle style = { .numeric = TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      PhGroup group = { .name = "eth0", .users = 1 };
      guint8 bytes[16] = { 0 };

      memcpy (bytes, rows[i].bytes, 4);
      ph_address_set (&group.key.address, rows[i].family, bytes);
      ph_column_explain (column, &group, &style, text);
      g_assert_true (g_str_has_suffix (text->str, rows[i].reach));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/groups/igmp", test_igmp);
  g_test_add_func ("/groups/igmp6", test_igmp6);
  g_test_add_func ("/groups/frames", test_frames);
  g_test_add_func ("/groups/malformed", test_malformed);
  g_test_add_func ("/groups/cut", test_cut);
  g_test_add_func ("/groups/table", test_table);
  g_test_add_func ("/groups/tips", test_tips);
  return g_test_run ();
}
