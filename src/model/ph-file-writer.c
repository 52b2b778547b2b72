/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * g_file_replace() alone is not enough on local files: a new file is written under its own name, half of it stays after
 * an error; and where no temporary file can be made beside an old one, that is emptied and written in place. So local
 * files are written here: beside the old one, synced to the disk, then renamed over it (rename(2) is atomic). For what
 * has no path there is only g_file_replace(), whose stream must be closed as cancelled to be given up.
 */
#include "ph-file-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ph-i18n.h"

struct _PhFileWriter
{
  /* a local file */
  char *path;
  char *temporary; /* NULL once it is gone or in place */
  int fd;

  /* any other */
  GOutputStream *stream;
};

static gboolean
fail (GError **error)
{
  int errnum = errno;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errnum), g_strerror (errnum));
  return FALSE;
}

/* Where the bytes must go: behind the links, so that these stay. */
static char *
resolve (const char *path)
{
  char *real = realpath (path, NULL);
  char *copy = g_strdup (real != NULL ? real : path);

  free (real);
  return copy;
}

static gboolean
open_temporary (PhFileWriter *self, GError **error)
{
  struct stat old;
  gboolean exists = stat (self->path, &old) == 0;

  if (exists && S_ISDIR (old.st_mode))
    {
      errno = EISDIR;
      return fail (error);
    }
  /* Renaming over a device or a pipe would destroy it. */
  if (exists && !S_ISREG (old.st_mode))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _ ("Not a regular file"));
      return FALSE;
    }
  /* Its folder would let us replace it, but it is not ours to change. */
  if (exists && faccessat (AT_FDCWD, self->path, W_OK, AT_EACCESS) != 0)
    return fail (error);

  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *temporary = g_build_filename (folder, PH_FILE_WRITER_PREFIX "XXXXXX", NULL);

  self->fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);
  if (self->fd < 0)
    return fail (error);
  self->temporary = g_steal_pointer (&temporary);

  if (exists && fchmod (self->fd, old.st_mode & 0777) != 0)
    return fail (error);
  return TRUE;
}

PhFileWriter *
ph_file_writer_new (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (PhFileWriter) self = g_new0 (PhFileWriter, 1);
  const char *path = g_file_peek_path (file);

  self->fd = -1;
  if (path != NULL)
    {
      self->path = resolve (path);
      if (!open_temporary (self, error))
        return NULL;
    }
  else
    {
      self->stream = G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error));
      if (self->stream == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

gboolean
ph_file_writer_make_private (PhFileWriter *self, GError **error)
{
  return self->fd < 0 || fchmod (self->fd, 0600) == 0 || fail (error);
}

gboolean
ph_file_writer_write (PhFileWriter *self, const char *bytes, gsize length, GCancellable *cancellable, GError **error)
{
  if (self->stream != NULL)
    return g_output_stream_write_all (self->stream, bytes, length, NULL, cancellable, error);

  while (length > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      gssize n = write (self->fd, bytes, length);
      if (n < 0 && errno != EINTR)
        return fail (error);
      if (n > 0)
        {
          bytes += n;
          length -= n;
        }
    }
  return TRUE;
}

gboolean
ph_file_writer_commit (PhFileWriter *self, GCancellable *cancellable, GError **error)
{
  if (self->stream != NULL)
    {
      /* Cancelled in its last moment, closing would put the new file in place and still say that it did not. */
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      gboolean closed = g_output_stream_close (self->stream, NULL, error);
      g_clear_object (&self->stream);
      return closed;
    }

  /* A file system that cannot sync says EINVAL; then there is nothing more to be had. */
  if (fsync (self->fd) != 0 && errno != EINVAL)
    return fail (error);
  if (close (g_steal_fd (&self->fd)) != 0 && errno != EINTR)
    return fail (error);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (rename (self->temporary, self->path) != 0)
    return fail (error);
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

void
ph_file_writer_free (PhFileWriter *self)
{
  if (self->stream != NULL)
    {
      g_autoptr (GCancellable) give_up = g_cancellable_new ();

      g_cancellable_cancel (give_up);
      g_output_stream_close (self->stream, give_up, NULL);
      g_object_unref (self->stream);
    }
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}
