/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Which route?" asked of this kernel about its own loopback addresses, which are the same everywhere, and names looked
 * up by a resolver of the test's own.
 */
#include "ph-route-lookup.h"

#include <string.h>

#include "loop.h"

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;

  guint n_asked;
  gboolean stuck; /* answers only when cancelled */
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static TestResolver *resolver;

static void
free_addresses (gpointer addresses)
{
  g_resolver_free_addresses (addresses);
}

static void
answer (GTask *task, const char *name)
{
  GList *addresses = NULL;

  if (strcmp (name, "both.test") == 0)
    addresses = g_list_append (addresses, g_inet_address_new_from_string ("127.0.0.7"));
  if (strcmp (name, "both.test") == 0 || strcmp (name, "six.test") == 0)
    addresses = g_list_append (addresses, g_inet_address_new_from_string ("::1"));
  if (addresses)
    g_task_return_pointer (task, addresses, free_addresses);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No such name");
}

static void
give_up (GCancellable *cancellable, GTask *task)
{
  g_task_return_error_if_cancelled (task);
  g_object_unref (task);
}

static void
lookup_async (
    GResolver *base, const char *name, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TestResolver *self = TEST_RESOLVER (base);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->n_asked++;
  if (self->stuck)
    g_signal_connect (cancellable, "cancelled", G_CALLBACK (give_up), g_object_ref (task));
  else
    answer (task, name);
}

static GList *
lookup_finish (GResolver *base, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *class)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (class);

  resolver_class->lookup_by_name_async = lookup_async;
  resolver_class->lookup_by_name_finish = lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

/* --- questions --- */

static void
take_result (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static PhRouteExplanation *
ask (const PhRouteQuestion *question, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ph_route_lookup_async (question, NULL, NULL, NULL, take_result, &result);
  g_assert_null (result); /* never before it returns */
  RUN_UNTIL (result != NULL);
  return ph_route_lookup_finish (result, error);
}

static void
assert_delivered (const PhRouteQuestion *question, const char *headline)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhRouteExplanation) explanation = ask (question, &error);

  g_assert_no_error (error);
  g_test_message ("%s\n%s", explanation->headline, explanation->line);
  g_assert_cmpint (explanation->verdict, ==, PH_ROUTE_DELIVERED);
  g_assert_cmpstr (explanation->headline, ==, headline);
}

static void
test_addresses (void)
{
  resolver->n_asked = 0;
  assert_delivered (&(PhRouteQuestion){ .address = "127.0.0.1" }, "127.0.0.1 is an address of this computer");
  assert_delivered (&(PhRouteQuestion){ .address = " 127.1.2.3 ", .source = "127.0.0.1", .mark = "0x0" },
                    "127.1.2.3 is an address of this computer");
  g_assert_cmpuint (resolver->n_asked, ==, 0);
}

static void
test_names (void)
{
  resolver->n_asked = 0;
  assert_delivered (&(PhRouteQuestion){ .address = "both.test" }, "127.0.0.7 is an address of this computer");
  g_assert_cmpuint (resolver->n_asked, ==, 1);

  /* Of the family of the other one; the answer hangs on whether this machine has IPv6. */
  g_autoptr (GError) error = NULL;
  g_autoptr (PhRouteExplanation) explanation
      = ask (&(PhRouteQuestion){ .address = "both.test", .source = "six.test" }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (explanation->destination.family, ==, PH_FAMILY_IPV6);
  g_assert_cmpuint (resolver->n_asked, ==, 3);
}

static void
test_errors (void)
{
  g_autofree char *endless = g_strnfill (10000, 'a');
  const struct
  {
    PhRouteQuestion question;
    GQuark domain;
    int code;
  } rows[] = {
    { { "none.test" }, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND },
    { { "127.0.0.1", "none.test" }, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND },
    { { "" }, PH_ROUTE_QUERY_ERROR, PH_ROUTE_QUERY_ERROR_ADDRESS },
    { { NULL }, PH_ROUTE_QUERY_ERROR, PH_ROUTE_QUERY_ERROR_ADDRESS },
    { { "two words" }, PH_ROUTE_QUERY_ERROR, PH_ROUTE_QUERY_ERROR_ADDRESS },
    { { "10.0.0.0/8" }, PH_ROUTE_QUERY_ERROR, PH_ROUTE_QUERY_ERROR_ADDRESS },
    { { "\xff\xfe" }, PH_ROUTE_QUERY_ERROR, PH_ROUTE_QUERY_ERROR_ADDRESS },
    { { endless }, PH_ROUTE_QUERY_ERROR, PH_ROUTE_QUERY_ERROR_ADDRESS },
    { { "127.0.0.1", "::1" }, PH_ROUTE_QUERY_ERROR, PH_ROUTE_QUERY_ERROR_SOURCE },
    { { "127.0.0.1", NULL, "much" }, PH_ROUTE_QUERY_ERROR, PH_ROUTE_QUERY_ERROR_MARK },
    { { "127.0.0.1", NULL, NULL, "no-such-link" }, PH_ROUTE_QUERY_ERROR, PH_ROUTE_QUERY_ERROR_INTERFACE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ask (&rows[i].question, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, rows[i].domain, rows[i].code);
    }
}

/* At every moment: before it has begun, while a name is looked up, while the kernel is asked. */
static void
test_cancel (void)
{
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (PhRouteExplanation) explanation = NULL;
      const PhRouteQuestion question = { .address = i % 3 == 1 ? "both.test" : "127.0.0.1" };

      resolver->stuck = i % 3 == 1;
      if (i % 3 == 0)
        g_cancellable_cancel (cancellable);
      ph_route_lookup_async (&question, NULL, NULL, cancellable, take_result, &result);
      if (i % 3 == 2)
        g_usleep (i * 20);
      g_cancellable_cancel (cancellable);
      RUN_UNTIL (result != NULL);
      explanation = ph_route_lookup_finish (result, &error);
      g_assert_null (explanation);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  resolver->stuck = FALSE;
}

/* Several at once. */
static void
test_many (void)
{
  GAsyncResult *results[20] = { NULL };
  char address[16];

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_snprintf (address, sizeof address, "127.0.0.%u", i + 1);
      ph_route_lookup_async (&(PhRouteQuestion){ .address = address }, NULL, NULL, NULL, take_result, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PhRouteExplanation) explanation = NULL;

      RUN_UNTIL (results[i] != NULL);
      explanation = ph_route_lookup_finish (results[i], &error);
      g_assert_no_error (error);
      g_assert_cmpuint (explanation->destination.bytes[3], ==, i + 1);
      g_object_unref (results[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (G_RESOLVER (resolver));
  g_test_add_func ("/route-lookup/addresses", test_addresses);
  g_test_add_func ("/route-lookup/names", test_names);
  g_test_add_func ("/route-lookup/errors", test_errors);
  g_test_add_func ("/route-lookup/cancel", test_cancel);
  g_test_add_func ("/route-lookup/many", test_many);
  return g_test_run ();
}
