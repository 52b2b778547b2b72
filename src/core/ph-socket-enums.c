/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of protocols, states, timers and types, as netstat(8) writes them. */
#include "ph-socket-enums.h"

const char *
ph_protocol_label (PhProtocol protocol, PhSocketFamily family)
{
  static const char *const ipv6_labels[] = {
    [PH_PROTOCOL_TCP] = "tcp6",     [PH_PROTOCOL_UDP] = "udp6",   [PH_PROTOCOL_UDPLITE] = "udplite6",
    [PH_PROTOCOL_RAW] = "raw6",     [PH_PROTOCOL_SCTP] = "sctp6", [PH_PROTOCOL_DCCP] = "dccp6",
    [PH_PROTOCOL_MPTCP] = "mptcp6",
  };

  if (family == PH_SOCKET_FAMILY_INET6 && (guint) protocol < G_N_ELEMENTS (ipv6_labels) && ipv6_labels[protocol])
    return ipv6_labels[protocol];
  return ph_protocol_name (protocol);
}

const char *
ph_protocol_name (PhProtocol protocol)
{
  static const char *const names[] = {
    [PH_PROTOCOL_NONE] = "",           [PH_PROTOCOL_TCP] = "tcp",         [PH_PROTOCOL_UDP] = "udp",
    [PH_PROTOCOL_UDPLITE] = "udplite", [PH_PROTOCOL_RAW] = "raw",         [PH_PROTOCOL_SCTP] = "sctp",
    [PH_PROTOCOL_DCCP] = "dccp",       [PH_PROTOCOL_MPTCP] = "mptcp",     [PH_PROTOCOL_UNIX] = "unix",
    [PH_PROTOCOL_PACKET] = "packet",   [PH_PROTOCOL_NETLINK] = "netlink", [PH_PROTOCOL_VSOCK] = "vsock",
  };

  return (guint) protocol < G_N_ELEMENTS (names) ? names[protocol] : "";
}

const char *
ph_state_name (PhProtocol protocol, PhSocketState state)
{
  static const char *const names[] = {
    [PH_STATE_UNKNOWN] = "",
    [PH_STATE_ESTABLISHED] = "ESTABLISHED",
    [PH_STATE_SYN_SENT] = "SYN_SENT",
    [PH_STATE_SYN_RECV] = "SYN_RECV",
    [PH_STATE_FIN_WAIT1] = "FIN_WAIT1",
    [PH_STATE_FIN_WAIT2] = "FIN_WAIT2",
    [PH_STATE_TIME_WAIT] = "TIME_WAIT",
    [PH_STATE_CLOSE] = "CLOSE",
    [PH_STATE_CLOSE_WAIT] = "CLOSE_WAIT",
    [PH_STATE_LAST_ACK] = "LAST_ACK",
    [PH_STATE_LISTEN] = "LISTEN",
    [PH_STATE_CLOSING] = "CLOSING",
    [PH_STATE_NEW_SYN_RECV] = "SYN_RECV",
    [PH_STATE_BOUND_INACTIVE] = "BOUND_INACTIVE",
  };

  switch (protocol)
    {
    case PH_PROTOCOL_UDP:
    case PH_PROTOCOL_UDPLITE:
    case PH_PROTOCOL_RAW:
    case PH_PROTOCOL_PACKET:
    case PH_PROTOCOL_NETLINK:
      if (state == PH_STATE_CLOSE) /* all that it means there is "no peer" */
        return "";
      break;
    case PH_PROTOCOL_UNIX: /* netstat has words of its own for these */
      if (state == PH_STATE_CLOSE)
        return "";
      if (state == PH_STATE_ESTABLISHED)
        return "CONNECTED";
      if (state == PH_STATE_LISTEN)
        return "LISTENING";
      if (state == PH_STATE_SYN_SENT)
        return "CONNECTING";
      break;
    default:
      break;
    }
  return (guint) state < G_N_ELEMENTS (names) ? names[state] : "";
}

const char *
ph_timer_name (PhSocketTimer timer)
{
  static const char *const names[] = { "off", "on", "keepalive", "timewait", "probe" };

  return (guint) timer < G_N_ELEMENTS (names) ? names[timer] : "on";
}

const char *
ph_type_name (PhSocketType type)
{
  switch (type)
    {
    case PH_TYPE_STREAM:
      return "STREAM";
    case PH_TYPE_DGRAM:
      return "DGRAM";
    case PH_TYPE_RAW:
      return "RAW";
    case PH_TYPE_SEQPACKET:
      return "SEQPACKET";
    case PH_TYPE_NONE:
    default:
      return NULL;
    }
}
