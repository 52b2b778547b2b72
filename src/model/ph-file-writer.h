/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes a file whole or not at all: until it is committed the old file is what it was, and dropping the writer leaves
 * no trace. Blocking; for a worker.
 */
#pragma once

#include <gio/gio.h>

typedef struct _PhFileWriter PhFileWriter;

/* Of the names of files that are being written, beside the old ones. A crash leaves them. */
#define PH_FILE_WRITER_PREFIX ".porthole-"

PhFileWriter *ph_file_writer_new (GFile *file, GCancellable *cancellable, GError **error);
/* The new file is for the user alone (0600), whatever the old one was. Local files only: others are left as they are.
 */
gboolean ph_file_writer_make_private (PhFileWriter *self, GError **error);

gboolean ph_file_writer_write (
    PhFileWriter *self, const char *bytes, gsize length, GCancellable *cancellable, GError **error);

/* Puts the new file in the place of the old one. */
gboolean ph_file_writer_commit (PhFileWriter *self, GCancellable *cancellable, GError **error);

/* After a commit, or instead of one. */
void ph_file_writer_free (PhFileWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhFileWriter, ph_file_writer_free)
