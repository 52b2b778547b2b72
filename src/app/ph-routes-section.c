/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When an answer comes, its route may not have been read yet, or be hidden. So it is wanted until it is in sight: after
 * each arrangement of the table one thing more is done for it. What hides it is taken away only with a word about it.
 *
 * While an answer can be seen it is asked again when the kernel tells of news that may change it. The same answer
 * changes nothing; another one is shown and says so.
 */
#include "ph-routes-section.h"

#include <glib/gi18n.h>

#include "ph-kernel-events.h"
#include "ph-neighbours-page.h"
#include "ph-reveal.h"
#include "ph-route-entry.h"
#include "ph-route-lookup.h"
#include "ph-route-note.h"
#include "ph-routes-page.h"
#include "ph-rules-page.h"

#define PATIENCE_MS 300 /* until then no word about waiting */
#define WANTED_US   (5 * G_USEC_PER_SEC)
#define AGAIN_MS    1000 /* a busy router's routes change all the time, and a question reads all of them */

/* A row that is to be selected. */
typedef struct
{
  PhTablePage *page; /* borrowed: it is ours; NULL: not made yet */
  gint64 until;      /* µs, CLOCK_MONOTONIC; 0: not wanted */
  gconstpointer key; /* in the explanation */
} Wanted;

struct _PhRoutesSection
{
  PhSection parent_instance;

  PhRouteEntry *entry;
  PhRouteNote *note;

  char *question[4];         /* address, source, mark, interface that were asked for last; NULL: none were */
  PhKernelEvents *events;    /* that may change the answer */
  guint again_id;            /* it will be asked again; 0: no */
  gboolean again;            /* the question under way is one of those */
  GCancellable *cancellable; /* the question under way; NULL: none */
  guint patience_id;
  PhRouteExplanation *explanation; /* the last answer; NULL: none */
  Wanted route, rule;
};

G_DEFINE_FINAL_TYPE (PhRoutesSection, ph_routes_section, PH_TYPE_SECTION)

/* --- the rows that it is about --- */

static void
want (Wanted *wanted, gboolean has, gconstpointer key)
{
  wanted->key = key;
  wanted->until = has ? g_get_monotonic_time () + WANTED_US : 0;
}

static PhRow *
find_row (Wanted *wanted, PhTableView **view)
{
  *view = ph_table_page_get_table_view (wanted->page);
  return ph_table_find (ph_view_get_table (ph_table_view_get_view (*view)), wanted->key);
}

/* Whether chips let a route like this through; those that do not are set so that they do. */
static gboolean
open_chips (PhRoutesSection *self, const PhRouteKey *key, const PhRoute *route)
{
  PhChipBar *bar = ph_table_page_get_chip_bar (self->route.page);
  const char *other = key->family == PH_FAMILY_IPV6 ? "ipv4" : "ipv6";
  const char *own = key->family == PH_FAMILY_IPV6 ? "ipv6" : "ipv4";
  gboolean changed = FALSE;

  if (ph_chip_bar_get (bar, other) && !ph_chip_bar_get (bar, own))
    {
      ph_chip_bar_set (bar, own, TRUE);
      changed = TRUE;
    }
  if (ph_chip_bar_get (bar, "cached") && !key->cached)
    {
      ph_chip_bar_set (bar, "main", TRUE);
      changed = TRUE;
    }
  if (ph_chip_bar_get (bar, "main") && (key->cached || (route && !ph_route_is (route, PH_ROUTE_IS_SHOWN))))
    {
      ph_chip_bar_set (bar, "all", TRUE);
      ph_route_note_set_remark (self->note, _ ("All tables are shown now, because this route is hidden otherwise."));
      changed = TRUE;
    }
  return changed;
}

static void
seek_route (PhRoutesSection *self)
{
  PhTableView *view;
  PhRow *row;

  if (!self->route.until || !self->route.page)
    return;
  row = find_row (&self->route, &view);
  if ((row && ph_reveal_row (view, row)) || g_get_monotonic_time () > self->route.until)
    self->route.until = 0;
  else if (!ph_view_is_busy (ph_table_view_get_view (view))
           && !open_chips (self, self->route.key, row ? ph_row_get_record (row) : NULL) && row
           && *ph_table_page_get_text (self->route.page) != '\0')
    {
      ph_table_page_set_text (self->route.page, "");
      ph_route_note_set_remark (self->note, _ ("The filter was cleared, because it hid this route."));
    }
}

static void
seek_rule (PhRoutesSection *self)
{
  PhTableView *view;
  PhRow *row;

  if (!self->rule.until || !self->rule.page || !gtk_widget_get_mapped (GTK_WIDGET (self->rule.page)))
    return;
  row = find_row (&self->rule, &view);
  if (row && ph_reveal_row (view, row))
    self->rule.until = 0;
}

static void
page_made (PhRoutesSection *self, PhTablePage *page)
{
  PhView *view = ph_table_view_get_view (ph_table_page_get_table_view (page));

  if (PH_IS_ROUTES_PAGE (page))
    {
      self->route.page = page;
      g_signal_connect_object (view, "arranged", G_CALLBACK (seek_route), self, G_CONNECT_SWAPPED);
    }
  else if (PH_IS_RULES_PAGE (page))
    {
      self->rule.page = page;
      g_signal_connect_object (view, "arranged", G_CALLBACK (seek_rule), self, G_CONNECT_SWAPPED);
    }
}

/* --- question and answer --- */

static void
stop_waiting (PhRoutesSection *self)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* The answer is on show, so that it matters whether it is still true. */
static void
hear (PhRoutesSection *self)
{
  gboolean matters = gtk_widget_get_mapped (GTK_WIDGET (self)) && self->question[0]
                     && ph_route_note_get_headline (self->note) != NULL;

  ph_kernel_events_set_active (self->events, matters, NULL);
}

static gboolean
is_known (PhRoutesSection *self, const PhRouteExplanation *explanation)
{
  return self->explanation && ph_route_note_get_headline (self->note)
         && g_str_equal (ph_route_note_get_headline (self->note), explanation->headline)
         && g_strcmp0 (self->explanation->line, explanation->line) == 0;
}

static void
show_answer (PhRoutesSection *self, PhRouteExplanation *explanation)
{
  g_clear_pointer (&self->explanation, ph_route_explanation_free);
  self->explanation = explanation;
  ph_route_note_show_answer (self->note, explanation);
  if (self->again)
    ph_route_note_set_remark (self->note, _ ("The answer is another now: routes or rules have changed."));
  else
    ph_section_show (PH_SECTION (self), PH_TABLE_ROUTES);
  want (&self->route, explanation->has_route, &explanation->route);
  want (&self->rule, explanation->has_rule, &explanation->rule);
  seek_route (self);
}

static void
answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (PhRoutesSection) self = data;
  g_autoptr (GError) error = NULL;
  PhRouteExplanation *explanation = ph_route_lookup_finish (result, &error);

  /* Another question has been asked meanwhile, or nobody is left to be told. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  stop_waiting (self);
  ph_route_entry_set_wrong (self->entry, error != NULL);
  if (error)
    ph_route_note_show_error (self->note, error->message);
  else if (self->again && is_known (self, explanation))
    ph_route_explanation_free (explanation);
  else
    show_answer (self, explanation);
  hear (self);
}

static gboolean
out_of_patience (gpointer data)
{
  PhRoutesSection *self = data;
  PhRouteQuestion question;

  self->patience_id = 0;
  ph_route_entry_get_question (self->entry, &question);
  ph_route_note_show_waiting (self->note, question.address);
  return G_SOURCE_REMOVE;
}

static void
ask (PhRoutesSection *self)
{
  const PhRouteQuestion question = {
    .address = self->question[0],
    .source = self->question[1],
    .mark = self->question[2],
    .interface = self->question[3],
  };

  self->cancellable = g_cancellable_new ();
  ph_route_lookup_async (&question, NULL, NULL, self->cancellable, answered, g_object_ref (self));
}

static void
forget_question (PhRoutesSection *self)
{
  stop_waiting (self);
  g_clear_handle_id (&self->again_id, g_source_remove);
  self->route.until = self->rule.until = 0;
  for (guint i = 0; i < G_N_ELEMENTS (self->question); i++)
    g_clear_pointer (&self->question[i], g_free);
}

static void
asked (PhRoutesSection *self)
{
  PhRouteQuestion question;

  forget_question (self);
  ph_route_entry_get_question (self->entry, &question);
  self->question[0] = g_strdup (question.address);
  self->question[1] = g_strdup (question.source);
  self->question[2] = g_strdup (question.mark);
  self->question[3] = g_strdup (question.interface);
  self->again = FALSE;
  self->patience_id = g_timeout_add (PATIENCE_MS, out_of_patience, self);
  ask (self);
}

static gboolean
is_paused (PhRoutesSection *self)
{
  gboolean paused;

  g_object_get (ph_section_get_page (PH_SECTION (self)), "paused", &paused, NULL);
  return paused;
}

static gboolean
ask_again (gpointer data)
{
  PhRoutesSection *self = data;

  if (self->cancellable) /* the last question is still under way: after it */
    return G_SOURCE_CONTINUE;
  self->again_id = 0;
  if (!ph_route_note_get_headline (self->note)) /* the answer was put away */
    hear (self);
  else if (!is_paused (self))
    {
      self->again = TRUE;
      ask (self);
    }
  return G_SOURCE_REMOVE;
}

static void
kernel_told (PhRoutesSection *self)
{
  if (!self->again_id)
    self->again_id = g_timeout_add (AGAIN_MS, ask_again, self);
}

void
ph_routes_section_ask (PhRoutesSection *self, const char *address, const char *interface)
{
  ph_route_entry_set (self->entry, address, interface ? interface : "");
  asked (self);
}

/* --- life --- */

/* Nobody has heard what happened while it was out of sight. */
static void
ph_routes_section_map (GtkWidget *widget)
{
  PhRoutesSection *self = PH_ROUTES_SECTION (widget);

  GTK_WIDGET_CLASS (ph_routes_section_parent_class)->map (widget);
  hear (self);
  if (self->question[0])
    kernel_told (self);
}

static void
ph_routes_section_unmap (GtkWidget *widget)
{
  PhRoutesSection *self = PH_ROUTES_SECTION (widget);

  GTK_WIDGET_CLASS (ph_routes_section_parent_class)->unmap (widget);
  g_clear_handle_id (&self->again_id, g_source_remove);
  hear (self);
}

static void
ph_routes_section_dispose (GObject *object)
{
  PhRoutesSection *self = PH_ROUTES_SECTION (object);

  forget_question (self);
  self->route.page = self->rule.page = NULL;
  if (self->events)
    ph_kernel_events_set_active (self->events, FALSE, NULL);
  g_clear_object (&self->events);
  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_ROUTES_SECTION);
  g_clear_pointer (&self->explanation, ph_route_explanation_free);
  G_OBJECT_CLASS (ph_routes_section_parent_class)->dispose (object);
}

static void
ph_routes_section_class_init (PhRoutesSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_routes_section_dispose;
  widget_class->map = ph_routes_section_map;
  widget_class->unmap = ph_routes_section_unmap;

  g_type_ensure (PH_TYPE_ROUTE_ENTRY);
  g_type_ensure (PH_TYPE_ROUTE_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-routes-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PhRoutesSection, entry);
  gtk_widget_class_bind_template_child (widget_class, PhRoutesSection, note);
  gtk_widget_class_bind_template_callback (widget_class, asked);
}

static void
ph_routes_section_init (PhRoutesSection *self)
{
  static const PhSectionTable tables[] = {
    { PH_TABLE_ROUTES, N_ ("Routes"), N_ ("Where packets are sent (netstat -r)"), ph_routes_page_get_type },
    { PH_TABLE_RULES, N_ ("Rules"), N_ ("Which routing table is looked at"), ph_rules_page_get_type },
    { PH_TABLE_NEIGHBOURS, N_ ("Neighbours"), N_ ("Hosts on this computer's own networks"),
      ph_neighbours_page_get_type },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->events = ph_kernel_events_new (PH_EVENT_ROUTES | PH_EVENT_RULES | PH_EVENT_LINKS | PH_EVENT_ADDRESSES);
  g_signal_connect_object (self->events, "changed", G_CALLBACK (kernel_told), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "page-made", G_CALLBACK (page_made), NULL);
  ph_section_set_tables (PH_SECTION (self), tables, G_N_ELEMENTS (tables));
}
