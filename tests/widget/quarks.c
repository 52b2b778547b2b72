/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GLib drops its table of quarks when 2048 of them have filled it, which it calls a leak itself (gquark.c), and so many
 * names have the types, properties and signals of a whole window. To the leak sanitizer it stays in sight here: what is
 * first allocated in its size, before main(), is kept.
 */
#include <glib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ASAN
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN
#endif

#ifdef HAS_ASAN
/* Called by the sanitizer of each block; gcc 12 has no header for it. */
void __sanitizer_malloc_hook (const volatile void *block, size_t size);

#define TABLE (2048 * sizeof (gpointer))

static const volatile void *volatile quark_table;

void
__sanitizer_malloc_hook (const volatile void *block, size_t size)
{
  if (size == TABLE && !quark_table)
    quark_table = block;
}
#endif
