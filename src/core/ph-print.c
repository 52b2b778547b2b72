/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as text. Digits are made from the back of a small buffer; people's units come from tables. */
#include "ph-print.h"

#include <langinfo.h>

#include "ph-i18n.h"

void
ph_print_uint (GString *text, guint64 number)
{
  char digits[20];
  char *first = digits + sizeof digits;

  do
    *--first = (char) ('0' + number % 10);
  while (number /= 10);
  g_string_append_len (text, first, digits + sizeof digits - first);
}

void
ph_print_int (GString *text, gint64 number)
{
  if (number < 0)
    g_string_append_c (text, '-');
  ph_print_uint (text, number < 0 ? -(guint64) number : (guint64) number);
}

void
ph_print_hex (GString *text, guint64 number)
{
  char digits[16];
  char *first = digits + sizeof digits;

  do
    *--first = "0123456789abcdef"[number % 16];
  while (number /= 16);
  g_string_append_len (text, "0x", 2);
  g_string_append_len (text, first, digits + sizeof digits - first);
}

void
ph_print_real (GString *text, double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  for (int precision = 15; precision <= 17; precision++)
    {
      const char format[] = { '%', '.', '1', (char) ('0' + precision - 10), 'g', '\0' };

      g_ascii_formatd (digits, sizeof digits, format, number);
      if (g_ascii_strtod (digits, NULL) == number)
        break;
    }
  g_string_append (text, digits);
}

/* The locale's, if it is text at all: a locale may have another encoding than we. */
static const char *
decimal_point (void)
{
  const char *point = nl_langinfo (RADIXCHAR);

  return (guint8) *point < 0x80 || g_utf8_validate (point, -1, NULL) ? point : ".";
}

/* Appends @number / @unit with one decimal, rounded to nearest. */
static void
print_tenths (GString *text, guint64 number, guint64 unit)
{
  guint64 whole = number / unit;
  guint64 tenths = (number % unit * 10 + unit / 2) / unit;

  if (tenths == 10)
    {
      whole++;
      tenths = 0;
    }
  ph_print_uint (text, whole);
  g_string_append (text, decimal_point ());
  g_string_append_c (text, (char) ('0' + tenths));
}

static void
print_scaled (GString *text, guint64 number, guint step, const char *const units[6])
{
  guint64 unit = 1;
  guint i = 0;

  if (number == 0)
    {
      g_string_append_c (text, '0');
      return;
    }

  /* 999,950 is "1.0 MB", not "1000.0 kB": the next unit begins where rounding would reach it. */
  while (i < 5 && number / unit >= step - (i > 0) && (i == 0 || number >= unit * step - unit / 20))
    {
      unit *= step;
      i++;
    }
  if (i == 0)
    ph_print_uint (text, number);
  else
    print_tenths (text, number, unit);
  g_string_append_c (text, ' ');
  g_string_append (text, _ (units[i]));
}

void
ph_print_bytes (GString *text, guint64 bytes, PhUnits units)
{
  static const char *const si[6] = { N_ ("B"), N_ ("kB"), N_ ("MB"), N_ ("GB"), N_ ("TB"), N_ ("PB") };
  static const char *const iec[6] = { N_ ("B"), N_ ("KiB"), N_ ("MiB"), N_ ("GiB"), N_ ("TiB"), N_ ("PiB") };

  if (units & PH_UNITS_IEC)
    print_scaled (text, bytes, 1024, iec);
  else
    print_scaled (text, bytes, 1000, si);
}

/* By PhUnits. */
static const char *const rate_units[4][PH_N_RATE_UNITS] = {
  { N_ ("B/s"), N_ ("kB/s"), N_ ("MB/s"), N_ ("GB/s"), N_ ("TB/s"), N_ ("PB/s") },
  { N_ ("B/s"), N_ ("KiB/s"), N_ ("MiB/s"), N_ ("GiB/s"), N_ ("TiB/s"), N_ ("PiB/s") },
  { N_ ("bit/s"), N_ ("kbit/s"), N_ ("Mbit/s"), N_ ("Gbit/s"), N_ ("Tbit/s"), N_ ("Pbit/s") },
  { N_ ("bit/s"), N_ ("Kibit/s"), N_ ("Mibit/s"), N_ ("Gibit/s"), N_ ("Tibit/s"), N_ ("Pibit/s") },
};

#define KNOWN_UNITS (PH_UNITS_IEC | PH_UNITS_BITS)

void
ph_print_rate (GString *text, guint64 bytes, PhUnits units)
{
  guint64 number = units & PH_UNITS_BITS ? MIN (bytes, G_MAXUINT64 / 8) * 8 : bytes;

  print_scaled (text, number, units & PH_UNITS_IEC ? 1024 : 1000, rate_units[units & KNOWN_UNITS]);
}

const char *
ph_rate_unit (PhUnits units, guint power)
{
  return _ (rate_units[units & KNOWN_UNITS][MIN (power, PH_N_RATE_UNITS - 1)]);
}

void
ph_print_latency (GString *text, guint64 us)
{
  if (us < 1000)
    {
      ph_print_uint (text, us);
      g_string_append_c (text, ' ');
      g_string_append (text, _ ("µs"));
    }
  else if (us < 999950)
    {
      print_tenths (text, us, 1000);
      g_string_append_c (text, ' ');
      g_string_append (text, _ ("ms"));
    }
  else
    {
      print_tenths (text, us, 1000000);
      g_string_append_c (text, ' ');
      g_string_append (text, _ ("s"));
    }
}

void
ph_print_duration (GString *text, guint64 seconds)
{
  static const struct
  {
    guint64 seconds;
    const char *unit;
  } units[] = { { 86400, N_ ("d") }, { 3600, N_ ("h") }, { 60, N_ ("min") }, { 1, N_ ("s") } };
  guint i = 0;

  while (i < G_N_ELEMENTS (units) - 1 && seconds < units[i].seconds)
    i++;
  ph_print_uint (text, seconds / units[i].seconds);
  g_string_append_c (text, ' ');
  g_string_append (text, _ (units[i].unit));
}
