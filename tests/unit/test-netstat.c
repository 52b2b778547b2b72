/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <glib.h>
#include <string.h>

#include "ph-layout.h"
#include "ph-socket.h"

static PhSocket
make_inet (PhProtocol protocol, const char *local, guint16 local_port, const char *remote, guint16 remote_port)
{
  PhSocket socket = { .key = { .protocol = protocol }, .local_port = local_port, .remote_port = remote_port };

  g_assert_true (ph_address_parse (local, &socket.local, NULL));
  g_assert_true (ph_address_parse (remote, &socket.remote, NULL));
  socket.key.family = socket.local.family == PH_FAMILY_IPV6 ? PH_SOCKET_FAMILY_INET6 : PH_SOCKET_FAMILY_INET;
  return socket;
}

/* What @layout makes of one look at @records. */
static char *
text_of (const PhLayout *layout, const PhOptions *options, PhNames *names, gconstpointer *records)
{
  const PhStyle style = { .numeric = names == NULL, .names = names };
  g_autoptr (GString) text = g_string_new (NULL);
  gpointer state = layout->create (options, &style);

  layout->begin (state, NULL, text);
  for (; *records; records++)
    layout->row (state, *records, text);
  layout->end (state, text);
  layout->destroy (state);
  return g_strdup (text->str);
}

/* The lines that @socket becomes, without the headings. */
static char *
lines_of (const PhSocket *socket, PhOptions options, PhNames *names)
{
  options.all = TRUE;
  options.unix_ = socket->key.family == PH_SOCKET_FAMILY_UNIX;
  options.tcp = !options.unix_;

  g_autofree char *text = text_of (&ph_netstat_sockets, &options, names, (gconstpointer[]){ socket, NULL });

  return g_strdup (strchr (strchr (text, '\n') + 1, '\n') + 1);
}

static char *
line_of (const PhSocket *socket, gboolean programs, PhNames *names)
{
  return lines_of (socket, (PhOptions){ .programs = programs }, names);
}

static void
check_line (const PhSocket *socket, gboolean programs, const char *expected)
{
  g_autofree char *line = line_of (socket, programs, NULL);

  g_assert_cmpstr (line, ==, expected);
}

static void
test_inet (void)
{
  PhSocket listener = make_inet (PH_PROTOCOL_TCP, "0.0.0.0", 22, "0.0.0.0", 0);
  PhSocket established = make_inet (PH_PROTOCOL_TCP, "192.0.2.1", 40000, "198.51.100.255", 443);
  PhSocket ipv6 = make_inet (PH_PROTOCOL_TCP, "::", 8080, "::", 0);
  PhSocket mapped = make_inet (PH_PROTOCOL_TCP, "::ffff:127.0.0.1", 80, "::ffff:127.0.0.1", 1);
  PhSocket udp = make_inet (PH_PROTOCOL_UDP, "127.0.0.1", 53, "0.0.0.0", 0);

  listener.state = PH_STATE_LISTEN;
  listener.send_q = 128;
  check_line (&listener, FALSE, "tcp        0    128 0.0.0.0:22              0.0.0.0:*               LISTEN     \n");

  established.state = PH_STATE_ESTABLISHED;
  established.recv_q = 1234567;
  established.send_q = G_MAXUINT32;
  check_line (&established, FALSE,
              "tcp   1234567 4294967295 192.0.2.1:40000         198.51.100.255:443      ESTABLISHED\n");

  ipv6.state = PH_STATE_LISTEN;
  check_line (&ipv6, FALSE, "tcp6       0      0 :::8080                 :::*                    LISTEN     \n");

  mapped.state = PH_STATE_TIME_WAIT;
  check_line (&mapped, FALSE, "tcp6       0      0 ::ffff:127.0.0.1:80     ::ffff:127.0.0.1:1      TIME_WAIT  \n");

  udp.state = PH_STATE_CLOSE;
  check_line (&udp, FALSE, "udp        0      0 127.0.0.1:53            0.0.0.0:*                          \n");
}

/* Never cut, and still apart. */
static void
test_long_address (void)
{
  PhSocket socket = make_inet (PH_PROTOCOL_TCP, "2001:db8:1111:2222:3333:4444:5555:6666", 65535,
                               "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff", 65535);

  socket.state = PH_STATE_FIN_WAIT1;
  check_line (&socket, FALSE,
              "tcp6       0      0 2001:db8:1111:2222:3333:4444:5555:6666:65535 "
              "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff:65535 FIN_WAIT1  \n");
}

static void
test_raw (void)
{
  PhSocket socket = make_inet (PH_PROTOCOL_RAW, "0.0.0.0", 0, "0.0.0.0", 0);

  socket.state = PH_STATE_CLOSE;
  socket.protocol_number = 1;
  check_line (&socket, FALSE, "raw        0      0 0.0.0.0:1               0.0.0.0:*                          \n");
}

static void
test_programs (void)
{
  const PhProcess nginx = { .pid = 12, .comm = "nginx" };
  const PhProcess other = { .pid = 345, .comm = "nginx" };
  const PhProcess longest = { .pid = 4194304, .comm = "fifteen letters" };
  const PhOwner one[] = { { &nginx, 3 } };
  const PhOwner dup[] = { { &nginx, 3 }, { &nginx, 4 } };
  const PhOwner two[] = { { &nginx, 3 }, { &nginx, 4 }, { &other, 3 } };
  const PhOwner wide[] = { { &longest, 3 } };
  const PhUnit unit = { .kind = PH_UNIT_SERVICE, .name = "cups.service" };
  const struct
  {
    PhOwnership owner;
    const char *text;
  } cases[] = {
    { { .note = PH_OWNER_PROCESS, .owners = one, .n_owners = 1 }, "12/nginx            " },
    { { .note = PH_OWNER_PROCESS, .owners = dup, .n_owners = 2 }, "12/nginx            " },
    { { .note = PH_OWNER_PROCESS, .owners = two, .n_owners = 3 }, "12/nginx +1         " },
    { { .note = PH_OWNER_PROCESS, .owners = wide, .n_owners = 1 }, "4194304/fifteen letters" },
    { { .note = PH_OWNER_BY_SERVICE, .unit = &unit }, "(cups.service)      " },
    { { .note = PH_OWNER_BY_SERVICE }, "-                   " },
    { { .note = PH_OWNER_KERNEL_STATE }, "-                   " },
    { { .note = PH_OWNER_OTHER_USER }, "-                   " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhSocket socket = make_inet (PH_PROTOCOL_TCP, "127.0.0.1", 80, "0.0.0.0", 0);
      g_autofree char *expected
          = g_strconcat ("tcp        0      0 127.0.0.1:80            0.0.0.0:*               LISTEN      ",
                         cases[i].text, "\n", NULL);

      socket.state = PH_STATE_LISTEN;
      socket.owner = cases[i].owner;
      check_line (&socket, TRUE, expected);
    }
}

static void
test_names (void)
{
  static const char services[] = "http 80/tcp\n";
  g_autoptr (PhNames) names = ph_names_new (16);
  PhSocket socket = make_inet (PH_PROTOCOL_TCP, "192.0.2.7", 80, "192.0.2.8", 81);
  PhSocket any = make_inet (PH_PROTOCOL_TCP, "::", 80, "::", 0);
  g_autofree char *host = g_strnfill (250, 'h');
  g_autofree char *line = NULL;
  g_autofree char *any_line = NULL;
  g_autofree char *expected
      = g_strconcat ("tcp        0      0 ", host, ":http 192.0.2.8:81            LISTEN     \n", NULL);

  ph_names_set_services (names, services, strlen (services));
  ph_names_set_host (names, &socket.local, host);

  socket.state = any.state = PH_STATE_LISTEN;
  line = line_of (&socket, FALSE, names);
  g_assert_cmpstr (line, ==, expected);
  any_line = line_of (&any, FALSE, names);
  g_assert_cmpstr (any_line, ==, "tcp6       0      0 [::]:http               [::]:*                  LISTEN     \n");
}

static void
test_unix (void)
{
  PhSocket socket = { .key = { .protocol = PH_PROTOCOL_UNIX, .family = PH_SOCKET_FAMILY_UNIX },
                      .type = PH_TYPE_STREAM,
                      .state = PH_STATE_LISTEN,
                      .flags = PH_SOCKET_LISTENING,
                      .inode = 14118,
                      .path = "/run/x.sock" };

  check_line (&socket, FALSE, "unix  -      [ ACC ]     STREAM     LISTENING     14118    /run/x.sock\n");
  check_line (&socket, TRUE,
              "unix  -      [ ACC ]     STREAM     LISTENING     14118    -                    /run/x.sock\n");

  socket.type = PH_TYPE_DGRAM;
  socket.state = PH_STATE_CLOSE;
  socket.flags = 0;
  socket.inode = 123456789012;
  socket.path = NULL;
  check_line (&socket, FALSE, "unix  -      [ ]         DGRAM                    123456789012\n");
}

/* Longer than what a line is put together in. */
static void
test_long_text (void)
{
  g_autofree char *path = g_strnfill (5000, 'p');
  g_autofree char *name = g_strnfill (3000, 'n');
  const PhProcess process = { .pid = 1, .comm = name };
  const PhOwner owners[] = { { &process, 3 } };
  PhSocket socket = { .key = { .protocol = PH_PROTOCOL_UNIX, .family = PH_SOCKET_FAMILY_UNIX },
                      .inode = 1,
                      .path = path,
                      .owner = { .note = PH_OWNER_PROCESS, .owners = owners, .n_owners = 1 } };
  g_autofree char *line = line_of (&socket, TRUE, NULL);
  g_autofree char *expected
      = g_strconcat ("unix  -      [ ]                                  1        1/", name, " ", path, "\n", NULL);

  g_assert_cmpstr (line, ==, expected);
}

/* -e and -o, alone and with -p. */
static void
test_more_columns (void)
{
  PhSocket socket = make_inet (PH_PROTOCOL_TCP, "127.0.0.1", 80, "127.0.0.1", 5000);
  const struct
  {
    PhOptions options;
    const char *text;
  } cases[] = {
    { { .extended = 1 }, "ESTABLISHED www-data   4711      \n" },
    { { .extended = 1, .numeric_users = TRUE }, "ESTABLISHED 33         4711      \n" },
    { { .programs = TRUE, .timers = TRUE }, "ESTABLISHED -                    keepalive (6.54/0/2)\n" },
    { { .extended = 1, .programs = TRUE, .timers = TRUE },
      "ESTABLISHED www-data   4711       -                    keepalive (6.54/0/2)\n" },
  };

  socket.state = PH_STATE_ESTABLISHED;
  socket.uid = 33;
  socket.user = "www-data";
  socket.inode = 4711;
  socket.timer = PH_TIMER_KEEPALIVE;
  socket.timer_ms = 6543;
  socket.timer_retransmits = 2;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = lines_of (&socket, cases[i].options, NULL);

      g_assert_cmpstr (strstr (line, "ESTABLISHED"), ==, cases[i].text);
    }
}

static void
test_users (void)
{
  static const struct
  {
    guint32 uid;
    const char *user;
    const char *text;
  } cases[] = {
    { 0, "root", " root       0         \n" },
    { 4294967294, NULL, " 4294967294 0         \n" },
    { PH_UID_UNKNOWN, NULL, " -          0         \n" },
    { 1000, "a-login-name-of-some-length", " a-login-name-of-some-length 0         \n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhSocket socket = make_inet (PH_PROTOCOL_TCP, "127.0.0.1", 80, "127.0.0.1", 5000);

      socket.uid = cases[i].uid;
      socket.user = cases[i].user;
      g_autofree char *line = lines_of (&socket, (PhOptions){ .extended = 1 }, NULL);

      g_assert_true (g_str_has_suffix (line, cases[i].text));
    }
}

/* What the one number that the kernel tells counts, depends on the timer. */
static void
test_timers (void)
{
  static const struct
  {
    guint8 timer;
    guint8 count;
    guint32 ms;
    const char *text;
  } cases[] = {
    { PH_TIMER_OFF, 0, 0, " off (0.00/0/0)\n" },
    { PH_TIMER_ON, 3, 204, " on (0.20/3/0)\n" },
    { PH_TIMER_KEEPALIVE, 1, 7199999, " keepalive (7199.99/0/1)\n" },
    { PH_TIMER_TIMEWAIT, 0, 59050, " timewait (59.05/0/0)\n" },
    { PH_TIMER_PROBE, 7, 1, " probe (0.00/0/7)\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhSocket socket = make_inet (PH_PROTOCOL_TCP, "127.0.0.1", 80, "127.0.0.1", 5000);

      socket.timer = cases[i].timer;
      socket.timer_ms = cases[i].ms;
      socket.timer_retransmits = cases[i].count;
      g_autofree char *line = lines_of (&socket, (PhOptions){ .timers = TRUE }, NULL);

      g_assert_true (g_str_has_suffix (line, cases[i].text));
    }
}

static void
test_headings (void)
{
  const struct
  {
    PhOptions options;
    const char *text;
  } cases[] = {
    { { .tcp = TRUE, .all = TRUE, .listening = TRUE },
      "Active Internet connections (servers and established)\n"
      "Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n" },
    { { .raw = TRUE, .ipv6 = TRUE, .listening = TRUE, .programs = TRUE },
      "Active Internet connections (only servers)\n"
      "Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    \n" },
    { { .udp = TRUE, .extended = 1, .programs = TRUE, .timers = TRUE },
      "Active Internet connections (w/o servers)\n"
      "Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      "
      "PID/Program name     Timer\n" },
    { { .unix_ = TRUE },
      "Active UNIX domain sockets (w/o servers)\n"
      "Proto RefCnt Flags       Type       State         I-Node   Path\n" },
    { { .unix_ = TRUE, .programs = TRUE, .extended = 1, .timers = TRUE },
      "Active UNIX domain sockets (w/o servers)\n"
      "Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = text_of (&ph_netstat_sockets, &cases[i].options, NULL, (gconstpointer[]){ NULL });

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Sections come in order, those before with nothing in them too, each heading once. */
static void
test_sections (void)
{
  const PhOptions options = { .all = TRUE };
  const PhSocket packet = { .key = { .protocol = PH_PROTOCOL_PACKET, .family = PH_SOCKET_FAMILY_PACKET },
                            .type = PH_TYPE_RAW,
                            .state = PH_STATE_CLOSE,
                            .recv_q = 7,
                            .inode = 5,
                            .path = "lldp" };
  g_autofree char *text = text_of (&ph_netstat_sockets, &options, NULL, (gconstpointer[]){ &packet, &packet, NULL });

  g_assert_cmpstr (text, ==,
                   "Active Internet connections (servers and established)\n"
                   "Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n"
                   "Active UNIX domain sockets (servers and established)\n"
                   "Proto RefCnt Flags       Type       State         I-Node   Path\n"
                   "Active packet sockets (servers and established)\n"
                   "Proto   Recv-Q Send-Q Type       State         I-Node   Bound to\n"
                   "packet       7      0 RAW                      5        lldp\n"
                   "packet       7      0 RAW                      5        lldp\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/netstat/inet", test_inet);
  g_test_add_func ("/netstat/long-address", test_long_address);
  g_test_add_func ("/netstat/raw", test_raw);
  g_test_add_func ("/netstat/programs", test_programs);
  g_test_add_func ("/netstat/names", test_names);
  g_test_add_func ("/netstat/unix", test_unix);
  g_test_add_func ("/netstat/long-text", test_long_text);
  g_test_add_func ("/netstat/more-columns", test_more_columns);
  g_test_add_func ("/netstat/users", test_users);
  g_test_add_func ("/netstat/timers", test_timers);
  g_test_add_func ("/netstat/headings", test_headings);
  g_test_add_func ("/netstat/sections", test_sections);
  return g_test_run ();
}
