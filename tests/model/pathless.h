/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that has no path, as those of remote shares: it can be replaced through its stream and no other way. */
#pragma once

#include <gio/gio.h>

/* One that is really @file. */
GFile *pathless_new (GFile *file);
