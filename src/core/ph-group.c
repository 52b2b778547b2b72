/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of multicast groups, as netstat -g has it: columns, schema, and how it is asked for. */
#include "ph-group.h"

#include <string.h>

#include "ph-facet-fields.h"
#include "ph-i18n.h"
#include "ph-print.h"
#include "ph-snapshot.h"
#include "ph-topic.h"

/* --- columns --- */

static void
value_interface (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhGroup *) record)->name);
}

static void
value_users (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const PhGroup *) record)->users);
}

static void
value_group (gconstpointer record, PhValue *value)
{
  ph_value_set_address (value, &((const PhGroup *) record)->key.address);
}

static void
value_family (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhGroup *) record)->key.address.family == PH_FAMILY_IPV4 ? "inet" : "inet6");
}

static void
value_index (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const PhGroup *) record)->key.interface);
}

static void
format_group (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhAddress *address = &((const PhGroup *) record)->key.address;
  char number[PH_ADDRESS_TEXT_MAX];
  char name[256];

  ph_address_format (address, number);
  g_string_append (text, number);
  if (!style->numeric && style->names && ph_names_host (style->names, address, !style->quiet, name, sizeof name))
    {
      g_string_append (text, PH_NAME_SEPARATOR);
      g_string_append (text, name);
    }
}

static void
explain_users (gconstpointer record, const PhStyle *style, GString *text)
{
  guint32 users = ((const PhGroup *) record)->users;

  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "Joined %u time, by programs or by the kernel",
                                       "Joined %u times, by programs or by the kernel", users),
                          users);
}

/* How far packets to the group go: RFC 4291 2.7 for IPv6; RFC 5771 4 and RFC 2365 for IPv4. */
static const char *
reach (const PhAddress *address)
{
  if (address->family == PH_FAMILY_IPV6)
    switch (address->bytes[1] & 0x0f)
      {
      case 1:
        return N_ ("Within this interface only");
      case 2:
        return N_ ("Within the network that the interface is connected to");
      case 4:
      case 5:
        return N_ ("Within this site");
      case 8:
        return N_ ("Within this organisation");
      case 14:
        return N_ ("Anywhere");
      default:
        return NULL;
      }
  if (address->bytes[0] == 224 && address->bytes[1] == 0 && address->bytes[2] == 0)
    return N_ ("Within the network that the interface is connected to");
  if (address->bytes[0] == 239)
    return N_ ("Within this organisation");
  return N_ ("Anywhere");
}

static void
explain_group (gconstpointer record, const PhStyle *style, GString *text)
{
  const char *sentence = reach (&((const PhGroup *) record)->key.address);

  format_group (record, style, text);
  if (sentence)
    {
      g_string_append_c (text, '\n');
      g_string_append (text, _ (sentence));
    }
}

/* clang-format off */
static const PhColumn columns[] = {
  { "interface", N_ ("Interface"), N_ ("Network interface that has joined the group"),
    .align = PH_ALIGN_START, .kind = PH_VALUE_TEXT, .width = 16, .flags = PH_COLUMN_SHOWN, .value = value_interface },
  { "users", N_ ("RefCnt"), N_ ("How often the group was joined"),
    .align = PH_ALIGN_END, .kind = PH_VALUE_UINT, .width = 8, .flags = PH_COLUMN_SHOWN | PH_COLUMN_RANK_EXACT,
    .value = value_users, .explain = explain_users },
  { "group", N_ ("Group"), N_ ("Address of the group"),
    .align = PH_ALIGN_START, .kind = PH_VALUE_ADDRESS, .width = 26,
    .flags = PH_COLUMN_SHOWN | PH_COLUMN_NAMES | PH_COLUMN_EXPAND, .value = value_group, .format = format_group,
    .explain = explain_group },
  { "family", N_ ("Family"), N_ ("Address family: inet, inet6"),
    .align = PH_ALIGN_START, .kind = PH_VALUE_TEXT, .width = 8, .value = value_family },
  { "index", N_ ("Index"), N_ ("The kernel’s number of the interface"),
    .align = PH_ALIGN_END, .kind = PH_VALUE_UINT, .width = 6, .flags = PH_COLUMN_RANK_EXACT, .value = value_index },
};
/* clang-format on */

static const char *const words[] = { "ipv4", "ipv6", "new", "closed", "stale", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (words) == PH_GROUP_IS_STALE + 2);

static gboolean
is (gconstpointer record, guint word)
{
  const PhGroup *group = record;

  switch ((PhGroupWord) word)
    {
    case PH_GROUP_IS_IPV4:
      return group->key.address.family == PH_FAMILY_IPV4;
    case PH_GROUP_IS_IPV6:
      return group->key.address.family == PH_FAMILY_IPV6;
    case PH_GROUP_IS_NEW:
      return group->head.mark == PH_MARK_NEW;
    case PH_GROUP_IS_CLOSED:
      return group->head.mark == PH_MARK_CLOSED;
    case PH_GROUP_IS_STALE:
      return group->head.mark == PH_MARK_STALE;
    }
  return FALSE;
}

static const PhFilterField fields[] = {
  { "iface", .columns = { "interface" } },
  { "addr", .columns = { "group" } },
  { "address", .columns = { "group" } },
  { "refcnt", .columns = { "users" } },
};

static void
copy (PhSnapshot *snapshot, gpointer target, gconstpointer source)
{
  const PhGroup *from = source;
  PhGroup *to = target;

  *to = *from;
  to->name = ph_arena_string (ph_snapshot_arena (snapshot), from->name);
}

/* clang-format off */
const PhSchema ph_group_schema = {
  .id = "groups",
  .record_size = sizeof (PhGroup),
  .key_offset = G_STRUCT_OFFSET (PhGroup, key),
  .key_size = sizeof (PhGroupKey),
  .copy = copy,
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .words = words,
  .is = is,
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .facets = ph_group_facets,
  .n_facets = PH_GROUP_N_FACETS,
};
/* clang-format on */

/* --- how it is asked for --- */

static gpointer
create (void)
{
  return g_new0 (PhGroupReader, 1);
}

static void
begin (gpointer state, const PhPlan *plan)
{
  *(PhGroupReader *) state = (PhGroupReader){ 0 };
}

static void
take_group (const PhGroupKey *key, guint32 users, const char *name, gpointer data)
{
  PhSnapshot *snapshot = data;
  PhGroup *group = ph_snapshot_add (snapshot);

  group->head.request = PH_REQUEST_GROUPS;
  group->key = *key;
  group->users = users;
  group->name = ph_arena_string (ph_snapshot_arena (snapshot), name);
}

static void
decode (gpointer state, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  PhLookResult *look = ph_snapshot_edit_look (snapshot, asked->request);
  guint malformed = 0;

  if (kind == PH_FRAME_TEXT)
    malformed = ph_decode_groups (state, asked->part, bytes, length, take_group, snapshot);
  look->malformed = (guint16) MIN (look->malformed + malformed, G_MAXUINT16);
}

const PhTopic ph_group_topic = {
  .schema = &ph_group_schema,
  .requests = G_GUINT64_CONSTANT (1) << PH_REQUEST_GROUPS,
  .create = create,
  .destroy = g_free,
  .begin = begin,
  .decode = decode,
};
