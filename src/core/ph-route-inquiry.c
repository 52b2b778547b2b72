/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One step after the other; rules and routes by collectors of their own, which live as long as the inquiry.
 *
 * A table may have a hundred thousand routes, and where the kernel has told the entry mostly none of the others
 * matters. Then its answer takes the place of the table: the collector of routes gets to see nothing else.
 */
#include "ph-route-inquiry.h"

#include <linux/fib_rules.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "ph-collector.h"
#include "ph-i18n.h"
#include "ph-link-names.h"

#define BIT(request) (G_GUINT64_CONSTANT (1) << (request))

typedef enum
{
  STEP_LINKS,
  STEP_ANSWER,
  STEP_RULES,
  STEP_ROUTES,
  STEP_DONE,
} Step;

struct _PhRouteInquiry
{
  PhRouteQuery query;
  guint32 uid;
  char *interface; /* that was asked for, fit to show; NULL: any */

  Step step;   /* to be asked next */
  Step coming; /* that is being answered */
  PhRouteAnswer *answer;
  GByteArray *messages;   /* of the answer */
  PhCollector *collector; /* of what is being collected */
  PhSnapshot *rules;
  PhSnapshot *routes;
};

PhRouteInquiry *
ph_route_inquiry_new (
    const PhRouteQuestion *question, guint32 uid, PhSnapshot *rules, PhSnapshot *routes, GError **error)
{
  PhRouteQuery query;
  PhRouteInquiry *inquiry;

  if (!ph_route_query_parse (question, &query, error))
    return NULL;
  inquiry = g_new0 (PhRouteInquiry, 1);
  inquiry->query = query;
  inquiry->uid = uid;
  inquiry->interface = ph_route_query_interface (question);
  inquiry->step = inquiry->coming = inquiry->interface ? STEP_LINKS : STEP_ANSWER;
  inquiry->answer = ph_route_answer_new ();
  inquiry->messages = g_byte_array_new ();
  inquiry->rules = rules ? ph_snapshot_ref (rules) : NULL;
  inquiry->routes = routes ? ph_snapshot_ref (routes) : NULL;
  return inquiry;
}

void
ph_route_inquiry_free (PhRouteInquiry *inquiry)
{
  if (!inquiry)
    return;
  ph_collector_free (inquiry->collector);
  ph_route_answer_free (inquiry->answer);
  g_byte_array_unref (inquiry->messages);
  ph_snapshot_unref (inquiry->rules);
  ph_snapshot_unref (inquiry->routes);
  g_free (inquiry->interface);
  g_free (inquiry);
}

/* --- asking --- */

/* The requests of one table, until they are all asked: then the snapshot is there, and FALSE. */
static gboolean
next_of_table (
    PhRouteInquiry *inquiry, const PhTopic *topic, guint64 requests, PhSnapshot **snapshot, PhRequest *request)
{
  if (*snapshot)
    return FALSE;
  if (!inquiry->collector)
    {
      PhPlan plan = { .requests = requests, .names = TRUE };

      inquiry->collector = ph_collector_new (topic);
      ph_collector_begin (inquiry->collector, &plan);
    }
  if (ph_collector_next (inquiry->collector, request))
    return TRUE;
  *snapshot = ph_collector_end (inquiry->collector);
  g_clear_pointer (&inquiry->collector, ph_collector_free);
  return FALSE;
}

/* Whether @table is looked into for one reason only: else it takes the routes to know for which. */
static gboolean
has_one_rule (PhSnapshot *rules, guint32 table)
{
  guint n = 0;

  for (guint i = 0; rules && i < ph_snapshot_n_records (rules); i++)
    {
      const PhRule *rule = ph_snapshot_record (rules, i);

      n += rule->key.action == FR_ACT_TO_TBL && (rule->key.l3mdev || rule->key.table == table);
    }
  return n <= 1;
}

/* What the kernel calls "main" may be of the local table (ph-route-explain.c). */
static gboolean
may_be_local (const PhRoute *route)
{
  return route->key.family == PH_FAMILY_IPV4 && ph_route_table (route) == RT_TABLE_MAIN
         && (route->key.type == RTN_LOCAL || route->key.type == RTN_BROADCAST);
}

/* Who refuses is not told. */
static gboolean
answer_is_enough (const PhRouteInquiry *inquiry)
{
  const PhRoute *route = ph_route_answer_route (inquiry->answer);
  const PhRoute *entry = ph_route_answer_entry (inquiry->answer);

  return route && entry && !may_be_local (route) && has_one_rule (inquiry->rules, ph_route_table (route));
}

/* As if the kernel had answered @request with what it has told already. */
static void
answer_again (PhRouteInquiry *inquiry, const PhRequest *request)
{
  const PhFrameBegin begin
      = { .request = (guint16) request->name, .format = PH_FORMAT_NETLINK, .time_us = g_get_monotonic_time () };
  const PhFrameEnd end = { .code = PH_ERROR_NONE };

  ph_collector_sink (inquiry->collector, PH_FRAME_BEGIN, &begin, sizeof begin);
  ph_collector_sink (inquiry->collector, PH_FRAME_NETLINK, inquiry->messages->data, inquiry->messages->len);
  ph_collector_sink (inquiry->collector, PH_FRAME_END, &end, sizeof end);
}

static gboolean
next_of_routes (PhRouteInquiry *inquiry, PhRequestName routes, PhRequest *request)
{
  while (next_of_table (inquiry, &ph_route_topic, BIT (routes), &inquiry->routes, request))
    {
      if (request->name != routes || !answer_is_enough (inquiry))
        return TRUE;
      answer_again (inquiry, request);
    }
  return FALSE;
}

static gboolean
next_of_step (PhRouteInquiry *inquiry, PhRequest *request)
{
  gboolean ipv6 = inquiry->query.family == AF_INET6;

  switch (inquiry->step)
    {
    case STEP_LINKS:
      *request = (PhRequest){ .name = PH_REQUEST_LINKS };
      inquiry->step = STEP_ANSWER;
      return TRUE;
    case STEP_ANSWER:
      if (inquiry->interface && inquiry->query.interface == 0) /* there is no such interface */
        {
          inquiry->step = STEP_DONE;
          return FALSE;
        }
      *request = (PhRequest){ .name = PH_REQUEST_ROUTE_GET, .route = &inquiry->query };
      inquiry->step = STEP_RULES;
      return TRUE;
    case STEP_RULES:
      return next_of_table (inquiry, &ph_rule_topic, BIT (ipv6 ? PH_REQUEST_RULES6 : PH_REQUEST_RULES4),
                            &inquiry->rules, request);
    case STEP_ROUTES:
      return next_of_routes (inquiry, ipv6 ? PH_REQUEST_ROUTES6 : PH_REQUEST_ROUTES4, request);
    case STEP_DONE:
      break;
    }
  return FALSE;
}

gboolean
ph_route_inquiry_next (PhRouteInquiry *inquiry, PhRequest *request)
{
  while (inquiry->step != STEP_DONE)
    {
      inquiry->coming = inquiry->step;
      if (next_of_step (inquiry, request))
        return TRUE;
      if (inquiry->step != STEP_DONE)
        inquiry->step++;
    }
  return FALSE;
}

/* --- being answered --- */

static void
take_link (guint32 index, const char *name, gpointer data)
{
  PhRouteInquiry *inquiry = data;
  char number[16];

  g_snprintf (number, sizeof number, "%u", index);
  if (strcmp (name, inquiry->interface) == 0
      || (inquiry->query.interface == 0 && strcmp (number, inquiry->interface) == 0))
    inquiry->query.interface = index;
}

/* Each frame begins where netlink would let a message begin. */
static void
keep_messages (PhRouteInquiry *inquiry, const void *bytes, size_t length)
{
  static const guint8 padding[NLMSG_ALIGNTO];

  g_byte_array_append (inquiry->messages, bytes, (guint) length);
  g_byte_array_append (inquiry->messages, padding, NLMSG_ALIGN (length) - length);
}

void
ph_route_inquiry_sink (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  PhRouteInquiry *inquiry = user;

  switch (inquiry->coming)
    {
    case STEP_LINKS:
      if (kind == PH_FRAME_NETLINK)
        ph_decode_link_frame (bytes, length, take_link, inquiry);
      break;
    case STEP_ANSWER:
      ph_route_answer_sink (inquiry->answer, kind, bytes, length);
      if (kind == PH_FRAME_NETLINK)
        keep_messages (inquiry, bytes, length);
      break;
    case STEP_RULES:
    case STEP_ROUTES:
      if (inquiry->collector)
        ph_collector_sink (inquiry->collector, kind, bytes, length);
      break;
    case STEP_DONE:
      break;
    }
}

/* --- the result --- */

PhRouteExplanation *
ph_route_inquiry_end (PhRouteInquiry *inquiry, GError **error)
{
  if (inquiry->interface && inquiry->query.interface == 0)
    {
      g_set_error (error, PH_ROUTE_QUERY_ERROR, PH_ROUTE_QUERY_ERROR_INTERFACE,
                   _ ("There is no network interface “%s”"), inquiry->interface);
      return NULL;
    }
  return ph_route_explain (&inquiry->query, inquiry->uid, inquiry->answer, inquiry->rules, inquiry->routes);
}
