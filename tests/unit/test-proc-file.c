/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole lines from files and from pipes that deliver them in any pieces. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "fake-tree.h"
#include "frame-log.h"
#include "ph-proc-file.h"

typedef struct
{
  int fd;
  const char *bytes;
  gsize length;
  gsize step;
} Feed;

static gpointer
run_feed (gpointer user)
{
  const Feed *feed = user;

  for (gsize at = 0; at < feed->length; at += feed->step)
    {
      const gsize n = MIN (feed->step, feed->length - at);

      g_assert_cmpint (write (feed->fd, feed->bytes + at, n), ==, n);
    }
  close (feed->fd);
  return NULL;
}

/* Streams @bytes through a pipe, @step at a time. Every frame must end a line, but for the last. */
static GByteArray *
stream (const char *bytes, gsize length, gsize step)
{
  FrameLog log = frame_log_new ();
  PhAnswer answer;
  GByteArray *all;
  GThread *thread;
  Feed feed = { .bytes = bytes, .length = length, .step = step };
  int ends[2];
  guint n_frames;

  g_assert_cmpint (pipe (ends), ==, 0);
  feed.fd = ends[1];
  thread = g_thread_new ("feed", run_feed, &feed);
  ph_answer_init (&answer, PH_REQUEST_UNIX, frame_log_sink, &log, NULL);
  ph_answer_begin (&answer, PH_FORMAT_PROC, 0);
  g_assert_true (ph_proc_give_lines (ends[0], &answer));
  g_assert_true (ph_answer_end (&answer));
  g_thread_join (thread);

  n_frames = frame_log_count (&log, PH_FRAME_TEXT);
  for (guint i = 0; i + 1 < n_frames; i++)
    {
      gsize n;
      const char *text = frame_log_get (&log, PH_FRAME_TEXT, i, &n);

      g_assert_cmpuint (n, <=, PH_PROC_LINE_MAX);
      g_assert_cmpint (text[n - 1], ==, '\n');
    }
  all = frame_log_join (&log, PH_FRAME_TEXT);
  frame_log_clear (&log);
  return all;
}

static void
assert_streams (const char *bytes, gsize length, const char *expected, gsize expected_length)
{
  static const gsize steps[] = { 1, 7, 4096, 1000000 };

  for (gsize i = length > 10000 ? 1 : 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GByteArray) got = stream (bytes, length, steps[i]);

      g_assert_cmpmem (got->data, got->len, expected, expected_length);
    }
}

static void
test_lines (void)
{
  static const char *const texts[] = { "", "\n", "a\nb\n", "a\n\n\nb", "no newline", "one\ntwo\nthree" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_streams (texts[i], strlen (texts[i]), texts[i], strlen (texts[i]));
}

static void
test_any_bytes (void)
{
  static const char text[] = "nul \0 in it\nand \xff\x1b[2J\n\0";

  assert_streams (text, sizeof text - 1, text, sizeof text - 1);
}

static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "line %u of many\n", i);
  assert_streams (text->str, text->len, text->str, text->len);
}

/* A line that fills the buffer to the last byte is whole; one byte more and it is cut; what follows is not lost. */
static void
test_long_line (void)
{
  for (gsize n = PH_PROC_LINE_MAX - 2; n <= PH_PROC_LINE_MAX * 3; n += n < PH_PROC_LINE_MAX + 2 ? 1 : 50021)
    {
      g_autoptr (GString) text = g_string_new ("first\n");
      g_autoptr (GString) expected = g_string_new ("first\n");

      for (gsize i = 0; i < n; i++)
        g_string_append_c (text, 'x');
      g_string_append (text, "\nlast\n");
      g_string_append_len (expected, text->str + 6, (gssize) MIN (n, PH_PROC_LINE_MAX - 1));
      g_string_append (expected, "\nlast\n");
      assert_streams (text->str, text->len, expected->str, expected->len);
    }
}

static void
test_stopped (void)
{
  FrameLog log = frame_log_new ();
  atomic_bool stop;
  PhAnswer answer;

  atomic_init (&stop, true);
  ph_answer_init (&answer, PH_REQUEST_UNIX, frame_log_sink, &log, &stop);
  ph_answer_begin (&answer, PH_FORMAT_PROC, 0);
  g_assert_false (ph_proc_give_lines (open ("/dev/zero", O_RDONLY), &answer));
  g_assert_false (ph_answer_end (&answer));
  g_assert_cmpint (frame_log_end (&log).errnum, ==, ECANCELED);
  g_assert_cmpuint (frame_log_count (&log, PH_FRAME_TEXT), ==, 0);
  frame_log_clear (&log);
}

static void
test_unreadable (void)
{
  FrameLog log = frame_log_new ();
  PhAnswer answer;

  ph_answer_init (&answer, PH_REQUEST_UNIX, frame_log_sink, &log, NULL);
  ph_answer_begin (&answer, PH_FORMAT_PROC, 0);
  g_assert_false (ph_proc_give_lines (open ("/", O_RDONLY | O_DIRECTORY), &answer));
  ph_answer_end (&answer);
  g_assert_cmpint (frame_log_end (&log).code, ==, PH_ERROR_SYSTEM);
  g_assert_cmpint (frame_log_end (&log).errnum, ==, EISDIR);
  frame_log_clear (&log);
}

static void
test_read (void)
{
  char *root = fake_tree_new ();
  const int directory = open (root, O_PATH | O_DIRECTORY);
  char bytes[8];

  fake_tree_file (root, "short", "abc", -1);
  fake_tree_file (root, "long", "0123456789", -1);
  g_assert_cmpint (ph_proc_read (directory, "short", bytes, sizeof bytes), ==, 3);
  g_assert_cmpint (ph_proc_read (directory, "long", bytes, sizeof bytes), ==, 8);
  g_assert_cmpmem (bytes, 8, "01234567", 8);
  g_assert_cmpint (ph_proc_read (directory, "none", bytes, sizeof bytes), ==, -1);
  g_assert_cmpint (errno, ==, ENOENT);
  g_assert_cmpint (ph_proc_open ("none", 0), ==, -1);
  close (directory);
  fake_tree_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proc-file/lines", test_lines);
  g_test_add_func ("/proc-file/any-bytes", test_any_bytes);
  g_test_add_func ("/proc-file/many", test_many);
  g_test_add_func ("/proc-file/long-line", test_long_line);
  g_test_add_func ("/proc-file/stopped", test_stopped);
  g_test_add_func ("/proc-file/unreadable", test_unreadable);
  g_test_add_func ("/proc-file/read", test_read);
  return g_test_run ();
}
