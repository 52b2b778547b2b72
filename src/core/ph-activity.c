/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of an entry of the log, and the names of what happens. */
#include "ph-activity.h"

#include <string.h>

#include "ph-i18n.h"

static const struct
{
  const char *name;
  const char *label;
} kinds[PH_N_ACTIVITIES] = {
  [PH_ACTIVITY_PORT_OPENED] = { "port-opened", N_ ("Port opened") },
  [PH_ACTIVITY_PORT_CLOSED] = { "port-closed", N_ ("Port closed") },
  [PH_ACTIVITY_CONNECTION_OPENED] = { "connection-opened", N_ ("Connection opened") },
  [PH_ACTIVITY_CONNECTION_CLOSED] = { "connection-closed", N_ ("Connection closed") },
  [PH_ACTIVITY_LINK_ADDED] = { "link-added", N_ ("Interface added") },
  [PH_ACTIVITY_LINK_REMOVED] = { "link-removed", N_ ("Interface removed") },
  [PH_ACTIVITY_LINK_UP] = { "link-up", N_ ("Interface up") },
  [PH_ACTIVITY_LINK_DOWN] = { "link-down", N_ ("Interface down") },
  [PH_ACTIVITY_ADDRESS_ADDED] = { "address-added", N_ ("Address added") },
  [PH_ACTIVITY_ADDRESS_REMOVED] = { "address-removed", N_ ("Address removed") },
  [PH_ACTIVITY_ROUTE_ADDED] = { "route-added", N_ ("Route added") },
  [PH_ACTIVITY_ROUTE_REMOVED] = { "route-removed", N_ ("Route removed") },
  [PH_ACTIVITY_ROUTE_CHANGED] = { "route-changed", N_ ("Route changed") },
  [PH_ACTIVITY_NEIGHBOUR_FAILED] = { "neighbour-failed", N_ ("Neighbour failed") },
  [PH_ACTIVITY_EVENTS_LOST] = { "events-lost", N_ ("Events lost") },
};

static const struct
{
  const char *name;
  const char *label;
} ends[PH_N_ENDS] = {
  [PH_ENDED_HERE] = { "here", N_ ("Closed here") },
  [PH_ENDED_PEER] = { "peer", N_ ("Closed by the other end") },
  [PH_ENDED_ORDERLY] = { "orderly", N_ ("Closed by both") },
  [PH_ENDED_RESET] = { "reset", N_ ("Reset") },
  [PH_ENDED_TIMED_OUT] = { "timed-out", N_ ("Timed out") },
  [PH_ENDED_REFUSED] = { "refused", N_ ("Refused") },
};

void
ph_activity_init (PhActivity *entry, PhActivityKind kind, gint64 time_us)
{
  memset (entry, 0, sizeof *entry);
  entry->head.slot = PH_NO_SLOT;
  entry->kind = (guint8) kind;
  entry->time_us = time_us;
  entry->duration_us = PH_ACTIVITY_UNKNOWN_US;
  entry->rx_bytes = PH_ACTIVITY_UNKNOWN_BYTES;
  entry->tx_bytes = PH_ACTIVITY_UNKNOWN_BYTES;
  entry->prefix_length = PH_ACTIVITY_NO_PREFIX;
}

void
ph_activity_set_socket (PhActivity *entry, const PhSocket *socket)
{
  const PhOwnership *owner = &socket->owner;

  entry->socket = socket->key;
  entry->local = socket->local;
  entry->local_port = socket->local_port;
  if (!ph_address_is_any (&socket->remote))
    entry->remote = socket->remote;
  entry->remote_port = socket->remote_port;
  entry->interface = socket->interface;
  entry->interface_name = socket->interface_name;
  entry->note = owner->note;
  entry->unit = owner->unit ? owner->unit->name : NULL;
  if (owner->n_owners > 0)
    {
      const PhProcess *process = owner->owners[0].process;

      entry->process = process->comm;
      entry->pid = process->pid;
      entry->exe = *process->exe ? process->exe : NULL;
    }
}

const char *
ph_activity_kind_name (PhActivityKind kind)
{
  return (guint) kind < PH_N_ACTIVITIES ? kinds[kind].name : NULL;
}

const char *
ph_activity_kind_label (PhActivityKind kind)
{
  return ph_activity_kind_name (kind) ? _ (kinds[kind].label) : NULL;
}

const char *
ph_activity_end_name (PhActivityEnd end)
{
  return (guint) end < PH_N_ENDS ? ends[end].name : NULL;
}

const char *
ph_activity_end_label (PhActivityEnd end)
{
  return ph_activity_end_name (end) ? _ (ends[end].label) : NULL;
}

gboolean
ph_activity_is (const PhActivity *entry, PhActivityWord word)
{
  guint kind = entry->kind;

  switch (word)
    {
    case PH_ACTIVITY_IS_PORTS:
      return kind == PH_ACTIVITY_PORT_OPENED || kind == PH_ACTIVITY_PORT_CLOSED;
    case PH_ACTIVITY_IS_CONNECTIONS:
      return kind == PH_ACTIVITY_CONNECTION_OPENED || kind == PH_ACTIVITY_CONNECTION_CLOSED;
    case PH_ACTIVITY_IS_LINKS:
      return kind >= PH_ACTIVITY_LINK_ADDED && kind <= PH_ACTIVITY_LINK_DOWN;
    case PH_ACTIVITY_IS_ADDRESSES:
      return kind == PH_ACTIVITY_ADDRESS_ADDED || kind == PH_ACTIVITY_ADDRESS_REMOVED;
    case PH_ACTIVITY_IS_ROUTES:
      return kind >= PH_ACTIVITY_ROUTE_ADDED && kind <= PH_ACTIVITY_ROUTE_CHANGED;
    case PH_ACTIVITY_IS_NEIGHBOURS:
      return kind == PH_ACTIVITY_NEIGHBOUR_FAILED;
    case PH_ACTIVITY_IS_LOST:
      return kind == PH_ACTIVITY_EVENTS_LOST;
    case PH_ACTIVITY_IS_OPENED:
      return kind == PH_ACTIVITY_PORT_OPENED || kind == PH_ACTIVITY_CONNECTION_OPENED || kind == PH_ACTIVITY_LINK_ADDED
             || kind == PH_ACTIVITY_LINK_UP || kind == PH_ACTIVITY_ADDRESS_ADDED || kind == PH_ACTIVITY_ROUTE_ADDED;
    case PH_ACTIVITY_IS_CLOSED:
      return kind == PH_ACTIVITY_PORT_CLOSED || kind == PH_ACTIVITY_CONNECTION_CLOSED
             || kind == PH_ACTIVITY_LINK_REMOVED || kind == PH_ACTIVITY_LINK_DOWN || kind == PH_ACTIVITY_ADDRESS_REMOVED
             || kind == PH_ACTIVITY_ROUTE_REMOVED;
    }
  return FALSE;
}

/* --- time --- */

#define DAY_S        (24 * 60 * 60)
#define DAYS_TO_1970 719468 /* from 0000-03-01, where years are taken to begin: leap days come last then */
#define DAYS_IN_400  146097
#define SECONDS_MIN  (-G_GINT64_CONSTANT (62135596800)) /* 0001-01-01 */
#define SECONDS_MAX  G_GINT64_CONSTANT (253402300799)   /* 9999-12-31T23:59:59 */

static char *
put_digits (char *at, guint number, guint n)
{
  for (guint i = n; i > 0; i--, number /= 10)
    at[i - 1] = (char) ('0' + number % 10);
  return at + n;
}

/* By hand, because it is done for every entry, and gmtime_r(3) takes a lock. */
void
ph_activity_print_iso (gint64 time_us, char iso[PH_ACTIVITY_ISO_SIZE])
{
  gint64 micro = ((time_us % G_USEC_PER_SEC) + G_USEC_PER_SEC) % G_USEC_PER_SEC;
  gint64 seconds = CLAMP (time_us / G_USEC_PER_SEC - (time_us % G_USEC_PER_SEC < 0), SECONDS_MIN, SECONDS_MAX);
  guint second = (guint) (((seconds % DAY_S) + DAY_S) % DAY_S);
  guint days = (guint) ((seconds - second) / DAY_S + DAYS_TO_1970);
  guint era = days / DAYS_IN_400, day = days % DAYS_IN_400;
  guint year = (day - day / 1460 + day / 36524 - day / (DAYS_IN_400 - 1)) / 365;
  guint month;

  day -= 365 * year + year / 4 - year / 100;
  month = (5 * day + 2) / 153;
  day -= (153 * month + 2) / 5;
  year += era * 400 + (month >= 10);
  month = month < 10 ? month + 3 : month - 9;

  iso = put_digits (iso, year, 4);
  *iso++ = '-';
  iso = put_digits (iso, month, 2);
  *iso++ = '-';
  iso = put_digits (iso, day + 1, 2);
  *iso++ = 'T';
  iso = put_digits (iso, second / 3600, 2);
  *iso++ = ':';
  iso = put_digits (iso, second / 60 % 60, 2);
  *iso++ = ':';
  iso = put_digits (iso, second % 60, 2);
  *iso++ = '.';
  iso = put_digits (iso, (guint) micro, 6);
  *iso++ = 'Z';
  *iso = '\0';
}
