/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list of facts: a name, a value that can be selected and copied, and where it helps a sentence about it.
 *
 * It is told all facts anew after each look and keeps its labels: one whose text is the same stays as it is, with what
 * the user has selected in it.
 */
#pragma once

#include <adwaita.h>

#define PH_TYPE_FACTS (ph_facts_get_type ())
G_DECLARE_FINAL_TYPE (PhFacts, ph_facts, PH, FACTS, GtkWidget)

typedef struct
{
  const char *name;       /* translated */
  const char *value;      /* as it stands; NULL or "": left out */
  const char *meaning;    /* a sentence below it, translated; NULL: none */
  const char *tooltip;    /* over the value; NULL: none */
  const char *icon;       /* beside the name; NULL: none */
  const char *icon_words; /* what the icon says, translated */
  guint8 lines;           /* no more of the value is shown, all of it in the tooltip; 0: as many as it takes */
  gboolean number;        /* the value stands at the end of the line, in figures of one width */
} PhFact;

void ph_facts_begin (PhFacts *self);
void ph_facts_add (PhFacts *self, const PhFact *fact);
void ph_facts_end (PhFacts *self);

/* All of it, "name: value" in lines; free with g_free(). */
char *ph_facts_dup_text (PhFacts *self);
