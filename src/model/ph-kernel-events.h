/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel's own news on the main loop: "routes have changed", told at most ten times a second, at once if it was
 * quiet.
 *
 * A flood is taken in pieces and told as one. Where the kernel had to drop events, all kinds are told as changed, so
 * that the whole is looked at again. What changes without being told by itself (routes, when their link goes down) is
 * told with what made it change.
 */
#pragma once

#include <gio/gio.h>

#include "ph-event-socket.h"

#define PH_TYPE_KERNEL_EVENTS (ph_kernel_events_get_type ())
G_DECLARE_FINAL_TYPE (PhKernelEvents, ph_kernel_events, PH, KERNEL_EVENTS, GObject)

/* Signal: "changed" (guint kinds), bits of PhEventKinds. Property "lost" (uint): how often the kernel said
 * that it has dropped some, at least once for each time. */

/* @kinds: what to hear of. */
PhKernelEvents *ph_kernel_events_new (guint kinds);

/* Nothing is heard, and no descriptor is open, before this is called with TRUE; FALSE closes it. What happened in
 * between is not told. FALSE and @error where the kernel gives no such socket. */
gboolean ph_kernel_events_set_active (PhKernelEvents *self, gboolean active, GError **error);
