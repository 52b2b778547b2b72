/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A harness is one function that takes any bytes and must come back. It is linked to libFuzzer (option "fuzzers"), and
 * to driver.c, which runs its corpus as an ordinary test. Adding one: fuzz-NAME.c here, its name in meson.build, and at
 * least one input in corpus/NAME.
 */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length);

/* As g_assert(), but also in a release build: what a harness finds wrong must be seen. */
#define fuzz_assert(condition)                                                                                         \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    if (G_UNLIKELY (!(condition)))                                                                                     \
      g_error ("%s: %s", G_STRLOC, #condition);                                                                        \
  }                                                                                                                    \
  G_STMT_END

/* Text that is shown: valid UTF-8, nothing that a terminal obeys. */
static inline void
fuzz_check_text (const char *text)
{
  if (text == NULL)
    return;
  fuzz_assert (g_utf8_validate (text, -1, NULL));
  for (; *text; text = g_utf8_next_char (text))
    fuzz_assert (!g_unichar_iscntrl (g_utf8_get_char (text)));
}
