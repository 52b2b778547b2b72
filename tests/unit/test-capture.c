/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Captures: what the recorder writes is read back, and what nobody wrote is refused. */
#include "capture.h"

#include <sys/mman.h>
#include <unistd.h>

#include "ph-recorder.h"

/* Frames of every length up to a few paddings, and one that is large. */
static void
test_round_trip (void)
{
  enum
  {
    N = 40,
    LARGE = 200000
  };
  g_autofree guint8 *large = g_malloc (LARGE);
  g_autofree guint8 *bytes = NULL;
  int fd = memfd_create ("capture", MFD_CLOEXEC);
  PhRecorder recorder;
  gsize length, n, offset = 0;
  const guint8 *payload;
  PhFrameKind kind;

  for (guint i = 0; i < LARGE; i++)
    large[i] = (guint8) (i * 7);
  ph_recorder_begin (&recorder, fd);
  for (guint i = 0; i < N; i++)
    ph_recorder_sink (&recorder, PH_FRAME_BEGIN + i % PH_FRAME_END, large, i);
  ph_recorder_sink (&recorder, PH_FRAME_TEXT, large, LARGE);
  g_assert_cmpuint (recorder.error.code, ==, PH_ERROR_NONE);

  length = (gsize) lseek (fd, 0, SEEK_END);
  bytes = g_malloc (length);
  g_assert_cmpint (pread (fd, bytes, length, 0), ==, (gssize) length);
  close (fd);

  for (guint i = 0; i <= N; i++)
    {
      g_assert_true (ph_capture_next (bytes, length, &offset, &kind, &payload, &n));
      g_assert_cmpuint (kind, ==, i < N ? PH_FRAME_BEGIN + i % PH_FRAME_END : PH_FRAME_TEXT);
      g_assert_cmpmem (payload, n, large, i < N ? i : LARGE);
      g_assert_cmpuint ((gsize) (payload - bytes) % 8, ==, 0);
    }
  g_assert_false (ph_capture_next (bytes, length, &offset, &kind, &payload, &n));
  g_assert_cmpuint (offset, ==, length);
}

/* Walks all frames of a copy that ends exactly at @length. TRUE: it was whole. */
static gboolean
walk (const guint8 *bytes, gsize length, guint *n_frames)
{
  g_autofree guint8 *exact = g_malloc (MAX (length, 1));
  gsize n, offset = 0;
  const guint8 *payload;
  PhFrameKind kind;

  memcpy (exact, bytes, length);
  for (*n_frames = 0; ph_capture_next (exact, length, &offset, &kind, &payload, &n); (*n_frames)++)
    {
      g_assert_true (payload >= exact && n <= length && payload + n <= exact + length);
      g_assert_cmpuint (offset, <=, length);
    }
  return offset == length;
}

static void
test_cut (void)
{
  gsize length;
  g_autofree guint8 *bytes = capture_load ("unix", &length);
  guint n_whole, n, last = 0;

  g_assert_true (walk (bytes, length, &n_whole));
  g_assert_cmpuint (n_whole, >=, 3);
  for (gsize cut = 0; cut < length; cut++)
    {
      gboolean whole = walk (bytes, cut, &n);

      g_assert_cmpuint (n, <, n_whole);
      g_assert_cmpuint (n, >=, last);
      /* Whole only where a frame ends, or where there is nothing at all. */
      g_assert_true (!whole || cut % 8 == 0);
      last = n;
    }
}

static void
check_refused (const guint8 *bytes, gsize length, guint n_frames)
{
  guint n;

  g_assert_false (walk (bytes, length, &n));
  g_assert_cmpuint (n, ==, n_frames);
}

static void
test_refused (void)
{
  struct
  {
    char magic[8];
    PhCaptureHeader header;
    guint8 bytes[8];
  } capture = { { 'P', 'H', 'F', 'R', 'A', 'M', 'E', '1' }, { PH_FRAME_TEXT, 5 }, "12345" };
  const guint8 *bytes = (const guint8 *) &capture;
  guint n;

  g_assert_true (walk (bytes, sizeof capture, &n));
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (walk (bytes, 8, &n)); /* nothing but the magic: an empty capture */
  g_assert_cmpuint (n, ==, 0);

  capture.header.length = 9;
  check_refused (bytes, sizeof capture, 0);
  capture.header.length = G_MAXUINT32;
  check_refused (bytes, sizeof capture, 0);
  capture.header.length = 0;
  check_refused (bytes, sizeof capture, 1);
  capture.header.length = 5;
  capture.header.kind = 0;
  check_refused (bytes, sizeof capture, 0);
  capture.header.kind = PH_FRAME_END + 1;
  check_refused (bytes, sizeof capture, 0);
  capture.header.kind = PH_FRAME_TEXT;
  capture.magic[7] = '2';
  check_refused (bytes, sizeof capture, 0);
}

/* Beyond the end already: nothing more, and no reading there. */
static void
test_beyond (void)
{
  guint8 bytes[8] = { 0 };
  gsize n, offset = 100;
  const guint8 *payload;
  PhFrameKind kind;

  g_assert_false (ph_capture_next (bytes, sizeof bytes, &offset, &kind, &payload, &n));
  g_assert_cmpuint (offset, ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture/round-trip", test_round_trip);
  g_test_add_func ("/capture/cut", test_cut);
  g_test_add_func ("/capture/refused", test_refused);
  g_test_add_func ("/capture/beyond", test_beyond);
  return g_test_run ();
}
