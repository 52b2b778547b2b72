/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small ones go by malloc(3) all the same: most snapshots have nothing else. */
#include "ph-block.h"

#include <sys/mman.h>

#define LARGE (128 * 1024)

gpointer
ph_block_take (gsize size)
{
  gpointer block;

  if (size < LARGE)
    return g_malloc (size);

  /* All its pages at once: one by one, as each is touched, they take twice as long. */
  block = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (block == MAP_FAILED)
    g_error ("No memory for %" G_GSIZE_FORMAT " bytes", size);
  return block;
}

void
ph_block_give (gpointer block, gsize size)
{
  if (size < LARGE)
    g_free (block);
  else
    munmap (block, size);
}
