/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One multicast group that an interface has joined: the record of netstat -g.
 *
 * Sources: /proc/net/igmp and /proc/net/igmp6 (net/ipv4/igmp.c, net/ipv6/mcast.c).
 */
#pragma once

#include "ph-address.h"
#include "ph-link-names.h"
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
  const char *name; /* of the interface; never NULL */
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

/* The lines of igmp that name a group stand below the one that names their interface, which may have come in the frame
 * before: zeroed when a part begins, and given again with each frame of it. */
typedef struct
{
  guint32 interface;
  char name[PH_LINK_NAME_MAX]; /* fit to show */
} PhGroupReader;

/* @name is fit to show, and lives as long as the call. */
typedef void (*PhGroupFunc) (const PhGroupKey *key, guint32 users, const char *name, gpointer user_data);

/* A TEXT frame of PH_REQUEST_GROUPS: part 0 is igmp, 1 is igmp6. Calls @func for each group. Returns how many lines
 * could not be understood. */
guint ph_decode_groups (
    PhGroupReader *reader, guint part, const void *bytes, gsize length, PhGroupFunc func, gpointer user_data);
