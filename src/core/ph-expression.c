/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Neither language can say everything: where one cannot tell two sockets apart, it finds both, never the wrong one. */
#include "ph-expression.h"

#include <string.h>

#include "ph-filter-complete.h"

/* --- ss --- */

/* The letter of ss's option; 0: it has none. */
static char
ss_letter (PhProtocol protocol)
{
  static const char letters[] = {
    [PH_PROTOCOL_TCP] = 't',  [PH_PROTOCOL_UDP] = 'u',   [PH_PROTOCOL_RAW] = 'w',  [PH_PROTOCOL_SCTP] = 'S',
    [PH_PROTOCOL_DCCP] = 'd', [PH_PROTOCOL_MPTCP] = 'M', [PH_PROTOCOL_UNIX] = 'x',
  };

  return protocol < G_N_ELEMENTS (letters) ? letters[protocol] : 0;
}

/* "src 192.0.2.7:22", "dst [2001:db8::1]:443"; without a port its name would be taken from the address. */
static void
append_ss_end (GString *text, const char *end, const PhAddress *address, guint16 port)
{
  if (text->len > 0)
    g_string_append (text, " and ");
  g_string_append_printf (text, "%s ", end);
  ph_address_print_end (address, port, text);
}

/* The length of what ph_text_sanitize() makes of a byte or character that is not to be shown; 0: it is not such. */
static gsize
escape_length (const char *text)
{
  gsize i = 3;

  if (text[0] != '\\')
    return 0;
  if (text[1] == 'x')
    return g_ascii_isxdigit (text[2]) && g_ascii_isxdigit (text[3]) ? 4 : 0;
  if (text[1] != 'u' || text[2] != '{')
    return 0;
  while (g_ascii_isxdigit (text[i]))
    i++;
  return i > 3 && text[i] == '}' ? i + 1 : 0;
}

/* The path is a pattern as in glob(7), and ss's own lexer takes the backslash before any character away. What could
 * not be shown is not known any more: a star stands for it. */
static void
append_ss_path (GString *text, const char *path)
{
  g_string_append (text, "src unix:");
  while (*path)
    {
      gsize escape = escape_length (path);

      if (escape > 0)
        g_string_append_c (text, '*');
      else if (*path == '\\')
        g_string_append (text, "\\\\\\\\");
      else
        {
          if (*path == ' ')
            g_string_append_c (text, '\\');
          else if (strchr ("*?[", *path))
            g_string_append (text, "\\\\");
          g_string_append_c (text, *path);
        }
      path += MAX (escape, 1);
    }
}

static gboolean
has_peer (const PhSocket *socket)
{
  return socket->remote.family != PH_FAMILY_NONE && (socket->remote_port != 0 || !ph_address_is_any (&socket->remote));
}

char *
ph_expression_ss (gconstpointer record)
{
  const PhSocket *socket = record;
  gboolean listens = socket->state == PH_STATE_LISTEN || (socket->flags & PH_SOCKET_LISTENING);
  char letter = ss_letter (socket->key.protocol);
  g_autoptr (GString) filter = g_string_new (NULL);
  g_autofree char *quoted = NULL;
  /* A raw socket has no port; the kernel keeps its protocol there, and ss shows and compares it so. */
  guint16 port = socket->key.protocol == PH_PROTOCOL_RAW ? socket->protocol_number : socket->local_port;

  if (letter == 0)
    return NULL;
  if (socket->key.protocol == PH_PROTOCOL_UNIX)
    {
      if (!socket->path || *socket->path == '\0')
        return NULL;
      append_ss_path (filter, socket->path);
    }
  else if (socket->local.family != PH_FAMILY_NONE)
    {
      if (port != 0 || !ph_address_is_any (&socket->local))
        append_ss_end (filter, "src", &socket->local, port);
      if (has_peer (socket))
        append_ss_end (filter, "dst", &socket->remote, socket->remote_port);
    }
  if (filter->len == 0)
    return NULL;
  quoted = g_shell_quote (filter->str);
  return g_strdup_printf ("-%c%c %s", letter, listens ? 'l' : 'a', quoted);
}

/* --- tcpdump --- */

static void
append_pcap (GString *text, const char *word, const char *value)
{
  if (text->len > 0)
    g_string_append (text, " and ");
  g_string_append (text, word);
  if (value)
    g_string_append_printf (text, " %s", value);
}

/* What an IPv6 socket says to an IPv4 address goes by IPv4. */
static void
append_pcap_host (GString *text, const PhAddress *address)
{
  const PhAddress plain = ph_address_plain (address);
  char number[PH_ADDRESS_TEXT_MAX];

  ph_address_format (&plain, number);
  append_pcap (text, "host", number);
}

static void
append_pcap_port (GString *text, guint16 port)
{
  char number[8];

  g_snprintf (number, sizeof number, "%u", port);
  append_pcap (text, "port", number);
}

/* "tcp", "ip proto 136": the language has words for some, and of these alone it knows where the ports are. */
static gboolean
append_pcap_protocol (GString *text, const PhSocket *socket, gboolean *has_ports)
{
  const gboolean ipv6 = socket->local.family == PH_FAMILY_IPV6 && !ph_address_is_mapped (&socket->local);
  char number[16];
  guint protocol;

  *has_ports = TRUE;
  switch (socket->key.protocol)
    {
    case PH_PROTOCOL_TCP:
    case PH_PROTOCOL_MPTCP:
      append_pcap (text, "tcp", NULL);
      return TRUE;
    case PH_PROTOCOL_UDP:
      append_pcap (text, "udp", NULL);
      return TRUE;
    case PH_PROTOCOL_SCTP:
      append_pcap (text, "sctp", NULL);
      return TRUE;
    case PH_PROTOCOL_DCCP:
      protocol = 33; /* IPPROTO_DCCP */
      break;
    case PH_PROTOCOL_UDPLITE:
      protocol = 136; /* IPPROTO_UDPLITE */
      break;
    case PH_PROTOCOL_RAW:
      protocol = socket->protocol_number;
      break;
    default:
      return FALSE;
    }
  *has_ports = FALSE;
  if (protocol > 254) /* IPPROTO_RAW: sends anything */
    return FALSE;
  g_snprintf (number, sizeof number, "proto %u", protocol);
  append_pcap (text, ipv6 ? "ip6" : "ip", number);
  return TRUE;
}

/* It is bound to no address, and takes packets of this version only. A socket at :: takes both, unless it is known not
 * to. */
static const char *
only_version (const PhSocket *socket)
{
  if (socket->local.family == PH_FAMILY_IPV4 || ph_address_is_mapped (&socket->local))
    return "ip";
  return socket->flags & PH_SOCKET_V6ONLY ? "ip6" : NULL;
}

char *
ph_expression_pcap (gconstpointer record)
{
  const PhSocket *socket = record;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean has_local = socket->local.family != PH_FAMILY_NONE && !ph_address_is_any (&socket->local);
  gboolean has_remote = socket->remote.family != PH_FAMILY_NONE && !ph_address_is_any (&socket->remote);
  gboolean has_ports;
  gboolean says_enough;

  if (socket->local.family == PH_FAMILY_NONE || !append_pcap_protocol (text, socket, &has_ports))
    return NULL;
  says_enough = has_local || has_remote || !has_ports || socket->local_port != 0;
  if (!says_enough)
    return NULL;
  if (has_ports && !has_local && !has_remote && only_version (socket))
    {
      g_string_prepend (text, " and ");
      g_string_prepend (text, only_version (socket));
    }
  /* Not "src … and dst …": answers go the other way. That the two ends have exchanged their ports does not happen. */
  if (has_local)
    append_pcap_host (text, &socket->local);
  if (has_ports && socket->local_port != 0)
    append_pcap_port (text, socket->local_port);
  if (has_remote && !(has_local && ph_address_compare (&socket->local, &socket->remote) == 0))
    append_pcap_host (text, &socket->remote);
  if (has_ports && socket->remote_port != 0 && socket->remote_port != socket->local_port)
    append_pcap_port (text, socket->remote_port);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- our own --- */

char *
ph_expression_owner (gconstpointer record)
{
  const PhOwnership *owner = &((const PhSocket *) record)->owner;
  g_autofree char *name = NULL;

  /* Of a service with a single process the socket may have been another's, earlier. */
  if (owner->n_owners > 0 && owner->note != PH_OWNER_BY_SERVICE)
    return g_strdup_printf ("pid:%d", owner->owners[0].process->pid);
  if (owner->note != PH_OWNER_BY_SERVICE || !owner->unit || !owner->unit->name)
    return NULL;
  name = ph_filter_quote (owner->unit->name);
  return g_strconcat ("unit:=", name, NULL);
}
