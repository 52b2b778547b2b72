/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inet_diag answers: recorded ones field by field, built ones for what cannot be recorded, spoilt ones. */
#include "capture.h"

#include <linux/inet_diag.h>

#define UNKNOWN PH_UID_UNKNOWN

typedef struct
{
  PhRequestName request;
  PhSocketFamily family;
  PhProtocol protocol;
  const char *local;
  guint local_port;
  const char *remote;
  guint remote_port;
  PhSocketState state;
  guint recv_q, send_q;
  guint32 uid;
  guint flags;
  gboolean held; /* has an inode */
} Row;

#define INET  PH_SOCKET_FAMILY_INET
#define INET6 PH_SOCKET_FAMILY_INET6
#define KNOWN PH_SOCKET_MARK_KNOWN
#define SYN   (KNOWN | PH_SOCKET_SIGN_ACKED) /* it has connected */
#define ONLY  (KNOWN | PH_SOCKET_V6ONLY_KNOWN | PH_SOCKET_V6ONLY)
#define BOTH  (KNOWN | PH_SOCKET_V6ONLY_KNOWN)
#define TCP4  PH_REQUEST_TCP4, INET, PH_PROTOCOL_TCP
#define TCP6  PH_REQUEST_TCP6, INET6, PH_PROTOCOL_TCP

/* The sockets that tests/fixtures/make.py opens. */
static const Row tcp4[] = {
  { TCP4, "127.0.0.1", 8000, "0.0.0.0", 0, PH_STATE_LISTEN, 1, 5, 0, KNOWN, TRUE },
  { TCP4, "127.0.0.1", 8000, "127.0.0.2", 40000, PH_STATE_ESTABLISHED, 0, 0, UNKNOWN, KNOWN, FALSE },
  { TCP4, "127.0.0.2", 40000, "127.0.0.1", 8000, PH_STATE_ESTABLISHED, 0, 0, 0, SYN, TRUE },
  { TCP4, "0.0.0.0", 8001, "0.0.0.0", 0, PH_STATE_LISTEN, 0, 128, 0, KNOWN, TRUE },
  { TCP4, "127.0.0.1", 8002, "0.0.0.0", 0, PH_STATE_LISTEN, 0, 1, 0, KNOWN, TRUE },
  { TCP4, "127.0.0.1", 8002, "127.0.0.2", 40001, PH_STATE_ESTABLISHED, 1000, 0, 0, KNOWN, TRUE },
  { TCP4, "127.0.0.2", 40001, "127.0.0.1", 8002, PH_STATE_ESTABLISHED, 0, 0, 0, SYN, TRUE },
  { TCP4, "127.0.0.1", 8002, "127.0.0.2", 40002, PH_STATE_CLOSE_WAIT, 1, 0, 0, KNOWN, TRUE },
  { TCP4, "127.0.0.2", 40002, "127.0.0.1", 8002, PH_STATE_FIN_WAIT2, 0, 0, UNKNOWN, KNOWN, FALSE },
  { TCP4, "127.0.0.2", 40003, "127.0.0.1", 8002, PH_STATE_TIME_WAIT, 0, 0, UNKNOWN, KNOWN, FALSE },
};

static const Row tcp6[] = {
  { TCP6, "::", 8000, "::", 0, PH_STATE_LISTEN, 0, 7, 0, ONLY, TRUE },
  { TCP6, "::", 8001, "::", 0, PH_STATE_LISTEN, 0, 7, 0, BOTH, TRUE },
  { TCP6, "::ffff:127.0.0.1", 8001, "::ffff:127.0.0.2", 40000, PH_STATE_ESTABLISHED, 0, 0, 0, KNOWN, TRUE },
  { TCP6, "fe80::1", 8002, "::", 0, PH_STATE_LISTEN, 0, 7, 0, ONLY, TRUE },
  { TCP6, "2001:db8::1", 8001, "2001:db8::1", 40001, PH_STATE_ESTABLISHED, 0, 0, 0, KNOWN, TRUE },
  { TCP6, "2001:db8::1", 40001, "2001:db8::1", 8001, PH_STATE_ESTABLISHED, 0, 0, 0, SYN, TRUE },
};

static const Row udp[] = {
  { PH_REQUEST_UDP4, INET, PH_PROTOCOL_UDP, "127.0.0.1", 5300, "0.0.0.0", 0, PH_STATE_CLOSE, 832, 0, 0, KNOWN, TRUE },
  { PH_REQUEST_UDP4, INET, PH_PROTOCOL_UDP, "127.0.0.2", 5301, "127.0.0.1", 5300, PH_STATE_ESTABLISHED, 0, 0, 0, KNOWN,
    TRUE },
  { PH_REQUEST_UDP6, INET6, PH_PROTOCOL_UDP, "::1", 5302, "::", 0, PH_STATE_CLOSE, 0, 0, 0, ONLY, TRUE },
  { PH_REQUEST_UDPLITE4, INET, PH_PROTOCOL_UDPLITE, "127.0.0.1", 5303, "0.0.0.0", 0, PH_STATE_CLOSE, 0, 0, 0, KNOWN,
    TRUE },
};

static const Row mptcp[] = {
  { PH_REQUEST_MPTCP4, INET, PH_PROTOCOL_MPTCP, "127.0.0.1", 8010, "0.0.0.0", 0, PH_STATE_LISTEN, 0, 4, 0, KNOWN,
    TRUE },
  { PH_REQUEST_MPTCP4, INET, PH_PROTOCOL_MPTCP, "127.0.0.1", 8010, "127.0.0.2", 40010, PH_STATE_ESTABLISHED, 0, 0, 0,
    KNOWN, TRUE },
  { PH_REQUEST_MPTCP4, INET, PH_PROTOCOL_MPTCP, "127.0.0.2", 40010, "127.0.0.1", 8010, PH_STATE_ESTABLISHED, 0, 0, 0,
    KNOWN, TRUE },
};

static const PhSocket *
find (PhSnapshot *snapshot, PhRequestName request, guint local_port, guint remote_port)
{
  const PhSocket *found = NULL;

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      if (socket->head.request == request && socket->local_port == local_port && socket->remote_port == remote_port)
        {
          g_assert_null (found);
          found = socket;
        }
    }
  g_assert_nonnull (found);
  return found;
}

static void
check_address (const PhAddress *address, const char *text)
{
  char formatted[PH_ADDRESS_TEXT_MAX];

  ph_address_format (address, formatted);
  g_assert_cmpstr (formatted, ==, text);
}

static void
check_rows (PhSnapshot *snapshot, const Row *rows, guint n)
{
  g_autoptr (GHashTable) cookies = g_hash_table_new (g_int64_hash, g_int64_equal);

  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, n);
  for (guint i = 0; i < n; i++)
    {
      const Row *row = &rows[i];
      const PhSocket *socket = find (snapshot, row->request, row->local_port, row->remote_port);

      g_assert_cmpuint (socket->key.family, ==, row->family);
      g_assert_cmpuint (socket->key.protocol, ==, row->protocol);
      g_assert_cmpuint (socket->key.net_ns, ==, 0);
      g_assert_true (g_hash_table_add (cookies, (gpointer) &socket->key.cookie));
      check_address (&socket->local, row->local);
      check_address (&socket->remote, row->remote);
      g_assert_cmpuint (socket->state, ==, row->state);
      g_assert_cmpuint (socket->recv_q, ==, row->recv_q);
      g_assert_cmpuint (socket->send_q, ==, row->send_q);
      g_assert_cmpuint (socket->uid, ==, row->uid);
      g_assert_cmpuint (socket->flags, ==, row->flags);
      /* Of these two the kernel has kept no more than a stub. */
      g_assert_cmpuint (socket->memory == NULL, ==,
                        row->state == PH_STATE_FIN_WAIT2 || row->state == PH_STATE_TIME_WAIT);
      g_assert_cmpuint (socket->inode != 0, ==, row->held);
      g_assert_cmpuint (socket->rx_rate, ==, PH_RATE_UNKNOWN);
      g_assert_cmpuint (socket->tx_rate, ==, PH_RATE_UNKNOWN);
      g_assert_cmpuint (socket->owner.note, ==, PH_OWNER_UNKNOWN);
      g_assert_null (socket->path);
    }
}

static void
test_tcp4 (void)
{
  g_autoptr (PhSnapshot) snapshot = capture_decode ("tcp4");
  const PhSocket *socket;

  check_rows (snapshot, tcp4, G_N_ELEMENTS (tcp4));

  socket = find (snapshot, PH_REQUEST_TCP4, 8001, 0);
  g_assert_cmpuint (socket->mark, ==, 0x1234);
  g_assert_cmpuint (socket->interface, ==, 1);
  g_assert_cmpuint (socket->local.scope, ==, 0);

  socket = find (snapshot, PH_REQUEST_TCP4, 8002, 40001);
  g_assert_cmpuint (socket->memory[0], ==, 1832);
  g_assert_cmpuint (socket->memory[1], ==, 131072);
  g_assert_cmpuint (socket->cgroup_id, !=, 0);
  g_assert_nonnull (socket->congestion);
  g_assert_nonnull (socket->tcp);
  g_assert_cmpuint (socket->tcp_info->state, ==, PH_STATE_ESTABLISHED);
  g_assert_cmpuint (socket->tcp->bytes_received, ==, 1000);
  g_assert_cmpuint (socket->tcp_info->data_segs_in, ==, 1);
  g_assert_cmpuint (find (snapshot, PH_REQUEST_TCP4, 40001, 8002)->tcp->bytes_acked, ==, 1001);
  g_assert_cmpuint (find (snapshot, PH_REQUEST_TCP4, 40001, 8002)->tcp_info->bytes_sent, ==, 1000);
  g_assert_cmpuint (find (snapshot, PH_REQUEST_TCP4, 40001, 8002)->tcp->rtt_us, >, 0);

  socket = find (snapshot, PH_REQUEST_TCP4, 8002, 40002);
  g_assert_cmpuint (socket->shutdown, ==, 1);

  socket = find (snapshot, PH_REQUEST_TCP4, 40003, 8002);
  g_assert_cmpuint (socket->timer, ==, PH_TIMER_TIMEWAIT);
  g_assert_cmpuint (socket->timer_ms, >, 50000);
  g_assert_cmpuint (socket->timer_ms, <=, 60000);
  g_assert_null (socket->tcp);
}

static void
test_tcp6 (void)
{
  g_autoptr (PhSnapshot) snapshot = capture_decode ("tcp6");
  const PhSocket *socket;

  check_rows (snapshot, tcp6, G_N_ELEMENTS (tcp6));
  socket = find (snapshot, PH_REQUEST_TCP6, 8002, 0);
  g_assert_cmpuint (socket->interface, >, 1);
  g_assert_cmpuint (socket->local.scope, ==, socket->interface);
  g_assert_cmpuint (socket->remote.scope, ==, 0);
}

static void
test_udp (void)
{
  g_autoptr (PhSnapshot) snapshot = capture_decode ("udp");

  check_rows (snapshot, udp, G_N_ELEMENTS (udp));
  g_assert_null (find (snapshot, PH_REQUEST_UDP4, 5300, 0)->tcp);
}

static void
test_mptcp (void)
{
  g_autoptr (PhSnapshot) snapshot = capture_decode ("mptcp");

  check_rows (snapshot, mptcp, G_N_ELEMENTS (mptcp));
  g_assert_null (find (snapshot, PH_REQUEST_MPTCP4, 8010, 40010)->tcp);
}

/* --- built --- */

static struct inet_diag_msg
make_diag (guint8 family, guint8 state, guint16 sport, guint16 dport)
{
  struct inet_diag_msg diag = {
    .idiag_family = family,
    .idiag_state = state,
    .id = { .idiag_sport = g_htons (sport), .idiag_dport = g_htons (dport), .idiag_cookie = { 7, 1 } },
    .idiag_uid = 1000,
    .idiag_inode = 4242,
  };

  return diag;
}

static const PhSocket *
decode_as (Message *message, PhRequestName request, PhArena *arena)
{
  PhSocket *socket = ph_arena_alloc (arena, sizeof *socket);

  g_assert_true (ph_decode_inet_diag (&message->header, request, PH_WANT_TCP_WHOLE, arena, socket));
  return socket;
}

static void
test_cookie (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  struct inet_diag_msg diag = make_diag (AF_INET, PH_STATE_ESTABLISHED, 80, 1025);
  Message message;
  guint64 by_address;

  message_begin (&message, &diag, sizeof diag);
  g_assert_cmphex (decode_as (&message, PH_REQUEST_TCP4, arena)->key.cookie, ==, G_GUINT64_CONSTANT (0x100000007));

  /* None, said in two ways: by the inode. */
  memset (diag.id.idiag_cookie, 0xff, sizeof diag.id.idiag_cookie);
  message_begin (&message, &diag, sizeof diag);
  g_assert_cmphex (decode_as (&message, PH_REQUEST_TCP4, arena)->key.cookie, ==, G_GUINT64_CONSTANT (1) << 63 | 4242);
  memset (diag.id.idiag_cookie, 0, sizeof diag.id.idiag_cookie);
  message_begin (&message, &diag, sizeof diag);
  g_assert_cmphex (decode_as (&message, PH_REQUEST_TCP4, arena)->key.cookie, ==, G_GUINT64_CONSTANT (1) << 63 | 4242);

  /* No inode either: by the addresses, the same each time, another for another port. */
  diag.idiag_inode = 0;
  message_begin (&message, &diag, sizeof diag);
  by_address = decode_as (&message, PH_REQUEST_TCP4, arena)->key.cookie;
  g_assert_cmphex (by_address >> 62, ==, 3);
  g_assert_cmphex (decode_as (&message, PH_REQUEST_TCP4, arena)->key.cookie, ==, by_address);
  diag.id.idiag_dport = g_htons (1026);
  message_begin (&message, &diag, sizeof diag);
  g_assert_cmphex (decode_as (&message, PH_REQUEST_TCP4, arena)->key.cookie, !=, by_address);
}

static void
test_raw (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  struct inet_diag_msg diag = make_diag (AF_INET6, PH_STATE_CLOSE, 58, 0);
  const PhSocket *socket;
  Message message;

  message_begin (&message, &diag, sizeof diag);
  socket = decode_as (&message, PH_REQUEST_RAW6, arena);
  g_assert_cmpuint (socket->protocol_number, ==, 58);
  g_assert_cmpuint (socket->local_port, ==, 0);
  g_assert_cmpuint (socket->key.protocol, ==, PH_PROTOCOL_RAW);
}

/* Associations of one socket come with one cookie, and states of their own. */
static void
test_sctp (void)
{
  static const guint8 states[][2] = {
    { 1, PH_STATE_SYN_SENT },  { 2, PH_STATE_SYN_RECV },   { 3, PH_STATE_ESTABLISHED }, { 4, PH_STATE_FIN_WAIT1 },
    { 5, PH_STATE_FIN_WAIT2 }, { 6, PH_STATE_CLOSE_WAIT }, { 7, PH_STATE_LAST_ACK },    { 8, PH_STATE_UNKNOWN },
  };
  g_autoptr (PhArena) arena = ph_arena_new ();
  struct inet_diag_msg diag = make_diag (AF_INET, PH_STATE_LISTEN, 3868, 0);
  guint64 cookies[2];
  Message message;

  message_begin (&message, &diag, sizeof diag);
  g_assert_cmpuint (decode_as (&message, PH_REQUEST_SCTP4, arena)->state, ==, PH_STATE_LISTEN);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      diag = make_diag (AF_INET, states[i][0], 3868, 1025);
      message_begin (&message, &diag, sizeof diag);
      g_assert_cmpuint (decode_as (&message, PH_REQUEST_SCTP4, arena)->state, ==, states[i][1]);
    }
  for (guint i = 0; i < 2; i++)
    {
      diag = make_diag (AF_INET, 3, 3868, (guint16) (1025 + i));
      message_begin (&message, &diag, sizeof diag);
      cookies[i] = decode_as (&message, PH_REQUEST_SCTP4, arena)->key.cookie;
      g_assert_cmphex (decode_as (&message, PH_REQUEST_SCTP4, arena)->key.cookie, ==, cookies[i]);
    }
  g_assert_cmphex (cookies[0], !=, cookies[1]);
}

static void
test_states (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();

  for (guint state = 0; state < 256; state++)
    {
      struct inet_diag_msg diag = make_diag (AF_INET, (guint8) state, 1, 2);
      Message message;

      message_begin (&message, &diag, sizeof diag);
      g_assert_cmpuint (decode_as (&message, PH_REQUEST_TCP4, arena)->state, ==,
                        state <= PH_STATE_BOUND_INACTIVE ? state : PH_STATE_UNKNOWN);
    }
}

/* tcp_info of an older and of a newer kernel; memory of one that knows fewer values. */
static void
test_growing (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  struct inet_diag_msg diag = make_diag (AF_INET, PH_STATE_ESTABLISHED, 1, 2);
  guint8 info[400];
  guint32 memory[12];
  const PhSocket *socket;
  Message message;

  memset (info, 0x11, sizeof info);
  for (guint i = 0; i < G_N_ELEMENTS (memory); i++)
    memory[i] = i + 1;
  for (gsize length = 0; length <= sizeof info; length++)
    {
      gsize n_memory = length % (sizeof memory + 1);

      message_begin (&message, &diag, sizeof diag);
      message_put (&message, INET_DIAG_INFO, info, length);
      message_put (&message, INET_DIAG_SKMEMINFO, memory, n_memory);
      socket = decode_as (&message, PH_REQUEST_TCP4, arena);
      g_assert_nonnull (socket->tcp);
      for (gsize i = 0; i < sizeof *socket->tcp_info; i++)
        g_assert_cmpuint (((const guint8 *) socket->tcp_info)[i], ==, i < length ? 0x11 : 0);
      for (gsize i = 0; i < PH_SOCKET_N_MEMORY; i++)
        if (n_memory % sizeof memory[0] == 0)
          g_assert_cmpuint (socket->memory[i], ==, i < n_memory / sizeof memory[0] ? i + 1 : 0);

      /* It is TCP's alone: others have other structs under the same number. */
      g_assert_null (decode_as (&message, PH_REQUEST_SCTP4, arena)->tcp);
      g_assert_null (decode_as (&message, PH_REQUEST_MPTCP4, arena)->tcp);
    }
}

static void
test_attributes (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  struct inet_diag_msg diag = make_diag (AF_INET6, PH_STATE_ESTABLISHED, 1, 2);
  struct inet_diag_meminfo memory = { .idiag_rmem = 1, .idiag_wmem = 2, .idiag_fmem = 3, .idiag_tmem = 4 };
  guint64 cgroup = G_GUINT64_CONSTANT (0x123456789abc);
  guint32 mark = 99, garbage[] = { 0x00040000, 0xffffffff, 0x00010004 };
  guint8 shutdown = 0xfe, v6only = 1;
  const PhSocket *socket;
  Message message;

  /* Nothing but the header. */
  message_begin (&message, &diag, sizeof diag);
  socket = decode_as (&message, PH_REQUEST_TCP6, arena);
  g_assert_cmpuint (socket->flags, ==, 0);
  g_assert_null (socket->tcp);
  g_assert_null (socket->congestion);
  g_assert_cmpuint (socket->cgroup_id, ==, 0);

  /* Everything, between things that nobody has asked for; the second mark counts. */
  message_put (&message, INET_DIAG_LOCALS, garbage, sizeof garbage);
  message_put (&message, INET_DIAG_PEERS | NLA_F_NESTED, garbage, sizeof garbage);
  message_put (&message, 0x2000, garbage, sizeof garbage);
  message_put (&message, INET_DIAG_MEMINFO, &memory, sizeof memory);
  message_put (&message, INET_DIAG_MARK, garbage, sizeof mark);
  message_put (&message, INET_DIAG_MARK, &mark, sizeof mark);
  message_put (&message, INET_DIAG_CGROUP_ID, &cgroup, sizeof cgroup);
  message_put (&message, INET_DIAG_SHUTDOWN, &shutdown, sizeof shutdown);
  message_put (&message, INET_DIAG_SKV6ONLY, &v6only, sizeof v6only);
  message_put (&message, INET_DIAG_CONG, "new\033[1m", sizeof "new\033[1m");
  socket = decode_as (&message, PH_REQUEST_TCP6, arena);
  g_assert_cmpuint (socket->mark, ==, 99);
  g_assert_cmphex (socket->cgroup_id, ==, cgroup);
  g_assert_cmpuint (socket->shutdown, ==, 2);
  g_assert_cmpuint (socket->flags, ==, ONLY);
  g_assert_cmpstr (socket->congestion, ==, "new\\x1B[1m");
  g_assert_cmpuint (socket->memory[0], ==, 1);
  g_assert_cmpuint (socket->memory[2], ==, 4);
  g_assert_cmpuint (socket->memory[4], ==, 3);
  g_assert_cmpuint (socket->memory[5], ==, 2);

  /* Too short to mean anything. */
  message_begin (&message, &diag, sizeof diag);
  message_put (&message, INET_DIAG_MARK, &mark, 3);
  message_put (&message, INET_DIAG_CGROUP_ID, &cgroup, 7);
  message_put (&message, INET_DIAG_SHUTDOWN, &shutdown, 0);
  message_put (&message, INET_DIAG_CONG, "", 0);
  socket = decode_as (&message, PH_REQUEST_TCP6, arena);
  g_assert_cmpuint (socket->mark, ==, 0);
  g_assert_cmpuint (socket->flags, ==, 0);
  g_assert_cmpuint (socket->cgroup_id, ==, 0);
  g_assert_cmpuint (socket->shutdown, ==, 0);
  g_assert_null (socket->congestion);

  /* A name without its NUL. */
  message_begin (&message, &diag, sizeof diag);
  message_put (&message, INET_DIAG_CONG, "cubic", 5);
  g_assert_cmpstr (decode_as (&message, PH_REQUEST_TCP6, arena)->congestion, ==, "cubic");
}

/* What is always kept says the same as the whole, which is kept where it is wanted. */
static void
test_brief (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  struct inet_diag_msg diag = make_diag (AF_INET, PH_STATE_ESTABLISHED, 1, 2);
  PhSocket brief = { 0 };
  const PhSocket *socket;
  const PhTcpInfo *whole;
  guint8 info[sizeof (PhTcpInfo)];
  Message message;

  for (guint i = 0; i < sizeof info; i++)
    info[i] = (guint8) (i * 7);
  message_begin (&message, &diag, sizeof diag);
  message_put (&message, INET_DIAG_INFO, info, sizeof info);

  socket = decode_as (&message, PH_REQUEST_TCP4, arena);
  whole = socket->tcp_info;
  g_assert_cmpmem (whole, sizeof *whole, info, sizeof info);
  g_assert_cmpuint (socket->tcp->bytes_received, ==, whole->bytes_received);
  g_assert_cmpuint (socket->tcp->bytes_acked, ==, whole->bytes_acked);
  g_assert_cmpuint (socket->tcp->delivery_rate, ==, whole->delivery_rate);
  g_assert_cmpuint (socket->tcp->pacing_rate, ==, whole->pacing_rate);
  g_assert_cmpuint (socket->tcp->rtt_us, ==, whole->rtt_us);
  g_assert_cmpuint (socket->tcp->rttvar_us, ==, whole->rttvar_us);
  g_assert_cmpuint (socket->tcp->min_rtt_us, ==, whole->min_rtt_us);
  g_assert_cmpuint (socket->tcp->snd_cwnd, ==, whole->snd_cwnd);
  g_assert_cmpuint (socket->tcp->total_retrans, ==, whole->total_retrans);
  g_assert_cmpuint (socket->tcp->lost, ==, whole->lost);
  g_assert_cmpuint (socket->tcp->segs_out, ==, whole->segs_out);
  g_assert_cmpuint (socket->tcp->segs_in, ==, whole->segs_in);

  g_assert_true (ph_decode_inet_diag (&message.header, PH_REQUEST_TCP4, PH_WANT_TCP_INFO, arena, &brief));
  g_assert_null (brief.tcp_info);
  g_assert_cmpmem (brief.tcp, sizeof *brief.tcp, socket->tcp, sizeof *socket->tcp);
}

static void
test_family (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  struct inet_diag_msg diag = make_diag (AF_UNIX, PH_STATE_ESTABLISHED, 1, 2);
  PhSocket socket = { 0 };
  Message message;

  message_begin (&message, &diag, sizeof diag);
  g_assert_false (ph_decode_inet_diag (&message.header, PH_REQUEST_TCP4, 0, arena, &socket));
}

/* A frame of several messages: what is malformed is counted and left out, what is cut ends it. */
static void
test_frame (void)
{
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  struct inet_diag_msg diag = make_diag (AF_INET, PH_STATE_ESTABLISHED, 1, 2);
  struct inet_diag_msg wrong = make_diag (77, PH_STATE_ESTABLISHED, 1, 2);
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  Message message;

  for (guint i = 0; i < 6; i++)
    {
      message_begin (&message, i == 1 ? &wrong : &diag, sizeof diag);
      if (i == 2)
        message.header.nlmsg_type = NLMSG_NOOP;
      if (i == 3)
        message.header.nlmsg_type = 99;
      if (i == 5)
        message.header.nlmsg_len += 4;
      g_byte_array_append (frame, (const guint8 *) &message, MNL_NLMSG_HDRLEN + sizeof diag);
    }

  ph_decode_netlink_frame (snapshot, PH_REQUEST_TCP4, 0, frame->data, frame->len);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 2);
  g_assert_cmpuint (ph_snapshot_look (snapshot, PH_REQUEST_TCP4)->malformed, ==, 3);

  /* A count that does not wrap around. */
  for (guint i = 0; i < 70000; i++)
    ph_decode_netlink_frame (snapshot, PH_REQUEST_TCP4, 0, frame->data, 1);
  g_assert_cmpuint (ph_snapshot_look (snapshot, PH_REQUEST_TCP4)->malformed, ==, G_MAXUINT16);
}

static gboolean
decode_tcp (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket)
{
  return ph_decode_inet_diag (message, PH_REQUEST_TCP6, PH_WANT_TCP_WHOLE, arena, socket);
}

static gboolean
decode_sctp (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket)
{
  return ph_decode_inet_diag (message, PH_REQUEST_SCTP4, PH_WANT_TCP_WHOLE, arena, socket);
}

static void
test_spoilt (void)
{
  static const char *const captures[] = { "tcp4", "tcp6", "udp", "mptcp" };

  for (guint i = 0; i < G_N_ELEMENTS (captures); i++)
    {
      g_autoptr (GPtrArray) messages = capture_messages (captures[i]);

      for (guint k = 0; k < messages->len; k++)
        {
          torture (decode_tcp, g_ptr_array_index (messages, k), sizeof (struct inet_diag_msg));
          torture (decode_sctp, g_ptr_array_index (messages, k), sizeof (struct inet_diag_msg));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode-inet/tcp4", test_tcp4);
  g_test_add_func ("/decode-inet/tcp6", test_tcp6);
  g_test_add_func ("/decode-inet/udp", test_udp);
  g_test_add_func ("/decode-inet/mptcp", test_mptcp);
  g_test_add_func ("/decode-inet/cookie", test_cookie);
  g_test_add_func ("/decode-inet/raw", test_raw);
  g_test_add_func ("/decode-inet/sctp", test_sctp);
  g_test_add_func ("/decode-inet/states", test_states);
  g_test_add_func ("/decode-inet/growing", test_growing);
  g_test_add_func ("/decode-inet/brief", test_brief);
  g_test_add_func ("/decode-inet/attributes", test_attributes);
  g_test_add_func ("/decode-inet/family", test_family);
  g_test_add_func ("/decode-inet/frame", test_frame);
  g_test_add_func ("/decode-inet/spoilt", test_spoilt);
  return g_test_run ();
}
