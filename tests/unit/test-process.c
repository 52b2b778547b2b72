/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PROCESS frames: whole, odd, and hostile. */
#include "ph-process.h"

#include <string.h>

#include "ph-text.h"

static GByteArray *
make_frame (const char *comm, const char *exe, const char *cmdline, gsize cmdline_length, const char *cgroup)
{
  PhFrameProcess head = {
    .pid = 42,
    .ppid = 1,
    .start_ticks = 777,
    .net_ns = 4026531840,
    .uid = 1000,
    .comm_length = (guint16) strlen (comm),
    .exe_length = (guint16) strlen (exe),
    .cmdline_length = (guint32) cmdline_length,
    .cgroup_length = (guint32) strlen (cgroup),
  };
  GByteArray *frame = g_byte_array_new ();

  g_byte_array_append (frame, (const guint8 *) &head, sizeof head);
  g_byte_array_append (frame, (const guint8 *) comm, head.comm_length);
  g_byte_array_append (frame, (const guint8 *) exe, head.exe_length);
  g_byte_array_append (frame, (const guint8 *) cmdline, head.cmdline_length);
  g_byte_array_append (frame, (const guint8 *) cgroup, head.cgroup_length);
  return frame;
}

static PhFrameProcess *
head_of (GByteArray *frame)
{
  return (PhFrameProcess *) (gpointer) frame->data;
}

static void
test_whole (void)
{
  static const char cmdline[] = "/usr/sbin/nginx\0-c\0/etc/nginx.conf";
  g_autoptr (GByteArray) frame
      = make_frame ("nginx", "/usr/sbin/nginx", cmdline, sizeof cmdline, "0::/system.slice/nginx.service\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (PhProcess) process = ph_process_decode (frame->data, frame->len, &error);

  g_assert_no_error (error);
  g_assert_cmpint (process->pid, ==, 42);
  g_assert_cmpint (process->ppid, ==, 1);
  g_assert_cmpuint (process->start_ticks, ==, 777);
  g_assert_cmpuint (process->net_ns, ==, 4026531840);
  g_assert_cmpuint (process->uid, ==, 1000);
  g_assert_cmpstr (process->comm, ==, "nginx");
  g_assert_cmpstr (process->exe, ==, "/usr/sbin/nginx");
  g_assert_cmpstr (process->cmdline, ==, "/usr/sbin/nginx -c /etc/nginx.conf");
  g_assert_cmpstr (process->unit->name, ==, "nginx.service");
}

static void
test_empty (void)
{
  g_autoptr (GByteArray) frame = make_frame ("", "", "", 0, "");
  g_autoptr (PhProcess) process = ph_process_decode (frame->data, frame->len, NULL);

  g_assert_cmpstr (process->comm, ==, "");
  g_assert_cmpstr (process->exe, ==, "");
  g_assert_cmpstr (process->cmdline, ==, "");
  g_assert_null (process->unit);
}

static void
test_gone (void)
{
  g_autoptr (GByteArray) frame = make_frame ("", "", "", 0, "");
  g_autoptr (GError) error = NULL;

  head_of (frame)->start_ticks = 0;
  g_assert_null (ph_process_decode (frame->data, frame->len, &error));
  g_assert_no_error (error);
}

#define CMDLINE(bytes, shown)                                                                                          \
  {                                                                                                                    \
    bytes, sizeof bytes - 1, shown                                                                                     \
  }

static const struct
{
  const char *bytes;
  gsize length;
  const char *shown;
} cmdlines[] = {
  CMDLINE ("sleep\0"
           "1\0",
           "sleep 1"),
  CMDLINE ("sleep\0"
           "1",
           "sleep 1"),
  CMDLINE ("nginx: worker process\0", "nginx: worker process"),
  CMDLINE ("nginx: worker process\0\0\0\0\0", "nginx: worker process"),
  CMDLINE ("sh\0-c\0echo a b\0", "sh -c 'echo a b'"),
  CMDLINE ("sh\0\0x\0", "sh '' x"),
  CMDLINE ("echo\0it's\0", "echo 'it'\\''s'"),
  CMDLINE ("echo\0say \"x\"\0", "echo 'say \"x\"'"),
  CMDLINE ("a\0\033[2Jb\0", "a \\x1B[2Jb"),
  CMDLINE ("a\0\xff\xfe\0", "a \\xFF\\xFE"),
  CMDLINE ("a\0new\nline\0", "a new\\x0Aline"),
  CMDLINE ("a\0\342\200\256txt.exe\0", "a \\u{202E}txt.exe"),
  CMDLINE ("\0\0\0", ""),
  CMDLINE ("\0x\0", "'' x"),
};

static void
test_cmdlines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cmdlines); i++)
    {
      g_autoptr (GByteArray) frame = make_frame ("x", "", cmdlines[i].bytes, cmdlines[i].length, "");
      g_autoptr (PhProcess) process = ph_process_decode (frame->data, frame->len, NULL);

      g_assert_cmpstr (process->cmdline, ==, cmdlines[i].shown);
    }
}

static void
test_cut_cmdline (void)
{
  g_autofree char *bytes = g_strnfill (PH_CMDLINE_MAX, 'a');
  g_autoptr (GByteArray) frame = make_frame ("x", "", bytes, PH_CMDLINE_MAX, "");
  g_autoptr (PhProcess) process = ph_process_decode (frame->data, frame->len, NULL);

  g_assert_true (g_str_has_suffix (process->cmdline, "a…"));
}

static void
test_hostile_names (void)
{
  g_autoptr (GByteArray) frame
      = make_frame ("<b>\033[1m\377", "/tmp/\342\200\256gpj.exe (deleted)", "", 0, "0::/a\tb\n");
  g_autoptr (PhProcess) process = ph_process_decode (frame->data, frame->len, NULL);

  g_assert_cmpstr (process->comm, ==, "<b>\\x1B[1m\\xFF");
  g_assert_cmpstr (process->exe, ==, "/tmp/\\u{202E}gpj.exe (deleted)");
  g_assert_cmpstr (process->unit->name, ==, "a\\x09b");
}

/* Every cut of a frame, and every length in it made larger or smaller, is an error and nothing else. */
static void
test_malformed (void)
{
  g_autoptr (GByteArray) frame = make_frame ("abc", "def", "ghi", 3, "0::/x\n");

  for (gsize length = 0; length < frame->len; length++)
    {
      g_autofree guint8 *exact = g_memdup2 (frame->data, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (ph_process_decode (exact, length, &error));
      g_assert_error (error, PH_PROCESS_ERROR, PH_PROCESS_ERROR_MALFORMED);
    }
  for (guint field = 0; field < 4; field++)
    for (int change = -1; change <= 1; change += 2)
      {
        g_autofree guint8 *exact = g_memdup2 (frame->data, frame->len);
        PhFrameProcess *head = (PhFrameProcess *) (gpointer) exact;
        g_autoptr (GError) error = NULL;

        head->comm_length = (guint16) (head->comm_length + (field == 0 ? change : 0));
        head->exe_length = (guint16) (head->exe_length + (field == 1 ? change : 0));
        head->cmdline_length += (guint32) (field == 2 ? change : 0);
        head->cgroup_length += (guint32) (field == 3 ? change : 0);
        g_assert_null (ph_process_decode (exact, frame->len, &error));
        g_assert_error (error, PH_PROCESS_ERROR, PH_PROCESS_ERROR_MALFORMED);
      }

  /* Lengths whose sum wraps around in 32 bits. */
  head_of (frame)->cmdline_length = G_MAXUINT32;
  head_of (frame)->cgroup_length = 3 + 6 + 1;
  g_assert_null (ph_process_decode (frame->data, frame->len, NULL));
}

static void
test_no_pid (void)
{
  g_autoptr (GByteArray) frame = make_frame ("x", "", "", 0, "");
  g_autoptr (GError) error = NULL;

  head_of (frame)->pid = 0;
  g_assert_null (ph_process_decode (frame->data, frame->len, &error));
  g_assert_error (error, PH_PROCESS_ERROR, PH_PROCESS_ERROR_MALFORMED);
}

static void
test_equal (void)
{
  g_autoptr (GByteArray) frame = make_frame ("bash", "/bin/bash", "bash", 4, "0::/a.service\n");
  g_autoptr (GByteArray) changed = make_frame ("nginx", "/bin/nginx", "nginx", 5, "0::/a.service\n");
  g_autoptr (GByteArray) moved = make_frame ("bash", "/bin/bash", "bash", 4, "0::/b.service\n");
  g_autoptr (PhProcess) a = ph_process_decode (frame->data, frame->len, NULL);
  g_autoptr (PhProcess) b = ph_process_decode (frame->data, frame->len, NULL);
  g_autoptr (PhProcess) c = ph_process_decode (changed->data, changed->len, NULL);
  g_autoptr (PhProcess) d = ph_process_decode (moved->data, moved->len, NULL);

  g_assert_true (ph_process_equal (a, b));
  g_assert_false (ph_process_equal (a, c));
  g_assert_false (ph_process_equal (a, d));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/process/whole", test_whole);
  g_test_add_func ("/process/empty", test_empty);
  g_test_add_func ("/process/gone", test_gone);
  g_test_add_func ("/process/cmdlines", test_cmdlines);
  g_test_add_func ("/process/cut-cmdline", test_cut_cmdline);
  g_test_add_func ("/process/hostile-names", test_hostile_names);
  g_test_add_func ("/process/malformed", test_malformed);
  g_test_add_func ("/process/no-pid", test_no_pid);
  g_test_add_func ("/process/equal", test_equal);
  return g_test_run ();
}
