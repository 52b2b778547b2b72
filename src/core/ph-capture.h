/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads what PhRecorder wrote (ph-recorder.h): a capture, a test's fixture, a stream from another process.
 *
 *   gsize offset = 0;
 *   while (ph_capture_next (bytes, length, &offset, &kind, &payload, &payload_length))
 *     sink (user, kind, payload, payload_length);
 *   whole = offset == length;
 */
#pragma once

#include <glib.h>

#include "ph-frame.h"

/* The next frame of a capture that is in memory, beginning with @offset 0. FALSE at its end, and where it does not
 * parse: no magic, a kind that does not exist, a length beyond the end. Then @offset stays where it was; the capture
 * was whole if that is @length. @payload points into @bytes; it is aligned to 8 if @bytes is. */
gboolean ph_capture_next (
    const guint8 *bytes, gsize length, gsize *offset, PhFrameKind *kind, const guint8 **payload, gsize *payload_length);
