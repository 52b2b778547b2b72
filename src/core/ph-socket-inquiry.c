/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A process is asked for by its number, and its parent's number is known only then: one question for each. */
#include "ph-socket-inquiry.h"

#include <linux/inet_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "ph-attribute.h"
#include "ph-text.h"

#define NAME_MAX_BYTES 64
#define N_ATTRIBUTES   (INET_DIAG_CONG + 1)

typedef enum
{
  ASKED_NOTHING,
  ASKED_SOCKET,
  ASKED_PROCESS,
} Asked;

struct _PhSocketInquiry
{
  PhSocketId id;
  gboolean wants_socket;
  guint64 pid; /* to be asked next; 0: nobody */
  Asked asked;
  gint64 began_us; /* of the answer that comes in */
  PhSocketReport *report;
};

gboolean
ph_socket_get_id (const PhSocket *socket, PhSocketId *id)
{
  gboolean tcp = socket->key.protocol == PH_PROTOCOL_TCP;

  if ((!tcp && socket->key.protocol != PH_PROTOCOL_UDP) || (socket->flags & PH_SOCKET_FROM_PROC)
      || socket->key.cookie == 0 || socket->key.cookie >> 63 || socket->key.net_ns != 0)
    return FALSE;
  *id = (PhSocketId){
    .family = socket->key.family == PH_SOCKET_FAMILY_INET ? AF_INET : AF_INET6,
    .protocol = tcp ? IPPROTO_TCP : IPPROTO_UDP,
    .local_port = socket->local_port,
    .remote_port = socket->remote_port,
    .interface = socket->interface,
    .cookie = socket->key.cookie,
  };
  memcpy (id->local, socket->local.bytes, sizeof id->local);
  memcpy (id->remote, socket->remote.bytes, sizeof id->remote);
  return TRUE;
}

/* Only these have a struct tcp_sock that tells. */
static gboolean
has_tcp_info (const PhSocket *socket)
{
  switch (socket->state)
    {
    case PH_STATE_LISTEN:
    case PH_STATE_TIME_WAIT:
    case PH_STATE_NEW_SYN_RECV:
    case PH_STATE_CLOSE:
    case PH_STATE_BOUND_INACTIVE:
      return FALSE;
    default:
      return socket->key.protocol == PH_PROTOCOL_TCP && socket->head.mark != PH_MARK_CLOSED;
    }
}

PhSocketInquiry *
ph_socket_inquiry_new (const PhSocket *socket, gint32 pid)
{
  PhSocketInquiry *inquiry = g_new0 (PhSocketInquiry, 1);

  inquiry->wants_socket = has_tcp_info (socket) && ph_socket_get_id (socket, &inquiry->id);
  inquiry->pid = pid > 0 ? (guint64) pid : 0;
  inquiry->report = g_new0 (PhSocketReport, 1);
  inquiry->report->lineage = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_process_unref);
  return inquiry;
}

void
ph_socket_inquiry_free (PhSocketInquiry *inquiry)
{
  if (!inquiry)
    return;
  ph_socket_report_free (inquiry->report);
  g_free (inquiry);
}

void
ph_socket_report_free (PhSocketReport *report)
{
  if (!report)
    return;
  g_ptr_array_unref (report->lineage);
  g_free (report->congestion);
  g_free (report);
}

gboolean
ph_socket_inquiry_next (PhSocketInquiry *inquiry, PhRequest *request)
{
  inquiry->asked = ASKED_NOTHING;
  if (inquiry->wants_socket)
    {
      inquiry->wants_socket = FALSE;
      inquiry->asked = ASKED_SOCKET;
      *request = (PhRequest){ .name = PH_REQUEST_SOCKET, .want = PH_WANT_TCP_INFO, .socket = &inquiry->id };
    }
  else if (inquiry->pid != 0 && inquiry->report->lineage->len < PH_LINEAGE_MAX)
    {
      inquiry->asked = ASKED_PROCESS;
      *request = (PhRequest){ .name = PH_REQUEST_PROCESSES, .ids = &inquiry->pid, .n_ids = 1 };
    }
  return inquiry->asked != ASKED_NOTHING;
}

/* --- answers --- */

static void
take_socket (PhSocketInquiry *inquiry, const guint8 *bytes, gsize length)
{
  const struct nlmsghdr *message = ph_message_next (&bytes, &length);
  const struct nlattr *attributes[N_ATTRIBUTES];
  PhSocketReport *report = inquiry->report;
  const char *name;
  gsize name_length;

  if (!message || !ph_attributes_find (message, sizeof (struct inet_diag_msg), attributes, N_ATTRIBUTES))
    return;
  memset (&report->info, 0, sizeof report->info);
  if (!ph_attribute_struct (attributes[INET_DIAG_INFO], &report->info, sizeof report->info))
    return;
  report->info_length = MIN (mnl_attr_get_payload_len (attributes[INET_DIAG_INFO]), sizeof report->info);
  report->time_us = inquiry->began_us;
  name = ph_attribute_string (attributes[INET_DIAG_CONG], &name_length);
  if (name)
    {
      GString *text = g_string_new (NULL);

      ph_text_sanitize (name, MIN (name_length, NAME_MAX_BYTES), text);
      g_free (report->congestion);
      report->congestion = g_string_free (text, FALSE);
    }
}

static gboolean
is_known (const PhSocketReport *report, gint32 pid)
{
  for (guint i = 0; i < report->lineage->len; i++)
    if (((const PhProcess *) g_ptr_array_index (report->lineage, i))->pid == pid)
      return TRUE;
  return FALSE;
}

/* A parent is older than its child; where its number belongs to a younger one by now, the chain ends. */
static gboolean
can_be_parent (const PhSocketReport *report, const PhProcess *process)
{
  const PhProcess *child;

  if (report->lineage->len == 0)
    return TRUE;
  child = g_ptr_array_index (report->lineage, report->lineage->len - 1);
  return process->start_ticks <= child->start_ticks && !is_known (report, process->pid);
}

static void
take_process (PhSocketInquiry *inquiry, const void *bytes, gsize length)
{
  g_autoptr (PhProcess) process = ph_process_decode (bytes, length, NULL);

  if (inquiry->pid == 0)
    return;
  if (process && (guint64) process->pid == inquiry->pid && can_be_parent (inquiry->report, process))
    {
      inquiry->pid = process->ppid > 0 ? (guint64) process->ppid : 0;
      g_ptr_array_add (inquiry->report->lineage, g_steal_pointer (&process));
    }
  else
    inquiry->pid = 0;
}

void
ph_socket_inquiry_sink (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  PhSocketInquiry *inquiry = user;
  guint64 pid = inquiry->pid;

  switch (kind)
    {
    case PH_FRAME_BEGIN:
      if (length >= sizeof (PhFrameBegin))
        {
          PhFrameBegin begin;

          memcpy (&begin, bytes, sizeof begin);
          inquiry->began_us = begin.time_us;
        }
      break;
    case PH_FRAME_NETLINK:
      if (inquiry->asked == ASKED_SOCKET)
        take_socket (inquiry, bytes, length);
      break;
    case PH_FRAME_PROCESS:
      if (inquiry->asked == ASKED_PROCESS)
        {
          take_process (inquiry, bytes, length);
          inquiry->asked = ASKED_NOTHING; /* one answer to one question */
        }
      break;
    case PH_FRAME_END:
      if (inquiry->asked == ASKED_PROCESS && pid == inquiry->pid) /* it brought nothing */
        inquiry->pid = 0;
      break;
    default:
      break;
    }
}

PhSocketReport *
ph_socket_inquiry_end (PhSocketInquiry *inquiry)
{
  return g_steal_pointer (&inquiry->report);
}
