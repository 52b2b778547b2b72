/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-capture.h. */
#include "ph-capture.h"

#include <string.h>

#include "ph-recorder.h"

#define MAGIC_LENGTH (sizeof PH_CAPTURE_MAGIC - 1)
#define ALIGNMENT    8

G_STATIC_ASSERT (MAGIC_LENGTH % ALIGNMENT == 0);
G_STATIC_ASSERT (sizeof (PhCaptureHeader) % ALIGNMENT == 0);

gboolean
ph_capture_next (
    const guint8 *bytes, gsize length, gsize *offset, PhFrameKind *kind, const guint8 **payload, gsize *payload_length)
{
  PhCaptureHeader header;
  gsize at = *offset;
  gsize padded;

  if (at == 0)
    {
      if (length < MAGIC_LENGTH || memcmp (bytes, PH_CAPTURE_MAGIC, MAGIC_LENGTH) != 0)
        return FALSE;
      at = MAGIC_LENGTH;
      *offset = at; /* a capture with no frames is whole */
    }

  if (at > length || length - at < sizeof header)
    return FALSE;
  memcpy (&header, bytes + at, sizeof header);
  at += sizeof header;

  padded = ((gsize) header.length + ALIGNMENT - 1) & ~(gsize) (ALIGNMENT - 1);
  if (padded < header.length || padded > length - at)
    return FALSE;
  if (header.kind < PH_FRAME_BEGIN || header.kind > PH_FRAME_END)
    return FALSE;

  *kind = (PhFrameKind) header.kind;
  *payload = bytes + at;
  *payload_length = header.length;
  *offset = at + padded;
  return TRUE;
}
