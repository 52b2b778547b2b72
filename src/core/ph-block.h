/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The large pieces of memory that snapshots are made of. They are filled in one worker thread and freed in another,
 * tens of megabytes each second; malloc(3) keeps what was freed, and apart for each thread: a window with 80,000 rows
 * had two snapshots' worth of it lying idle. These come from the kernel and go back to it.
 */
#pragma once

#include <glib.h>

/* Uninitialised; aborts where there is no memory. From and to any thread; @size must be the same for both. */
gpointer ph_block_take (gsize size);
void ph_block_give (gpointer block, gsize size);
