/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One multicast group that an interface has joined: the record of netstat -g.
 *
 * Sources: /proc/net/igmp and /proc/net/igmp6 (net/ipv4/igmp.c, net/ipv6/mcast.c).
 */
#pragma once

#include "ph-address.h"
#include "ph-schema.h"

typedef struct
{
  guint32 interface; /* index */
  PhAddress address;
} PhGroupKey;

typedef struct
{
  PhRecord head;
  PhGroupKey key;
  guint32 users;    /* how often it was joined: netstat's RefCnt */
  const char *name; /* of the interface; never NULL once the snapshot is whole */
} PhGroup;

extern const PhSchema ph_group_schema;

/* The words for "is:" in a filter, in the order of ph_group_schema.words. */
typedef enum
{
  PH_GROUP_IS_IPV4,
  PH_GROUP_IS_IPV6,
  PH_GROUP_IS_NEW,
  PH_GROUP_IS_CLOSED,
  PH_GROUP_IS_STALE,
} PhGroupWord;

/* A frame of PH_REQUEST_GROUPS, whole lines of part 0 (igmp) or 1 (igmp6). The lines of igmp stand below the line of
 * their interface, which may have come with the frame before: *@interface is kept between the two, 0 at first. */
typedef void (*PhGroupFunc) (const PhGroupKey *key, guint32 users, const char *name, gpointer user_data);

/* Calls @func for each group; @name is fit to show, and only known for the time of the call. Returns how many lines
 * could not be understood. */
guint ph_decode_groups (
    guint part, const void *bytes, gsize length, guint32 *interface, char name[], PhGroupFunc func, gpointer user_data);
