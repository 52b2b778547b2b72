/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One network interface: the record of the Interfaces table (netstat -i).
 *
 * Sources: RTM_NEWLINK of rtnetlink(7) (linux/if_link.h), RTM_NEWADDR (linux/if_addr.h), /proc/net/igmp and igmp6, and
 * ETHTOOL_MSG_LINKMODES_GET_REPLY (linux/ethtool_netlink.h).
 */
#pragma once

#include "ph-address.h"
#include "ph-error.h"
#include "ph-schema.h"

/* struct rtnl_link_stats64 of linux/if_link.h, in its order, as of Linux 5.19; an older kernel's is shorter, the rest
 * is zero then. What each counts, and where netstat shows it: ph-link-counters.h. */
typedef struct
{
  guint64 rx_packets;
  guint64 tx_packets;
  guint64 rx_bytes;
  guint64 tx_bytes;
  guint64 rx_errors;
  guint64 tx_errors;
  guint64 rx_dropped;
  guint64 tx_dropped;
  guint64 multicast;
  guint64 collisions;
  guint64 rx_length_errors;
  guint64 rx_over_errors;
  guint64 rx_crc_errors;
  guint64 rx_frame_errors;
  guint64 rx_fifo_errors;
  guint64 rx_missed_errors;
  guint64 tx_aborted_errors;
  guint64 tx_carrier_errors;
  guint64 tx_fifo_errors;
  guint64 tx_heartbeat_errors;
  guint64 tx_window_errors;
  guint64 rx_compressed;
  guint64 tx_compressed;
  guint64 rx_nohandler;
  guint64 rx_otherhost_dropped;
} PhLinkStats;

typedef struct
{
  PhAddress address;
  PhAddress peer;      /* the other end of a point-to-point link; family NONE: there is none */
  PhAddress broadcast; /* family NONE: there is none */
  guint8 prefix;       /* length: 24 of 192.0.2.1/24; with a peer it is the peer's */
  guint8 scope;        /* enum rt_scope_t of linux/rtnetlink.h */
  guint16 reserved;
  guint32 flags;       /* IFA_F_* of linux/if_addr.h */
  guint32 valid_s;     /* seconds until it is removed; PH_LIFETIME_FOREVER */
  guint32 preferred_s; /* seconds until it is no longer used for new connections; PH_LIFETIME_FOREVER */
} PhLinkAddress;

#define PH_LIFETIME_FOREVER G_MAXUINT32

typedef enum
{
  PH_DUPLEX_UNKNOWN = 0,
  PH_DUPLEX_HALF,
  PH_DUPLEX_FULL,
} PhDuplex;

#define PH_LINK_LETTERS_MAX 16
#define PH_LINK_SPEED_NONE  G_MAXUINT32

typedef struct
{
  guint32 index; /* a renamed link keeps it */
} PhLinkKey;

/* Per second. NAN: not known, at the first look and where the counter went back. */
typedef struct
{
  double rx_bytes;
  double tx_bytes;
  double rx_packets;
  double tx_packets;
} PhLinkRate;

/* What the next rate counts from. */
typedef struct
{
  guint64 rx_bytes;
  guint64 tx_bytes;
  guint64 rx_packets;
  guint64 tx_packets;
  gint64 age_us;   /* how long ago these were read */
  gint64 usual_us; /* how far looks have lately been apart; 0: not known */
} PhLinkBase;

typedef struct
{
  PhRecord head;
  PhLinkKey key;

  guint32 flags;         /* IFF_* of linux/if.h */
  guint16 type;          /* ARPHRD_* of linux/if_arp.h */
  guint8 state;          /* IF_OPER_* of linux/if.h, RFC 2863 */
  guint8 has_stats;      /* FALSE: the kernel sent no counters; all are zero then */
  guint32 mtu;           /* bytes */
  guint32 queue_length;  /* packets: txqueuelen */
  guint32 group;         /* number of the device group; 0: default */
  guint32 promiscuity;   /* how many want all packets (tcpdump is one); IFF_PROMISC tells only of ifconfig's */
  guint32 carrier_count; /* how often the carrier came or went */
  guint32 master;        /* index of the bridge, bond... it belongs to; 0: none */
  guint32 link;          /* index of the link it stands on (a VLAN's); 0: none; in another namespace with link_netns */
  gint32 link_netns;     /* number of the namespace that @link is in; -1: this one */
  guint32 speed;         /* Mbit/s; PH_LINK_SPEED_NONE: not known */
  guint8 duplex;         /* PhDuplex */
  guint8 reserved[3];

  /* netstat's Flg: a letter for each flag that is set; empty: none is ("[NO FLAGS]" in netstat). */
  char letters[PH_LINK_LETTERS_MAX];

  PhLinkStats stats;

  PhLinkRate rate;
  PhTrace rx_trace; /* bytes per second */
  PhTrace tx_trace;

  /* Looks that follow one another too closely to tell a rate share the rate of the first (ph_link_advance()). */
  PhLinkBase base;

  guint n_addresses;
  guint n_groups;
  const PhLinkAddress *addresses; /* IPv4 first, in the kernel's order */
  const PhAddress *groups;        /* multicast groups joined, IPv4 first */

  const char *name;      /* never NULL */
  const char *kind;      /* IFLA_INFO_KIND: "veth", "bridge"...; else by @type: "ether", "loopback"...; NULL: neither */
  const char *detail;    /* what the kind adds, in ip-link(8)'s words: "id 7", "mode active-backup", "tap"; NULL */
  const char *mac;       /* link layer address: "02:00:00:00:00:01", for tunnels an IP address; NULL: has none */
  const char *broadcast; /* that of the link layer; NULL: has none */
  const char *qdisc;     /* NULL: not reported */
  const char *alias;     /* what an administrator wrote; NULL */
  const char *master_name; /* NULL where @master is 0 */
  const char *link_name;   /* NULL where @link is 0 */

  /* Why addresses, groups, speed and duplex are not known. */
  PhError addresses_error;
  PhError groups_error;
  PhError settings_error;
} PhLink;

extern const PhSchema ph_link_schema;

/* The words for "is:" in a filter, in the order of ph_link_schema.words. */
typedef enum
{
  PH_LINK_IS_UP, /* IFF_UP: what netstat -i shows without -a */
  PH_LINK_IS_DOWN,
  PH_LINK_IS_LOOPBACK,
  PH_LINK_IS_RUNNING, /* IFF_RUNNING: can carry data */
  PH_LINK_IS_NEW,
  PH_LINK_IS_CLOSED,
  PH_LINK_IS_STALE,
} PhLinkWord;

gboolean ph_link_is (const PhLink *link, PhLinkWord word);

/* "UP", "LOWERLAYERDOWN"...: as ip(8) writes the operational state. Never NULL. */
const char *ph_link_state_name (const PhLink *link);

/* What netstat shows as RX-DRP: net/core/net-procfs.c adds those that the device missed. */
guint64 ph_link_rx_drp (const PhLink *link);

/* "192.0.2.1/24", "192.0.2.1 peer 192.0.2.2/32" */
void ph_link_address_print (const PhLinkAddress *address, GString *text);

/* "global", "link", "host", "site", "nowhere", or the number. Appended. */
void ph_link_scope_print (guint scope, GString *text);

/* The words of ip-address(8) for IFA_F_*, with blanks between: "dynamic mngtmpaddr". Appends nothing where none is set.
 * IFA_F_PERMANENT is left out, as ip does; its absence is "dynamic". */
void ph_link_address_flags_print (const PhLinkAddress *address, GString *text);

/* For PhSchema. */
void ph_link_copy (PhSnapshot *snapshot, gpointer target, gconstpointer source);
void ph_link_advance (gpointer record, gconstpointer previous, gint64 elapsed_us);
