/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Four steps, each of which may fail and leaves it at "may": the bus (the system's, or for a unit of one's own manager
 * the session's), the unit, its main process, its policy.
 */
#include "ph-service-inquiry.h"

#include <unistd.h>

#define MANAGER         "org.freedesktop.systemd1"
#define MANAGER_PATH    "/org/freedesktop/systemd1"
#define MANAGER_ACCESS  MANAGER ".Manager"
#define SERVICE_ACCESS  MANAGER ".Service"
#define PROPERTY_ACCESS "org.freedesktop.DBus.Properties"
#define TIMEOUT_MS      1000 /* for each answer; people wait for a question */

typedef struct
{
  char *service; /* NULL: of none */
  guint32 manager;
  gint32 pid;
  PhDeedName deed;

  GDBusConnection *bus;
  char *unit_path;
  guint32 main_pid;
} Inquiry;

static void
inquiry_free (gpointer data)
{
  Inquiry *inquiry = data;

  g_free (inquiry->service);
  g_clear_object (&inquiry->bus);
  g_free (inquiry->unit_path);
  g_free (inquiry);
}

/* @policy NULL: not known. */
static void
end (GTask *task, const char *policy)
{
  const Inquiry *inquiry = g_task_get_task_data (task);

  g_task_return_int (task, ph_restart_expect (policy, inquiry->main_pid, inquiry->pid, inquiry->deed));
}

static void
call (GTask *task,
      const char *path,
      const char *access,
      const char *method,
      GVariant *arguments,
      const char *answer,
      GAsyncReadyCallback callback)
{
  Inquiry *inquiry = g_task_get_task_data (task);

  g_dbus_connection_call (inquiry->bus, MANAGER, path, access, method, arguments, G_VARIANT_TYPE (answer),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, TIMEOUT_MS, g_task_get_cancellable (task), callback,
                          g_object_ref (task));
}

static void
ask_property (GTask *task, const char *name, GAsyncReadyCallback callback)
{
  const Inquiry *inquiry = g_task_get_task_data (task);

  call (task, inquiry->unit_path, PROPERTY_ACCESS, "Get", g_variant_new ("(ss)", SERVICE_ACCESS, name), "(v)",
        callback);
}

/* The value of a property, or NULL where that is not of @type. */
static GVariant *
take_property (GObject *bus, GAsyncResult *result, const GVariantType *type)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);
  g_autoptr (GVariant) value = NULL;

  if (answer)
    g_variant_get (answer, "(v)", &value);
  return value && g_variant_is_of_type (value, type) ? g_steal_pointer (&value) : NULL;
}

static void
got_policy (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GVariant) policy = take_property (bus, result, G_VARIANT_TYPE_STRING);

  end (task, policy ? g_variant_get_string (policy, NULL) : NULL);
}

static void
got_main_pid (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Inquiry *inquiry = g_task_get_task_data (task);
  g_autoptr (GVariant) pid = take_property (bus, result, G_VARIANT_TYPE_UINT32);

  inquiry->main_pid = pid ? g_variant_get_uint32 (pid) : 0;
  if (inquiry->main_pid == (guint32) inquiry->pid)
    ask_property (task, "Restart", got_policy);
  else
    end (task, NULL);
}

static void
got_unit (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Inquiry *inquiry = g_task_get_task_data (task);
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);

  if (!answer)
    {
      end (task, NULL);
      return;
    }
  g_variant_get (answer, "(o)", &inquiry->unit_path);
  ask_property (task, "MainPID", got_main_pid);
}

static void
got_bus (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Inquiry *inquiry = g_task_get_task_data (task);

  inquiry->bus = g_bus_get_finish (result, NULL);
  if (inquiry->bus)
    call (task, MANAGER_PATH, MANAGER_ACCESS, "GetUnit", g_variant_new ("(s)", inquiry->service), "(o)", got_unit);
  else
    end (task, NULL);
}

void
ph_service_inquiry_async (const PhProcess *process,
                          PhDeedName deed,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (process != NULL);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Inquiry *inquiry = g_new0 (Inquiry, 1);

  g_task_set_source_tag (task, ph_service_inquiry_async);
  g_task_set_task_data (task, inquiry, inquiry_free);
  inquiry->service = ph_restart_service (process->unit, &inquiry->manager);
  inquiry->pid = process->pid;
  inquiry->deed = deed;
  if (!inquiry->service)
    g_task_return_int (task, PH_RESTART_NONE);
  else if (inquiry->manager == PH_RESTART_SYSTEM)
    g_bus_get (G_BUS_TYPE_SYSTEM, cancellable, got_bus, g_steal_pointer (&task));
  else if (inquiry->manager == getuid ())
    g_bus_get (G_BUS_TYPE_SESSION, cancellable, got_bus, g_steal_pointer (&task));
  else
    end (task, NULL); /* another user's manager is on a bus of that user's */
}

PhRestart
ph_service_inquiry_finish (GAsyncResult *result, char **service)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), PH_RESTART_MAY);

  Inquiry *inquiry = g_task_get_task_data (G_TASK (result));
  gssize restart = g_task_propagate_int (G_TASK (result), NULL);

  if (service)
    *service = g_steal_pointer (&inquiry->service);
  return restart >= 0 ? (PhRestart) restart : PH_RESTART_MAY; /* cancelled */
}
