/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers the addresses that a PhNames wants, in the background, with GResolver: at most 16 at once, each once. Emits
 * "resolved" at most twice a second when names have come in. Idle while nothing is wanted.
 */
#pragma once

#include <gio/gio.h>

#include "ph-names.h"

#define PH_TYPE_RESOLVER (ph_resolver_get_type ())
G_DECLARE_FINAL_TYPE (PhResolver, ph_resolver, PH, RESOLVER, GObject)

/* @resolver NULL: the default one. */
PhResolver *ph_resolver_new (PhNames *names, GResolver *resolver);

/* Looks whether something is wanted: call after cells have been drawn. Does nothing while disabled. */
void ph_resolver_kick (PhResolver *self);
void ph_resolver_set_enabled (PhResolver *self, gboolean enabled);
