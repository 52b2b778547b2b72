/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signals that reach no other process than the one that was meant.
 *
 * A PID alone is a number that the next process may be given. A pidfd is a process: as long as that lives nobody else
 * can have its PID, so what /proc says of this PID after the pidfd is held is said of the process that it holds; and
 * once that has ended the pidfd reaches nobody.
 */
#pragma once

#include "ph-deed.h"

/* Holds whatever process has @pid now. -1 and errno on failure: ESRCH, ENOSYS before Linux 5.3, EINVAL for a thread.
 * Close it with close(2). */
int ph_process_grip (int32_t pid);

/* Whether what is held, and whatever has had this PID since, is the process that was started then. DONE: it is. */
PhOutcome ph_process_grip_check (int grip, const PhDeedProcess *process);

/* @signal 0: only whether it may be sent. */
PhOutcome ph_process_grip_signal (int grip, int signal);
