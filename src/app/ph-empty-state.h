/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a table is empty, with the way out. */
#pragma once

#include <adwaita.h>

#include "ph-table-words.h"

typedef enum
{
  PH_EMPTY_NOTHING = 0, /* there is none */
  PH_EMPTY_FILTERED,    /* there are some, and the filters hide them */
  PH_EMPTY_DENIED,      /* they may not be read */
  PH_EMPTY_UNSUPPORTED, /* this kernel does not report them */
  PH_EMPTY_FAILED,      /* reading failed */
} PhEmptyReason;

#define PH_TYPE_EMPTY_STATE (ph_empty_state_get_type ())
G_DECLARE_FINAL_TYPE (PhEmptyState, ph_empty_state, PH, EMPTY_STATE, AdwBin)

/* @detail: a sentence of the particular case, instead of the usual one; NULL. */
void ph_empty_state_set_reason (PhEmptyState *self, PhTableId table, PhEmptyReason reason, const char *detail);
PhEmptyReason ph_empty_state_get_reason (PhEmptyState *self);
