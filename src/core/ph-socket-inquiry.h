/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is asked about one socket whose details are in sight, besides what its table asks about all: the whole tcp_info,
 * and the process with its parents, up to the first one. Like the collector it asks nobody itself:
 *
 *   inquiry = ph_socket_inquiry_new (socket, pid);
 *   while (ph_socket_inquiry_next (inquiry, &request))
 *     ph_probe_ask (probe, &request, ph_socket_inquiry_sink, inquiry, stop, NULL);
 *   report = ph_socket_inquiry_end (inquiry);
 */
#pragma once

#include "ph-frame.h"
#include "ph-request.h"
#include "ph-socket.h"

/* A chain that is longer is cut. */
#define PH_LINEAGE_MAX 32

typedef struct
{
  gint64 time_us;     /* CLOCK_MONOTONIC, of the answer about the socket; 0: it was not asked for, or is gone */
  PhTcpInfo info;     /* what the kernel has not told is zero */
  gsize info_length;  /* bytes that it has told; 0: none */
  char *congestion;   /* algorithm; NULL */
  GPtrArray *lineage; /* PhProcess: the process, its parent, and so on; empty: not asked for, or gone */
} PhSocketReport;

typedef struct _PhSocketInquiry PhSocketInquiry;

/* @socket is only looked at now. @pid: whose lineage is wanted; 0: nobody's. */
PhSocketInquiry *ph_socket_inquiry_new (const PhSocket *socket, gint32 pid);
void ph_socket_inquiry_free (PhSocketInquiry *inquiry);

gboolean ph_socket_inquiry_next (PhSocketInquiry *inquiry, PhRequest *request);
void ph_socket_inquiry_sink (void *user, PhFrameKind kind, const void *bytes, size_t length);
PhSocketReport *ph_socket_inquiry_end (PhSocketInquiry *inquiry);

void ph_socket_report_free (PhSocketReport *report);

/* How the kernel finds this socket again. FALSE: it is no TCP or UDP socket, or the kernel has not numbered it. */
gboolean ph_socket_get_id (const PhSocket *socket, PhSocketId *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhSocketInquiry, ph_socket_inquiry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhSocketReport, ph_socket_report_free)
