/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of /proc/net: as kernels write them, cut at every length, and with fields that are none. */
#include "capture.h"
#include "ph-scan.h"

typedef struct
{
  PhRequestName request;
  guint part;
  const char *line;

  PhSocketFamily family;
  const char *local;
  guint local_port;
  const char *remote;
  guint remote_port;
  PhSocketState state;
  PhSocketType type;
  guint protocol_number;
  guint recv_q, send_q;
  guint32 uid;
  guint64 inode;
  guint interface;
  const char *path;
  const char *last; /* the last field without which the line is not understood */
} Row;

#define ADDRESS_6 "B80D0120000000000000000001000000"

static const Row rows[] = {
  { PH_REQUEST_TCP4, 0,
    "   0: 0100007F:1F40 00000000:0000 0A 00000000:00000001 00:00000000 00000000  1000        0 4711 1 0000000000000000 "
    "100 0 0 10 0",
    PH_SOCKET_FAMILY_INET, "127.0.0.1", 8000, "0.0.0.0", 0, PH_STATE_LISTEN, PH_TYPE_NONE, 0, 1, 0, 1000, 4711, 0, NULL,
    "4711" },
  { PH_REQUEST_UDP6, 0,
    "  12: " ADDRESS_6 ":0035 0000000000000000FFFF0000000200C0:C000 01 00000002:00000340 00:00000000 00000000    0     "
    "   0 99 2 ffff888000000000 17",
    PH_SOCKET_FAMILY_INET6, "2001:db8::1", 53, "::ffff:192.0.2.0", 49152, PH_STATE_ESTABLISHED, PH_TYPE_NONE, 0, 0x340,
    2, 0, 99, 0, NULL, "99 2" },
  { PH_REQUEST_UDPLITE4, 0,
    "    1: 00000000:14B7 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 5 2 0000000000000000 0 "
    "           ",
    PH_SOCKET_FAMILY_INET, "0.0.0.0", 5303, "0.0.0.0", 0, PH_STATE_CLOSE, PH_TYPE_NONE, 0, 0, 0, 0, 5, 0, NULL,
    "5 2 0000" },
  { PH_REQUEST_RAW4, 0,
    "   1: 0100007F:0001 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 370195 2 "
    "0000000000000000 0",
    PH_SOCKET_FAMILY_INET, "127.0.0.1", 0, "0.0.0.0", 0, PH_STATE_CLOSE, PH_TYPE_NONE, 1, 0, 0, 0, 370195, 0, NULL,
    "370195" },
  { PH_REQUEST_RAW6, 0,
    "   58: " ADDRESS_6 ":003A 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0  "
    "      0 370196 2 0000000000000000 0",
    PH_SOCKET_FAMILY_INET6, "2001:db8::1", 0, "::", 0, PH_STATE_CLOSE, PH_TYPE_NONE, 58, 0, 0, 0, 370196, 0, NULL,
    "370196" },
  { PH_REQUEST_SCTP4, 0, "ffff88017e0a0200 ffff880299f7fa00 2   10  29   3868    200 299689357 192.0.2.1 198.51.100.1 ",
    PH_SOCKET_FAMILY_INET, "192.0.2.1", 3868, "", 0, PH_STATE_LISTEN, PH_TYPE_NONE, 0, 0, 0, 200, 299689357, 0, NULL,
    "192.0.2.1" },
  { PH_REQUEST_SCTP6, 0, "       0        0 0   10  29   3868    200     7 2001:0db8:0000:0000:0000:0000:0000:0001 ",
    PH_SOCKET_FAMILY_INET6, "2001:db8::1", 3868, "", 0, PH_STATE_LISTEN, PH_TYPE_NONE, 0, 0, 0, 200, 7, 0, NULL,
    "2001:" },
  { PH_REQUEST_SCTP4, 1,
    "       0        0 2   1   3  0      58       16      496       0 39945153 44206 38412  192.0.2.1 *192.0.2.2 <-> "
    "*198.51.100.7 198.51.100.8 \t   30000     2     2   10    0    0        0        1        0   212992   212992",
    PH_SOCKET_FAMILY_INET, "192.0.2.1", 44206, "198.51.100.7", 38412, PH_STATE_ESTABLISHED, PH_TYPE_NONE, 0, 496, 16, 0,
    39945153, 0, NULL, "192.0.2.1" },
  { PH_REQUEST_UNIX, 0, "00000000e3edf6eb: 00000002 00000000 00010000 0005 01 20511 /run/udev/control",
    PH_SOCKET_FAMILY_UNIX, NULL, 0, NULL, 0, PH_STATE_LISTEN, PH_TYPE_SEQPACKET, 0, 0, 0, PH_UID_UNKNOWN, 20511, 0,
    "/run/udev/control", "20511" },
  { PH_REQUEST_UNIX, 0, "0000000000000000: 00000003 00000000 00000000 0001 03  1078", PH_SOCKET_FAMILY_UNIX, NULL, 0,
    NULL, 0, PH_STATE_ESTABLISHED, PH_TYPE_STREAM, 0, 0, 0, PH_UID_UNKNOWN, 1078, 0, NULL, "1078" },
  { PH_REQUEST_UNIX, 0, "0000000000000000: 00000003 00000000 00000000 0002 01 5  two blanks, \033[1m",
    PH_SOCKET_FAMILY_UNIX, NULL, 0, NULL, 0, PH_STATE_CLOSE, PH_TYPE_DGRAM, 0, 0, 0, PH_UID_UNKNOWN, 5, 0,
    " two blanks, \\x1B[1m", "5  two" },
  { PH_REQUEST_PACKET, 0, "0000000000000000 3      3    0003   2     1 832    1000   370215", PH_SOCKET_FAMILY_PACKET,
    NULL, 0, NULL, 0, PH_STATE_CLOSE, PH_TYPE_RAW, 3, 832, 0, 1000, 370215, 2, "*", "370215" },
  { PH_REQUEST_NETLINK, 0,
    "00000000426f6853 0   4321       00000001 16       32       0     2        0        557     ",
    PH_SOCKET_FAMILY_NETLINK, NULL, 0, NULL, 0, PH_STATE_CLOSE, PH_TYPE_RAW, 0, 16, 32, PH_UID_UNKNOWN, 557, 0,
    "route:4321", "557" },
};

static gboolean
decode (const Row *row, const char *line, gsize length, PhArena *arena, PhSocket *socket)
{
  g_autofree char *exact = g_malloc (MAX (length, 1));
  gboolean good;

  memcpy (exact, line, length);
  memset (socket, 0, sizeof *socket);
  good = ph_decode_proc_line (exact, length, row->request, row->part, arena, socket);
  if (good)
    check_strings (socket);
  return good;
}

static void
check_address (const PhAddress *address, const char *text)
{
  char formatted[PH_ADDRESS_TEXT_MAX];

  if (text == NULL)
    g_assert_cmpuint (address->family, ==, PH_FAMILY_NONE);
  else if (*text == '\0')
    g_assert_true (ph_address_is_any (address));
  else
    {
      ph_address_format (address, formatted);
      g_assert_cmpstr (formatted, ==, text);
    }
}

static void
test_lines (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (PhArena) arena = ph_arena_new ();
      PhSocket socket;

      g_test_message ("%s", row->line);
      g_assert_false (ph_proc_line_is_header (row->request, row->part, row->line, strlen (row->line)));
      g_assert_true (decode (row, row->line, strlen (row->line), arena, &socket));
      g_assert_cmpuint (socket.head.request, ==, row->request);
      g_assert_cmpuint (socket.key.family, ==, row->family);
      g_assert_cmphex (socket.key.cookie >> 63, ==, 1);
      check_address (&socket.local, row->local);
      check_address (&socket.remote, row->remote);
      g_assert_cmpuint (socket.local_port, ==, row->local_port);
      g_assert_cmpuint (socket.remote_port, ==, row->remote_port);
      g_assert_cmpuint (socket.state, ==, row->state);
      g_assert_cmpuint (socket.type, ==, row->type);
      g_assert_cmpuint (socket.protocol_number, ==, row->protocol_number);
      g_assert_cmpuint (socket.recv_q, ==, row->recv_q);
      g_assert_cmpuint (socket.send_q, ==, row->send_q);
      g_assert_cmpuint (socket.uid, ==, row->uid);
      g_assert_cmpuint (socket.inode, ==, row->inode);
      g_assert_cmpuint (socket.interface, ==, row->interface);
      g_assert_cmpstr (socket.path, ==, row->path);
      g_assert_cmpuint (socket.flags & ~PH_SOCKET_LISTENING, ==, PH_SOCKET_FROM_PROC);
      g_assert_cmpuint ((socket.flags & PH_SOCKET_LISTENING) != 0, ==,
                        row->request == PH_REQUEST_UNIX && row->state == PH_STATE_LISTEN);
      g_assert_cmpuint (socket.rx_rate, ==, PH_RATE_UNKNOWN);
    }
}

/* Every prefix: refused while something that is needed is missing. From then on it may be taken. */
static void
test_prefixes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (PhArena) arena = ph_arena_new ();
      PhSocket socket;

      for (gsize length = 0; length < strlen (row->line); length++)
        {
          gboolean good = decode (row, row->line, length, arena, &socket);

          if (length <= (gsize) (strstr (row->line, row->last) - row->line))
            g_assert_false (good);
        }
    }
}

/* One character spoilt at a time: any answer will do, but for the first word there is no character that matters. */
static void
test_spoilt (void)
{
  static const char evil[] = { '\0', ' ', '-', ':', 'g', 'F', '9', '\t', '\n', '\x7f', '\xff', '*', '%' };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (PhArena) arena = ph_arena_new ();
      g_autofree char *line = g_strdup (row->line);
      gsize length = strlen (line);
      PhSocket socket;

      for (gsize at = 0; at < length; at++)
        for (guint k = 0; k < G_N_ELEMENTS (evil); k++)
          {
            char kept = line[at];

            line[at] = evil[k];
            decode (row, line, length, arena, &socket);
            line[at] = kept;
          }
    }
}

static void
test_refused (void)
{
  static const struct
  {
    PhRequestName request;
    const char *line;
  } lines[] = {
    { PH_REQUEST_RAW4, "" },
    { PH_REQUEST_RAW4, "   " },
    { PH_REQUEST_RAW4, "/usr/lib" },
    { PH_REQUEST_RAW4, "1: 0100007F:0001 00000000:0000 07 0:0 00:0 0 4294967296 0 1 2 0 0" }, /* uid beyond 32 bits */
    { PH_REQUEST_RAW4, "1: 0100007F:0001 00000000:0000 07 0:0 00:0 0 -1 0 1 2 0 0" },         /* no number */
    { PH_REQUEST_RAW4, "1: 0100007F:001 00000000:0000 07 0:0 00:0 0 0 0 1 2 0 0" },           /* a digit missing */
    { PH_REQUEST_RAW4, "1: 0100007:00001 00000000:0000 07 0:0 00:0 0 0 0 1 2 0 0" },
    { PH_REQUEST_RAW4, "1: 0100007F:0001 00000000:0000 107 0:0 00:0 0 0 0 1 2 0 0" }, /* state beyond 8 bits */
    { PH_REQUEST_RAW4, "1: 0100007F:0001 00000000:0000 07 0:0 00:0 0 0 0 18446744073709551616" },
    { PH_REQUEST_UNIX, "0: 2 0 10000 0001 01 12/run/x" },
    { PH_REQUEST_SCTP4, "0 0 2 10 29 65536 0 7 192.0.2.1" },
    { PH_REQUEST_SCTP4, "0 0 2 10 29 1 0 7 192.0.2.256" },
    { PH_REQUEST_VSOCK, "0 0 0" },
    { PH_REQUEST_DCCP4, "0: 0100007F:0001 00000000:0000 07 0:0 00:0 0 0 0 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (PhArena) arena = ph_arena_new ();
      PhSocket socket = { 0 };

      g_test_message ("%s", lines[i].line);
      g_assert_false (ph_decode_proc_line (lines[i].line, strlen (lines[i].line), lines[i].request, 0, arena, &socket));
    }
}

static void
test_timer (void)
{
  static const char line[] = "1: 0100007F:0016 0100007F:0017 01 0:0 02:00000FA0 00000005 0 0 1 2 0 0";
  g_autoptr (PhArena) arena = ph_arena_new ();
  PhSocket socket = { 0 };

  g_assert_true (ph_decode_proc_line (line, strlen (line), PH_REQUEST_TCP4, 0, arena, &socket));
  g_assert_cmpuint (socket.timer, ==, PH_TIMER_KEEPALIVE);
  g_assert_cmpuint (socket.timer_ms, ==, 40000);
  g_assert_cmpuint (socket.timer_retransmits, ==, 5);
}

static void
test_headers (void)
{
  static const char *const headers[] = {
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops",
    "Num       RefCount Protocol Flags    Type St Inode Path",
    "sk               RefCnt Type Proto  Iface R Rmem   User   Inode",
    "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode",
    " ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS",
    " ASSOC     SOCK   STY SST ST HBKT ASSOC-ID TX_QUEUE RX_QUEUE UID INODE LPORT RPORT LADDRS <-> RADDRS",
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    g_assert_true (ph_proc_line_is_header (PH_REQUEST_RAW4, 0, headers[i], strlen (headers[i])));
  g_assert_false (ph_proc_line_is_header (PH_REQUEST_RAW4, 0, "", 0));
  g_assert_false (ph_proc_line_is_header (PH_REQUEST_RAW4, 0, "slx", 3));
  g_assert_true (ph_proc_line_is_header (PH_REQUEST_RAW4, 0, "slx", 2));
}

/* As recorded: RAW has no diag there. */
static void
test_recorded (void)
{
  g_autoptr (PhSnapshot) snapshot = capture_decode ("raw");
  const PhSocket *socket = ph_snapshot_record (snapshot, 0);

  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 2);
  check_address (&socket->local, "127.0.0.1");
  g_assert_cmpuint (socket->key.protocol, ==, PH_PROTOCOL_RAW);
  g_assert_cmpuint (socket->protocol_number, ==, 1);
  g_assert_cmpuint (socket->uid, ==, 0);
  g_assert_cmpuint (socket->inode, >, 0);
  socket = ph_snapshot_record (snapshot, 1);
  check_address (&socket->local, "2001:db8::1");
  g_assert_cmpuint (socket->protocol_number, ==, 58);
}

/* Lines with and without an end, empty ones, bad ones, headers, and those of the other family. */
static void
test_frame (void)
{
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  g_autoptr (GString) text = g_string_new (" ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS\n\n");

  g_string_append_printf (text, "%s\nnonsense\n%s\n%s", rows[5].line, rows[6].line, rows[5].line);
  ph_decode_text_frame (snapshot, PH_REQUEST_SCTP4, 0, text->str, text->len);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 2);
  g_assert_cmpuint (ph_snapshot_look (snapshot, PH_REQUEST_SCTP4)->malformed, ==, 1);
  ph_decode_text_frame (snapshot, PH_REQUEST_SCTP6, 0, text->str, text->len);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 3);
  ph_decode_text_frame (snapshot, PH_REQUEST_SCTP6, 0, "\n\n", 2);
  ph_decode_text_frame (snapshot, PH_REQUEST_SCTP6, 0, "", 0);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 3);
}

/* A limit below the largest digit is a limit, too; and after a failure all is zero. */
static void
test_limit (void)
{
  PhScan scan = ph_scan_begin ("5 9 1", 5);

  g_assert_cmpuint (ph_scan_decimal (&scan, 5), ==, 5);
  g_assert_cmpuint (ph_scan_decimal (&scan, 5), ==, 0);
  g_assert_true (scan.failed);
  g_assert_cmpuint (ph_scan_decimal (&scan, 5), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode-proc/lines", test_lines);
  g_test_add_func ("/decode-proc/prefixes", test_prefixes);
  g_test_add_func ("/decode-proc/spoilt", test_spoilt);
  g_test_add_func ("/decode-proc/refused", test_refused);
  g_test_add_func ("/decode-proc/timer", test_timer);
  g_test_add_func ("/decode-proc/limit", test_limit);
  g_test_add_func ("/decode-proc/headers", test_headers);
  g_test_add_func ("/decode-proc/recorded", test_recorded);
  g_test_add_func ("/decode-proc/frame", test_frame);
  return g_test_run ();
}
