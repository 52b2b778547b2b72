/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of PhTablePage share. ph-table-page.c is the object itself; beside it stands an idea each: -model.c
 * what is behind it, -looks.c when to look and at what, -filters.c chips and typed text, -facets.c what can be chosen
 * beside it, -words.c what is said, -settings.c what the user sets.
 */
#pragma once

#include "ph-table-page.h"

#include "ph-facet-counter.h"
#include "ph-facet-list.h"
#include "ph-filter-bar.h"
#include "ph-kernel-events.h"
#include "ph-notice.h"
#include "ph-page-shortcut.h"
#include "ph-record-details.h"
#include "ph-resolver.h"
#include "ph-split.h"
#include "ph-status-bar.h"
#include "ph-table-stack.h"
#include "ph-term-chips.h"

enum
{
  FILTER_CHIPS = 0,
  FILTER_TEXT = 1,
};

typedef struct
{
  PhFilterBar *filter_bar;
  AdwBin *above;
  PhNotice *notice;
  AdwFlap *flap;
  PhFacetList *facet_list;
  PhTermChips *terms;
  PhSplit *split;
  PhTableStack *stack;
  PhTableView *table_view; /* the one in it */
  PhStatusBar *status_bar;
  PhChipBar *chip_bar; /* NULL: the child has chips of its own, or none */
  AdwToastOverlay *toasts;

  PhRecordDetails *details; /* NULL: the child's own, or none */
  PhRow *row;               /* that the pane is about; NULL: none is selected */

  PhSource *source;
  PhTable *table;
  PhView *view;
  PhPoller *poller;
  PhFacetCounter *facet_counter;
  PhResolver *resolver;
  PhKernelEvents *events; /* NULL: none */

  const char *const *extra_columns; /* NULL: none */
  guint fade_id;                    /* a look for the sake of marks alone; 0: none is planned */
  gint64 last_good[PH_N_REQUESTS];
  guint interval;        /* as asked for */
  char *text;            /* the filter's, as last seen */
  guint text_flags;      /* PhColumnFlags of what the filter's text names */
  guint64 facets_wanted; /* bits: they can be seen */
  guint facet_flags;     /* PhColumnFlags of these */
  gboolean filtered[2];  /* by FILTER_CHIPS and FILTER_TEXT */
  gboolean told;         /* the kernel tells of changes */
  gboolean numeric;
  gboolean in_sight;
  gboolean show_details;
  gboolean facets;  /* are wished for, where there is room */
  int facets_width; /* px: of the page when they were called */
} PhTablePagePrivate;

PhTablePagePrivate *ph_table_page_priv (PhTablePage *self);

/* Model. */
void ph_table_page_make_model (PhTablePage *self); /* only once it is known which table it is */
void ph_table_page_hear_model (PhTablePage *self);

/* Looks. */
void ph_table_page_update_plan (PhTablePage *self);   /* columns or chips ask for something else */
void ph_table_page_update_pace (PhTablePage *self);   /* the interval is another */
void ph_table_page_update_active (PhTablePage *self); /* it has come in sight, or has gone */
void ph_table_page_plan_fading (PhTablePage *self, PhSnapshot *snapshot);

/* Filters. */
void ph_table_page_text_changed (PhTablePage *self);
void ph_table_page_filter_wanted (PhTablePage *self, const char *term); /* one more, after what is typed already */
void ph_table_page_term_removed (PhTablePage *self, guint n);
void ph_table_page_clear_filters (GtkWidget *widget, const char *name, GVariant *parameter);

/* Facets. */
void ph_table_page_make_facets (PhTablePage *self);
void ph_table_page_update_facets (PhTablePage *self); /* they have come in sight, or have gone */
gboolean ph_table_page_get_show_facets (PhTablePage *self);
void ph_table_page_set_show_facets (PhTablePage *self, gboolean show);

/* Words. */
void ph_table_page_update_status (PhTablePage *self);
void ph_table_page_update_notice (PhTablePage *self);
void ph_table_page_update_stack (PhTablePage *self);

/* Settings. */
gboolean ph_table_page_has_usual_columns (PhTablePage *self);
void ph_table_page_set_columns (PhTablePage *self, const char *const *ids); /* NULL or empty: the usual ones */
void ph_table_page_set_numeric (PhTablePage *self, gboolean numeric);
void ph_table_page_get_style (PhTablePage *self, PhStyle *style); /* borrows */
void ph_table_page_follow_taste (PhTablePage *self);

/* Details. */
void ph_table_page_make_details (PhTablePage *self); /* once there is something to select */
void ph_table_page_update_details (PhTablePage *self);
void ph_table_page_set_show_details (PhTablePage *self, gboolean show);
void ph_table_page_toggle_details (GtkWidget *widget, const char *name, GVariant *parameter);
