/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What both layouts of interfaces share: they come by name, as netstat has them. */
#pragma once

#include "ph-layout.h"
#include "ph-link.h"

typedef struct
{
  GPtrArray *links; /* const PhLink *, of this look */
} PhLinkList;

/* For PhLayout: the list is the state. */
gpointer ph_link_list_create (const PhOptions *options, const PhStyle *style);
void ph_link_list_destroy (gpointer list);
void ph_link_list_begin (gpointer list, const PhSnapshot *snapshot, GString *text);
void ph_link_list_row (gpointer list, gconstpointer record, GString *text);

/* Sorts them: "eth2" before "eth10". */
void ph_link_list_sort (PhLinkList *list);
