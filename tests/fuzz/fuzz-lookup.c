/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text is looked up: among sockets of every kind, and as the name of whoever has them. What is said is fit to show,
 * and the filter of each hit is one. */
#include "fuzz.h"
#include "ph-filter.h"
#include "ph-lookup.h"
#include "ph-text.h"

#include "../unit/socket-samples.h"

/* Lines of it. */
static void
check_note (const char *note)
{
  g_auto (GStrv) lines = g_strsplit (note ? note : "", "\n", -1);

  for (guint i = 0; lines[i]; i++)
    fuzz_check_text (lines[i]);
}

static void
check_hit (const PhLookupHit *hit)
{
  g_autoptr (PhFilter) filter = ph_filter_parse (&ph_socket_schema, hit->filter, NULL, NULL);

  fuzz_assert (filter != NULL);
  fuzz_assert (hit->sockets->len > 0 && hit->sockets->len <= hit->n_sockets);
  fuzz_check_text (hit->title);
  for (guint i = 0; i < hit->sockets->len; i++)
    {
      const PhLookupSocket *socket = g_ptr_array_index (hit->sockets, i);

      fuzz_check_text (socket->title);
      fuzz_check_text (socket->detail);
    }
}

static void
look_up (const char *text, PhSnapshot *snapshot)
{
  g_autoptr (PhLookupQuery) query = ph_lookup_query_parse (text);
  g_autoptr (PhLookup) lookup = ph_lookup (query, snapshot, NULL, NULL);

  fuzz_check_text (query->typed);
  fuzz_assert (lookup->hits->len <= PH_LOOKUP_HITS && lookup->hits->len <= lookup->n_hits);
  fuzz_assert (lookup->n_hits > 0 || !query->kinds == !lookup->note);
  check_note (lookup->note);
  for (guint i = 0; i < lookup->hits->len; i++)
    check_hit (g_ptr_array_index (lookup->hits, i));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, MIN (size, 2000));
  g_autoptr (GString) fit = g_string_new (NULL);
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  Samples samples = samples_make ();
  PhSocket *all = (PhSocket *) &samples;
  PhProcess process = { .pid = 7, .exe = "" };
  PhOwner owner = { &process, 3 };

  ph_text_sanitize (text, strlen (text), fit);
  process.comm = process.cmdline = fit->str;
  samples.zero = samples.udp;
  samples.zero.key.cookie++;
  samples.zero.path = fit->str;
  samples.zero.owner = (PhOwnership){ .owners = &owner, .n_owners = 1, .note = PH_OWNER_PROCESS };
  for (guint i = 0; i < sizeof samples / sizeof *all; i++)
    memcpy (ph_snapshot_add (snapshot), &all[i], sizeof *all);
  look_up (text, snapshot);
  return 0;
}
