/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dump loop against a kernel that misbehaves.
 *
 * The part of the kernel is played by another socket of the NETLINK_USERSOCK family, which any process may use to talk
 * to any other. So all goes through real netlink sockets: addresses, truncation and lost messages are the kernel's own.
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>

#include "frame-log.h"
#include "ph-netlink.h"

#define DATA_TYPE 20

typedef struct
{
  int kernel; /* the one that plays it */
  struct sockaddr_nl kernel_address;
  struct sockaddr_nl loop_address;
  PhNetlink netlink;
  FrameLog log;
  atomic_bool stop;
  PhAnswer answer;
  GByteArray *datagram; /* being built */
  guint32 sequence;     /* of what run_endless() sends */
} Stage;

static int
open_bound (struct sockaddr_nl *address)
{
  const int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_USERSOCK);
  socklen_t length = sizeof *address;

  *address = (struct sockaddr_nl){ .nl_family = AF_NETLINK };
  if (fd < 0)
    return -1;
  g_assert_cmpint (bind (fd, (struct sockaddr *) address, length), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) address, &length), ==, 0);
  return fd;
}

static void
set_up (Stage *stage, gconstpointer data)
{
  stage->kernel = open_bound (&stage->kernel_address);
  ph_netlink_init (&stage->netlink, NETLINK_USERSOCK);
  stage->netlink.fd = open_bound (&stage->loop_address);
  stage->netlink.peer = stage->kernel_address.nl_pid;
  stage->netlink.idle_ms = 2000;
  stage->netlink.total_ms = 10000;
  stage->log = frame_log_new ();
  stage->datagram = g_byte_array_new ();
  atomic_init (&stage->stop, false);
  ph_answer_init (&stage->answer, PH_REQUEST_TCP4, frame_log_sink, &stage->log, &stage->stop);
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  ph_netlink_close (&stage->netlink);
  close (stage->kernel);
  frame_log_clear (&stage->log);
  g_byte_array_unref (stage->datagram);
}

/* Adds a message; @length is what its header claims, 0: the truth. */
static void
put (Stage *stage, guint16 type, guint16 flags, guint32 sequence, gconstpointer payload, gsize size, guint32 length)
{
  const struct nlmsghdr header = {
    .nlmsg_len = length > 0 ? length : NLMSG_HDRLEN + (guint32) size,
    .nlmsg_type = type,
    .nlmsg_flags = flags | NLM_F_MULTI,
    .nlmsg_seq = sequence,
  };
  static const guint8 padding[NLMSG_ALIGNTO];

  g_byte_array_append (stage->datagram, (const guint8 *) &header, sizeof header);
  g_byte_array_append (stage->datagram, payload, (guint) size);
  g_byte_array_append (stage->datagram, padding, NLMSG_ALIGN (size) - size);
}

static void
put_data (Stage *stage, guint32 sequence, guint32 value)
{
  put (stage, DATA_TYPE, 0, sequence, &value, sizeof value, 0);
}

static void
put_verdict (Stage *stage, guint16 type, guint32 sequence, int verdict)
{
  put (stage, type, 0, sequence, &verdict, sizeof verdict, 0);
}

static gssize
send_from (Stage *stage, int fd, int flags)
{
  const gssize n = sendto (fd, stage->datagram->data, stage->datagram->len, flags,
                           (struct sockaddr *) &stage->loop_address, sizeof stage->loop_address);

  g_byte_array_set_size (stage->datagram, 0);
  return n;
}

/* Queues what was put as one datagram. */
static void
send_now (Stage *stage)
{
  const guint n = stage->datagram->len;

  g_assert_cmpint (send_from (stage, stage->kernel, 0), ==, n);
}

static bool
ask (Stage *stage, bool (*function) (PhNetlink *netlink, struct nlmsghdr *request, PhAnswer *answer))
{
  struct nlmsghdr request = { .nlmsg_len = NLMSG_HDRLEN, .nlmsg_type = DATA_TYPE };
  bool good;

  ph_answer_begin (&stage->answer, PH_FORMAT_NETLINK, 0);
  good = function (&stage->netlink, &request, &stage->answer);
  g_assert_cmpint (ph_answer_end (&stage->answer), ==, good);
  g_assert_cmpint (frame_log_end (&stage->log).code, ==, stage->answer.error.code);
  if (!good)
    g_assert_cmpint (stage->netlink.fd, ==, -1);
  return good;
}

static bool
dump (Stage *stage)
{
  return ask (stage, ph_netlink_dump);
}

static bool
query (Stage *stage)
{
  return ask (stage, ph_netlink_query);
}

static void
assert_fails (Stage *stage, PhErrorCode code, int errnum)
{
  g_assert_false (dump (stage));
  g_assert_cmpint (stage->answer.error.code, ==, code);
  g_assert_cmpint (stage->answer.error.errnum, ==, errnum);
}

/* The values that came since the last RESTART are first, first + 1, ... */
static void
assert_values (Stage *stage, guint32 first, guint n_values)
{
  guint32 value = first;

  for (guint i = 0; i < stage->log.frames->len; i++)
    {
      const LoggedFrame *frame = &g_array_index (stage->log.frames, LoggedFrame, i);
      gsize length;
      const guint8 *at = g_bytes_get_data (frame->bytes, &length);

      if (frame->kind == PH_FRAME_RESTART)
        value = first;
      if (frame->kind != PH_FRAME_NETLINK)
        continue;
      for (gsize offset = 0; offset < length; offset += NLMSG_SPACE (sizeof value), value++)
        {
          g_assert_cmpuint (((const struct nlmsghdr *) (at + offset))->nlmsg_type, ==, DATA_TYPE);
          g_assert_cmpmem (at + offset + NLMSG_HDRLEN, sizeof value, &value, sizeof value);
        }
    }
  g_assert_cmpuint (value - first, ==, n_values);
}

static void
test_whole (Stage *stage, gconstpointer data)
{
  struct nlmsghdr request;

  put_data (stage, 1, 7);
  put_data (stage, 1, 8);
  send_now (stage);
  put_data (stage, 1, 9);
  put_verdict (stage, NLMSG_DONE, 1, 0);
  send_now (stage);
  g_assert_true (dump (stage));
  assert_values (stage, 7, 3);
  g_assert_cmpuint (frame_log_count (&stage->log, PH_FRAME_NETLINK), ==, 2);
  g_assert_cmpuint (frame_log_end (&stage->log).flags, ==, 0);

  g_assert_cmpint (recv (stage->kernel, &request, sizeof request, MSG_DONTWAIT), ==, sizeof request);
  g_assert_cmpuint (request.nlmsg_flags, ==, NLM_F_REQUEST | NLM_F_DUMP);
  g_assert_cmpuint (request.nlmsg_seq, ==, 1);
}

static void
test_empty (Stage *stage, gconstpointer data)
{
  put_verdict (stage, NLMSG_DONE, 1, 0);
  send_now (stage);
  g_assert_true (dump (stage));
  g_assert_cmpuint (stage->log.frames->len, ==, 2);
}

/* Control messages and those of another request are left out, whatever is around them. */
static void
test_between (Stage *stage, gconstpointer data)
{
  put_data (stage, 1, 1);
  put_data (stage, 77, 1000);
  put_data (stage, 1, 2);
  put (stage, NLMSG_NOOP, 0, 1, NULL, 0, 0);
  put_verdict (stage, NLMSG_ERROR, 1, 0); /* an acknowledgement */
  put_data (stage, 1, 3);
  put_verdict (stage, NLMSG_DONE, 77, -EIO);
  send_now (stage);
  put_verdict (stage, NLMSG_DONE, 1, 0);
  put_data (stage, 1, 4);
  send_now (stage);
  g_assert_true (dump (stage));
  assert_values (stage, 1, 3);
}

static void
test_errno_in_done (Stage *stage, gconstpointer data)
{
  put_verdict (stage, NLMSG_DONE, 1, -ENOENT);
  send_now (stage);
  assert_fails (stage, PH_ERROR_KERNEL, ENOENT);
}

static void
test_refused (Stage *stage, gconstpointer data)
{
  put_verdict (stage, NLMSG_ERROR, 1, -EPERM);
  send_now (stage);
  assert_fails (stage, PH_ERROR_DENIED, EPERM);
}

static void
test_bad_verdict (Stage *stage, gconstpointer data)
{
  const guint16 half = 0;

  switch (GPOINTER_TO_INT (data))
    {
    case 0:
      put (stage, NLMSG_DONE, 0, 1, NULL, 0, 0);
      break;
    case 1:
      put (stage, NLMSG_ERROR, 0, 1, &half, sizeof half, 0);
      break;
    case 2:
      put_verdict (stage, NLMSG_DONE, 1, 5);
      break;
    default:
      put_verdict (stage, NLMSG_ERROR, 1, G_MININT);
      break;
    }
  send_now (stage);
  assert_fails (stage, PH_ERROR_MALFORMED, 0);
}

/* Messages that claim another length than they have. */
static void
test_bad_length (Stage *stage, gconstpointer data)
{
  const guint32 claimed = GPOINTER_TO_UINT (data), value = 0;

  put_data (stage, 1, 1);
  put (stage, DATA_TYPE, 0, 1, &value, sizeof value, claimed);
  send_now (stage);
  assert_fails (stage, claimed < NLMSG_HDRLEN ? PH_ERROR_MALFORMED : PH_ERROR_TRUNCATED, 0);
  g_assert_cmpuint (frame_log_count (&stage->log, PH_FRAME_NETLINK), ==, 0);
}

static void
test_cut_header (Stage *stage, gconstpointer data)
{
  put_data (stage, 1, 1);
  put_data (stage, 1, 2);
  g_byte_array_set_size (stage->datagram, stage->datagram->len - NLMSG_HDRLEN);
  send_now (stage);
  assert_fails (stage, PH_ERROR_TRUNCATED, 0);
}

static void
test_longer_than_buffer (Stage *stage, gconstpointer data)
{
  while (stage->datagram->len <= PH_NETLINK_BUFFER)
    put_data (stage, 1, 1);
  send_now (stage);
  assert_fails (stage, PH_ERROR_TRUNCATED, 0);
}

static void
test_stranger (Stage *stage, gconstpointer data)
{
  struct sockaddr_nl address;
  const int stranger = open_bound (&address);

  put_data (stage, 1, 1);
  put_verdict (stage, NLMSG_DONE, 1, 0);
  g_assert_cmpint (send_from (stage, stranger, 0), >, 0);
  assert_fails (stage, PH_ERROR_SENDER, 0);
  g_assert_cmpuint (frame_log_count (&stage->log, PH_FRAME_NETLINK), ==, 0);
  close (stranger);
}

static void
put_interrupted (Stage *stage, guint32 sequence)
{
  const guint32 value = sequence * 100 + 1;

  put_data (stage, sequence, sequence * 100);
  send_now (stage);
  put (stage, DATA_TYPE, NLM_F_DUMP_INTR, sequence, &value, sizeof value, 0);
  send_now (stage);
  put_data (stage, sequence, sequence * 100 + 2);
  put_verdict (stage, NLMSG_DONE, sequence, 0);
  send_now (stage);
}

static void
test_interrupted_twice (Stage *stage, gconstpointer data)
{
  put_interrupted (stage, 1);
  put_interrupted (stage, 2);
  put_data (stage, 3, 0);
  put_data (stage, 3, 1);
  put_verdict (stage, NLMSG_DONE, 3, 0);
  send_now (stage);
  g_assert_true (dump (stage));
  g_assert_cmpuint (frame_log_count (&stage->log, PH_FRAME_RESTART), ==, 2);
  g_assert_cmpuint (frame_log_end (&stage->log).flags, ==, 0);
  /* Of the others nothing comes after the message that told. */
  g_assert_cmpuint (frame_log_count (&stage->log, PH_FRAME_NETLINK), ==, 3);
}

static void
test_interrupted_always (Stage *stage, gconstpointer data)
{
  gsize length;

  for (guint32 sequence = 1; sequence <= 4; sequence++)
    put_interrupted (stage, sequence);
  g_assert_true (dump (stage));
  g_assert_cmpuint (frame_log_count (&stage->log, PH_FRAME_RESTART), ==, 3);
  g_assert_cmpuint (frame_log_end (&stage->log).flags, ==, PH_END_PARTIAL);
  g_assert_cmpuint (frame_log_count (&stage->log, PH_FRAME_NETLINK), ==, 3 + 3);
  frame_log_get (&stage->log, PH_FRAME_NETLINK, 5, &length);
  g_assert_cmpuint (length, ==, NLMSG_SPACE (4));
}

/* An error after an interruption is an error. */
static void
test_interrupted_then_refused (Stage *stage, gconstpointer data)
{
  put_interrupted (stage, 1);
  put_verdict (stage, NLMSG_DONE, 2, -ENOMEM);
  send_now (stage);
  assert_fails (stage, PH_ERROR_KERNEL, ENOMEM);
}

static void
test_silence (Stage *stage, gconstpointer data)
{
  stage->netlink.idle_ms = 50;
  assert_fails (stage, PH_ERROR_SYSTEM, ETIMEDOUT);
}

/* Sends without end, until nobody listens: messages of this dump (sequence 1) or of another. */
static gpointer
run_endless (gpointer user)
{
  Stage *stage = user;
  do
    put_data (stage, stage->sequence, 5);
  while (send_from (stage, stage->kernel, 0) > 0);
  return NULL;
}

static void
test_endless (Stage *stage, gconstpointer data)
{
  GThread *thread;

  stage->sequence = GPOINTER_TO_UINT (data);
  stage->netlink.idle_ms = 50;
  stage->netlink.total_ms = stage->sequence == 1 ? 200 : 100000;
  thread = g_thread_new ("endless", run_endless, stage);
  assert_fails (stage, PH_ERROR_SYSTEM, ETIMEDOUT);
  g_thread_join (thread);
}

/* Stops at the first data. */
static void
stopping_sink (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  Stage *stage = user;

  frame_log_sink (&stage->log, kind, bytes, length);
  if (kind == PH_FRAME_NETLINK)
    atomic_store (&stage->stop, true);
}

static void
test_stop (Stage *stage, gconstpointer data)
{
  GThread *thread;

  stage->sequence = 1;
  ph_answer_init (&stage->answer, PH_REQUEST_TCP4, stopping_sink, stage, &stage->stop);
  thread = g_thread_new ("endless", run_endless, stage);
  assert_fails (stage, PH_ERROR_SYSTEM, ECANCELED);
  g_thread_join (thread);
  g_assert_cmpuint (frame_log_count (&stage->log, PH_FRAME_NETLINK), ==, 1);
}

/* Fills the loop's queue by multicast, where the kernel drops what finds no room and tells the receiver. */
static void
flood (Stage *stage)
{
  const struct sockaddr_nl group = { .nl_family = AF_NETLINK, .nl_groups = 1 };

  for (guint i = 0; i < 100; i++)
    {
      for (guint j = 0; j < 50; j++)
        put_data (stage, 99, 1);
      sendto (stage->kernel, stage->datagram->data, stage->datagram->len, MSG_DONTWAIT,
              (const struct sockaddr *) &group, sizeof group);
      g_byte_array_set_size (stage->datagram, 0);
    }
}

static gpointer
run_after_loss (gpointer user)
{
  Stage *stage = user;
  struct nlmsghdr request;

  g_assert_cmpint (recv (stage->kernel, &request, sizeof request, 0), >, 0);
  put_data (stage, 1, 1);
  put_verdict (stage, NLMSG_DONE, 1, 0);
  send_now (stage);

  g_assert_cmpint (recv (stage->kernel, &request, sizeof request, 0), >, 0);
  put_data (stage, 2, 3);
  put_verdict (stage, NLMSG_DONE, 2, 0);
  send_now (stage);
  return NULL;
}

/* Lost messages (ENOBUFS) may have been some of the dump's: it is asked for again. */
static void
test_lost (Stage *stage, gconstpointer data)
{
  const int group = 1, size = 8192;
  const struct timeval patience = { .tv_sec = 5 };
  GThread *thread;

  g_assert_cmpint (setsockopt (stage->netlink.fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size), ==, 0);
  g_assert_cmpint (setsockopt (stage->kernel, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), ==, 0);
  if (setsockopt (stage->netlink.fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) != 0)
    {
      g_test_skip ("multicast of NETLINK_USERSOCK needs privilege");
      return;
    }
  flood (stage);
  thread = g_thread_new ("kernel", run_after_loss, stage);
  g_assert_true (dump (stage));
  g_thread_join (thread);
  g_assert_cmpuint (frame_log_count (&stage->log, PH_FRAME_RESTART), ==, 1);
  assert_values (stage, 3, 1);
}

/* One answer, and all is well only with the acknowledgement; what belongs to another request is not ours. */
static void
test_query (Stage *stage, gconstpointer data)
{
  struct nlmsghdr request;

  put_data (stage, 77, 1000);
  put_verdict (stage, NLMSG_ERROR, 77, -EIO);
  put_data (stage, 1, 7);
  send_now (stage);
  put_verdict (stage, NLMSG_ERROR, 1, 0);
  send_now (stage);
  g_assert_true (query (stage));
  assert_values (stage, 7, 1);
  g_assert_cmpint (stage->netlink.refusal, ==, 0);

  g_assert_cmpint (recv (stage->kernel, &request, sizeof request, MSG_DONTWAIT), ==, sizeof request);
  g_assert_cmpuint (request.nlmsg_flags, ==, NLM_F_REQUEST | NLM_F_ACK);
  g_assert_cmpuint (request.nlmsg_seq, ==, 1);
}

/* What the kernel said can be told from what went wrong on the way, whatever code the two have. */
static void
test_query_refused (Stage *stage, gconstpointer data)
{
  put_verdict (stage, NLMSG_ERROR, 1, -GPOINTER_TO_INT (data));
  send_now (stage);
  g_assert_false (query (stage));
  g_assert_cmpint (stage->answer.error.errnum, ==, GPOINTER_TO_INT (data));
  g_assert_cmpint (stage->netlink.refusal, ==, GPOINTER_TO_INT (data));

  stage->netlink.fd = open_bound (&stage->loop_address);
  stage->netlink.idle_ms = 50;
  frame_log_reset (&stage->log);
  ph_answer_init (&stage->answer, PH_REQUEST_ROUTE_GET, frame_log_sink, &stage->log, &stage->stop);
  g_assert_false (query (stage));
  g_assert_cmpint (stage->answer.error.errnum, ==, ETIMEDOUT);
  g_assert_cmpint (stage->netlink.refusal, ==, 0);
}

static void
test_query_unacknowledged (Stage *stage, gconstpointer data)
{
  put_data (stage, 1, 7);
  send_now (stage);
  stage->netlink.idle_ms = 50;
  g_assert_false (query (stage));
  g_assert_cmpint (stage->answer.error.errnum, ==, ETIMEDOUT);
}

/* It is not asked again by itself, and nothing is taken back. */
static void
test_query_lost (Stage *stage, gconstpointer data)
{
  put (stage, NLMSG_OVERRUN, 0, 1, NULL, 0, 0);
  put_verdict (stage, NLMSG_ERROR, 1, 0);
  send_now (stage);
  g_assert_false (query (stage));
  g_assert_cmpint (stage->answer.error.errnum, ==, ENOBUFS);
  g_assert_cmpuint (frame_log_count (&stage->log, PH_FRAME_RESTART), ==, 0);
  g_assert_cmpuint (stage->netlink.sequence, ==, 1);
}

static void
put_random (Stage *stage)
{
  const guint n_messages = (guint) g_test_rand_int_range (1, 6);

  for (guint i = 0; i < n_messages; i++)
    put_data (stage, stage->netlink.sequence + 1, i);
  for (gint n = g_test_rand_int_range (0, 4); n > 0; n--)
    stage->datagram->data[g_test_rand_int_range (0, (gint32) stage->datagram->len)] = (guint8) g_test_rand_int ();
  g_byte_array_set_size (stage->datagram, (guint) g_test_rand_int_range (1, (gint32) stage->datagram->len + 1));
}

/* Whatever comes, the loop ends, and in one of the ways it knows. */
static void
test_random (Stage *stage, gconstpointer data)
{
  for (guint i = 0; i < 3000; i++)
    {
      stage->netlink.fd = open_bound (&stage->loop_address);
      put_random (stage);
      send_now (stage);
      for (guint32 try = 1; try <= 4; try++)
        {
          put_verdict (stage, NLMSG_DONE, stage->netlink.sequence + try, 0);
          send_now (stage);
        }

      frame_log_reset (&stage->log);
      ph_answer_init (&stage->answer, PH_REQUEST_TCP4, frame_log_sink, &stage->log, &stage->stop);
      if (!dump (stage))
        switch (stage->answer.error.code)
          {
          case PH_ERROR_KERNEL:
          case PH_ERROR_DENIED:
          case PH_ERROR_TRUNCATED:
          case PH_ERROR_MALFORMED:
            break;
          default:
            g_error ("unexpected: %s", ph_error_code_name (stage->answer.error.code));
          }
      ph_netlink_close (&stage->netlink);
      while (recv (stage->kernel, &(struct nlmsghdr){ 0 }, NLMSG_HDRLEN, MSG_DONTWAIT) > 0)
        ;
    }
}

static void
add (const char *path, gconstpointer data, void (*test) (Stage *, gconstpointer))
{
  g_autofree char *full = g_strconcat ("/netlink-loop/", path, NULL);

  g_test_add (full, Stage, data, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  struct sockaddr_nl address;
  const int fd = open_bound (&address);

  g_test_init (&argc, &argv, NULL);
  if (fd < 0)
    {
      g_printerr ("NETLINK_USERSOCK: %s\n", g_strerror (errno));
      return 77;
    }
  close (fd);

  add ("whole", NULL, test_whole);
  add ("empty", NULL, test_empty);
  add ("between", NULL, test_between);
  add ("errno-in-done", NULL, test_errno_in_done);
  add ("refused", NULL, test_refused);
  add ("verdict/none", GINT_TO_POINTER (0), test_bad_verdict);
  add ("verdict/short", GINT_TO_POINTER (1), test_bad_verdict);
  add ("verdict/positive", GINT_TO_POINTER (2), test_bad_verdict);
  add ("verdict/huge", GINT_TO_POINTER (3), test_bad_verdict);
  add ("length/below-header", GUINT_TO_POINTER (NLMSG_HDRLEN - 1), test_bad_length);
  add ("length/one", GUINT_TO_POINTER (1), test_bad_length);
  add ("length/beyond", GUINT_TO_POINTER (NLMSG_HDRLEN + 5), test_bad_length);
  add ("length/huge", GUINT_TO_POINTER (G_MAXUINT32), test_bad_length);
  add ("cut-header", NULL, test_cut_header);
  add ("longer-than-buffer", NULL, test_longer_than_buffer);
  add ("stranger", NULL, test_stranger);
  add ("interrupted/twice", NULL, test_interrupted_twice);
  add ("interrupted/always", NULL, test_interrupted_always);
  add ("interrupted/then-refused", NULL, test_interrupted_then_refused);
  add ("silence", NULL, test_silence);
  add ("endless/own", GUINT_TO_POINTER (1), test_endless);
  add ("endless/foreign", GUINT_TO_POINTER (77), test_endless);
  add ("stop", NULL, test_stop);
  add ("lost", NULL, test_lost);
  add ("query/whole", NULL, test_query);
  add ("query/refused", GINT_TO_POINTER (ENETUNREACH), test_query_refused);
  add ("query/denied", GINT_TO_POINTER (EACCES), test_query_refused);
  add ("query/unacknowledged", NULL, test_query_unacknowledged);
  add ("query/lost", NULL, test_query_lost);
  add ("random", NULL, test_random);
  return g_test_run ();
}
