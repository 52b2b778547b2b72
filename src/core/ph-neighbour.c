/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of a neighbour. */
#include "ph-neighbour.h"

#include <linux/neighbour.h>

gboolean
ph_neighbour_is (const PhNeighbour *neighbour, PhNeighbourWord word)
{
  switch (word)
    {
    case PH_NEIGHBOUR_IS_SHOWN:
      return !(neighbour->state & NUD_NOARP) && (neighbour->state != NUD_NONE || neighbour->key.proxy);
    case PH_NEIGHBOUR_IS_REACHABLE:
      return (neighbour->state & NUD_REACHABLE) != 0;
    case PH_NEIGHBOUR_IS_FAILED:
      return (neighbour->state & NUD_FAILED) != 0;
    case PH_NEIGHBOUR_IS_PERMANENT:
      return (neighbour->state & NUD_PERMANENT) != 0;
    case PH_NEIGHBOUR_IS_ROUTER:
      return (neighbour->flags & NTF_ROUTER) != 0;
    case PH_NEIGHBOUR_IS_PROXY:
      return neighbour->key.proxy;
    case PH_NEIGHBOUR_IS_IPV4:
      return neighbour->key.address.family == PH_FAMILY_IPV4;
    case PH_NEIGHBOUR_IS_IPV6:
      return neighbour->key.address.family == PH_FAMILY_IPV6;
    case PH_NEIGHBOUR_IS_NEW:
      return neighbour->head.mark == PH_MARK_NEW;
    case PH_NEIGHBOUR_IS_CLOSED:
      return neighbour->head.mark == PH_MARK_CLOSED;
    case PH_NEIGHBOUR_IS_STALE:
      return neighbour->head.mark == PH_MARK_STALE;
    }
  return FALSE;
}

const char *
ph_neighbour_state_name (guint state)
{
  static const char *const names[]
      = { "INCOMPLETE", "REACHABLE", "STALE", "DELAY", "PROBE", "FAILED", "NOARP", "PERMANENT" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (state & (1u << i))
      return names[i];
  return "NONE";
}
