/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Written with write(2): stdio would neither tell early that a reader has gone, nor why a write failed. */
#include "ph-cli-output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ph-i18n.h"
#include "ph-text.h"

#define PIECE 65536 /* bytes that are written at once: what a pipe holds */

/* A standard stream that is closed would be the next file that is opened, and the table be written into that. Where one
 * is, a file that can be neither read nor written takes its place. */
static void
hold_standard_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0)
      open ("/", O_PATH); /* the lowest that is free: @fd */
}

void
ph_cli_output_init (PhCliOutput *output)
{
  hold_standard_streams ();
  signal (SIGPIPE, SIG_IGN); /* write() tells */
  *output = (PhCliOutput){ .text = g_string_sized_new (PIECE + 4096) };
}

void
ph_cli_output_clear (PhCliOutput *output)
{
  g_string_free (g_steal_pointer (&output->text), TRUE);
}

void
ph_cli_output_flush (PhCliOutput *output)
{
  for (gsize done = 0; done < output->text->len && !output->errnum;)
    {
      gssize n = write (STDOUT_FILENO, output->text->str + done, output->text->len - done);

      if (n >= 0)
        done += n;
      else if (errno != EINTR)
        output->errnum = errno;
    }
  g_string_truncate (output->text, 0);
}

void
ph_cli_output_check (PhCliOutput *output)
{
  if (output->text->len >= PIECE)
    ph_cli_output_flush (output);
}

short
ph_cli_output_events (const PhCliOutput *output)
{
  return output->text->len > 0 ? POLLOUT : 0; /* that the reader has gone is told in any case */
}

void
ph_cli_output_ready (PhCliOutput *output, short revents)
{
  gssize n;

  if (revents & POLLNVAL)
    output->errnum = EBADF;
  else if ((revents & (POLLERR | POLLHUP)) && output->text->len == 0)
    output->errnum = EPIPE;
  if (revents == 0 || output->text->len == 0 || output->errnum)
    return;
  n = write (STDOUT_FILENO, output->text->str, MIN (output->text->len, PIPE_BUF));
  if (n > 0)
    g_string_erase (output->text, 0, n);
  else if (n < 0 && errno != EINTR && errno != EAGAIN)
    output->errnum = errno;
}

void
ph_cli_output_drain (PhCliOutput *output, int patience_ms)
{
  struct pollfd fd = { .fd = STDOUT_FILENO, .events = POLLOUT };

  while (output->text->len > 0 && !output->errnum && poll (&fd, 1, patience_ms) > 0)
    ph_cli_output_ready (output, fd.revents);
  g_string_truncate (output->text, 0);
}

int
ph_cli_output_finish (PhCliOutput *output, int status)
{
  ph_cli_output_flush (output);
  if (output->errnum == EPIPE)
    return PH_CLI_GOOD;
  if (output->errnum)
    {
      ph_cli_complain (_ ("Could not write: %s"), g_strerror (output->errnum));
      return PH_CLI_FAILED;
    }
  return status;
}

int
ph_cli_repeat (double interval, PhCliOutput *output, gboolean (*look) (gpointer user), gpointer user)
{
  const gint64 interval_us = (gint64) (interval * G_USEC_PER_SEC);
  gboolean good = TRUE;

  for (;;)
    {
      gint64 start = g_get_monotonic_time ();

      good &= look (user);
      ph_cli_output_flush (output);
      if (interval_us == 0 || output->errnum)
        break;
      g_usleep (CLAMP (start + interval_us - g_get_monotonic_time (), 0, interval_us));
    }
  return good ? PH_CLI_GOOD : PH_CLI_FAILED;
}

void
ph_cli_complain (const char *format, ...)
{
  g_autoptr (GString) line = g_string_new ("porthole-cli: ");
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  ph_text_sanitize (message, strlen (message), line);
  g_string_append_c (line, '\n');
  fwrite (line->str, 1, line->len, stderr);
}
