/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Look up: what a text can mean, what is found in a made-up table, and what is said where nothing is. */
#include "socket-samples.h"

#include "cpu-time.h"
#include "ph-filter.h"
#include "ph-lookup.h"

#define BIT(kind) (1u << PH_LOOKUP_##kind)
#define PORTS     (BIT (LOCAL_PORT) | BIT (REMOTE_PORT))
#define ADDRESSES (BIT (LOCAL_ADDRESS) | BIT (REMOTE_ADDRESS))
#define INODES    (BIT (INODE) | BIT (PEER))
#define NAMES     (BIT (PROCESS) | BIT (UNIT) | BIT (PATH) | PORTS)

/* --- what a text can mean --- */

static void
test_queries (void)
{
  static const struct
  {
    const char *text;
    guint kinds;
    const char *typed;
    guint64 number; /* 0: it is none */
    const char *address;
    guint prefix;
    guint16 port;
  } cases[] = {
    { "", 0, "", 0, NULL, 0, 0 },
    { "   ", 0, "", 0, NULL, 0, 0 },
    { "443", BIT (PROCESS) | PORTS | INODES, "443", 443, NULL, 0, 0 },
    { " 443 ", BIT (PROCESS) | PORTS | INODES, "443", 443, NULL, 0, 0 },
    { "70000", BIT (PROCESS) | INODES, "70000", 70000, NULL, 0, 0 },
    { "4194305", INODES, "4194305", 4194305, NULL, 0, 0 },
    { "99999999999999999999999", INODES, "99999999999999999999999", G_MAXUINT64, NULL, 0, 0 },
    { ":443", PORTS, "443", 443, NULL, 0, 0 },
    { "*:443", PORTS, "443", 443, NULL, 0, 0 },
    { "port 443", PORTS, "443", 443, NULL, 0, 0 },
    { "Port:443", PORTS, "443", 443, NULL, 0, 0 },
    { "lport:443", BIT (LOCAL_PORT), "443", 443, NULL, 0, 0 },
    { "rport = 443", BIT (REMOTE_PORT), "443", 443, NULL, 0, 0 },
    { "rport=443", BIT (REMOTE_PORT), "443", 443, NULL, 0, 0 },
    { "port 70000", PORTS, "70000", 70000, NULL, 0, 0 },
    { "pid 812", BIT (PROCESS), "812", 812, NULL, 0, 0 },
    { "PID: 812", BIT (PROCESS), "812", 812, NULL, 0, 0 },
    { "inode 4711", INODES, "4711", 4711, NULL, 0, 0 },
    { "socket:[4711]", INODES, "4711", 4711, NULL, 0, 0 },
    { "peer:77", BIT (PEER), "77", 77, NULL, 0, 0 },
    { "10.0.0.7", ADDRESSES, "10.0.0.7", 0, "10.0.0.7", 32, 0 },
    { "10.0.0.0/8", ADDRESSES, "10.0.0.0/8", 0, "10.0.0.0", 8, 0 },
    { "10.0.0.7:22", ADDRESSES, "10.0.0.7:22", 0, "10.0.0.7", 32, 22 },
    { "192.168.1", ADDRESSES, "192.168.1", 0, "192.168.1.0", 24, 0 },
    { "192.168.", ADDRESSES, "192.168.", 0, "192.168.0.0", 16, 0 },
    { "10.", ADDRESSES, "10.", 0, "10.0.0.0", 8, 0 },
    { "::1", ADDRESSES, "::1", 0, "::1", 128, 0 },
    { "[::1]", ADDRESSES, "[::1]", 0, "::1", 128, 0 },
    { "[2001:db8::5]:80", ADDRESSES, "[2001:db8::5]:80", 0, "2001:db8::5", 128, 80 },
    { "fe80::1%wlan0", ADDRESSES, "fe80::1%wlan0", 0, "fe80::1", 128, 0 },
    { "remote:10.0.0.7", BIT (REMOTE_ADDRESS), "10.0.0.7", 0, "10.0.0.7", 32, 0 },
    { "addr:hello", ADDRESSES, "hello", 0, NULL, 0, 0 },
    { "300.1", NAMES, "300.1", 0, NULL, 0, 0 },
    { "1.2.3.4.5", NAMES, "1.2.3.4.5", 0, NULL, 0, 0 },
    { "10..", NAMES, "10..", 0, NULL, 0, 0 },
    { "[::1", NAMES, "[::1", 0, NULL, 0, 0 },
    { "[::1]:99999", NAMES, "[::1]:99999", 0, NULL, 0, 0 },
    { "nginx", NAMES, "nginx", 0, NULL, 0, 0 },
    { "port city", NAMES, "port city", 0, NULL, 0, 0 },
    { "process:nginx", BIT (PROCESS), "nginx", 0, NULL, 0, 0 },
    { "unit:ssh", BIT (UNIT), "ssh", 0, NULL, 0, 0 },
    { "port:https", PORTS, "https", 0, NULL, 0, 0 },
    { "pid:", NAMES, "pid:", 0, NULL, 0, 0 },
    { "/run/dbus", NAMES, "/run/dbus", 0, NULL, 0, 0 },
    { "a\x1b[1m", NAMES, "a\\x1B[1m", 0, NULL, 0, 0 },
    { "\xff", NAMES, "\\xFF", 0, NULL, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhLookupQuery) query = ph_lookup_query_parse (cases[i].text);
      PhAddress address = { { 0 } };

      g_test_message ("“%s”", cases[i].typed);
      g_assert_cmphex (query->kinds, ==, cases[i].kinds);
      g_assert_cmpstr (query->typed, ==, cases[i].typed);
      g_assert_cmpint (query->is_number, ==, cases[i].number != 0);
      g_assert_cmpuint (query->is_number ? query->number : 0, ==, cases[i].number);
      g_assert_cmpuint (query->port, ==, cases[i].port);
      if (cases[i].address)
        {
          g_assert_true (ph_address_parse (cases[i].address, &address, NULL));
          g_assert_cmpuint (query->prefix, ==, cases[i].prefix);
        }
      g_assert_cmpmem (&query->address, sizeof address, &address, sizeof address);
      g_assert_cmpint (*query->folded != '\0', ==,
                       cases[i].kinds != 0 && cases[i].number == 0 && cases[i].address == NULL);
    }
}

static void
test_pid (void)
{
  static const struct
  {
    const char *text;
    gint32 pid;
  } cases[] = { { "812", 812 },         { "pid:1", 1 },   { ":812", 0 },         { "0", 0 },
                { "4194304", 4194304 }, { "4194305", 0 }, { "pid 99999999", 0 }, { "nginx", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhLookupQuery) query = ph_lookup_query_parse (cases[i].text);

      g_assert_cmpint (ph_lookup_query_pid (query), ==, cases[i].pid);
    }
}

/* Whatever is typed, it is something to look for, and nothing breaks. */
static void
test_any_text (void)
{
  static const char alphabet[] = "0123456789.:[]/*%=ae pidporsckt\xc3\xa4\xe2\x80\xae\x01";
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (PhSnapshot) empty = ph_snapshot_new (&ph_socket_schema, 1);

  for (guint i = 0; i < 20000; i++)
    {
      char text[24];
      guint n = (guint) g_rand_int_range (rand, 0, sizeof text);

      for (guint k = 0; k < n; k++)
        text[k] = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
      text[n] = '\0';

      g_autoptr (PhLookupQuery) query = ph_lookup_query_parse (text);
      g_autoptr (PhLookup) lookup = ph_lookup (query, empty, NULL, NULL);

      g_assert_true (g_utf8_validate (query->typed, -1, NULL));
      g_assert_cmpuint (lookup->n_hits, ==, 0);
      g_assert_cmpint (lookup->note != NULL, ==, query->kinds != 0);
    }
}

/* --- what is found --- */

static void
add (PhSnapshot *snapshot, const PhSocket *socket)
{
  memcpy (ph_snapshot_add (snapshot), socket, sizeof *socket);
}

static PhSnapshot *
make_table (void)
{
  PhSnapshot *snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  Samples s = samples_make ();
  PhSocket closed = s.established;

  s.unix_stream.inode = 4711;
  s.unix_listener.inode = 77;
  add (snapshot, &s.established);
  add (snapshot, &s.time_wait);
  add (snapshot, &s.mapped);
  add (snapshot, &s.listener);
  add (snapshot, &s.udp);
  add (snapshot, &s.udp6);
  add (snapshot, &s.unix_stream);
  add (snapshot, &s.unix_listener);
  add (snapshot, &s.netlink);
  closed.key.cookie += 1000000;
  closed.head.mark = PH_MARK_CLOSED;
  add (snapshot, &closed);
  return snapshot;
}

static PhNames *
make_names (void)
{
  static const char services[] = "https 443/tcp\ndomain 53/udp\nhttp-alt 8080/tcp\n";
  PhNames *names = ph_names_new (16);

  ph_names_set_services (names, services, sizeof services - 1);
  return names;
}

/* "TITLE [filter] n: first socket's title (detail)" for each hit, then the note. */
static char *
tell (PhLookup *lookup)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lookup->hits->len; i++)
    {
      const PhLookupHit *hit = g_ptr_array_index (lookup->hits, i);
      const PhLookupSocket *first = g_ptr_array_index (hit->sockets, 0);

      g_assert_cmpuint (hit->sockets->len, ==, MIN (hit->n_sockets, PH_LOOKUP_SOCKETS));
      g_string_append_printf (text, "%s [%s] %u: %s (%s)\n", hit->title, hit->filter, hit->n_sockets, first->title,
                              first->detail);
    }
  if (lookup->note)
    g_string_append (text, lookup->note);
  return g_string_free (text, FALSE);
}

static void
test_hits (void)
{
  static const struct
  {
    const char *text;
    const char *told;
  } cases[] = {
    { "812", "nginx (PID 812) [pid:812] 1: 0.0.0.0:443 (tcp · LISTEN)\n" },
    { "813", "nginx (PID 813) [pid:813] 1: 0.0.0.0:443 (tcp · LISTEN)\n" },
    { "443", "Local port 443 (https): nginx [lport:443] 1: 0.0.0.0:443 (tcp · LISTEN · nginx (PID 812))\n"
             "Remote port 443 (https): =cmd|\"x\",<b> [rport:443] 1: 192.168.1.5:50000 ↔ 93.184.216.34:443 "
             "(tcp · ESTABLISHED · =cmd|\"x\",<b> (PID 4))\n" },
    { "https", "Local port 443 (https): nginx [lport:443] 1: 0.0.0.0:443 (tcp · LISTEN · nginx (PID 812))\n"
               "Remote port 443 (https): =cmd|\"x\",<b> [rport:443] 1: 192.168.1.5:50000 ↔ 93.184.216.34:443 "
               "(tcp · ESTABLISHED · =cmd|\"x\",<b> (PID 4))\n" },
    { "lport:53", "Local port 53 (domain) [lport:53] 1: 127.0.0.53:53 (udp)\n" },
    { "NGINX", "nginx (PID 812) [pid:812] 1: 0.0.0.0:443 (tcp · LISTEN)\n"
               "Unit nginx.service: nginx [unit:=nginx.service] 2: 0.0.0.0:443 (tcp · LISTEN · nginx (PID 812))\n" },
    { "unit:nginx.service", "Unit nginx.service: nginx [unit:=nginx.service] 2: 0.0.0.0:443 (tcp · "
                            "LISTEN · nginx (PID 812))\n" },
    { "10.0.0.1", "Local address 10.0.0.1 [local:10.0.0.1] 1: 10.0.0.1:80 ↔ 10.0.0.2:40000 (tcp · TIME_WAIT · Held by "
                  "the kernel: in TIME_WAIT no process has it open)\n" },
    { "10.0.0.0/30",
      "Local address 10.0.0.1 [local:10.0.0.1] 1: 10.0.0.1:80 ↔ 10.0.0.2:40000 (tcp · TIME_WAIT · Held by the kernel: "
      "in TIME_WAIT no process has it open)\n"
      "Remote address 10.0.0.2 [remote:10.0.0.2] 1: 10.0.0.1:80 ↔ 10.0.0.2:40000 (tcp · TIME_WAIT · Held by the "
      "kernel: in TIME_WAIT no process has it open)\n" },
    { "local:127.0.0.1:8080", "Local address 127.0.0.1: nginx.service [local:127.0.0.1 lport:8080] 1: "
                              "[::ffff:127.0.0.1]:8080 ↔ [::ffff:127.0.0.1]:40001 (tcp6 · CLOSE_WAIT · nginx.service "
                              "(service))\n" },
    { "dbus", "Path /run/dbus/system_bus_socket [path:=/run/dbus/system_bus_socket] 1: /run/dbus/system_bus_socket "
              "(unix · STREAM · LISTENING)\n" },
    { "4711", "Inode 4711 [inode:4711] 1: @Müller (unix · SEQPACKET · CONNECTED)\n" },
    { "socket:[77]", "Inode 77 [inode:77] 1: /run/dbus/system_bus_socket (unix · STREAM · LISTENING)\n"
                     "Other end of inode 77 [peer:77] 1: @Müller (unix · SEQPACKET · CONNECTED)\n" },
    { "müll", "Path \u2068@Müller\u2069 [path:=@Müller] 1: @Müller (unix · SEQPACKET · CONNECTED)\n" },
    { "9", "No process with the PID 9 has a socket.\nNo socket uses port 9.\nNo socket has the inode 9." },
    { "port 70000", "No socket uses port 70000." },
    { "pid 99999999", "Nothing has the number 99999999." },
    { "203.0.113.9", "No socket has the address 203.0.113.9." },
    { "emacs", "Nothing that has a socket is called “emacs”." },
    { "", "" },
  };
  g_autoptr (PhSnapshot) snapshot = make_table ();
  g_autoptr (PhNames) names = make_names ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhLookupQuery) query = ph_lookup_query_parse (cases[i].text);
      g_autoptr (PhLookup) lookup = ph_lookup (query, snapshot, names, NULL);
      g_autofree char *told = tell (lookup);

      g_assert_cmpstr (told, ==, cases[i].told);
      g_assert_cmpuint (lookup->n_hits, ==, lookup->hits->len);
    }
}

/* An exact name comes before one that begins so, that before one that has it inside, and the command line last. */
static void
test_order (void)
{
  static const PhProcess processes[] = {
    { .pid = 10, .comm = "xssh", .exe = "/usr/bin/xssh", .cmdline = "xssh" },
    { .pid = 11, .comm = "python3", .exe = "/usr/bin/python3", .cmdline = "python3 ssh.py" },
    { .pid = 12, .comm = "sshd", .exe = "/usr/sbin/sshd", .cmdline = "sshd -D" },
    { .pid = 13, .comm = "ssh", .exe = "/usr/bin/ssh", .cmdline = "ssh example.org" },
    { .pid = 14, .comm = "fifteen-letters", .exe = "/usr/bin/fifteen-letters-ssh", .cmdline = "" },
    { .pid = 15, .comm = "emacs", .exe = "/usr/bin/emacs", .cmdline = "emacs" },
  };
  static const gint32 order[] = { 13, 12, 10, 14, 11 };
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  PhOwner owners[G_N_ELEMENTS (processes)];

  for (guint i = 0; i < G_N_ELEMENTS (processes); i++)
    {
      PhSocket socket = sample_socket (PH_PROTOCOL_TCP, "127.0.0.1", 22, "0.0.0.0", 0, PH_STATE_LISTEN);

      owners[i] = (PhOwner){ &processes[i], 3 };
      socket.owner = (PhOwnership){ .owners = &owners[i], .n_owners = 1, .note = PH_OWNER_PROCESS };
      add (snapshot, &socket);
    }

  g_autoptr (PhLookupQuery) query = ph_lookup_query_parse ("ssh");
  g_autoptr (PhLookup) lookup = ph_lookup (query, snapshot, NULL, NULL);

  g_assert_cmpuint (lookup->hits->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      const PhLookupHit *hit = g_ptr_array_index (lookup->hits, i);
      g_autofree char *filter = g_strdup_printf ("pid:%d", order[i]);

      g_assert_cmpstr (hit->filter, ==, filter);
    }
}

/* Of many sockets those that tell most are listed; of many hits the best, and how many are left out is said. */
static void
test_many (void)
{
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  g_autoptr (PhLookupQuery) by_pid = ph_lookup_query_parse ("812");
  g_autoptr (PhLookupQuery) by_network = ph_lookup_query_parse ("remote:10.0.0.0/8");
  PhSocket listener = sample_socket (PH_PROTOCOL_TCP, "0.0.0.0", 80, "0.0.0.0", 0, PH_STATE_LISTEN);
  PhOwnership owner = { .owners = sample_owners, .n_owners = 1, .note = PH_OWNER_PROCESS };

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *remote = g_strdup_printf ("10.0.0.%u", i + 1);
      PhSocket socket = sample_socket (PH_PROTOCOL_TCP, "192.0.2.1", 80, remote, (guint16) (40000 + i),
                                       i < 25 ? PH_STATE_TIME_WAIT : PH_STATE_ESTABLISHED);

      socket.owner = owner;
      add (snapshot, &socket);
    }
  listener.owner = owner;
  add (snapshot, &listener);

  g_autoptr (PhLookup) process = ph_lookup (by_pid, snapshot, NULL, NULL);
  const PhLookupHit *hit = g_ptr_array_index (process->hits, 0);

  g_assert_cmpuint (process->n_hits, ==, 1);
  g_assert_cmpuint (hit->n_sockets, ==, 51);
  g_assert_cmpuint (hit->sockets->len, ==, PH_LOOKUP_SOCKETS);
  for (guint i = 0; i < PH_LOOKUP_SOCKETS; i++)
    {
      const PhLookupSocket *socket = g_ptr_array_index (hit->sockets, i);
      g_autofree char *remote = g_strdup_printf ("192.0.2.1:80 ↔ 10.0.0.%u:%u", i + 25, 40000 + i + 24);

      g_assert_cmpstr (socket->title, ==, i == 0 ? "0.0.0.0:80" : remote);
    }

  g_autoptr (PhLookup) network = ph_lookup (by_network, snapshot, NULL, NULL);

  g_assert_cmpuint (network->n_hits, ==, 50);
  g_assert_cmpuint (network->hits->len, ==, PH_LOOKUP_HITS);
  g_assert_cmpstr (network->note, ==, "30 more are not listed.");
}

/* --- what is said of a PID --- */

static char *
note_of (const char *text, PhSnapshot *snapshot, PhLookupFacts *facts)
{
  g_autoptr (PhLookupQuery) query = ph_lookup_query_parse (text);
  g_autoptr (PhLookup) lookup = ph_lookup (query, snapshot, NULL, facts);

  return g_strdup (lookup->note ? lookup->note : "");
}

static void
check_note (const char *text, PhSnapshot *snapshot, PhLookupFacts facts, const char *expected)
{
  g_autofree char *note = note_of (text, snapshot, &facts);

  g_assert_cmpstr (note, ==, expected);
}

static void
test_pid_notes (void)
{
  PhUnit unit = { PH_UNIT_SERVICE, "nginx.service", "/system.slice/nginx.service" };
  PhProcess self = { .pid = 99, .uid = 1000, .net_ns = 7, .comm = "porthole", .exe = "", .cmdline = "" };
  PhProcess shell = { .pid = 5000, .uid = 1000, .net_ns = 7, .comm = "bash", .exe = "", .cmdline = "" };
  PhProcess other = { .pid = 5000, .uid = 0, .comm = "sshd", .exe = "", .cmdline = "", .unit = &unit };
  PhProcess inside = { .pid = 5000, .uid = 1000, .net_ns = 8, .comm = "pod", .exe = "", .cmdline = "" };
  PhProcess root = self;
  g_autoptr (PhSnapshot) snapshot = make_table ();

  root.uid = 0;
  check_note ("pid 5000", snapshot, (PhLookupFacts){ .asked = TRUE }, "There is no process with the PID 5000.");
  check_note ("pid 5000", snapshot, (PhLookupFacts){ .asked = TRUE, .partial = TRUE },
              "No process with the PID 5000 may be seen from here.");
  check_note ("pid 5000", snapshot, (PhLookupFacts){ 0 }, "No process with the PID 5000 has a socket.");
  check_note ("pid 5000", snapshot, (PhLookupFacts){ .asked = TRUE, .process = &shell, .self = &self },
              "bash (PID 5000) has no socket.");
  check_note ("pid 5000", snapshot, (PhLookupFacts){ .asked = TRUE, .process = &inside, .self = &self },
              "pod (PID 5000) is in another network namespace: its sockets are not among these.");
  check_note ("pid 5000", snapshot, (PhLookupFacts){ .asked = TRUE, .process = &other, .self = &root },
              "sshd (PID 5000) has no socket.");
  /* Its sockets may not be read, but its unit's are known. */
  check_note ("pid 5000", snapshot, (PhLookupFacts){ .asked = TRUE, .process = &other, .self = &self },
              "sshd (PID 5000) belongs to another user: which sockets it has may not be read.");

  g_autoptr (PhLookupQuery) query = ph_lookup_query_parse ("5000");
  PhLookupFacts facts = { .asked = TRUE, .process = &other, .self = &self };
  g_autoptr (PhLookup) lookup = ph_lookup (query, snapshot, NULL, &facts);
  const PhLookupHit *hit = g_ptr_array_index (lookup->hits, 0);

  g_assert_cmpuint (lookup->n_hits, ==, 1);
  g_assert_cmpstr (hit->filter, ==, "unit:=nginx.service");

  /* A number that is a port is not denied to be a PID, unless that was asked. */
  check_note ("443", snapshot, (PhLookupFacts){ .asked = TRUE }, "");
  check_note ("pid:443", snapshot, (PhLookupFacts){ .asked = TRUE }, "There is no process with the PID 443.");
}

/* Owners that may not be read are told where a name is not found. */
static void
test_hidden (void)
{
  g_autoptr (PhSnapshot) snapshot = make_table ();
  PhSocket hidden = sample_socket (PH_PROTOCOL_TCP, "0.0.0.0", 25, "0.0.0.0", 0, PH_STATE_LISTEN);

  hidden.owner.note = PH_OWNER_OTHER_USER;
  hidden.user = "root";
  add (snapshot, &hidden);
  check_note ("emacs", snapshot, (PhLookupFacts){ 0 },
              "Nothing that has a socket is called “emacs”.\nWhich program has it open may not be read of 1 socket.");
}

/* --- the probe's answer --- */

static void
give (PhLookupFacts *facts, gint32 pid, guint64 start, const char *comm)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  PhFrameProcess frame = { .pid = pid, .start_ticks = start, .uid = 1000, .comm_length = (uint16_t) strlen (comm) };

  g_byte_array_append (bytes, (const guint8 *) &frame, sizeof frame);
  g_byte_array_append (bytes, (const guint8 *) comm, (guint) strlen (comm));
  ph_lookup_facts_sink (facts, PH_FRAME_PROCESS, bytes->data, bytes->len);
}

static void
test_facts (void)
{
  g_auto (PhLookupFacts) facts = { 0 };
  g_auto (PhLookupFacts) gone = { 0 };
  g_auto (PhLookupFacts) own = { 0 };
  PhRequest request;
  PhFrameEnd end = { 0 };

  ph_lookup_facts_ask (&facts, 812, &request);
  g_assert_cmpint (request.name, ==, PH_REQUEST_PROCESSES);
  g_assert_cmpuint (request.n_ids, ==, 3);
  give (&facts, 812, 5, "nginx");
  give (&facts, 99, 6, "porthole");
  g_assert_false (facts.asked);
  give (&facts, 1, 1, "init");
  ph_lookup_facts_sink (&facts, PH_FRAME_END, &end, sizeof end);
  g_assert_true (facts.asked);
  g_assert_false (facts.partial);
  g_assert_cmpstr (facts.process->comm, ==, "nginx");
  g_assert_cmpint (facts.self->pid, ==, 99);

  /* Gone, and not even the first process may be seen. */
  ph_lookup_facts_ask (&gone, 812, &request);
  give (&gone, 812, 0, "");
  give (&gone, 99, 6, "porthole");
  give (&gone, 1, 0, "");
  ph_lookup_facts_sink (&gone, PH_FRAME_END, &end, sizeof end);
  g_assert_true (gone.asked);
  g_assert_true (gone.partial);
  g_assert_null (gone.process);

  /* Itself; and what is no frame is none. */
  ph_lookup_facts_ask (&own, 99, &request);
  give (&own, 99, 6, "porthole");
  give (&own, 99, 6, "porthole");
  ph_lookup_facts_sink (&own, PH_FRAME_PROCESS, "x", 1);
  end.code = PH_ERROR_SYSTEM;
  ph_lookup_facts_sink (&own, PH_FRAME_END, &end, sizeof end);
  g_assert_false (own.asked);
  g_assert_cmpint (own.process->pid, ==, 99);
  g_assert_cmpint (own.self->pid, ==, 99);
}

/* --- laws --- */

/* The filter of a hit shows just as many sockets as it says. */
static void
test_filters (void)
{
  static const char *const texts[] = { "812", "813",        "4",    "443",        "77",       "1000",  "nginx",
                                       "cmd", "10.0.0.0/8", "::/0", "127.0.0.1",  "10.1.2.3", "fe80:", "fe80::/16",
                                       "run", "@abs",       "tmp",  "unit:nginx", "1",        "886",   "0.0.0.0" };
  static const PhColumn *const none[] = { NULL };
  static const PhStyle style = { .numeric = TRUE };
  const PhFilterContext context = { none, &style };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  guint n_hits = 0;

  for (guint i = 0; i < 3000; i++)
    sample_random (rand, ph_snapshot_add (snapshot));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PhLookupQuery) query = ph_lookup_query_parse (texts[i]);
      g_autoptr (PhLookup) lookup = ph_lookup (query, snapshot, NULL, NULL);

      for (guint k = 0; k < lookup->hits->len; k++)
        {
          const PhLookupHit *hit = g_ptr_array_index (lookup->hits, k);
          g_autoptr (GError) error = NULL;
          g_autoptr (PhFilter) filter = ph_filter_parse (&ph_socket_schema, hit->filter, NULL, &error);
          guint n = 0;

          g_assert_no_error (error);
          for (guint r = 0; r < ph_snapshot_n_records (snapshot); r++)
            {
              const PhRecord *record = ph_snapshot_record (snapshot, r);

              n += record->mark != PH_MARK_CLOSED && ph_filter_match (filter, &context, record);
            }
          g_test_message ("%s: %s: %s: %u", texts[i], hit->title, hit->filter, n);
          g_assert_cmpuint (hit->n_sockets, ==, n);
          n_hits++;
        }
    }
  g_assert_cmpuint (n_hits, >, 30);
}

/* As many as a busy machine has: the worst kind of question, and the usual one. */
static void
test_large (void)
{
  static const char *const texts[] = { "nginx", "443", "::/0", "0.0.0.0/0", "a", "zzz", "pid 4" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  g_autoptr (PhNames) names = make_names ();

  for (guint i = 0; i < 80000; i++)
    {
      guint8 bytes[4] = { 10, (guint8) (i >> 16), (guint8) (i >> 8), (guint8) i };
      PhSocket *socket = ph_snapshot_add (snapshot);

      sample_random (rand, socket);
      if (socket->remote.family == PH_FAMILY_IPV4)
        ph_address_set (&socket->remote, PH_FAMILY_IPV4, bytes);
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PhLookupQuery) query = ph_lookup_query_parse (texts[i]);
      gint64 began = cpu_time ();
      g_autoptr (PhLookup) lookup = ph_lookup (query, snapshot, names, NULL);
      gint64 took = cpu_time () - began;

      g_test_message ("“%s” in 80000 sockets: %u hits in %.1f ms", texts[i], lookup->n_hits, (double) took / 1000);
      /* A tenth of that; but sanitizers count, too. */
      g_assert_cmpint (took, <, G_USEC_PER_SEC);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lookup/queries", test_queries);
  g_test_add_func ("/lookup/pid", test_pid);
  g_test_add_func ("/lookup/any-text", test_any_text);
  g_test_add_func ("/lookup/hits", test_hits);
  g_test_add_func ("/lookup/order", test_order);
  g_test_add_func ("/lookup/many", test_many);
  g_test_add_func ("/lookup/pid-notes", test_pid_notes);
  g_test_add_func ("/lookup/hidden", test_hidden);
  g_test_add_func ("/lookup/facts", test_facts);
  g_test_add_func ("/lookup/filters", test_filters);
  g_test_add_func ("/lookup/large", test_large);
  return g_test_run ();
}
