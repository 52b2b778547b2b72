/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A value with its type: what a column reads from a record, before it is anything that people or programs read. */
#pragma once

#include <glib.h>

#include "ph-address.h"

typedef enum
{
  PH_VALUE_NONE = 0, /* absent: null in JSON, empty in CSV, a dim dash in the window */
  PH_VALUE_UINT,
  PH_VALUE_INT,
  PH_VALUE_REAL,
  PH_VALUE_TEXT, /* borrowed from the record or static; valid UTF-8 */
  PH_VALUE_ADDRESS,
  PH_VALUE_BOOL,
  PH_VALUE_JSON, /* structured: @json appends itself to a JSON text (owners) */
} PhValueKind;

typedef struct _PhValue PhValue;

struct _PhValue
{
  PhValueKind kind;
  union
  {
    guint64 uint;
    gint64 sint;
    double real;
    const char *text;
    const PhAddress *address;
    gboolean truth;
    void (*json) (gconstpointer record, GString *json);
  };
};

static inline void
ph_value_set_uint (PhValue *v, guint64 n)
{
  v->kind = PH_VALUE_UINT;
  v->uint = n;
}
static inline void
ph_value_set_int (PhValue *v, gint64 n)
{
  v->kind = PH_VALUE_INT;
  v->sint = n;
}
static inline void
ph_value_set_real (PhValue *v, double n)
{
  v->kind = PH_VALUE_REAL;
  v->real = n;
}
static inline void
ph_value_set_bool (PhValue *v, gboolean b)
{
  v->kind = PH_VALUE_BOOL;
  v->truth = b;
}

/* NULL leaves it absent. */
static inline void
ph_value_set_text (PhValue *v, const char *text)
{
  v->kind = text ? PH_VALUE_TEXT : PH_VALUE_NONE;
  v->text = text;
}

static inline void
ph_value_set_address (PhValue *v, const PhAddress *address)
{
  v->kind = PH_VALUE_ADDRESS;
  v->address = address;
}

/* Absent orders last; different kinds by kind. Text by g_utf8_collate-free folding: bytewise after case folding ASCII.
 */
int ph_value_compare (const PhValue *a, const PhValue *b);

/* Appends the value as plain text, numbers with a '.' whatever the locale. Nothing for PH_VALUE_NONE and _JSON. */
void ph_value_append (const PhValue *value, GString *text);
