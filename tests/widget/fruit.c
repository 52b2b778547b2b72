/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fruit.h"

static void
value_number (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const Fruit *) record)->number);
}

static void
value_grams (gconstpointer record, PhValue *value)
{
  if (((const Fruit *) record)->grams > 0)
    ph_value_set_uint (value, ((const Fruit *) record)->grams);
}

static void
explain_grams (gconstpointer record, const PhStyle *style, GString *text)
{
  g_string_append (text, ((const Fruit *) record)->grams > 0 ? "Weighed" : "Not weighed");
}

static void
value_name (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const Fruit *) record)->name);
}

static const PhColumn columns[] = {
  { .id = "name",
    .title = "Name",
    .help = "What it is",
    .kind = PH_VALUE_TEXT,
    .width = 10,
    .flags = PH_COLUMN_SHOWN | PH_COLUMN_EXPAND,
    .value = value_name },
  { .id = "grams",
    .title = "Weight",
    .help = "What it weighs",
    .kind = PH_VALUE_UINT,
    .align = PH_ALIGN_END,
    .width = 6,
    .flags = PH_COLUMN_SHOWN,
    .value = value_grams,
    .explain = explain_grams },
  { .id = "number",
    .title = "Number",
    .help = "Its number",
    .kind = PH_VALUE_UINT,
    .align = PH_ALIGN_END,
    .width = 6,
    .value = value_number },
  { .id = "peel",
    .title = "Peel",
    .help = "What its peel weighs; some have none",
    .kind = PH_VALUE_UINT,
    .align = PH_ALIGN_END,
    .width = 6,
    .is_none = ph_column_absent_is_none,
    .value = value_grams },
  { .id = "secret",
    .title = "Secret",
    .help = "Not to be seen",
    .kind = PH_VALUE_UINT,
    .flags = PH_COLUMN_EXPORT_ONLY,
    .value = value_number },
};

static const char *const words[] = { NULL };

static gboolean
is (gconstpointer record, guint word)
{
  return FALSE;
}

const PhSchema fruit_schema = {
  .id = "fruit",
  .record_size = sizeof (Fruit),
  .key_offset = G_STRUCT_OFFSET (Fruit, number),
  .key_size = sizeof (guint32),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .words = words,
  .is = is,
};

void
fruit_sync (PhTable *table, PhLinker *linker, const FruitFact *facts, guint n)
{
  PhSnapshot *snapshot = ph_snapshot_new (&fruit_schema, g_get_monotonic_time ());

  for (guint i = 0; i < n; i++)
    {
      Fruit *fruit = ph_snapshot_add (snapshot);

      fruit->head.request = PH_REQUEST_UNIX;
      fruit->number = facts[i].number;
      fruit->grams = facts[i].grams;
      fruit->name = facts[i].name;
    }
  ph_snapshot_edit_look (snapshot, PH_REQUEST_UNIX)->look = PH_LOOK_GOOD;
  ph_linker_link (linker, snapshot);
  ph_table_sync (table, snapshot);
  ph_snapshot_unref (snapshot);
}
