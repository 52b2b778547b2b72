/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tree of cgroups, see ph-cgroup-tree.h.
 *
 * The id of a cgroup is the inode number of its directory (kernfs). Directory entries carry it, so the walk opens what
 * it must descend into and stats nothing.
 */
#include "ph-cgroup-tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ph-alloc.h"
#include "ph-id-set.h"
#include "ph-proc-file.h"

#define DEPTH_MAX     32
#define CGROUPS_MAX   100000
#define PIDS_MAX      65536
#define MOUNTINFO_MAX (1 << 22)

typedef struct
{
  PhAnswer *answer;
  PhIdSet wanted;
  bool *found; /* for each slot of wanted */
  size_t n_missing;
  size_t n_seen;
  char path[PATH_MAX]; /* of the current directory below the mount point; "" at the root */
  size_t path_length;
  uint8_t *frame;
} Walk;

/* Mount points come with space, tab, newline and backslash as \ooo. */
static void
unescape (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; to++)
    {
      if (from[0] == '\\' && from[1] >= '0' && from[1] <= '3' && from[2] >= '0' && from[2] <= '7' && from[3] >= '0'
          && from[3] <= '7')
        {
          *to = (char) ((from[1] - '0') << 6 | (from[2] - '0') << 3 | (from[3] - '0'));
          from += 4;
        }
      else
        *to = *from++;
    }
  *to = '\0';
}

/* ID PARENT MAJOR:MINOR ROOT MOUNT OPTIONS [TAG…] - TYPE SOURCE OPTIONS */
static bool
parse_mount_line (char *line, char *path, size_t size)
{
  enum
  {
    ROOT = 3,
    MOUNT = 4,
    TAGS = 6
  };
  const char *mount = NULL, *type = NULL;
  char *rest = NULL;
  int n = 0;

  for (char *field = strtok_r (line, " ", &rest); field != NULL; field = strtok_r (NULL, " ", &rest), n++)
    {
      if (n == ROOT && strcmp (field, "/") != 0)
        return false;
      if (n == MOUNT)
        mount = field;
      if (n >= TAGS && strcmp (field, "-") == 0)
        {
          type = strtok_r (NULL, " ", &rest);
          break;
        }
    }
  if (type == NULL || strcmp (type, "cgroup2") != 0 || strlen (mount) >= size)
    return false;
  strcpy (path, mount);
  unescape (path);
  return true;
}

bool
ph_cgroup_tree_parse_mount (char *mountinfo, char *path, size_t size)
{
  char *rest = NULL;

  for (char *line = strtok_r (mountinfo, "\n", &rest); line != NULL; line = strtok_r (NULL, "\n", &rest))
    if (parse_mount_line (line, path, size))
      return true;
  return false;
}

static int
open_root (void)
{
  const int self = ph_proc_open ("self", O_DIRECTORY);
  char *text = ph_alloc (MOUNTINFO_MAX + 1, 1);
  char path[PATH_MAX];
  int root = -1;
  ssize_t n = -1;

  if (self >= 0)
    n = ph_proc_read (self, "mountinfo", text, MOUNTINFO_MAX);
  if (n > 0 && ph_cgroup_tree_parse_mount (text, path, sizeof path))
    root = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  free (text);
  if (self >= 0)
    close (self);
  return root;
}

static void
give (Walk *walk, uint64_t id, uint32_t n_pids, const char *path, size_t path_length)
{
  const PhFrameCgroup head = { .id = id, .n_pids = n_pids, .path_length = (uint32_t) path_length };
  const size_t pids_size = n_pids * sizeof (int32_t);

  memcpy (walk->frame, &head, sizeof head);
  memcpy (walk->frame + sizeof head + pids_size, path, path_length);
  ph_answer_give (walk->answer, PH_FRAME_CGROUP, walk->frame, sizeof head + pids_size + path_length);
}

/* Reads cgroup.procs into the frame. Processes of another pid namespace read as 0 and are left out. */
static uint32_t
read_pids (Walk *walk, int directory)
{
  const int fd = openat (directory, "cgroup.procs", O_RDONLY | O_CLOEXEC);
  int32_t *pids = (int32_t *) (walk->frame + sizeof (PhFrameCgroup));
  FILE *file = fd >= 0 ? fdopen (fd, "re") : NULL;
  uint32_t n = 0;
  long pid;

  if (file == NULL)
    {
      if (errno == EACCES)
        walk->answer->flags |= PH_END_DENIED;
      return 0;
    }
  while (n < PIDS_MAX && fscanf (file, "%ld", &pid) == 1)
    if (pid > 0 && pid <= INT32_MAX)
      pids[n++] = (int32_t) pid;
  fclose (file);
  return n;
}

/* The current directory is the cgroup @id. */
static void
visit (Walk *walk, int directory, uint64_t id)
{
  const size_t slot = ph_id_set_find (&walk->wanted, id);

  if (slot == PH_ID_SET_NONE || walk->found[slot])
    return;
  walk->found[slot] = true;
  walk->n_missing--;
  give (walk, id, read_pids (walk, directory), walk->path_length > 0 ? walk->path : "/",
        walk->path_length > 0 ? walk->path_length : 1);
}

static bool
is_over (Walk *walk)
{
  return walk->n_missing == 0 || walk->n_seen >= CGROUPS_MAX || ph_answer_stopped (walk->answer);
}

static void descend (Walk *walk, int directory, int depth);

/* Steps into a child, visits it and what is below it, and steps back. */
static void
enter (Walk *walk, int parent, const struct dirent64 *entry, int depth)
{
  const size_t length = walk->path_length, name_length = strlen (entry->d_name);
  int directory;

  if (length + 1 + name_length >= sizeof walk->path)
    return;
  directory = openat (parent, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (directory < 0)
    return;
  walk->n_seen++;
  walk->path[length] = '/';
  memcpy (walk->path + length + 1, entry->d_name, name_length + 1);
  walk->path_length = length + 1 + name_length;
  visit (walk, directory, entry->d_ino);
  descend (walk, directory, depth + 1);
  walk->path_length = length;
  walk->path[length] = '\0';
}

/* Takes ownership of @directory. */
static void
descend (Walk *walk, int directory, int depth)
{
  DIR *stream = depth < DEPTH_MAX ? fdopendir (directory) : NULL;
  const struct dirent64 *entry;

  if (stream == NULL)
    {
      close (directory);
      return;
    }
  while (!is_over (walk) && (entry = readdir64 (stream)) != NULL)
    if (entry->d_type == DT_DIR && strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      enter (walk, directory, entry, depth);
  closedir (stream);
}

static void
walk_from_root (Walk *walk)
{
  const int root = open_root ();
  struct stat info;

  if (root < 0)
    return;
  if (fstat (root, &info) == 0)
    visit (walk, root, info.st_ino);
  descend (walk, root, 0);
}

void
ph_cgroup_tree (const PhRequest *request, PhAnswer *answer)
{
  Walk *walk = ph_alloc (1, sizeof *walk);

  walk->answer = answer;
  walk->frame = ph_alloc (1, sizeof (PhFrameCgroup) + PIDS_MAX * sizeof (int32_t) + PATH_MAX);
  ph_id_set_init (&walk->wanted, request->n_ids);
  for (size_t i = 0; i < request->n_ids; i++)
    ph_id_set_add (&walk->wanted, request->ids[i]);
  walk->found = ph_alloc (walk->wanted.mask + 1, sizeof walk->found[0]);
  walk->n_missing = walk->wanted.n;

  ph_answer_begin (answer, PH_FORMAT_FACTS, 0);
  if (walk->n_missing > 0)
    walk_from_root (walk);
  for (size_t i = 0; i <= walk->wanted.mask && !ph_answer_stopped (answer); i++)
    if (walk->wanted.slots[i] != 0 && !walk->found[i])
      give (walk, walk->wanted.slots[i], 0, "", 0);

  ph_id_set_clear (&walk->wanted);
  free (walk->found);
  free (walk->frame);
  free (walk);
}
