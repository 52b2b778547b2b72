/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers as text, appended to a GString: the few shapes that tables are full of, written out by hand because printf
 * would be most of the time that a large table takes.
 */
#pragma once

#include <glib.h>

/* Decimal digits, no grouping. */
void ph_print_uint (GString *text, guint64 number);
void ph_print_int (GString *text, gint64 number);

/* "0x2a". */
void ph_print_hex (GString *text, guint64 number);

/* The shortest decimal text that reads back as the same double, with a '.' in every locale. @number is finite. */
void ph_print_real (GString *text, double number);

/* For people: SI units, one decimal, the locale's decimal point. Zero is a bare "0", so that a column of idle
 * connections is calm. */
void ph_print_bytes (GString *text, guint64 bytes); /* "850 B", "1.2 MB" */
void ph_print_rate (GString *text, guint64 bytes);  /* "1.2 MB/s" */

/* The largest unit that fits. */
void ph_print_latency (GString *text, guint64 us);       /* "85 µs", "1.2 ms", "2.0 s" */
void ph_print_duration (GString *text, guint64 seconds); /* "12 s", "3 min", "2 h", "5 d" */
