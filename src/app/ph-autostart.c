/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-autostart.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <libportal/portal.h>
#include <string.h>

#include "ph-config.h"
#include "ph-file-writer.h"
#include "ph-worker.h"

char *
ph_autostart_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "autostart", PH_APPLICATION_ID ".desktop", NULL);
}

/* In an Exec key some characters mean something: in a quoted argument, in the string that the key's value is, and the
 * percent sign as a field code. */
static char *
quote (const char *program)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (; *program; program++)
    {
      if (strchr ("\"`$", *program))
        g_string_append (quoted, "\\\\");
      else if (*program == '\\')
        g_string_append (quoted, "\\\\\\");
      else if (*program == '%')
        g_string_append_c (quoted, '%');
      g_string_append_c (quoted, *program);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

static gboolean
is_plain (const char *program)
{
  for (; *program; program++)
    if (!g_ascii_isalnum (*program) && !strchr ("/._-+", *program))
      return FALSE;
  return TRUE;
}

char *
ph_autostart_text (const char *program)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *quoted = is_plain (program) ? g_strdup (program) : quote (program);
  g_autofree char *exec = g_strdup_printf ("%s --background", quoted);
  const char *group = G_KEY_FILE_DESKTOP_GROUP;

  g_key_file_set_string (file, group, G_KEY_FILE_DESKTOP_KEY_TYPE, G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
  g_key_file_set_string (file, group, G_KEY_FILE_DESKTOP_KEY_NAME, _ ("Porthole"));
  g_key_file_set_string (file, group, G_KEY_FILE_DESKTOP_KEY_ICON, PH_APPLICATION_ID);
  /* Once the program is not there any more this is nobody's business. */
  g_key_file_set_string (file, group, G_KEY_FILE_DESKTOP_KEY_TRY_EXEC, program);
  /* Escaped already. */
  g_key_file_set_value (file, group, G_KEY_FILE_DESKTOP_KEY_EXEC, exec);
  return g_key_file_to_data (file, NULL, NULL);
}

/* --- the file, in a worker --- */

static gboolean
write_file (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", error);
  g_autofree char *text = program ? ph_autostart_text (program) : NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhFileWriter) writer = NULL;

  if (!text)
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int number = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s: %s", folder, g_strerror (number));
      return FALSE;
    }
  writer = ph_file_writer_new (file, cancellable, error);
  return writer && ph_file_writer_write (writer, text, strlen (text), cancellable, error)
         && ph_file_writer_commit (writer, cancellable, error);
}

static gboolean
remove_file (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) failure = NULL;

  if (g_file_delete (file, cancellable, &failure) || g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
work (GTask *task, gpointer source, gpointer on, GCancellable *cancellable)
{
  g_autofree char *path = ph_autostart_path ();
  GError *error = NULL;

  if (on ? write_file (path, cancellable, &error) : remove_file (path, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* --- the portal --- */

static void
answered (GObject *portal, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (xdp_portal_request_background_finish (XDP_PORTAL (portal), result, &error))
    g_task_return_boolean (task, TRUE);
  else if (error)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", _ ("The desktop does not allow it."));
}

static void
ask_portal (gboolean on, GCancellable *cancellable, GTask *task)
{
  g_autoptr (XdpPortal) portal = xdp_portal_new ();
  g_autoptr (GPtrArray) command = g_ptr_array_new ();

  g_ptr_array_add (command, (gpointer) "porthole");
  g_ptr_array_add (command, (gpointer) "--background");
  xdp_portal_request_background (portal, NULL, _ ("To tell of new listening ports"), command,
                                 on ? XDP_BACKGROUND_FLAG_AUTOSTART : XDP_BACKGROUND_FLAG_NONE, cancellable, answered,
                                 task);
}

gboolean
ph_autostart_in_sandbox (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

void
ph_autostart_set_async (gboolean on, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, ph_autostart_set_async);
  if (ph_autostart_in_sandbox ())
    {
      ask_portal (on, cancellable, g_steal_pointer (&task));
      return;
    }
  g_task_set_task_data (task, GINT_TO_POINTER (on), NULL);
  ph_worker_run (task, work);
}

gboolean
ph_autostart_set_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
