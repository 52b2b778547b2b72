/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * netstat's options, as the window and the command line both take them: argv in, options or an error in words out.
 * Pure: prints nothing and ends nothing. Short options may be joined ("-tanp").
 */
#pragma once

#include "ph-collector.h"

typedef enum
{
  PH_OUTPUT_TEXT = 0,
  PH_OUTPUT_CSV,
  PH_OUTPUT_JSON,
} PhOutput;

typedef struct
{
  gboolean all, listening;
  gboolean tcp, udp, raw, unix_; /* none: every kind */
  gboolean ipv4, ipv6;           /* none: both */
  gboolean numeric, programs;
  double interval; /* seconds; 0: once */
  char *filter;    /* NULL: none */
  PhOutput output;
  char *columns; /* NULL: the default ones; "help": list them */
  gboolean help, version;
} PhOptions;

#define PH_OPTIONS_ERROR (ph_options_error_quark ())
GQuark ph_options_error_quark (void);

/* NULL and @error, whose message names the option, on anything it does not know. @argv as main() has it. */
PhOptions *ph_options_parse (int argc, char **argv, GError **error);
void ph_options_free (PhOptions *options);

/* The requests these options ask for (bits as in PhPlan.requests), and the filter that -a, -l or neither means: "", or
 * "is:listening", or "is:active". */
guint64 ph_options_requests (const PhOptions *options);
const char *ph_options_filter (const PhOptions *options);

/* The usage text, translated. */
char *ph_options_usage (const char *program);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhOptions, ph_options_free)
