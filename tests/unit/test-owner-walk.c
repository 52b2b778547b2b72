/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds which socket: real sockets of this process and its children, and a made-up /proc that lies. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>

#include "fake-tree.h"
#include "frame-log.h"
#include "ph-owner-walk.h"

typedef struct
{
  FrameLog log;
  GByteArray *bytes;
  const PhFrameOwner *owners;
  gsize n_owners;
  PhFrameEnd end;
} Found;

static Found
walk (const PhRequest *request, atomic_bool *stop)
{
  Found found = { .log = frame_log_new () };
  PhAnswer answer;

  ph_answer_init (&answer, PH_REQUEST_OWNERS, frame_log_sink, &found.log, stop);
  ph_owner_walk (request, &answer);
  ph_answer_end (&answer);
  found.bytes = frame_log_join (&found.log, PH_FRAME_OWNERS);
  found.owners = (const PhFrameOwner *) found.bytes->data;
  found.n_owners = found.bytes->len / sizeof (PhFrameOwner);
  found.end = frame_log_end (&found.log);
  return found;
}

static void
found_clear (Found *found)
{
  g_byte_array_unref (found->bytes);
  frame_log_clear (&found->log);
}

static guint
count (const Found *found, guint64 inode, gint pid, gint fd)
{
  guint n = 0;

  for (gsize i = 0; i < found->n_owners; i++)
    n += found->owners[i].inode == inode && (pid < 0 || found->owners[i].pid == pid)
         && (fd < 0 || found->owners[i].fd == fd);
  return n;
}

static guint64
inode_of (int fd)
{
  struct stat info;

  g_assert_cmpint (fstat (fd, &info), ==, 0);
  return info.st_ino;
}

static int
open_one (guint64 *inode)
{
  const int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  *inode = inode_of (fd);
  return fd;
}

static void
test_own (void)
{
  guint64 inodes[3] = { 0 };
  const int a = open_one (&inodes[0]), b = open_one (&inodes[1]), copy = dup (a);
  const PhRequest request = { .name = PH_REQUEST_OWNERS, .ids = inodes, .n_ids = 3 };
  Found found = walk (&request, NULL);

  g_assert_cmpuint (found.n_owners, ==, 2);
  g_assert_cmpuint (count (&found, inodes[0], getpid (), a), ==, 1);
  g_assert_cmpuint (count (&found, inodes[1], getpid (), b), ==, 1);
  g_assert_cmpint (found.end.code, ==, PH_ERROR_NONE);
  found_clear (&found);
  close (a);
  close (b);
  close (copy);
}

static pid_t
fork_holder (void)
{
  const pid_t pid = fork ();

  if (pid == 0)
    for (;;)
      pause ();
  g_assert_cmpint (pid, >, 0);
  return pid;
}

static void
end_holder (pid_t pid)
{
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
}

/* A socket that parent and child hold: both are found by a full walk, one by a hunt, and which one can be chosen. */
static void
test_shared (void)
{
  guint64 inode;
  const int fd = open_one (&inode);
  const pid_t child = fork_holder ();
  const gint32 first[] = { getpid (), getpid (), -3, 0 };
  PhRequest request = { .name = PH_REQUEST_OWNERS, .ids = &inode, .n_ids = 1, .want = PH_WANT_FULL_WALK };
  Found found = walk (&request, NULL);

  g_assert_cmpuint (found.n_owners, ==, 2);
  g_assert_cmpuint (count (&found, inode, getpid (), fd), ==, 1);
  g_assert_cmpuint (count (&found, inode, child, fd), ==, 1);
  found_clear (&found);

  request.want = 0;
  found = walk (&request, NULL);
  g_assert_cmpuint (found.n_owners, ==, 1);
  found_clear (&found);

  request.pids = first;
  request.n_pids = G_N_ELEMENTS (first);
  found = walk (&request, NULL);
  g_assert_cmpuint (found.n_owners, ==, 1);
  g_assert_cmpuint (count (&found, inode, getpid (), fd), ==, 1);
  found_clear (&found);

  end_holder (child);
  close (fd);
}

static void
test_guesses (void)
{
  guint64 inode;
  const int fd = open_one (&inode);
  const pid_t child = fork_holder ();
  const PhFdRef guesses[] = {
    { .pid = child, .fd = fd + 1000 }, { .pid = child, .fd = -1 }, { .pid = 0, .fd = 0 },
    { .pid = G_MAXINT32, .fd = 3 },    { .pid = child, .fd = fd },
  };
  const gint32 parent = getpid ();
  const PhRequest request = {
    .name = PH_REQUEST_OWNERS,
    .ids = &inode,
    .n_ids = 1,
    .guesses = guesses,
    .n_guesses = G_N_ELEMENTS (guesses),
    .pids = &parent,
    .n_pids = 1,
  };
  Found found = walk (&request, NULL);

  g_assert_cmpuint (found.n_owners, ==, 1);
  g_assert_cmpuint (count (&found, inode, child, fd), ==, 1);
  found_clear (&found);
  end_holder (child);
  close (fd);
}

/* No inodes: with a full walk everything, else nothing. */
static void
test_everything (void)
{
  guint64 inode;
  const int fd = open_one (&inode);
  PhRequest request = { .name = PH_REQUEST_OWNERS, .want = PH_WANT_FULL_WALK };
  Found found = walk (&request, NULL);

  g_assert_cmpuint (count (&found, inode, getpid (), fd), ==, 1);
  found_clear (&found);
  request.want = 0;
  found = walk (&request, NULL);
  g_assert_cmpuint (found.n_owners, ==, 0);
  found_clear (&found);
  close (fd);
}

/* More descriptors than one listing holds, so that both threads take part, some of them shared with children. */
static void
test_many (void)
{
  enum
  {
    N_SOCKETS = 3000,
    N_CHILDREN = 3
  };
  const struct rlimit room = { .rlim_cur = N_SOCKETS + 100, .rlim_max = N_SOCKETS + 100 };
  g_autofree int *fds = g_new (int, N_SOCKETS);
  g_autofree guint64 *inodes = g_new (guint64, N_SOCKETS);
  g_autofree guint *n_holders = g_new0 (guint, N_SOCKETS);
  g_autoptr (GHashTable) index = g_hash_table_new (g_int64_hash, g_int64_equal);
  pid_t children[N_CHILDREN];
  PhRequest request = { .name = PH_REQUEST_OWNERS, .ids = inodes, .n_ids = N_SOCKETS };
  Found found;

  if (setrlimit (RLIMIT_NOFILE, &room) != 0)
    {
      g_test_skip ("not that many descriptors allowed");
      return;
    }
  for (guint i = 0; i < N_SOCKETS; i++)
    {
      fds[i] = open_one (&inodes[i]);
      g_hash_table_insert (index, &inodes[i], GUINT_TO_POINTER (i));
    }
  for (guint i = 0; i < N_CHILDREN; i++)
    children[i] = fork_holder ();

  for (guint round = 0; round < 20; round++)
    {
      request.want = round % 2 == 0 ? PH_WANT_FULL_WALK : 0;
      found = walk (&request, NULL);
      memset (n_holders, 0, N_SOCKETS * sizeof n_holders[0]);
      for (gsize i = 0; i < found.n_owners; i++)
        {
          gpointer nth;

          g_assert_true (g_hash_table_lookup_extended (index, &found.owners[i].inode, NULL, &nth));
          g_assert_cmpint (found.owners[i].fd, ==, fds[GPOINTER_TO_UINT (nth)]);
          n_holders[GPOINTER_TO_UINT (nth)]++;
        }
      for (guint i = 0; i < N_SOCKETS; i++)
        if (request.want != 0)
          g_assert_cmpuint (n_holders[i], ==, N_CHILDREN + 1);
        else
          g_assert_cmpuint (n_holders[i], >=, 1);
      found_clear (&found);
    }

  for (guint i = 0; i < N_CHILDREN; i++)
    end_holder (children[i]);
  for (guint i = 0; i < N_SOCKETS; i++)
    close (fds[i]);
}

static void
test_stopped (void)
{
  const PhRequest request = { .name = PH_REQUEST_OWNERS, .want = PH_WANT_FULL_WALK };
  atomic_bool stop;
  Found found;

  atomic_init (&stop, true);
  found = walk (&request, &stop);
  g_assert_cmpint (found.end.code, ==, PH_ERROR_SYSTEM);
  g_assert_cmpint (found.end.errnum, ==, ECANCELED);
  g_assert_cmpuint (found.n_owners, ==, 0);
  found_clear (&found);
}

/* Links that look like sockets and are none, folders that are no processes, a process without descriptors. */
static void
test_lies (void)
{
  char *root = fake_tree_new ();
  const PhRequest request = { .name = PH_REQUEST_OWNERS, .want = PH_WANT_FULL_WALK };
  Found found;

  fake_tree_link (root, "12/fd/0", "socket:[77]");
  fake_tree_link (root, "12/fd/1", "socket:[]");
  fake_tree_link (root, "12/fd/2", "socket:[12x]");
  fake_tree_link (root, "12/fd/3", "socket:[18446744073709551616]");
  fake_tree_link (root, "12/fd/4", "socket:[18446744073709551615]");
  fake_tree_link (root, "12/fd/5", "socket:[0]");
  fake_tree_link (root, "12/fd/6", "socket:[88]/x");
  fake_tree_link (root, "12/fd/7", "/tmp/socket:[99]");
  fake_tree_link (root, "12/fd/8", "socket:[00000000000000000000000000000000000000000000000000000000000099]");
  fake_tree_link (root, "12/fd/9x", "socket:[99]");
  fake_tree_link (root, "12/fd/99999999999", "socket:[99]");
  fake_tree_file (root, "12/fd/10", "socket:[99]", -1);
  fake_tree_link (root, "12x/fd/0", "socket:[99]");
  fake_tree_link (root, "-5/fd/0", "socket:[99]");
  fake_tree_link (root, "0/fd/0", "socket:[99]");
  fake_tree_link (root, "99999999999/fd/0", "socket:[99]");
  fake_tree_file (root, "13/fd", "no folder", -1);
  fake_tree_file (root, "14", "no folder", -1);

  found = walk (&request, NULL);
  g_assert_cmpuint (count (&found, 77, 12, 0), ==, 1);
  g_assert_cmpuint (count (&found, G_MAXUINT64, 12, 4), ==, 1);
  g_assert_cmpuint (found.n_owners, ==, 2);
  g_assert_cmpint (found.end.code, ==, PH_ERROR_NONE);
  found_clear (&found);
  fake_tree_free (root);
}

/* What may not be read is told, and the rest is still found. */
static void
test_denied (void)
{
  const PhRequest request = { .name = PH_REQUEST_OWNERS, .want = PH_WANT_FULL_WALK };
  g_autofree char *locked = NULL;
  char *root;
  Found found;

  if (geteuid () == 0) /* nothing is locked for root */
    g_assert_cmpint (seteuid (65534), ==, 0);
  root = fake_tree_new ();
  locked = g_build_filename (root, "20", "fd", NULL);

  fake_tree_link (root, "20/fd/0", "socket:[5]");
  fake_tree_link (root, "21/fd/0", "socket:[6]");
  g_assert_cmpint (chmod (locked, 0), ==, 0);
  found = walk (&request, NULL);
  g_assert_cmpuint (found.n_owners, ==, 1);
  g_assert_cmpuint (count (&found, 6, 21, 0), ==, 1);
  g_assert_cmpuint (found.end.flags, ==, PH_END_DENIED);
  found_clear (&found);
  g_assert_cmpint (chmod (locked, 0755), ==, 0);
  fake_tree_free (root);
  g_assert_cmpint (seteuid (getuid ()), ==, 0);
}

static void
test_no_proc (void)
{
  const PhRequest request = { .name = PH_REQUEST_OWNERS, .want = PH_WANT_FULL_WALK };
  Found found;

  ph_proc_root = "/nonexistent";
  found = walk (&request, NULL);
  ph_proc_root = "/proc";
  g_assert_cmpint (found.end.code, ==, PH_ERROR_SYSTEM);
  g_assert_cmpint (found.end.errnum, ==, ENOENT);
  found_clear (&found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/owner-walk/own", test_own);
  g_test_add_func ("/owner-walk/shared", test_shared);
  g_test_add_func ("/owner-walk/guesses", test_guesses);
  g_test_add_func ("/owner-walk/everything", test_everything);
  g_test_add_func ("/owner-walk/many", test_many);
  g_test_add_func ("/owner-walk/stopped", test_stopped);
  g_test_add_func ("/owner-walk/lies", test_lies);
  g_test_add_func ("/owner-walk/denied", test_denied);
  g_test_add_func ("/owner-walk/no-proc", test_no_proc);
  return g_test_run ();
}
