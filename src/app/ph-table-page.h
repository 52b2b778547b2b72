/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table with all that belongs to it: source, model and poller; filter, chips, notice, empty states and status line;
 * columns that are remembered, export. What it is a table of, a child class says.
 *
 * Collects only while it can be seen.
 */
#pragma once

#include <adwaita.h>

#include "ph-chip-bar.h"
#include "ph-options.h"
#include "ph-poller.h"
#include "ph-remember.h"
#include "ph-table-view.h"

#define PH_TYPE_TABLE_PAGE (ph_table_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (PhTablePage, ph_table_page, PH, TABLE_PAGE, AdwBin)

struct _PhTablePageClass
{
  AdwBinClass parent_class;

  /* What class_init of a child has to set. */
  PhTableId table;
  const char *name;         /* "routes": proposed for an export's file; the settings have "routes-columns" */
  const char *const *order; /* as in ph_table_view_set_view() */

  /* What it may set. */
  guint events;                       /* PhEventKinds that make it look again at once */
  guint slow_ms;                      /* with these, no need to look more often than this; 0: as often as asked */
  gboolean on_demand;                 /* looks only when it is hastened: whoever knows of news does that */
  const char *const (*remembered)[2]; /* further settings and the properties that they are; ends with a NULL key */

  /* Its chips. What they let through and which requests that takes is seen to. */
  const PhChipGroup *chips;
  guint n_chips;

  /* Or it has chips of its own: what they mean as a filter; free with g_free(). */
  char *(*dup_filter) (PhTablePage *self);

  /* "Clear filters": what the chips hide is to be shown; the text is the parent's. NULL: of @chips no pill is on. */
  void (*clear_chips) (PhTablePage *self);

  /* The chips as netstat's options say. Filter, columns, interval and numeric are the parent's. */
  void (*apply_options) (PhTablePage *self, const PhOptions *options);

  /* @plan asks for everything that the topic has, and for what these columns need: here less can be asked. */
  void (*make_plan) (PhTablePage *self, const PhColumn *const *columns, PhPlan *plan);

  /* There is a new snapshot. */
  void (*synced) (PhTablePage *self, PhSnapshot *snapshot);

  /* What else does not work as it should, in a sentence; NULL: nothing. See ph_table_page_trouble_changed(). */
  const char *(*get_trouble) (PhTablePage *self);

  /* The user wants it to be tried again, or just refreshed. */
  void (*refreshed) (PhTablePage *self);

  /* A row was double-clicked, or Enter pressed on it. */
  void (*activated) (PhTablePage *self, PhRow *row);

  /* What else the status line says, with ph_status_append(). */
  void (*append_totals) (PhTablePage *self, GString *totals);

  /* A row's details, in a side pane: the ids of the columns that head it. Or the pane is the child's own (property
   * "side", not visible to begin with): shown and filled by show_details(); @row: NULL where it is hidden. */
  const char *details[2];
  void (*show_details) (PhTablePage *self, PhRow *row);

  /* The menu of a row is made: what there is to do with it on this page. */
  void (*append_menu) (PhTablePage *self, PhRow *row, GMenu *menu);

  /* Where another source than a new one of the table's topic is wanted. @names: those of other pages, or NULL. */
  PhSource *(*create_source) (PhTablePage *self, PhNames *names);
};

/*
 * Properties: "search-mode", "paused", "numeric" (boolean), "interval" (uint, ms), "columns" (GStrv of ids; empty: the
 * default ones), "widths" and "sort" (GVariant, as ph_table_view_set_widths() and ph_table_view_set_sort() have it),
 * "filter" (string: what the user types),
 * "in-sight" (boolean: the window it is in can be seen at all), "show-details"
 * (boolean: the side pane is there while a row is selected), and for the child's own widgets, also in
 * its template: "chips" (the row below the filter), "above" (above the table), "side" (about the selected row: beside
 * the table, or below it where that is narrow; what is not visible takes no room).
 * Of the facets (values to choose from, with counts): "show-facets" (boolean: they are beside the table, or over it
 * where that is narrow), "facets" (boolean: the user's wish, which holds where there is room), "folded-facets" (GStrv:
 * fields whose values are folded away).
 * Actions: "page.refresh", "page.export", "page.columns" (a menu of them), "page.clear-filters", "page.details" (F9),
 * "page.show-details" and "page.show-facets" (F8), which are the properties.
 */

/* Chips, filter, columns and the rest as netstat's options say. */
void ph_table_page_apply_options (PhTablePage *self, const PhOptions *options);

/* Columns, their widths, the order of rows and the class's own properties are as they were in the last window. */
void ph_table_page_remember (PhTablePage *self, PhRemember *remember);

/* Whether there is a pane about the selected row. */
gboolean ph_table_page_has_details (PhTablePage *self);

/* The filter that the user types. To set it shows the entry, to edit it does not: its terms are chips above the table.
 */
const char *ph_table_page_get_text (PhTablePage *self);
void ph_table_page_set_text (PhTablePage *self, const char *text);
void ph_table_page_edit_text (PhTablePage *self, const char *text);

PhTableId ph_table_page_get_table (PhTablePage *self);
PhTableView *ph_table_page_get_table_view (PhTablePage *self);
PhPoller *ph_table_page_get_poller (PhTablePage *self);
PhSnapshot *ph_table_page_get_snapshot (PhTablePage *self); /* borrowed; NULL before the first look */

/* Chips or the text hide something, or could. */
gboolean ph_table_page_is_filtered (PhTablePage *self);

/* --- for child classes --- */

/* Made from the class's list; NULL without one. */
PhChipBar *ph_table_page_get_chip_bar (PhTablePage *self);

/* dup_filter() or make_plan() will say something else than before. */
void ph_table_page_chips_changed (PhTablePage *self);

/* Columns that are shown besides the default ones as long as the user has not chosen others. @ids: NULL-terminated,
 * static; NULL: none. */
void ph_table_page_set_extra_columns (PhTablePage *self, const char *const *ids);

/* get_trouble() will. */
void ph_table_page_trouble_changed (PhTablePage *self);

/* Says something that needs no answer; taken over. Titles are markup. */
void ph_table_page_add_toast (PhTablePage *self, AdwToast *toast);

/* append_totals() will. */
void ph_table_page_totals_changed (PhTablePage *self);
