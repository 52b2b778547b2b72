/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The totals of netstat -e: the counters of all interfaces but loopback ones, added up.
 *
 * They are those of IF-MIB (RFC 2863), as far as Linux tells (linux/if_link.h, struct rtnl_link_stats64). It counts
 * neither unicast packets for themselves nor broadcast ones; these totals stay unknown rather than wrong.
 */
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "ph-attribute.h"
#include "ph-counter-decode.h"

typedef struct
{
  const char *name; /* after "If" */
  gsize fields[2];  /* of struct rtnl_link_stats64, that are added up; NO_FIELD: none */
} Total;

#define FIELD(name) G_STRUCT_OFFSET (struct rtnl_link_stats64, name)
#define NO_FIELD    G_MAXSIZE

static const Total totals[] = {
  { "InOctets", { FIELD (rx_bytes), NO_FIELD } },
  { "OutOctets", { FIELD (tx_bytes), NO_FIELD } },
  { "InPkts", { FIELD (rx_packets), NO_FIELD } },
  { "OutPkts", { FIELD (tx_packets), NO_FIELD } },
  { "InUcastPkts", { NO_FIELD, NO_FIELD } },
  { "OutUcastPkts", { NO_FIELD, NO_FIELD } },
  { "InNUcastPkts", { NO_FIELD, NO_FIELD } },
  { "OutNUcastPkts", { NO_FIELD, NO_FIELD } },
  { "InMulticastPkts", { FIELD (multicast), NO_FIELD } },
  { "InDiscards", { FIELD (rx_dropped), FIELD (rx_missed_errors) } },
  { "OutDiscards", { FIELD (tx_dropped), NO_FIELD } },
  { "InErrors", { FIELD (rx_errors), NO_FIELD } },
  { "OutErrors", { FIELD (tx_errors), NO_FIELD } },
  { "InUnknownProtos", { NO_FIELD, NO_FIELD } },
};

/* The number of the first of the totals in @snapshot, which are added where they are not there yet. */
static guint
find_totals (PhSnapshot *snapshot)
{
  guint n = ph_snapshot_n_records (snapshot);

  for (guint i = 0; i < n; i++)
    if (((const PhCounter *) ph_snapshot_record (snapshot, i))->key.protocol == PH_COUNTER_ETHERNET)
      return i;
  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      PhCounter *counter = ph_counter_add (snapshot, PH_REQUEST_LINK_STATS, PH_COUNTER_ETHERNET, "If", strlen ("If"),
                                           totals[i].name, strlen (totals[i].name));

      if (totals[i].fields[0] != NO_FIELD)
        counter->flags |= PH_COUNTER_KNOWN;
    }
  return n;
}

static gboolean
add_link (PhSnapshot *snapshot, guint first, const struct nlmsghdr *message)
{
  const struct nlattr *table[IFLA_STATS64 + 1];
  struct rtnl_link_stats64 stats = { 0 };
  struct ifinfomsg head;

  if (!ph_attributes_find (message, sizeof head, table, G_N_ELEMENTS (table)))
    return FALSE;
  memcpy (&head, mnl_nlmsg_get_payload (message), sizeof head);
  if (head.ifi_flags & IFF_LOOPBACK)
    return TRUE;
  if (!ph_attribute_struct (table[IFLA_STATS64], &stats, sizeof stats))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    for (guint j = 0; j < G_N_ELEMENTS (totals[i].fields) && totals[i].fields[j] != NO_FIELD; j++)
      {
        PhCounter *counter = ph_snapshot_edit (snapshot, first + i);

        counter->total += *(const __u64 *) (gconstpointer) ((const guint8 *) &stats + totals[i].fields[j]);
      }
  return TRUE;
}

void
ph_counter_decode_links (PhSnapshot *snapshot, const guint8 *bytes, gsize length)
{
  PhLookResult *result = ph_snapshot_edit_look (snapshot, PH_REQUEST_LINK_STATS);
  guint first = find_totals (snapshot);
  const struct nlmsghdr *message;
  gboolean good = TRUE;

  while ((message = ph_message_next (&bytes, &length)) != NULL)
    {
      good = message->nlmsg_type != RTM_NEWLINK || add_link (snapshot, first, message);
      if (!good && result->malformed < G_MAXUINT16)
        result->malformed++;
    }
  if (length > 0 && result->malformed < G_MAXUINT16)
    result->malformed++;
}
