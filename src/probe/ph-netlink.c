/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dump loop, see ph-netlink.h.
 *
 * Three levels: a dump is tried up to four times; a try is a send and then receives until DONE; a receive is one
 * datagram, split into messages that are checked one by one before any of them is given on.
 */
#include "ph-netlink.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "ph-clock.h"

#define N_TRIES   4
#define IDLE_MS   5000
#define TOTAL_MS  60000
#define ERRNO_MAX 4095   /* the kernel's MAX_ERRNO */
#define SLICE_US  100000 /* how often a wait is broken to look at the stop flag */

typedef enum
{
  DUMP_MORE,
  DUMP_DONE,
  DUMP_FAILED,
} DumpState;

typedef struct
{
  PhNetlink *netlink;
  PhAnswer *answer;
  uint16_t flags;   /* of the request */
  bool last;        /* no further try: give what comes */
  bool interrupted; /* the kernel's tables changed underneath the dump, or messages were lost */
  bool heard;       /* a message of this dump has come since the last look at the clock */
  int64_t end_us;
  int64_t idle_end_us;
} Try;

void
ph_netlink_init (PhNetlink *netlink, int protocol)
{
  netlink->protocol = protocol;
  netlink->fd = -1;
  netlink->peer = 0;
  netlink->sequence = 0;
  netlink->idle_ms = IDLE_MS;
  netlink->total_ms = TOTAL_MS;
}

void
ph_netlink_close (PhNetlink *netlink)
{
  if (netlink->fd >= 0)
    close (netlink->fd);
  netlink->fd = -1;
}

/*
 * No bind(): sending gives the socket a free port of its own.
 *
 * Only a reader who asks to be taken at his word (Linux 4.20) gets cached routes apart from the others. Older kernels
 * do not know the option, and do not need it.
 */
static bool
open_socket (PhNetlink *netlink)
{
  const struct timeval slice = { .tv_usec = SLICE_US };
  const int strict = 1;

  if (netlink->fd < 0)
    netlink->fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, netlink->protocol);
  if (netlink->fd >= 0 && netlink->protocol == NETLINK_ROUTE)
    setsockopt (netlink->fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &strict, sizeof strict);
  return netlink->fd >= 0 && setsockopt (netlink->fd, SOL_SOCKET, SO_RCVTIMEO, &slice, sizeof slice) == 0;
}

static bool
send_request (PhNetlink *netlink, struct nlmsghdr *request, uint16_t flags)
{
  const struct sockaddr_nl to = { .nl_family = AF_NETLINK, .nl_pid = netlink->peer };
  ssize_t sent;

  request->nlmsg_flags = NLM_F_REQUEST | flags;
  request->nlmsg_seq = ++netlink->sequence;
  request->nlmsg_pid = 0;
  do
    sent = sendto (netlink->fd, request, request->nlmsg_len, 0, (const struct sockaddr *) &to, sizeof to);
  while (sent < 0 && errno == EINTR);
  return sent >= 0;
}

static DumpState
fail (Try *try, PhErrorCode code, int errnum)
{
  ph_answer_fail (try->answer, code, errnum);
  return DUMP_FAILED;
}

/* One datagram into the buffer; *@length stays 0 where there is none yet. */
static DumpState
receive (Try *try, size_t *length)
{
  struct sockaddr_nl from = { 0 };
  struct iovec space = { .iov_base = try->netlink->buffer, .iov_len = PH_NETLINK_BUFFER };
  struct msghdr header = { .msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &space, .msg_iovlen = 1 };
  const ssize_t n = recvmsg (try->netlink->fd, &header, 0);
  const int errnum = errno;

  *length = 0;
  if (n < 0)
    switch (errnum)
      {
      case ENOBUFS: /* messages were lost; those of the dump may be among them */
        try->interrupted = true;
        return DUMP_MORE;
      case EINTR:
      case EAGAIN:
        return DUMP_MORE;
      default:
        return fail (try, PH_ERROR_SYSTEM, errnum);
      }
  if (header.msg_namelen != sizeof from || from.nl_family != AF_NETLINK || from.nl_pid != try->netlink->peer)
    return fail (try, PH_ERROR_SENDER, 0);
  if (header.msg_flags & MSG_TRUNC)
    return fail (try, PH_ERROR_TRUNCATED, 0);
  if (n == 0)
    return fail (try, PH_ERROR_MALFORMED, 0);
  *length = (size_t) n;
  return DUMP_MORE;
}

/* The int that begins the payload of DONE and ERROR: 0, or a negative errno that makes a failure of the whole. An ERROR
 * of 0 is an acknowledgement, the last word on a query. */
static DumpState
hear_verdict (Try *try, const struct nlmsghdr *message)
{
  int verdict;

  if (message->nlmsg_len < NLMSG_HDRLEN + sizeof verdict)
    return fail (try, PH_ERROR_MALFORMED, 0);
  memcpy (&verdict, (const uint8_t *) message + NLMSG_HDRLEN, sizeof verdict);
  if (verdict > 0 || verdict < -ERRNO_MAX)
    return fail (try, PH_ERROR_MALFORMED, 0);
  if (verdict < 0)
    {
      try->netlink->refusal = -verdict;
      return fail (try, PH_ERROR_KERNEL, -verdict);
    }
  return message->nlmsg_type == NLMSG_DONE || try->flags == NLM_F_ACK ? DUMP_DONE : DUMP_MORE;
}

static DumpState
hear_control (Try *try, const struct nlmsghdr *message)
{
  switch (message->nlmsg_type)
    {
    case NLMSG_DONE:
    case NLMSG_ERROR:
      return hear_verdict (try, message);
    case NLMSG_OVERRUN:
      try->interrupted = true;
      return DUMP_MORE;
    default:
      return DUMP_MORE;
    }
}

static void
give (Try *try, size_t start, size_t end)
{
  if (end > start && (!try->interrupted || try->last))
    ph_answer_give (try->answer, PH_FRAME_NETLINK, try->netlink->buffer + start, end - start);
}

/* DUMP_MORE where a whole message lies at @at; *@next is where another may begin. */
static DumpState
check_message (Try *try, size_t at, size_t length, size_t *next)
{
  const struct nlmsghdr *message = (const struct nlmsghdr *) (try->netlink->buffer + at);

  if (length - at < NLMSG_HDRLEN)
    return fail (try, PH_ERROR_TRUNCATED, 0);
  if (message->nlmsg_len < NLMSG_HDRLEN)
    return fail (try, PH_ERROR_MALFORMED, 0);
  if (message->nlmsg_len > length - at)
    return fail (try, PH_ERROR_TRUNCATED, 0);
  *next = at + NLMSG_ALIGN ((size_t) message->nlmsg_len);
  if (*next > length) /* the last one's padding may be missing */
    *next = length;
  return DUMP_MORE;
}

/* Splits a datagram into messages. Those of this dump go on in as few frames as can be: usually one. */
static DumpState
split (Try *try, size_t length)
{
  DumpState state = DUMP_MORE;
  size_t run = 0, at = 0, next;

  while (at < length && (state = check_message (try, at, length, &next)) == DUMP_MORE)
    {
      const struct nlmsghdr *message = (const struct nlmsghdr *) (try->netlink->buffer + at);
      const bool ours = message->nlmsg_seq == try->netlink->sequence; /* else the answer to an earlier request */
      const bool control = message->nlmsg_type < NLMSG_MIN_TYPE;

      try->heard |= ours;
      if (ours && (message->nlmsg_flags & NLM_F_DUMP_INTR))
        try->interrupted = true;
      if (!ours || control)
        {
          give (try, run, at);
          run = next;
        }
      if (ours && control && (state = hear_control (try, message)) != DUMP_MORE)
        break;
      at = next;
    }
  if (state == DUMP_MORE)
    give (try, run, at);
  return state;
}

/* Whether there is time left; a message of this dump renews the shorter limit. */
static DumpState
check_time (Try *try)
{
  const int64_t now_us = ph_clock_us ();

  if (try->heard)
    try->idle_end_us = now_us + try->netlink->idle_ms * INT64_C (1000);
  try->heard = false;
  return now_us > try->idle_end_us || now_us > try->end_us ? fail (try, PH_ERROR_SYSTEM, ETIMEDOUT) : DUMP_MORE;
}

static DumpState
run_try (Try *try, struct nlmsghdr *request)
{
  DumpState state;

  try->heard = true;
  try->netlink->refusal = 0;
  if (!send_request (try->netlink, request, try->flags))
    return fail (try, PH_ERROR_SYSTEM, errno);
  do
    {
      size_t length;

      if (ph_answer_stopped (try->answer))
        return DUMP_FAILED;
      state = check_time (try);
      if (state == DUMP_MORE)
        state = receive (try, &length);
      if (state == DUMP_MORE && length > 0)
        state = split (try, length);
    }
  while (state == DUMP_MORE);
  return state;
}

/* False on failure. Either way the socket is ready for what comes next. */
static bool
ask (Try *try, struct nlmsghdr *request)
{
  bool good = open_socket (try->netlink);

  if (!good)
    fail (try, PH_ERROR_SYSTEM, errno);
  else
    good = run_try (try, request) != DUMP_FAILED;
  if (!good)
    ph_netlink_close (try->netlink);
  return good;
}

static Try
begin_try (PhNetlink *netlink, PhAnswer *answer, uint16_t flags)
{
  return (Try){
    .netlink = netlink,
    .answer = answer,
    .flags = flags,
    .end_us = ph_clock_us () + netlink->total_ms * INT64_C (1000),
  };
}

bool
ph_netlink_dump (PhNetlink *netlink, struct nlmsghdr *request, PhAnswer *answer)
{
  Try try = begin_try (netlink, answer, NLM_F_DUMP);

  for (int n = 1; n <= N_TRIES; n++)
    {
      try.last = n == N_TRIES;
      try.interrupted = false;
      if (!ask (&try, request))
        return false;
      if (!try.interrupted)
        return true;
      if (!try.last)
        ph_answer_give (answer, PH_FRAME_RESTART, NULL, 0);
    }
  answer->flags |= PH_END_PARTIAL;
  return true;
}

bool
ph_netlink_query (PhNetlink *netlink, struct nlmsghdr *request, PhAnswer *answer)
{
  Try try = begin_try (netlink, answer, NLM_F_ACK);

  if (!ask (&try, request))
    return false;
  if (!try.interrupted)
    return true;
  ph_netlink_close (netlink);
  return ph_answer_fail (answer, PH_ERROR_SYSTEM, ENOBUFS);
}
