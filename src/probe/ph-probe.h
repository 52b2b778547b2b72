/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The probe: asks the kernel one request at a time and hands what it hears to a sink, unread.
 *
 * Blocking; use it from a worker. One probe serves one thread at a time.
 */
#pragma once

#include <stdatomic.h>

#include "ph-error.h"
#include "ph-frame.h"
#include "ph-request.h"

typedef struct _PhProbe PhProbe;

/* Never fails but for memory (abort); sockets are opened when first needed. Free with ph_probe_free(). */
PhProbe *ph_probe_new (void);
void ph_probe_free (PhProbe *probe);

/*
 * Serves @request: BEGIN, data, END go to @sink. Returns false where END carries an error, and fills @error (may be
 * NULL).
 *
 * A dump is whole or it is an error: an error in the DONE message, a cut message and a foreign sender are all noticed.
 * A dump that the kernel marks interrupted (NLM_F_DUMP_INTR) is drained and begun again, three times, then delivered
 * with PH_END_PARTIAL. A request whose diag module is missing is served from /proc/net where that knows it, else it
 * ends with PH_ERROR_UNSUPPORTED.
 *
 * @stop, where not NULL, is looked at between pieces: once true the request ends early with ECANCELED.
 */
bool ph_probe_ask (
    PhProbe *probe, const PhRequest *request, PhSink sink, void *user, atomic_bool *stop, PhError *error);
