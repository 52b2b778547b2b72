/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds which socket: the links of /proc/PID/fd that read "socket:[INODE]" (proc(5)). */
#pragma once

#include "ph-answer.h"

/*
 * Serves PH_REQUEST_OWNERS. In this order: the guesses, the processes named, all others with the newest first (of
 * these only the newer ones with PH_WANT_NARROW). Without PH_WANT_FULL_WALK it ends as soon as each inode has a holder;
 * with it, and no inodes given, every descriptor of every socket is reported. Where inodes are given, a holder is told
 * once per socket and process, with its lowest descriptor. Where many descriptors are to be read two threads share the
 * work, by process.
 */
void ph_owner_walk (const PhRequest *request, PhAnswer *answer);
