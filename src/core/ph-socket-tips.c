/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole story behind a cell, in sentences: what a state means, who has the socket, why something is not known. */
#include "ph-socket-columns.h"

#include <inttypes.h>

#include "ph-i18n.h"
#include "ph-print.h"

#define TIP_OWNERS_MAX 12

static void
append_line (GString *text, const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

void
ph_socket_explain_proto (gconstpointer record, const PhStyle *style, GString *text)
{
  static const char *const sentences[] = {
    [PH_PROTOCOL_TCP] = N_ ("Transmission Control Protocol: a connection, every byte arrives in order"),
    [PH_PROTOCOL_UDP] = N_ ("User Datagram Protocol: single messages, no connection"),
    [PH_PROTOCOL_UDPLITE] = N_ ("UDP-Lite: messages that may arrive damaged"),
    [PH_PROTOCOL_RAW] = N_ ("Raw socket: a program that makes IP packets itself"),
    [PH_PROTOCOL_SCTP] = N_ ("Stream Control Transmission Protocol"),
    [PH_PROTOCOL_DCCP] = N_ ("Datagram Congestion Control Protocol"),
    [PH_PROTOCOL_MPTCP] = N_ ("Multipath TCP: one connection over several paths"),
    [PH_PROTOCOL_UNIX] = N_ ("Unix socket: between programs of this computer"),
    [PH_PROTOCOL_PACKET] = N_ ("Packet socket: a program that sees what passes on a network interface"),
    [PH_PROTOCOL_NETLINK] = N_ ("Netlink: a program that talks with the kernel"),
    [PH_PROTOCOL_VSOCK] = N_ ("Vsock: between a virtual machine and its host"),
  };
  const PhSocket *socket = record;
  guint protocol = socket->key.protocol;

  g_string_append (text, ph_protocol_label (protocol, socket->key.family));
  if (protocol < G_N_ELEMENTS (sentences) && sentences[protocol])
    append_line (text, _ (sentences[protocol]));
  if (protocol == PH_PROTOCOL_RAW || protocol == PH_PROTOCOL_PACKET || protocol == PH_PROTOCOL_NETLINK)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Protocol number: %u"), socket->protocol_number);
    }
}

static void
explain_address (const PhSocket *socket, const PhAddress *address, GString *text)
{
  if (ph_address_is_mapped (address))
    append_line (text, _ ("An IPv4 address, used through an IPv6 socket"));
  switch (ph_address_scope (address))
    {
    case PH_SCOPE_ANY:
      append_line (text, address->family == PH_FAMILY_IPV4 || ph_address_is_mapped (address)
                             ? _ ("Every address (IPv4)")
                         : socket->flags & PH_SOCKET_V6ONLY       ? _ ("Every address (IPv6 only)")
                         : socket->flags & PH_SOCKET_V6ONLY_KNOWN ? _ ("Every address (IPv6 and IPv4)")
                                                                  : _ ("Every address (IPv6)"));
      break;
    case PH_SCOPE_LOOPBACK:
      append_line (text, _ ("This computer"));
      break;
    case PH_SCOPE_LOCAL:
      append_line (text, _ ("Local network"));
      break;
    case PH_SCOPE_INTERNET:
      append_line (text, _ ("Internet"));
      break;
    case PH_SCOPE_NONE:
      break;
    }
}

void
ph_socket_explain_local_address (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  ph_socket_format_local_address (record, style, text);
  explain_address (socket, &socket->local, text);
}

void
ph_socket_explain_remote_address (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  ph_socket_format_remote_address (record, style, text);
  if (ph_address_is_any (&socket->remote))
    append_line (text, _ ("No particular other end"));
  else if (socket->remote.family != PH_FAMILY_NONE)
    explain_address (socket, &socket->remote, text);
  else
    append_line (text, _ ("A socket of this kind has no remote address"));
}

void
ph_socket_explain_state (gconstpointer record, const PhStyle *style, GString *text)
{
  static const char *const sentences[] = {
    [PH_STATE_ESTABLISHED] = N_ ("Connected: both ends may send"),
    [PH_STATE_SYN_SENT] = N_ ("Asked for a connection, no answer yet"),
    [PH_STATE_SYN_RECV] = N_ ("Was asked for a connection and has answered; the last step is missing"),
    [PH_STATE_FIN_WAIT1] = N_ ("Closed here; the other end has not confirmed it yet"),
    [PH_STATE_FIN_WAIT2] = N_ ("Closed here and confirmed; the other end has not closed yet"),
    [PH_STATE_TIME_WAIT] = N_ ("Closed by both; kept a while in case late packets arrive"),
    [PH_STATE_CLOSE] = N_ ("Not connected"),
    [PH_STATE_CLOSE_WAIT] = N_ ("The other end has closed; the program here has not closed yet"),
    [PH_STATE_LAST_ACK] = N_ ("Closed by both; the last confirmation is missing"),
    [PH_STATE_LISTEN] = N_ ("Waits for connections"),
    [PH_STATE_CLOSING] = N_ ("Both ends closed at the same time; a confirmation is missing"),
    [PH_STATE_NEW_SYN_RECV] = N_ ("Was asked for a connection and has answered; the last step is missing"),
    [PH_STATE_BOUND_INACTIVE] = N_ ("Has an address, but neither listens nor is connected"),
  };
  const PhSocket *socket = record;
  const char *name = ph_state_name (socket->key.protocol, socket->state);

  if (*name == '\0')
    g_string_append (text, _ ("No connection: takes messages from anyone"));
  else
    {
      g_string_append (text, name);
      if (socket->state < G_N_ELEMENTS (sentences) && sentences[socket->state])
        append_line (text, _ (sentences[socket->state]));
    }
}

void
ph_socket_explain_recv_q (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  if (ph_socket_has_accept_queue (socket))
    {
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE, "%u of %u connection waits to be accepted",
                                           "%u of %u connections wait to be accepted", socket->send_q),
                              socket->recv_q, socket->send_q);
      if (ph_socket_accept_queue_is_near_full (socket))
        append_line (text, _ ("Nearly full: new connections may soon be refused or lost"));
    }
  else if (socket->state == PH_STATE_LISTEN)
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "%u connection waits to be accepted",
                                         "%u connections wait to be accepted", socket->recv_q),
                            socket->recv_q);
  else
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "%u byte received and not yet read by the program",
                                         "%u bytes received and not yet read by the program", socket->recv_q),
                            socket->recv_q);
}

void
ph_socket_explain_send_q (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  if (socket->state == PH_STATE_LISTEN)
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "At most %u connection may wait to be accepted",
                                         "At most %u connections may wait to be accepted", socket->send_q),
                            socket->send_q);
  else
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "%u byte sent and not yet acknowledged",
                                         "%u bytes sent and not yet acknowledged", socket->send_q),
                            socket->send_q);
}

void
ph_socket_explain_note (const PhSocket *socket, GString *text)
{
  char number[16];
  const char *user = NULL;
  g_autofree char *sentence = NULL;

  if (ph_socket_uid_is_known (socket))
    {
      g_snprintf (number, sizeof number, "%u", socket->uid);
      user = socket->user ? socket->user : number;
    }
  sentence = ph_owner_note_sentence (socket->owner.note, ph_state_name (socket->key.protocol, socket->state), user);
  append_line (text, sentence);
}

void
ph_socket_explain_owner (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;
  const PhOwnership *owner = &socket->owner;
  guint shown = MIN (owner->n_owners, TIP_OWNERS_MAX);

  if (owner->note != PH_OWNER_PROCESS)
    ph_socket_explain_note (socket, text);
  for (guint i = 0; i < shown; i++)
    {
      const PhProcess *process = owner->owners[i].process;

      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("%s, PID %d"), process->comm, process->pid);
      if (owner->owners[i].fd >= 0)
        g_string_append_printf (text, _ (", descriptor %d"), owner->owners[i].fd);
    }
  if (shown < owner->n_owners)
    {
      guint rest = owner->n_owners - shown;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", rest), rest);
    }
  if (shown > 0 && *owner->owners[0].process->cmdline)
    append_line (text, owner->owners[0].process->cmdline);
  if (owner->unit)
    append_line (text, owner->unit->name);
}

void
ph_socket_explain_unit (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  if (socket->owner.unit)
    {
      g_string_append (text, socket->owner.unit->name);
      append_line (text, socket->owner.unit->path);
    }
  else
    ph_socket_explain_note (socket, text);
}

/* For every number that only TCP connections have: why it is absent, or the traffic in full. */
void
ph_socket_explain_transfer (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;
  const PhTcp *tcp = ph_socket_transfer (socket);

  if (socket->state == PH_STATE_LISTEN)
    g_string_append (text, _ ("A listening socket carries no data itself"));
  else if (!tcp && socket->key.protocol != PH_PROTOCOL_TCP)
    g_string_append (text, _ ("Linux counts this for TCP connections only"));
  else if (!tcp)
    g_string_append (text, _ ("The kernel does not report this for the connection any more"));
  else
    {
      char received[24], sent[24]; /* ready made: a translated text cannot hold a 64-bit format */

      g_snprintf (received, sizeof received, "%" G_GUINT64_FORMAT, tcp->bytes_received);
      g_snprintf (sent, sizeof sent, "%" G_GUINT64_FORMAT, tcp->bytes_acked);
      g_string_append_printf (text, _ ("Received: %s bytes"), received);
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Sent and acknowledged: %s bytes"), sent);
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Segments sent again: %u of %u"), tcp->total_retrans, tcp->segs_out);
      if (socket->rx_rate == PH_RATE_UNKNOWN)
        append_line (text, _ ("Rates are known after the second look"));
    }
}

void
ph_socket_explain_exposure (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  switch (ph_socket_exposure (socket))
    {
    case PH_EXPOSURE_LOCAL:
      g_string_append (text, _ ("Only programs on this computer can reach it"));
      break;
    case PH_EXPOSURE_ONE:
      g_string_append (text, _ ("Can be reached at this address, if no firewall forbids it:"));
      g_string_append_c (text, ' ');
      ph_socket_format_local_address (record, style, text);
      break;
    case PH_EXPOSURE_EVERY:
      g_string_append (text, _ ("Can be reached at every address of this computer, if no firewall forbids it"));
      if (socket->interface_name)
        {
          g_string_append_c (text, '\n');
          g_string_append_printf (text, _ ("Only through the network interface %s"), socket->interface_name);
        }
      break;
    case PH_EXPOSURE_NONE:
      g_string_append (text, _ ("Does not listen on the network"));
      break;
    }
}

void
ph_socket_explain_timer (gconstpointer record, const PhStyle *style, GString *text)
{
  static const char *const sentences[] = {
    [PH_TIMER_OFF] = N_ ("No timer runs"),
    [PH_TIMER_ON] = N_ ("Sends again what is not acknowledged until then"),
    [PH_TIMER_KEEPALIVE] = N_ ("Asks the silent other end whether it still lives"),
    [PH_TIMER_TIMEWAIT] = N_ ("Forgets the closed connection"),
    [PH_TIMER_PROBE] = N_ ("Asks whether the other end can take data again"),
  };
  const PhSocket *socket = record;

  ph_socket_format_timer (record, style, text);
  if (socket->timer < G_N_ELEMENTS (sentences))
    append_line (text, _ (sentences[socket->timer]));
  if (socket->timer_retransmits > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (
          text,
          g_dngettext (GETTEXT_PACKAGE, "Tried %u time so far", "Tried %u times so far", socket->timer_retransmits),
          socket->timer_retransmits);
    }
}
