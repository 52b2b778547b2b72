/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the pane share: the pane (ph-socket-details.c), the owner (ph-socket-details-owner.c) and what
 * belongs to the socket (ph-socket-details-kin.c). */
#pragma once

#include "ph-graph.h"
#include "ph-process-facts.h"
#include "ph-socket-details.h"
#include "ph-socket-list.h"
#include "ph-tcp-list.h"

struct _PhSocketDetails
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *title, *subtitle;
  GtkScrolledWindow *scrolled;
  GtkWidget *gone;
  GtkMenuButton *menu;
  GtkDropDown *owners;
  PhFacts *process_facts;
  GtkWidget *queue;
  GtkLevelBar *queue_level;
  GtkLabel *queue_words;
  GtkListBox *ties;
  AdwActionRow *connections, *listener, *peer;
  GtkWidget *graphs;
  PhGraph *traffic, *latency;
  PhFacts *facts;
  GtkWidget *others;
  GtkLabel *others_title;
  PhSocketList *list;
  PhTcpList *tcp;

  gboolean built;
  gboolean shows; /* something is on show: */
  PhSocketKey key;
  guint owner;           /* number of the owner that is told about */
  PhProcess *process;    /* that owner, NULL: none is known */
  char *owner_words;     /* what the list of owners was made from */
  GCancellable *finding; /* the process's application */
  gint64 now_us;
  PhUnits units;

  PhPast *past;
  PhSocketReport *report;
  PhSocketKey listener_key, peer_key;
  char *connections_filter, *all_filter;
};

/* Which of the owners is told about, and whose application that is. */
void ph_socket_details_choose_process (PhSocketDetails *self, const PhSocket *socket);
void ph_socket_details_show_owners (PhSocketDetails *self, const PhSocket *socket);

/* For the signals of ph-socket-details.ui. */
void ph_socket_details_add_owner_callbacks (GtkBuilderCScope *scope);
void ph_socket_details_add_kin_callbacks (GtkBuilderCScope *scope);
