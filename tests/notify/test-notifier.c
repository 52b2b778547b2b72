/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the notification service is told of an alert, and what comes back of the person who sees it. */
#include "ears.h"

/* --- what is told --- */

static void
test_arguments (void)
{
  MockService *service = mock_service_new (mock_full);
  Ears *ears = ears_new ();
  GVariant *told = tell_and_wait (ears, service, "a&b<i>", 8000, 1);
  g_autoptr (GVariant) hints = NULL;
  GVariantDict dict;
  const char *app, *icon, *title, *body, *text;
  guint32 replaces;
  gint32 timeout;
  gint64 pid;
  guint8 urgency;

  g_variant_get (told, "(&su&s&s&s@as@a{sv}i)", &app, &replaces, &icon, &title, &body, NULL, &hints, &timeout);
  g_assert_cmpstr (app, ==, APP);
  g_assert_cmpuint (replaces, ==, 0);
  g_assert_cmpstr (title, ==, "a&b<i> started listening on TCP 8000 (every address)");
  g_assert_cmpstr (body, ==, "Program: /usr/bin/a&amp;b&lt;i&gt;");
  assert_buttons (told, ONE_BUTTONS);
  g_assert_cmpint (timeout, ==, -1); /* as long as the service thinks best */

  g_variant_dict_init (&dict, hints);
  g_assert_true (g_variant_dict_lookup (&dict, "urgency", "y", &urgency));
  g_assert_cmpuint (urgency, ==, 1);
  g_assert_true (g_variant_dict_lookup (&dict, "category", "&s", &text));
  g_assert_cmpstr (text, ==, "network");
  g_assert_true (g_variant_dict_lookup (&dict, "desktop-entry", "&s", &text));
  g_assert_cmpstr (text, ==, "org.porthole.Porthole");
  /* libnotify 0.8.1 has the icon as the image, later ones as the application's. */
  if (*icon == '\0')
    g_assert_true (g_variant_dict_lookup (&dict, "image-path", "&s", &icon));
  g_assert_cmpstr (icon, ==, "org.porthole.Porthole");
  g_assert_true (g_variant_dict_lookup (&dict, "sender-pid", "x", &pid)); /* libnotify's own */
  for (const char *const *none = (const char *const[]){ "resident", "transient", "image-data", "sound-name", NULL };
       *none != NULL; none++)
    g_assert_false (g_variant_dict_contains (&dict, *none));
  g_variant_dict_clear (&dict);

  loop_run_for (QUIET_MS);
  g_assert_cmpuint (service->told->len, ==, 1);
  g_assert_cmpuint (ears->said->len, ==, 0);
  g_assert_true (ph_notifier_get_available (ears->notifier));
  ears_free (ears);
  mock_service_free (service);
}

static void
test_plain (void)
{
  MockService *service = mock_service_new (mock_plain);
  Ears *ears = ears_new ();
  GVariant *told = tell_and_wait (ears, service, "a&b<i>", 8000, 1);

  g_assert_cmpstr (mock_body (told), ==, "Program: /usr/bin/a&b<i>");
  assert_buttons (told, "");
  ears_free (ears);
  g_assert_cmpuint (service->closed->len, ==, 0); /* without buttons it may be read on */
  mock_service_free (service);
}

static void
test_summary (void)
{
  MockService *service = mock_service_new (mock_full);
  Ears *ears = ears_new ();
  GVariant *told = tell_and_wait (ears, service, "a<b>", 8000, 7);

  g_assert_cmpstr (mock_title (told), ==, "7 new listening ports");
  g_assert_cmpstr (mock_body (told), ==, "a&lt;b&gt; (7)");
  assert_buttons (told, SUMMARY_BUTTONS);
  mock_service_press (service, 1, "show", NULL);
  assert_said (ears, 1, "show");

  /* Each summary is of other listeners. */
  tell_and_wait (ears, service, "nginx", 9000, 2);
  told = tell_and_wait (ears, service, "nginx", 9100, 2);
  g_assert_cmpuint (mock_replaces (told), ==, 0);
  ears_free (ears);
  mock_service_free (service);
}

/* --- what comes back --- */

static void
test_answers (void)
{
  MockService *service = mock_service_new (mock_full);
  Ears *ears = ears_new ();

  for (guint16 port = 1; port <= 4; port++)
    tell_and_wait (ears, service, "python3", port, 1);

  mock_service_press (service, 2, "mute", NULL);
  assert_said (ears, 1, "mute tcp any 2 program /usr/bin/python3");
  mock_service_dismiss (service, 2);
  mock_service_press (service, 1, "show", "token-1");
  assert_said (ears, 2, "show tcp any 1 program /usr/bin/python3 token-1");
  mock_service_press (service, 3, "default", NULL);
  assert_said (ears, 3, "show tcp any 3 program /usr/bin/python3");

  /* Of another program; of one that was answered; of one that was dismissed. */
  mock_service_press (service, 77, "show", NULL);
  mock_service_press (service, 1, "show", NULL);
  mock_service_dismiss (service, 4);
  mock_service_press (service, 4, "mute", NULL);
  loop_run_for (QUIET_MS);
  g_assert_cmpuint (ears->said->len, ==, 3);
  ears_free (ears);
  g_assert_cmpuint (service->closed->len, ==, 0);
  mock_service_free (service);
}

static void
test_told_again (void)
{
  MockService *service = mock_service_new (mock_full);
  Ears *ears = ears_new ();
  GVariant *told;

  tell_and_wait (ears, service, "nginx", 80, 1);
  tell_and_wait (ears, service, "nginx", 443, 1);
  told = tell_and_wait (ears, service, "nginx", 80, 1);
  g_assert_cmpuint (mock_replaces (told), ==, 1);
  g_assert_cmpstr (mock_title (told), ==, "nginx started listening on TCP 80 (every address)");
  assert_buttons (told, ONE_BUTTONS);
  told = tell_and_wait (ears, service, "apache2", 80, 1);
  g_assert_cmpuint (mock_replaces (told), ==, 0);

  mock_service_dismiss (service, 1);
  told = tell_and_wait (ears, service, "nginx", 80, 1);
  g_assert_cmpuint (mock_replaces (told), ==, 0);
  mock_service_press (service, 4, "show", NULL);
  assert_said (ears, 1, "show tcp any 80 program /usr/bin/nginx");
  ears_free (ears);
  mock_service_free (service);
}

/* Buttons go with whoever would hear of them. */
static void
test_end (void)
{
  MockService *service = mock_service_new (mock_full);
  Ears *ears = ears_new ();

  tell_and_wait (ears, service, "nginx", 80, 1);
  tell_and_wait (ears, service, "nginx", 443, 1);
  mock_service_press (service, 1, "show", NULL);
  assert_said (ears, 1, "show tcp any 80 program /usr/bin/nginx");
  ears_free (ears);
  g_assert_cmpuint (service->closed->len, ==, 1);
  g_assert_cmpuint (g_array_index (service->closed, guint32, 0), ==, 2);
  mock_service_free (service);
}

static void
test_no_alert (void)
{
  PhNotifier *notifier = ph_notifier_new (APP);

  g_assert_true (ph_notifier_get_available (notifier));
  g_assert_null (ph_notifier_get_trouble (notifier));
  g_assert_finalize_object (notifier);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notifier/arguments", test_arguments);
  g_test_add_func ("/notifier/plain", test_plain);
  g_test_add_func ("/notifier/summary", test_summary);
  g_test_add_func ("/notifier/answers", test_answers);
  g_test_add_func ("/notifier/told-again", test_told_again);
  g_test_add_func ("/notifier/end", test_end);
  g_test_add_func ("/notifier/no-alert", test_no_alert);
  return ears_run_tests ();
}
