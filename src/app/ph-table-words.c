/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-table-words.h"

#include <glib/gi18n.h>

#define ASK(name) (G_GUINT64_CONSTANT (1) << PH_REQUEST_##name)

static const PhKindInfo route_kinds[] = {
  { "inet", N_ ("IPv4 routes"), ASK (ROUTES4) },
  { "inet6", N_ ("IPv6 routes"), ASK (ROUTES6) },
  { "inet-cached", N_ ("Cached IPv4 routes"), ASK (CACHED_ROUTES4) },
  { "inet6-cached", N_ ("Cached IPv6 routes"), ASK (CACHED_ROUTES6) },
};

static const PhKindInfo rule_kinds[] = {
  { "inet", N_ ("IPv4 rules"), ASK (RULES4) },
  { "inet6", N_ ("IPv6 rules"), ASK (RULES6) },
};

static const PhKindInfo neighbour_kinds[] = {
  { "neighbours", N_ ("Neighbours"), ASK (NEIGHBOURS) },
};

static const PhKindInfo link_kinds[] = {
  { "links", N_ ("Interfaces"), ASK (LINK_STATS) },
};

static const PhKindInfo group_kinds[] = {
  { "groups", N_ ("Multicast groups"), ASK (GROUPS) },
};

static const PhKindInfo counter_kinds[] = {
  { "snmp", "/proc/net/snmp", ASK (SNMP) },
  { "netstat", "/proc/net/netstat", ASK (NETSTAT) },
  { "snmp6", "/proc/net/snmp6", ASK (SNMP6) },
  { "sctp", "/proc/net/sctp/snmp", ASK (SCTP_SNMP) },
  { "sockstat", "/proc/net/sockstat", ASK (SOCKSTAT) },
  { "sockstat6", "/proc/net/sockstat6", ASK (SOCKSTAT6) },
};

static const PhTableWords all_words[PH_N_TABLES] = {
  [PH_TABLE_SOCKETS] = {
    .name = N_ ("Connections"),
    .hint = N_ ("Filter: words, or port:443, user:root, -proto:unix"),
    .none = N_ ("No Sockets"),
    .none_why = N_ ("Nothing of this kind is open right now."),
    .filtered = N_ ("There are sockets, but the filters hide all of them."),
    .denied = N_ ("This program is not allowed to read the sockets."),
    .unsupported = N_ ("This kernel does not report sockets of this kind."),
    .failed = N_ ("Reading the sockets failed."),
    .kinds = ph_kinds,
    .n_kinds = PH_N_KINDS,
  },
  [PH_TABLE_ROUTES] = {
    .name = N_ ("Routes"),
    .hint = N_ ("Filter: words, or destination:10.0.0.0/8, is:default, -interface:lo"),
    .none = N_ ("No Routes"),
    .none_why = N_ ("This computer does not know a way to any other."),
    .filtered = N_ ("There are routes, but the filters hide all of them."),
    .denied = N_ ("This program is not allowed to read the routes."),
    .unsupported = N_ ("This kernel does not report routes."),
    .failed = N_ ("Reading the routes failed."),
    .kinds = route_kinds,
    .n_kinds = G_N_ELEMENTS (route_kinds),
  },
  [PH_TABLE_RULES] = {
    .name = N_ ("Routing Rules"),
    .hint = N_ ("Filter: words, or table:main, is:ipv6"),
    .none = N_ ("No Rules"),
    .none_why = N_ ("Without a rule no routing table is looked at."),
    .filtered = N_ ("There are rules, but the filters hide all of them."),
    .denied = N_ ("This program is not allowed to read the routing rules."),
    .unsupported = N_ ("This kernel has no routing rules: it looks at the main table alone."),
    .failed = N_ ("Reading the routing rules failed."),
    .kinds = rule_kinds,
    .n_kinds = G_N_ELEMENTS (rule_kinds),
  },
  [PH_TABLE_NEIGHBOURS] = {
    .name = N_ ("Neighbours"),
    .hint = N_ ("Filter: words, or interface:eth0, is:failed"),
    .none = N_ ("No Neighbours"),
    .none_why = N_ ("This computer has spoken to no other on its own networks lately."),
    .filtered = N_ ("There are neighbours, but the filters hide all of them."),
    .denied = N_ ("This program is not allowed to read the neighbours."),
    .unsupported = N_ ("This kernel does not report neighbours."),
    .failed = N_ ("Reading the neighbours failed."),
    .kinds = neighbour_kinds,
    .n_kinds = G_N_ELEMENTS (neighbour_kinds),
  },
  [PH_TABLE_LINKS] = {
    .name = N_ ("Interfaces"),
    .hint = N_ ("Filter: words, or state:up, kind:bridge, -is:loopback"),
    .none = N_ ("No Interfaces"),
    .none_why = N_ ("This computer has no network interface."),
    .filtered = N_ ("There are interfaces, but the filters hide all of them."),
    .denied = N_ ("This program is not allowed to read the interfaces."),
    .unsupported = N_ ("This kernel does not report interfaces."),
    .failed = N_ ("Reading the interfaces failed."),
    .kinds = link_kinds,
    .n_kinds = G_N_ELEMENTS (link_kinds),
  },
  [PH_TABLE_GROUPS] = {
    .name = N_ ("Multicast Groups"),
    .hint = N_ ("Filter: words, or interface:eth0, is:ipv6"),
    .none = N_ ("No Multicast Groups"),
    .none_why = N_ ("No interface has joined a group."),
    .filtered = N_ ("There are multicast groups, but the filters hide all of them."),
    .denied = N_ ("This program is not allowed to read the multicast groups."),
    .unsupported = N_ ("This kernel does not report multicast groups."),
    .failed = N_ ("Reading the multicast groups failed."),
    .kinds = group_kinds,
    .n_kinds = G_N_ELEMENTS (group_kinds),
  },
  [PH_TABLE_COUNTERS] = {
    .name = N_ ("Protocol Statistics"),
    .hint = N_ ("Filter: words, or protocol:tcp, mib:Retrans, total:>1000"),
    .none = N_ ("No Counters"),
    .none_why = N_ ("The kernel has told of no counter."),
    .filtered = N_ ("There are counters, but the filters hide all of them."),
    .denied = N_ ("This program is not allowed to read the counters."),
    .unsupported = N_ ("This kernel does not report counters of this kind."),
    .failed = N_ ("Reading the counters failed."),
    .kinds = counter_kinds,
    .n_kinds = G_N_ELEMENTS (counter_kinds),
  },
  [PH_TABLE_ACTIVITY] = {
    .name = N_ ("Activity"),
    .hint = N_ ("Filter: words, or port:443, process:nginx"),
    .none = N_ ("Nothing Has Happened"),
    .none_why = N_ ("What comes, goes and changes from now on is listed here."),
    .filtered = N_ ("Something has happened, but the filters hide all of it."),
    .denied = N_ ("This program is not allowed to see what happens."),
    .unsupported = N_ ("This kernel does not tell what happens."),
    .failed = N_ ("What happens could not be read."),
  },
};

const PhTableWords *
ph_table_words (PhTableId table)
{
  g_return_val_if_fail ((guint) table < PH_N_TABLES, NULL);
  return &all_words[table];
}

char *
ph_table_count_words (PhTableId table, guint n)
{
  switch (table)
    {
    case PH_TABLE_SOCKETS:
      return g_strdup_printf (ngettext ("%'u socket", "%'u sockets", n), n);
    case PH_TABLE_ROUTES:
      return g_strdup_printf (ngettext ("%'u route", "%'u routes", n), n);
    case PH_TABLE_RULES:
      return g_strdup_printf (ngettext ("%'u rule", "%'u rules", n), n);
    case PH_TABLE_NEIGHBOURS:
      return g_strdup_printf (ngettext ("%'u neighbour", "%'u neighbours", n), n);
    case PH_TABLE_LINKS:
      return g_strdup_printf (ngettext ("%'u interface", "%'u interfaces", n), n);
    case PH_TABLE_GROUPS:
      /* Translators: of an interface in a multicast group */
      return g_strdup_printf (ngettext ("%'u membership", "%'u memberships", n), n);
    case PH_TABLE_COUNTERS:
      return g_strdup_printf (ngettext ("%'u counter", "%'u counters", n), n);
    case PH_TABLE_ACTIVITY:
      return g_strdup_printf (ngettext ("%'u entry", "%'u entries", n), n);
    case PH_N_TABLES:
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
ph_table_broken_words (PhTableId table, const char *reason)
{
  switch (table)
    {
    case PH_TABLE_SOCKETS:
      /* Translators: the reason follows */
      return g_strdup_printf (_ ("The sockets could not be read: %s"), reason);
    case PH_TABLE_ROUTES:
      return g_strdup_printf (_ ("The routes could not be read: %s"), reason);
    case PH_TABLE_RULES:
      return g_strdup_printf (_ ("The routing rules could not be read: %s"), reason);
    case PH_TABLE_NEIGHBOURS:
      return g_strdup_printf (_ ("The neighbours could not be read: %s"), reason);
    case PH_TABLE_LINKS:
      return g_strdup_printf (_ ("The interfaces could not be read: %s"), reason);
    case PH_TABLE_GROUPS:
      return g_strdup_printf (_ ("The multicast groups could not be read: %s"), reason);
    case PH_TABLE_COUNTERS:
      return g_strdup_printf (_ ("The counters could not be read: %s"), reason);
    case PH_TABLE_ACTIVITY:
      return g_strdup_printf (_ ("What happens could not be read: %s"), reason);
    case PH_N_TABLES:
    default:
      g_return_val_if_reached (NULL);
    }
}

guint64
ph_table_words_requests (const PhTableWords *words)
{
  guint64 requests = 0;

  for (guint i = 0; i < words->n_kinds; i++)
    requests |= words->kinds[i].requests;
  return requests;
}
