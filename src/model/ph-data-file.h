/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Porthole's own folder in the user's data. Its files are nobody else's business, and a broken one is not thrown away.
 * Blocking, but for the path; for a worker.
 */
#pragma once

#include <gio/gio.h>

#define PH_DATA_FILE_ASIDE_MAX 9

/* Of the file @name in the folder "porthole" of g_get_user_data_dir(). Free with g_free(). */
char *ph_data_file_path (const char *name);

/* Sees to it that the folder of @path is there; a new one is for the user alone (0700). Errors: G_IO_ERROR. */
gboolean ph_data_file_make_folder (const char *path, GError **error);

/* The @n-th name for a file that is set aside, from 1: "history.broken-1.db" for "history.db". Free with g_free(). */
char *ph_data_file_aside_name (const char *path, guint n);

/* Gives the file the first of these names that is free, or the last, whose file is replaced; returns it. Free with
 * g_free(). NULL: errors of G_IO_ERROR. */
char *ph_data_file_set_aside (const char *path, GError **error);
