/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers as text, appended to a GString: the few shapes that tables are full of, written out by hand because printf
 * would be most of the time that a large table takes.
 */
#pragma once

#include <glib.h>

/* In which units people want amounts and rates; 0: bytes, in SI's steps of 1000. */
typedef enum
{
  PH_UNITS_IEC = 1 << 0,  /* steps of 1024: KiB, MiB, Mibit/s (IEC 80000-13) */
  PH_UNITS_BITS = 1 << 1, /* rates in bits; amounts are bytes all the same */
} PhUnits;

/* Decimal digits, no grouping. */
void ph_print_uint (GString *text, guint64 number);
void ph_print_int (GString *text, gint64 number);

/* "0x2a". */
void ph_print_hex (GString *text, guint64 number);

/* The shortest decimal text that reads back as the same double, with a '.' in every locale. @number is finite. */
void ph_print_real (GString *text, double number);

/* For people: one decimal, the locale's decimal point. Zero is a bare "0", so that a column of idle connections is
 * calm. */
void ph_print_bytes (GString *text, guint64 bytes, PhUnits units); /* "850 B", "1.2 MB", "1.1 MiB" */
void ph_print_rate (GString *text, guint64 bytes, PhUnits units);  /* per second: "1.2 MB/s", "9.9 Mbit/s" */

/* The units of rates, translated: "B/s" for 0, "kB/s" for 1 and so on, up to "PB/s". */
#define PH_N_RATE_UNITS 6
const char *ph_rate_unit (PhUnits units, guint power);

/* The largest unit that fits. */
void ph_print_latency (GString *text, guint64 us);       /* "85 µs", "1.2 ms", "2.0 s" */
void ph_print_duration (GString *text, guint64 seconds); /* "12 s", "3 min", "2 h", "5 d" */
