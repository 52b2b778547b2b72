/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request at a time to whoever serves it, see ph-probe.h. */
#include "ph-probe.h"

#include <errno.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <stdio.h>

#include "ph-alloc.h"
#include "ph-answer.h"
#include "ph-cgroup-tree.h"
#include "ph-clock.h"
#include "ph-netlink.h"
#include "ph-owner-walk.h"
#include "ph-proc-file.h"
#include "ph-process-reader.h"
#include "ph-sock-diag.h"
#include "ph-user-names.h"

/* A diag module that is missing is asked for again after this time: it may have been loaded since. Not at each poll,
 * because every time the kernel tries to load it. */
#define MISSING_US (60 * INT64_C (1000000))

/* A sandbox may lack the file and show the host's elsewhere. */
static const char *const services_files[] = { "/etc/services", "/run/host/etc/services" };

typedef struct
{
  int64_t until_us; /* 0: not known to be missing */
  int errnum;       /* what the kernel said */
} MissingDiag;

struct _PhProbe
{
  PhNetlink sock_diag;
  PhNetlink route;
  MissingDiag missing[PH_N_REQUESTS];
};

PhProbe *
ph_probe_new (void)
{
  PhProbe *probe = ph_alloc (1, sizeof *probe);

  ph_netlink_init (&probe->sock_diag, NETLINK_SOCK_DIAG);
  ph_netlink_init (&probe->route, NETLINK_ROUTE);
  return probe;
}

void
ph_probe_free (PhProbe *probe)
{
  if (probe == NULL)
    return;
  ph_netlink_close (&probe->sock_diag);
  ph_netlink_close (&probe->route);
  free (probe);
}

/* What a kernel says that lacks the module (ENOENT; some families EINVAL or EOPNOTSUPP), the protocol or sock_diag
 * itself, and what a sandbox says that keeps it from us. */
static bool
means_missing (int errnum)
{
  switch (errnum)
    {
    case ENOENT:
    case EINVAL:
    case EOPNOTSUPP:
    case EPROTONOSUPPORT:
    case EAFNOSUPPORT:
    case EACCES:
    case EPERM:
      return true;
    default:
      return false;
    }
}

/* Returns false where the module is missing and nothing has been given. */
static bool
ask_sock_diag (PhProbe *probe, const PhRequest *request, PhAnswer *answer)
{
  MissingDiag *missing = &probe->missing[request->name];
  PhSockDiagMessage message;

  if (missing->until_us > ph_clock_us ())
    return false;
  ph_answer_begin (answer, PH_FORMAT_NETLINK, 0);
  ph_sock_diag_build (&message, request->name, request->want);
  if (ph_netlink_dump (&probe->sock_diag, &message.header, answer))
    return true;
  if (!answer->begin_due || !means_missing (answer->error.errnum))
    return true;

  missing->until_us = ph_clock_us () + MISSING_US;
  missing->errnum = answer->error.errnum;
  answer->error = (PhError){ .request = request->name };
  return false;
}

static void
serve_sockets (PhProbe *probe, const PhRequest *request, PhAnswer *answer)
{
  const PhSocketKind *kind = ph_socket_kind (request->name);
  bool served = false;

  if (ask_sock_diag (probe, request, answer))
    return;

  for (size_t i = 0; i < PH_SOCK_DIAG_FILES && kind->files[i] != NULL; i++)
    {
      char name[64];
      int fd;

      /* The thread's own network namespace, like that of the netlink socket; /proc/net is the main thread's. */
      snprintf (name, sizeof name, "thread-self/net/%s", kind->files[i]);
      fd = ph_proc_open (name, 0);
      if (fd < 0)
        continue;
      ph_answer_begin (answer, PH_FORMAT_PROC, (uint32_t) i);
      served = true;
      if (!ph_proc_give_lines (fd, answer))
        return;
    }
  if (!served)
    {
      ph_answer_begin (answer, PH_FORMAT_NETLINK, 0);
      ph_answer_fail (answer, PH_ERROR_UNSUPPORTED, probe->missing[request->name].errnum);
    }
}

static void
serve_links (PhProbe *probe, PhAnswer *answer)
{
  union
  {
    struct nlmsghdr header;
    uint8_t bytes[64];
  } message = { .bytes = { 0 } };
  struct nlmsghdr *header = mnl_nlmsg_put_header (message.bytes);

  header->nlmsg_type = RTM_GETLINK;
  mnl_nlmsg_put_extra_header (header, sizeof (struct ifinfomsg));
  mnl_attr_put_u32 (header, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
  ph_answer_begin (answer, PH_FORMAT_NETLINK, 0);
  ph_netlink_dump (&probe->route, header, answer);
}

static void
serve_services (PhAnswer *answer)
{
  int fd = -1;

  ph_answer_begin (answer, PH_FORMAT_PROC, 0);
  for (size_t i = 0; fd < 0 && i < sizeof services_files / sizeof services_files[0]; i++)
    fd = open (services_files[i], O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    ph_answer_fail (answer, PH_ERROR_SYSTEM, errno);
  else
    ph_proc_give_lines (fd, answer);
}

bool
ph_probe_ask (PhProbe *probe, const PhRequest *request, PhSink sink, void *user, atomic_bool *stop, PhError *error)
{
  PhAnswer answer;
  bool good;

  ph_answer_init (&answer, request->name, sink, user, stop);
  if (ph_request_is_sockets (request->name))
    serve_sockets (probe, request, &answer);
  else
    switch (request->name)
      {
      case PH_REQUEST_LINKS:
        serve_links (probe, &answer);
        break;
      case PH_REQUEST_OWNERS:
        ph_owner_walk (request, &answer);
        break;
      case PH_REQUEST_PROCESSES:
        ph_process_reader (request, &answer);
        break;
      case PH_REQUEST_CGROUPS:
        ph_cgroup_tree (request, &answer);
        break;
      case PH_REQUEST_USERS:
        ph_user_names (request, &answer);
        break;
      case PH_REQUEST_SERVICES:
        serve_services (&answer);
        break;
      default:
        ph_answer_begin (&answer, PH_FORMAT_FACTS, 0);
        ph_answer_fail (&answer, PH_ERROR_UNSUPPORTED, 0);
        break;
      }
  good = ph_answer_end (&answer);
  if (error != NULL)
    *error = answer.error;
  return good;
}
