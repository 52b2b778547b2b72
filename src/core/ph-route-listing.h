/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Which route?" on the command line: the explanation as text, and as one row for csv and json. */
#pragma once

#include "ph-route-explain.h"

/* Of columns alone: its records are PhRouteExplanation, of which there is one. */
extern const PhSchema ph_route_explanation_schema;

/* "sent", "delivered", "refused", "none", "unknown": stable. */
const char *ph_route_verdict_name (PhRouteVerdict verdict);

/* Appends a sentence, and below it a line for each thing that led to it. */
void ph_route_explanation_print (const PhRouteExplanation *explanation, GString *text);
