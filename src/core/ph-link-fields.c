/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter language's fields for links, beside the column ids. */
#include <linux/if.h>

#include "ph-i18n.h"
#include "ph-link-columns.h"

/* --- lists --- */

/* The link's own, then the other ends'. */
static gboolean
nth_address (gconstpointer record, guint n, PhValue *value)
{
  const PhLink *link = record;

  if (n < link->n_addresses)
    ph_value_set_address (value, &link->addresses[n].address);
  else if (n < 2 * link->n_addresses)
    ph_value_set_address (value, &link->addresses[n - link->n_addresses].peer);
  else
    return FALSE;
  return TRUE;
}

static gboolean
nth_group (gconstpointer record, guint n, PhValue *value)
{
  const PhLink *link = record;

  if (n >= link->n_groups)
    return FALSE;
  ph_value_set_address (value, &link->groups[n]);
  return TRUE;
}

/* --- closed sets of words --- */

static const guint8 states[] = {
  IF_OPER_UP,      IF_OPER_DOWN,    IF_OPER_LOWERLAYERDOWN, IF_OPER_UNKNOWN,
  IF_OPER_DORMANT, IF_OPER_TESTING, IF_OPER_NOTPRESENT,
};
static const char *const state_words[]
    = { "up", "down", "lowerlayerdown", "unknown", "dormant", "testing", "notpresent", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (state_words) == G_N_ELEMENTS (states) + 1);

static gboolean
is_state (gconstpointer record, guint word)
{
  return ((const PhLink *) record)->state == states[word];
}

static const guint32 flags[] = {
  IFF_UP,       IFF_RUNNING, IFF_LOOPBACK, IFF_BROADCAST, IFF_MULTICAST, IFF_POINTOPOINT, IFF_NOARP,   IFF_PROMISC,
  IFF_ALLMULTI, IFF_MASTER,  IFF_SLAVE,    IFF_DEBUG,     IFF_DYNAMIC,   IFF_LOWER_UP,    IFF_DORMANT,
};
static const char *const flag_words[]
    = { "up",       "running", "loopback", "broadcast", "multicast", "pointopoint", "noarp",   "promisc",
        "allmulti", "master",  "slave",    "debug",     "dynamic",   "lower_up",    "dormant", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (flag_words) == G_N_ELEMENTS (flags) + 1);

static gboolean
is_flag (gconstpointer record, guint word)
{
  return (((const PhLink *) record)->flags & flags[word]) != 0;
}

const PhFilterField ph_link_fields[PH_LINK_N_FIELDS] = {
  { "iface", .columns = { "interface" } },
  { "addr", .nth = nth_address, .kind = PH_VALUE_ADDRESS },
  { "address", .nth = nth_address, .kind = PH_VALUE_ADDRESS },
  { "addresses", .nth = nth_address, .kind = PH_VALUE_ADDRESS },
  { "group", .nth = nth_group, .kind = PH_VALUE_ADDRESS },
  { "groups", .nth = nth_group, .kind = PH_VALUE_ADDRESS },
  { "state", .words = state_words, .is = is_state },
  { "flag", .words = flag_words, .is = is_flag, .help = N_ ("Flags that are set") },
};
