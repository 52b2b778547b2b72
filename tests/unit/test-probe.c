/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every request put to this kernel, whatever it knows: the order of frames, and that what is asked for comes. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pwd.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>

#include "ask-probe.h"

/* Whether the request may end like this, whatever this kernel knows. */
static gboolean
may_end (PhRequestName name, const PhError *error)
{
  switch (error->code)
    {
    case PH_ERROR_NONE:
      return name != PH_REQUEST_NONE && name != PH_N_REQUESTS && name != PH_REQUEST_ROUTE_GET
             && name != PH_REQUEST_SOCKET;
    case PH_ERROR_UNSUPPORTED:
      return name == PH_REQUEST_NONE || name == PH_N_REQUESTS || ph_request_is_sockets (name)
             || (name > PH_REQUEST_SERVICES && name < PH_REQUEST_ROUTE_TABLES) || name == PH_REQUEST_PORT_RANGE;
    case PH_ERROR_SYSTEM:
      return (name == PH_REQUEST_SERVICES && error->errnum == ENOENT)
             || ((name == PH_REQUEST_ROUTE_GET || name == PH_REQUEST_SOCKET)
                 && error->errnum == EINVAL); /* about what, was not said */
    default:
      return FALSE;
    }
}

static void
test_every_request (void)
{
  PhProbe *probe = ph_probe_new ();

  for (guint round = 0; round < 2; round++)
    for (int name = PH_REQUEST_NONE; name <= PH_N_REQUESTS; name++)
      {
        const guint64 ids[] = { 1, 0, G_MAXUINT64, (guint64) getpid () };
        const PhRequest request
            = { .name = name, .ids = ids, .n_ids = 4, .want = round == 0 ? 0 : PH_WANT_TCP_INFO | PH_WANT_MEMORY };
        PhError error;
        FrameLog log = ask (probe, &request, &error);

        assert_promise_kept (&log);
        g_assert_cmpint (begin_of (&log, 0).request, ==, name);
        if (!may_end (name, &error))
          g_error ("%s: %s (%s)", ph_request_name (name), ph_error_code_name (error.code), g_strerror (error.errnum));
        frame_log_clear (&log);
      }
  ph_probe_free (probe);
  ph_probe_free (NULL);
}

static void
test_request_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int name = PH_REQUEST_NONE; name < PH_N_REQUESTS; name++)
    g_assert_true (g_hash_table_add (seen, (gpointer) ph_request_name (name)));
  g_assert_cmpstr (ph_request_name (PH_REQUEST_TCP4), ==, "tcp4");
  g_assert_cmpstr (ph_request_name (PH_N_REQUESTS), ==, "unknown");
  g_assert_cmpstr (ph_request_name ((PhRequestName) -1), ==, "unknown");
  for (int code = PH_ERROR_NONE; code <= PH_ERROR_SENDER + 1; code++)
    g_assert_cmpuint (strlen (ph_error_code_name (code)), >, 0);
}

/* The listener on @port, among the answers to @name. */
static const struct nlmsghdr *
find_listener (const FrameLog *log, guint16 port)
{
  for (guint i = 0; i < frame_log_count (log, PH_FRAME_NETLINK); i++)
    {
      gsize length;
      const struct nlmsghdr *message = frame_log_get (log, PH_FRAME_NETLINK, i, &length);
      int left = (int) length;

      for (; mnl_nlmsg_ok (message, left); message = mnl_nlmsg_next (message, &left))
        {
          const struct inet_diag_msg *socket = mnl_nlmsg_get_payload (message);

          g_assert_cmpint (message->nlmsg_type, ==, SOCK_DIAG_BY_FAMILY);
          if (ntohs (socket->id.idiag_sport) == port && socket->idiag_state == 10)
            return message;
        }
      g_assert_cmpint (left, ==, 0);
    }
  return NULL;
}

/* The states in which the answers to @name show sockets on @port, a bit for each. */
static guint32
states_on (PhProbe *probe, PhRequestName name, guint32 want, guint16 port)
{
  const PhRequest request = { .name = name, .want = want };
  PhError error;
  FrameLog log = ask (probe, &request, &error);
  guint32 states = 0;

  g_assert_cmpint (error.code, ==, PH_ERROR_NONE);
  for (guint i = 0; i < frame_log_count (&log, PH_FRAME_NETLINK); i++)
    {
      gsize length;
      const struct nlmsghdr *message = frame_log_get (&log, PH_FRAME_NETLINK, i, &length);
      int left = (int) length;

      for (; mnl_nlmsg_ok (message, left); message = mnl_nlmsg_next (message, &left))
        {
          const struct inet_diag_msg *socket = mnl_nlmsg_get_payload (message);

          if (ntohs (socket->id.idiag_sport) == port)
            states |= 1u << socket->idiag_state;
        }
    }
  if (begin_of (&log, 0).format != PH_FORMAT_NETLINK)
    states = G_MAXUINT32;
  frame_log_clear (&log);
  return states;
}

static gboolean
has_attribute (const struct nlmsghdr *message, guint type)
{
  const struct nlattr *attribute;

  mnl_attr_for_each (attribute, message, sizeof (struct inet_diag_msg))
    if (mnl_attr_get_type (attribute) == type)
      return TRUE;
  return FALSE;
}

/* A real listener of each family is in its own dump and not in the other's, with what was wanted and no more. */
static void
test_listeners (void)
{
  static const guint32 wants[] = { 0, PH_WANT_TCP_INFO, PH_WANT_MEMORY, PH_WANT_TCP_INFO | PH_WANT_MEMORY };
  PhProbe *probe = ph_probe_new ();

  for (guint i = 0; i < 2 * G_N_ELEMENTS (wants); i++)
    {
      const gboolean ipv6 = i % 2 == 1;
      struct sockaddr_in6 address = { 0 };
      socklen_t length = sizeof address;
      const int fd = socket (ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      PhRequest request = { .name = PH_REQUEST_TCP4, .want = wants[i / 2] };
      PhError error;
      FrameLog log4, log6;
      const struct nlmsghdr *message;

      if (fd < 0 || listen (fd, 1) != 0)
        {
          g_test_message ("no %s here", ipv6 ? "IPv6" : "IPv4");
          continue;
        }
      g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==, 0);
      log4 = ask (probe, &request, &error);
      g_assert_cmpint (error.code, ==, PH_ERROR_NONE);
      request.name = PH_REQUEST_TCP6;
      log6 = ask (probe, &request, &error);
      g_assert_cmpint (error.code, ==, PH_ERROR_NONE);
      if (begin_of (&log4, 0).format == PH_FORMAT_NETLINK)
        {
          message = find_listener (ipv6 ? &log6 : &log4, ntohs (address.sin6_port));
          g_assert_nonnull (message);
          g_assert_null (find_listener (ipv6 ? &log4 : &log6, ntohs (address.sin6_port)));
          g_assert_cmpint (has_attribute (message, INET_DIAG_INFO), ==, (wants[i / 2] & PH_WANT_TCP_INFO) != 0);
          g_assert_cmpint (has_attribute (message, INET_DIAG_CONG), ==, (wants[i / 2] & PH_WANT_TCP_INFO) != 0);
          g_assert_cmpint (has_attribute (message, INET_DIAG_SKMEMINFO), ==, (wants[i / 2] & PH_WANT_MEMORY) != 0);
          g_assert_true (has_attribute (message, INET_DIAG_SHUTDOWN));
        }
      frame_log_clear (&log4);
      frame_log_clear (&log6);
      close (fd);
    }
  ph_probe_free (probe);
}

/* Of a server that is talked to only the listener, and of two UDP sockets only the one that is not connected. */
static void
test_listening (void)
{
  static const struct
  {
    PhRequestName name;
    int type;
    guint32 listening; /* 1 << state */
  } cases[] = {
    { PH_REQUEST_TCP4, SOCK_STREAM, 1 << 10 },
    { PH_REQUEST_UDP4, SOCK_DGRAM, 1 << 7 },
  };
  PhProbe *probe = ph_probe_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
      socklen_t length = sizeof address;
      const struct sockaddr *any = (const struct sockaddr *) &address;
      const int server = socket (AF_INET, cases[i].type | SOCK_CLOEXEC, 0), yes = 1;
      const int other = socket (AF_INET, cases[i].type | SOCK_CLOEXEC, 0);
      guint32 all;

      g_assert_no_errno (setsockopt (server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes));
      g_assert_no_errno (setsockopt (other, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes));
      g_assert_no_errno (bind (server, any, length));
      g_assert_no_errno (getsockname (server, (struct sockaddr *) &address, &length));
      if (cases[i].type == SOCK_STREAM)
        g_assert_no_errno (listen (server, 1)); /* who connects is at the same port from then on */
      else
        g_assert_no_errno (bind (other, any, length));
      g_assert_no_errno (connect (other, any, length));

      all = states_on (probe, cases[i].name, 0, ntohs (address.sin_port));
      if (all != G_MAXUINT32)
        {
          g_assert_cmphex (all, ==, cases[i].listening | 1 << 1);
          g_assert_cmphex (states_on (probe, cases[i].name, PH_WANT_LISTENING, ntohs (address.sin_port)), ==,
                           cases[i].listening);
        }
      else
        g_test_message ("%s is read from a file here", ph_request_name (cases[i].name));
      close (server);
      close (other);
    }
  ph_probe_free (probe);
}

static void
test_links (void)
{
  PhProbe *probe = ph_probe_new ();
  const PhRequest request = { .name = PH_REQUEST_LINKS };
  gboolean found = FALSE;
  PhError error;
  FrameLog log = ask (probe, &request, &error);

  g_assert_cmpint (error.code, ==, PH_ERROR_NONE);
  for (guint i = 0; i < frame_log_count (&log, PH_FRAME_NETLINK); i++)
    {
      gsize length;
      const struct nlmsghdr *message = frame_log_get (&log, PH_FRAME_NETLINK, i, &length);
      int left = (int) length;

      for (; mnl_nlmsg_ok (message, left); message = mnl_nlmsg_next (message, &left))
        {
          const struct nlattr *attribute;

          g_assert_cmpint (message->nlmsg_type, ==, RTM_NEWLINK);
          mnl_attr_for_each (attribute, message, sizeof (struct ifinfomsg))
            found |= mnl_attr_get_type (attribute) == IFLA_IFNAME && strcmp (mnl_attr_get_str (attribute), "lo") == 0;
        }
    }
  g_assert_true (found);
  frame_log_clear (&log);
  ph_probe_free (probe);
}

static void
test_users (void)
{
  PhProbe *probe = ph_probe_new ();
  const guint64 ids[] = { geteuid (), 4123456789, G_MAXUINT64 };
  const PhRequest request = { .name = PH_REQUEST_USERS, .ids = ids, .n_ids = G_N_ELEMENTS (ids) };
  const struct passwd *self = getpwuid (geteuid ());
  const char *expected = self != NULL ? self->pw_name : "";
  PhError error;
  FrameLog log = ask (probe, &request, &error);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      gsize length;
      const PhFrameName *name = frame_log_get (&log, PH_FRAME_NAME, i, &length);

      g_assert_cmpuint (name->id, ==, ids[i]);
      g_assert_cmpuint (length, ==, sizeof *name + name->name_length);
      g_assert_cmpmem (name + 1, name->name_length, expected, i == 0 ? strlen (expected) : 0);
    }
  frame_log_clear (&log);
  ph_probe_free (probe);
}

/* Each request ends at once where it is not wanted any more, and the next one is served as ever. */
static void
test_stopped (void)
{
  PhProbe *probe = ph_probe_new ();
  const guint64 ids[] = { 1, 2, 3 };
  const PhRouteQuery route = { .family = AF_INET, .destination = { 127, 0, 0, 1 } };
  const PhSocketId socket = { .family = AF_INET, .protocol = IPPROTO_TCP, .cookie = 1 };
  atomic_bool stop;

  for (int name = PH_REQUEST_TCP4; name < PH_N_REQUESTS; name++)
    {
      const PhRequest request = { .name = name, .ids = ids, .n_ids = 3, .route = &route, .socket = &socket };
      FrameLog log = frame_log_new ();
      PhError error;

      atomic_init (&stop, true);
      g_assert_false (ph_probe_ask (probe, &request, frame_log_sink, &log, &stop, &error));
      g_assert_cmpint (error.errnum, ==, ECANCELED);
      g_assert_cmpuint (log.frames->len, <=, 2 + 3);
      frame_log_reset (&log);
      atomic_store (&stop, false);
      if (ph_probe_ask (probe, &request, frame_log_sink, &log, &stop, NULL))
        g_assert_cmpint (frame_log_end (&log).code, ==, PH_ERROR_NONE);
      frame_log_clear (&log);
    }
  ph_probe_free (probe);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/every-request", test_every_request);
  g_test_add_func ("/probe/request-names", test_request_names);
  g_test_add_func ("/probe/listeners", test_listeners);
  g_test_add_func ("/probe/listening", test_listening);
  g_test_add_func ("/probe/links", test_links);
  g_test_add_func ("/probe/users", test_users);
  g_test_add_func ("/probe/stopped", test_stopped);
  return g_test_run ();
}
