/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * iproute2's names for numbers: of routing tables and of routing protocols, ip-route(8).
 *
 * The distribution's files are below /usr/share/iproute2, the administrator's below /etc/iproute2, and either may have
 * a folder of more of them: rt_tables, rt_tables.d/NAME.conf. In a sandbox those are the sandbox's own, and the host's
 * are below /run/host.
 */
#pragma once

#include "ph-answer.h"

/* What all of these are below: "". Only tests that build a tree of their own set it. */
extern const char *ph_name_file_root;

/* Gives all that there are of @name (PH_REQUEST_ROUTE_TABLES, PH_REQUEST_ROUTE_PROTOCOLS) as TEXT frames, a part for
 * each, what is said later being the better word. That there is none is no failure. */
void ph_name_files_give (PhRequestName name, PhAnswer *answer);
