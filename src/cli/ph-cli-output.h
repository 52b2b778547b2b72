/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the command line writes: a piece at a time, and what came of it. */
#pragma once

#include <glib.h>

/* Exit statuses. */
enum
{
  PH_CLI_GOOD = 0,
  PH_CLI_FAILED = 1, /* something could not be collected or written; no route */
  PH_CLI_USAGE = 2,  /* an option was not understood */
};

typedef struct
{
  GString *text; /* not written yet; append to it */
  int errnum;    /* why nothing more can be written; 0: it can */
} PhCliOutput;

/* For the whole program, first of all: takes care of standard streams that are closed and of pipes that will be. */
void ph_cli_output_init (PhCliOutput *output);
void ph_cli_output_clear (PhCliOutput *output);

/* Writes when enough has come together for it to be worth while. */
void ph_cli_output_check (PhCliOutput *output);

/* Writes all there is. */
void ph_cli_output_flush (PhCliOutput *output);

/* For a loop that must not be held up by a slow reader. What to wait for, with poll(2), on the standard output; then,
 * with what came of that, writes as much as can be without waiting. */
short ph_cli_output_events (const PhCliOutput *output);
void ph_cli_output_ready (PhCliOutput *output, short revents);

/* Writes all there is, unless the reader does not read for @patience_ms: then it does not get the rest. */
void ph_cli_output_drain (PhCliOutput *output, int patience_ms);

/* Writes all there is and returns the exit status, which is @status but for what could not be written. A reader that
 * has gone away is no error. */
int ph_cli_output_finish (PhCliOutput *output, int status);

/* Calls @look once, or every @interval seconds until interrupted or until nothing more can be written, and writes what
 * it has appended. A look that takes longer delays the next; none is made up for. Returns the exit status:
 * PH_CLI_FAILED where any returned FALSE. */
int ph_cli_repeat (double interval, PhCliOutput *output, gboolean (*look) (gpointer user), gpointer user);

/* A line on the standard error output. Escape sequences in what comes from outside (argv, and with it messages that
 * quote it) are shown, not obeyed. */
void ph_cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);
