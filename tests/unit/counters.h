/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collections of counters whose files are texts in a test. */
#pragma once

#include <errno.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "ph-collector.h"
#include "ph-counter.h"

#define SECOND G_USEC_PER_SEC

typedef struct
{
  const char *text[PH_N_REQUESTS]; /* NULL: this kernel does not have the file */
  gsize piece;                     /* bytes of a frame, cut at the end of a line; 0: all in one */
  guint failing;                   /* PhRequestName that is refused */
  gboolean restart;                /* each answer is begun anew after its first frame */
  GByteArray *links;               /* messages of LINK_STATS; NULL: none */
} Files;

static inline void
files_end (PhCollector *collector, PhErrorCode code, int errnum)
{
  const PhFrameEnd end = { .code = code, .errnum = errnum };

  ph_collector_sink (collector, PH_FRAME_END, &end, sizeof end);
}

/* Text in frames of whole lines, copied to memory that ends where they end. */
static inline void
files_send (const Files *files, PhCollector *collector, const char *text)
{
  gboolean restart = files->restart;
  const char *at = text;

  while (*at != '\0')
    {
      gsize length = files->piece ? MIN (files->piece, strlen (at)) : strlen (at);
      g_autofree char *copy = NULL;

      while (at[length] != '\0' && at[length - 1] != '\n')
        length++;
      copy = g_memdup2 (at, length);
      ph_collector_sink (collector, PH_FRAME_TEXT, copy, length);
      at += length;
      if (restart)
        {
          ph_collector_sink (collector, PH_FRAME_RESTART, NULL, 0);
          restart = FALSE;
          at = text;
        }
    }
}

static inline PhSnapshot *
files_look (const Files *files, PhCollector *collector, guint mark, gint64 time_us)
{
  const PhPlan plan = { .requests = PH_PLAN_ALL, .mark = mark };
  PhRequest request;

  ph_collector_begin (collector, &plan);
  while (ph_collector_next (collector, &request))
    {
      const PhFrameBegin begin = { .request = (guint16) request.name, .format = PH_FORMAT_PROC, .time_us = time_us };
      gboolean links = request.name == PH_REQUEST_LINK_STATS && files->links;

      ph_collector_sink (collector, PH_FRAME_BEGIN, &begin, sizeof begin);
      if (files->failing == (guint) request.name)
        {
          files_end (collector, PH_ERROR_SYSTEM, EACCES);
          continue;
        }
      if (links)
        ph_collector_sink (collector, PH_FRAME_NETLINK, files->links->data, files->links->len);
      else if (files->text[request.name])
        files_send (files, collector, files->text[request.name]);
      files_end (collector, links || files->text[request.name] ? PH_ERROR_NONE : PH_ERROR_UNSUPPORTED, 0);
    }
  return ph_collector_end (collector);
}

/* One look, by a collector of its own. */
static inline PhSnapshot *
files_look_once (const Files *files)
{
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_counter_topic);

  return files_look (files, collector, 0, SECOND);
}

/* Appends the message of one interface. */
static inline void
files_add_link (Files *files, guint flags, const struct rtnl_link_stats64 *stats)
{
  struct
  {
    struct nlmsghdr header;
    struct ifinfomsg link;
    struct nlattr attribute;
    struct rtnl_link_stats64 stats;
  } __attribute__ ((packed)) message = {
    .header = { .nlmsg_len = sizeof message, .nlmsg_type = RTM_NEWLINK },
    .link = { .ifi_index = 1, .ifi_flags = flags },
    .attribute = { .nla_len = sizeof message.attribute + sizeof *stats, .nla_type = IFLA_STATS64 },
    .stats = *stats,
  };

  if (!files->links)
    files->links = g_byte_array_new ();
  g_byte_array_append (files->links, (const guint8 *) &message, sizeof message);
}

/* The counter, which has to be there. */
static inline const PhCounter *
counter_of (const PhSnapshot *snapshot, const char *mib)
{
  const PhCounter *counter = ph_counter_find (snapshot, mib);

  if (!counter)
    g_error ("no counter %s", mib);
  return counter;
}

#define assert_total(snapshot, mib, n)                                                                                 \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    const PhCounter *counter_ = counter_of (snapshot, mib);                                                            \
                                                                                                                       \
    g_assert_cmpuint (counter_->flags &PH_COUNTER_KNOWN, ==, PH_COUNTER_KNOWN);                                        \
    g_assert_cmpuint (counter_->total, ==, n);                                                                         \
  }                                                                                                                    \
  G_STMT_END
