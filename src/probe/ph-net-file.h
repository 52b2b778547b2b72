/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of /proc/net, those of the thread's own network namespace: counters and groups, and sockets that sock_diag
 * does not know. */
#pragma once

#include "ph-answer.h"

#define PH_NET_FILES 2 /* at most so many answer to one request, NULL where there are fewer */

/* The files that answer to @name, below /proc/net. NULL: it is not asked of files. */
const char *const *ph_net_files (PhRequestName name);

/* Gives them as TEXT frames, each file a part; returns whether there was any. A failure while one is read is noted in
 * @answer; why the last of those that could not be opened could not is put in *@errnum, 0: all could. */
bool ph_net_files_give (const char *const files[PH_NET_FILES], PhAnswer *answer, int *errnum);
