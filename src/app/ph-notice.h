/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bar that says what went wrong and stays until it is right again. (AdwBanner came with libadwaita 1.3.) */
#pragma once

#include <adwaita.h>

#define PH_TYPE_NOTICE (ph_notice_get_type ())
G_DECLARE_FINAL_TYPE (PhNotice, ph_notice, PH, NOTICE, AdwBin)

/* NULL hides it. */
void ph_notice_set_text (PhNotice *self, const char *text);
const char *ph_notice_get_text (PhNotice *self);
