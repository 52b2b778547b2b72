/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names are counted and not dated: a clock may be wrong, and a folder should not fill up. */
#include "ph-data-file.h"

#include <errno.h>
#include <glib/gstdio.h>

static void
set_error (GError **error)
{
  int errnum = errno;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errnum), g_strerror (errnum));
}

char *
ph_data_file_path (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), "porthole", name, NULL);
}

gboolean
ph_data_file_make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  set_error (error);
  return FALSE;
}

char *
ph_data_file_aside_name (const char *path, guint n)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  const char *dot = strrchr (name, '.');
  gsize stem = dot != NULL ? (gsize) (dot - name) : strlen (name);
  g_autofree char *aside = g_strdup_printf ("%.*s.broken-%u%s", (int) stem, name, n, name + stem);

  return g_build_filename (folder, aside, NULL);
}

char *
ph_data_file_set_aside (const char *path, GError **error)
{
  g_autofree char *aside = NULL;

  for (guint n = 1; n <= PH_DATA_FILE_ASIDE_MAX; n++)
    {
      g_free (aside);
      aside = ph_data_file_aside_name (path, n);
      if (!g_file_test (aside, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
        break;
    }
  if (g_rename (path, aside) == 0)
    return g_steal_pointer (&aside);
  set_error (error);
  return NULL;
}
