/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Porthole's own folder in the user's data: its files are nobody else's business, and a broken one is never thrown
 * away. Blocking, but for the path; for a worker. */
#pragma once

#include <gio/gio.h>

/* Of the file @name in the folder "porthole" of g_get_user_data_dir(). Free with g_free(). */
char *ph_data_file_path (const char *name);

/* Sees to it that the folder of @path is there; a new one is for the user alone (0700). Errors: G_IO_ERROR. */
gboolean ph_data_file_make_folder (const char *path, GError **error);

/* Gives the file a new name, which is returned: "history.db" becomes "history.broken-1.db", or -2 where there is one
 * from last time, and so on up to -9, which is replaced. Free with g_free(). NULL: errors of G_IO_ERROR. */
char *ph_data_file_set_aside (const char *path, GError **error);
