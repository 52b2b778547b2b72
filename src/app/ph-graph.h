/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A large graph of what is received and sent, or of round trips: the last minute, ten minutes or hour of a PhHistory or
 * of a PhPast, or all of the latter. With axes in bits a second (or as the user likes it), a legend that tells what is
 * now, and words for a moment that is pointed at.
 */
#pragma once

#include <adwaita.h>

#include "ph-graph-words.h"

#define PH_TYPE_GRAPH (ph_graph_get_type ())
G_DECLARE_FINAL_TYPE (PhGraph, ph_graph, PH, GRAPH, AdwBin)

/* Properties: "latency" (boolean, at construction): of round trips; "span" (uint): PhSpan, or PH_SPAN_WHOLE where there
 * is a past; "bare" (boolean): without the buttons for that, which another graph has. */

/* Whose graph it is, for a screen reader: "Traffic of eth0", translated. */
void ph_graph_set_name (PhGraph *self, const char *name);

/* @history (borrowed; NULL: none) has PH_N_SERIES series of bits a second. @now_us: when it was last added to; that is
 * the right edge. To be called again after each push, and with NULL before it is freed. */
void ph_graph_show (PhGraph *self, const PhHistory *history, gint64 now_us);

/* The same for @past. A graph shows either the one or the other, not both in turn. */
void ph_graph_show_past (PhGraph *self, const PhPast *past, gint64 now_us);

void ph_graph_set_span (PhGraph *self, guint span);
guint ph_graph_get_span (PhGraph *self);

/* What it says to who does not see it. */
const char *ph_graph_get_description (PhGraph *self);
