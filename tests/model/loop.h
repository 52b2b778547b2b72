/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letting the main loop run in a test, until something is so or for a while. */
#pragma once

#include <glib.h>

/* A test that waits in vain is ended by meson's timeout. */
#define RUN_UNTIL(condition)                                                                                           \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    while (!(condition))                                                                                               \
      g_main_context_iteration (NULL, TRUE);                                                                           \
  }                                                                                                                    \
  G_STMT_END

static inline gboolean
loop_set_true (gpointer done)
{
  *(gboolean *) done = TRUE;
  return G_SOURCE_REMOVE;
}

static inline void
loop_run_for (guint ms)
{
  gboolean done = FALSE;

  g_timeout_add (ms, loop_set_true, &done);
  RUN_UNTIL (done);
}

/* Whether the main loop would sleep for ever: nothing to dispatch, and no timeout. */
static inline gboolean
loop_is_asleep (void)
{
  GMainContext *context = g_main_context_default ();
  GPollFD fds[16];
  int priority, timeout;

  while (g_main_context_iteration (context, FALSE))
    ;
  g_assert_true (g_main_context_acquire (context));
  gboolean ready = g_main_context_prepare (context, &priority);
  g_main_context_query (context, priority, &timeout, fds, G_N_ELEMENTS (fds));
  g_main_context_release (context);
  return !ready && timeout < 0;
}
