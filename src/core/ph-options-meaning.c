/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What options mean for a table: which questions are asked, and which of the rows are meant. */
#include "ph-options.h"

#include <string.h>

#include "ph-activity.h"
#include "ph-counter-netstat.h"

#define BIT(name)   (G_GUINT64_CONSTANT (1) << PH_REQUEST_##name)
#define BOTH(name)  (BIT (name##4) | BIT (name##6))
#define GROUP(name) PH_COUNTER_GROUP (PH_COUNTER_##name)

static guint64
socket_requests (const PhOptions *options)
{
  const guint64 ipv4 = BIT (TCP4) | BIT (UDP4) | BIT (UDPLITE4) | BIT (RAW4) | BIT (SCTP4) | BIT (DCCP4) | BIT (MPTCP4);
  const guint64 ipv6 = BIT (TCP6) | BIT (UDP6) | BIT (UDPLITE6) | BIT (RAW6) | BIT (SCTP6) | BIT (DCCP6) | BIT (MPTCP6);
  const guint64 others = BIT (UNIX) | BIT (PACKET) | BIT (NETLINK) | BIT (VSOCK);
  gboolean any_protocol = options->tcp || options->udp || options->udplite || options->sctp || options->raw;
  gboolean any_family = options->ipv4 || options->ipv6;
  guint64 protocols = 0;
  guint64 families = 0;
  guint64 requests = 0;

  if (!any_protocol && !any_family && !options->unix_)
    return ipv4 | ipv6 | others;

  if (options->tcp)
    protocols |= BOTH (TCP);
  if (options->udp)
    protocols |= BOTH (UDP);
  if (options->udplite)
    protocols |= BOTH (UDPLITE);
  if (options->sctp)
    protocols |= BOTH (SCTP);
  if (options->raw)
    protocols |= BOTH (RAW);
  if (!any_protocol)
    protocols = ipv4 | ipv6;

  if (options->ipv4)
    families |= ipv4;
  if (options->ipv6)
    families |= ipv6;
  if (!any_family)
    families = ipv4 | ipv6;

  if (any_protocol || any_family)
    requests |= protocols & families;
  if (options->unix_)
    requests |= BIT (UNIX);
  return requests;
}

/* Those of the two that the families named leave. */
static guint64
of_families (const PhOptions *options, guint64 ipv4, guint64 ipv6)
{
  gboolean both = options->ipv4 == options->ipv6;

  return (both || options->ipv4 ? ipv4 : 0) | (both || options->ipv6 ? ipv6 : 0);
}

guint64
ph_options_requests (const PhOptions *options)
{
  switch (options->table)
    {
    case PH_TABLE_SOCKETS:
      return socket_requests (options);
    case PH_TABLE_ROUTES:
      if (options->cached)
        return of_families (options, BIT (CACHED_ROUTES4), BIT (CACHED_ROUTES6));
      return of_families (options, BIT (ROUTES4), BIT (ROUTES6));
    case PH_TABLE_RULES:
      return of_families (options, BIT (RULES4), BIT (RULES6));
    default:
      return PH_PLAN_ALL;
    }
}

guint64
ph_options_counter_groups (const PhOptions *options)
{
  const guint64 raw = PH_COUNTER_GROUPS_RAW | GROUP (IPEXT);
  const struct
  {
    gboolean asked;
    guint64 ipv4, ipv6;
  } kinds[] = {
    { options->tcp, PH_COUNTER_GROUPS_TCP, PH_COUNTER_GROUPS_TCP },
    { options->udp, GROUP (UDP), GROUP (UDPV6) },
    { options->udplite, GROUP (UDPLITE), GROUP (UDPLITEV6) },
    { options->raw, raw, GROUP (IPV6) | GROUP (ICMPV6) },
    { options->sctp, GROUP (SCTP), GROUP (SCTP) },
  };
  static const guint64 by_proto[PH_N_PROTOS] = {
    [PH_PROTO_TCP] = PH_COUNTER_GROUPS_TCP,
    [PH_PROTO_TCPV6] = PH_COUNTER_GROUPS_TCP,
    [PH_PROTO_UDP] = GROUP (UDP),
    [PH_PROTO_UDPV6] = GROUP (UDPV6),
    [PH_PROTO_ICMP] = GROUP (ICMP),
    [PH_PROTO_ICMPV6] = GROUP (ICMPV6),
    [PH_PROTO_IP] = GROUP (IP) | GROUP (IPEXT),
    [PH_PROTO_IPV6] = GROUP (IPV6),
  };
  guint64 groups = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].asked)
      groups |= of_families (options, kinds[i].ipv4, kinds[i].ipv6);
  for (guint proto = 0; proto < PH_N_PROTOS; proto++)
    if (options->protos & (1u << proto))
      groups |= by_proto[proto];
  if (groups == 0 && options->ipv4 != options->ipv6)
    groups = options->ipv4 ? PH_COUNTER_GROUPS_IPV4 : PH_COUNTER_GROUPS_IPV6;
  if (options->ethernet && (groups != 0 || !options->statistics))
    groups |= GROUP (ETHERNET);
  return groups;
}

/* As the filter of that table calls a group. */
static const char *
group_word (guint group)
{
  for (guint i = 0; i < ph_counter_schema.n_fields; i++)
    if (strcmp (ph_counter_schema.fields[i].name, "protocol") == 0)
      return ph_counter_schema.fields[i].words[group];
  g_return_val_if_reached ("");
}

/* Few are ever made, so that they may live as long as the program. */
static const char *
counter_filter (const PhOptions *options)
{
  g_autoptr (GString) filter = g_string_new (NULL);
  guint64 groups = ph_options_counter_groups (options);
  const char *before = "protocol:";

  for (guint group = 0; group < PH_N_COUNTER_PROTOCOLS; group++)
    if (groups & PH_COUNTER_GROUP (group))
      {
        g_string_append_printf (filter, "%s%s", before, group_word (group));
        before = ",";
      }
  if (options->statistics && !options->all)
    g_string_append (filter, filter->len > 0 ? " -is:zero" : "-is:zero");
  return g_intern_string (filter->str);
}

static void
append_alternative (GString *filter, const char *field, gboolean asked, const char *word, gboolean *begun)
{
  if (!asked)
    return;
  if (!*begun)
    g_string_append_printf (filter, "%s%s:", filter->len > 0 ? " " : "", field);
  else
    g_string_append_c (filter, ',');
  g_string_append (filter, word);
  *begun = TRUE;
}

static const char *
activity_filter (const PhOptions *options)
{
  g_autoptr (GString) filter = g_string_new (NULL);
  gboolean kinds = FALSE, protocols = FALSE, families = FALSE;

  for (guint word = PH_ACTIVITY_IS_PORTS; word < PH_ACTIVITY_IS_LOST; word++)
    append_alternative (filter, "is", (options->events & 1u << word) != 0, ph_activity_schema.words[word], &kinds);
  append_alternative (filter, "proto", options->tcp, "tcp", &protocols);
  append_alternative (filter, "proto", options->udp, "udp", &protocols);
  append_alternative (filter, "proto", options->udplite, "udplite", &protocols);
  append_alternative (filter, "proto", options->sctp, "sctp", &protocols);
  append_alternative (filter, "family", options->ipv4, "ipv4", &families);
  append_alternative (filter, "family", options->ipv6, "ipv6", &families);
  return g_intern_string (filter->str);
}

/* @rows, of the family that is asked for. */
static const char *
family_filter (const PhOptions *options, const char *rows)
{
  const char *family = options->ipv4 == options->ipv6 ? "" : options->ipv4 ? "is:ipv4" : "is:ipv6";
  g_autofree char *filter = g_strconcat (rows, *rows && *family ? " " : "", family, NULL);

  return g_intern_string (filter);
}

const char *
ph_options_filter (const PhOptions *options)
{
  switch (options->table)
    {
    case PH_TABLE_SOCKETS:
      return options->all ? "" : options->listening ? "is:listening" : "is:active";
    case PH_TABLE_ROUTES:
      return options->all_tables || options->cached ? "" : "is:shown";
    case PH_TABLE_LINKS:
      return options->all ? "" : "is:up";
    case PH_TABLE_GROUPS:
      return family_filter (options, "");
    case PH_TABLE_NEIGHBOURS:
      return family_filter (options, options->all ? "" : "is:shown");
    case PH_TABLE_COUNTERS:
      return counter_filter (options);
    case PH_TABLE_ACTIVITY:
      return activity_filter (options);
    default:
      return "";
    }
}
