/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file of what has been seen listening: read once, written again, whole or not at all, whenever it has changed.
 * Nothing here waits, but for ph_known_store_close().
 *
 * A broken file is set aside, what listens is learned anew, and "notice" says so. The file of a newer Porthole, or one
 * that cannot be read, is left alone: then nothing is saved, and "error" says why. A file that cannot be written
 * ("error") is tried again, after a minute at the latest.
 *
 * Of the main thread. Properties:
 *   "error"  (string): changes are not saved, and why: a translated sentence; NULL: they are
 *   "notice" (string): what was set aside: a translated sentence; NULL: nothing
 */
#pragma once

#include <gio/gio.h>

#include "ph-known.h"

#define PH_TYPE_KNOWN_STORE (ph_known_store_get_type ())
G_DECLARE_FINAL_TYPE (PhKnownStore, ph_known_store, PH, KNOWN_STORE, GObject)

/* @path: of the file, copied; NULL: known-ports in the user's data folder. */
PhKnownStore *ph_known_store_new (const char *path);

/* What the file says; an empty set where there is none, or none that can be read: this never fails. Once, before
 * anything is saved. The result is the caller's. */
void ph_known_store_load_async (PhKnownStore *self, GAsyncReadyCallback callback, gpointer user_data);
PhKnown *ph_known_store_load_finish (PhKnownStore *self, GAsyncResult *result);

/* Writes @known (referenced) a second from now; several that come quickly after another are written once, the last of
 * them. Nothing is written where it is the set that was loaded or last written. */
void ph_known_store_save (PhKnownStore *self, PhKnown *known);

/* Writes what waits now. FALSE and @error (G_IO_ERROR): it waits still. Not after it was closed. */
void ph_known_store_flush_async (PhKnownStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean ph_known_store_flush_finish (PhKnownStore *self, GAsyncResult *result, GError **error);

/* Borrowed, NULL: see above. */
const char *ph_known_store_get_error (PhKnownStore *self);
const char *ph_known_store_get_notice (PhKnownStore *self);

/* At the end of the program: writes what waits, and blocks for it, but not longer than @timeout_ms. FALSE: it was not
 * written. Afterwards nothing is taken any more. One that is dropped without this writes as well, if the process lives
 * long enough. */
gboolean ph_known_store_close (PhKnownStore *self, guint timeout_ms);
