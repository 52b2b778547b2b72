/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames written to a descriptor: the bytes there, one by one; what ph_capture_next() makes of them; and descriptors
 * that refuse. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "ph-capture.h"
#include "ph-recorder.h"

static GByteArray *
read_all (int fd)
{
  GByteArray *all = g_byte_array_new ();
  guint8 bytes[1000];
  gssize n;

  while ((n = read (fd, bytes, sizeof bytes)) > 0)
    g_byte_array_append (all, bytes, (guint) n);
  g_assert_cmpint (n, ==, 0);
  return all;
}

static int
open_scratch (void)
{
  char name[] = "/tmp/porthole-XXXXXX";
  const int fd = mkstemp (name);

  g_assert_cmpint (fd, >=, 0);
  unlink (name);
  return fd;
}

/* One frame of each length: at @bytes there must be that frame, and where it ends is returned. */
static gsize
assert_frame (const GByteArray *all, gsize at, guint32 kind, const guint8 *bytes, guint32 length)
{
  static const guint8 zeroes[8];
  PhCaptureHeader header;
  const gsize padding = (8 - length % 8) % 8;

  g_assert_cmpuint (at % 8, ==, 0);
  g_assert_cmpuint (at + sizeof header + length + padding, <=, all->len);
  memcpy (&header, all->data + at, sizeof header);
  g_assert_cmpuint (header.kind, ==, kind);
  g_assert_cmpuint (header.length, ==, length);
  at += sizeof header;
  g_assert_cmpmem (all->data + at, length, bytes, length);
  g_assert_cmpmem (all->data + at + length, padding, zeroes, padding);
  return at + length + padding;
}

static void
test_layout (void)
{
  g_autofree guint8 *bytes = g_malloc (70000);
  g_autoptr (GByteArray) all = NULL;
  const int fd = open_scratch ();
  PhRecorder recorder;
  gsize at = 8;

  for (guint i = 0; i < 70000; i++)
    bytes[i] = (guint8) (i * 7 + 1);
  ph_recorder_begin (&recorder, fd);
  for (guint length = 0; length < 40; length++)
    ph_recorder_sink (&recorder, PH_FRAME_TEXT, bytes, length);
  ph_recorder_sink (&recorder, PH_FRAME_NETLINK, bytes, 70000);
  ph_recorder_sink (&recorder, PH_FRAME_RESTART, NULL, 0);
  g_assert_cmpint (recorder.error.code, ==, PH_ERROR_NONE);

  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  all = read_all (fd);
  close (fd);
  g_assert_cmpmem (all->data, 8, PH_CAPTURE_MAGIC, 8);
  for (guint length = 0; length < 40; length++)
    at = assert_frame (all, at, PH_FRAME_TEXT, bytes, length);
  at = assert_frame (all, at, PH_FRAME_NETLINK, bytes, 70000);
  at = assert_frame (all, at, PH_FRAME_RESTART, NULL, 0);
  g_assert_cmpuint (at, ==, all->len);
}

static void
test_read_back (void)
{
  static const char text[] = "twenty-one characters";
  g_autoptr (GByteArray) all = NULL;
  const int fd = open_scratch ();
  const guint8 *payload;
  PhRecorder recorder;
  PhFrameKind kind;
  gsize offset = 0, length;

  ph_recorder_begin (&recorder, fd);
  for (guint32 i = 0; i < sizeof text; i++)
    ph_recorder_sink (&recorder, PH_FRAME_BEGIN + i % PH_FRAME_END, text, i);
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  all = read_all (fd);
  close (fd);
  for (guint32 i = 0; i < sizeof text; i++)
    {
      g_assert_true (ph_capture_next (all->data, all->len, &offset, &kind, &payload, &length));
      g_assert_cmpint (kind, ==, PH_FRAME_BEGIN + i % PH_FRAME_END);
      g_assert_cmpmem (payload, length, text, i);
    }
  g_assert_false (ph_capture_next (all->data, all->len, &offset, &kind, &payload, &length));
  g_assert_cmpuint (offset, ==, all->len);
}

static gpointer
run_slow_reader (gpointer user)
{
  g_usleep (20000);
  return read_all (GPOINTER_TO_INT (user));
}

/* A pipe that takes a little at a time, and does not block: everything arrives all the same. */
static void
test_slow_pipe (void)
{
  g_autofree guint8 *bytes = g_malloc0 (300001);
  g_autoptr (GByteArray) all = NULL;
  PhRecorder recorder;
  GThread *thread;
  int ends[2];
  gsize at = 8;

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (fcntl (ends[1], F_SETFL, O_NONBLOCK), ==, 0);
  fcntl (ends[1], F_SETPIPE_SZ, 4096);
  thread = g_thread_new ("reader", run_slow_reader, GINT_TO_POINTER (ends[0]));
  ph_recorder_begin (&recorder, ends[1]);
  for (guint i = 0; i < 3; i++)
    {
      memset (bytes, (int) i + 1, 300001);
      ph_recorder_sink (&recorder, PH_FRAME_NETLINK, bytes, 300001);
    }
  g_assert_cmpint (recorder.error.code, ==, PH_ERROR_NONE);
  close (ends[1]);
  all = g_thread_join (thread);
  close (ends[0]);
  for (guint i = 0; i < 3; i++)
    {
      memset (bytes, (int) i + 1, 300001);
      at = assert_frame (all, at, PH_FRAME_NETLINK, bytes, 300001);
    }
  g_assert_cmpuint (at, ==, all->len);
}

static void
assert_refused (int fd, int errnum)
{
  const guint8 bytes[16] = { 0 };
  PhRecorder recorder;

  ph_recorder_begin (&recorder, fd);
  ph_recorder_sink (&recorder, PH_FRAME_TEXT, bytes, sizeof bytes);
  ph_recorder_sink (&recorder, PH_FRAME_TEXT, bytes, sizeof bytes);
  g_assert_cmpint (recorder.error.code, ==, PH_ERROR_SYSTEM);
  g_assert_cmpint (recorder.error.errnum, ==, errnum);
}

static void
test_refused (void)
{
  const int full = open ("/dev/full", O_WRONLY);
  const int read_only = open ("/dev/null", O_RDONLY);
  int ends[2];

  assert_refused (-1, EBADF);
  assert_refused (read_only, EBADF);
  if (full >= 0)
    assert_refused (full, ENOSPC);
  g_assert_cmpint (pipe (ends), ==, 0);
  close (ends[0]);
  assert_refused (ends[1], EPIPE);
  close (ends[1]);
  close (full);
  close (read_only);
}

int
main (int argc, char **argv)
{
  signal (SIGPIPE, SIG_IGN);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recorder/layout", test_layout);
  g_test_add_func ("/recorder/read-back", test_read_back);
  g_test_add_func ("/recorder/slow-pipe", test_slow_pipe);
  g_test_add_func ("/recorder/refused", test_refused);
  return g_test_run ();
}
