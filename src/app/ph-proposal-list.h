/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list below an entry, which never has the focus: whoever types goes on typing, and keys that the entry gets choose.
 */
#pragma once

#include <gtk/gtk.h>

typedef struct _PhProposalList PhProposalList;

typedef void (*PhProposalTaken) (gpointer user_data, guint n);

/* @entry: a GtkEditable inside @parent, which has a layout manager and places the popover. Neither is kept alive.
 * @taken: the @n-th row was clicked. */
PhProposalList *ph_proposal_list_new (GtkWidget *parent, GtkWidget *entry, PhProposalTaken taken, gpointer user_data);
void ph_proposal_list_free (PhProposalList *self);

/* Rows: @second, beside what is proposed, is how often that occurs or what it means; may be NULL. */
void ph_proposal_list_clear (PhProposalList *self);
void ph_proposal_list_add (PhProposalList *self, const char *label, const char *second);

/* Below the byte @start of the entry's text; no row is selected. */
void ph_proposal_list_open (PhProposalList *self, gsize start);
void ph_proposal_list_close (PhProposalList *self);
gboolean ph_proposal_list_is_open (PhProposalList *self);

/* Selects the next row (@step 1) or the one before (-1), round and round. */
void ph_proposal_list_step (PhProposalList *self, int step);

/* -1: none. */
int ph_proposal_list_get_selected (PhProposalList *self);
