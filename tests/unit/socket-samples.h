/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sockets to test with: one of every kind, and any number of random ones. */
#pragma once

#include <string.h>

#include "ph-snapshot.h"
#include "ph-socket.h"

static inline PhAddress
sample_address (const char *text)
{
  PhAddress address = { { 0 } };

  if (*text)
    g_assert_true (ph_address_parse (text, &address, NULL));
  return address;
}

static inline PhSocket
sample_socket (PhProtocol protocol,
               const char *local,
               guint16 local_port,
               const char *remote,
               guint16 remote_port,
               PhSocketState state)
{
  static guint64 cookie;
  PhSocket socket = { 0 };

  socket.key.cookie = ++cookie;
  socket.key.protocol = (guint16) protocol;
  socket.local = sample_address (local);
  socket.remote = sample_address (remote);
  socket.key.family = socket.local.family == PH_FAMILY_IPV4   ? PH_SOCKET_FAMILY_INET
                      : socket.local.family == PH_FAMILY_IPV6 ? PH_SOCKET_FAMILY_INET6
                      : protocol == PH_PROTOCOL_UNIX          ? PH_SOCKET_FAMILY_UNIX
                      : protocol == PH_PROTOCOL_PACKET        ? PH_SOCKET_FAMILY_PACKET
                      : protocol == PH_PROTOCOL_NETLINK       ? PH_SOCKET_FAMILY_NETLINK
                                                              : PH_SOCKET_FAMILY_VSOCK;
  socket.local_port = local_port;
  socket.remote_port = remote_port;
  socket.state = (guint8) state;
  socket.inode = 1000 + cookie;
  socket.uid = 1000;
  socket.rx_rate = PH_RATE_UNKNOWN;
  socket.tx_rate = PH_RATE_UNKNOWN;
  return socket;
}

static const PhUnit sample_unit = { PH_UNIT_SERVICE, "nginx.service", "/system.slice/nginx.service" };

static const PhProcess sample_nginx
    = { .pid = 812, .ppid = 1, .start_ticks = 5, .comm = "nginx", .exe = "/usr/sbin/nginx", .cmdline = "nginx -g x" };
static const PhProcess sample_nginx_2
    = { .pid = 813, .ppid = 812, .start_ticks = 6, .comm = "nginx", .exe = "", .cmdline = "" };
static const PhProcess sample_evil
    = { .pid = 4, .ppid = 1, .start_ticks = 7, .comm = "=cmd|\"x\",<b>", .exe = "", .cmdline = "" };

static const PhOwner sample_owners[] = { { &sample_nginx, 6 }, { &sample_nginx, 7 }, { &sample_nginx_2, 6 } };
static const PhOwner sample_evil_owner[] = { { &sample_evil, -1 } };

static const guint32 sample_memory[PH_SOCKET_N_MEMORY] = { [8] = 7 };

static const PhTcp sample_tcp = {
  .rtt_us = 1250,
  .min_rtt_us = 85,
  .snd_cwnd = 10,
  .total_retrans = 3,
  .bytes_received = 1234567,
  .bytes_acked = 999,
  .delivery_rate = 2500000,
  .segs_out = 40,
};

typedef struct
{
  PhSocket listener, established, time_wait, mapped, udp, udp_any, udp6, raw, unix_listener, unix_stream, packet,
      netlink, vsock, zero;
} Samples;

static inline Samples
samples_make (void)
{
  Samples s;

  memset (&s, 0, sizeof s);

  s.listener = sample_socket (PH_PROTOCOL_TCP, "0.0.0.0", 443, "0.0.0.0", 0, PH_STATE_LISTEN);
  s.listener.recv_q = 3;
  s.listener.send_q = 128;
  s.listener.owner.owners = sample_owners;
  s.listener.owner.n_owners = 3;
  s.listener.owner.note = PH_OWNER_PROCESS;
  s.listener.owner.unit = &sample_unit;
  s.listener.tcp = &sample_tcp;
  s.listener.user = "www";

  s.established = sample_socket (PH_PROTOCOL_TCP, "192.168.1.5", 50000, "93.184.216.34", 443, PH_STATE_ESTABLISHED);
  s.established.tcp = &sample_tcp;
  s.established.rx_rate = 1200000;
  s.established.tx_rate = 0;
  s.established.timer = PH_TIMER_KEEPALIVE;
  s.established.timer_ms = 12300;
  s.established.congestion = "cubic";
  s.established.owner.owners = sample_evil_owner;
  s.established.owner.n_owners = 1;
  s.established.owner.note = PH_OWNER_PROCESS;
  s.established.flags = PH_SOCKET_MARK_KNOWN;
  s.established.mark = 42;
  s.established.memory = sample_memory;
  s.established.head.last_seen = 200 * G_USEC_PER_SEC;
  s.established.interface = 2;
  s.established.interface_name = "eth0";

  s.time_wait = sample_socket (PH_PROTOCOL_TCP, "10.0.0.1", 80, "10.0.0.2", 40000, PH_STATE_TIME_WAIT);
  s.time_wait.inode = 0;
  s.time_wait.uid = 0;
  s.time_wait.owner.note = PH_OWNER_KERNEL_STATE;

  s.mapped = sample_socket (PH_PROTOCOL_TCP, "::ffff:127.0.0.1", 8080, "::ffff:127.0.0.1", 40001, PH_STATE_CLOSE_WAIT);
  s.mapped.owner.note = PH_OWNER_BY_SERVICE;
  s.mapped.owner.unit = &sample_unit;

  s.udp = sample_socket (PH_PROTOCOL_UDP, "127.0.0.53", 53, "0.0.0.0", 0, PH_STATE_CLOSE);
  s.udp_any = sample_socket (PH_PROTOCOL_UDP, "::", 5353, "::", 0, PH_STATE_CLOSE);
  s.udp6 = sample_socket (PH_PROTOCOL_UDP, "fe80::1", 546, "::", 0, PH_STATE_CLOSE);
  s.udp6.interface = 3;
  s.udp6.interface_name = "wlan0";
  s.raw = sample_socket (PH_PROTOCOL_RAW, "::", 0, "::", 0, PH_STATE_CLOSE);
  s.raw.protocol_number = 58;

  s.unix_listener = sample_socket (PH_PROTOCOL_UNIX, "", 0, "", 0, PH_STATE_LISTEN);
  s.unix_listener.path = "/run/dbus/system_bus_socket";
  s.unix_listener.type = PH_TYPE_STREAM;
  s.unix_listener.flags = PH_SOCKET_LISTENING;
  s.unix_stream = sample_socket (PH_PROTOCOL_UNIX, "", 0, "", 0, PH_STATE_ESTABLISHED);
  s.unix_stream.path = "@Müller";
  s.unix_stream.type = PH_TYPE_SEQPACKET;
  s.unix_stream.peer_inode = 77;

  s.packet = sample_socket (PH_PROTOCOL_PACKET, "", 0, "", 0, PH_STATE_CLOSE);
  s.netlink = sample_socket (PH_PROTOCOL_NETLINK, "", 0, "", 0, PH_STATE_UNKNOWN);
  s.netlink.uid = PH_UID_UNKNOWN;
  s.vsock = sample_socket (PH_PROTOCOL_VSOCK, "", 0, "", 0, PH_STATE_ESTABLISHED);
  s.vsock.uid = PH_UID_UNKNOWN;
  return s;
}

/* Anything a decoder could make, and some that none would. */
static inline void
sample_random (GRand *rand, PhSocket *socket)
{
  static const char *const addresses[] = { "0.0.0.0", "127.0.0.1", "10.1.2.3",   "192.168.1.5", "8.8.8.8",
                                           "::",      "::1",       "fe80::1234", "2001:db8::5", "::ffff:10.9.8.7" };
  static const char *const users[] = { "root", "alice", "Élodie", NULL };
  static const char *const paths[] = { "/run/a", "@abstract", "/tmp/ÄÖ", NULL };
  static const PhOwnership owners[] = {
    { .note = PH_OWNER_UNKNOWN },
    { .note = PH_OWNER_PROCESS, .owners = sample_owners, .n_owners = 3, .unit = &sample_unit },
    { .note = PH_OWNER_PROCESS, .owners = sample_evil_owner, .n_owners = 1 },
    { .note = PH_OWNER_BY_SERVICE, .unit = &sample_unit },
    { .note = PH_OWNER_KERNEL_STATE },
    { .note = PH_OWNER_OTHER_USER },
  };
  PhProtocol protocol = (PhProtocol) g_rand_int_range (rand, PH_PROTOCOL_TCP, PH_PROTOCOL_VSOCK + 1);
  gboolean ip = protocol < PH_PROTOCOL_UNIX;
  guint which = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (addresses));
  const char *local = ip ? addresses[which] : "";
  const char *remote = ip ? addresses[which < 5 ? g_rand_int_range (rand, 0, 5) : g_rand_int_range (rand, 5, 10)] : "";
  PhRecord head = socket->head;

  *socket = sample_socket (protocol, local, ip ? (guint16) g_rand_int_range (rand, 0, 2000) : 0, remote,
                           ip ? (guint16) g_rand_int_range (rand, 0, 3) * 443 : 0,
                           (PhSocketState) g_rand_int_range (rand, 0, PH_STATE_BOUND_INACTIVE + 1));
  socket->head = head;
  socket->recv_q = (guint32) g_rand_int_range (rand, 0, 4);
  socket->send_q = (guint32) g_rand_int_range (rand, 0, 4) * 1000;
  socket->uid = (guint32) g_rand_int_range (rand, 0, 3) * 1000;
  socket->inode = (guint64) g_rand_int_range (rand, 0, 3) * 77;
  socket->user = users[g_rand_int_range (rand, 0, G_N_ELEMENTS (users))];
  socket->timer = (guint8) g_rand_int_range (rand, 0, 7);
  socket->timer_ms = g_rand_int (rand);
  socket->interface_name = g_rand_boolean (rand) ? "eth0" : NULL;
  socket->flags = (guint8) g_rand_int_range (rand, 0, 64);
  socket->type = (guint8) g_rand_int_range (rand, 0, 6);
  socket->owner = owners[g_rand_int_range (rand, 0, G_N_ELEMENTS (owners))];
  socket->head.mark = (guint8) g_rand_int_range (rand, 0, 4);
  if (!ip)
    socket->path = paths[g_rand_int_range (rand, 0, G_N_ELEMENTS (paths))];
  if (protocol == PH_PROTOCOL_TCP && g_rand_boolean (rand))
    {
      socket->tcp = &sample_tcp;
      socket->rx_rate = (guint32) g_rand_int_range (rand, 0, 5) * 1000;
      socket->tx_rate = g_rand_boolean (rand) ? PH_RATE_UNKNOWN : 5;
    }
}
