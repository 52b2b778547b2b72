/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an entry of the log is written for people, and the whole story behind its cells. */
#include "ph-activity-columns.h"

#include <time.h>

#include "ph-activity-words.h"
#include "ph-i18n.h"
#include "ph-print.h"

static void
append_line (GString *text, const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

/* --- time --- */

/* localtime_r(3) reads the rules of the time zone once, at the first call; GDateTime makes an object each time, and a
 * filter asks for the text of every entry. */
void
ph_activity_print_time (gint64 time_us, GString *text)
{
  const time_t seconds = (time_t) (time_us / G_USEC_PER_SEC);
  struct tm local;
  char line[32];

  if (localtime_r (&seconds, &local) && strftime (line, sizeof line, "%Y-%m-%d %H:%M:%S", &local) > 0)
    g_string_append (text, line);
}

void
ph_activity_format_time (gconstpointer record, const PhStyle *style, GString *text)
{
  ph_activity_print_time (((const PhActivity *) record)->time_us, text);
}

void
ph_activity_explain_time (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhActivity *entry = record;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (entry->time_us / G_USEC_PER_SEC);
  g_autofree char *line = time ? g_date_time_format (time, "%A, %x %X %Z") : NULL;

  if (line)
    g_string_append (text, line);
  append_line (text, entry->iso);
}

/* --- what happened --- */

void
ph_activity_format_event (gconstpointer record, const PhStyle *style, GString *text)
{
  const char *label = ph_activity_kind_label (((const PhActivity *) record)->kind);

  if (label)
    g_string_append (text, label);
}

void
ph_activity_explain_event (gconstpointer record, const PhStyle *style, GString *text)
{
  static const char *const sentences[PH_N_ACTIVITIES] = {
    [PH_ACTIVITY_PORT_OPENED] = N_ ("A program began to listen on this port"),
    [PH_ACTIVITY_PORT_CLOSED] = N_ ("Nothing listens on this port any more"),
    [PH_ACTIVITY_CONNECTION_OPENED] = N_ ("A connection was seen for the first time"),
    [PH_ACTIVITY_CONNECTION_CLOSED] = N_ ("A connection is gone; numbers are its last ones"),
    [PH_ACTIVITY_LINK_ADDED] = N_ ("A network interface appeared"),
    [PH_ACTIVITY_LINK_REMOVED] = N_ ("A network interface is gone"),
    [PH_ACTIVITY_LINK_UP] = N_ ("The network interface can carry data now"),
    [PH_ACTIVITY_LINK_DOWN] = N_ ("The network interface cannot carry data any more"),
    [PH_ACTIVITY_ADDRESS_ADDED] = N_ ("This computer got an address"),
    [PH_ACTIVITY_ADDRESS_REMOVED] = N_ ("This computer lost an address"),
    [PH_ACTIVITY_ROUTE_ADDED] = N_ ("A route was added"),
    [PH_ACTIVITY_ROUTE_REMOVED] = N_ ("A route is gone"),
    [PH_ACTIVITY_ROUTE_CHANGED] = N_ ("A route was put in the place of another"),
    [PH_ACTIVITY_NEIGHBOUR_FAILED] = N_ ("A host on a network of this computer did not answer"),
    [PH_ACTIVITY_EVENTS_LOST]
    = N_ ("More happened at once than the kernel could pass on: some of it is missing in this log"),
  };
  const guint kind = ((const PhActivity *) record)->kind;

  ph_activity_format_event (record, style, text);
  if (kind < PH_N_ACTIVITIES && sentences[kind])
    append_line (text, _ (sentences[kind]));
}

/* --- where --- */

/* "192.0.2.0/24", "fe80::1%eth0", "192.0.2.7 · www.example.org" */
static void
format_address (
    const PhActivity *entry, const PhAddress *address, gboolean has_prefix, const PhStyle *style, GString *text)
{
  char number[PH_ADDRESS_TEXT_MAX];
  char name[256];

  if (address->family == PH_FAMILY_NONE)
    return;
  g_string_append_len (text, number, (gssize) ph_address_format (address, number));
  if (address->scope != 0 && entry->interface_name)
    {
      g_string_append_c (text, '%');
      g_string_append (text, entry->interface_name);
    }
  if (has_prefix && entry->prefix_length != PH_ACTIVITY_NO_PREFIX)
    {
      g_string_append_c (text, '/');
      ph_print_uint (text, entry->prefix_length);
    }
  else if (!style->numeric && style->names && !ph_address_is_any (address)
           && ph_names_host (style->names, address, !style->quiet, name, sizeof name))
    {
      g_string_append (text, PH_NAME_SEPARATOR);
      g_string_append (text, name);
    }
}

void
ph_activity_format_local_address (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhActivity *entry = record;

  format_address (entry, &entry->local, ph_activity_is (entry, PH_ACTIVITY_IS_ADDRESSES), style, text);
}

void
ph_activity_format_remote_address (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhActivity *entry = record;

  format_address (entry, &entry->remote, ph_activity_is (entry, PH_ACTIVITY_IS_ROUTES), style, text);
}

/* "https · 443": the number last, so that numbers stand under each other. */
static void
format_port (const PhActivity *entry, guint16 port, const PhStyle *style, GString *text)
{
  const char *protocol
      = entry->socket.protocol == PH_PROTOCOL_UDPLITE ? "udp" : ph_protocol_name (entry->socket.protocol);
  char name[64];

  if (port == 0)
    return;
  if (!style->numeric && style->names && ph_names_service (style->names, protocol, port, name, sizeof name))
    {
      g_string_append (text, name);
      g_string_append (text, PH_NAME_SEPARATOR);
    }
  ph_print_uint (text, port);
}

void
ph_activity_format_local_port (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhActivity *entry = record;

  format_port (entry, entry->local_port, style, text);
}

void
ph_activity_format_remote_port (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhActivity *entry = record;

  format_port (entry, entry->remote_port, style, text);
}

void
ph_activity_format_exposure (gconstpointer record, const PhStyle *style, GString *text)
{
  const char *sentence = ph_exposure_sentence (((const PhActivity *) record)->exposure);

  if (sentence)
    g_string_append (text, sentence);
}

/* --- who --- */

const char *
ph_activity_who (const PhActivity *entry)
{
  return entry->note == PH_OWNER_BY_SERVICE && entry->unit ? entry->unit : entry->process;
}

void
ph_activity_format_process (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhActivity *entry = record;
  const char *who = ph_activity_who (entry);

  if (who && entry->note == PH_OWNER_BY_SERVICE)
    g_string_append_printf (text, _ ("%s (service)"), who);
  else if (who)
    g_string_append (text, who);
}

gboolean
ph_activity_has_no_owner (gconstpointer record)
{
  return !ph_activity_is (record, PH_ACTIVITY_IS_PORTS) && !ph_activity_is (record, PH_ACTIVITY_IS_CONNECTIONS);
}

void
ph_activity_format_owner_note (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhActivity *entry = record;
  g_autofree char *sentence = NULL;

  if (entry->note == PH_OWNER_UNKNOWN)
    return;
  sentence = ph_owner_note_sentence (entry->note, NULL, NULL);
  g_string_append (text, sentence);
}

void
ph_activity_explain_owner (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhActivity *entry = record;

  if (ph_activity_has_no_owner (entry))
    return;
  if (entry->note != PH_OWNER_PROCESS)
    {
      g_autofree char *sentence = ph_owner_note_sentence (entry->note, NULL, NULL);

      append_line (text, sentence);
    }
  if (entry->process)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      if (entry->pid != 0)
        g_string_append_printf (text, _ ("%s, PID %d"), entry->process, entry->pid);
      else
        g_string_append (text, entry->process);
    }
  if (entry->exe)
    append_line (text, entry->exe);
  if (entry->unit)
    append_line (text, entry->unit);
}

/* --- how much, how long, and how it ended --- */

gboolean
ph_activity_has_no_bytes (gconstpointer record)
{
  return ((const PhActivity *) record)->kind != PH_ACTIVITY_CONNECTION_CLOSED;
}

gboolean
ph_activity_has_no_end (gconstpointer record)
{
  return ((const PhActivity *) record)->kind != PH_ACTIVITY_CONNECTION_CLOSED;
}

gboolean
ph_activity_has_no_duration (gconstpointer record)
{
  const PhActivity *entry = record;

  return entry->kind != PH_ACTIVITY_PORT_CLOSED && entry->kind != PH_ACTIVITY_CONNECTION_CLOSED;
}

void
ph_activity_format_rx_bytes (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhActivity *entry = record;

  if (entry->rx_bytes != PH_ACTIVITY_UNKNOWN_BYTES)
    ph_print_bytes (text, entry->rx_bytes, style->units);
}

void
ph_activity_format_tx_bytes (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhActivity *entry = record;

  if (entry->tx_bytes != PH_ACTIVITY_UNKNOWN_BYTES)
    ph_print_bytes (text, entry->tx_bytes, style->units);
}

void
ph_activity_explain_bytes (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhActivity *entry = record;
  char number[24]; /* ready made: a translated text cannot hold a 64-bit format */

  if (ph_activity_has_no_bytes (entry))
    return;
  if (entry->rx_bytes == PH_ACTIVITY_UNKNOWN_BYTES && entry->tx_bytes == PH_ACTIVITY_UNKNOWN_BYTES)
    append_line (text, _ ("Not known: the connection was gone before the kernel could be asked"));
  if (entry->rx_bytes != PH_ACTIVITY_UNKNOWN_BYTES)
    {
      g_snprintf (number, sizeof number, "%" G_GUINT64_FORMAT, entry->rx_bytes);
      g_string_append_printf (text, _ ("Received: %s bytes"), number);
    }
  if (entry->tx_bytes != PH_ACTIVITY_UNKNOWN_BYTES)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_snprintf (number, sizeof number, "%" G_GUINT64_FORMAT, entry->tx_bytes);
      g_string_append_printf (text, _ ("Sent and acknowledged: %s bytes"), number);
    }
  if (entry->rx_bytes != PH_ACTIVITY_UNKNOWN_BYTES && entry->rx_bytes > 0 && entry->ended != PH_ENDED_RESET)
    append_line (text, _ ("The kernel may have counted the end of the connection as a byte received"));
}

void
ph_activity_format_duration (gconstpointer record, const PhStyle *style, GString *text)
{
  const gint64 us = ((const PhActivity *) record)->duration_us;

  if (us == PH_ACTIVITY_UNKNOWN_US)
    return;
  if (us < 60 * G_USEC_PER_SEC)
    ph_print_latency (text, (guint64) MAX (us, 0));
  else
    ph_print_duration (text, (guint64) us / G_USEC_PER_SEC);
}

void
ph_activity_explain_duration (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhActivity *entry = record;

  ph_activity_format_duration (record, style, text);
  if (ph_activity_has_no_duration (entry))
    return;
  if (entry->duration_us == PH_ACTIVITY_UNKNOWN_US)
    append_line (text, _ ("Not known: it came and went between two looks, or was there before the first"));
  else
    append_line (text, _ ("From when it was first seen"));
}

void
ph_activity_format_ended (gconstpointer record, const PhStyle *style, GString *text)
{
  const char *label = ph_activity_end_label (((const PhActivity *) record)->ended);

  if (label)
    g_string_append (text, label);
}

void
ph_activity_explain_ended (gconstpointer record, const PhStyle *style, GString *text)
{
  static const char *const sentences[PH_N_ENDS] = {
    [PH_ENDED_UNKNOWN] = N_ ("The kernel does not say how the connection ended"),
    [PH_ENDED_HERE] = N_ ("The program here closed the connection first"),
    [PH_ENDED_PEER] = N_ ("The other end closed the connection first"),
    [PH_ENDED_ORDERLY] = N_ ("All that was sent was received; who closed first is not known"),
    [PH_ENDED_RESET] = N_ ("Broken off at once: by the program here, or by the other end"),
    [PH_ENDED_TIMED_OUT] = N_ ("The other end did not answer any more"),
    [PH_ENDED_REFUSED] = N_ ("The other end did not want the connection: most likely nothing listens on that port"),
  };
  const PhActivity *entry = record;

  ph_activity_format_ended (record, style, text);
  if (!ph_activity_has_no_end (entry) && entry->ended < PH_N_ENDS)
    append_line (text, _ (sentences[entry->ended]));
}
