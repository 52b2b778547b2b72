/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of what has been seen listening, whole. Blocking: for the thread of a PhKnownStore. */
#pragma once

#include <gio/gio.h>

#include "ph-known.h"

/*
 * What the file says; an empty set where there is none. Never NULL. @aside gets the name of a file that was broken and
 * is set aside (free with g_free()), else NULL. @error: the file is left alone, and must not be written: it could not
 * be read (G_IO_ERROR), or is of a newer version (PH_KNOWN_ERROR_VERSION).
 */
PhKnown *ph_known_file_read (const char *path, char **aside, GError **error);

/* Errors: G_IO_ERROR; the old file is as it was. A new one is for the user alone (0600). */
gboolean ph_known_file_write (const char *path, const PhKnown *known, GError **error);
