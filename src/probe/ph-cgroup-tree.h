/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From cgroup ids to paths and processes: the tree of the unified hierarchy (cgroups(7)). */
#pragma once

#include "ph-answer.h"

/*
 * Serves PH_REQUEST_CGROUPS: one CGROUP frame for each id, first those that were found, then those that were not. The
 * tree is the first cgroup2 mount in /proc/self/mountinfo whose root is "/", which in the hybrid layout is not
 * /sys/fs/cgroup. Its root has the path "/". A deep or huge tree is not looked through to its end.
 */
void ph_cgroup_tree (const PhRequest *request, PhAnswer *answer);

/* Finds that mount in the text of mountinfo (proc(5)) and puts its path, unescaped, into @path. */
bool ph_cgroup_tree_parse_mount (char *mountinfo, char *path, size_t size);
