/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One ph_arrange(), in a worker where it takes long: a question with all that it depends on, and its answer.
 *
 * Belongs to the thread that starts it, which needs a running main loop. Ends by calling @done once, from there,
 * unless it was abandoned; after that it is gone.
 */
#pragma once

#include "ph-arrange.h"

typedef struct _PhArrangeJob PhArrangeJob;

typedef void (*PhArrangeDone) (PhArrangeJob *job, gpointer user_data);

/* Copies or references all it is given. @tag and @asked are the caller's, to know the answer by. */
PhArrangeJob *ph_arrange_job_start (PhSnapshot *snapshot,
                                    const PhArrangement *how,
                                    const PhFilterContext *context,
                                    guint tag,
                                    gboolean asked,
                                    PhArrangeDone done,
                                    gpointer user_data);

/* The answer is no longer of use: @done is called soon, with no slots. */
void ph_arrange_job_stop (PhArrangeJob *job);

/* The same, and @done is not called. */
void ph_arrange_job_abandon (PhArrangeJob *job);

/* In @done: */
gboolean ph_arrange_job_get_slots (PhArrangeJob *job, const guint32 **slots, guint *n_slots); /* FALSE: stopped */
guint ph_arrange_job_get_tag (PhArrangeJob *job);
gboolean ph_arrange_job_get_asked (PhArrangeJob *job);
