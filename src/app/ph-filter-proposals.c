/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-filter-proposals.h"

#include <glib/gi18n.h>

#include "ph-filter-complete.h"
#include "ph-proposal-list.h"
#include "ph-worker.h"

struct _PhFilterProposals
{
  GObject parent_instance;

  GtkWidget *parent; /* NULL: detached */
  GtkWidget *entry;
  PhTable *table;
  PhSavedFilters *saved; /* NULL: none are proposed */
  GtkEventController *keys, *focus;
  gulong changed_id;

  PhProposalList *list;
  GPtrArray *candidates; /* PhFilterCandidate, one for each row */
  gsize start, end;      /* bytes that they take the place of */
  gboolean whole;        /* they are saved filters, which take the place of all */

  guint idle_id;
  guint turn;       /* what is counted for an earlier one is not shown any more */
  gboolean busy;    /* a worker counts */
  gboolean pending; /* and will be asked for something else when it is done */
  gboolean muted;   /* we change the text ourselves */
};

G_DEFINE_FINAL_TYPE (PhFilterProposals, ph_filter_proposals, G_TYPE_OBJECT)

static guint chosen_signal;

typedef struct
{
  PhFilterSpot spot;
  const PhSchema *schema;
  PhSnapshot *snapshot; /* NULL where it is not needed */
  guint turn;
} Job;

static void propose (PhFilterProposals *self);

static void
job_free (gpointer data)
{
  Job *job = data;

  ph_filter_spot_clear (&job->spot);
  g_clear_pointer (&job->snapshot, ph_snapshot_unref);
  g_free (job);
}

/* --- what is on show --- */

gboolean
ph_filter_proposals_are_open (PhFilterProposals *self)
{
  return self->list && ph_proposal_list_is_open (self->list);
}

void
ph_filter_proposals_close (PhFilterProposals *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  self->turn++;
  self->pending = FALSE;
  ph_proposal_list_close (self->list);
}

static void
take (gpointer proposals, guint n)
{
  PhFilterProposals *self = proposals;
  const PhFilterCandidate *candidate = self->candidates->pdata[n];
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  const char *text = gtk_editable_get_text (editable);
  gboolean field = g_str_has_suffix (candidate->text, ":");
  int start, end;

  if (self->whole)
    {
      g_autofree char *filter = g_strdup (candidate->text);

      ph_filter_proposals_close (self);
      g_signal_emit (self, chosen_signal, 0, filter);
      return;
    }
  if (self->end > strlen (text))
    return;
  start = (int) g_utf8_pointer_to_offset (text, text + self->start);
  end = (int) g_utf8_pointer_to_offset (text, text + self->end);
  ph_filter_proposals_close (self);
  self->muted = TRUE;
  gtk_editable_delete_text (editable, start, end);
  gtk_editable_insert_text (editable, candidate->text, -1, &start);
  gtk_editable_set_position (editable, start);
  self->muted = FALSE;
  if (field)
    propose (self); /* its values */
}

/* How often it occurs, or what it is. */
static char *
second_text (const PhFilterProposals *self, const PhFilterCandidate *candidate)
{
  if (self->whole)
    return g_strdup (candidate->text);
  if (candidate->count > 0)
    return g_strdup_printf ("%'u", candidate->count);
  return candidate->help ? g_strdup (_ (candidate->help)) : NULL;
}

static void
show (PhFilterProposals *self, gsize start, gsize end)
{
  self->start = start;
  self->end = end;
  ph_proposal_list_clear (self->list);
  for (guint i = 0; i < self->candidates->len; i++)
    {
      const PhFilterCandidate *candidate = self->candidates->pdata[i];
      g_autofree char *second = second_text (self, candidate);

      ph_proposal_list_add (self->list, candidate->label, second);
    }
  ph_proposal_list_open (self->list, start);
}

/* --- what is proposed --- */

static void
count (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  g_task_return_pointer (task, ph_filter_complete (&job->spot, job->schema, job->snapshot),
                         (GDestroyNotify) g_ptr_array_unref);
}

/* All that is proposed is there already. */
static gboolean
is_said (const PhFilterProposals *self, const Job *job)
{
  const PhFilterCandidate *only = self->candidates->pdata[0];
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  return self->candidates->len == 1 && strlen (only->text) == job->spot.end - job->spot.start
         && strncmp (text + job->spot.start, only->text, strlen (only->text)) == 0;
}

static void
counted (GObject *source, GAsyncResult *result, gpointer data)
{
  PhFilterProposals *self = PH_FILTER_PROPOSALS (source);
  const Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) candidates = g_task_propagate_pointer (G_TASK (result), NULL);

  self->busy = FALSE;
  if (!self->parent)
    return;
  if (self->pending)
    propose (self);
  if (job->turn != self->turn)
    return;
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  self->candidates = g_steal_pointer (&candidates);
  self->whole = FALSE;
  if (self->candidates->len == 0 || is_said (self, job))
    ph_filter_proposals_close (self);
  else
    show (self, job->spot.start, job->spot.end);
}

static void
saved_free (gpointer data)
{
  PhFilterCandidate *candidate = data;

  g_free (candidate->text);
  g_free (candidate->label);
  g_free (candidate);
}

/* FALSE: there are none, or something has been typed. */
static gboolean
propose_saved (PhFilterProposals *self)
{
  guint n = self->saved ? ph_saved_filters_get_n (self->saved) : 0;

  if (n == 0 || *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    return FALSE;
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  self->candidates = g_ptr_array_new_with_free_func (saved_free);
  for (guint i = 0; i < n; i++)
    {
      PhFilterCandidate *candidate = g_new0 (PhFilterCandidate, 1);

      candidate->text = g_strdup (ph_saved_filters_get_text (self->saved, i));
      candidate->label = g_strdup (ph_saved_filters_get_name (self->saved, i));
      g_ptr_array_add (self->candidates, candidate);
    }
  self->whole = TRUE;
  show (self, 0, 0);
  return TRUE;
}

static void
propose (PhFilterProposals *self)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  const char *text = gtk_editable_get_text (editable);
  const PhSchema *schema = ph_table_get_schema (self->table);
  g_autoptr (GTask) task = NULL;
  PhSnapshot *snapshot = ph_table_get_snapshot (self->table);
  Job *job;

  self->turn++;
  self->pending = FALSE;
  if (propose_saved (self))
    return;
  self->pending = self->busy;
  if (self->busy)
    return;
  job = g_new0 (Job, 1);
  job->schema = schema;
  job->turn = self->turn;
  ph_filter_spot_init (&job->spot, schema, text,
                       (gsize) (g_utf8_offset_to_pointer (text, gtk_editable_get_position (editable)) - text));
  if (job->spot.part == PH_FILTER_PART_NONE)
    {
      job_free (job);
      ph_filter_proposals_close (self);
      return;
    }
  if (snapshot && ph_filter_spot_takes_values (&job->spot, schema))
    job->snapshot = ph_snapshot_ref (snapshot);
  self->busy = TRUE;
  task = g_task_new (self, NULL, counted, NULL);
  g_task_set_task_data (task, job, job_free);
  ph_worker_run (task, count);
}

static gboolean
typed (gpointer data)
{
  PhFilterProposals *self = data;

  self->idle_id = 0;
  propose (self);
  return G_SOURCE_REMOVE;
}

static gboolean
has_focus (PhFilterProposals *self)
{
  GtkRoot *root = gtk_widget_get_root (self->entry);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && gtk_widget_is_ancestor (focus, self->entry);
}

/* The cursor is set only after this. Text that nobody types, a chip's or an example, is not completed. */
static void
changed (PhFilterProposals *self)
{
  if (self->muted)
    return;
  if (!has_focus (self))
    ph_filter_proposals_close (self);
  else if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, typed, self, NULL);
}

/* Or it is the window that is left: for good, or because the guide's popover has just closed. What is being counted is
 * wanted all the same. */
static void
left (PhFilterProposals *self)
{
  if (ph_filter_proposals_are_open (self) || !has_focus (self))
    ph_filter_proposals_close (self);
}

/* --- keys --- */

static gboolean
key_pressed (PhFilterProposals *self, guint keyval, guint keycode, GdkModifierType state)
{
  int selected;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (!ph_filter_proposals_are_open (self))
    return (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down) && propose_saved (self);
  selected = ph_proposal_list_get_selected (self->list);
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      ph_proposal_list_step (self->list, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      ph_proposal_list_step (self->list, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Tab:
      take (self, (guint) MAX (selected, 0));
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if (selected >= 0)
        take (self, (guint) selected);
      else
        ph_filter_proposals_close (self);
      return selected >= 0 ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    case GDK_KEY_Escape:
      ph_filter_proposals_close (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* --- life --- */

PhFilterProposals *
ph_filter_proposals_new (GtkWidget *parent, GtkWidget *entry, PhTable *table)
{
  PhFilterProposals *self = g_object_new (PH_TYPE_FILTER_PROPOSALS, NULL);

  self->parent = parent;
  self->entry = entry;
  self->table = g_object_ref (table);
  self->list = ph_proposal_list_new (parent, entry, take, self);
  self->changed_id = g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed), self);

  /* Before the entry, whose own Escape clears it. */
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (entry, self->keys);
  self->focus = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (self->focus, "leave", G_CALLBACK (left), self);
  gtk_widget_add_controller (entry, self->focus);

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_AUTOCOMPLETE,
                                  GTK_ACCESSIBLE_AUTOCOMPLETE_LIST, GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  return self;
}

void
ph_filter_proposals_set_saved (PhFilterProposals *self, PhSavedFilters *saved)
{
  g_set_object (&self->saved, saved);
}

void
ph_filter_proposals_detach (PhFilterProposals *self)
{
  if (!self->parent)
    return;
  ph_filter_proposals_close (self);
  g_clear_signal_handler (&self->changed_id, self->entry);
  gtk_widget_remove_controller (self->entry, self->keys);
  gtk_widget_remove_controller (self->entry, self->focus);
  g_clear_pointer (&self->list, ph_proposal_list_free);
  self->parent = self->entry = NULL;
}

static void
ph_filter_proposals_finalize (GObject *object)
{
  PhFilterProposals *self = PH_FILTER_PROPOSALS (object);

  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_object (&self->saved);
  g_clear_object (&self->table);
  G_OBJECT_CLASS (ph_filter_proposals_parent_class)->finalize (object);
}

static void
ph_filter_proposals_class_init (PhFilterProposalsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_filter_proposals_finalize;
  chosen_signal = g_signal_new ("chosen", PH_TYPE_FILTER_PROPOSALS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
}

static void
ph_filter_proposals_init (PhFilterProposals *self)
{
}
