/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A wrong guess costs a look that nobody sees; a right one most of the wait for the first rows. */
#include "ph-look-ahead.h"

#include <string.h>

#include "ph-settings.h"
#include "ph-socket.h"
#include "ph-taste.h"

static PhSource *ahead; /* main thread */

void
ph_look_plan (PhPlan *plan, const PhChips *chips, const PhColumn *const *columns)
{
  guint flags = 0;

  for (; *columns; columns++)
    flags |= (*columns)->flags;
  memset (plan, 0, sizeof *plan);
  plan->requests = ph_chips_to_requests (chips);
  plan->want = PH_WANT_BOUND;
  if (flags & PH_COLUMN_TCP_INFO)
    plan->want |= PH_WANT_TCP_INFO;
  if (flags & PH_COLUMN_MEMORY)
    plan->want |= PH_WANT_MEMORY;
  plan->owners = (flags & PH_COLUMN_OWNER) != 0;
  plan->names = TRUE;
  plan->mark_new_us = plan->keep_closed_us = ph_taste_get_mark_us (ph_taste_get_default ());
}

/* The window opens with the page that was last in sight, unless it is asked for another. */
static gboolean
opens_with_sockets (const PhOptions *options, GSettings *settings)
{
  g_autofree char *page = settings ? g_settings_get_string (settings, "page") : NULL;

  return options ? options->table == PH_TABLE_SOCKETS : !page || g_str_equal (page, "connections");
}

/* As the table view takes them: those that are known, or else the default ones. */
static GPtrArray *
find_columns (const PhSchema *schema, const char *const *ids)
{
  GPtrArray *columns = g_ptr_array_new ();
  gboolean known;

  for (; ids && *ids; ids++)
    {
      const PhColumn *column = ph_schema_find_column (schema, *ids);

      if (column && !(column->flags & PH_COLUMN_EXPORT_ONLY))
        g_ptr_array_add (columns, (gpointer) column);
    }
  known = columns->len > 0;
  for (guint i = 0; i < schema->n_columns && !known; i++)
    if (schema->columns[i].flags & PH_COLUMN_SHOWN)
      g_ptr_array_add (columns, (gpointer) &schema->columns[i]);
  g_ptr_array_add (columns, NULL);
  return columns;
}

void
ph_look_ahead (const PhOptions *options)
{
  g_autoptr (GSettings) settings = ph_settings_new ();
  g_autoptr (GPtrArray) columns = NULL;
  g_auto (GStrv) ids = NULL;
  PhChips chips = { 0 };
  PhPlan plan;

  if ((options && options->background) || !opens_with_sockets (options, settings))
    return;
  if (options)
    ph_chips_from_options (&chips, options);
  if (options && options->columns)
    ids = g_strsplit (options->columns, ",", -1);
  else if (settings)
    ids = g_settings_get_strv (settings, "connections-columns");
  columns = find_columns (&ph_socket_schema, (const char *const *) ids);
  ph_look_plan (&plan, &chips, (const PhColumn *const *) columns->pdata);

  g_clear_object (&ahead);
  ahead = ph_source_new (&ph_socket_topic, NULL);
  ph_source_collect_ahead (ahead, &plan);
}

PhSource *
ph_look_ahead_take (void)
{
  return ahead ? g_steal_pointer (&ahead) : ph_source_new (&ph_socket_topic, NULL);
}
