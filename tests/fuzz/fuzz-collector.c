/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Several collections whose answers are made of the input: a byte for what comes next, then a few for what is in it.
 * Numbers are small, so that sockets, processes and cgroups meet again; any bytes may come as any frame, too.
 */
#include "fuzz.h"

#include <errno.h>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>

#include "ph-collector.h"
#include "ph-socket.h"

typedef struct
{
  const uint8_t *bytes;
  size_t left;
} Input;

static guint8
take (Input *input)
{
  if (input->left == 0)
    return 0;
  input->left--;
  return *input->bytes++;
}

static void
give (PhCollector *collector, PhFrameKind kind, const void *bytes, gsize length)
{
  g_autofree void *exact = g_memdup2 (bytes, length); /* a read too far is seen by ASan */

  ph_collector_sink (collector, kind, exact, length);
}

static void
give_socket (PhCollector *collector, Input *input)
{
  struct
  {
    struct nlmsghdr head;
    struct inet_diag_msg diag;
    struct nlattr attribute;
    guint8 cgroup_id[8];
  } message = { .head = { .nlmsg_len = sizeof message, .nlmsg_type = SOCK_DIAG_BY_FAMILY },
                .attribute = { .nla_len = 12, .nla_type = INET_DIAG_CGROUP_ID } };

  message.diag.idiag_family = 2;
  message.diag.idiag_inode = take (input) % 16;
  message.diag.id.idiag_cookie[0] = message.diag.idiag_inode + 256u * (take (input) % 4);
  message.diag.idiag_state = take (input) % 14;
  message.diag.idiag_uid = take (input) % 3;
  message.diag.id.idiag_if = take (input) % 3;
  message.cgroup_id[0] = take (input) % 4;
  give (collector, PH_FRAME_NETLINK, &message, sizeof message);
}

static void
give_owner (PhCollector *collector, Input *input)
{
  PhFrameOwner owner = { 0 };

  owner.inode = take (input) % 16;
  owner.pid = take (input) % 8;
  owner.fd = take (input) % 32;
  give (collector, PH_FRAME_OWNERS, &owner, sizeof owner);
}

static void
give_process (PhCollector *collector, Input *input)
{
  guint8 frame[sizeof (PhFrameProcess) + 16] = { 0 };
  PhFrameProcess head = { 0 };

  head.pid = take (input) % 8;
  head.start_ticks = take (input) % 4;
  head.uid = take (input) % 3;
  head.comm_length = take (input) % 17;
  memset (frame + sizeof head, 'a' + take (input) % 26, 16);
  memcpy (frame, &head, sizeof head);
  give (collector, PH_FRAME_PROCESS, frame, sizeof head + head.comm_length);
}

static void
give_cgroup (PhCollector *collector, Input *input)
{
  guint8 frame[sizeof (PhFrameCgroup) + 2 * sizeof (gint32) + 16];
  PhFrameCgroup head = { 0 };
  gint32 pids[2];

  head.id = take (input) % 4;
  head.n_pids = take (input) % 3;
  head.path_length = take (input) % 17;
  pids[0] = take (input) % 8;
  pids[1] = take (input) % 8;
  memcpy (frame, &head, sizeof head);
  memcpy (frame + sizeof head, pids, sizeof pids);
  memcpy (frame + sizeof head + head.n_pids * sizeof (gint32), "/a.slice/b.service", 16);
  give (collector, PH_FRAME_CGROUP, frame, sizeof head + head.n_pids * sizeof (gint32) + head.path_length);
}

static void
give_any (PhCollector *collector, Input *input)
{
  PhFrameKind kind = take (input) % 11;
  gsize length = take (input);

  length = MIN (length, input->left);
  give (collector, kind, input->bytes, length);
  input->bytes += length;
  input->left -= length;
}

static void
give_end (PhCollector *collector, Input *input)
{
  static const guint32 took[] = { 0, 10, 1000, 1000000, G_MAXUINT32 };
  PhFrameEnd end = { 0 };

  end.code = take (input) % 9;
  end.flags = take (input) % 4;
  end.took_us = took[take (input) % 5];
  if (end.code > PH_ERROR_SENDER)
    end.code = PH_ERROR_NONE;
  end.errnum = end.code == PH_ERROR_SYSTEM && take (input) % 4 == 0 ? ECANCELED : 0;
  give (collector, PH_FRAME_END, &end, sizeof end);
}

static void
answer (PhCollector *collector, const PhRequest *request, Input *input, gint64 *time_us)
{
  PhFrameBegin begin = { .request = (uint16_t) request->name, .time_us = *time_us += 1000 };

  give (collector, PH_FRAME_BEGIN, &begin, sizeof begin);
  for (;;)
    switch (take (input) % 10)
      {
      case 1:
      case 2:
        give_socket (collector, input);
        break;
      case 3:
        give_owner (collector, input);
        break;
      case 4:
        give_process (collector, input);
        break;
      case 5:
        give_cgroup (collector, input);
        break;
      case 6:
        give_any (collector, input);
        break;
      case 7:
        give (collector, PH_FRAME_RESTART, NULL, 0);
        break;
      case 8:
        return; /* without an end */
      default:
        give_end (collector, input);
        return;
      }
}

static void
check_owners (const PhOwnership *owner)
{
  fuzz_assert (owner->note <= PH_OWNER_PROTECTED);
  fuzz_assert ((owner->n_owners == 0) == (owner->owners == NULL));
  fuzz_assert (owner->note != PH_OWNER_PROCESS || owner->n_owners > 0);
  fuzz_assert (owner->note == PH_OWNER_PROCESS || owner->n_owners <= (owner->note == PH_OWNER_BY_SERVICE));
  for (guint i = 0; i < owner->n_owners; i++)
    {
      fuzz_check_text (owner->owners[i].process->comm);
      fuzz_assert (i == 0 || owner->owners[i - 1].process->pid <= owner->owners[i].process->pid);
    }
  if (owner->unit)
    fuzz_check_text (owner->unit->name);
}

static void
check (PhSnapshot *snapshot)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      check_owners (&socket->owner);
      fuzz_check_text (socket->user);
      fuzz_check_text (socket->interface_name);
      fuzz_assert ((socket->interface == 0) == (socket->interface_name == NULL));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_socket_topic);
  g_autoptr (PhSnapshot) last = NULL;
  Input input = { bytes, length };
  gint64 time_us = G_USEC_PER_SEC;

  for (guint round = 0; round < 32 && input.left > 0; round++)
    {
      guint8 how = take (&input);
      PhPlan plan = { .requests = 1u << PH_REQUEST_TCP4,
                      .owners = (how & 1) == 0,
                      .full_owners = (how & 6) == 6,
                      .names = (how & 8) != 0,
                      .keep_closed_us = (how & 16) ? 5 * G_USEC_PER_SEC : 0 };
      PhSnapshot *snapshot;
      PhRequest request;
      guint n = 0;

      time_us += (how & 32 ? 20 : 1) * G_USEC_PER_SEC;
      ph_collector_begin (collector, &plan);
      while (ph_collector_next (collector, &request) && (how & 0xc0) != 0xc0)
        {
          fuzz_assert (++n < 16);
          answer (collector, &request, &input, &time_us);
        }
      snapshot = ph_collector_end (collector);
      if (snapshot == NULL)
        continue;
      if (last)
        check (last); /* still whole */
      g_clear_pointer (&last, ph_snapshot_unref);
      last = snapshot;
      check (last);
    }
  return 0;
}
