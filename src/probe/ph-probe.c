/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request at a time to whoever serves it, see ph-probe.h. */
#include "ph-probe.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ph-alloc.h"
#include "ph-answer.h"
#include "ph-cgroup-tree.h"
#include "ph-clock.h"
#include "ph-ethtool.h"
#include "ph-name-file.h"
#include "ph-net-file.h"
#include "ph-netlink.h"
#include "ph-owner-walk.h"
#include "ph-proc-file.h"
#include "ph-process-reader.h"
#include "ph-rtnetlink.h"
#include "ph-sock-diag.h"
#include "ph-user-names.h"

/* A module that is missing is asked for again after this time: it may have been loaded since. Not at each poll, because
 * every time the kernel tries to load it. */
#define MISSING_US (60 * INT64_C (1000000))

/* A sandbox may lack the file and show the host's elsewhere. */
static const char *const services_files[] = { "/etc/services", "/run/host/etc/services" };

typedef struct
{
  int64_t until_us; /* 0: not known to be missing */
  int errnum;       /* what the kernel said */
} Missing;

struct _PhProbe
{
  PhNetlink sock_diag;
  PhNetlink route;
  PhNetlink generic;
  uint16_t ethtool; /* the number of its family, 0: not asked yet */
  Missing missing[PH_N_REQUESTS];
};

PhProbe *
ph_probe_new (void)
{
  PhProbe *probe = ph_alloc (1, sizeof *probe);

  ph_netlink_init (&probe->sock_diag, NETLINK_SOCK_DIAG);
  ph_netlink_init (&probe->route, NETLINK_ROUTE);
  ph_netlink_init (&probe->generic, NETLINK_GENERIC);
  return probe;
}

void
ph_probe_free (PhProbe *probe)
{
  if (probe == NULL)
    return;
  ph_netlink_close (&probe->sock_diag);
  ph_netlink_close (&probe->route);
  ph_netlink_close (&probe->generic);
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

static void
note_missing (Missing *missing, int errnum)
{
  missing->until_us = ph_clock_us () + MISSING_US;
  missing->errnum = errnum;
}

/* Returns false where the module is missing and nothing has been given. */
static bool
ask_sock_diag (PhProbe *probe, const PhRequest *request, PhAnswer *answer)
{
  Missing *missing = &probe->missing[request->name];
  PhSockDiagMessage message;

  if (missing->until_us > ph_clock_us ())
    return false;
  ph_answer_begin (answer, PH_FORMAT_NETLINK, 0);
  ph_sock_diag_build (&message, request->name, request->want);
  if (ph_netlink_dump (&probe->sock_diag, &message.header, answer))
    return true;
  if (!answer->begin_due || !means_missing (answer->error.errnum))
    return true;

  note_missing (missing, answer->error.errnum);
  answer->error = (PhError){ .request = request->name };
  return false;
}

static void
serve_sockets (PhProbe *probe, const PhRequest *request, PhAnswer *answer)
{
  int errnum;

  if (ask_sock_diag (probe, request, answer)
      || ph_net_files_give (ph_socket_kind (request->name)->files, answer, &errnum))
    return;
  ph_answer_begin (answer, PH_FORMAT_NETLINK, 0);
  ph_answer_fail (answer, PH_ERROR_UNSUPPORTED, probe->missing[request->name].errnum);
}

static void
serve_net_files (const PhRequest *request, PhAnswer *answer)
{
  int errnum;
  const bool any = ph_net_files_give (ph_net_files (request->name), answer, &errnum);

  if (!any)
    ph_answer_begin (answer, PH_FORMAT_PROC, 0);
  if (ph_answer_stopped (answer))
    return;
  if (errnum != 0 && errnum != ENOENT)
    ph_answer_fail (answer, PH_ERROR_SYSTEM, errnum);
  else if (!any)
    ph_answer_fail (answer, PH_ERROR_UNSUPPORTED, errnum);
}

/* What a kernel says that was built without it, or is older than it, and what a sandbox says that gives no sockets of
 * this kind. */
static void
tell_unsupported (PhAnswer *answer)
{
  switch (answer->error.errnum)
    {
    case EOPNOTSUPP:
    case EPROTONOSUPPORT:
    case EAFNOSUPPORT:
      answer->error.code = PH_ERROR_UNSUPPORTED;
      break;
    default:
      break;
    }
}

/* Whether the dump is of IPv6 and there is none here (ipv6.disable=1). Rtnetlink answers with what it has of the other
 * families then, which would be taken for IPv6's. */
static bool
is_of_nothing (const PhRtnetlinkMessage *message)
{
  int fd;

  if (message->bytes[NLMSG_HDRLEN] != AF_INET6)
    return false;
  fd = socket (AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd >= 0)
    close (fd);
  return fd < 0 && errno == EAFNOSUPPORT;
}

static void
serve_dump (PhProbe *probe, PhRtnetlinkMessage *message, PhAnswer *answer)
{
  ph_answer_begin (answer, PH_FORMAT_NETLINK, 0);
  if (ph_answer_stopped (answer) || is_of_nothing (message))
    return;
  if (!ph_netlink_dump (&probe->route, &message->header, answer))
    tell_unsupported (answer);
}

/* What the kernel says of a route is the answer, EACCES of a prohibited one too, and no matter of permission. And there
 * are routes that no entry was made from: a refusal then is no answer to the second part, and no failure. */
static void
serve_route_get (PhProbe *probe, const PhRequest *request, PhAnswer *answer)
{
  PhRtnetlinkMessage message;

  for (uint32_t part = 0; part < 2; part++)
    {
      ph_answer_begin (answer, PH_FORMAT_NETLINK, part);
      if (!ph_rtnetlink_build_route_get (&message, request->route, part == 1))
        {
          ph_answer_fail (answer, PH_ERROR_SYSTEM, EINVAL);
          return;
        }
      if (ph_netlink_query (&probe->route, &message.header, answer))
        continue;
      if (probe->route.refusal == 0)
        tell_unsupported (answer);
      else if (part == 0)
        answer->error.code = PH_ERROR_KERNEL;
      else
        answer->error = (PhError){ .request = request->name };
      return;
    }
}

/* A PhSink; @user is the family's number. */
static void
take_family (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  uint16_t *family = user;

  if (kind == PH_FRAME_NETLINK)
    *family = ph_ethtool_family (bytes, length);
}

/* Asks for the number of ethtool's family once. False on failure, noted in @answer. */
static bool
find_ethtool (PhProbe *probe, PhAnswer *answer)
{
  Missing *missing = &probe->missing[PH_REQUEST_LINK_SETTINGS];
  PhEthtoolMessage message;
  PhAnswer inner;

  if (probe->ethtool != 0)
    return true;
  if (missing->until_us > ph_clock_us ())
    return ph_answer_fail (answer, PH_ERROR_UNSUPPORTED, missing->errnum);
  ph_answer_init (&inner, PH_REQUEST_LINK_SETTINGS, take_family, &probe->ethtool, answer->stop);
  ph_ethtool_build_family (&message);
  if (!ph_netlink_query (&probe->generic, &message.header, &inner))
    {
      answer->error = inner.error;
      if (!means_missing (inner.error.errnum))
        return false;
      note_missing (missing, inner.error.errnum);
      answer->error.code = PH_ERROR_UNSUPPORTED;
      return false;
    }
  return probe->ethtool != 0 || ph_answer_fail (answer, PH_ERROR_MALFORMED, 0);
}

static void
serve_link_settings (PhProbe *probe, PhAnswer *answer)
{
  PhEthtoolMessage message;

  ph_answer_begin (answer, PH_FORMAT_NETLINK, 0);
  if (!find_ethtool (probe, answer))
    return;
  ph_ethtool_build_link_modes (&message, probe->ethtool);
  if (!ph_netlink_dump (&probe->generic, &message.header, answer))
    tell_unsupported (answer);
}

/* That it is gone is an answer, and no matter of permission or of what the kernel can do. */
static void
serve_socket (PhProbe *probe, const PhRequest *request, PhAnswer *answer)
{
  PhSockDiagMessage message;

  ph_answer_begin (answer, PH_FORMAT_NETLINK, 0);
  if (!ph_sock_diag_build_one (&message, request->socket, request->want))
    ph_answer_fail (answer, PH_ERROR_SYSTEM, EINVAL);
  else if (!ph_netlink_query (&probe->sock_diag, &message.header, answer) && probe->sock_diag.refusal == 0)
    tell_unsupported (answer);
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

/* Files of /proc/sys/net are of the network namespace of the thread that opens them. */
static void
serve_port_range (PhAnswer *answer)
{
  int fd;

  ph_answer_begin (answer, PH_FORMAT_PROC, 0);
  fd = ph_proc_open ("sys/net/ipv4/ip_local_port_range", 0);
  if (fd < 0)
    ph_answer_fail (answer, PH_ERROR_UNSUPPORTED, errno);
  else
    ph_proc_give_lines (fd, answer);
}

bool
ph_probe_ask (PhProbe *probe, const PhRequest *request, PhSink sink, void *user, atomic_bool *stop, PhError *error)
{
  PhRtnetlinkMessage dump;
  PhAnswer answer;
  bool good;

  ph_answer_init (&answer, request->name, sink, user, stop);
  if (ph_request_is_sockets (request->name))
    serve_sockets (probe, request, &answer);
  else if (ph_rtnetlink_build (&dump, request->name))
    serve_dump (probe, &dump, &answer);
  else if (ph_net_files (request->name) != NULL)
    serve_net_files (request, &answer);
  else
    switch (request->name)
      {
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
      case PH_REQUEST_ROUTE_GET:
        serve_route_get (probe, request, &answer);
        break;
      case PH_REQUEST_SOCKET:
        serve_socket (probe, request, &answer);
        break;
      case PH_REQUEST_LINK_SETTINGS:
        serve_link_settings (probe, &answer);
        break;
      case PH_REQUEST_ROUTE_TABLES:
      case PH_REQUEST_ROUTE_PROTOCOLS:
        ph_name_files_give (request->name, &answer);
        break;
      case PH_REQUEST_PORT_RANGE:
        serve_port_range (&answer);
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
