/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the notification service is told, and what comes back, on a session bus of the test's own: with services that
 * can much, little or nothing, that are not there yet, start again, refuse, or never answer.
 */
#include "alerts.h"
#include "loop.h"
#include "mock-service.h"
#include "ph-notifier.h"

#define APP "Porthole"
/* For busy machines; who waits for a service waits 5 s or 25. */
#define SOON_US  G_USEC_PER_SEC
#define ENDED_US (3 * G_USEC_PER_SEC)
#define QUIET_MS 150 /* in which what must not come would have come */

/* A notifier, and what it says, a line each. */
typedef struct
{
  PhNotifier *notifier;
  GPtrArray *said;
  int left; /* atomic */
} Ears;

static void
take_line (Ears *ears, const char *what, const PhListenerKey *key, const char *more)
{
  GString *line = g_string_new (what);

  if (key != NULL)
    {
      g_string_append_c (line, ' ');
      ph_listener_key_append (key, line);
    }
  if (more != NULL)
    g_string_append_printf (line, " %s", more);
  g_ptr_array_add (ears->said, g_string_free (line, FALSE));
}

static void
on_show (PhNotifier *notifier, const PhListenerKey *key, const char *token, gpointer ears)
{
  take_line (ears, "show", key, token);
}

static void
on_mute (PhNotifier *notifier, const PhListenerKey *key, gpointer ears)
{
  take_line (ears, "mute", key, NULL);
}

static void
on_failed (PhNotifier *notifier, const char *trouble, gpointer ears)
{
  g_assert_false (ph_notifier_get_available (notifier));
  g_assert_cmpstr (ph_notifier_get_trouble (notifier), ==, trouble);
  take_line (ears, "failed", NULL, trouble);
}

static Ears *
ears_new (void)
{
  Ears *ears = g_new0 (Ears, 1);

  ears->said = g_ptr_array_new_with_free_func (g_free);
  ears->notifier = ph_notifier_new (APP);
  g_signal_connect (ears->notifier, "show", G_CALLBACK (on_show), ears);
  g_signal_connect (ears->notifier, "mute", G_CALLBACK (on_mute), ears);
  g_signal_connect (ears->notifier, "failed", G_CALLBACK (on_failed), ears);
  return ears;
}

static gpointer
leave (gpointer data)
{
  Ears *ears = data;

  g_assert_finalize_object (ears->notifier);
  g_atomic_int_set (&ears->left, TRUE);
  return NULL;
}

/* Ends the notifier while the service on the main loop goes on answering, as it would in a process of its own. */
static void
ears_free (Ears *ears)
{
  /* In another thread than it asks for: the loop is to run meanwhile, and nobody else uses it. */
  GThread *thread = g_thread_new ("leave", leave, ears);

  while (!g_atomic_int_get (&ears->left))
    loop_run_for (5);
  g_thread_join (thread);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_ptr_array_unref (ears->said);
  g_free (ears);
}

static void
tell (Ears *ears, const char *name, guint16 port, guint n)
{
  g_autoptr (PhAlert) alert = alert_of (name, port, n);
  gint64 began = g_get_monotonic_time ();

  ph_notifier_show (ears->notifier, alert);
  g_assert_cmpint (g_get_monotonic_time () - began, <, SOON_US);
}

/* Tells, and gives what the service was told. What the service does before or after is seen in that order, without
 * waiting: it is asked before each alert, and a bus keeps the order of what one says to another. */
static GVariant *
tell_and_wait (Ears *ears, MockService *service, const char *name, guint16 port, guint n)
{
  guint before = service->told->len;

  tell (ears, name, port, n);
  RUN_UNTIL (service->told->len > before);
  return mock_service_nth (service, before);
}

#define assert_said(ears, n, line)                                                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    RUN_UNTIL ((ears)->said->len >= (n));                                                                              \
    g_assert_cmpstr (g_ptr_array_index ((ears)->said, (n) -1), ==, line);                                              \
    g_assert_cmpuint ((ears)->said->len, ==, n);                                                                       \
  }                                                                                                                    \
  G_STMT_END

#define assert_buttons(told, expected)                                                                                 \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *buttons_ = mock_buttons (told);                                                                   \
    g_assert_cmpstr (buttons_, ==, expected);                                                                          \
  }                                                                                                                    \
  G_STMT_END

#define ONE_BUTTONS     "default=Show mute=Don’t Tell Me Again show=Show"
#define SUMMARY_BUTTONS "default=Show show=Show"

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

/* --- services in trouble --- */

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
  assert_said (ears, 1, "failed Nothing here shows notifications.");
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
  assert_said (ears, 2, "failed Nothing here shows notifications.");
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
  assert_said (ears, 1, "failed Nothing here shows notifications.");
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
  assert_said (ears, 1, "failed What shows notifications does not answer."); /* after 5 s */
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
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");
  g_autoptr (GTestDBus) bus = NULL;
  int code;

  g_test_init (&argc, &argv, NULL);
  if (daemon == NULL)
    {
      g_print ("1..0 # SKIP no dbus-daemon here to make a session bus with\n");
      return 0;
    }
  if (!g_test_subprocess ())
    {
      bus = g_test_dbus_new (G_TEST_DBUS_NONE);
      g_test_dbus_up (bus);
    }

  g_test_add_func ("/notifier/arguments", test_arguments);
  g_test_add_func ("/notifier/plain", test_plain);
  g_test_add_func ("/notifier/summary", test_summary);
  g_test_add_func ("/notifier/answers", test_answers);
  g_test_add_func ("/notifier/told-again", test_told_again);
  g_test_add_func ("/notifier/end", test_end);
  g_test_add_func ("/notifier/no-alert", test_no_alert);
  g_test_add_func ("/notifier/absent", test_absent);
  g_test_add_func ("/notifier/absent-for-long", test_absent_for_long);
  g_test_add_func ("/notifier/restarted", test_restarted);
  g_test_add_func ("/notifier/refused", test_refused);
  g_test_add_func ("/notifier/silent", test_silent);
  g_test_add_func ("/notifier/silent-for-a-while", test_silent_for_a_while);
  g_test_add_func ("/notifier/silent-replaced", test_silent_replaced);
  g_test_add_func ("/notifier/no-bus", test_no_bus);
  code = g_test_run ();
  if (bus != NULL)
    g_test_dbus_down (bus);
  return code;
}
