/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The application that a process belongs to, for its icon and name: by its Flatpak id, by the program that a desktop
 * file starts, or by the name of its unit.
 *
 * Desktop files are read once, in a worker, and again after some have changed. What starts everything (a shell, an
 * interpreter) tells nothing about who is started.
 */
#pragma once

#include <gio/gio.h>

#include "ph-process.h"

/* @process: only looked at now. */
void ph_app_find_async (const PhProcess *process,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);

/* NULL: none, or it was cancelled. */
GAppInfo *ph_app_find_finish (GAsyncResult *result);

/* --- the parts, for tests --- */

typedef struct _PhAppCatalog PhAppCatalog;

/* @apps: GAppInfo, not kept. */
PhAppCatalog *ph_app_catalog_new (GList *apps);
PhAppCatalog *ph_app_catalog_ref (PhAppCatalog *catalog);
void ph_app_catalog_unref (PhAppCatalog *catalog);

/* Borrowed; NULL: none fits. @exe: path of the program, or "". @unit: of the process; NULL: none. */
GAppInfo *ph_app_catalog_find (PhAppCatalog *catalog, const char *exe, const PhUnit *unit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhAppCatalog, ph_app_catalog_unref)
