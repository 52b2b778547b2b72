/* SPDX-License-Identifier: GPL-3.0-or-later */
/* systemd is asked, in the person of a mock on a bus of the test's own, which may refuse, lie, or say nothing. */
#include "ph-service-inquiry.h"

#include <string.h>
#include <unistd.h>

#include "loop.h"

#define MANAGER "org.freedesktop.systemd1"
#define UNIT    "/org/freedesktop/systemd1/unit/nginx_2eservice"

static const char interface_xml[]
    = "<node>"
      "<interface name='" MANAGER ".Manager'><method name='GetUnit'><arg type='s' direction='in'/>"
      "<arg type='o' direction='out'/></method></interface>"
      "<interface name='org.freedesktop.DBus.Properties'><method name='Get'><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='v' direction='out'/></method></interface>"
      "</node>";

/* What the mock says. */
static struct
{
  GVariant *main_pid; /* NULL: an error */
  GVariant *policy;
  gboolean silent; /* to questions about the unit */
  guint n_calls;
  GPtrArray *unanswered;
} systemd;

static void
on_call (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *arguments,
         GDBusMethodInvocation *call,
         gpointer user)
{
  const char *name;
  GVariant *value;

  systemd.n_calls++;
  if (g_str_equal (method, "GetUnit"))
    {
      g_variant_get (arguments, "(&s)", &name);
      if (systemd.silent)
        g_ptr_array_add (systemd.unanswered, call);
      else if (g_str_equal (name, "nginx.service"))
        g_dbus_method_invocation_return_value (call, g_variant_new ("(o)", UNIT));
      else
        g_dbus_method_invocation_return_dbus_error (call, MANAGER ".NoSuchUnit", "Unit not loaded.");
      return;
    }
  g_assert_cmpstr (path, ==, UNIT);
  g_variant_get (arguments, "(&s&s)", &name, NULL);
  g_assert_cmpstr (name, ==, MANAGER ".Service");
  g_variant_get (arguments, "(&s&s)", NULL, &name);
  value = g_str_equal (name, "MainPID") ? systemd.main_pid : systemd.policy;
  if (value)
    g_dbus_method_invocation_return_value (call, g_variant_new ("(v)", value));
  else
    g_dbus_method_invocation_return_dbus_error (call, "org.freedesktop.DBus.Error.UnknownProperty", "<b>no</b>");
}

static const GDBusInterfaceVTable vtable = { .method_call = on_call };

static GDBusConnection *
mock_new (const char *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_autoptr (GVariant) owned = NULL;
  GDBusConnection *bus = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
      NULL, &error);

  g_assert_no_error (error);
  systemd.unanswered = g_ptr_array_new_with_free_func (g_object_unref);
  g_assert_cmpuint (g_dbus_connection_register_object (bus, "/org/freedesktop/systemd1", info->interfaces[0], &vtable,
                                                       NULL, NULL, &error),
                    >, 0);
  g_assert_cmpuint (g_dbus_connection_register_object (bus, UNIT, info->interfaces[1], &vtable, NULL, NULL, &error), >,
                    0);
  owned = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", MANAGER, 4), NULL, G_DBUS_CALL_FLAGS_NONE,
                                       -1, NULL, &error);
  g_assert_no_error (error);
  return bus;
}

/* --- asking --- */

typedef struct
{
  gboolean done;
  PhRestart restart;
  char *service;
} Answer;

static void
answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->restart = ph_service_inquiry_finish (result, &answer->service);
  answer->done = TRUE;
}

static PhRestart
ask (const char *path, gint32 pid, PhDeedName deed, const char *service)
{
  g_autoptr (PhUnit) unit = path ? ph_unit_parse (path, strlen (path)) : NULL;
  const PhProcess process = { .pid = pid, .start_ticks = 1, .comm = "nginx", .exe = "", .cmdline = "", .unit = unit };
  Answer answer = { 0 };

  systemd.n_calls = 0;
  ph_service_inquiry_async (&process, deed, NULL, answered, &answer);
  RUN_UNTIL (answer.done);
  g_assert_cmpstr (answer.service, ==, service);
  g_free (answer.service);
  return answer.restart;
}

static void
say (guint32 main_pid, const char *policy)
{
  g_clear_pointer (&systemd.main_pid, g_variant_unref);
  g_clear_pointer (&systemd.policy, g_variant_unref);
  systemd.main_pid = g_variant_ref_sink (g_variant_new_uint32 (main_pid));
  systemd.policy = policy ? g_variant_ref_sink (g_variant_new_string (policy)) : NULL;
}

#define NGINX "/system.slice/nginx.service"

static void
test_policy (void)
{
  say (77, "on-failure");
  g_assert_cmpint (ask (NGINX, 77, PH_DEED_KILL, "nginx.service"), ==, PH_RESTART_WILL);
  g_assert_cmpint (ask (NGINX, 77, PH_DEED_END, "nginx.service"), ==, PH_RESTART_MAY);
  g_assert_cmpint (ask (NGINX, 78, PH_DEED_KILL, "nginx.service"), ==, PH_RESTART_PART);
  g_assert_cmpuint (systemd.n_calls, ==, 2); /* no need to know the policy */
  say (77, "no");
  g_assert_cmpint (ask (NGINX, 77, PH_DEED_END, "nginx.service"), ==, PH_RESTART_WILL_NOT);
}

static void
test_own_manager (void)
{
  g_autofree char *mine = g_strdup_printf ("/user.slice/user@%u.service/app.slice/nginx.service", getuid ());
  g_autofree char *theirs = g_strdup_printf ("/user.slice/user@%u.service/app.slice/nginx.service", getuid () + 1);

  say (77, "always");
  g_assert_cmpint (ask (mine, 77, PH_DEED_END, "nginx.service"), ==, PH_RESTART_WILL);
  g_assert_cmpint (ask (theirs, 77, PH_DEED_END, "nginx.service"), ==, PH_RESTART_MAY);
  g_assert_cmpuint (systemd.n_calls, ==, 0);
}

static void
test_no_service (void)
{
  g_assert_cmpint (ask (NULL, 77, PH_DEED_END, NULL), ==, PH_RESTART_NONE);
  g_assert_cmpint (ask ("/user.slice/user-1.slice/session-2.scope", 77, PH_DEED_END, NULL), ==, PH_RESTART_NONE);
  g_assert_cmpuint (systemd.n_calls, ==, 0);
}

static void
test_trouble (void)
{
  say (77, "always");
  g_assert_cmpint (ask ("/system.slice/other.service", 77, PH_DEED_END, "other.service"), ==, PH_RESTART_MAY);
  say (77, NULL);
  g_assert_cmpint (ask (NGINX, 77, PH_DEED_END, "nginx.service"), ==, PH_RESTART_MAY);
  say (77, "");
  g_assert_cmpint (ask (NGINX, 77, PH_DEED_END, "nginx.service"), ==, PH_RESTART_MAY);
  g_clear_pointer (&systemd.main_pid, g_variant_unref);
  systemd.main_pid = g_variant_ref_sink (g_variant_new_string ("77"));
  g_assert_cmpint (ask (NGINX, 77, PH_DEED_END, "nginx.service"), ==, PH_RESTART_MAY);
  g_clear_pointer (&systemd.main_pid, g_variant_unref);
  g_assert_cmpint (ask (NGINX, 77, PH_DEED_END, "nginx.service"), ==, PH_RESTART_MAY);
}

/* Nobody waits long for one that hangs, and the main loop not at all. */
static void
test_silence (void)
{
  const gint64 began = g_get_monotonic_time ();

  systemd.silent = TRUE;
  g_assert_cmpint (ask (NGINX, 77, PH_DEED_END, "nginx.service"), ==, PH_RESTART_MAY);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 20 * G_USEC_PER_SEC);
  systemd.silent = FALSE;
  for (guint i = 0; i < systemd.unanswered->len; i++)
    g_dbus_method_invocation_return_value (g_ptr_array_index (systemd.unanswered, i), g_variant_new ("(o)", UNIT));
  /* The answers have taken them over. */
  g_ptr_array_set_free_func (systemd.unanswered, NULL);
}

static void
test_cancel (void)
{
  g_autoptr (PhUnit) unit = ph_unit_parse (NGINX, strlen (NGINX));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const PhProcess process = { .pid = 77, .comm = "", .exe = "", .cmdline = "", .unit = unit };
  Answer answer = { 0 };

  say (77, "always");
  ph_service_inquiry_async (&process, PH_DEED_END, cancellable, answered, &answer);
  g_cancellable_cancel (cancellable);
  RUN_UNTIL (answer.done);
  g_assert_cmpint (answer.restart, ==, PH_RESTART_MAY);
  g_free (answer.service);
}

int
main (int argc, char **argv)
{
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");
  g_autoptr (GTestDBus) own = NULL;
  GDBusConnection *bus;
  int code;

  if (!daemon)
    {
      g_printerr ("no dbus-daemon here to make a bus with\n");
      return 77;
    }
  g_test_init (&argc, &argv, NULL);
  own = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (own);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (own), TRUE);
  bus = mock_new (g_test_dbus_get_bus_address (own));

  g_test_add_func ("/service-inquiry/policy", test_policy);
  g_test_add_func ("/service-inquiry/own-manager", test_own_manager);
  g_test_add_func ("/service-inquiry/no-service", test_no_service);
  g_test_add_func ("/service-inquiry/trouble", test_trouble);
  g_test_add_func ("/service-inquiry/silence", test_silence);
  g_test_add_func ("/service-inquiry/cancel", test_cancel);
  code = g_test_run ();

  g_object_unref (bus);
  g_ptr_array_unref (systemd.unanswered);
  say (0, NULL);
  g_variant_unref (systemd.main_pid);
  g_test_dbus_stop (own);
  return code;
}
