/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the chips above the connections say, and what that means: a filter in the language of ph-filter.h, and the
 * requests that are worth making. Pure; the buttons are in PhFilterBar.
 */
#pragma once

#include <glib.h>

#include "ph-options.h"

/* netstat's -a, its default, -l. */
typedef enum
{
  PH_SHOW_ALL = 0,
  PH_SHOW_ACTIVE,
  PH_SHOW_LISTENING,
} PhShow;

typedef enum
{
  PH_KIND_TCP = 0,
  PH_KIND_UDP,
  PH_KIND_UNIX,
  PH_KIND_RAW,
  PH_KIND_UDPLITE,
  PH_KIND_SCTP,
  PH_KIND_DCCP,
  PH_KIND_MPTCP,
  PH_KIND_PACKET,
  PH_KIND_NETLINK,
  PH_KIND_VSOCK,
  PH_N_KINDS
} PhKind;

typedef struct
{
  const char *id;    /* as in "proto:ID" */
  const char *title; /* N_() */
  guint64 requests;  /* bits as in PhPlan.requests */
} PhKindInfo;

extern const PhKindInfo ph_kinds[PH_N_KINDS];

typedef struct
{
  PhShow show;
  guint kinds; /* bit (1 << PhKind); 0: every kind */
  gboolean ipv4, ipv6;
  gboolean established, closing; /* without meaning while show is PH_SHOW_LISTENING */
} PhChips;

/* "" where everything is shown. */
char *ph_chips_to_filter (const PhChips *chips);
guint64 ph_chips_to_requests (const PhChips *chips);

/* What netstat's options ask for. Without -a and -l: active. */
void ph_chips_from_options (PhChips *chips, const PhOptions *options);

/* "all", "active", "listening"; FALSE for another text. */
const char *ph_show_id (PhShow show);
gboolean ph_show_from_id (const char *id, PhShow *show);
