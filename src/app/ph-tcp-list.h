/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every value of tcp_info, in groups, each with its unit and what it means. */
#pragma once

#include <adwaita.h>

#include "ph-tcp-facts.h"

#define PH_TYPE_TCP_LIST (ph_tcp_list_get_type ())
G_DECLARE_FINAL_TYPE (PhTcpList, ph_tcp_list, PH, TCP_LIST, AdwBin)

/* @length: bytes that the kernel has told; what a newer one would tell is counted. @congestion: algorithm, or NULL. */
void ph_tcp_list_show (PhTcpList *self, const PhTcpInfo *info, gsize length, const char *congestion, PhUnits units);

/* All of it, with headings; free with g_free(). */
char *ph_tcp_list_dup_text (PhTcpList *self);
