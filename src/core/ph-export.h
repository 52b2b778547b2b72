/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows as CSV (RFC 4180), JSON (RFC 8259) and netstat's text, appended to a GString so that the caller can write as it
 * goes. */
#pragma once

#include "ph-snapshot.h"

typedef enum
{
  PH_CSV_SAFE = 1 << 0,   /* text that begins with = + - @ tab or CR gets a leading ', so that no spreadsheet runs it */
  PH_CSV_TITLES = 1 << 1, /* the header holds translated titles; else column ids */
  PH_CSV_SEMICOLON = 1 << 2, /* between fields; else a comma */
  PH_CSV_TAB = 1 << 3,       /* likewise */
} PhCsvFlags;

/* Lines end in CRLF. Numbers are plain and never neutralised. @columns is NULL-terminated. */
void ph_csv_header (GString *csv, const PhColumn *const *columns, PhCsvFlags flags);
void ph_csv_row (GString *csv, const PhColumn *const *columns, gconstpointer record, PhCsvFlags flags);

/* An array of one object per row: "[", rows with separators, "]". */
void ph_json_begin (GString *json);
void ph_json_row (GString *json, const PhColumn *const *columns, gconstpointer record, gboolean first);
void ph_json_end (GString *json);

/* JSON Lines: an object, and the end of the line. Nothing before the first, nor behind the last. */
void ph_json_line (GString *json, const PhColumn *const *columns, gconstpointer record);

/* Appends a JSON string, quoted; any bytes in, valid UTF-8 out. */
void ph_json_string (GString *json, const char *text);
