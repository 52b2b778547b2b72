/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the application share: its life (ph-application.c) and its actions (ph-application-actions.c). */
#pragma once

#include "ph-application.h"
#include "ph-lookout.h"

struct _PhApplication
{
  AdwApplication parent_instance;

  PhOptions *options;     /* this process was started with; NULL: none */
  PhLookout *lookout;     /* NULL: one that measures */
  GtkWindow *preferences; /* NULL: not open; borrowed */
  GtkWindow *help;        /* likewise */
  gboolean resident;      /* it was started to watch, not for a window */
  gboolean held;
};

void ph_application_add_actions (PhApplication *self);
