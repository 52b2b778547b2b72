/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernel's answer to "Which route?": a sentence, and below it how it came to that. */
#pragma once

#include <adwaita.h>

#include "ph-route-explain.h"

#define PH_TYPE_ROUTE_NOTE (ph_route_note_get_type ())
G_DECLARE_FINAL_TYPE (PhRouteNote, ph_route_note, PH, ROUTE_NOTE, AdwBin)

void ph_route_note_show_waiting (PhRouteNote *self, const char *address);
void ph_route_note_show_answer (PhRouteNote *self, const PhRouteExplanation *explanation);
void ph_route_note_show_error (PhRouteNote *self, const char *message);
void ph_route_note_hide (PhRouteNote *self);

/* What was done so that its row can be seen; NULL: nothing. */
void ph_route_note_set_remark (PhRouteNote *self, const char *remark);

/* Of what is shown; for tests. */
const char *ph_route_note_get_headline (PhRouteNote *self);
const char *ph_route_note_get_line (PhRouteNote *self);
