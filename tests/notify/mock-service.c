/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Desktop Notifications Specification 1.2, as far as it is asked of a service. */
#include "mock-service.h"

#define SERVICE      "org.freedesktop.Notifications"
#define SERVICE_PATH "/org/freedesktop/Notifications"

const char *const mock_full[] = { "actions", "body", "body-markup", "persistence", NULL };
const char *const mock_plain[] = { "body", NULL };

static const char interface_xml[]
    = "<node><interface name='" SERVICE "'>"
      "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
      "<method name='GetServerInformation'><arg type='s' direction='out'/><arg type='s' direction='out'/>"
      "<arg type='s' direction='out'/><arg type='s' direction='out'/></method>"
      "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
      "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
      "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
      "</interface></node>";

static GVariant *
answer_to (MockService *service, const char *method, GVariant *arguments)
{
  if (g_str_equal (method, "GetCapabilities"))
    return g_variant_new ("(^as)", service->capabilities);
  if (g_str_equal (method, "GetServerInformation"))
    return g_variant_new ("(ssss)", "mock", "Porthole", "1", service->version);
  if (g_str_equal (method, "Notify"))
    {
      guint32 id = mock_replaces (arguments);

      g_ptr_array_add (service->told, g_variant_ref (arguments));
      return g_variant_new ("(u)", id != 0 ? id : service->next_id++);
    }
  guint32 id;

  g_variant_get (arguments, "(u)", &id);
  g_array_append_val (service->closed, id);
  return NULL;
}

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
  MockService *service = user;

  if (g_strcmp0 (method, service->silent) == 0)
    g_ptr_array_add (service->calls, call);
  else if (g_strcmp0 (method, service->refused) == 0)
    g_dbus_method_invocation_return_dbus_error (call, "org.example.Error.Tired", "too\n\033[31mmany of <b>them</b>");
  else
    g_dbus_method_invocation_return_value (call, answer_to (service, method, arguments));
}

static const GDBusInterfaceVTable vtable = { .method_call = on_call };

MockService *
mock_service_new (const char *const *capabilities)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface_xml, &error);
  g_autoptr (GVariant) owned = NULL;
  MockService *service = g_new0 (MockService, 1);
  guint32 answer;

  g_assert_no_error (error);
  service->capabilities = capabilities;
  service->version = "1.2";
  service->next_id = 1;
  service->calls = g_ptr_array_new_with_free_func (g_object_unref);
  service->told = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  service->closed = g_array_new (FALSE, FALSE, sizeof (guint32));

  service->bus = g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                             | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                         NULL, NULL, &error);
  g_assert_no_error (error);
  service->object = g_dbus_connection_register_object (service->bus, SERVICE_PATH, info->interfaces[0], &vtable,
                                                       service, NULL, &error);
  g_assert_no_error (error);
  owned = g_dbus_connection_call_sync (service->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", SERVICE, 4),
                                       G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (owned, "(u)", &answer);
  g_assert_cmpuint (answer, ==, 1); /* DBUS_REQUEST_NAME_REPLY_PRIMARY_OWNER */
  return service;
}

void
mock_service_free (MockService *service)
{
  g_dbus_connection_unregister_object (service->bus, service->object);
  g_assert_true (g_dbus_connection_flush_sync (service->bus, NULL, NULL));
  g_assert_true (g_dbus_connection_close_sync (service->bus, NULL, NULL));
  g_ptr_array_unref (service->calls);
  g_object_unref (service->bus);
  g_ptr_array_unref (service->told);
  g_array_unref (service->closed);
  g_free (service);
}

GVariant *
mock_service_nth (const MockService *service, guint n)
{
  g_assert_cmpuint (service->told->len, >, n);
  return g_ptr_array_index (service->told, n);
}

/* --- what was told --- */

static const char *
text_of (GVariant *told, gsize n)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (told, n);

  return g_variant_get_string (child, NULL);
}

const char *
mock_title (GVariant *told)
{
  return text_of (told, 3);
}

const char *
mock_body (GVariant *told)
{
  return text_of (told, 4);
}

guint32
mock_replaces (GVariant *told)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (told, 1);

  return g_variant_get_uint32 (child);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

char *
mock_buttons (GVariant *told)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (told, 5);
  g_autofree const char **words = g_variant_get_strv (child, NULL);
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i += 2)
    {
      g_assert_nonnull (words[i + 1]);
      g_ptr_array_add (pairs, g_strdup_printf ("%s=%s", words[i], words[i + 1]));
    }
  g_ptr_array_sort (pairs, compare_texts);
  g_ptr_array_add (pairs, NULL);
  return g_strjoinv (" ", (char **) pairs->pdata);
}

/* --- what a person does --- */

static void
tell (MockService *service, const char *signal, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (service->bus, NULL, SERVICE_PATH, SERVICE, signal, arguments, &error);
  g_assert_no_error (error);
}

void
mock_service_press (MockService *service, guint32 id, const char *action, const char *token)
{
  if (token != NULL)
    tell (service, "ActivationToken", g_variant_new ("(us)", id, token));
  tell (service, "ActionInvoked", g_variant_new ("(us)", id, action));
}

void
mock_service_dismiss (MockService *service, guint32 id)
{
  tell (service, "NotificationClosed", g_variant_new ("(uu)", id, 2));
}
