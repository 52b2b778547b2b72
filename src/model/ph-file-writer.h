/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes a file whole or not at all: until it is committed the old file is what it was, and dropping the writer leaves
 * no trace. Blocking; for a worker.
 */
#pragma once

#include <gio/gio.h>

typedef struct _PhFileWriter PhFileWriter;

PhFileWriter *ph_file_writer_new (GFile *file, GCancellable *cancellable, GError **error);
gboolean ph_file_writer_write (
    PhFileWriter *self, const char *bytes, gsize length, GCancellable *cancellable, GError **error);

/* Puts the new file in the place of the old one. */
gboolean ph_file_writer_commit (PhFileWriter *self, GCancellable *cancellable, GError **error);

/* After a commit, or instead of one. */
void ph_file_writer_free (PhFileWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhFileWriter, ph_file_writer_free)
