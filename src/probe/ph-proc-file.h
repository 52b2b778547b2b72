/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading text: files of proc(5) and other small ones, whole lines at a time, in bounded memory. */
#pragma once

#include "ph-answer.h"

#include <sys/types.h>

/* Where proc is mounted: "/proc". Only tests that build a tree of their own set it. */
extern const char *ph_proc_root;

/* Lines longer than this are cut. */
#define PH_PROC_LINE_MAX 65536

/* Opens PROC/@name read-only and close-on-exec, with @flags added. -1 and errno on failure. */
int ph_proc_open (const char *name, int flags);

/* Gives the rest of @fd as TEXT frames of whole lines, up to a buffer full in each. A line that is too long is given
 * cut, with a newline of its own. False on failure, noted in @answer. Closes @fd. */
bool ph_proc_give_lines (int fd, PhAnswer *answer);

/* Reads the beginning of @directory/@name, up to @size bytes, whatever they are. -1 and errno on failure. */
ssize_t ph_proc_read (int directory, const char *name, char *bytes, size_t size);
