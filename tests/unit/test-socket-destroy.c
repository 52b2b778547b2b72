/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SOCK_DESTROY hits the one socket that was meant: real connections in a network namespace of the test's own.
 */
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "nobody.h"
#include "own-network.h"
#include "ph-deed.h"
#include "ph-socket-destroy.h"

#include <linux/inet_diag.h>
#include <linux/sock_diag.h>

#ifndef SO_COOKIE
#define SO_COOKIE 57
#endif

static gboolean can_destroy; /* this kernel */

/* --- sockets --- */

typedef struct
{
  int listener, client, server;
} Pair;

static socklen_t
loopback (struct sockaddr_storage *address, int family, guint16 port)
{
  memset (address, 0, sizeof *address);
  address->ss_family = (sa_family_t) family;
  if (family == AF_INET)
    {
      struct sockaddr_in *in = (struct sockaddr_in *) address;

      in->sin_addr.s_addr = htonl (INADDR_LOOPBACK);
      in->sin_port = htons (port);
      return sizeof *in;
    }
  struct sockaddr_in6 *in6 = (struct sockaddr_in6 *) address;

  in6->sin6_addr = in6addr_loopback;
  in6->sin6_port = htons (port);
  return sizeof *in6;
}

static int
bound (int family, int type, guint16 port)
{
  const int fd = socket (family, type | SOCK_CLOEXEC, 0), on = 1;
  struct sockaddr_storage address;
  const socklen_t length = loopback (&address, family, port);

  g_assert_cmpint (fd, >=, 0);
  g_assert_no_errno (setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on));
  g_assert_no_errno (bind (fd, (struct sockaddr *) &address, length));
  return fd;
}

static guint16
port_of (const struct sockaddr_storage *address)
{
  return ntohs (address->ss_family == AF_INET ? ((const struct sockaddr_in *) address)->sin_port
                                              : ((const struct sockaddr_in6 *) address)->sin6_port);
}

/* What sock_diag(7) would tell of it. */
static PhSocketId
id_of (int fd, guint8 protocol)
{
  struct sockaddr_storage local = { 0 }, remote = { 0 };
  socklen_t length = sizeof local;
  PhSocketId id = { .protocol = protocol };

  g_assert_no_errno (getsockname (fd, (struct sockaddr *) &local, &length));
  length = sizeof remote;
  if (getpeername (fd, (struct sockaddr *) &remote, &length) != 0)
    remote.ss_family = local.ss_family;
  id.family = (guint8) local.ss_family;
  id.local_port = port_of (&local);
  id.remote_port = port_of (&remote);
  if (id.family == AF_INET)
    {
      memcpy (id.local, &((struct sockaddr_in *) &local)->sin_addr, 4);
      memcpy (id.remote, &((struct sockaddr_in *) &remote)->sin_addr, 4);
    }
  else
    {
      memcpy (id.local, &((struct sockaddr_in6 *) &local)->sin6_addr, 16);
      memcpy (id.remote, &((struct sockaddr_in6 *) &remote)->sin6_addr, 16);
    }
  length = sizeof id.cookie;
  g_assert_no_errno (getsockopt (fd, SOL_SOCKET, SO_COOKIE, &id.cookie, &length));
  return id;
}

/* @client_port 0: any. */
static void
pair_open (Pair *pair, int family, guint16 port, guint16 client_port)
{
  struct sockaddr_storage address;
  socklen_t length = loopback (&address, family, port);

  pair->listener = bound (family, SOCK_STREAM, port);
  g_assert_no_errno (listen (pair->listener, 8));
  pair->client = bound (family, SOCK_STREAM, client_port);
  g_assert_no_errno (connect (pair->client, (struct sockaddr *) &address, length));
  pair->server = accept4 (pair->listener, NULL, NULL, SOCK_CLOEXEC);
  g_assert_cmpint (pair->server, >=, 0);
}

/* With a reset, so that its addresses are free at once. */
static void
abort_socket (int fd)
{
  const struct linger now = { .l_onoff = 1 };

  g_assert_no_errno (setsockopt (fd, SOL_SOCKET, SO_LINGER, &now, sizeof now));
  close (fd);
}

static void
pair_close (Pair *pair)
{
  abort_socket (pair->client);
  abort_socket (pair->server);
  close (pair->listener);
}

static void
assert_lives (const Pair *pair)
{
  char c = 0;

  g_assert_cmpint (write (pair->client, "x", 1), ==, 1);
  g_assert_cmpint (read (pair->server, &c, 1), ==, 1);
  g_assert_cmpint (c, ==, 'x');
}

static int
read_error (int fd)
{
  char c;
  struct pollfd ready = { .fd = fd, .events = POLLIN };

  g_assert_cmpint (poll (&ready, 1, 5000), ==, 1);
  return read (fd, &c, 1) < 0 ? errno : 0;
}

static PhVerdict
destroy (const PhSocketId *id)
{
  const PhDeed deed = { .name = PH_DEED_CLOSE, .socket = *id };

  return ph_deed_do (&deed).verdict;
}

static gboolean
skip_where_kernel_cannot (void)
{
  if (!can_destroy)
    g_test_skip ("this kernel was built without INET_DIAG_DESTROY");
  return !can_destroy;
}

/* --- connections --- */

static void
test_connection (gconstpointer data)
{
  const int family = GPOINTER_TO_INT (data);
  Pair pair, bystander;
  PhSocketId id;

  if (skip_where_kernel_cannot ())
    return;
  pair_open (&pair, family, 4000, 0);
  pair_open (&bystander, family, 4001, 0);
  id = id_of (pair.client, IPPROTO_TCP);
  g_assert_cmpint (destroy (&id), ==, PH_VERDICT_DONE);
  g_assert_cmpint (read_error (pair.client), ==, ECONNABORTED);
  g_assert_cmpint (read_error (pair.server), ==, ECONNRESET);
  g_assert_cmpint (destroy (&id), ==, PH_VERDICT_GONE);
  assert_lives (&bystander);
  pair_close (&pair);
  pair_close (&bystander);
}

/* The addresses fit and the cookie does not, or there is none that is compared. */
static void
test_cookie (void)
{
  static const guint64 wrong[] = { 0, G_MAXUINT64 };
  Pair pair;
  PhSocketId id;

  pair_open (&pair, AF_INET, 4002, 0);
  id = id_of (pair.client, IPPROTO_TCP);
  id.cookie++;
  g_assert_cmpint (destroy (&id), ==, can_destroy ? PH_VERDICT_GONE : PH_VERDICT_UNSUPPORTED);
  id.cookie += G_GUINT64_CONSTANT (1) << 32;
  g_assert_cmpint (destroy (&id), ==, can_destroy ? PH_VERDICT_GONE : PH_VERDICT_UNSUPPORTED);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      id.cookie = wrong[i];
      g_assert_cmpint (destroy (&id), ==, PH_VERDICT_REFUSED);
    }
  assert_lives (&pair);
  pair_close (&pair);
}

/* A later connection between the same addresses and ports. */
static void
test_reuse (void)
{
  Pair pair;
  PhSocketId old, new;

  pair_open (&pair, AF_INET, 4003, 4004);
  old = id_of (pair.client, IPPROTO_TCP);
  pair_close (&pair);
  pair_open (&pair, AF_INET, 4003, 4004);
  new = id_of (pair.client, IPPROTO_TCP);
  g_assert_cmpuint (new.cookie, !=, old.cookie);
  new.cookie = old.cookie;
  g_assert_cmpmem (&new, sizeof new, &old, sizeof old);
  g_assert_cmpint (destroy (&old), ==, can_destroy ? PH_VERDICT_GONE : PH_VERDICT_UNSUPPORTED);
  assert_lives (&pair);
  pair_close (&pair);
}

/* --- listeners and datagrams --- */

static void
test_listener (void)
{
  Pair pair;
  PhSocketId id;
  struct sockaddr_storage address;
  const socklen_t length = loopback (&address, AF_INET, 4005);
  int late;

  if (skip_where_kernel_cannot ())
    return;
  pair_open (&pair, AF_INET, 4005, 0);
  id = id_of (pair.listener, IPPROTO_TCP);
  g_assert_cmpint (id.remote_port, ==, 0);
  g_assert_cmpint (destroy (&id), ==, PH_VERDICT_DONE);
  late = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (connect (late, (struct sockaddr *) &address, length), ==, -1);
  g_assert_cmpint (errno, ==, ECONNREFUSED);
  assert_lives (&pair); /* what was accepted stays */
  close (late);
  pair_close (&pair);
}

/* A port that the program has chosen stays its own; its reader hears an error. */
static void
test_datagram (void)
{
  PhSocketId id;
  int fd;

  if (skip_where_kernel_cannot ())
    return;
  fd = bound (AF_INET, SOCK_DGRAM, 4006);
  id = id_of (fd, IPPROTO_UDP);
  g_assert_cmpint (destroy (&id), ==, PH_VERDICT_DONE);
  g_assert_cmpint (read_error (fd), ==, ECONNABORTED);
  g_assert_cmpint (id_of (fd, IPPROTO_UDP).local_port, ==, 4006);
  close (fd);
}

/* Many sockets at one port, as mDNS has them: whichever the kernel finds, only the one with the cookie is closed. */
static void
test_shared_port (void)
{
  int fds[4];
  PhSocketId id;
  PhVerdict verdict;
  struct pollfd hurt[4];

  if (skip_where_kernel_cannot ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = bound (AF_INET, SOCK_DGRAM, 4007);
  id = id_of (fds[1], IPPROTO_UDP);
  verdict = destroy (&id);
  g_assert_true (verdict == PH_VERDICT_DONE || verdict == PH_VERDICT_GONE);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    hurt[i] = (struct pollfd){ .fd = fds[i], .events = POLLIN };
  poll (hurt, G_N_ELEMENTS (hurt), 0);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      g_assert_cmpint (hurt[i].revents != 0, ==, i == 1 && verdict == PH_VERDICT_DONE);
      close (fds[i]);
    }
}

/* --- privilege --- */

static void
test_denied (void)
{
  const pid_t sender = fork ();
  int status;
  Pair pair;
  PhSocketId id;

  if (sender == 0)
    {
      pair_open (&pair, AF_INET, 4008, 0);
      id = id_of (pair.client, IPPROTO_TCP);
      nobody_be (TRUE);
      if (ph_means ().may_close)
        _exit (100);
      const PhVerdict verdict = destroy (&id);
      assert_lives (&pair);
      _exit (verdict);
    }
  g_assert_cmpint (waitpid (sender, &status, 0), ==, sender);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, can_destroy ? PH_VERDICT_DENIED : PH_VERDICT_UNSUPPORTED);
  g_assert_true (ph_means ().may_close);
}

/* --- bytes --- */

static void
test_message (void)
{
  const PhSocketId id = {
    .family = AF_INET,
    .protocol = IPPROTO_TCP,
    .local_port = 0x1234,
    .remote_port = 0x5678,
    .interface = 9,
    .local = { 192, 0, 2, 1, 99 },
    .remote = { 198, 51, 100, 2, 99 },
    .cookie = 0x1122334455667788,
  };
  static const guint8 others[] = { IPPROTO_UDPLITE, IPPROTO_RAW, IPPROTO_SCTP, IPPROTO_DCCP, 0 };
  PhSockDiagMessage message = { .bytes = { 0 } };
  const struct inet_diag_req_v2 *request = mnl_nlmsg_get_payload (&message.header);
  PhSocketId other;

  g_assert_true (ph_socket_destroy_build (&message, &id));
  g_assert_cmpint (message.header.nlmsg_type, ==, SOCK_DESTROY);
  g_assert_cmpint (message.header.nlmsg_len, ==, NLMSG_LENGTH (sizeof *request));
  g_assert_cmpint (request->sdiag_family, ==, AF_INET);
  g_assert_cmpint (request->sdiag_protocol, ==, IPPROTO_TCP);
  g_assert_cmphex (request->id.idiag_sport, ==, htons (0x1234));
  g_assert_cmphex (request->id.idiag_dport, ==, htons (0x5678));
  g_assert_cmphex (request->id.idiag_src[0], ==, htonl (0xc0000201));
  g_assert_cmphex (request->id.idiag_dst[0], ==, htonl (0xc6336402));
  g_assert_cmphex (request->id.idiag_src[1], ==, 0);
  g_assert_cmphex (request->id.idiag_if, ==, 9);
  g_assert_cmphex (request->id.idiag_cookie[0], ==, 0x55667788);
  g_assert_cmphex (request->id.idiag_cookie[1], ==, 0x11223344);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      other = id;
      other.protocol = others[i];
      g_assert_false (ph_socket_destroy_build (&message, &other));
    }
  other = id;
  other.family = AF_UNIX;
  g_assert_false (ph_socket_destroy_build (&message, &other));
}

static void
test_answers (void)
{
  static const struct
  {
    int errnum;
    PhVerdict verdict;
  } answers[] = {
    { 0, PH_VERDICT_DONE },
    { ENOENT, PH_VERDICT_GONE },
    { ESTALE, PH_VERDICT_GONE },
    { EPERM, PH_VERDICT_DENIED },
    { EACCES, PH_VERDICT_DENIED },
    { EOPNOTSUPP, PH_VERDICT_UNSUPPORTED },
    { EINVAL, PH_VERDICT_UNSUPPORTED },
    { ETIMEDOUT, PH_VERDICT_FAILED },
    { ENOMEM, PH_VERDICT_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const PhOutcome outcome = ph_socket_destroy_outcome (answers[i].errnum);

      g_assert_cmpint (outcome.verdict, ==, answers[i].verdict);
      g_assert_cmpint (outcome.errnum, ==, answers[i].errnum);
    }
}

/* Asked about a socket that is there: a kernel that cannot says so, whatever the cookie. */
static gboolean
kernel_can_destroy (void)
{
  const int fd = bound (AF_INET, SOCK_STREAM, 4999);
  PhSocketId id = id_of (fd, IPPROTO_TCP);

  id.cookie++;
  close (fd);
  return destroy (&id) != PH_VERDICT_UNSUPPORTED;
}

int
main (int argc, char **argv)
{
  if (!own_network_enter ())
    {
      g_printerr ("no network namespace of our own: %s\n", g_strerror (errno));
      return 77;
    }
  own_network_up (OWN_NETWORK_LO, TRUE);
  g_test_init (&argc, &argv, NULL);
  can_destroy = kernel_can_destroy ();
  g_test_add_data_func ("/socket-destroy/ipv4", GINT_TO_POINTER (AF_INET), test_connection);
  g_test_add_data_func ("/socket-destroy/ipv6", GINT_TO_POINTER (AF_INET6), test_connection);
  g_test_add_func ("/socket-destroy/cookie", test_cookie);
  g_test_add_func ("/socket-destroy/reuse", test_reuse);
  g_test_add_func ("/socket-destroy/listener", test_listener);
  g_test_add_func ("/socket-destroy/datagram", test_datagram);
  g_test_add_func ("/socket-destroy/shared-port", test_shared_port);
  g_test_add_func ("/socket-destroy/denied", test_denied);
  g_test_add_func ("/socket-destroy/message", test_message);
  g_test_add_func ("/socket-destroy/answers", test_answers);
  return g_test_run ();
}
