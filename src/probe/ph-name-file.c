/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of names in the order of their weight, see ph-name-file.h. */
#include "ph-name-file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ph-proc-file.h"

#define N_FILES_MAX 1024 /* parts of one answer; a folder that has more is not one of iproute2's */

const char *ph_name_file_root = "";

static const char *const folders[] = {
  "/usr/share/iproute2",
  "/etc/iproute2",
  "/run/host/usr/share/iproute2",
  "/run/host/etc/iproute2",
};

/* Gives one file as the next part; false where nothing more is wanted. What is not there, or is no plain file (a pipe
 * would keep us waiting), is passed over. */
static bool
give_file (const char *path, PhAnswer *answer, uint32_t *part)
{
  const int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat info;

  if (fd < 0)
    return true;
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      close (fd);
      return true;
    }
  ph_answer_begin (answer, PH_FORMAT_PROC, (*part)++);
  return ph_proc_give_lines (fd, answer);
}

static int
is_conf (const struct dirent *entry)
{
  const char *end = strrchr (entry->d_name, '.');

  return end != NULL && end != entry->d_name && strcmp (end, ".conf") == 0;
}

static int
compare_bytes (const struct dirent **a, const struct dirent **b)
{
  return strcmp ((*a)->d_name, (*b)->d_name);
}

static bool
give_folder (const char *folder, PhAnswer *answer, uint32_t *part)
{
  struct dirent **entries;
  const int n = scandir (folder, &entries, is_conf, compare_bytes);
  bool wanted = true;

  if (n < 0)
    return true;
  for (int i = 0; i < n; i++)
    {
      char path[PATH_MAX];

      if (wanted && *part < N_FILES_MAX
          && (size_t) snprintf (path, sizeof path, "%s/%s", folder, entries[i]->d_name) < sizeof path)
        wanted = give_file (path, answer, part);
      free (entries[i]);
    }
  free (entries);
  return wanted;
}

void
ph_name_files_give (PhRequestName name, PhAnswer *answer)
{
  const char *file = name == PH_REQUEST_ROUTE_TABLES ? "rt_tables" : "rt_protos";
  uint32_t part = 0;
  bool wanted = true;

  ph_answer_begin (answer, PH_FORMAT_PROC, 0);
  for (size_t i = 0; wanted && i < sizeof folders / sizeof folders[0]; i++)
    {
      char path[PATH_MAX - NAME_MAX];

      if ((size_t) snprintf (path, sizeof path - 2, "%s%s/%s", ph_name_file_root, folders[i], file) >= sizeof path - 2)
        continue;
      wanted = give_file (path, answer, &part);
      strcat (path, ".d");
      wanted = wanted && give_folder (path, answer, &part);
    }
  ph_answer_stopped (answer);
}
