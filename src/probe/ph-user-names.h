/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Login names of user ids. */
#pragma once

#include "ph-answer.h"

/* Serves PH_REQUEST_USERS by getpwuid_r(3): one NAME frame for each id, in order. */
void ph_user_names (const PhRequest *request, PhAnswer *answer);
