/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How bad it is, as an icon and a word: never by colour alone. */
#pragma once

#include "ph-counter-meaning.h"

/* Of the icon theme; static. */
const char *ph_severity_icon (PhCounterSeverity severity);

/* "Warning", "Fault", "Information": translated. */
const char *ph_severity_words (PhCounterSeverity severity);

/* A style class of Adwaita that tints the icon; NULL: none. */
const char *ph_severity_class (PhCounterSeverity severity);
