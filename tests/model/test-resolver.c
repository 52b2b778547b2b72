/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking up names, with a resolver of the test's own that counts: never more than sixteen at once, each address once,
 * whatever the answers are.
 */
#include "ph-resolver.h"

#include <string.h>

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;

  GHashTable *asked; /* text → how often */
  guint n_open;
  guint most_open;
  gboolean stuck; /* answers nothing */
  GPtrArray *open;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

/* Of the flood every seventh has no name, every eleventh fails in a way that might not last. */
static void
answer (TestResolver *self, GTask *task)
{
  const char *text = g_task_get_task_data (task);
  guint hash = g_str_has_prefix (text, "10.") ? g_str_hash (text) : 1;

  self->n_open--;
  if (g_task_return_error_if_cancelled (task))
    ;
  else if (hash % 7 == 0)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "None");
  else if (hash % 11 == 0)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "Not now");
  else
    g_task_return_pointer (task, g_strdup_printf ("host-%s.test", text), g_free);
}

/* Answers one of those that are open, not the oldest. */
static gboolean
answer_one (gpointer data)
{
  TestResolver *self = data;

  if (self->open->len == 0 || self->stuck)
    return G_SOURCE_REMOVE;
  g_autoptr (GTask) task = g_ptr_array_steal_index (self->open, g_random_int_range (0, self->open->len));
  answer (self, task);
  return G_SOURCE_REMOVE;
}

static void
lookup_async (GResolver *resolver,
              GInetAddress *address,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  char *text = g_inet_address_to_string (address);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->asked, text));

  g_task_set_task_data (task, text, g_free);
  g_hash_table_insert (self->asked, g_strdup (text), GUINT_TO_POINTER (n + 1));
  self->n_open++;
  self->most_open = MAX (self->most_open, self->n_open);
  g_ptr_array_add (self->open, task);
  if (!self->stuck)
    g_idle_add_full (G_PRIORITY_DEFAULT, answer_one, g_object_ref (self), g_object_unref);
}

static char *
lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_finalize (GObject *object)
{
  TestResolver *self = TEST_RESOLVER (object);

  g_hash_table_unref (self->asked);
  g_ptr_array_unref (self->open);
  G_OBJECT_CLASS (test_resolver_parent_class)->finalize (object);
}

static void
test_resolver_class_init (TestResolverClass *class)
{
  G_OBJECT_CLASS (class)->finalize = test_resolver_finalize;
  G_RESOLVER_CLASS (class)->lookup_by_address_async = lookup_async;
  G_RESOLVER_CLASS (class)->lookup_by_address_finish = lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
}

typedef struct
{
  PhNames *names;
  TestResolver *fake;
  PhResolver *resolver;
  GArray *told; /* gint64: when "resolved" came */
} Fixture;

static void
resolved (PhResolver *resolver, Fixture *f)
{
  gint64 now = g_get_monotonic_time ();

  g_array_append_val (f->told, now);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->names = ph_names_new (20000);
  f->fake = g_object_new (TEST_TYPE_RESOLVER, NULL);
  f->resolver = ph_resolver_new (f->names, G_RESOLVER (f->fake));
  f->told = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (f->resolver, "resolved", G_CALLBACK (resolved), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->resolver != NULL)
    g_assert_finalize_object (f->resolver);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->fake);
  ph_names_unref (f->names);
  g_array_unref (f->told);
}

static PhAddress
parse (const char *text)
{
  PhAddress address;

  g_assert_true (ph_address_parse (text, &address, NULL));
  return address;
}

static gboolean
host (Fixture *f, const char *text, char name[256])
{
  PhAddress address = parse (text);

  return ph_names_host (f->names, &address, TRUE, name, 256);
}

static void
want (Fixture *f, const char *text)
{
  char name[256];

  g_assert_false (host (f, text, name));
}

static guint
times_asked (Fixture *f, const char *text)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (f->fake->asked, text));
}

static void
run (Fixture *f)
{
  while (f->fake->n_open > 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
run_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_GINT64_CONSTANT (1000);

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
test_flood (Fixture *f, gconstpointer data)
{
  char text[32], name[256];
  GHashTableIter iter;
  gpointer n;
  gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < 10000; i++)
    {
      g_snprintf (text, sizeof text, "10.1.%u.%u", i / 250, 1 + i % 250);
      host (f, text, name);
      /* The cells are drawn again and again. */
      if (i % 3 == 0)
        host (f, text, name);
      if (i % 100 == 0)
        ph_resolver_kick (f->resolver);
    }
  ph_resolver_kick (f->resolver);
  run (f);
  /* What has no name is not asked for again. */
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *expected = NULL;

      g_snprintf (text, sizeof text, "10.1.%u.%u", i / 250, 1 + i % 250);
      expected = g_strdup_printf ("host-%s.test", text);
      if (host (f, text, name))
        g_assert_cmpstr (name, ==, expected);
      else
        g_assert_true (g_str_hash (text) % 7 == 0 || g_str_hash (text) % 11 == 0);
    }
  ph_resolver_kick (f->resolver);
  run (f);

  g_assert_cmpuint (g_hash_table_size (f->fake->asked), ==, 10000);
  g_hash_table_iter_init (&iter, f->fake->asked);
  while (g_hash_table_iter_next (&iter, NULL, &n))
    g_assert_cmpuint (GPOINTER_TO_UINT (n), ==, 1);
  g_assert_cmpuint (f->fake->most_open, ==, 16);

  /* Told at least once, and not for each. */
  run_for (600);
  g_assert_cmpuint (f->told->len, >=, 1);
  g_assert_cmpuint (f->told->len, <=, 2 + (g_get_monotonic_time () - began) / 500000);
  for (guint i = 1; i < f->told->len; i++)
    g_assert_cmpint (g_array_index (f->told, gint64, i) - g_array_index (f->told, gint64, i - 1), >=, 499000);

  /* And then all is quiet. */
  f->told->len = 0;
  run_for (600);
  g_assert_cmpuint (f->told->len, ==, 0);
}

static void
test_addresses (Fixture *f, gconstpointer data)
{
  char name[256];

  want (f, "0.0.0.0");
  want (f, "::");
  want (f, "::ffff:0.0.0.0");
  want (f, "::ffff:192.0.2.4");
  want (f, "192.0.2.4");
  want (f, "2001:db8::1");
  PhAddress scoped = parse ("fe80::1");
  scoped.scope = 3;
  g_assert_false (ph_names_host (f->names, &scoped, TRUE, name, sizeof name));
  ph_resolver_kick (f->resolver);
  run (f);

  g_assert_cmpuint (g_hash_table_size (f->fake->asked), ==, 3);
  g_assert_cmpuint (times_asked (f, "192.0.2.4"), ==, 1);
  g_assert_cmpuint (times_asked (f, "2001:db8::1"), ==, 1);
  g_assert_cmpuint (times_asked (f, "fe80::1"), ==, 1);

  g_assert_true (host (f, "192.0.2.4", name));
  g_assert_cmpstr (name, ==, "host-192.0.2.4.test");
  g_assert_true (host (f, "::ffff:192.0.2.4", name));
  g_assert_cmpstr (name, ==, "host-192.0.2.4.test");
  g_assert_true (ph_names_host (f->names, &scoped, FALSE, name, sizeof name));
  g_assert_cmpstr (name, ==, "host-fe80::1.test");

  /* One that is known already by its other form. */
  want (f, "192.0.2.5");
  ph_resolver_kick (f->resolver);
  run (f);
  want (f, "::ffff:192.0.2.5");
  ph_resolver_kick (f->resolver);
  run (f);
  g_assert_true (host (f, "::ffff:192.0.2.5", name));
  g_assert_cmpuint (times_asked (f, "192.0.2.5"), ==, 1);
}

static void
test_disabled (Fixture *f, gconstpointer data)
{
  ph_resolver_set_enabled (f->resolver, FALSE);
  want (f, "192.0.2.1");
  ph_resolver_kick (f->resolver);
  run (f);
  g_assert_cmpuint (g_hash_table_size (f->fake->asked), ==, 0);

  ph_resolver_set_enabled (f->resolver, TRUE);
  run (f);
  g_assert_cmpuint (g_hash_table_size (f->fake->asked), ==, 1);
}

/* It may go while questions are open, and answers come after it. */
static void
test_dropped (Fixture *f, gconstpointer data)
{
  char text[32];

  f->fake->stuck = TRUE;
  for (guint i = 1; i < 100; i++)
    {
      g_snprintf (text, sizeof text, "10.2.0.%u", i);
      want (f, text);
    }
  ph_resolver_kick (f->resolver);
  g_assert_cmpuint (f->fake->n_open, ==, 16);
  g_assert_finalize_object (g_steal_pointer (&f->resolver));
  f->fake->stuck = FALSE;
  while (f->fake->open->len > 0)
    answer_one (f->fake);
  run (f);
  g_assert_cmpuint (g_hash_table_size (f->fake->asked), ==, 16);
  g_assert_cmpuint (f->told->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/resolver/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("flood", test_flood);
  ADD ("addresses", test_addresses);
  ADD ("disabled", test_disabled);
  ADD ("dropped", test_dropped);
  return g_test_run ();
}
