/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Start at login, without a window: by a file in the autostart folder (Desktop Application Autostart Specification),
 * or in a sandbox by asking the Background portal, which also lets the program stay when its window is closed.
 */
#pragma once

#include <gio/gio.h>

/* The file: porthole's in XDG_CONFIG_HOME. Free with g_free(). */
char *ph_autostart_path (void);

/* What is in it for the executable @program, an absolute path. Free with g_free(). */
char *ph_autostart_text (const char *program);

/* Whether it starts at login from now on. Errors: G_IO_ERROR; FAILED where the portal, or somebody whom it asked, says
 * no. */
void ph_autostart_set_async (gboolean on, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean ph_autostart_set_finish (GAsyncResult *result, GError **error);

/* Then it takes a permission to stay in the background. */
gboolean ph_autostart_in_sandbox (void);
