/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the connections ask the kernel for, and the first look at it: begun by the program before it has a display, so
 * that the window has rows in its first frame.
 */
#pragma once

#include "ph-chips.h"
#include "ph-source.h"

/* @columns: those in sight, NULL-terminated. */
void ph_look_plan (PhPlan *plan, const PhChips *chips, const PhColumn *const *columns);

/* Begins to look in a thread of its own at what a window that is made now will want: as these options say (NULL: none
 * were given) and as is remembered. */
void ph_look_ahead (const PhOptions *options);

/* The source that looked ahead, once; a new one otherwise. Never NULL; owned by the caller. */
PhSource *ph_look_ahead_take (void);
