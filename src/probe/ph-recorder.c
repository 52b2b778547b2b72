/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames into a file descriptor, see ph-recorder.h. */
#include "ph-recorder.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/uio.h>

#define ALIGNMENT 8

static bool
is_over (const PhRecorder *recorder)
{
  return recorder->error.code != PH_ERROR_NONE;
}

/* Where the reader is slow and the descriptor does not block, waits for it. */
static bool
may_go_on (PhRecorder *recorder, int errnum)
{
  struct pollfd room = { .fd = recorder->fd, .events = POLLOUT };

  if (errnum == EINTR)
    return true;
  if (errnum == EAGAIN && (poll (&room, 1, -1) >= 0 || errno == EINTR))
    return true;
  recorder->error = (PhError){ .code = PH_ERROR_SYSTEM, .errnum = errnum };
  return false;
}

static void
write_all (PhRecorder *recorder, struct iovec *pieces, int n_pieces)
{
  while (n_pieces > 0)
    {
      ssize_t n = writev (recorder->fd, pieces, n_pieces);

      if (n < 0)
        {
          if (!may_go_on (recorder, errno))
            return;
          continue;
        }
      for (; n_pieces > 0 && (size_t) n >= pieces->iov_len; pieces++, n_pieces--)
        n -= (ssize_t) pieces->iov_len;
      if (n_pieces > 0)
        {
          pieces->iov_base = (char *) pieces->iov_base + n;
          pieces->iov_len -= (size_t) n;
        }
    }
}

void
ph_recorder_begin (PhRecorder *recorder, int fd)
{
  struct iovec magic = { .iov_base = PH_CAPTURE_MAGIC, .iov_len = strlen (PH_CAPTURE_MAGIC) };

  *recorder = (PhRecorder){ .fd = fd };
  write_all (recorder, &magic, 1);
}

void
ph_recorder_sink (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  static const char zeroes[ALIGNMENT];
  PhRecorder *recorder = user;
  PhCaptureHeader header = { .kind = kind, .length = (uint32_t) length };
  struct iovec pieces[] = {
    { .iov_base = &header, .iov_len = sizeof header },
    { .iov_base = (void *) bytes, .iov_len = length },
    { .iov_base = (void *) zeroes, .iov_len = -length % ALIGNMENT },
  };

  if (is_over (recorder))
    return;
  if (length > UINT32_MAX)
    {
      recorder->error = (PhError){ .code = PH_ERROR_SYSTEM, .errnum = EMSGSIZE };
      return;
    }
  write_all (recorder, pieces, sizeof pieces / sizeof pieces[0]);
}
