/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A deed in words, translated: the question before it, and how it went. All plain text, fit to show; names from outside
 * are kept short. Free with g_free().
 */
#pragma once

#include "ph-obstacle.h"
#include "ph-restart.h"
#include "ph-toll.h"

/* --- before --- */

/* "End nginx?", "Close This Connection?", "Stop Listening on TCP 443?". @process: whom END and KILL are for, NULL for
 * CLOSE. */
char *ph_deed_heading (PhDeedName deed, const PhSocket *socket, const PhProcess *process);

/* "nginx (PID 4242), started 3 h ago (2026-11-25 18:02:11)". @started: seconds since the epoch; 0: not known; @now
 * likewise. */
char *ph_process_words (const PhProcess *process, gint64 started, gint64 now);

/* What END or KILL will do: who it is, what goes, what systemd does then. @toll and @service may be NULL. */
char *ph_deed_process_body (PhDeedName deed,
                            const PhProcess *process,
                            gint64 started,
                            gint64 now,
                            const PhToll *toll,
                            PhRestart restart,
                            const char *service);

/* What CLOSE will do to this socket; @process: the first of its owners, or NULL. */
char *ph_deed_socket_body (const PhSocket *socket, const PhProcess *process, gint64 started, gint64 now);

/* The name of the button that does it: "_End Process". Static. */
const char *ph_deed_verb (PhDeedName deed, const PhSocket *socket);

/* --- after --- */

/* "The connection is closed", "nginx was asked to end", "Not permitted: …". @name: the process's, NULL for CLOSE. */
char *ph_outcome_sentence (PhDeedName deed, const PhOutcome *outcome, const char *name, gboolean sandboxed);

/* "nginx has not ended yet" */
char *ph_deed_unheeded_sentence (const char *name);
