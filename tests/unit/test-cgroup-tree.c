/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From cgroup ids to paths: in made-up trees, and in a real one where this user may mount it. */
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>

#include "fake-tree.h"
#include "frame-log.h"
#include "ph-cgroup-tree.h"

typedef struct
{
  const char *text;
  const char *mount; /* NULL: there is none */
} MountCase;

static const MountCase mount_cases[] = {
  { "30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n", "/sys/fs/cgroup" },
  { "30 24 0:26 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 none rw",
    "/sys/fs/cgroup/unified" },
  { "30 24 0:26 /../.. /first rw - cgroup2 a rw\n30 24 0:26 /sub /second rw - cgroup2 a rw\n"
    "30 24 0:26 / /third rw master:1 shared:2 - cgroup2 a rw\n30 24 0:26 / /fourth rw - cgroup2 a rw\n",
    "/third" },
  { "30 24 0:26 / /with\\040space\\011tab\\134slash\\012line rw - cgroup2 a rw\n", "/with space\ttab\\slash\nline" },
  { "30 24 0:26 / /odd\\9\\08\\400\\ rw - cgroup2 a rw\n", "/odd\\9\\08\\400\\" },
  { "30 24 0:26 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n", NULL },
  { "30 24 0:26 / /a\\040-\\040cgroup2\\040x rw - ext4 a rw\n", NULL },
  { "30 24 0:26 / - cgroup2 a", NULL },
  { " - cgroup2 \n\n\n - cgroup2 ", NULL },
  { "", NULL },
};

static void
test_mounts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mount_cases); i++)
    {
      g_autofree char *text = g_strdup (mount_cases[i].text);
      char path[100] = "";

      g_assert_cmpint (ph_cgroup_tree_parse_mount (text, path, sizeof path), ==, mount_cases[i].mount != NULL);
      if (mount_cases[i].mount != NULL)
        g_assert_cmpstr (path, ==, mount_cases[i].mount);
    }
}

static void
test_long_mount (void)
{
  char text[] = "30 24 0:26 / /12345678 rw - cgroup2 a rw\n31 24 0:27 / /short rw - cgroup2 a rw\n";
  char path[9];

  g_assert_true (ph_cgroup_tree_parse_mount (text, path, sizeof path));
  g_assert_cmpstr (path, ==, "/short");
}

static FrameLog
ask (const guint64 *ids, gsize n_ids, PhFrameEnd *end)
{
  const PhRequest request = { .name = PH_REQUEST_CGROUPS, .ids = ids, .n_ids = n_ids };
  FrameLog log = frame_log_new ();
  PhAnswer answer;

  ph_answer_init (&answer, request.name, frame_log_sink, &log, NULL);
  ph_cgroup_tree (&request, &answer);
  ph_answer_end (&answer);
  *end = frame_log_end (&log);
  return log;
}

/* The answer for @id must be @path ("": not found) with these processes. */
static void
assert_cgroup (const FrameLog *log, guint64 id, const char *path, const gint32 *pids, guint n_pids)
{
  guint n_found = 0;

  for (guint i = 0; i < frame_log_count (log, PH_FRAME_CGROUP); i++)
    {
      gsize length;
      const PhFrameCgroup *head = frame_log_get (log, PH_FRAME_CGROUP, i, &length);
      const guint8 *at = (const guint8 *) (head + 1);

      g_assert_cmpuint (length, ==, sizeof *head + head->n_pids * sizeof (gint32) + head->path_length);
      if (head->id != id)
        continue;
      n_found++;
      g_assert_cmpmem (at, head->n_pids * sizeof (gint32), pids, n_pids * sizeof (gint32));
      g_assert_cmpmem (at + head->n_pids * sizeof (gint32), head->path_length, path, strlen (path));
    }
  g_assert_cmpuint (n_found, ==, 1);
}

static guint64
id_of (const char *root, const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  return info.st_ino;
}

/* A folder with a space in its name plays the mount. */
static void
add_mountinfo (const char *root)
{
  g_autofree char *line = g_strdup_printf ("30 24 0:26 / %s/the\\040tree rw - cgroup2 none rw\n", root);

  fake_tree_file (root, "self/mountinfo", line, -1);
}

static void
test_tree (void)
{
  char *root = fake_tree_new ();
  const gint32 nginx[] = { 812, 813, 2147483647 };
  guint64 ids[6];
  PhFrameEnd end;
  FrameLog log;

  add_mountinfo (root);
  fake_tree_file (root, "the tree/cgroup.procs", "1\n2\n", -1);
  fake_tree_file (root, "the tree/system.slice/nginx.service/cgroup.procs", "812\n0\n813\n2147483647\n99999999999\n",
                  -1);
  fake_tree_file (root, "the tree/system.slice/cgroup.procs", "", -1);
  fake_tree_file (root, "the tree/user.slice/a\xff\nb/cgroup.procs", "garbage\n5\n", -1);
  fake_tree_file (root, "the tree/bare/other", "", -1);
  fake_tree_link (root, "the tree/loop", "..");
  ids[0] = id_of (root, "the tree");
  ids[1] = id_of (root, "the tree/system.slice/nginx.service");
  ids[2] = G_MAXUINT64;
  ids[3] = id_of (root, "the tree/user.slice/a\xff\nb");
  ids[4] = id_of (root, "the tree/bare");
  ids[5] = ids[1];

  log = ask (ids, G_N_ELEMENTS (ids), &end);
  g_assert_cmpint (end.code, ==, PH_ERROR_NONE);
  g_assert_cmpuint (frame_log_count (&log, PH_FRAME_CGROUP), ==, 5);
  assert_cgroup (&log, ids[0], "/", (const gint32[]){ 1, 2 }, 2);
  assert_cgroup (&log, ids[1], "/system.slice/nginx.service", nginx, G_N_ELEMENTS (nginx));
  assert_cgroup (&log, ids[2], "", NULL, 0);
  assert_cgroup (&log, ids[3], "/user.slice/a\xff\nb", NULL, 0);
  assert_cgroup (&log, ids[4], "/bare", NULL, 0);
  frame_log_clear (&log);
  fake_tree_free (root);
}

/* Deeper than any sane tree: the walk ends, and what is above is found. */
static void
test_deep (void)
{
  char *root = fake_tree_new ();
  g_autoptr (GString) name = g_string_new ("the tree");
  guint64 ids[2];
  PhFrameEnd end;
  FrameLog log;

  add_mountinfo (root);
  for (guint depth = 1; depth <= 200; depth++)
    {
      g_autofree char *path = NULL;

      g_string_append (name, "/d");
      path = g_build_filename (root, name->str, "cgroup.procs", NULL);
      g_free (fake_tree_path (root, path + strlen (root) + 1));
      if (depth == 3)
        ids[0] = id_of (root, name->str);
    }
  ids[1] = id_of (root, name->str);
  log = ask (ids, G_N_ELEMENTS (ids), &end);
  g_assert_cmpint (end.code, ==, PH_ERROR_NONE);
  assert_cgroup (&log, ids[0], "/d/d/d", NULL, 0);
  assert_cgroup (&log, ids[1], "", NULL, 0);
  frame_log_clear (&log);
  fake_tree_free (root);
}

static void
test_no_mount (void)
{
  char *root = fake_tree_new ();
  const guint64 ids[] = { 1, 2 };
  PhFrameEnd end;
  FrameLog log;

  for (guint round = 0; round < 3; round++)
    {
      if (round == 1)
        fake_tree_file (root, "self/mountinfo", "30 24 0:26 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n", -1);
      if (round == 2)
        fake_tree_file (root, "self/mountinfo", "30 24 0:26 / /nonexistent/unified rw - cgroup2 none rw\n", -1);
      log = ask (ids, G_N_ELEMENTS (ids), &end);
      g_assert_cmpint (end.code, ==, PH_ERROR_NONE);
      assert_cgroup (&log, 1, "", NULL, 0);
      assert_cgroup (&log, 2, "", NULL, 0);
      frame_log_clear (&log);
    }
  fake_tree_free (root);
}

/* The path of this process in the unified hierarchy; NULL: that is not mounted anywhere. */
static char *
own_cgroup (void)
{
  g_autofree char *text = NULL;
  char *line, *end;

  if (!g_file_get_contents ("/proc/self/cgroup", &text, NULL, NULL) || (line = strstr (text, "0::")) == NULL)
    return NULL;
  end = strchr (line, '\n');
  return g_strndup (line + 3, end != NULL ? (gsize) (end - line - 3) : strlen (line + 3));
}

/* In a mount namespace of its own. Returns an exit status. */
static int
look_at_real_tree (const char *mount_point)
{
  g_autofree char *cgroup = NULL, *path = NULL, *text = NULL;
  char existing[1000];
  struct stat info;
  guint64 id;
  PhFrameEnd end;
  FrameLog log;
  gsize length;
  const PhFrameCgroup *head;
  gboolean listed = FALSE;

  if (mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 || mount ("none", mount_point, "cgroup2", 0, NULL) != 0)
    return 77;
  cgroup = own_cgroup ();
  if (cgroup == NULL || !g_file_get_contents ("/proc/self/mountinfo", &text, NULL, NULL)
      || !ph_cgroup_tree_parse_mount (text, existing, sizeof existing))
    return 1;
  path = g_build_filename (existing, cgroup, NULL);
  if (stat (path, &info) != 0)
    return 2;
  id = info.st_ino;
  log = ask (&id, 1, &end);
  head = frame_log_get (&log, PH_FRAME_CGROUP, 0, &length);
  if (head->id != id || head->path_length != strlen (cgroup))
    return 3;
  for (guint i = 0; i < head->n_pids; i++)
    listed |= ((const gint32 *) (head + 1))[i] == getpid ();
  if (!listed || memcmp ((const gint32 *) (head + 1) + head->n_pids, cgroup, strlen (cgroup)) != 0)
    return 4;
  frame_log_clear (&log);
  return 0;
}

static void
test_real (void)
{
  g_autofree char *mount_point = g_dir_make_tmp ("porthole-XXXXXX", NULL);
  const pid_t child = fork ();
  int status;

  if (child == 0)
    {
      if (unshare (CLONE_NEWNS) != 0 && unshare (CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWCGROUP) != 0)
        _exit (77);
      _exit (look_at_real_tree (mount_point));
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_rmdir (mount_point);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == 77)
    g_test_skip ("cgroup2 cannot be mounted by this user");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cgroup-tree/mounts", test_mounts);
  g_test_add_func ("/cgroup-tree/long-mount", test_long_mount);
  g_test_add_func ("/cgroup-tree/tree", test_tree);
  g_test_add_func ("/cgroup-tree/deep", test_deep);
  g_test_add_func ("/cgroup-tree/no-mount", test_no_mount);
  g_test_add_func ("/cgroup-tree/real", test_real);
  return g_test_run ();
}
