/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A record counts for all facets where nothing stands in its way, and for one facet where only that one's own terms do.
 */
#include "ph-facet.h"

#include "ph-facet-tally.h"

#define STRIDE 1024 /* records between two looks at whether to stop */

/* The facet whose own each term is. */
static guint8 *
find_groups (const PhFilter *filter, const PhFacetTally *tallies, guint n)
{
  guint8 *groups = g_malloc (filter->n_terms + 1);

  for (guint i = 0; i < filter->n_terms; i++)
    {
      groups[i] = PH_MISFIT_MANY;
      for (guint j = 0; j < n && !filter->terms[i].is_word; j++)
        if (ph_filter_term_same_field (&filter->terms[i], &tallies[j].term))
          groups[i] = (guint8) j;
    }
  return groups;
}

/* FALSE: stopped. */
static gboolean
count_all (PhFacetTally *tallies,
           guint n,
           PhSnapshot *snapshot,
           const PhFilter *chips,
           const PhFilter *filter,
           const PhFilterContext *context,
           const gint *stop)
{
  const guint n_records = ph_snapshot_n_records (snapshot);
  g_autofree guint8 *groups = filter ? find_groups (filter, tallies, n) : NULL;
  g_autoptr (GString) scratch = g_string_sized_new (64);

  for (guint i = 0; i < n_records; i++)
    {
      const PhRecord *record = ph_snapshot_record (snapshot, i);
      guint8 misfit = PH_MISFIT_NONE;

      if (stop && i % STRIDE == 0 && g_atomic_int_get (stop))
        return FALSE;
      if (record->slot == PH_NO_SLOT || (chips && !ph_filter_match (chips, context, record)))
        continue;
      if (filter)
        misfit = ph_filter_find_misfit (filter, groups, context, record);
      if (misfit == PH_MISFIT_NONE)
        for (guint j = 0; j < n; j++)
          ph_facet_tally_add (&tallies[j], record, scratch);
      else if (misfit != PH_MISFIT_MANY)
        ph_facet_tally_add (&tallies[misfit], record, scratch);
    }
  return TRUE;
}

PhFacets *
ph_facets_count (PhSnapshot *snapshot,
                 const PhFilter *chips,
                 const char *text,
                 const PhFilterContext *context,
                 guint64 which,
                 const gint *stop)
{
  const PhSchema *schema = ph_snapshot_schema (snapshot);
  g_autoptr (PhFilter) filter = ph_filter_parse (schema, text, NULL, NULL);
  g_autoptr (GPtrArray) spans = g_utf8_validate (text, -1, NULL) ? ph_filter_edit_split (text) : g_ptr_array_new ();
  g_autofree PhFacetTally *tallies = g_new0 (PhFacetTally, schema->n_facets + 1);
  PhFacets *facets = NULL;
  guint n = 0;

  for (guint i = 0; i < MIN (schema->n_facets, PH_FACETS_MAX); i++)
    if (which & G_GUINT64_CONSTANT (1) << i)
      {
        ph_facet_tally_init (&tallies[n], schema, &schema->facets[i]);
        ph_facet_tally_choose (&tallies[n++], schema, spans);
      }
  if (count_all (tallies, n, snapshot, chips, filter, context, stop))
    {
      facets = g_new0 (PhFacets, 1);
      facets->facets = g_new0 (PhFacet, n + 1);
      facets->n_facets = n;
      for (guint i = 0; i < n; i++)
        ph_facet_tally_take (&tallies[i], &facets->facets[i]);
    }
  for (guint i = 0; i < n; i++)
    ph_facet_tally_clear (&tallies[i]);
  return facets;
}

void
ph_facets_free (PhFacets *facets)
{
  if (!facets)
    return;
  for (guint i = 0; i < facets->n_facets; i++)
    {
      for (guint j = 0; j < facets->facets[i].n_values; j++)
        {
          g_free (facets->facets[i].values[j].value);
          g_free (facets->facets[i].values[j].label);
        }
      g_free (facets->facets[i].values);
    }
  g_free (facets->facets);
  g_free (facets);
}

guint
ph_facets_flags (const PhSchema *schema, guint64 which)
{
  guint flags = 0;

  for (guint i = 0; i < MIN (schema->n_facets, PH_FACETS_MAX); i++)
    {
      PhFilterTerm term = { 0 };

      if (which & G_GUINT64_CONSTANT (1) << i && ph_filter_term_set_field (&term, schema, schema->facets[i].field))
        flags |= term.flags;
    }
  return flags;
}
