/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Neighbours table's columns, its filter fields, and the schema that they are part of. */
#include <linux/neighbour.h>

#include "ph-facet-fields.h"
#include "ph-i18n.h"
#include "ph-ip-fields.h"
#include "ph-neighbour.h"
#include "ph-print.h"
#include "ph-route-names.h"
#include "ph-route.h"
#include "ph-snapshot.h"

#define TEXT_COLUMN   .align = PH_ALIGN_START, .kind = PH_VALUE_TEXT
#define NUMBER_COLUMN .align = PH_ALIGN_END, .kind = PH_VALUE_UINT
#define SHOWN         PH_COLUMN_SHOWN
#define EXACT         PH_COLUMN_RANK_EXACT
#define OPTIONAL      .is_none = ph_column_absent_is_none

static void
append_line (GString *text, const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

/* --- values and cells --- */

static void
value_address (gconstpointer record, PhValue *value)
{
  ph_value_set_address (value, &((const PhNeighbour *) record)->key.address);
}

static void
format_address (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhAddress *address = &((const PhNeighbour *) record)->key.address;
  char number[PH_ADDRESS_TEXT_MAX];
  char name[256];

  g_string_append_len (text, number, (gssize) ph_address_format (address, number));
  if (!style->numeric && style->names && ph_names_host (style->names, address, !style->quiet, name, sizeof name))
    {
      g_string_append (text, PH_NAME_SEPARATOR);
      g_string_append (text, name);
    }
}

static void
value_interface (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhNeighbour *) record)->interface_name);
}

static void
value_mac (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhNeighbour *) record)->mac);
}

static void
explain_mac (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhNeighbour *neighbour = record;

  if (neighbour->mac)
    g_string_append (text, neighbour->mac);
  else if (neighbour->state & NUD_NOARP)
    g_string_append (text, _ ("None is needed on this interface"));
  else if (neighbour->state & NUD_FAILED)
    g_string_append (text, _ ("Nobody has answered"));
  else
    g_string_append (text, _ ("Not known yet"));
}

static void
value_state (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ph_neighbour_state_name (((const PhNeighbour *) record)->state));
}

static void
explain_state (gconstpointer record, const PhStyle *style, GString *text)
{
  static const struct
  {
    guint16 bit;
    const char *sentence;
  } sentences[] = {
    { NUD_INCOMPLETE, N_ ("Is being asked for its hardware address; no answer yet") },
    { NUD_REACHABLE, N_ ("Has proved to be there a moment ago") },
    { NUD_STALE, N_ ("Was there a while ago; will be checked when it is next sent to") },
    { NUD_DELAY, N_ ("Was sent to; is checked in a moment if nothing comes back") },
    { NUD_PROBE, N_ ("Is being asked whether it is still there") },
    { NUD_FAILED, N_ ("Has not answered") },
    { NUD_NOARP, N_ ("Needs no hardware address") },
    { NUD_PERMANENT, N_ ("Entered by hand; never checked") },
  };
  const PhNeighbour *neighbour = record;

  g_string_append (text, ph_neighbour_state_name (neighbour->state));
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (neighbour->state & sentences[i].bit)
      {
        append_line (text, _ (sentences[i].sentence));
        return;
      }
}

static const struct
{
  guint8 bit;
  guint8 extended; /* of flags_ext */
  const char *word;
  const char *sentence;
} flags[] = {
  { NTF_ROUTER, 0, "router", N_ ("Is a router") },
  { NTF_PROXY, 0, "proxy", N_ ("This computer answers in its place") },
  { NTF_EXT_LEARNED, 0, "extern_learn", N_ ("Entered by a program, not by the kernel") },
  { NTF_OFFLOADED, 0, "offload", N_ ("Known to the network card") },
  { 0, NTF_EXT_MANAGED, "managed", N_ ("Kept fresh by the kernel for a program") },
  { NTF_USE, 0, "use", N_ ("Is to be resolved at once") },
  { NTF_SELF, 0, "self", N_ ("Belongs to the interface itself") },
  { NTF_MASTER, 0, "master", N_ ("Belongs to the interface above") },
  { NTF_STICKY, 0, "sticky", N_ ("Does not move to another port") },
};

static gboolean
has_flag (const PhNeighbour *neighbour, guint i)
{
  return (neighbour->flags & flags[i].bit) || (neighbour->flags_ext & flags[i].extended);
}

/* There are no more texts than combinations of flags. */
static void
value_flags (gconstpointer record, PhValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (has_flag (record, i))
      g_string_append_printf (text, text->len > 0 ? " %s" : "%s", flags[i].word);
  ph_value_set_text (value, text->len > 0 ? g_intern_string (text->str) : NULL);
}

static void
explain_flags (gconstpointer record, const PhStyle *style, GString *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (has_flag (record, i))
      append_line (text, _ (flags[i].sentence));
  if (text->len == 0)
    g_string_append (text, _ ("Nothing special"));
}

static void
value_family (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhNeighbour *) record)->key.address.family == PH_FAMILY_IPV6 ? "inet6" : "inet");
}

static void
value_type (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ph_route_type_name (((const PhNeighbour *) record)->type));
}

static void
value_probes (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const PhNeighbour *) record)->probes);
}

static void
value_references (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const PhNeighbour *) record)->references);
}

/* Defines value_NAME() and format_NAME() for a number of seconds. */
#define AGE(name)                                                                                                      \
  static void value_##name (gconstpointer record, PhValue *value)                                                      \
  {                                                                                                                    \
    const PhNeighbour *neighbour = record;                                                                             \
                                                                                                                       \
    if (neighbour->name != PH_NEIGHBOUR_UNKNOWN)                                                                       \
      ph_value_set_uint (value, neighbour->name);                                                                      \
  }                                                                                                                    \
  static void format_##name (gconstpointer record, const PhStyle *style, GString *text)                                \
  {                                                                                                                    \
    const PhNeighbour *neighbour = record;                                                                             \
                                                                                                                       \
    if (neighbour->name != PH_NEIGHBOUR_UNKNOWN)                                                                       \
      ph_print_duration (text, neighbour->name);                                                                       \
  }

AGE (confirmed)
AGE (used)
AGE (updated)

/* clang-format off */
static const PhColumn columns[] = {
  { "address", N_ ("Address"), N_ ("IP address of a host on a network of this computer"),
    .align = PH_ALIGN_START, .kind = PH_VALUE_ADDRESS, .width = 22,
    .flags = SHOWN | PH_COLUMN_NAMES | PH_COLUMN_ELLIPSIZE_MIDDLE | PH_COLUMN_EXPAND,
    .value = value_address, .format = format_address },
  { "mac", N_ ("HWaddress"), N_ ("Hardware address that it was found at"),
    TEXT_COLUMN, .width = 18, .flags = SHOWN, .value = value_mac, .explain = explain_mac },
  { "interface", N_ ("Iface"), N_ ("Network interface that it was found on"),
    TEXT_COLUMN, .width = 10, .flags = SHOWN, OPTIONAL, .value = value_interface },
  { "state", N_ ("State"), N_ ("Whether it is there: REACHABLE, STALE, FAILED…"),
    TEXT_COLUMN, .width = 12, .flags = SHOWN, .value = value_state, .explain = explain_state },
  { "flags", N_ ("Flags"), N_ ("router, proxy, extern_learn, offload, managed"),
    TEXT_COLUMN, .width = 12, .flags = SHOWN, OPTIONAL, .value = value_flags, .explain = explain_flags },
  { "confirmed", N_ ("Confirmed"), N_ ("When it last proved to be there; seconds ago"),
    NUMBER_COLUMN, .width = 10, .flags = SHOWN | EXACT, OPTIONAL, .value = value_confirmed,
    .format = format_confirmed },
  { "used", N_ ("Used"), N_ ("When it was last sent to; seconds ago"),
    NUMBER_COLUMN, .width = 10, .flags = EXACT, OPTIONAL, .value = value_used, .format = format_used },
  { "updated", N_ ("Updated"), N_ ("When the entry last changed; seconds ago"),
    NUMBER_COLUMN, .width = 10, .flags = EXACT, OPTIONAL, .value = value_updated, .format = format_updated },
  { "probes", N_ ("Probes"), N_ ("Questions that it has not answered yet"),
    NUMBER_COLUMN, .width = 7, .flags = EXACT, .value = value_probes },
  { "references", N_ ("Ref"), N_ ("How many in the kernel use the entry"),
    NUMBER_COLUMN, .width = 5, .flags = EXACT, .value = value_references },
  { "family", N_ ("Family"), N_ ("Address family: inet, inet6"),
    TEXT_COLUMN, .width = 7, .value = value_family },
  { "type", N_ ("Type"), N_ ("unicast, multicast, broadcast, local"),
    TEXT_COLUMN, .width = 10, .value = value_type },
};
/* clang-format on */

static const char *const words[] = { "shown", "reachable", "failed", "permanent", "router", "proxy",
                                     "ipv4",  "ipv6",      "new",    "closed",    "stale",  NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (words) == PH_NEIGHBOUR_IS_STALE + 2);

static gboolean
is (gconstpointer record, guint word)
{
  return ph_neighbour_is (record, word);
}

/* --- filter fields --- */

static gboolean
is_family (gconstpointer record, guint word)
{
  return ph_ip_family_is (((const PhNeighbour *) record)->key.address.family, word);
}

static const char *const state_words[]
    = { "incomplete", "reachable", "stale", "delay", "probe", "failed", "noarp", "permanent", "none", NULL };

static gboolean
is_state (gconstpointer record, guint word)
{
  guint16 state = ((const PhNeighbour *) record)->state;

  return word < 8 ? (state & (1u << word)) != 0 : state == NUD_NONE;
}

static const PhFilterField fields[] = {
  { "addr", .columns = { "address" } },
  { "iface", .columns = { "interface" } },
  { "dev", .columns = { "interface" } },
  { "hwaddress", .columns = { "mac" } },
  { "lladdr", .columns = { "mac" } },
  { "family", .words = ph_ip_family_words, .is = is_family },
  { "state", .words = state_words, .is = is_state },
};

/* --- from snapshot to snapshot --- */

static void
copy (PhSnapshot *snapshot, gpointer target, gconstpointer source)
{
  PhArena *arena = ph_snapshot_arena (snapshot);
  PhNeighbour *neighbour = target;

  *neighbour = *(const PhNeighbour *) source;
  neighbour->mac = ph_arena_string (arena, neighbour->mac);
  neighbour->interface_name = ph_arena_string (arena, neighbour->interface_name);
}

/* clang-format off */
const PhSchema ph_neighbour_schema = {
  .id = "neighbours",
  .record_size = sizeof (PhNeighbour),
  .key_offset = G_STRUCT_OFFSET (PhNeighbour, key),
  .key_size = sizeof (PhNeighbourKey),
  .copy = copy,
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .words = words,
  .is = is,
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .facets = ph_neighbour_facets,
  .n_facets = PH_NEIGHBOUR_N_FACETS,
};
/* clang-format on */
