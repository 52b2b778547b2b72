/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a socket is written for people: the cells of the Connections table where a plain value is not enough. */
#include "ph-socket-columns.h"

#include <string.h>

#include "ph-export.h"
#include "ph-i18n.h"
#include "ph-print.h"

const PhTcp *
ph_socket_transfer (const PhSocket *socket)
{
  return socket->state == PH_STATE_LISTEN ? NULL : socket->tcp;
}

gboolean
ph_socket_uid_is_known (const PhSocket *socket)
{
  gboolean held = socket->inode != 0 || socket->local.family == PH_FAMILY_NONE;

  return socket->uid != PH_UID_UNKNOWN && (socket->uid != 0 || held);
}

gboolean
ph_socket_has_accept_queue (const PhSocket *socket)
{
  return socket->state == PH_STATE_LISTEN && socket->send_q > 0;
}

gboolean
ph_socket_accept_queue_is_near_full (const PhSocket *socket)
{
  return ph_socket_has_accept_queue (socket) && (guint64) socket->recv_q * 5 >= (guint64) socket->send_q * 4;
}

/* "address · name", "address%interface" */
static void
format_address (const PhSocket *socket, const PhAddress *address, const PhStyle *style, GString *text)
{
  char number[PH_ADDRESS_TEXT_MAX];
  char name[256];
  gsize length = ph_address_format (address, number);
  gboolean named = !style->numeric && style->names && !ph_address_is_any (address)
                   && ph_names_host (style->names, address, !style->quiet, name, sizeof name);

  g_string_append_len (text, number, (gssize) length);
  if (socket->interface_name && address->family == PH_FAMILY_IPV6 && address->bytes[0] == 0xfe
      && (address->bytes[1] & 0xc0) == 0x80) /* link-local: without its link it says little */
    {
      g_string_append_c (text, '%');
      g_string_append (text, socket->interface_name);
    }
  if (named)
    {
      g_string_append (text, PH_NAME_SEPARATOR);
      g_string_append (text, name);
    }
}

void
ph_socket_format_local_address (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  if (socket->local.family != PH_FAMILY_NONE)
    format_address (socket, &socket->local, style, text);
  else if (socket->path)
    g_string_append (text, socket->path);
}

void
ph_socket_format_remote_address (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  if (socket->remote.family != PH_FAMILY_NONE)
    format_address (socket, &socket->remote, style, text);
}

const char *
ph_socket_service_protocol (PhProtocol protocol)
{
  switch (protocol)
    {
    case PH_PROTOCOL_MPTCP:
      return "tcp";
    case PH_PROTOCOL_UDPLITE:
      return "udp";
    default:
      return ph_protocol_name (protocol);
    }
}

/* "https · 443": the number last, so that numbers stand under each other. */
static void
format_port (const PhSocket *socket, guint16 port, const PhStyle *style, GString *text)
{
  char name[64];

  if (socket->local.family == PH_FAMILY_NONE)
    return;
  if (port == 0)
    {
      g_string_append_c (text, '*');
      return;
    }
  if (!style->numeric && style->names
      && ph_names_service (style->names, ph_socket_service_protocol (socket->key.protocol), port, name, sizeof name))
    {
      g_string_append (text, name);
      g_string_append (text, PH_NAME_SEPARATOR);
    }
  ph_print_uint (text, port);
}

void
ph_socket_format_local_port (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  format_port (socket, socket->local_port, style, text);
}

void
ph_socket_format_remote_port (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  format_port (socket, socket->remote_port, style, text);
}

/* "3/128" on a listener, with a sign when it is nearly full. */
void
ph_socket_format_recv_q (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  if (ph_socket_accept_queue_is_near_full (socket))
    g_string_append (text, "⚠ ");
  ph_print_uint (text, socket->recv_q);
  if (ph_socket_has_accept_queue (socket))
    {
      g_string_append_c (text, '/');
      ph_print_uint (text, socket->send_q);
    }
}

/* Owners are in order of pid: one process with several descriptors is counted once. */
static guint
count_processes (const PhOwnership *owner)
{
  guint n = 0;

  for (guint i = 0; i < owner->n_owners; i++)
    n += i == 0 || owner->owners[i].process->pid != owner->owners[i - 1].process->pid;
  return n;
}

void
ph_socket_format_process (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhOwnership *owner = &((const PhSocket *) record)->owner;
  guint n = count_processes (owner);

  if (owner->note == PH_OWNER_BY_SERVICE)
    {
      const char *name = owner->unit ? owner->unit->name : n > 0 ? owner->owners[0].process->comm : NULL;

      /* Translators: the owner is not known for certain, only by the service that the socket belongs to. */
      if (name)
        g_string_append_printf (text, _ ("%s (service)"), name);
      return;
    }
  if (n == 0)
    return;
  g_string_append (text, owner->owners[0].process->comm);
  if (n > 1)
    {
      g_string_append_len (text, " +", 2);
      ph_print_uint (text, n - 1);
    }
}

void
ph_socket_format_user (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  if (!ph_socket_uid_is_known (socket))
    return;
  if (socket->user && !style->numeric)
    g_string_append (text, socket->user);
  else
    ph_print_uint (text, socket->uid);
}

/* "812/nginx;813/nginx": one cell of a CSV file. */
void
ph_socket_format_owners (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhOwnership *owner = &((const PhSocket *) record)->owner;

  for (guint i = 0; i < owner->n_owners; i++)
    {
      if (i > 0)
        g_string_append_c (text, ';');
      ph_print_int (text, owner->owners[i].process->pid);
      g_string_append_c (text, '/');
      g_string_append (text, owner->owners[i].process->comm);
    }
}

void
ph_socket_json_owners (gconstpointer record, GString *json)
{
  const PhOwnership *owner = &((const PhSocket *) record)->owner;

  g_string_append_c (json, '[');
  for (guint i = 0; i < owner->n_owners; i++)
    {
      if (i > 0)
        g_string_append (json, ", ");
      g_string_append (json, "{\"pid\": ");
      ph_print_int (json, owner->owners[i].process->pid);
      g_string_append (json, ", \"process\": ");
      ph_json_string (json, owner->owners[i].process->comm);
      g_string_append (json, ", \"fd\": ");
      if (owner->owners[i].fd >= 0)
        ph_print_int (json, owner->owners[i].fd);
      else
        g_string_append (json, "null");
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

void
ph_socket_format_owner_note (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  if (socket->owner.note != PH_OWNER_UNKNOWN)
    ph_socket_explain_note (socket, text);
}

void
ph_socket_format_exposure (gconstpointer record, const PhStyle *style, GString *text)
{
  const char *sentence = ph_exposure_sentence (ph_socket_exposure (record));

  if (sentence)
    g_string_append (text, sentence);
}

void
ph_socket_format_timer (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  if (socket->timer == PH_TIMER_OFF)
    return;
  g_string_append (text, ph_timer_name (socket->timer));
  g_string_append_len (text, " (", 2);
  if (socket->timer_ms < 60 * 1000)
    ph_print_latency (text, (guint64) socket->timer_ms * 1000);
  else
    ph_print_duration (text, socket->timer_ms / 1000);
  g_string_append_c (text, ')');
}

void
ph_socket_format_mark (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  if (socket->flags & PH_SOCKET_MARK_KNOWN)
    ph_print_hex (text, socket->mark);
}

void
ph_socket_format_age (gconstpointer record, const PhStyle *style, GString *text)
{
  PhValue value = { PH_VALUE_NONE };

  ph_socket_value_age (record, &value);
  ph_print_duration (text, value.uint);
}

/* Defines ph_socket_format_NAME(): that value as people write it. */
#define FORMAT_VALUE(name, print)                                                                                      \
  void ph_socket_format_##name (gconstpointer record, const PhStyle *style, GString *text)                             \
  {                                                                                                                    \
    PhValue value = { PH_VALUE_NONE };                                                                                 \
                                                                                                                       \
    ph_socket_value_##name (record, &value);                                                                           \
    if (value.kind == PH_VALUE_UINT)                                                                                   \
      print;                                                                                                           \
  }

FORMAT_VALUE (rx_rate, ph_print_rate (text, value.uint, style->units))
FORMAT_VALUE (tx_rate, ph_print_rate (text, value.uint, style->units))
FORMAT_VALUE (rx_bytes, ph_print_bytes (text, value.uint, style->units))
FORMAT_VALUE (tx_bytes, ph_print_bytes (text, value.uint, style->units))
FORMAT_VALUE (rtt_us, ph_print_latency (text, value.uint))
FORMAT_VALUE (min_rtt_us, ph_print_latency (text, value.uint))
FORMAT_VALUE (delivery_rate, ph_print_rate (text, value.uint, style->units))
