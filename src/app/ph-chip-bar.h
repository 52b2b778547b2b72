/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row of chips made from a static list. Chips of one group are or-ed, groups are and-ed: just what commas and blanks
 * mean in the filter language.
 */
#pragma once

#include <adwaita.h>

typedef struct
{
  const char *id;      /* stable */
  const char *title;   /* N_(); "neighbours|All" where languages have several words for it */
  const char *tooltip; /* N_(); NULL: the title says it all */
  const char *value;   /* "FIELD:value" is what it lets through; NULL: everything */
  guint64 requests;    /* that suffice for that, bits as in PhPlan.requests; 0: all are needed */
} PhChip;

typedef struct
{
  const char *name; /* N_(): the group, to a screen reader */
  const char *field;
  gboolean one; /* exactly one is on, to begin with the first: linked buttons. Else any of them: pills */
  const PhChip *chips;
  guint n_chips;
} PhChipGroup;

#define PH_TYPE_CHIP_BAR (ph_chip_bar_get_type ())
G_DECLARE_FINAL_TYPE (PhChipBar, ph_chip_bar, PH, CHIP_BAR, AdwBin)

/* Signal: "changed". */

/* @groups: static. */
PhChipBar *ph_chip_bar_new (const PhChipGroup *groups, guint n_groups);

/* What they let through; "" where that is everything. Free with g_free(). */
char *ph_chip_bar_dup_filter (PhChipBar *self);
guint64 ph_chip_bar_get_requests (PhChipBar *self);

gboolean ph_chip_bar_get (PhChipBar *self, const char *id);
void ph_chip_bar_set (PhChipBar *self, const char *id, gboolean on);

/* No pill is on. TRUE: one was. */
gboolean ph_chip_bar_clear (PhChipBar *self);
