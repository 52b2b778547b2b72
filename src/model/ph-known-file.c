/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing of a file is thrown away but what this program has left unfinished itself. */
#include "ph-known-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "ph-data-file.h"
#include "ph-file-writer.h"

#define STALE_S (60 * 60)

static gboolean
fail (int errnum, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errnum), g_strerror (errnum));
  return FALSE;
}

/* NULL without an error: there is no file. @broken: what lies there is too large. */
static char *
read_text (const char *path, gsize *length, gboolean *broken, GError **error)
{
  g_autofree char *text = NULL;
  struct stat info;
  gsize n = 0;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* it might be a pipe */

  if (fd < 0 || fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      int errnum = fd < 0 ? errno : EINVAL;

      if (fd >= 0)
        close (fd);
      if (errnum != ENOENT)
        fail (errnum, error);
      return NULL;
    }

  *broken = info.st_size > PH_KNOWN_TEXT_MAX;
  if (!*broken)
    {
      gssize got = 0;

      text = g_malloc ((gsize) info.st_size + 1);
      while (n < (gsize) info.st_size
             && ((got = read (fd, text + n, (gsize) info.st_size - n)) > 0 || (got < 0 && errno == EINTR)))
        n += (gsize) MAX (got, 0);
      if (got < 0)
        {
          fail (errno, error);
          g_clear_pointer (&text, g_free);
        }
    }
  close (fd);
  *length = n;
  return g_steal_pointer (&text);
}

/* What a crash has left of files that were being written. */
static void
remove_stale (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, PH_FILE_WRITER_PREFIX))
      {
        g_autofree char *stale = g_build_filename (folder, name, NULL);
        struct stat info;

        if (lstat (stale, &info) == 0 && S_ISREG (info.st_mode) && info.st_mtime < time (NULL) - STALE_S)
          g_unlink (stale);
      }
}

PhKnown *
ph_known_file_read (const char *path, char **aside, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *text = NULL;
  gboolean broken = FALSE;
  gsize length = 0;
  PhKnown *known = NULL;

  *aside = NULL;
  remove_stale (path);
  text = read_text (path, &length, &broken, &why);
  if (text != NULL)
    known = ph_known_parse (text, length, &why);
  if (known != NULL)
    return known;

  if (g_error_matches (why, PH_KNOWN_ERROR, PH_KNOWN_ERROR_MALFORMED)
      || g_error_matches (why, PH_KNOWN_ERROR, PH_KNOWN_ERROR_TOO_LARGE))
    {
      g_clear_error (&why);
      broken = TRUE;
    }
  if (broken)
    *aside = ph_data_file_set_aside (path, &why);
  if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  return ph_known_new ();
}

gboolean
ph_known_file_write (const char *path, const PhKnown *known, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhFileWriter) writer = NULL;
  gsize length;
  g_autofree char *text = ph_known_to_text (known, &length);

  return ph_data_file_make_folder (path, error) && (writer = ph_file_writer_new (file, NULL, error)) != NULL
         && ph_file_writer_make_private (writer, error) && ph_file_writer_write (writer, text, length, NULL, error)
         && ph_file_writer_commit (writer, NULL, error);
}
