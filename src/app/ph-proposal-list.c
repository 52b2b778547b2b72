/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The popover does not hide by itself: those that do take the focus, and somebody is typing. */
#include "ph-proposal-list.h"

#include <glib/gi18n.h>

#include "ph-label.h"
#include "ph-popover.h"

#define MAX_HEIGHT 320
#define FEW        4 /* rows that are seen without scrolling, however large the text */

struct _PhProposalList
{
  GtkWidget *parent;
  GtkWidget *entry;
  PhProposalTaken taken;
  gpointer user_data;

  GtkWidget *popover; /* NULL: never opened */
  GtkListBox *list;
  int n; /* rows */
};

gboolean
ph_proposal_list_is_open (PhProposalList *self)
{
  return self->popover && gtk_widget_get_visible (self->popover);
}

static void
say_open (PhProposalList *self, gboolean open)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
  if (!open)
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
}

void
ph_proposal_list_close (PhProposalList *self)
{
  if (!ph_proposal_list_is_open (self))
    return;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  say_open (self, FALSE);
}

static void
row_activated (PhProposalList *self, GtkListBoxRow *row)
{
  self->taken (self->user_data, (guint) gtk_list_box_row_get_index (row));
}

static void
ensure_popover (PhProposalList *self)
{
  GtkWidget *scrolled;

  if (self->popover)
    return;
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "background");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Proposals"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated), self);
  scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));

  self->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_popover_set_child (GTK_POPOVER (self->popover), scrolled);
  gtk_widget_set_can_focus (self->popover, FALSE);
  gtk_widget_set_parent (self->popover, self->parent);
  ph_popover_align_start (self->popover);
}

/* --- rows --- */

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = ph_label_new (text, style);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  return label;
}

void
ph_proposal_list_clear (PhProposalList *self)
{
  GtkListBoxRow *row;

  self->n = 0;
  while (self->popover && (row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

void
ph_proposal_list_add (PhProposalList *self, const char *text, const char *second)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = make_label (text, NULL);

  ensure_popover (self);
  gtk_widget_add_css_class (row, "ph-proposal");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (second)
    gtk_box_append (GTK_BOX (box), make_label (second, "dim-label"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, second ? second : "", -1);
  gtk_list_box_append (self->list, row);
  self->n++;
}

/* --- opening --- */

static void
point (PhProposalList *self, gsize start)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));
  const char *whole = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  graphene_rect_t cursor, entry;
  graphene_point_t at;

  gtk_text_compute_cursor_extents (GTK_TEXT (text), (gsize) g_utf8_pointer_to_offset (whole, whole + start), &cursor,
                                   NULL);
  if (!gtk_widget_compute_bounds (self->entry, self->parent, &entry)
      || !gtk_widget_compute_point (text, self->parent, &cursor.origin, &at))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                               &(GdkRectangle){ (int) at.x, (int) entry.origin.y, 1, (int) entry.size.height });
}

void
ph_proposal_list_open (PhProposalList *self, gsize start)
{
  GtkWidget *scrolled;

  ensure_popover (self);
  gtk_list_box_unselect_all (self->list);
  /* A scroll bar, even one that is not needed, is higher than a row or two. */
  scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self->list), GTK_TYPE_SCROLLED_WINDOW);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  self->n > FEW ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  point (self, start);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  say_open (self, TRUE);
}

/* --- choosing --- */

void
ph_proposal_list_step (PhProposalList *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int at = row ? gtk_list_box_row_get_index (row) : step > 0 ? -1 : self->n;
  GtkAdjustment *adjustment = gtk_list_box_get_adjustment (self->list);
  graphene_rect_t box;

  row = gtk_list_box_get_row_at_index (self->list, (at + step + self->n) % self->n);
  gtk_list_box_select_row (self->list, row);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
  if (adjustment && gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &box))
    gtk_adjustment_clamp_page (adjustment, box.origin.y, box.origin.y + box.size.height);
}

int
ph_proposal_list_get_selected (PhProposalList *self)
{
  GtkListBoxRow *row = self->popover ? gtk_list_box_get_selected_row (self->list) : NULL;

  return row ? gtk_list_box_row_get_index (row) : -1;
}

/* --- life --- */

PhProposalList *
ph_proposal_list_new (GtkWidget *parent, GtkWidget *entry, PhProposalTaken taken, gpointer user_data)
{
  PhProposalList *self = g_new0 (PhProposalList, 1);

  self->parent = parent;
  self->entry = entry;
  self->taken = taken;
  self->user_data = user_data;
  return self;
}

void
ph_proposal_list_free (PhProposalList *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_free (self);
}
