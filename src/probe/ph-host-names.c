/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Host names under a deadline, see ph-host-names.h. */
#include "ph-host-names.h"

#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "ph-alloc.h"

/* Shared by the caller and its threads; the last one to leave frees it. */
typedef struct
{
  pthread_mutex_t lock;
  pthread_cond_t changed;
  PhHostLookup lookup;
  PhHostName *hosts; /* distinct, in order */
  size_t n_hosts;
  size_t next;   /* to look up */
  size_t n_done; /* looked up */
  size_t n_users;
  bool abandoned; /* the time is up: no new look-ups */
} Job;

/* A resolver that hangs keeps its threads; another call must not add sixteen more. */
static atomic_int n_threads;

static int
look_up (const struct sockaddr *address, socklen_t length, char *name, size_t size)
{
  return getnameinfo (address, length, name, (socklen_t) size, NULL, 0, NI_NAMEREQD);
}

static int
compare_hosts (const void *a, const void *b)
{
  const PhHostName *x = a, *y = b;

  if (x->family != y->family)
    return x->family < y->family ? -1 : 1;
  return memcmp (x->bytes, y->bytes, sizeof x->bytes);
}

/* A sorted copy without repeats and without names. */
static size_t
copy_distinct (const PhHostName *hosts, size_t n_hosts, PhHostName *copy)
{
  size_t n = 0;

  for (size_t i = 0; i < n_hosts; i++)
    {
      copy[i] = (PhHostName){ .family = hosts[i].family };
      memcpy (copy[i].bytes, hosts[i].bytes, hosts[i].family == AF_INET ? 4 : 16);
    }
  qsort (copy, n_hosts, sizeof copy[0], compare_hosts);
  for (size_t i = 0; i < n_hosts; i++)
    if (n == 0 || compare_hosts (&copy[n - 1], &copy[i]) != 0)
      copy[n++] = copy[i];
  return n;
}

/* Called with the lock held; lets go of it. */
static void
leave (Job *job)
{
  const bool last = --job->n_users == 0;

  pthread_mutex_unlock (&job->lock);
  if (!last)
    return;
  for (size_t i = 0; i < job->n_hosts; i++)
    free (job->hosts[i].name);
  free (job->hosts);
  pthread_mutex_destroy (&job->lock);
  pthread_cond_destroy (&job->changed);
  free (job);
}

static char *
name_of (PhHostLookup lookup, const PhHostName *host)
{
  union
  {
    struct sockaddr any;
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
  } address = { .ipv6 = { 0 } };
  char name[NI_MAXHOST] = "";
  socklen_t length = 0;

  if (host->family == AF_INET)
    {
      memcpy (&address.ipv4.sin_addr, host->bytes, 4);
      length = sizeof address.ipv4;
    }
  else if (host->family == AF_INET6)
    {
      memcpy (&address.ipv6.sin6_addr, host->bytes, 16);
      length = sizeof address.ipv6;
    }
  address.any.sa_family = (sa_family_t) host->family;
  if (length == 0 || lookup (&address.any, length, name, sizeof name) != 0 || name[0] == '\0')
    return NULL;
  return strdup (name);
}

static void *
run_thread (void *user)
{
  Job *job = user;

  pthread_mutex_lock (&job->lock);
  while (!job->abandoned && job->next < job->n_hosts)
    {
      const size_t i = job->next++;
      const PhHostName host = job->hosts[i];
      char *name;

      pthread_mutex_unlock (&job->lock);
      name = name_of (job->lookup, &host);
      pthread_mutex_lock (&job->lock);
      job->hosts[i].name = name;
      job->n_done++;
      pthread_cond_signal (&job->changed);
    }
  atomic_fetch_sub (&n_threads, 1);
  leave (job);
  return NULL;
}

/* Called with the lock held. */
static void
start_threads (Job *job)
{
  pthread_attr_t attributes;

  pthread_attr_init (&attributes);
  pthread_attr_setdetachstate (&attributes, PTHREAD_CREATE_DETACHED);
  for (size_t i = 0; i < job->n_hosts; i++)
    {
      pthread_t thread;

      if (atomic_fetch_add (&n_threads, 1) >= PH_HOST_NAMES_THREADS
          || pthread_create (&thread, &attributes, run_thread, job) != 0)
        {
          atomic_fetch_sub (&n_threads, 1);
          break;
        }
      job->n_users++;
    }
  pthread_attr_destroy (&attributes);
}

static void
wait_until_done (Job *job, unsigned timeout_ms)
{
  struct timespec end;

  clock_gettime (CLOCK_MONOTONIC, &end);
  end.tv_sec += timeout_ms / 1000;
  end.tv_nsec += timeout_ms % 1000 * 1000000L;
  if (end.tv_nsec >= 1000000000L)
    {
      end.tv_sec++;
      end.tv_nsec -= 1000000000L;
    }
  while (job->n_done < job->n_hosts && job->n_users > 1
         && pthread_cond_timedwait (&job->changed, &job->lock, &end) == 0)
    ;
}

static Job *
new_job (const PhHostName *hosts, size_t n_hosts, PhHostLookup lookup)
{
  Job *job = ph_alloc (1, sizeof *job);
  pthread_condattr_t attributes;

  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_mutex_init (&job->lock, NULL);
  pthread_cond_init (&job->changed, &attributes);
  pthread_condattr_destroy (&attributes);
  job->lookup = lookup != NULL ? lookup : look_up;
  job->hosts = ph_alloc (n_hosts, sizeof job->hosts[0]);
  job->n_hosts = copy_distinct (hosts, n_hosts, job->hosts);
  job->n_users = 1;
  return job;
}

void
ph_host_names (PhHostName *hosts, size_t n_hosts, unsigned timeout_ms, PhHostLookup lookup)
{
  Job *job = new_job (hosts, n_hosts, lookup);

  pthread_mutex_lock (&job->lock);
  start_threads (job);
  wait_until_done (job, timeout_ms);
  job->abandoned = true;
  for (size_t i = 0; i < n_hosts; i++)
    {
      PhHostName key;
      const PhHostName *found;

      copy_distinct (&hosts[i], 1, &key);
      found = bsearch (&key, job->hosts, job->n_hosts, sizeof key, compare_hosts);
      hosts[i].name = found != NULL && found->name != NULL ? strdup (found->name) : NULL;
    }
  leave (job);
}
