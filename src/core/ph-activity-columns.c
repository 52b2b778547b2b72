/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Activity table's columns, its filter fields, and the schema that they are part of. Columns that sockets have too
 * have the same ids, so that a filter or a script serves both. */
#include "ph-activity-columns.h"

#include "ph-facet-fields.h"
#include "ph-i18n.h"
#include "ph-ip-fields.h"
#include "ph-snapshot.h"

#define TEXT_COLUMN    .align = PH_ALIGN_START, .kind = PH_VALUE_TEXT
#define ADDRESS_COLUMN .align = PH_ALIGN_START, .kind = PH_VALUE_ADDRESS
#define NUMBER_COLUMN  .align = PH_ALIGN_END, .kind = PH_VALUE_UINT
#define SHOWN          PH_COLUMN_SHOWN
#define EXACT          PH_COLUMN_RANK_EXACT
#define OPTIONAL       .is_none = ph_column_absent_is_none

/* --- values --- */

static void
value_time (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhActivity *) record)->iso);
}

static guint64
rank_time (gconstpointer record)
{
  return MIN (ph_rank_int (((const PhActivity *) record)->time_us), PH_RANK_ABSENT - 1);
}

static void
value_event (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ph_activity_kind_name (((const PhActivity *) record)->kind));
}

static guint64
rank_event (gconstpointer record)
{
  const guint kind = ((const PhActivity *) record)->kind;

  return kind == PH_ACTIVITY_NONE || kind >= PH_N_ACTIVITIES ? PH_RANK_ABSENT : kind;
}

static void
value_proto (gconstpointer record, PhValue *value)
{
  const PhSocketKey *key = &((const PhActivity *) record)->socket;

  if (key->protocol != PH_PROTOCOL_NONE)
    ph_value_set_text (value, ph_protocol_label (key->protocol, key->family));
}

static guint64
rank_proto (gconstpointer record)
{
  const PhSocketKey *key = &((const PhActivity *) record)->socket;

  return key->protocol == PH_PROTOCOL_NONE ? PH_RANK_ABSENT : (guint64) key->protocol << 8 | key->family;
}

static void
value_local_address (gconstpointer record, PhValue *value)
{
  const PhActivity *entry = record;

  if (entry->local.family != PH_FAMILY_NONE)
    ph_value_set_address (value, &entry->local);
}

static void
value_remote_address (gconstpointer record, PhValue *value)
{
  const PhActivity *entry = record;

  if (entry->remote.family != PH_FAMILY_NONE)
    ph_value_set_address (value, &entry->remote);
}

/* Defines value_NAME(): that text of the entry. */
#define TEXT_VALUE(name, text)                                                                                         \
  static void value_##name (gconstpointer record, PhValue *value)                                                      \
  {                                                                                                                    \
    const PhActivity *entry = record;                                                                                  \
                                                                                                                       \
    ph_value_set_text (value, (text));                                                                                 \
  }

TEXT_VALUE (process, entry->process)
TEXT_VALUE (exe, entry->exe)
TEXT_VALUE (unit, entry->unit)
TEXT_VALUE (interface, entry->interface_name)
TEXT_VALUE (detail, entry->detail)
TEXT_VALUE (ended, ph_activity_end_name (entry->ended))
TEXT_VALUE (exposure, ph_exposure_name (entry->exposure))
TEXT_VALUE (owner_note, entry->note != PH_OWNER_UNKNOWN ? ph_owner_note_name (entry->note) : NULL)

/* Defines value_NAME(): a number of the entry, absent where it is @unknown. */
#define NUMBER_VALUE(name, number, unknown)                                                                            \
  static void value_##name (gconstpointer record, PhValue *value)                                                      \
  {                                                                                                                    \
    const PhActivity *entry = record;                                                                                  \
                                                                                                                       \
    if ((number) != (unknown))                                                                                         \
      ph_value_set_uint (value, (guint64) (number));                                                                   \
  }

NUMBER_VALUE (local_port, entry->local_port, 0)
NUMBER_VALUE (remote_port, entry->remote_port, 0)
NUMBER_VALUE (pid, entry->pid, 0)
NUMBER_VALUE (rx_bytes, entry->rx_bytes, PH_ACTIVITY_UNKNOWN_BYTES)
NUMBER_VALUE (tx_bytes, entry->tx_bytes, PH_ACTIVITY_UNKNOWN_BYTES)
NUMBER_VALUE (cookie, entry->socket.cookie, 0)
NUMBER_VALUE (prefix, entry->prefix_length, PH_ACTIVITY_NO_PREFIX)
NUMBER_VALUE (number, ph_activity_number (entry), G_MAXUINT64)

static void
value_duration (gconstpointer record, PhValue *value)
{
  const PhActivity *entry = record;

  if (entry->duration_us != PH_ACTIVITY_UNKNOWN_US)
    ph_value_set_real (value, (double) entry->duration_us / G_USEC_PER_SEC);
}

/* The cell falls back to the unit's name: sort by what is seen. */
static guint64
rank_process (gconstpointer record)
{
  const char *name = ph_activity_who (record);

  return name ? MIN (ph_rank_text (name), PH_RANK_ABSENT - 1) : PH_RANK_ABSENT;
}

static int
compare_process (gconstpointer a, gconstpointer b)
{
  PhValue first, second;

  ph_value_set_text (&first, ph_activity_who (a));
  ph_value_set_text (&second, ph_activity_who (b));
  return ph_value_compare (&first, &second);
}

/* clang-format off */
static const PhColumn columns[] = {
  { "time", N_ ("Time"), N_ ("When it happened or was noticed; in files in UTC"),
    TEXT_COLUMN, .width = 22, .flags = SHOWN, .value = value_time, .format = ph_activity_format_time,
    .explain = ph_activity_explain_time, .rank = rank_time },
  { "event", N_ ("Event"), N_ ("What happened"),
    TEXT_COLUMN, .width = 19, .flags = SHOWN | EXACT, .value = value_event, .format = ph_activity_format_event,
    .explain = ph_activity_explain_event, .rank = rank_event },
  { "proto", N_ ("Protocol"), N_ ("tcp, udp…; with a 6 for IPv6"),
    TEXT_COLUMN, .width = 7, .flags = SHOWN | EXACT, OPTIONAL, .value = value_proto, .rank = rank_proto },
  { "local_address", N_ ("Local Address"), N_ ("Address on this computer"),
    ADDRESS_COLUMN, .width = 18,
    .flags = SHOWN | PH_COLUMN_NAMES | PH_COLUMN_ELLIPSIZE_MIDDLE | PH_COLUMN_EXPAND, OPTIONAL,
    .value = value_local_address, .format = ph_activity_format_local_address },
  { "local_port", N_ ("Local Port"), N_ ("Port on this computer"),
    NUMBER_COLUMN, .width = 10, .flags = SHOWN | PH_COLUMN_NAMES | EXACT, OPTIONAL,
    .value = value_local_port, .format = ph_activity_format_local_port },
  { "remote_address", N_ ("Remote Address"), N_ ("Address of the other end, destination of a route, or neighbour"),
    ADDRESS_COLUMN, .width = 18,
    .flags = SHOWN | PH_COLUMN_NAMES | PH_COLUMN_ELLIPSIZE_MIDDLE | PH_COLUMN_EXPAND, OPTIONAL,
    .value = value_remote_address, .format = ph_activity_format_remote_address },
  { "remote_port", N_ ("Remote Port"), N_ ("Port of the other end"),
    NUMBER_COLUMN, .width = 10, .flags = SHOWN | PH_COLUMN_NAMES | EXACT, OPTIONAL,
    .value = value_remote_port, .format = ph_activity_format_remote_port },
  { "process", N_ ("Process"), N_ ("Program that had the socket open, or the service it belonged to"),
    TEXT_COLUMN, .width = 14, .flags = SHOWN | PH_COLUMN_EXPAND, .is_none = ph_activity_has_no_owner,
    .value = value_process, .format = ph_activity_format_process, .explain = ph_activity_explain_owner,
    .rank = rank_process, .compare = compare_process },
  { "pid", N_ ("PID"), N_ ("Process number at the time"),
    NUMBER_COLUMN, .width = 6, .flags = SHOWN | EXACT, .is_none = ph_activity_has_no_owner, .value = value_pid,
    .explain = ph_activity_explain_owner },
  { "rx_bytes", N_ ("Received"), N_ ("Bytes that the connection had received when it ended"),
    NUMBER_COLUMN, .width = 10, .flags = SHOWN | EXACT, .is_none = ph_activity_has_no_bytes, .value = value_rx_bytes,
    .format = ph_activity_format_rx_bytes, .explain = ph_activity_explain_bytes },
  { "tx_bytes", N_ ("Sent"), N_ ("Bytes sent and acknowledged when the connection ended"),
    NUMBER_COLUMN, .width = 10, .flags = SHOWN | EXACT, .is_none = ph_activity_has_no_bytes, .value = value_tx_bytes,
    .format = ph_activity_format_tx_bytes, .explain = ph_activity_explain_bytes },
  { "duration", N_ ("Duration"), N_ ("How long it was there; in files in seconds"),
    .align = PH_ALIGN_END, .kind = PH_VALUE_REAL, .width = 9, .flags = SHOWN, .is_none = ph_activity_has_no_duration,
    .value = value_duration, .format = ph_activity_format_duration, .explain = ph_activity_explain_duration },
  { "ended", N_ ("Ended"), N_ ("How a connection ended, where that is certain"),
    TEXT_COLUMN, .width = 14, .flags = SHOWN, .is_none = ph_activity_has_no_end, .value = value_ended,
    .format = ph_activity_format_ended, .explain = ph_activity_explain_ended },
  { "interface", N_ ("Interface"), N_ ("Network interface"),
    TEXT_COLUMN, .width = 10, .flags = SHOWN, OPTIONAL, .value = value_interface },
  { "detail", N_ ("Detail"), N_ ("What else there is to say"),
    TEXT_COLUMN, .width = 30, .flags = SHOWN | PH_COLUMN_EXPAND, OPTIONAL, .value = value_detail },
  { "exposure", N_ ("Exposure"), N_ ("How far a port could be reached: loopback, address, any"),
    TEXT_COLUMN, .width = 18, OPTIONAL, .value = value_exposure, .format = ph_activity_format_exposure },
  { "unit", N_ ("Unit"), N_ ("systemd unit, Flatpak app or container that the socket belonged to"),
    TEXT_COLUMN, .width = 20, OPTIONAL, .value = value_unit, .explain = ph_activity_explain_owner },
  { "exe", N_ ("Program"), N_ ("File of the program"),
    TEXT_COLUMN, .width = 30, .flags = PH_COLUMN_ELLIPSIZE_MIDDLE, OPTIONAL, .value = value_exe },
  { "owner_note", N_ ("Owner Note"), N_ ("How sure the owner is, or why nobody is known"),
    TEXT_COLUMN, .width = 24, OPTIONAL, .value = value_owner_note,
    .format = ph_activity_format_owner_note },
  { "prefix", N_ ("Prefix"), N_ ("Length of the prefix of an address or a route's destination"),
    NUMBER_COLUMN, .width = 6, .flags = EXACT | PH_COLUMN_EXPORT_ONLY, OPTIONAL, .value = value_prefix },
  { "cookie", N_ ("Cookie"), N_ ("The kernel's own number of the socket, never used twice"),
    NUMBER_COLUMN, .width = 10, .flags = EXACT, OPTIONAL, .value = value_cookie },
  { "number", N_ ("Number"), N_ ("Number of the entry, in the order in which they were written down"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, .value = value_number },
};
/* clang-format on */

/* --- filter fields --- */

static const char *const words[] = {
  "ports", "connections", "links", "addresses", "routes", "neighbours", "lost", "opened", "closed", NULL,
};
G_STATIC_ASSERT (G_N_ELEMENTS (words) == PH_ACTIVITY_IS_CLOSED + 2);

static gboolean
is (gconstpointer record, guint word)
{
  return ph_activity_is (record, word);
}

/* In the order of the kinds, from 1. */
static const char *const event_words[] = {
  "port-opened",   "port-closed",      "connection-opened", "connection-closed",
  "link-added",    "link-removed",     "link-up",           "link-down",
  "address-added", "address-removed",  "route-added",       "route-removed",
  "route-changed", "neighbour-failed", "events-lost",       NULL,
};
G_STATIC_ASSERT (G_N_ELEMENTS (event_words) == PH_N_ACTIVITIES);

static gboolean
is_event (gconstpointer record, guint word)
{
  return ((const PhActivity *) record)->kind == word + 1;
}

/* "tcp" is both, "tcp4" and "tcp6" one of them. */
static const struct
{
  guint8 protocol;
  guint8 family; /* NONE: any */
} protocols[] = {
  { PH_PROTOCOL_TCP, 0 },
  { PH_PROTOCOL_TCP, PH_SOCKET_FAMILY_INET },
  { PH_PROTOCOL_TCP, PH_SOCKET_FAMILY_INET6 },
  { PH_PROTOCOL_UDP, 0 },
  { PH_PROTOCOL_UDP, PH_SOCKET_FAMILY_INET },
  { PH_PROTOCOL_UDP, PH_SOCKET_FAMILY_INET6 },
  { PH_PROTOCOL_UDPLITE, 0 },
  { PH_PROTOCOL_SCTP, 0 },
  { PH_PROTOCOL_DCCP, 0 },
};
static const char *const protocol_words[]
    = { "tcp", "tcp4", "tcp6", "udp", "udp4", "udp6", "udplite", "sctp", "dccp", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (protocol_words) == G_N_ELEMENTS (protocols) + 1);

static gboolean
is_protocol (gconstpointer record, guint word)
{
  const PhSocketKey *key = &((const PhActivity *) record)->socket;

  return key->protocol == protocols[word].protocol
         && (protocols[word].family == PH_SOCKET_FAMILY_NONE || key->family == protocols[word].family);
}

static gboolean
is_family (gconstpointer record, guint word)
{
  const PhActivity *entry = record;

  return ph_ip_family_is (entry->local.family != PH_FAMILY_NONE ? entry->local.family : entry->remote.family, word);
}

/* The process, or where that is not known the unit that stands in its place. */
static gboolean
nth_process (gconstpointer record, guint n, PhValue *value)
{
  const char *who = ph_activity_who (record);

  if (n > 0 || !who)
    return FALSE;
  ph_value_set_text (value, who);
  return TRUE;
}

static const PhFilterField fields[] = {
  { "port", .columns = { "local_port", "remote_port" }, .help = N_ ("Port of either end") },
  { "lport", .columns = { "local_port" } },
  { "rport", .columns = { "remote_port" } },
  { "addr", .columns = { "local_address", "remote_address" }, .help = N_ ("Address of either end") },
  { "local", .columns = { "local_address" } },
  { "remote", .columns = { "remote_address" } },
  { "iface", .columns = { "interface" } },
  { "program", .columns = { "exe" } },
  { "process", .nth = nth_process, .kind = PH_VALUE_TEXT },
  { "event", .words = event_words, .is = is_event },
  { "proto", .words = protocol_words, .is = is_protocol },
  { "family", .words = ph_ip_family_words, .is = is_family, .help = N_ ("Address family: inet, inet6") },
};

/* --- from snapshot to snapshot --- */

static void
copy (PhSnapshot *snapshot, gpointer target, gconstpointer source)
{
  PhArena *arena = ph_snapshot_arena (snapshot);
  PhActivity *entry = target;

  *entry = *(const PhActivity *) source;
  entry->process = ph_arena_string (arena, entry->process);
  entry->exe = ph_arena_string (arena, entry->exe);
  entry->unit = ph_arena_string (arena, entry->unit);
  entry->interface_name = ph_arena_string (arena, entry->interface_name);
  entry->detail = ph_arena_string (arena, entry->detail);
}

/* PIDs come again: what another process of that number did is not told apart. */
static char *
dup_owner_term (gconstpointer record)
{
  const PhActivity *entry = record;

  return entry->pid > 0 ? g_strdup_printf ("pid:%d", entry->pid) : NULL;
}

/* clang-format off */
const PhSchema ph_activity_schema = {
  .id = "activity",
  .record_size = sizeof (PhActivity),
  .key_offset = G_STRUCT_OFFSET (PhActivity, key),
  .key_size = sizeof (PhActivityKey),
  .copy = copy,
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .words = words,
  .is = is,
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .facets = ph_activity_facets,
  .n_facets = PH_ACTIVITY_N_FACETS,
  .dup_owner_term = dup_owner_term,
};
/* clang-format on */
