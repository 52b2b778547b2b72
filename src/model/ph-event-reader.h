/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hears every event of the kernel (ph-event-socket.h), in a thread of its own.
 *
 * PhKernelEvents tells the main loop that something has changed, and whoever cares looks again. This is for those who
 * must have each event itself, some thousands a second: they neither wait for the main loop, while the kernel's buffer
 * fills, nor keep it from drawing. While the kernel has nothing to tell, nothing wakes up.
 */
#pragma once

#include <gio/gio.h>

#include "ph-event-socket.h"

#define PH_TYPE_EVENT_READER (ph_event_reader_get_type ())
G_DECLARE_FINAL_TYPE (PhEventReader, ph_event_reader, PH, EVENT_READER, GObject)

/* Signal: "received" (), on the main loop, after frames were handed to the function: at once if it was quiet, at most
 * ten times a second. */

/*
 * A NETLINK or LOST frame from the socket for @kinds: those of routing that the reader was made for, or
 * PH_EVENT_DESTROYED. @bytes are the reader's, and valid only during the call.
 *
 * Called in the reader's thread, one call at a time: what it shares with other threads needs a lock of its own. The
 * kernel's buffer fills while it works. It must not wait for the main loop, nor stop or let go of the reader.
 */
typedef void (*PhEventFunc) (gpointer user, guint kinds, PhFrameKind kind, gconstpointer bytes, gsize length);

/* @kinds: bits of PhEventKinds; those of routing have one socket, destroyed sockets another. @destroy may be NULL; it
 * is called with @user in whichever thread lets go of the reader, when nothing is handed over any more. */
PhEventReader *ph_event_reader_new (guint kinds, PhEventFunc func, gpointer user, GDestroyNotify destroy);

/*
 * To be called on the main loop, which is then the one that is told. There is no thread and no descriptor before this
 * is called with TRUE; FALSE ends both, and waits for the function if it is at work. From then on the function is not
 * called; what it got before may not have been told. FALSE and @error where the kernel gives no such sockets.
 */
gboolean ph_event_reader_set_active (PhEventReader *self, gboolean active, GError **error);
