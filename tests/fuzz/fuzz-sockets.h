/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the harnesses of the socket decoders share: decode a frame, look at every record, link them. */
#pragma once

#include "fuzz.h"
#include "ph-decoder.h"
#include "ph-linker.h"

static inline void
fuzz_check_snapshot (PhSnapshot *snapshot, PhRequestName request)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&ph_socket_schema);
  guint n;

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      fuzz_assert (socket->head.request == request);
      fuzz_assert (socket->state <= PH_STATE_BOUND_INACTIVE);
      fuzz_assert (socket->key.cookie != 0);
      fuzz_assert (socket->shutdown <= 3);
      fuzz_check_text (socket->path);
      fuzz_check_text (socket->congestion);
    }

  /* Keys that come twice are the linker's to sort out. */
  ph_snapshot_edit_look (snapshot, request)->look = PH_LOOK_GOOD;
  ph_linker_link (linker, snapshot);
  ph_snapshot_added (snapshot, &n);
  fuzz_assert (n == ph_snapshot_n_records (snapshot) && n == ph_snapshot_n_slots (snapshot));
  for (guint i = 0; i < n; i++)
    fuzz_assert (ph_snapshot_at (snapshot, i) != NULL);
}

/* The frame is copied to memory of its very length, aligned as frames are. */
static inline int
fuzz_netlink (PhRequestName request, const uint8_t *bytes, size_t length)
{
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  g_autofree void *frame = g_memdup2 (bytes, length);

  ph_decode_netlink_frame (snapshot, request, PH_WANT_TCP_WHOLE, frame, length);
  fuzz_check_snapshot (snapshot, request);
  return 0;
}
