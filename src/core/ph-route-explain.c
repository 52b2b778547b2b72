/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel's answer counts; what is done over here only says what it leaves out: which rule, and who refused.
 * Where the two do not agree, less is said.
 */
#include "ph-route-explain.h"

#include <errno.h>
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "ph-i18n.h"

typedef struct
{
  const PhRouteQuery *query;
  const PhRouteAnswer *answer;
  const PhRoute *route; /* of the answer; NULL: none */
  PhSnapshot *rules;    /* NULL: not known */
  PhSnapshot *routes;
  PhRouteFlow flow;
  PhRouteStep step; /* as it was done over */
  char destination[PH_ADDRESS_TEXT_MAX];
  PhRouteExplanation *result;
} Explainer;

/* --- names --- */

static char *
address_text (const PhAddress *address)
{
  char text[PH_ADDRESS_TEXT_MAX];

  ph_address_format (address, text);
  return g_strdup (text);
}

static char *
prefix_text (const PhRouteKey *key)
{
  char text[PH_ADDRESS_TEXT_MAX];

  if (key->prefix_length == 0)
    return g_strdup ("default");
  ph_address_format (&key->destination, text);
  return g_strdup_printf ("%s/%u", text, key->prefix_length);
}

/* Any route by that interface knows its name. */
static const char *
find_interface (PhSnapshot *routes, guint32 interface)
{
  for (guint i = 0; routes && interface != 0 && i < ph_snapshot_n_records (routes); i++)
    {
      const PhRoute *route = ph_snapshot_record (routes, i);

      if (route->key.interface == interface && route->interface_name)
        return route->interface_name;
    }
  return NULL;
}

static char *
table_text (const Explainer *self, guint32 table)
{
  for (guint i = 0; self->routes && i < ph_snapshot_n_records (self->routes); i++)
    {
      const PhRoute *route = ph_snapshot_record (self->routes, i);

      if (ph_route_table (route) == table && route->table_name)
        return g_strdup (route->table_name);
    }
  switch (table)
    {
    case RT_TABLE_MAIN:
      return g_strdup ("main");
    case RT_TABLE_LOCAL:
      return g_strdup ("local");
    default:
      return g_strdup_printf ("%u", table);
    }
}

/* --- rows --- */

static gboolean
is_entry (const PhRoute *route, const PhRouteKey *entry)
{
  const PhRouteKey *key = &route->key;

  return key->family == entry->family && key->table_be == entry->table_be && !key->cached
         && key->prefix_length == entry->prefix_length && key->tos == entry->tos && key->metric_be == entry->metric_be
         && memcmp (key->destination.bytes, entry->destination.bytes, sizeof key->destination.bytes) == 0
         && route->head.mark != PH_MARK_CLOSED;
}

static gboolean
is_same_hop (const PhRouteKey *key, const PhRoute *route)
{
  return route
         && key->interface == route->key.interface && ph_address_compare (&key->gateway, &route->key.gateway) == 0;
}

/* The row of @entry, or of the one of its next hops that was taken. */
static const PhRoute *
find_row (const Explainer *self, const PhRouteKey *entry)
{
  const PhRoute *found = NULL;

  for (guint i = 0; self->routes && i < ph_snapshot_n_records (self->routes); i++)
    {
      const PhRoute *route = ph_snapshot_record (self->routes, i);

      if (!is_entry (route, entry))
        continue;
      if (is_same_hop (&route->key, self->route))
        return route;
      if (!found)
        found = route;
    }
  return found;
}

static void
take_row (Explainer *self, const PhRoute *row)
{
  if (!row)
    return;
  self->result->has_route = TRUE;
  self->result->route = row->key;
}

/* "192.0.2.7 AND 255.255.255.0 = 192.0.2.0" */
static void
take_comparison (Explainer *self, const PhRouteKey *entry)
{
  PhAddress mask;
  char mask_text[PH_ADDRESS_TEXT_MAX];
  char network[PH_ADDRESS_TEXT_MAX];

  ph_route_mask (entry->family, entry->prefix_length, &mask);
  ph_address_format (&mask, mask_text);
  ph_address_format (&entry->destination, network);
  self->result->comparison = g_strdup_printf ("%s AND %s = %s", self->destination, mask_text, network);
}

static void
take_rule (Explainer *self, const PhRule *rule)
{
  PhRouteExplanation *result = self->result;
  const char *table = rule->table_name ? rule->table_name : "";

  result->has_rule = TRUE;
  result->rule = rule->key;
  result->rule_text = g_strdup_printf ("%u: %s %s%s%s", ph_rule_priority (rule), rule->selector,
                                       ph_rule_action_name (rule->key.action), *table ? " " : "", table);
}

/* The first rule that fits and looks into @table; or into that of a VRF, where there is none. */
static const PhRule *
find_fitting_rule (const Explainer *self, guint32 table, gboolean l3mdev)
{
  for (guint i = 0; self->rules && i < ph_snapshot_n_records (self->rules); i++)
    {
      const PhRule *rule = ph_snapshot_record (self->rules, i);

      if (rule->key.action == FR_ACT_TO_TBL && (l3mdev ? rule->key.l3mdev : rule->key.table == table)
          && ph_rule_fits (rule, &self->flow))
        return rule;
    }
  return NULL;
}

/* The rule that led to @table: as done over, if that came to the same. */
static const PhRule *
find_rule (const Explainer *self, guint32 table)
{
  const PhRule *rule;

  if (self->step.rule && self->step.route && ph_route_table (self->step.route) == table)
    return self->step.rule;
  rule = find_fitting_rule (self, table, FALSE);
  return rule ? rule : find_fitting_rule (self, table, TRUE);
}

/* --- there is a route --- */

static void
say_sent (Explainer *self)
{
  PhRouteExplanation *result = self->result;
  const char *interface = result->interface ? result->interface : "";

  switch (self->route->key.type)
    {
    case RTN_LOCAL:
      result->verdict = PH_ROUTE_DELIVERED;
      result->headline = g_strdup_printf (_ ("%s is an address of this computer"), self->destination);
      return;
    case RTN_BROADCAST:
      result->headline = g_strdup_printf (_ ("%s is every host on the network of %s"), self->destination, interface);
      break;
    case RTN_MULTICAST:
      result->headline = g_strdup_printf (_ ("%s is a multicast group, reached on %s"), self->destination, interface);
      break;
    default:
      if (result->gateway)
        result->headline = g_strdup_printf (_ ("%s is reached through the gateway %s on %s"), self->destination,
                                            result->gateway, interface);
      else
        result->headline = g_strdup_printf (_ ("%s is on the network of %s"), self->destination, interface);
      break;
    }
  result->verdict = PH_ROUTE_SENT;
}

/* While there are no rules but its own, IPv4 keeps the local table and the main one in one trie, and calls all that it
 * finds there "main" (fib_trie_unmerge()). */
static gboolean
is_from_local (const Explainer *self, const PhRoute *entry)
{
  const PhRoute *found = self->step.route;

  return found && self->route->key.family == PH_FAMILY_IPV4 && ph_route_table (self->route) == RT_TABLE_MAIN
         && ph_route_table (found) == RT_TABLE_LOCAL && found->key.type == self->route->key.type
         && (!entry || found->key.prefix_length == entry->key.prefix_length);
}

static void
explain_route (Explainer *self)
{
  PhRouteExplanation *result = self->result;
  const PhRoute *entry = ph_route_answer_entry (self->answer);
  guint32 table = ph_route_table (self->route);
  const PhRule *rule;

  if (is_from_local (self, entry))
    {
      table = RT_TABLE_LOCAL;
      entry = self->step.route;
    }

  /* Before Linux 4.13 nobody tells the entry: then it is the one that was found here, in the same table. */
  if (!entry && self->step.route && ph_route_table (self->step.route) == table)
    entry = self->step.route;
  if (self->route->key.gateway.family != PH_FAMILY_NONE)
    result->gateway = address_text (&self->route->key.gateway);
  if (self->route->key.interface != 0)
    {
      const char *name = find_interface (self->routes, self->route->key.interface);

      result->interface = name ? g_strdup (name) : g_strdup_printf ("if%u", self->route->key.interface);
    }
  if (self->query->has_source)
    result->source = address_text (&self->flow.source);
  else if (self->route->source.family != PH_FAMILY_NONE)
    result->source = address_text (&self->route->source);
  say_sent (self);

  if (table == RT_TABLE_UNSPEC) /* an interface was given and no table knows the way: it is tried there */
    return;
  result->table = table_text (self, table);
  if (entry)
    {
      take_comparison (self, &entry->key);
      take_row (self, find_row (self, &entry->key));
    }
  rule = find_rule (self, table);
  if (rule)
    take_rule (self, rule);
}

/* --- there is none --- */

static gboolean
is_refusal (const PhRoute *route)
{
  return route && ph_route_is (route, PH_ROUTE_IS_REJECT);
}

static void
say_refused_by_route (Explainer *self, const PhRoute *route)
{
  PhRouteExplanation *result = self->result;
  g_autofree char *prefix = prefix_text (&route->key);

  result->table = table_text (self, ph_route_table (route));
  switch (route->key.type)
    {
    case RTN_BLACKHOLE:
      result->headline = g_strdup_printf (_ ("Packets to %s are thrown away: blackhole route %s in table %s"),
                                          self->destination, prefix, result->table);
      break;
    case RTN_PROHIBIT:
      result->headline = g_strdup_printf (_ ("Packets to %s are prohibited: prohibit route %s in table %s"),
                                          self->destination, prefix, result->table);
      break;
    default:
      result->headline = g_strdup_printf (_ ("Packets to %s are refused: unreachable route %s in table %s"),
                                          self->destination, prefix, result->table);
      break;
    }
  take_comparison (self, &route->key);
  take_row (self, route);
}

static void
say_refused_by_rule (Explainer *self, const PhRule *rule)
{
  char **headline = &self->result->headline;

  switch (rule->key.action)
    {
    case FR_ACT_BLACKHOLE:
      *headline = g_strdup_printf (_ ("Packets to %s are thrown away by the blackhole rule %u"), self->destination,
                                   ph_rule_priority (rule));
      break;
    case FR_ACT_PROHIBIT:
      *headline = g_strdup_printf (_ ("Packets to %s are prohibited by the prohibit rule %u"), self->destination,
                                   ph_rule_priority (rule));
      break;
    default:
      *headline = g_strdup_printf (_ ("Packets to %s are refused by the unreachable rule %u"), self->destination,
                                   ph_rule_priority (rule));
      break;
    }
}

/* IPv4 sends from no address but its own (ip_route_output_key_hash_rcu()). */
static gboolean
is_foreign_source (const Explainer *self)
{
  PhRouteFlow to_source = { .destination = self->flow.source };
  const PhRoute *local;

  if (!self->query->has_source || !self->routes || self->flow.source.family != PH_FAMILY_IPV4)
    return FALSE;
  local = ph_route_longest (&to_source, RT_TABLE_LOCAL, self->routes);
  return !local || local->key.type != RTN_LOCAL;
}

static void
say_foreign_source (Explainer *self)
{
  char source[PH_ADDRESS_TEXT_MAX];

  ph_address_format (&self->flow.source, source);
  self->result->verdict = PH_ROUTE_UNKNOWN;
  self->result->headline
      = g_strdup_printf (_ ("Nothing can be sent from %s: it is not an address of this computer"), source);
}

/* Only the errno is known, or it is not what was found here. */
static void
say_errno (Explainer *self, const PhError *error, int errnum)
{
  PhRouteExplanation *result = self->result;

  switch (errnum)
    {
    case ENETUNREACH:
      result->verdict = PH_ROUTE_NONE;
      result->headline = g_strdup_printf (_ ("There is no route to %s"), self->destination);
      return;
    case EHOSTUNREACH:
      result->headline = g_strdup_printf (_ ("Packets to %s are refused: unreachable"), self->destination);
      return;
    case EACCES:
      result->headline = g_strdup_printf (_ ("Packets to %s are prohibited"), self->destination);
      return;
    case EINVAL:
      result->headline = g_strdup_printf (_ ("Packets to %s are thrown away: blackhole"), self->destination);
      return;
    default:
      result->verdict = PH_ROUTE_UNKNOWN;
      result->headline
          = g_strdup_printf (_ ("The kernel does not tell the route to %s: %s"), self->destination,
                             error->errnum != 0 ? g_strerror (error->errnum) : ph_error_code_name (error->code));
      return;
    }
}

static void
explain_error (Explainer *self)
{
  const PhError *error = ph_route_answer_error (self->answer);
  gboolean answered = error->code == PH_ERROR_KERNEL || error->code == PH_ERROR_DENIED;
  const PhRoute *route = self->step.route;
  const PhRule *rule = self->step.rule;

  self->result->errnum = error->errnum;
  self->result->verdict = PH_ROUTE_REFUSED;
  if (answered && is_foreign_source (self))
    say_foreign_source (self);
  else if (answered && is_refusal (route))
    say_refused_by_route (self, route);
  else if (answered && rule && !route)
    say_refused_by_rule (self, rule);
  else
    say_errno (self, error, answered ? error->errnum : 0);
  if (rule && self->result->verdict == PH_ROUTE_REFUSED && (is_refusal (route) || !route))
    take_rule (self, rule);
}

/* --- all of it --- */

static void
add_piece (GString *line, char *piece)
{
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, piece);
  g_free (piece);
}

static char *
make_line (const PhRouteExplanation *result)
{
  GString *line = g_string_new (NULL);

  if (result->rule_text)
    add_piece (line, g_strdup_printf (_ ("rule %s"), result->rule_text));
  if (result->table)
    add_piece (line, g_strdup_printf (_ ("table %s"), result->table));
  if (result->comparison)
    add_piece (line, g_strdup (result->comparison));
  if (result->gateway)
    add_piece (line, g_strdup_printf (_ ("gateway %s"), result->gateway));
  else if (result->verdict == PH_ROUTE_SENT)
    add_piece (line, g_strdup (_ ("no gateway")));
  if (result->interface)
    add_piece (line, g_strdup_printf (_ ("interface %s"), result->interface));
  if (result->has_route && result->route.hop_be != 0)
    add_piece (line, g_strdup_printf (_ ("next hop %u"), GUINT16_FROM_BE (result->route.hop_be)));
  if (result->source)
    add_piece (line, g_strdup_printf (_ ("source %s"), result->source));
  return g_string_free (line, FALSE);
}

static void
begin (Explainer *self, guint32 uid)
{
  const PhRouteQuery *query = self->query;
  PhFamily family = query->family == AF_INET6 ? PH_FAMILY_IPV6 : PH_FAMILY_IPV4;
  PhRouteFlow *flow = &self->flow;

  ph_address_set (&flow->destination, family, query->destination);
  if (query->has_source)
    ph_address_set (&flow->source, family, query->source);
  flow->mark = query->mark;
  flow->interface = query->interface;
  flow->interface_name = find_interface (self->routes, query->interface);
  flow->uid = uid;
  flow->ip_protocol = family == PH_FAMILY_IPV4 ? IPPROTO_UDP : 0; /* what inet_rtm_getroute() takes it to be */
  ph_address_format (&flow->destination, self->destination);
  self->result->destination = flow->destination;
  if (self->rules && self->routes)
    self->step = ph_route_walk (flow, self->rules, self->routes);
}

PhRouteExplanation *
ph_route_explain (
    const PhRouteQuery *query, guint32 uid, const PhRouteAnswer *answer, PhSnapshot *rules, PhSnapshot *routes)
{
  Explainer self = { .query = query,
                     .answer = answer,
                     .route = ph_route_answer_route (answer),
                     .rules = rules,
                     .routes = routes,
                     .result = g_new0 (PhRouteExplanation, 1) };

  begin (&self, uid);
  if (self.route)
    explain_route (&self);
  else
    explain_error (&self);
  self.result->line = make_line (self.result);
  return self.result;
}

void
ph_route_explanation_free (PhRouteExplanation *explanation)
{
  if (!explanation)
    return;
  g_free (explanation->headline);
  g_free (explanation->line);
  g_free (explanation->rule_text);
  g_free (explanation->table);
  g_free (explanation->comparison);
  g_free (explanation->gateway);
  g_free (explanation->interface);
  g_free (explanation->source);
  g_free (explanation);
}
