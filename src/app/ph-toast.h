/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* A toast that says @text, whatever that looks like: a toast's title is markup, and names from outside may be, too. */
AdwToast *ph_toast_new (const char *text);
