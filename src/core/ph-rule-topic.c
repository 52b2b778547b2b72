/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked about rules: both families, and the names of tables and protocols. */
#include <linux/fib_rules.h>

#include "ph-route-names.h"
#include "ph-rule-decode.h"
#include "ph-topic.h"

#define BIT(request) (G_GUINT64_CONSTANT (1) << (request))

static gpointer
create (void)
{
  return ph_route_names_new ();
}

static void
destroy (gpointer data)
{
  ph_route_names_free (data);
}

static void
begin (gpointer data, const PhPlan *plan)
{
  ph_route_names_begin (data, plan->names);
}

static void
decode (gpointer data, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  if (kind == PH_FRAME_NETLINK)
    ph_decode_rule_frame (snapshot, asked->request, bytes, length);
}

static gboolean
next (gpointer data, PhSnapshot *snapshot, gint64 time_us, PhRequest *request)
{
  return ph_route_names_next (data, time_us, request);
}

static void
take (gpointer data, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  ph_route_names_take (data, asked, kind, bytes, length);
}

static void
finish (gpointer data, PhSnapshot *snapshot)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      PhRule *rule = ph_snapshot_edit (snapshot, i);

      rule->protocol_name = ph_route_names_protocol (data, rule->protocol, snapshot);
      if (rule->key.l3mdev)
        rule->table_name = "[l3mdev-table]";
      else if (rule->key.action == FR_ACT_TO_TBL)
        rule->table_name = ph_route_names_table (data, rule->key.table, snapshot);
    }
}

const PhTopic ph_rule_topic = {
  .schema = &ph_rule_schema,
  .requests = BIT (PH_REQUEST_RULES4) | BIT (PH_REQUEST_RULES6),
  .create = create,
  .destroy = destroy,
  .begin = begin,
  .decode = decode,
  .next = next,
  .take = take,
  .finish = finish,
};
