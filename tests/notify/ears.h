/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notifier that a test listens to. */
#pragma once

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

static inline void
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

static inline void
on_show (PhNotifier *notifier, const PhListenerKey *key, const char *token, gpointer ears)
{
  take_line (ears, "show", key, token);
}

static inline void
on_mute (PhNotifier *notifier, const PhListenerKey *key, gpointer ears)
{
  take_line (ears, "mute", key, NULL);
}

static inline void
on_failed (PhNotifier *notifier, const char *trouble, gpointer ears)
{
  g_assert_false (ph_notifier_get_available (notifier));
  g_assert_cmpstr (ph_notifier_get_trouble (notifier), ==, trouble);
  take_line (ears, "failed", NULL, trouble);
}

static inline Ears *
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

static inline gpointer
leave (gpointer data)
{
  Ears *ears = data;

  g_assert_finalize_object (ears->notifier);
  g_atomic_int_set (&ears->left, TRUE);
  return NULL;
}

/* Ends the notifier while the service on the main loop goes on answering, as it would in a process of its own. */
static inline void
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

static inline void
tell (Ears *ears, const char *name, guint16 port, guint n)
{
  g_autoptr (PhAlert) alert = alert_of (name, port, n);
  gint64 began = g_get_monotonic_time ();

  ph_notifier_show (ears->notifier, alert);
  g_assert_cmpint (g_get_monotonic_time () - began, <, SOON_US);
}

/* Tells, and gives what the service was told. What the service does before or after is seen in that order, without
 * waiting: it is asked before each alert, and a bus keeps the order of what one says to another. */
static inline GVariant *
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

/* What mock_buttons() gives of them. */
#define ONE_BUTTONS     "default=Show mute=Don’t Tell Me Again show=Show"
#define SUMMARY_BUTTONS "default=Show show=Show"

#define assert_buttons(told, expected)                                                                                 \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *buttons_ = mock_buttons (told);                                                                   \
    g_assert_cmpstr (buttons_, ==, expected);                                                                          \
  }                                                                                                                    \
  G_STMT_END

/* Runs the tests on a session bus of their own. */
static inline int
ears_run_tests (void)
{
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");
  g_autoptr (GTestDBus) bus = NULL;
  int code;

  if (daemon == NULL)
    {
      g_print ("1..0 # SKIP no dbus-daemon here to make a session bus with\n");
      return 0;
    }
  if (g_test_subprocess ())
    return g_test_run ();
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  code = g_test_run ();
  g_test_dbus_down (bus);
  return code;
}
