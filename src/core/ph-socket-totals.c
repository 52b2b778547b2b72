/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over the records. */
#include "ph-socket-totals.h"

#include "ph-socket.h"

void
ph_socket_totals (const PhSnapshot *snapshot, PhSocketTotals *totals)
{
  guint n = ph_snapshot_n_records (snapshot);

  *totals = (PhSocketTotals){ 0 };
  for (guint i = 0; i < n; i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      totals->sockets++;
      if (socket->head.mark == PH_MARK_CLOSED)
        continue;
      totals->listening += ph_socket_is (socket, PH_SOCKET_IS_LISTENING) ? 1 : 0;
      /* Rates that are not known are left out, also those of sockets that are not TCP. */
      if (socket->rx_rate != PH_RATE_UNKNOWN)
        totals->rx_rate += socket->rx_rate;
      if (socket->tx_rate != PH_RATE_UNKNOWN)
        totals->tx_rate += socket->tx_rate;
      totals->rates_known |= socket->rx_rate != PH_RATE_UNKNOWN || socket->tx_rate != PH_RATE_UNKNOWN;
    }
}
