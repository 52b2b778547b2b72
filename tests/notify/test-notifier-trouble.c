/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notification services that are not there yet, start again, refuse, or never answer. */
#include "ears.h"

static void
count_notify (GObject *object, GParamSpec *pspec, gpointer count)
{
  (*(guint *) count)++;
}

static void
test_absent (void)
{
  Ears *ears = ears_new ();
  guint changes = 0;
  MockService *service;

  g_signal_connect (ears->notifier, "notify::available", G_CALLBACK (count_notify), &changes);
  tell (ears, "nginx", 80, 1);
  assert_said (ears, 1, "failed No notification service is running.");
  tell (ears, "nginx", 443, 1);
  tell (ears, "nginx", 80, 1); /* already waits */
  loop_run_for (QUIET_MS);
  g_assert_cmpuint (ears->said->len, ==, 1);
  g_assert_cmpuint (changes, ==, 1);

  service = mock_service_new (mock_full);
  RUN_UNTIL (service->told->len > 0);
  g_assert_cmpstr (mock_title (mock_service_nth (service, 0)), ==, "2 new listening ports");
  RUN_UNTIL (ph_notifier_get_available (ears->notifier));
  g_assert_null (ph_notifier_get_trouble (ears->notifier));
  g_assert_cmpuint (changes, ==, 2);
  loop_run_for (QUIET_MS);
  g_assert_cmpuint (service->told->len, ==, 1);

  /* And once more, for each time that it was available. */
  mock_service_free (service);
  tell (ears, "sshd", 22, 1);
  assert_said (ears, 2, "failed No notification service is running.");
  ears_free (ears);
}

/* What waits is kept short, and counted. */
static void
test_absent_for_long (void)
{
  Ears *ears = ears_new ();
  MockService *service;

  for (guint i = 0; i < 10; i++)
    tell (ears, "nginx", (guint16) (1000 + 50 * i), 50);
  assert_said (ears, 1, "failed No notification service is running.");
  service = mock_service_new (mock_full);
  RUN_UNTIL (service->told->len > 0);
  g_assert_cmpstr (mock_title (mock_service_nth (service, 0)), ==, "500 new listening ports");
  ears_free (ears);
  mock_service_free (service);
}

static void
test_restarted (void)
{
  MockService *service = mock_service_new (mock_full);
  Ears *ears = ears_new ();
  GVariant *told;

  tell_and_wait (ears, service, "nginx", 80, 1);
  mock_service_free (service);

  service = mock_service_new (mock_plain);
  told = tell_and_wait (ears, service, "nginx", 80, 1);
  g_assert_cmpuint (mock_replaces (told), ==, 0); /* of another program, by now */
  assert_buttons (told, "");
  mock_service_free (service);

  service = mock_service_new (mock_full);
  service->version = "none to speak of";
  told = tell_and_wait (ears, service, "nginx", 80, 1);
  assert_buttons (told, ONE_BUTTONS);
  mock_service_press (service, 1, "show", NULL);
  assert_said (ears, 1, "show tcp any 80 program /usr/bin/nginx");
  ears_free (ears);
  mock_service_free (service);
}

static void
test_refused (void)
{
  MockService *service = mock_service_new (mock_full);
  Ears *ears = ears_new ();
  GVariant *told;

  service->refused = "Notify";
  tell (ears, "nginx", 80, 1);
  assert_said (ears, 1, "failed Notifications cannot be shown: too\\x0A\\x1B[31mmany of <b>them</b>");
  service->refused = NULL;
  told = tell_and_wait (ears, service, "nginx", 443, 1);
  g_assert_cmpstr (mock_title (told), ==, "2 new listening ports");
  RUN_UNTIL (ph_notifier_get_available (ears->notifier));
  ears_free (ears);
  mock_service_free (service);
}

/* A service that never answers @method holds up nobody but the thread. */
static void
check_silent (const char *method)
{
  MockService *service = mock_service_new (mock_full);
  Ears *ears = ears_new ();
  gint64 began;

  service->silent = method;
  tell (ears, "nginx", 80, 1);
  RUN_UNTIL (service->calls->len > 0);
  tell (ears, "nginx", 443, 1);
  loop_run_for (QUIET_MS);
  g_assert_cmpuint (service->calls->len, ==, 1);

  began = g_get_monotonic_time ();
  g_assert_finalize_object (ears->notifier);
  g_assert_cmpint (g_get_monotonic_time () - began, <, ENDED_US);
  g_ptr_array_unref (ears->said);
  g_free (ears);
  mock_service_free (service); /* which the thread is told by the bus, and ends */
}

static void
test_silent (void)
{
  check_silent ("GetCapabilities");
  check_silent ("GetServerInformation");
  check_silent ("Notify");
}

/* Who turns alerts off and on again gets them. */
static void
test_silent_for_a_while (void)
{
  MockService *service = mock_service_new (mock_full);
  Ears *ears = ears_new ();
  gint64 began;

  service->silent = "GetCapabilities";
  tell (ears, "nginx", 80, 1);
  RUN_UNTIL (service->calls->len > 0);
  ears_free (ears);
  service->silent = NULL;
  ears = ears_new ();
  began = g_get_monotonic_time ();
  tell_and_wait (ears, service, "nginx", 443, 1);
  g_assert_cmpint (g_get_monotonic_time () - began, <, ENDED_US);
  ears_free (ears);
  mock_service_free (service);
}

static void
test_silent_replaced (void)
{
  MockService *service = mock_service_new (mock_full);
  Ears *ears = ears_new ();

  service->silent = "GetCapabilities";
  tell (ears, "nginx", 80, 1);
  assert_said (ears, 1, "failed The notification service does not answer."); /* after 5 s */
  mock_service_free (service);
  service = mock_service_new (mock_full);
  RUN_UNTIL (service->told->len > 0);
  RUN_UNTIL (ph_notifier_get_available (ears->notifier));
  ears_free (ears);
  mock_service_free (service);
}

static void
test_no_bus (void)
{
  Ears *ears;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  ears = ears_new ();
  tell (ears, "nginx", 80, 1);
  RUN_UNTIL (ears->said->len > 0);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (ears->said, 0), "failed Notifications cannot be shown: "));
  tell (ears, "nginx", 80, 1);
  loop_run_for (QUIET_MS);
  g_assert_cmpuint (ears->said->len, ==, 1);
  ears_free (ears);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notifier-trouble/absent", test_absent);
  g_test_add_func ("/notifier-trouble/absent-for-long", test_absent_for_long);
  g_test_add_func ("/notifier-trouble/restarted", test_restarted);
  g_test_add_func ("/notifier-trouble/refused", test_refused);
  g_test_add_func ("/notifier-trouble/silent", test_silent);
  g_test_add_func ("/notifier-trouble/silent-for-a-while", test_silent_for_a_while);
  g_test_add_func ("/notifier-trouble/silent-replaced", test_silent_replaced);
  g_test_add_func ("/notifier-trouble/no-bus", test_no_bus);
  return ears_run_tests ();
}
