/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What people call the things in a table: whole sentences for each, because a language with cases and genders cannot
 * put "routes" into a sentence about sockets.
 */
#pragma once

#include "ph-chips.h"
#include "ph-topic.h"

/* All are N_(). */
typedef struct
{
  const char *name;        /* "Routes": the table, to a screen reader */
  const char *hint;        /* in the filter's entry while it is empty */
  const char *none;        /* "No Routes" */
  const char *none_why;    /* a sentence about that */
  const char *filtered;    /* there are some, and all are hidden */
  const char *denied;      /* they may not be read */
  const char *unsupported; /* this kernel has none */
  const char *failed;      /* reading them failed */

  /* What the requests are called where one of them fails; several may be one kind. */
  const PhKindInfo *kinds;
  guint n_kinds;
} PhTableWords;

/* Static. */
const PhTableWords *ph_table_words (PhTableId table);

/* "1 route", "1,204 routes". Translated; free with g_free(). */
char *ph_table_count_words (PhTableId table, guint n);

/* "The routes could not be read: REASON". Likewise. */
char *ph_table_broken_words (PhTableId table, const char *reason);

/* Bits as in PhPlan.requests: those that have a kind. */
guint64 ph_table_words_requests (const PhTableWords *words);
