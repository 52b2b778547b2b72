/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop that the window runs in a worker, see ph-collector.h. */
#include "ph-cli-collect.h"

#include "ph-cli-output.h"
#include "ph-i18n.h"

PhSnapshot *
ph_cli_collect (PhCollector *collector, PhProbe *probe, const PhPlan *plan)
{
  PhRequest request;

  ph_collector_begin (collector, plan);
  while (ph_collector_next (collector, &request))
    ph_probe_ask (probe, &request, ph_collector_sink, collector, NULL, NULL);
  return ph_collector_end (collector);
}

static gboolean
is_whole (const PhLookResult *result)
{
  return result->look != PH_LOOK_FAILED && result->look != PH_LOOK_PARTIAL && !result->malformed;
}

static void
say (PhRequestName name, const PhLookResult *result)
{
  if (result->look == PH_LOOK_FAILED)
    ph_cli_complain ("%s: %s%s%s", ph_request_name (name), ph_error_code_name (result->error.code),
                     result->error.errnum ? ": " : "", result->error.errnum ? g_strerror (result->error.errnum) : "");
  else if (result->look == PH_LOOK_PARTIAL)
    ph_cli_complain (_ ("%s: interrupted every time; rows may be missing or shown twice"), ph_request_name (name));
  else
    ph_cli_complain (_ ("%s: %u answers could not be understood"), ph_request_name (name), (guint) result->malformed);
}

gboolean
ph_cli_report (const PhSnapshot *snapshot, guint64 *told)
{
  gboolean good = TRUE;

  for (PhRequestName name = PH_REQUEST_NONE + 1; name < PH_N_REQUESTS; name++)
    {
      const PhLookResult *result = ph_snapshot_look (snapshot, name);
      const guint64 bit = G_GUINT64_CONSTANT (1) << name;
      const gboolean whole = is_whole (result);

      if (!whole && !(told && (*told & bit)))
        say (name, result);
      if (told)
        *told = whole ? *told & ~bit : *told | bit;
      good &= whole;
    }
  return good;
}
