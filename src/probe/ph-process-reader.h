/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of single processes from /proc/PID (proc(5)). */
#pragma once

#include "ph-answer.h"

/* Serves PH_REQUEST_PROCESSES: one PROCESS frame for each pid, in order; pid 0 is this process. */
void ph_process_reader (const PhRequest *request, PhAnswer *answer);
