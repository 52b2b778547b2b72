/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every column of the Connections table on sockets of every kind. */
#include "socket-samples.h"

#include "ph-linker.h"

static const PhStyle numeric = { .numeric = TRUE };

static const PhColumn *
column (const char *id)
{
  const PhColumn *found = ph_schema_find_column (&ph_socket_schema, id);

  g_assert_nonnull (found);
  return found;
}

static char *
cell (const PhSocket *socket, const char *id, const PhStyle *style)
{
  GString *text = g_string_new (NULL);

  ph_column_format (column (id), socket, style, text);
  return g_string_free (text, FALSE);
}

static char *
tip (const PhSocket *socket, const char *id)
{
  GString *text = g_string_new (NULL);

  ph_column_explain (column (id), socket, &numeric, text);
  return g_string_free (text, FALSE);
}

static PhValue
value (const PhSocket *socket, const char *id)
{
  PhValue found = { PH_VALUE_NONE };

  column (id)->value (socket, &found);
  return found;
}

#define assert_cell(socket, id, expected)                                                                              \
  do                                                                                                                   \
    {                                                                                                                  \
      g_autofree char *text = cell (socket, id, &numeric);                                                             \
      g_assert_cmpstr (text, ==, expected);                                                                            \
    }                                                                                                                  \
  while (0)
#define assert_tip_has(socket, id, part)                                                                               \
  do                                                                                                                   \
    {                                                                                                                  \
      g_autofree char *text = tip (socket, id);                                                                        \
      g_test_message ("%s: %s", id, text);                                                                             \
      g_assert_nonnull (strstr (text, part));                                                                          \
    }                                                                                                                  \
  while (0)
#define assert_uint(socket, id, number)                                                                                \
  do                                                                                                                   \
    {                                                                                                                  \
      PhValue found = value (socket, id);                                                                              \
      g_assert_cmpint (found.kind, ==, PH_VALUE_UINT);                                                                 \
      g_assert_cmpuint (found.uint, ==, number);                                                                       \
    }                                                                                                                  \
  while (0)
#define assert_text(socket, id, expected)                                                                              \
  do                                                                                                                   \
    {                                                                                                                  \
      PhValue found = value (socket, id);                                                                              \
      g_assert_cmpint (found.kind, ==, PH_VALUE_TEXT);                                                                 \
      g_assert_cmpstr (found.text, ==, expected);                                                                      \
    }                                                                                                                  \
  while (0)
#define assert_absent(socket, id) g_assert_cmpint (value (socket, id).kind, ==, PH_VALUE_NONE)

/* The ids that scripts rely on, and the columns a new window shows, in order. */
static void
test_ids (void)
{
  static const char *const ids[] = {
    "proto",  "family",     "local_address", "local_port", "remote_address", "remote_port", "state",   "recv_q",
    "send_q", "uid",        "user",          "inode",      "cookie",         "interface",   "pid",     "process",
    "owners", "owner_note", "unit",          "exposure",   "rx_bytes",       "tx_bytes",    "rx_rate", "tx_rate",
    "rtt_us", "min_rtt_us", "retransmits",   "cwnd",       "delivery_rate",  "timer",       "path",    "peer",
    "age",    "cgroup",     "mark",          "drops",      "type",           "congestion",
  };
  static const char *const shown[]
      = { "proto",   "local_address", "local_port", "remote_address", "remote_port", "state",
          "process", "pid",           "user",       "rx_rate",        "tx_rate" };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_shown = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_nonnull (column (ids[i]));
  g_assert_null (ph_schema_find_column (&ph_socket_schema, "nothing"));

  for (guint i = 0; i < ph_socket_schema.n_columns; i++)
    {
      const PhColumn *c = &ph_socket_schema.columns[i];

      g_assert_true (g_hash_table_add (seen, (gpointer) c->id));
      g_assert_cmpuint (strspn (c->id, "abcdefghijklmnopqrstuvwxyz_"), ==, strlen (c->id));
      g_assert_true (g_ascii_isupper (*c->title));
      g_assert_cmpuint (strlen (c->help), >, 3);
      g_assert_null (strchr (c->help, '\n'));
      g_assert_cmpuint (c->width, >, 0);
      g_assert_nonnull (c->value);
      if (c->flags & PH_COLUMN_SHOWN)
        g_assert_cmpstr (c->id, ==, shown[n_shown++]);
    }
  g_assert_cmpuint (n_shown, ==, G_N_ELEMENTS (shown));
}

static void
test_fields (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ph_socket_schema.n_fields; i++)
    {
      const PhFilterField *field = &ph_socket_schema.fields[i];

      g_assert_true (g_hash_table_add (seen, (gpointer) field->name));
      for (guint j = 0; j < G_N_ELEMENTS (field->columns) && field->columns[j]; j++)
        g_assert_nonnull (column (field->columns[j]));
      g_assert_true (field->columns[0] || (field->words && field->is) || field->nth);
      if (field->words)
        g_assert_cmpuint (g_strv_length ((char **) field->words), <=, 64);
    }
}

static void
test_listener (void)
{
  Samples s = samples_make ();
  const PhSocket *l = &s.listener;

  assert_text (l, "proto", "tcp");
  assert_text (l, "family", "inet");
  assert_text (l, "state", "LISTEN");
  assert_cell (l, "local_address", "0.0.0.0");
  assert_cell (l, "local_port", "443");
  assert_uint (l, "local_port", 443);
  assert_cell (l, "remote_port", "*");
  assert_absent (l, "remote_port");
  assert_cell (l, "recv_q", "3/128");
  assert_uint (l, "recv_q", 3);
  assert_uint (l, "send_q", 128);
  assert_tip_has (l, "recv_q", "3 of 128 connections wait to be accepted");
  assert_tip_has (l, "send_q", "At most 128 connections");
  assert_tip_has (l, "local_address", "Every address (IPv4)");
  assert_cell (l, "process", "nginx +1"); /* two processes, one of them twice */
  assert_uint (l, "pid", 812);
  assert_tip_has (l, "process", "nginx, PID 812, descriptor 7");
  assert_tip_has (l, "process", "nginx -g x");
  assert_text (l, "unit", "nginx.service");
  assert_text (l, "cgroup", "/system.slice/nginx.service");
  assert_text (l, "exposure", "any");
  assert_cell (l, "exposure", "Every address");
  assert_text (l, "owner_note", "process");
  assert_absent (l, "rx_bytes"); /* although it has a tcp_info */
  assert_absent (l, "rtt_us");
  assert_absent (l, "rx_rate");
  assert_tip_has (l, "rx_rate", "listening socket");
  assert_cell (l, "user", "1000");
  assert_text (l, "user", "www");
  assert_cell (l, "owners", "812/nginx;812/nginx;813/nginx");

  s.listener.recv_q = 103; /* 80 % of 128 is 102.4 */
  assert_cell (l, "recv_q", "⚠ 103/128");
  assert_tip_has (l, "recv_q", "Nearly full");
  s.listener.recv_q = 102;
  assert_cell (l, "recv_q", "102/128");
}

static void
test_established (void)
{
  Samples s = samples_make ();
  const PhSocket *e = &s.established;

  assert_cell (e, "remote_address", "93.184.216.34");
  assert_tip_has (e, "remote_address", "Internet");
  assert_tip_has (e, "local_address", "Local network");
  assert_cell (e, "rx_rate", "1.2 MB/s");
  assert_uint (e, "rx_rate", 1200000);
  assert_cell (e, "tx_rate", "0");
  assert_cell (e, "rx_bytes", "1.2 MB");
  assert_uint (e, "rx_bytes", 1234567);
  assert_uint (e, "tx_bytes", 999);
  assert_cell (e, "rtt_us", "1.3 ms");
  assert_uint (e, "min_rtt_us", 85);
  assert_uint (e, "retransmits", 3);
  assert_uint (e, "cwnd", 10);
  assert_cell (e, "delivery_rate", "2.5 MB/s");
  assert_text (e, "congestion", "cubic");
  assert_text (e, "timer", "keepalive");
  assert_uint (e, "timer_ms", 12300);
  assert_cell (e, "timer", "keepalive (12.3 s)");
  assert_cell (e, "mark", "0x2a");
  assert_uint (e, "mark", 42);
  assert_uint (e, "drops", 7);
  assert_uint (e, "age", 200);
  assert_cell (e, "age", "3 min");
  assert_text (e, "interface", "eth0");
  assert_absent (e, "exposure");
  assert_absent (e, "path");
  assert_absent (e, "peer");
  assert_tip_has (e, "state", "both ends may send");
  assert_cell (e, "process", "=cmd|\"x\",<b>");
}

static void
test_others (void)
{
  Samples s = samples_make ();

  assert_absent (&s.time_wait, "uid"); /* the kernel's 0 is not root */
  assert_absent (&s.time_wait, "user");
  assert_absent (&s.time_wait, "inode");
  assert_absent (&s.time_wait, "pid");
  assert_absent (&s.time_wait, "process");
  assert_cell (&s.time_wait, "user", "");
  assert_tip_has (&s.time_wait, "process", "TIME_WAIT");

  assert_text (&s.mapped, "proto", "tcp6");
  assert_cell (&s.mapped, "local_address", "::ffff:127.0.0.1");
  assert_tip_has (&s.mapped, "local_address", "IPv4 address");
  assert_tip_has (&s.mapped, "local_address", "This computer");
  assert_cell (&s.mapped, "process", "nginx.service (service)");
  assert_absent (&s.mapped, "process");
  assert_text (&s.mapped, "owner_note", "service");

  assert_absent (&s.udp, "state");
  assert_cell (&s.udp, "state", "");
  assert_text (&s.udp, "exposure", "loopback");
  assert_text (&s.udp_any, "exposure", "any");
  assert_text (&s.udp6, "exposure", "address");
  assert_cell (&s.udp6, "local_address", "fe80::1%wlan0");
  assert_text (&s.raw, "proto", "raw6");

  assert_text (&s.unix_listener, "state", "LISTENING");
  assert_text (&s.unix_stream, "state", "CONNECTED");
  assert_absent (&s.unix_stream, "local_address");
  assert_absent (&s.unix_stream, "local_port");
  assert_cell (&s.unix_stream, "local_port", "");
  assert_cell (&s.unix_stream, "local_address", "@Müller");
  assert_text (&s.unix_stream, "path", "@Müller");
  assert_text (&s.unix_stream, "type", "SEQPACKET");
  assert_uint (&s.unix_stream, "peer", 77);
  assert_absent (&s.unix_listener, "exposure");
  assert_absent (&s.netlink, "uid");
  assert_absent (&s.vsock, "uid");
  assert_uint (&s.packet, "uid", 1000);
}

static void
test_names (void)
{
  static const char services[] = "https 443/tcp\ndomain 53/udp\n";
  g_autoptr (PhNames) names = ph_names_new (16);
  PhStyle style = { .names = names };
  Samples s = samples_make ();
  PhAddress wanted[4];

  ph_names_set_services (names, services, sizeof services - 1);
  s.established.remote.scope = 0;

#define assert_styled(socket, id, expected)                                                                            \
  do                                                                                                                   \
    {                                                                                                                  \
      g_autofree char *text = cell (socket, id, &style);                                                               \
      g_assert_cmpstr (text, ==, expected);                                                                            \
    }                                                                                                                  \
  while (0)
  assert_styled (&s.established, "remote_port", "https · 443");
  assert_styled (&s.established, "local_port", "50000");
  assert_styled (&s.udp, "local_port", "domain · 53");
  assert_styled (&s.listener, "user", "www");

  style.quiet = TRUE; /* asks for nothing */
  assert_styled (&s.established, "remote_address", "93.184.216.34");
  g_assert_cmpuint (ph_names_wanted (names, wanted, 4), ==, 0);
  style.quiet = FALSE;
  assert_styled (&s.established, "remote_address", "93.184.216.34");
  assert_styled (&s.listener, "local_address", "0.0.0.0"); /* every address has no name */
  g_assert_cmpuint (ph_names_wanted (names, wanted, 4), ==, 1);
  g_assert_cmpint (ph_address_compare (&wanted[0], &s.established.remote), ==, 0);

  ph_names_set_host (names, &wanted[0], "example.org");
  assert_styled (&s.established, "remote_address", "93.184.216.34 · example.org");
  style.numeric = TRUE;
  assert_styled (&s.established, "remote_address", "93.184.216.34");
  assert_styled (&s.established, "remote_port", "443");
#undef assert_styled
}

static void
test_words (void)
{
  Samples s = samples_make ();

  g_assert_true (ph_socket_is (&s.listener, PH_SOCKET_IS_LISTENING));
  g_assert_true (ph_socket_is (&s.udp, PH_SOCKET_IS_LISTENING));
  g_assert_true (ph_socket_is (&s.raw, PH_SOCKET_IS_LISTENING));
  g_assert_true (ph_socket_is (&s.unix_listener, PH_SOCKET_IS_LISTENING));
  g_assert_false (ph_socket_is (&s.unix_stream, PH_SOCKET_IS_LISTENING));
  g_assert_false (ph_socket_is (&s.established, PH_SOCKET_IS_LISTENING));
  g_assert_true (ph_socket_is (&s.established, PH_SOCKET_IS_ESTABLISHED));
  g_assert_true (ph_socket_is (&s.time_wait, PH_SOCKET_IS_CLOSING));
  g_assert_true (ph_socket_is (&s.mapped, PH_SOCKET_IS_CLOSING));
  g_assert_false (ph_socket_is (&s.established, PH_SOCKET_IS_CLOSING));
  g_assert_true (ph_socket_is (&s.mapped, PH_SOCKET_IS_IPV6));
  g_assert_false (ph_socket_is (&s.mapped, PH_SOCKET_IS_IPV4));
  g_assert_true (ph_socket_is (&s.mapped, PH_SOCKET_IS_INET));
  g_assert_false (ph_socket_is (&s.unix_stream, PH_SOCKET_IS_INET));
  g_assert_true (ph_socket_is (&s.unix_stream, PH_SOCKET_IS_UNIX));
  for (const PhSocket *socket = &s.listener; socket <= &s.zero; socket++)
    {
      g_assert_cmpint (ph_socket_is (socket, PH_SOCKET_IS_LISTENING), ==, !ph_socket_is (socket, PH_SOCKET_IS_ACTIVE));
      g_assert_false (ph_socket_is (socket, PH_SOCKET_IS_NEW));
    }
  s.udp.head.mark = PH_MARK_NEW;
  s.raw.head.mark = PH_MARK_CLOSED;
  s.packet.head.mark = PH_MARK_STALE;
  g_assert_true (ph_socket_is (&s.udp, PH_SOCKET_IS_NEW));
  g_assert_true (ph_socket_is (&s.raw, PH_SOCKET_IS_CLOSED));
  g_assert_true (ph_socket_is (&s.packet, PH_SOCKET_IS_STALE));
}

static void
check_all_columns (const PhSocket *socket)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < ph_socket_schema.n_columns; i++)
    {
      const PhColumn *c = &ph_socket_schema.columns[i];
      PhValue found = { PH_VALUE_NONE };

      c->value (socket, &found);
      g_assert_true (found.kind == PH_VALUE_NONE || found.kind == c->kind || found.kind == PH_VALUE_JSON);
      g_assert_true (found.kind != PH_VALUE_TEXT || g_utf8_validate (found.text, -1, NULL));
      ph_column_format (c, socket, &numeric, text);
      ph_column_explain (c, socket, &numeric, text);
      g_assert_cmpint (ph_column_compare (c, socket, socket), ==, 0);
    }
  g_assert_true (g_utf8_validate (text->str, (gssize) text->len, NULL));
}

/* No record makes any column crash, whatever is in it; and every order is one. */
static void
test_any_record (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  Samples s = samples_make ();
  PhSocket sockets[120];

  for (const PhSocket *socket = &s.listener; socket <= &s.zero; socket++)
    check_all_columns (socket);

  memset (sockets, 0, sizeof sockets);
  for (guint i = 0; i < G_N_ELEMENTS (sockets); i++)
    {
      sample_random (rand, &sockets[i]);
      if (i % 10 == 0) /* numbers out of every enum */
        {
          sockets[i].state = sockets[i].timer = sockets[i].type = sockets[i].key.family = 255;
          sockets[i].key.protocol = 65535;
        }
      check_all_columns (&sockets[i]);
    }

  for (guint c = 0; c < ph_socket_schema.n_columns; c++)
    for (guint i = 0; i < G_N_ELEMENTS (sockets); i++)
      for (guint j = 0; j < i; j++)
        {
          const PhColumn *by = &ph_socket_schema.columns[c];
          guint64 a = ph_column_rank (by, &sockets[i]), b = ph_column_rank (by, &sockets[j]);
          int order = ph_column_compare (by, &sockets[i], &sockets[j]);

          g_assert_cmpint ((order > 0) - (order < 0), ==,
                           -CLAMP (ph_column_compare (by, &sockets[j], &sockets[i]), -1, 1));
          if (a < b && b != PH_RANK_ABSENT && order != 0)
            g_assert_cmpint (order, <, 0);
          if (a == b && (by->flags & PH_COLUMN_RANK_EXACT) && order != 0)
            g_error ("%s: equal ranks, but not equal", by->id);
        }
}

static void
test_rates (void)
{
  PhTcp before = { .bytes_received = 1000, .bytes_acked = 500 };
  PhTcp now = { .bytes_received = 3000, .bytes_acked = 400 };
  PhSocket first = { .tcp = &before }, second = { .tcp = &now };

  ph_socket_schema.advance (&second, &first, 500000);
  g_assert_cmpuint (second.rx_rate, ==, 4000);
  g_assert_cmpuint (second.tx_rate, ==, PH_RATE_UNKNOWN); /* went back */

  now.bytes_received = G_MAXUINT64;
  ph_socket_schema.advance (&second, &first, 1);
  g_assert_cmpuint (second.rx_rate, ==, PH_RATE_UNKNOWN - 1);

  second.tcp = NULL;
  ph_socket_schema.advance (&second, &first, 1000);
  g_assert_cmpuint (second.rx_rate, ==, PH_RATE_UNKNOWN);
}

/* A copied record lives without its source. */
static void
test_copy (void)
{
  PhSnapshot *from = ph_snapshot_new (&ph_socket_schema, 1);
  g_autoptr (PhSnapshot) to = ph_snapshot_new (&ph_socket_schema, 2);
  struct
  {
    PhFrameProcess process;
    char text[5];
  } frame = { { .pid = 99, .start_ticks = 3, .comm_length = 5 }, "hello" };
  PhProcess *process = ph_process_decode (&frame, offsetof (typeof (frame), text) + 5, NULL);
  PhUnit *unit = ph_unit_parse ("/system.slice/x.service", 23);
  PhOwner *owner = ph_arena_alloc (ph_snapshot_arena (from), sizeof *owner);
  PhSocket *source = ph_snapshot_add (from), *target;
  PhTcp *tcp = ph_arena_alloc (ph_snapshot_arena (from), sizeof *tcp);
  PhTcpInfo *info = ph_arena_alloc (ph_snapshot_arena (from), sizeof *info);
  guint32 *memory = ph_arena_alloc (ph_snapshot_arena (from), PH_SOCKET_N_MEMORY * sizeof *memory);

  g_assert_nonnull (process);
  ph_snapshot_keep (from, process, (GDestroyNotify) ph_process_unref);
  ph_snapshot_keep (from, unit, (GDestroyNotify) ph_unit_unref);
  owner->process = process;
  owner->fd = 4;
  tcp->bytes_acked = 77;
  source->tcp = tcp;
  info->snd_wnd = 78;
  source->tcp_info = info;
  memory[8] = 79;
  source->memory = memory;
  source->path = ph_arena_string (ph_snapshot_arena (from), "/run/x");
  source->user = ph_arena_string (ph_snapshot_arena (from), "root");
  source->congestion = ph_arena_string (ph_snapshot_arena (from), "bbr");
  source->interface_name = ph_arena_string (ph_snapshot_arena (from), "lo");
  source->owner = (PhOwnership){ .owners = owner, .n_owners = 1, .note = PH_OWNER_PROCESS, .unit = unit };
  source->local_port = 80;

  target = ph_snapshot_add (to);
  ph_socket_schema.copy (to, target, source);
  ph_snapshot_unref (from);

  g_assert_cmpuint (target->local_port, ==, 80);
  g_assert_cmpuint (target->tcp->bytes_acked, ==, 77);
  g_assert_cmpuint (target->tcp_info->snd_wnd, ==, 78);
  g_assert_cmpuint (target->memory[8], ==, 79);
  g_assert_cmpstr (target->path, ==, "/run/x");
  g_assert_cmpstr (target->user, ==, "root");
  g_assert_cmpstr (target->congestion, ==, "bbr");
  g_assert_cmpstr (target->interface_name, ==, "lo");
  g_assert_cmpint (target->owner.owners[0].fd, ==, 4);
  g_assert_cmpstr (target->owner.owners[0].process->comm, ==, "hello");
  g_assert_cmpstr (target->owner.unit->name, ==, "x.service");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/columns/ids", test_ids);
  g_test_add_func ("/columns/fields", test_fields);
  g_test_add_func ("/columns/listener", test_listener);
  g_test_add_func ("/columns/established", test_established);
  g_test_add_func ("/columns/others", test_others);
  g_test_add_func ("/columns/names", test_names);
  g_test_add_func ("/columns/any-record", test_any_record);
  g_test_add_func ("/socket/words", test_words);
  g_test_add_func ("/socket/rates", test_rates);
  g_test_add_func ("/socket/copy", test_copy);
  return g_test_run ();
}
