/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A setting that is one of a few words, as a row of preferences to choose from. */
#pragma once

#include <adwaita.h>

/* @row has a name for each of the choices that the schema has for @key, in the schema's order. Bound as long as it
 * lives. */
void ph_choice_bind (GSettings *settings, const char *key, AdwComboRow *row);
