/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counters as the two netstats print them: the sentences of netstat -s on Unix, the table of netstat -e on Windows.
 * Both are made from all counters at once, because a sentence may be there even where its counter is zero.
 */
#include "ph-counter-netstat.h"
#include "ph-layout.h"

static gpointer
create (const PhOptions *options, const PhStyle *style)
{
  return (gpointer) options;
}

static void
destroy (gpointer state)
{
}

static void
begin (gpointer state, const PhSnapshot *snapshot, GString *text)
{
  const PhOptions *options = state;
  guint64 groups = ph_options_counter_groups (options);

  if (options->ethernet)
    ph_counter_ethernet (snapshot, text);
  if (options->ethernet && options->statistics)
    g_string_append_c (text, '\n');
  if (options->statistics)
    ph_counter_netstat (snapshot, groups ? groups : PH_COUNTER_GROUPS_IPV4 | PH_COUNTER_GROUPS_IPV6, text);
}

static void
row (gpointer state, gconstpointer record, GString *text)
{
}

static void
end (gpointer state, GString *text)
{
}

const PhLayout ph_netstat_counters = {
  .create = create,
  .destroy = destroy,
  .begin = begin,
  .row = row,
  .end = end,
};
