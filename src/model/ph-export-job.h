/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes rows to a file as CSV or JSON in a worker: whole or not at all. On any failure (full disk, read-only folder)
 * the old file stays as it was and the error says why.
 */
#pragma once

#include <gio/gio.h>

#include "ph-export.h"

typedef enum
{
  PH_EXPORT_CSV,
  PH_EXPORT_JSON,
} PhExportFormat;

/* @slots are in the order to write, of @snapshot (both referenced or copied); @columns is NULL-terminated, copied. */
void ph_export_async (GFile *file,
                      PhExportFormat format,
                      PhSnapshot *snapshot,
                      const guint32 *slots,
                      guint n_slots,
                      const PhColumn *const *columns,
                      PhCsvFlags flags,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);

gboolean ph_export_finish (GAsyncResult *result, GError **error);
