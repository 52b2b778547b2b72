/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Which route?": an errno, then pieces of a length and its bytes each: the address and the source that were typed, the
 * two parts of the kernel's answer, rules, and the rest routes.
 */
#include "fuzz-table.h"
#include "ph-route-explain.h"
#include "ph-route-query.h"

static void
check (const PhRouteExplanation *explanation, PhSnapshot *rules, PhSnapshot *routes)
{
  fuzz_assert (explanation->headline != NULL && *explanation->headline != '\0');
  fuzz_check_text (explanation->headline);
  fuzz_check_text (explanation->line);
  fuzz_check_text (explanation->rule_text);
  fuzz_check_text (explanation->table);
  if (explanation->has_route)
    fuzz_assert (ph_snapshot_find (routes, &explanation->route) != NULL);
  if (explanation->has_rule)
    fuzz_assert (ph_snapshot_find (rules, &explanation->rule) != NULL);
}

static void
explain (const PhRouteQuery *query, const FuzzPiece parts[2], int errnum, PhSnapshot *rules, PhSnapshot *routes)
{
  g_autoptr (PhRouteAnswer) answer = ph_route_answer_new ();
  g_autoptr (PhRouteExplanation) explanation = NULL;
  const PhFrameEnd end = { .code = errnum ? PH_ERROR_KERNEL : PH_ERROR_NONE, .errnum = errnum };

  for (guint i = 0; i < 2; i++)
    fuzz_answer (ph_route_answer_sink, answer, PH_REQUEST_ROUTE_GET, i, PH_FRAME_NETLINK, &parts[i]);
  ph_route_answer_sink (answer, PH_FRAME_END, &end, sizeof end);
  explanation = ph_route_explain (query, 1000, answer, rules, routes);
  check (explanation, rules, routes);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  FuzzPiece typed[2], parts[2], rules, routes;
  char *texts[2];
  PhRouteQuestion question = { 0 };
  PhRouteQuery query;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSnapshot) rules_snapshot = NULL;
  g_autoptr (PhSnapshot) routes_snapshot = NULL;
  int errnum;

  if (length < 1)
    return 0;
  errnum = bytes[0] & 127;
  bytes++;
  length--;
  for (guint i = 0; i < 2; i++)
    {
      typed[i] = fuzz_take (&bytes, &length, FALSE);
      texts[i] = g_strndup (typed[i].bytes, typed[i].length);
    }
  for (guint i = 0; i < 2; i++)
    parts[i] = fuzz_take (&bytes, &length, FALSE);
  rules = fuzz_take (&bytes, &length, FALSE);
  routes = fuzz_take (&bytes, &length, TRUE);

  question.address = texts[0];
  question.source = texts[1];
  if (ph_route_query_parse (&question, &query, &error))
    {
      rules_snapshot = fuzz_collect (&ph_rule_topic, G_GUINT64_CONSTANT (1) << PH_REQUEST_RULES4, &rules, NULL);
      routes_snapshot = fuzz_collect (&ph_route_topic, G_GUINT64_CONSTANT (1) << PH_REQUEST_ROUTES4, &routes, NULL);
      explain (&query, parts, errnum, rules_snapshot, routes_snapshot);
    }
  else
    fuzz_check_text (error->message);

  for (guint i = 0; i < 2; i++)
    {
      g_free (typed[i].bytes);
      g_free (texts[i]);
      g_free (parts[i].bytes);
    }
  g_free (rules.bytes);
  g_free (routes.bytes);
  return 0;
}
