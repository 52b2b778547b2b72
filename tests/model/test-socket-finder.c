/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Look up on the real kernel: this program's own sockets, what is at hand and what has to be collected. */
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ph-socket-finder.h"
#include "ph-source.h"

static void
done (GObject *object, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static PhLookup *
find (PhSocketFinder *finder, const char *text, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ph_socket_finder_find_async (finder, text, cancellable, done, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return ph_socket_finder_find_finish (finder, result, error);
}

static int
listen_somewhere (guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 1), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==, 0);
  *port = ntohs (address.sin_port);
  return fd;
}

static PhSnapshot *
collect (gboolean owners, guint64 requests)
{
  g_autoptr (PhSource) source = ph_source_new (&ph_socket_topic, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  PhPlan plan = { .requests = requests, .owners = owners };

  ph_source_collect_async (source, &plan, NULL, done, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return ph_source_collect_finish (source, result, NULL, NULL, NULL);
}

static const PhLookupHit *
only_hit (PhLookup *lookup)
{
  g_assert_nonnull (lookup);
  g_assert_cmpuint (lookup->n_hits, ==, 1);
  return g_ptr_array_index (lookup->hits, 0);
}

static void
test_collects (void)
{
  g_autoptr (PhSocketFinder) finder = ph_socket_finder_new (NULL);
  g_autoptr (GError) error = NULL;
  guint16 port;
  int fd = listen_somewhere (&port);
  g_autofree char *by_port = g_strdup_printf (":%u", port);
  g_autofree char *by_pid = g_strdup_printf ("pid %d", getpid ());
  g_autofree char *title = g_strdup_printf ("127.0.0.1:%u", port);

  g_autoptr (PhLookup) ports = find (finder, by_port, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (only_hit (ports)->kind, ==, PH_LOOKUP_LOCAL_PORT);

  g_autoptr (PhLookup) pids = find (finder, by_pid, NULL, &error);
  g_assert_no_error (error);
  const PhLookupHit *own = only_hit (pids);
  g_assert_cmpint (own->kind, ==, PH_LOOKUP_PROCESS);
  g_assert_cmpstr (((PhLookupSocket *) g_ptr_array_index (own->sockets, 0))->title, ==, title);
  close (fd);
}

/* Two at once are answered by one collection, and both. */
static void
test_together (void)
{
  g_autoptr (PhSocketFinder) finder = ph_socket_finder_new (NULL);
  g_autoptr (GAsyncResult) first = NULL, second = NULL;
  g_autofree char *by_pid = g_strdup_printf ("%d", getpid ());
  guint16 port;
  int fd = listen_somewhere (&port);

  ph_socket_finder_find_async (finder, by_pid, NULL, done, &first);
  ph_socket_finder_find_async (finder, "pid:4194304", NULL, done, &second);
  while (!first || !second)
    g_main_context_iteration (NULL, TRUE);

  g_autoptr (PhLookup) one = ph_socket_finder_find_finish (finder, first, NULL);
  g_autoptr (PhLookup) two = ph_socket_finder_find_finish (finder, second, NULL);
  g_assert_cmpint (((PhLookupHit *) g_ptr_array_index (one->hits, 0))->kind, ==, PH_LOOKUP_PROCESS);
  g_assert_cmpuint (two->n_hits, ==, 0);
  g_assert_nonnull (strstr (two->note, "4194304"));
  close (fd);
}

/* What was offered is searched if it is whole: a port that came later is not in it, and is collected all the same. */
static void
test_offered (void)
{
  g_autoptr (PhSocketFinder) finder = ph_socket_finder_new (NULL);
  g_autoptr (PhSnapshot) whole = NULL;
  guint16 before, after;
  int old = listen_somewhere (&before);
  g_autofree char *first = g_strdup_printf (":%u", before);

  whole = collect (TRUE, PH_PLAN_ALL);
  ph_socket_finder_offer (finder, whole);
  ph_socket_finder_offer (finder, whole);
  close (old);
  /* It is gone by now: only what was offered knows it. */
  g_autoptr (PhLookup) lookup = find (finder, first, NULL, NULL);
  only_hit (lookup);

  int new = listen_somewhere (&after);
  g_autofree char *second = g_strdup_printf (":%u", after);
  g_autoptr (PhLookup) later = find (finder, second, NULL, NULL);
  only_hit (later);
  close (new);
}

/* Without owners, or without some kinds, a snapshot will not do. */
static void
test_not_whole (void)
{
  g_autoptr (PhSocketFinder) finder = ph_socket_finder_new (NULL);
  guint16 port;
  int fd = listen_somewhere (&port);
  g_autofree char *text = g_strdup_printf (":%u", port);
  g_autoptr (PhSnapshot) ownerless = collect (FALSE, PH_PLAN_ALL);
  g_autoptr (PhSnapshot) some = collect (TRUE, G_GUINT64_CONSTANT (1) << PH_REQUEST_TCP4);

  close (fd);
  ph_socket_finder_offer (finder, ownerless);
  g_autoptr (PhLookup) first = find (finder, text, NULL, NULL);
  g_assert_cmpuint (first->n_hits, ==, 0);
  ph_socket_finder_offer (finder, some);
  g_autoptr (PhLookup) second = find (finder, text, NULL, NULL);
  g_assert_cmpuint (second->n_hits, ==, 0);
  ph_socket_finder_offer (finder, NULL);
}

static void
test_cancelled (void)
{
  g_autoptr (PhSocketFinder) finder = ph_socket_finder_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ph_socket_finder_find_async (finder, "1", cancellable, done, &result);
  g_cancellable_cancel (cancellable);
  /* Who asked has gone: the finder lives as long as it has something to do. */
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (ph_socket_finder_find_finish (finder, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_autoptr (PhLookup) nothing = find (finder, "", NULL, NULL);
  g_assert_cmpuint (nothing->n_hits, ==, 0);
  g_assert_null (nothing->note);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/socket-finder/collects", test_collects);
  g_test_add_func ("/socket-finder/together", test_together);
  g_test_add_func ("/socket-finder/offered", test_offered);
  g_test_add_func ("/socket-finder/not-whole", test_not_whole);
  g_test_add_func ("/socket-finder/cancelled", test_cancelled);
  return g_test_run ();
}
