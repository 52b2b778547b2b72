/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One neighbour: a host on a network of this machine, and the hardware address that it was found at (ARP, NDP).
 *
 * Source: rtnetlink(7) RTM_NEWNEIGH (linux/neighbour.h, net/core/neighbour.c), ip-neighbour(8).
 */
#pragma once

#include "ph-address.h"
#include "ph-schema.h"

typedef struct
{
  PhAddress address;
  guint32 interface; /* index */
  guint8 proxy;      /* answered for, on behalf of another network */
  guint8 reserved[3];
} PhNeighbourKey;

typedef struct
{
  PhRecord head;
  PhNeighbourKey key;

  guint16 state;     /* NUD_* */
  guint8 flags;      /* NTF_* */
  guint8 type;       /* RTN_*: multicast and broadcast entries are not neighbours proper */
  guint8 protocol;   /* RTPROT_*: who has installed it; 0: nobody says */
  guint32 flags_ext; /* NTF_EXT_* */
  guint32 probes;    /* questions asked in vain */
  guint32 confirmed; /* s since it last proved to be there; PH_NEIGHBOUR_UNKNOWN */
  guint32 used;      /* s since it was last sent to */
  guint32 updated;   /* s since the entry last changed */
  guint32 references;

  const char *mac;            /* hardware address, "52:54:00:12:34:56"; NULL: not known */
  const char *interface_name; /* NULL only where the index is 0 */
} PhNeighbour;

#define PH_NEIGHBOUR_UNKNOWN G_MAXUINT32

extern const PhSchema ph_neighbour_schema;

typedef enum
{
  PH_NEIGHBOUR_IS_SHOWN, /* what ip-neighbour(8) shows: none that need no hardware address */
  PH_NEIGHBOUR_IS_REACHABLE,
  PH_NEIGHBOUR_IS_FAILED,
  PH_NEIGHBOUR_IS_PERMANENT,
  PH_NEIGHBOUR_IS_ROUTER,
  PH_NEIGHBOUR_IS_PROXY,
  PH_NEIGHBOUR_IS_IPV4,
  PH_NEIGHBOUR_IS_IPV6,
  PH_NEIGHBOUR_IS_NEW,
  PH_NEIGHBOUR_IS_CLOSED,
  PH_NEIGHBOUR_IS_STALE, /* of a look that failed, as in every table; the state is "state:stale" */
} PhNeighbourWord;

gboolean ph_neighbour_is (const PhNeighbour *neighbour, PhNeighbourWord word);

/* "REACHABLE", "STALE"...: iproute2's words, the first that applies; "NONE". */
const char *ph_neighbour_state_name (guint state);
