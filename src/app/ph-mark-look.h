/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mark looks like, and what is said of it: never a colour alone. */
#pragma once

#include "ph-record.h"

/* Of PH_MARK_NONE all are NULL. word and sentence are N_(). */
typedef struct
{
  const char *css_class; /* of the row: tint */
  const char *icon;
  const char *word;
  const char *sentence;
} PhMarkLook;

/* Static. A mark that is not known looks like none. */
const PhMarkLook *ph_mark_look (PhMark mark);
