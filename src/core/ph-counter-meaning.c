/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds an entry by its MIB name, in a hash that is made once, when it is first needed. */
#include "ph-meanings.h"

typedef struct
{
  const PhCounterMeaning *meaning;
  guint16 order;
} Place;

static GHashTable *
make_index (void)
{
  static const PhMeanings *const tables[] = {
    &ph_meanings_ip,    &ph_meanings_icmp,    &ph_meanings_tcp,      &ph_meanings_udp,   &ph_meanings_ip6,
    &ph_meanings_icmp6, &ph_meanings_tcpext,  &ph_meanings_tcpext2,  &ph_meanings_ipext, &ph_meanings_mptcp,
    &ph_meanings_sctp,  &ph_meanings_sockets, &ph_meanings_ethernet,
  };
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  guint16 order = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (guint j = 0; j < tables[i]->n; j++)
      {
        Place *place = g_new (Place, 1);

        *place = (Place){ &tables[i]->entries[j], order++ };
        g_hash_table_insert (index, (gpointer) tables[i]->entries[j].mib, place);
      }
  return index;
}

const PhCounterMeaning ph_counter_meaning_icmp_type
    = { "", N_ ("Messages of another type"),
        N_ ("ICMP messages of a type that is not one of the common ones; the IANA lists what its number stands for."),
        "IANA", INFORMATION };

const PhCounterMeaning *
ph_counter_meaning_find (const char *mib, guint16 *order)
{
  static GHashTable *index;
  const Place *place;

  if (g_once_init_enter (&index))
    g_once_init_leave (&index, make_index ());
  place = g_hash_table_lookup (index, mib);
  *order = place ? place->order : G_MAXUINT16;
  return place ? place->meaning : NULL;
}
