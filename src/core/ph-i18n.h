/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Translation inside a library: texts are looked up in Porthole's own domain, whichever program is running.
 *
 * N_() marks a text in a table, _() translates one, ngettext-like plurals go through g_dngettext (GETTEXT_PACKAGE, …).
 */
#pragma once

#include "ph-config.h"

#ifndef GETTEXT_PACKAGE
#define GETTEXT_PACKAGE PH_GETTEXT_DOMAIN
#endif
#include <glib/gi18n-lib.h>
