/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A socket in other programs' words: what is said, and that the real ss and tcpdump take it and find that socket. */
#include <errno.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "ph-expression.h"
#include "ph-filter.h"
#include "ph-text.h"
#include "socket-samples.h"

typedef char *(*Dup) (gconstpointer socket);

static void
assert_said (Dup dup, const PhSocket *socket, const char *expected)
{
  g_autofree char *text = dup (socket);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_ss (void)
{
  Samples s = samples_make ();

  assert_said (ph_expression_ss, &s.listener, "-tl 'src 0.0.0.0:443'");
  assert_said (ph_expression_ss, &s.established, "-ta 'src 192.168.1.5:50000 and dst 93.184.216.34:443'");
  assert_said (ph_expression_ss, &s.mapped, "-ta 'src [::ffff:127.0.0.1]:8080 and dst [::ffff:127.0.0.1]:40001'");
  assert_said (ph_expression_ss, &s.udp, "-ua 'src 127.0.0.53:53'");
  assert_said (ph_expression_ss, &s.udp_any, "-ua 'src [::]:5353'");
  assert_said (ph_expression_ss, &s.udp6, "-ua 'src [fe80::1]:546'");
  assert_said (ph_expression_ss, &s.raw, "-wa 'src [::]:58'");
  assert_said (ph_expression_ss, &s.unix_listener, "-xl 'src unix:/run/dbus/system_bus_socket'");
  assert_said (ph_expression_ss, &s.unix_stream, "-xa 'src unix:@Müller'");
  assert_said (ph_expression_ss, &s.packet, NULL);
  assert_said (ph_expression_ss, &s.netlink, NULL);
  assert_said (ph_expression_ss, &s.vsock, NULL);
  assert_said (ph_expression_ss, &s.zero, NULL);

  s.unix_stream.path = NULL;
  assert_said (ph_expression_ss, &s.unix_stream, NULL);
  s.udp.key.protocol = PH_PROTOCOL_UDPLITE;
  assert_said (ph_expression_ss, &s.udp, NULL);
  s.udp_any.local_port = 0;
  assert_said (ph_expression_ss, &s.udp_any, NULL);
  s.udp6.local_port = 0;
  assert_said (ph_expression_ss, &s.udp6, "-ua 'src [fe80::1]:*'");
}

static void
test_pcap (void)
{
  Samples s = samples_make ();

  assert_said (ph_expression_pcap, &s.listener, "ip and tcp and port 443");
  assert_said (ph_expression_pcap, &s.established,
               "tcp and host 192.168.1.5 and port 50000 and host 93.184.216.34 and port 443");
  assert_said (ph_expression_pcap, &s.mapped, "tcp and host 127.0.0.1 and port 8080 and port 40001");
  assert_said (ph_expression_pcap, &s.udp, "udp and host 127.0.0.53 and port 53");
  assert_said (ph_expression_pcap, &s.udp_any, "udp and port 5353");
  assert_said (ph_expression_pcap, &s.udp6, "udp and host fe80::1 and port 546");
  assert_said (ph_expression_pcap, &s.raw, "ip6 proto 58");
  assert_said (ph_expression_pcap, &s.unix_listener, NULL);
  assert_said (ph_expression_pcap, &s.netlink, NULL);
  assert_said (ph_expression_pcap, &s.zero, NULL);

  s.udp_any.flags = PH_SOCKET_V6ONLY | PH_SOCKET_V6ONLY_KNOWN;
  assert_said (ph_expression_pcap, &s.udp_any, "ip6 and udp and port 5353");
  s.udp_any.local_port = 0;
  assert_said (ph_expression_pcap, &s.udp_any, NULL);
  s.raw.protocol_number = 255;
  assert_said (ph_expression_pcap, &s.raw, NULL);
  s.udp.key.protocol = PH_PROTOCOL_UDPLITE;
  assert_said (ph_expression_pcap, &s.udp, "ip proto 136 and host 127.0.0.53");
  s.established.key.protocol = PH_PROTOCOL_SCTP;
  s.established.remote_port = s.established.local_port;
  assert_said (ph_expression_pcap, &s.established, "sctp and host 192.168.1.5 and port 50000 and host 93.184.216.34");
}

static void
test_owner (void)
{
  static const PhUnit odd = { PH_UNIT_SERVICE, "my \"unit\", 2", "/x" };
  Samples s = samples_make ();

  assert_said (ph_expression_owner, &s.listener, "pid:812");
  assert_said (ph_expression_owner, &s.mapped, "unit:=nginx.service");
  assert_said (ph_expression_owner, &s.time_wait, NULL);
  assert_said (ph_expression_owner, &s.zero, NULL);
  s.mapped.owner.unit = &odd;
  assert_said (ph_expression_owner, &s.mapped, "unit:=\"my \\\"unit\\\", 2\"");
}

/* --- the real programs --- */

/* What it says on its standard output; NULL: it complained. */
static char *
say (const char *command)
{
  const char *const argv[] = { "/bin/sh", "-c", command, NULL };
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &errors, &status, &error);
  g_assert_no_error (error);
  if (g_spawn_check_wait_status (status, NULL) && *errors == '\0')
    return g_steal_pointer (&output);
  g_test_message ("%s: %s", command, errors);
  return NULL;
}

static gboolean
has (const char *program)
{
  g_autofree char *path = g_find_program_in_path (program);
  g_autofree char *reason = g_strdup_printf ("no %s here", program);

  if (!path)
    g_test_skip (reason);
  return path != NULL;
}

/* The number of lines that ss prints. */
static guint
count_in_ss (const PhSocket *socket)
{
  g_autofree char *text = ph_expression_ss (socket);
  g_autofree char *command = g_strconcat ("ss -HnO ", text, NULL);
  g_autofree char *output = NULL;
  guint n = 0;

  g_assert_nonnull (text);
  output = say (command);
  g_assert_nonnull (output);
  for (const char *c = output; *c; c++)
    n += *c == '\n';
  return n;
}

static int
listen_at (const char *address, guint16 *port)
{
  PhAddress parsed = sample_address (address);
  struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
  struct sockaddr_in in = { .sin_family = AF_INET };
  gboolean ipv6 = parsed.family == PH_FAMILY_IPV6;
  struct sockaddr *name = ipv6 ? (struct sockaddr *) &in6 : (struct sockaddr *) &in;
  socklen_t length = ipv6 ? sizeof in6 : sizeof in;
  int fd = socket (name->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

  memcpy (&in6.sin6_addr, parsed.bytes, 16);
  memcpy (&in.sin_addr, parsed.bytes, 4);
  if (fd < 0 || bind (fd, name, length) < 0 || listen (fd, 5) < 0 || getsockname (fd, name, &length) < 0)
    {
      if (fd >= 0)
        close (fd);
      return -1;
    }
  *port = g_ntohs (ipv6 ? in6.sin6_port : in.sin_port);
  return fd;
}

static int
connect_to (const char *address, guint16 to, guint16 *port)
{
  PhAddress parsed = sample_address (address);
  struct sockaddr_in6 in6 = { .sin6_family = AF_INET6, .sin6_port = g_htons (to) };
  struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = g_htons (to) };
  gboolean ipv6 = parsed.family == PH_FAMILY_IPV6;
  struct sockaddr *name = ipv6 ? (struct sockaddr *) &in6 : (struct sockaddr *) &in;
  socklen_t length = ipv6 ? sizeof in6 : sizeof in;
  int fd = socket (name->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

  memcpy (&in6.sin6_addr, parsed.bytes, 16);
  memcpy (&in.sin_addr, parsed.bytes, 4);
  g_assert_cmpint (connect (fd, name, length), ==, 0);
  g_assert_cmpint (getsockname (fd, name, &length), ==, 0);
  *port = g_ntohs (ipv6 ? in6.sin6_port : in.sin_port);
  return fd;
}

/* A listener, and each end of a connection to it, by itself. */
static void
test_real_ss (gconstpointer data)
{
  const char *address = data;
  const char *any = strchr (address, ':') ? "::" : "0.0.0.0";
  PhSocket socket;
  guint16 server, client;
  int listener, connection;

  if (!has ("ss"))
    return;
  listener = listen_at (address, &server);
  if (listener < 0)
    {
      g_test_skip ("no such address here");
      return;
    }
  connection = connect_to (address, server, &client);

  socket = sample_socket (PH_PROTOCOL_TCP, address, server, any, 0, PH_STATE_LISTEN);
  g_assert_cmpuint (count_in_ss (&socket), ==, 1);
  socket = sample_socket (PH_PROTOCOL_TCP, address, server, address, client, PH_STATE_ESTABLISHED);
  g_assert_cmpuint (count_in_ss (&socket), ==, 1);
  socket = sample_socket (PH_PROTOCOL_TCP, address, client, address, server, PH_STATE_ESTABLISHED);
  g_assert_cmpuint (count_in_ss (&socket), ==, 1);
  socket = sample_socket (PH_PROTOCOL_UDP, address, server, any, 0, PH_STATE_CLOSE);
  g_assert_cmpuint (count_in_ss (&socket), ==, 0);

  close (connection);
  close (listener);
}

/* Names that mean something to a shell, to a pattern or to ss's lexer, or that could not be shown as they are. */
static void
test_real_paths (void)
{
  static const char *const names[] = {
    "plain",
    "sp  ace",
    "st*r",
    "st?r",
    "s[t]r",
    "q'uo\"te",
    "back\\slash",
    "one\\x41two",
    "three\\u{41}four",
    "$(touch x)",
    "`touch x`",
    "a;touch x",
    "(par)",
    "-dash",
    "!",
    "ü",
    "tab\there",
    "new\nline",
    "esc\33[31m",
    "bytes\xff\xfe",
    "rlo\xe2\x80\xaegnp.exe",
    "#",
    "~",
    "a and b",
    "{a,b}",
    "trailing\\",
    "@",
    "%n%s",
  };
  g_autofree char *folder = NULL;
  int fds[G_N_ELEMENTS (names)];

  if (!has ("ss"))
    return;
  folder = g_dir_make_tmp ("XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      struct sockaddr_un name = { .sun_family = AF_UNIX };

      fds[i] = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
      g_snprintf (name.sun_path, sizeof name.sun_path, "%s/%s", folder, names[i]);
      g_assert_cmpint (bind (fds[i], (struct sockaddr *) &name, sizeof name), ==, 0);
      g_assert_cmpint (listen (fds[i], 1), ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      PhSocket socket = sample_socket (PH_PROTOCOL_UNIX, "", 0, "", 0, PH_STATE_LISTEN);
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autoptr (GString) shown = g_string_new (NULL);

      ph_text_sanitize (path, strlen (path), shown);
      socket.path = shown->str;
      socket.flags = PH_SOCKET_LISTENING;
      g_test_message ("%s", shown->str);
      if (strchr (names[i], '\n')) /* two lines of ss's */
        g_assert_cmpuint (count_in_ss (&socket), ==, 2);
      else
        g_assert_cmpuint (count_in_ss (&socket), ==, 1);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    close (fds[i]);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* and nobody has touched an x in it */
  g_assert_false (g_file_test ("x", G_FILE_TEST_EXISTS));
}

/* Whatever a socket may be, each of these programs takes what is said of it; and so does our own filter. */
static void
test_random (void)
{
  gboolean ss = has ("ss"), tcpdump = has ("tcpdump");
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  guint n_ss = 0, n_pcap = 0;

  for (guint i = 0; i < 300; i++)
    {
      PhSocket socket = { 0 };
      g_autofree char *owner = NULL;
      g_autofree char *filter = NULL;

      sample_random (rand, &socket);
      owner = ph_expression_owner (&socket);
      if (owner)
        {
          const PhColumn *const none[] = { NULL };
          const PhStyle style = { .numeric = TRUE };
          g_autoptr (PhFilter) own = ph_filter_parse (&ph_socket_schema, owner, NULL, NULL);

          g_assert_nonnull (own);
          g_assert_true (ph_filter_match (own, &(PhFilterContext){ none, &style }, &socket));
        }
      filter = ph_expression_pcap (&socket);
      g_assert_true (!filter || strspn (filter, "abcdefghijklmnopqrstuvwxyz0123456789 .:") == strlen (filter));
      /* No packet goes from an IPv4 address to an IPv6 one. */
      if (!ph_address_is_any (&socket.local) && !ph_address_is_any (&socket.remote)
          && ph_address_is_mapped (&socket.local) != ph_address_is_mapped (&socket.remote))
        continue;
      if (tcpdump && filter && n_pcap++ < 40)
        {
          g_autofree char *command = g_strconcat ("tcpdump -d -y EN10MB ", filter, NULL);
          g_autofree char *code = say (command);

          g_assert_nonnull (code);
          g_assert_nonnull (strstr (code, "ret      #262144")); /* there is something that it lets through */
        }
      g_free (filter);
      filter = ph_expression_ss (&socket);
      /* Of the others' kinds this kernel may know nothing. */
      if (ss && filter && strchr ("tuwx", filter[1]) && n_ss++ < 40)
        count_in_ss (&socket);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expression/ss", test_ss);
  g_test_add_func ("/expression/pcap", test_pcap);
  g_test_add_func ("/expression/owner", test_owner);
  g_test_add_data_func ("/expression/real-ss/ipv4", "127.0.0.1", test_real_ss);
  g_test_add_data_func ("/expression/real-ss/ipv6", "::1", test_real_ss);
  g_test_add_func ("/expression/real-paths", test_real_paths);
  g_test_add_func ("/expression/random", test_random);
  return g_test_run ();
}
