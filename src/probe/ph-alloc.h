/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory or abort: nothing in the probe has a better answer to an exhausted heap. */
#pragma once

#include <stdlib.h>

static inline void *
ph_alloc (size_t count, size_t size)
{
  void *memory = calloc (count > 0 ? count : 1, size);

  if (memory == NULL)
    abort ();
  return memory;
}

static inline void *
ph_realloc (void *old, size_t count, size_t size)
{
  void *memory = reallocarray (old, count, size);

  if (memory == NULL)
    abort ();
  return memory;
}
