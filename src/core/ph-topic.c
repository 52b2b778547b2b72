/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of all tables. */
#include "ph-topic.h"

const PhTopic *
ph_topic (PhTableId table)
{
  static const PhTopic *const topics[PH_N_TABLES] = {
    [PH_TABLE_SOCKETS] = &ph_socket_topic,   [PH_TABLE_ROUTES] = &ph_route_topic,
    [PH_TABLE_RULES] = &ph_rule_topic,       [PH_TABLE_NEIGHBOURS] = &ph_neighbour_topic,
    [PH_TABLE_LINKS] = &ph_link_topic,       [PH_TABLE_GROUPS] = &ph_group_topic,
    [PH_TABLE_COUNTERS] = &ph_counter_topic, [PH_TABLE_ACTIVITY] = &ph_activity_topic,
  };

  return (guint) table < PH_N_TABLES ? topics[table] : NULL;
}
