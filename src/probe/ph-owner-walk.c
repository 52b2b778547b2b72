/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The walk over /proc/PID/fd, see ph-owner-walk.h.
 *
 * Nearly all its time is the kernel's: a few microseconds for each descriptor. So the rest is kept out of the way: a
 * large getdents buffer, links read by name relative to the open directory, the inode parsed by hand, one hash probe.
 *
 * Two threads halve the time where they work on different processes. On one process they were measured to hinder each
 * other (each link takes its locks), so a process is never shared. Asking for descriptors 0, 1, 2… without listing them
 * was measured too: it is slower, for each number that is not in use costs more than its place in a list.
 */
#include "ph-owner-walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ph-alloc.h"
#include "ph-id-set.h"
#include "ph-proc-file.h"

#define SHARE_AFTER     1024 /* descriptors: what starting a thread costs is then little */
#define BATCH           256
#define DIRECTORY_BYTES 32768

typedef struct
{
  PhAnswer *answer;
  int proc;                 /* /proc */
  bool all;                 /* every socket is wanted */
  bool full;                /* find every holder */
  PhIdSet wanted;           /* inodes */
  _Atomic int32_t *holders; /* for each slot of wanted: the process that was found last; 0: none yet */
  atomic_size_t n_missing;
  atomic_bool done; /* nothing is missing, or the asker has lost interest */
  atomic_bool denied;
  pthread_mutex_t sink; /* the answer is given by one thread at a time */
  int32_t *pids;        /* in the order in which to look */
  size_t n_pids;
  atomic_size_t next_pid;
} Walk;

/* One thread's share. */
typedef struct
{
  Walk *walk;
  bool may_share; /* a second thread may be started */
  bool shares;    /* it has been */
  pthread_t helper;
  size_t n_listed; /* descriptors */
  size_t n_owners;
  PhFrameOwner owners[BATCH];
  _Alignas(8) char entries[DIRECTORY_BYTES];
} Walker;

static void
flush (Walker *walker)
{
  Walk *walk = walker->walk;

  if (walker->n_owners == 0)
    return;
  pthread_mutex_lock (&walk->sink);
  ph_answer_give (walk->answer, PH_FRAME_OWNERS, walker->owners, walker->n_owners * sizeof walker->owners[0]);
  pthread_mutex_unlock (&walk->sink);
  walker->n_owners = 0;
}

static void
found (Walker *walker, uint64_t inode, int32_t pid, int32_t fd)
{
  Walk *walk = walker->walk;

  if (!walk->all)
    {
      const size_t slot = ph_id_set_find (&walk->wanted, inode);
      int32_t before;

      if (slot == PH_ID_SET_NONE)
        return;
      before = atomic_exchange_explicit (&walk->holders[slot], pid, memory_order_relaxed);
      if (before == pid)
        return;
      if (before == 0 && atomic_fetch_sub (&walk->n_missing, 1) == 1 && !walk->full)
        atomic_store (&walk->done, true);
    }
  walker->owners[walker->n_owners++] = (PhFrameOwner){ .inode = inode, .pid = pid, .fd = fd };
  if (walker->n_owners == BATCH)
    flush (walker);
}

/* "socket:[INODE]"; 0: another kind of file. */
static uint64_t
socket_inode (const char *link, ssize_t length)
{
  static const char prefix[] = "socket:[";
  const ssize_t start = sizeof prefix - 1;
  uint64_t inode = 0;

  if (length <= start + 1 || link[length - 1] != ']' || memcmp (link, prefix, (size_t) start) != 0)
    return 0;
  for (ssize_t i = start; i < length - 1; i++)
    {
      const unsigned digit = (unsigned char) link[i] - '0';

      if (digit > 9 || inode > (UINT64_MAX - digit) / 10)
        return 0;
      inode = inode * 10 + digit;
    }
  return inode;
}

/* A decimal number; -1: another name, "." for one. */
static int32_t
parse_number (const char *name)
{
  int64_t number = 0;

  if (*name == '\0')
    return -1;
  for (; *name != '\0'; name++)
    {
      if (*name < '0' || *name > '9' || (number = number * 10 + (*name - '0')) > INT32_MAX)
        return -1;
    }
  return (int32_t) number;
}

static void
read_link (Walker *walker, int directory, const char *name, int32_t pid, int32_t fd)
{
  char link[48]; /* a longer one is no socket's */
  const ssize_t length = readlinkat (directory, name, link, sizeof link);
  const uint64_t inode = length < (ssize_t) sizeof link ? socket_inode (link, length) : 0;

  if (inode != 0)
    found (walker, inode, pid, fd);
}

static bool
is_done (Walk *walk)
{
  return atomic_load_explicit (&walk->done, memory_order_relaxed);
}

static void *run_helper (void *user);

/* Starts the second thread once it is known that there is much to do. */
static void
get_help (Walker *walker)
{
  if (!walker->may_share || walker->shares || walker->n_listed < SHARE_AFTER)
    return;
  walker->shares = pthread_create (&walker->helper, NULL, run_helper, walker->walk) == 0;
}

static void
read_listed (Walker *walker, int directory, int32_t pid, size_t n_bytes)
{
  for (size_t at = 0; at < n_bytes && !is_done (walker->walk);)
    {
      const struct dirent64 *entry = (const struct dirent64 *) (walker->entries + at);
      const int32_t fd = parse_number (entry->d_name);

      at += entry->d_reclen;
      if (fd < 0)
        continue;
      read_link (walker, directory, entry->d_name, pid, fd);
      walker->n_listed++;
    }
}

static void
walk_process (Walker *walker, int32_t pid)
{
  Walk *walk = walker->walk;
  char name[32];
  int directory;
  ssize_t n_bytes;

  snprintf (name, sizeof name, "%d/fd", pid);
  directory = openat (walk->proc, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0)
    {
      if (errno == EACCES || errno == EPERM)
        atomic_store (&walk->denied, true);
      return;
    }
  while (!is_done (walk) && (n_bytes = getdents64 (directory, walker->entries, sizeof walker->entries)) > 0)
    {
      if (ph_answer_is_unwanted (walk->answer))
        atomic_store (&walk->done, true);
      read_listed (walker, directory, pid, (size_t) n_bytes);
      get_help (walker);
    }
  close (directory);
}

/* Takes one process after another until there are no more. */
static void
walk_processes (Walker *walker)
{
  Walk *walk = walker->walk;
  size_t i;

  while (!is_done (walk) && (i = atomic_fetch_add (&walk->next_pid, 1)) < walk->n_pids)
    walk_process (walker, walk->pids[i]);
  flush (walker);
}

static void *
run_helper (void *user)
{
  Walker *walker = ph_alloc (1, sizeof *walker);

  walker->walk = user;
  walk_processes (walker);
  free (walker);
  return NULL;
}

static void
walk_guesses (Walker *walker, const PhRequest *request)
{
  for (size_t i = 0; i < request->n_guesses && !is_done (walker->walk); i++)
    {
      const PhFdRef *guess = &request->guesses[i];
      char name[48];

      if (guess->pid <= 0 || guess->fd < 0)
        continue;
      if (ph_answer_is_unwanted (walker->walk->answer))
        atomic_store (&walker->walk->done, true);
      snprintf (name, sizeof name, "%d/fd/%d", guess->pid, guess->fd);
      read_link (walker, walker->walk->proc, name, guess->pid, guess->fd);
    }
}

static int
compare_newest_first (const void *a, const void *b)
{
  const int32_t x = *(const int32_t *) a, y = *(const int32_t *) b;

  return (x < y) - (x > y);
}

/* The processes that the asker names, then all that /proc lists, by falling number; of these only the newer ones with
 * PH_WANT_NARROW. */
static bool
list_processes (Walk *walk, const PhRequest *request)
{
  DIR *directory = fdopendir (openat (walk->proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const struct dirent64 *entry;
  const int32_t above = request->want & PH_WANT_NARROW ? request->newer_than : 0;
  size_t n_named = 0, room = request->n_pids + 1024;
  PhIdSet named;

  if (directory == NULL)
    return ph_answer_fail (walk->answer, PH_ERROR_SYSTEM, errno);
  walk->pids = ph_alloc (room, sizeof walk->pids[0]);
  ph_id_set_init (&named, request->n_pids);
  for (size_t i = 0; i < request->n_pids; i++)
    if (request->pids[i] > 0 && ph_id_set_find (&named, (uint64_t) request->pids[i]) == PH_ID_SET_NONE)
      {
        ph_id_set_add (&named, (uint64_t) request->pids[i]);
        walk->pids[n_named++] = request->pids[i];
      }
  walk->n_pids = n_named;

  while ((entry = readdir64 (directory)) != NULL)
    {
      const int32_t pid = parse_number (entry->d_name);

      if (pid <= above || ph_id_set_find (&named, (uint64_t) pid) != PH_ID_SET_NONE)
        continue;
      if (walk->n_pids == room)
        walk->pids = ph_realloc (walk->pids, room *= 2, sizeof walk->pids[0]);
      walk->pids[walk->n_pids++] = pid;
    }
  qsort (walk->pids + n_named, walk->n_pids - n_named, sizeof walk->pids[0], compare_newest_first);
  ph_id_set_clear (&named);
  closedir (directory);
  return true;
}

static void
want (Walk *walk, const PhRequest *request)
{
  walk->full = (request->want & PH_WANT_FULL_WALK) != 0;
  walk->all = walk->full && request->n_ids == 0;
  ph_id_set_init (&walk->wanted, request->n_ids);
  for (size_t i = 0; i < request->n_ids; i++)
    ph_id_set_add (&walk->wanted, request->ids[i]);
  walk->holders = ph_alloc (walk->wanted.mask + 1, sizeof walk->holders[0]);
  atomic_init (&walk->n_missing, walk->wanted.n);
  atomic_init (&walk->done, walk->wanted.n == 0 && !walk->all);
}

static bool
has_cpus (int n)
{
  cpu_set_t cpus;

  return sched_getaffinity (0, sizeof cpus, &cpus) == 0 && CPU_COUNT (&cpus) >= n;
}

void
ph_owner_walk (const PhRequest *request, PhAnswer *answer)
{
  Walk walk = {
    .answer = answer,
    .proc = ph_proc_open (".", O_DIRECTORY),
    .sink = PTHREAD_MUTEX_INITIALIZER,
  };
  Walker *walker;

  ph_answer_begin (answer, PH_FORMAT_FACTS, 0);
  if (walk.proc < 0)
    {
      ph_answer_fail (answer, PH_ERROR_SYSTEM, errno);
      return;
    }
  walker = ph_alloc (1, sizeof *walker);
  walker->walk = &walk;
  want (&walk, request);
  if (!walk.full) /* a full walk comes by every descriptor anyway */
    walk_guesses (walker, request);
  walker->may_share = has_cpus (2);
  if (!is_done (&walk) && list_processes (&walk, request))
    walk_processes (walker);
  flush (walker);
  if (walker->shares)
    pthread_join (walker->helper, NULL);
  ph_answer_stopped (answer);
  if (atomic_load (&walk.denied))
    answer->flags |= PH_END_DENIED;

  free (walker);
  free (walk.pids);
  free ((void *) walk.holders);
  ph_id_set_clear (&walk.wanted);
  close (walk.proc);
}
