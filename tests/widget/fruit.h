/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of fruit: what the widget tests show, since no widget below a page may know sockets. */
#pragma once

#include "ph-linker.h"
#include "ph-table.h"

typedef struct
{
  PhRecord head;
  guint32 number; /* the key */
  guint32 grams;  /* 0: not weighed */
  const char *name;
} Fruit;

extern const PhSchema fruit_schema; /* shown: "name", "grams"; hidden: "number"; exported only: "secret" */

typedef struct
{
  guint32 number, grams;
  const char *name; /* static */
} FruitFact;

/* Brings @table up to date with @facts through @linker. */
void fruit_sync (PhTable *table, PhLinker *linker, const FruitFact *facts, guint n);
