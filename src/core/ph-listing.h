/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table as the command line prints it, one look after another: netstat's text, a table of chosen columns, CSV or
 * JSON, whatever the options say. Appends to a GString, so that the caller can write as it goes.
 *
 * Of several looks CSV has one header at the top; JSON has one array after another.
 */
#pragma once

#include "ph-column.h"
#include "ph-options.h"
#include "ph-snapshot.h"

typedef struct _PhListing PhListing;

/* @options, @columns (NULL-terminated) and @style are borrowed until ph_listing_free(). */
PhListing *ph_listing_new (const PhOptions *options, const PhColumn *const *columns, const PhStyle *style);
void ph_listing_free (PhListing *listing);

/* @snapshot, whose records the rows are, lives until ph_listing_end() returns. */
void ph_listing_begin (PhListing *listing, const PhSnapshot *snapshot, GString *text);
void ph_listing_row (PhListing *listing, gconstpointer record, GString *text);
void ph_listing_end (PhListing *listing, GString *text);

/* The addresses of @record whose names the text shows, if they have any. Returns how many. */
#define PH_LISTING_HOSTS_MAX 2
guint ph_listing_hosts (PhTableId table, gconstpointer record, const PhAddress *hosts[PH_LISTING_HOSTS_MAX]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhListing, ph_listing_free)
