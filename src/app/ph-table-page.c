/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ties the model of a table to what people see and touch. The chips and the shown columns say what is worth asking (the
 * plan) and what to show (two filters); after each sync come cells, names, totals, and what went wrong.
 */
#include "ph-table-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-filter-bar.h"
#include "ph-kernel-events.h"
#include "ph-look-words.h"
#include "ph-notice.h"
#include "ph-resolver.h"
#include "ph-split.h"
#include "ph-status-bar.h"
#include "ph-status-line.h"
#include "ph-table-export.h"
#include "ph-table-stack.h"

#define MARK_US (3 * G_USEC_PER_SEC)
#define FADE_MS 3200 /* a little longer than that */

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
  PhSplit *split;
  PhTableStack *stack;
  PhTableView *table_view; /* the one in it */
  PhStatusBar *status_bar;
  PhChipBar *chip_bar; /* NULL: the child has chips of its own, or none */
  AdwToastOverlay *toasts;

  PhSource *source;
  PhTable *table;
  PhView *view;
  PhPoller *poller;
  PhResolver *resolver;
  PhKernelEvents *events; /* NULL: none */

  const char *const *extra_columns; /* NULL: none */
  guint fade_id;                    /* a look for the sake of marks alone; 0: none is planned */
  gint64 last_good[PH_N_REQUESTS];
  guint interval;       /* as asked for */
  guint text_flags;     /* PhColumnFlags of what the filter's text names */
  gboolean filtered[2]; /* by FILTER_CHIPS and FILTER_TEXT */
  gboolean told;        /* the kernel tells of changes */
  gboolean numeric;
  gboolean in_sight;
} PhTablePagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PhTablePage, ph_table_page, ADW_TYPE_BIN)

#define PRIVATE(self) ((PhTablePagePrivate *) ph_table_page_get_instance_private (self))

enum
{
  PROP_SEARCH_MODE = 1,
  PROP_PAUSED,
  PROP_NUMERIC,
  PROP_INTERVAL,
  PROP_COLUMNS,
  PROP_IN_SIGHT,
  PROP_CHIPS,
  PROP_ABOVE,
  PROP_SIDE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
notify (PhTablePage *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static const PhTableWords *
words (PhTablePage *self)
{
  return ph_table_words (PH_TABLE_PAGE_GET_CLASS (self)->table);
}

/* --- what to collect, and when --- */

/* What columns with these flags need. */
static void
want_columns (PhPlan *plan, guint flags)
{
  if (flags & PH_COLUMN_TCP_INFO)
    plan->want |= PH_WANT_TCP_INFO;
  if (flags & PH_COLUMN_MEMORY)
    plan->want |= PH_WANT_MEMORY;
  plan->owners |= (flags & PH_COLUMN_OWNER) != 0;
}

static void
make_plan (PhTablePage *self, const PhColumn *const *columns, PhPlan *plan)
{
  PhTablePagePrivate *priv = PRIVATE (self);

  memset (plan, 0, sizeof *plan);
  plan->requests = priv->chip_bar ? ph_chip_bar_get_requests (priv->chip_bar) : PH_PLAN_ALL;
  for (; *columns; columns++)
    want_columns (plan, (*columns)->flags);
  plan->names = TRUE;
  plan->mark_new_us = plan->keep_closed_us = MARK_US;
}

static void
update_plan (PhTablePage *self)
{
  PhTablePagePrivate *priv = PRIVATE (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  const PhColumn *const *columns = ph_table_view_get_columns (priv->table_view);
  PhPlan plan;

  make_plan (self, columns, &plan);
  if (klass->make_plan)
    klass->make_plan (self, columns, &plan);
  /* A column that a filter asks for counts, whether it is in sight or not. */
  want_columns (&plan, priv->text_flags);
  ph_poller_set_plan (priv->poller, &plan);
}

static void
update_pace (PhTablePage *self)
{
  PhTablePagePrivate *priv = PRIVATE (self);
  guint slow = priv->told ? PH_TABLE_PAGE_GET_CLASS (self)->slow_ms : 0;

  ph_poller_set_interval (priv->poller, MAX (priv->interval, slow));
}

static void
listen (PhTablePage *self, gboolean active)
{
  PhTablePagePrivate *priv = PRIVATE (self);

  if (!priv->events)
    return;
  /* Without news it is looked at as often as other tables: nothing to be said about. */
  priv->told = ph_kernel_events_set_active (priv->events, active, NULL) && active;
  update_pace (self);
}

static void
update_active (PhTablePage *self)
{
  PhTablePagePrivate *priv = PRIVATE (self);
  gboolean active = priv->in_sight && gtk_widget_get_mapped (GTK_WIDGET (self));

  /* First the ears, then the eyes: what changes in between is heard. */
  listen (self, active && !ph_poller_get_paused (priv->poller));
  ph_poller_set_active (priv->poller, active);
}

static gboolean
fade (gpointer data)
{
  PhTablePagePrivate *priv = PRIVATE (data);

  priv->fade_id = 0;
  if (gtk_widget_get_mapped (data) && !ph_poller_get_paused (priv->poller))
    ph_poller_hasten (priv->poller);
  return G_SOURCE_REMOVE;
}

static gboolean
has_fading_marks (PhSnapshot *snapshot)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhRecord *record = ph_snapshot_record (snapshot, i);

      if (record->mark == PH_MARK_NEW || record->mark == PH_MARK_CLOSED)
        return TRUE;
    }
  return FALSE;
}

/* A mark goes with the look after its time. Where that is long in coming, there is one more. */
static void
plan_fading (PhTablePage *self, PhSnapshot *snapshot)
{
  PhTablePagePrivate *priv = PRIVATE (self);

  if (!priv->fade_id && ph_poller_get_effective_interval (priv->poller) > FADE_MS && has_fading_marks (snapshot))
    priv->fade_id = g_timeout_add (FADE_MS, fade, self);
}

static void
kernel_told (PhTablePage *self)
{
  ph_poller_hasten (PRIVATE (self)->poller);
}

/* --- what is said --- */

static void
update_status (PhTablePage *self)
{
  PhTablePagePrivate *priv = PRIVATE (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  PhSnapshot *snapshot = ph_table_get_snapshot (priv->table);
  g_autoptr (GString) totals = g_string_new (NULL);
  g_autofree char *line = NULL;
  gboolean stretched;

  g_object_get (priv->poller, "stretched", &stretched, NULL);
  if (klass->append_totals && snapshot)
    klass->append_totals (self, totals);
  line = ph_status_line (&(PhStatusFacts){
      .table = klass->table,
      .loaded = snapshot != NULL,
      .count = snapshot ? ph_snapshot_n_records (snapshot) : 0,
      .filtered = priv->filtered[FILTER_CHIPS] || priv->filtered[FILTER_TEXT],
      .shown = g_list_model_get_n_items (G_LIST_MODEL (priv->view)),
      .totals = totals->len > 0 ? totals->str : NULL,
      .told = priv->told && klass->slow_ms > 0,
      .interval_ms = ph_poller_get_effective_interval (priv->poller),
      .stretched = stretched,
      .paused = ph_poller_get_paused (priv->poller),
      .partial = snapshot && ph_look_any (snapshot, words (self), PH_LOOK_PARTIAL),
      .stale = snapshot && ph_look_any (snapshot, words (self), PH_LOOK_FAILED),
  });
  ph_status_bar_set_text (priv->status_bar, line);
}

static void
update_notice (PhTablePage *self)
{
  PhTablePagePrivate *priv = PRIVATE (self);
  PhSnapshot *snapshot = ph_table_get_snapshot (priv->table);
  const char *broken = ph_poller_get_error (priv->poller);
  g_autofree char *text = NULL;
  g_autofree char *notes = NULL;

  if (broken)
    text = ph_table_broken_words (PH_TABLE_PAGE_GET_CLASS (self)->table, broken);
  else if (snapshot)
    text = ph_look_failures (snapshot, words (self), priv->last_good);
  if (snapshot)
    notes = ph_look_notes (snapshot, words (self));
  ph_notice_set_text (priv->notice, text);
  ph_status_bar_set_notes (priv->status_bar, notes);
}

static void
show_empty (PhTablePage *self, PhSnapshot *snapshot)
{
  PhEmptyReason reason = PH_EMPTY_NOTHING;
  g_autofree char *detail = NULL;

  if (ph_snapshot_n_records (snapshot) > 0)
    reason = PH_EMPTY_FILTERED;
  else if (ph_look_all_unsupported (snapshot, words (self)))
    reason = PH_EMPTY_UNSUPPORTED;
  else if (ph_look_all_denied (snapshot, words (self)))
    reason = PH_EMPTY_DENIED;
  else if (ph_look_any (snapshot, words (self), PH_LOOK_FAILED))
    reason = PH_EMPTY_FAILED;
  if (reason == PH_EMPTY_UNSUPPORTED)
    detail = ph_look_notes (snapshot, words (self));
  else if (reason == PH_EMPTY_DENIED || reason == PH_EMPTY_FAILED)
    detail = ph_look_failures (snapshot, words (self), NULL);
  ph_table_stack_show_empty (PRIVATE (self)->stack, PH_TABLE_PAGE_GET_CLASS (self)->table, reason, detail);
}

static void
update_stack (PhTablePage *self)
{
  PhTablePagePrivate *priv = PRIVATE (self);
  PhSnapshot *snapshot = ph_table_get_snapshot (priv->table);

  if (!snapshot)
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (priv->view)) > 0)
    ph_table_stack_show_table (priv->stack);
  else if (!ph_view_is_busy (priv->view))
    show_empty (self, snapshot);
}

/* --- the model speaks --- */

static void
synced (PhTablePage *self)
{
  PhTablePagePrivate *priv = PRIVATE (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  PhSnapshot *snapshot = ph_table_get_snapshot (priv->table);

  for (guint request = 0; request < PH_N_REQUESTS; request++)
    {
      PhLook look = ph_snapshot_look (snapshot, request)->look;

      if (look == PH_LOOK_GOOD || look == PH_LOOK_PARTIAL)
        priv->last_good[request] = ph_snapshot_time (snapshot);
    }
  ph_table_view_refresh_cells (priv->table_view);
  plan_fading (self, snapshot);
  if (klass->synced)
    klass->synced (self, snapshot);
  update_notice (self);
}

static void
arranged (PhTablePage *self)
{
  update_stack (self);
  update_status (self);
}

static void
poller_changed (PhTablePage *self)
{
  update_status (self);
  update_notice (self);
}

static void
poller_paused (PhTablePage *self)
{
  update_active (self);
  notify (self, PROP_PAUSED);
  update_status (self);
}

/* Host names have come in. */
static void
resolved (PhTablePage *self)
{
  ph_table_view_refresh_cells (PRIVATE (self)->table_view);
  ph_view_refresh (PRIVATE (self)->view);
}

static void
cells_drawn (PhTablePage *self)
{
  ph_resolver_kick (PRIVATE (self)->resolver);
}

/* --- the user speaks --- */

void
ph_table_page_chips_changed (PhTablePage *self)
{
  PhTablePagePrivate *priv = PRIVATE (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  g_autofree char *text = NULL;
  g_autoptr (PhFilter) filter = NULL;
  g_autoptr (GError) error = NULL;

  if (klass->dup_filter)
    text = klass->dup_filter (self);
  else if (priv->chip_bar)
    text = ph_chip_bar_dup_filter (priv->chip_bar);
  filter = ph_filter_parse (ph_table_get_schema (priv->table), text ? text : "", NULL, &error);
  if (!filter)
    g_error ("The chips' own filter “%s” is wrong: %s", text, error->message);
  priv->filtered[FILTER_CHIPS] = !ph_filter_is_empty (filter);
  ph_view_set_filter (priv->view, FILTER_CHIPS, filter);
  update_plan (self);
}

void
ph_table_page_totals_changed (PhTablePage *self)
{
  update_status (self);
}

/* A text that is wrong hides nothing. */
static void
text_changed (PhTablePage *self)
{
  PhTablePagePrivate *priv = PRIVATE (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFilter) filter
      = ph_filter_parse (ph_table_get_schema (priv->table), ph_filter_bar_get_text (priv->filter_bar), NULL, &error);

  ph_filter_bar_set_error (priv->filter_bar, error ? error->message : NULL);
  priv->filtered[FILTER_TEXT] = filter && !ph_filter_is_empty (filter);
  ph_view_set_filter (priv->view, FILTER_TEXT, filter);
  priv->text_flags = filter ? ph_filter_flags (filter) : 0;
  update_plan (self);
}

static void
row_menu (PhTablePage *self, PhRow *row, GMenu *menu)
{
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);

  if (klass->append_menu)
    klass->append_menu (self, row, menu);
}

static void
filter_wanted (PhTablePage *self, const char *term)
{
  const char *text = ph_table_page_get_text (self);
  g_autofree char *both = g_strconcat (text, *text ? " " : "", term, NULL);

  ph_table_page_set_text (self, both);
}

static void
search_mode_changed (PhTablePage *self)
{
  notify (self, PROP_SEARCH_MODE);
}

/* What the table has while the user has not chosen. */
static char **
dup_usual_columns (PhTablePage *self)
{
  PhTablePagePrivate *priv = PRIVATE (self);
  const PhSchema *schema = ph_table_get_schema (priv->table);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < schema->n_columns; i++)
    if (schema->columns[i].flags & PH_COLUMN_SHOWN)
      g_strv_builder_add (ids, schema->columns[i].id);
  for (const char *const *id = priv->extra_columns; id && *id; id++)
    g_strv_builder_add (ids, *id);
  return g_strv_builder_end (ids);
}

static gboolean
has_usual_columns (PhTablePage *self)
{
  PhTablePagePrivate *priv = PRIVATE (self);
  g_auto (GStrv) usual = dup_usual_columns (self);
  g_auto (GStrv) shown = ph_table_view_dup_shown (priv->table_view);

  if (!priv->extra_columns)
    return ph_table_view_is_default (priv->table_view);
  return g_strv_equal ((const char *const *) usual, (const char *const *) shown);
}

static void
set_columns (PhTablePage *self, const char *const *ids)
{
  g_auto (GStrv) usual = ids && *ids ? NULL : dup_usual_columns (self);

  ph_table_view_set_shown (PRIVATE (self)->table_view, usual ? (const char *const *) usual : ids);
}

void
ph_table_page_set_extra_columns (PhTablePage *self, const char *const *ids)
{
  gboolean usual = has_usual_columns (self);

  PRIVATE (self)->extra_columns = ids;
  if (usual)
    set_columns (self, NULL);
}

static void
columns_changed (PhTablePage *self)
{
  update_plan (self);
  notify (self, PROP_COLUMNS);
}

static void
set_numeric (PhTablePage *self, gboolean numeric)
{
  PhTablePagePrivate *priv = PRIVATE (self);

  priv->numeric = numeric;
  ph_resolver_set_enabled (priv->resolver, !numeric);
  ph_table_view_set_style (
      priv->table_view,
      &(PhStyle){ .numeric = numeric, .names = ph_source_get_names (priv->source), .now = g_get_monotonic_time () });
}

void
ph_table_page_apply_options (PhTablePage *self, const PhOptions *options)
{
  PhTablePagePrivate *priv = PRIVATE (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);

  if (klass->apply_options)
    klass->apply_options (self, options);
  ph_table_page_set_text (self, options->filter ? options->filter : "");
  g_object_set (self, "numeric", options->numeric, NULL);
  if (options->interval > 0)
    g_object_set (self, "interval", (guint) CLAMP (options->interval * 1000, 100, 3600000), NULL);
  if (options->columns)
    {
      g_auto (GStrv) ids = g_strsplit (options->columns, ",", -1);
      ph_table_view_set_shown (priv->table_view, (const char *const *) ids);
    }
}

void
ph_table_page_remember (PhTablePage *self, PhRemember *remember)
{
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  g_autofree char *columns = g_strconcat (klass->name, "-columns", NULL);

  ph_remember_property (remember, g_intern_string (columns), G_OBJECT (self), "columns");
  for (guint i = 0; klass->remembered && klass->remembered[i][0]; i++)
    ph_remember_property (remember, klass->remembered[i][0], G_OBJECT (self), klass->remembered[i][1]);
}

const char *
ph_table_page_get_text (PhTablePage *self)
{
  return ph_filter_bar_get_text (PRIVATE (self)->filter_bar);
}

void
ph_table_page_set_text (PhTablePage *self, const char *text)
{
  ph_filter_bar_set_text (PRIVATE (self)->filter_bar, text);
  /* Not after the entry's delay. */
  text_changed (self);
}

PhTableId
ph_table_page_get_table (PhTablePage *self)
{
  return PH_TABLE_PAGE_GET_CLASS (self)->table;
}

PhTableView *
ph_table_page_get_table_view (PhTablePage *self)
{
  return PRIVATE (self)->table_view;
}

PhPoller *
ph_table_page_get_poller (PhTablePage *self)
{
  return PRIVATE (self)->poller;
}

PhSnapshot *
ph_table_page_get_snapshot (PhTablePage *self)
{
  return ph_table_get_snapshot (PRIVATE (self)->table);
}

PhChipBar *
ph_table_page_get_chip_bar (PhTablePage *self)
{
  return PRIVATE (self)->chip_bar;
}

static void
refresh (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_poller_refresh (PRIVATE (PH_TABLE_PAGE (widget))->poller);
}

static void export(GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhTablePagePrivate *priv = PRIVATE (PH_TABLE_PAGE (widget));

  ph_table_export (priv->table_view, priv->toasts, PH_TABLE_PAGE_GET_CLASS (widget)->name);
}

static void
clear_filters (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhTablePagePrivate *priv = PRIVATE (PH_TABLE_PAGE (widget));
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (widget);

  if (klass->clear_chips)
    klass->clear_chips (PH_TABLE_PAGE (widget));
  else if (priv->chip_bar)
    ph_chip_bar_clear (priv->chip_bar);
  ph_filter_bar_clear (priv->filter_bar);
  gtk_widget_child_focus (GTK_WIDGET (priv->table_view), GTK_DIR_TAB_FORWARD);
}

/* --- life --- */

static void
ph_table_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_table_page_parent_class)->map (widget);
  update_active (PH_TABLE_PAGE (widget));
}

static void
ph_table_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_table_page_parent_class)->unmap (widget);
  update_active (PH_TABLE_PAGE (widget));
}

static void
ph_table_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhTablePagePrivate *priv = PRIVATE (PH_TABLE_PAGE (object));

  switch (id)
    {
    case PROP_SEARCH_MODE:
      g_object_get_property (G_OBJECT (priv->filter_bar), "search-mode", value);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, ph_poller_get_paused (priv->poller));
      break;
    case PROP_NUMERIC:
      g_value_set_boolean (value, priv->numeric);
      break;
    case PROP_INTERVAL:
      g_value_set_uint (value, priv->interval);
      break;
    case PROP_COLUMNS:
      if (has_usual_columns (PH_TABLE_PAGE (object)))
        g_value_take_boxed (value, g_new0 (char *, 1));
      else
        g_value_take_boxed (value, ph_table_view_dup_shown (priv->table_view));
      break;
    case PROP_IN_SIGHT:
      g_value_set_boolean (value, priv->in_sight);
      break;
    case PROP_CHIPS:
      g_value_set_object (value, ph_filter_bar_get_chips (priv->filter_bar));
      break;
    case PROP_ABOVE:
      g_value_set_object (value, adw_bin_get_child (priv->above));
      break;
    case PROP_SIDE:
      g_value_set_object (value, ph_split_get_side (priv->split));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_table_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhTablePage *self = PH_TABLE_PAGE (object);
  PhTablePagePrivate *priv = PRIVATE (self);

  switch (id)
    {
    case PROP_SEARCH_MODE:
      g_object_set_property (G_OBJECT (priv->filter_bar), "search-mode", value);
      break;
    case PROP_PAUSED:
      ph_poller_set_paused (priv->poller, g_value_get_boolean (value));
      break;
    case PROP_NUMERIC:
      if (g_value_get_boolean (value) != priv->numeric)
        {
          set_numeric (self, g_value_get_boolean (value));
          notify (self, id);
        }
      break;
    case PROP_INTERVAL:
      if (g_value_get_uint (value) != priv->interval)
        {
          priv->interval = g_value_get_uint (value);
          update_pace (self);
          notify (self, id);
        }
      break;
    case PROP_COLUMNS:
      set_columns (self, g_value_get_boxed (value));
      break;
    case PROP_IN_SIGHT:
      if (g_value_get_boolean (value) != priv->in_sight)
        {
          priv->in_sight = g_value_get_boolean (value);
          update_active (self);
          notify (self, id);
        }
      break;
    case PROP_CHIPS:
      ph_filter_bar_set_chips (priv->filter_bar, g_value_get_object (value));
      break;
    case PROP_ABOVE:
      adw_bin_set_child (priv->above, g_value_get_object (value));
      break;
    case PROP_SIDE:
      ph_split_set_side (priv->split, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* One cache for all pages and windows. The source that is made first has it, and reads the names of ports into it. */
static PhSource *
make_source (PhTablePage *self)
{
  static PhNames *shared;
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  PhSource *source;

  if (klass->create_source)
    source = klass->create_source (self, shared);
  else
    source = ph_source_new (ph_topic (klass->table), shared);
  if (!shared)
    shared = ph_names_ref (ph_source_get_names (source));
  return source;
}

/* Only here is it known which table it is. */
static void
ph_table_page_constructed (GObject *object)
{
  PhTablePage *self = PH_TABLE_PAGE (object);
  PhTablePagePrivate *priv = PRIVATE (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);

  priv->source = make_source (self);
  priv->table = ph_table_new (ph_topic (klass->table)->schema);
  priv->view = ph_view_new (priv->table);
  priv->poller = ph_poller_new (priv->source, priv->table);
  priv->interval = ph_poller_get_interval (priv->poller);
  priv->resolver = ph_resolver_new (ph_source_get_names (priv->source), NULL);
  if (klass->events)
    priv->events = ph_kernel_events_new (klass->events);

  g_signal_connect_object (priv->table_view, "columns-changed", G_CALLBACK (columns_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table_view, "drawn", G_CALLBACK (cells_drawn), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table_view, "row-menu", G_CALLBACK (row_menu), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table_view, "filter-wanted", G_CALLBACK (filter_wanted), self, G_CONNECT_SWAPPED);
  ph_table_view_set_view (priv->table_view, priv->view, _ (words (self)->name), klass->order);
  set_numeric (self, FALSE);
  ph_filter_bar_set_hint (priv->filter_bar, _ (words (self)->hint));
  ph_filter_bar_capture_keys (priv->filter_bar, GTK_WIDGET (self));

  g_signal_connect_object (priv->table, "synced", G_CALLBACK (synced), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->view, "arranged", G_CALLBACK (arranged), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->resolver, "resolved", G_CALLBACK (resolved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->poller, "notify::paused", G_CALLBACK (poller_paused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->poller, "notify::error", G_CALLBACK (poller_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->poller, "notify::effective-interval", G_CALLBACK (poller_changed), self,
                           G_CONNECT_SWAPPED);
  if (priv->events)
    g_signal_connect_object (priv->events, "changed", G_CALLBACK (kernel_told), self, G_CONNECT_SWAPPED);

  if (klass->chips)
    {
      priv->chip_bar = ph_chip_bar_new (klass->chips, klass->n_chips);
      g_signal_connect_object (priv->chip_bar, "changed", G_CALLBACK (ph_table_page_chips_changed), self,
                               G_CONNECT_SWAPPED);
      ph_filter_bar_set_chips (priv->filter_bar, GTK_WIDGET (priv->chip_bar));
    }
  ph_table_page_chips_changed (self);
  update_status (self);
  G_OBJECT_CLASS (ph_table_page_parent_class)->constructed (object);
}

static void
ph_table_page_dispose (GObject *object)
{
  PhTablePagePrivate *priv = PRIVATE (PH_TABLE_PAGE (object));

  g_clear_handle_id (&priv->fade_id, g_source_remove);
  if (priv->events)
    ph_kernel_events_set_active (priv->events, FALSE, NULL);
  if (priv->poller)
    ph_poller_set_active (priv->poller, FALSE);
  /* No gtk_widget_dispose_template(): in 4.8 it looks for the template of the child class, which need not have one. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  g_clear_object (&priv->events);
  g_clear_object (&priv->resolver);
  g_clear_object (&priv->poller);
  g_clear_object (&priv->view);
  g_clear_object (&priv->table);
  g_clear_object (&priv->source);
  G_OBJECT_CLASS (ph_table_page_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_SEARCH_MODE] = g_param_spec_boolean ("search-mode", NULL, NULL, FALSE, flags);
  props[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  props[PROP_NUMERIC] = g_param_spec_boolean ("numeric", NULL, NULL, FALSE, flags);
  props[PROP_INTERVAL] = g_param_spec_uint ("interval", NULL, NULL, 100, 3600000, 1000, flags);
  props[PROP_COLUMNS] = g_param_spec_boxed ("columns", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_IN_SIGHT] = g_param_spec_boolean ("in-sight", NULL, NULL, FALSE, flags);
  props[PROP_CHIPS] = g_param_spec_object ("chips", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_ABOVE] = g_param_spec_object ("above", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_SIDE] = g_param_spec_object ("side", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_table_page_class_init (PhTablePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ph_table_page_get_property;
  object_class->set_property = ph_table_page_set_property;
  object_class->constructed = ph_table_page_constructed;
  object_class->dispose = ph_table_page_dispose;
  install_properties (object_class);
  widget_class->map = ph_table_page_map;
  widget_class->unmap = ph_table_page_unmap;

  g_type_ensure (PH_TYPE_FILTER_BAR);
  g_type_ensure (PH_TYPE_NOTICE);
  g_type_ensure (PH_TYPE_SPLIT);
  g_type_ensure (PH_TYPE_STATUS_BAR);
  g_type_ensure (PH_TYPE_TABLE_STACK);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-table-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, filter_bar);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, above);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, notice);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, split);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, stack);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, status_bar);
  gtk_widget_class_bind_template_child_private (widget_class, PhTablePage, toasts);
  gtk_widget_class_bind_template_callback (widget_class, text_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_changed);

  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export);
  gtk_widget_class_install_action (widget_class, "page.clear-filters", NULL, clear_filters);
}

static void
ph_table_page_init (PhTablePage *self)
{
  PhTablePagePrivate *priv = PRIVATE (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  priv->table_view = ph_table_stack_get_table_view (priv->stack);
}
