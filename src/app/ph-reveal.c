/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table that has just been filled grows for some frames (ph-gradual.h), and in 4.8 a list has no other way to be
 * scrolled than its own action. */
#include "ph-reveal.h"

#define PATIENCE 30 /* frames */

typedef struct
{
  PhRow *row;
  guint frames;
  gboolean focus;
  gboolean scrolled;
} Reveal;

static void
reveal_free (gpointer data)
{
  Reveal *reveal = data;

  g_object_unref (reveal->row);
  g_free (reveal);
}

/* The list of rows in the column view below @widget. */
static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LIST_VIEW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

/* The keyboard goes on from there. */
static void
focus_selected (GtkWidget *list)
{
  for (GtkWidget *row = gtk_widget_get_first_child (list); row; row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED && gtk_widget_get_mapped (row))
      {
        gtk_widget_grab_focus (row);
        return;
      }
}

static gboolean
scroll (GtkWidget *table, GdkFrameClock *clock, gpointer data)
{
  Reveal *reveal = data;
  GListModel *rows = G_LIST_MODEL (ph_table_view_get_selection (PH_TABLE_VIEW (table)));
  guint position = ph_view_find (ph_table_view_get_view (PH_TABLE_VIEW (table)), reveal->row);
  GtkWidget *list = find_list (table);

  if (position == G_MAXUINT || !list || ++reveal->frames > PATIENCE)
    return G_SOURCE_REMOVE;
  if (reveal->scrolled)
    {
      focus_selected (list);
      return G_SOURCE_REMOVE;
    }
  /* GTK warns when a list is scrolled between a change and its next frame. */
  if (reveal->frames == 1 || position >= g_list_model_get_n_items (rows) || !gtk_widget_get_mapped (list))
    return G_SOURCE_CONTINUE;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (rows), position, TRUE);
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
  reveal->scrolled = TRUE;
  return reveal->focus;
}

static gboolean
reveal_row (PhTableView *table, PhRow *row, gboolean focus)
{
  Reveal *reveal;

  if (ph_view_find (ph_table_view_get_view (table), row) == G_MAXUINT)
    return FALSE;
  reveal = g_new0 (Reveal, 1);
  reveal->row = g_object_ref (row);
  reveal->focus = focus;
  gtk_widget_add_tick_callback (GTK_WIDGET (table), scroll, reveal, reveal_free);
  return TRUE;
}

gboolean
ph_reveal_row (PhTableView *table, PhRow *row)
{
  return reveal_row (table, row, FALSE);
}

gboolean
ph_reveal_go_to (PhTableView *table, PhRow *row)
{
  return reveal_row (table, row, TRUE);
}
