/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * netstat's options, as the window and the command line both take them, and the few that only one of them has: argv in,
 * options or an error in words out.
 *
 * Both families are understood: net-tools' netstat(8), with short options that may be joined ("-tanp"), and Windows',
 * whose options may also begin with a slash ("/ano", "/?"). Where the same letter means two things, what else is said
 * decides:
 *
 *   -p   followed by the name of a protocol limits to that, as on Windows; else it shows programs, as on Linux
 *   -e   alone or with -s is the Ethernet totals, as on Windows; else it shows more, as on Linux
 *   -o   shows timers, as on Linux, and the process, as on Windows
 *
 * Long options may be shortened while they stay unambiguous ("--list"); values follow as the next argument or after a
 * "=". Pure: prints nothing and ends nothing.
 */
#pragma once

#include "ph-topic.h"

/* Who is asked. */
typedef enum
{
  PH_PROGRAM_CLI,    /* porthole-cli */
  PH_PROGRAM_WINDOW, /* porthole */
} PhProgram;

typedef enum
{
  PH_OUTPUT_TEXT = 0,
  PH_OUTPUT_CSV,
  PH_OUTPUT_JSON,
} PhOutput;

/* -p PROTO on Windows: what a listing or the statistics are limited to. */
typedef enum
{
  PH_PROTO_TCP = 0,
  PH_PROTO_UDP,
  PH_PROTO_ICMP,
  PH_PROTO_IP,
  PH_PROTO_TCPV6,
  PH_PROTO_UDPV6,
  PH_PROTO_ICMPV6,
  PH_PROTO_IPV6,
  PH_N_PROTOS
} PhProto;

typedef struct
{
  /* What is asked for, in the words of netstat: a listing of sockets unless -r, -i, -g, -s or -e alone says otherwise.
   * -e alone and -es are the Ethernet totals (@ethernet) of PH_TABLE_COUNTERS. */
  PhTableId table;
  guint extended;      /* how often -e was given with a listing, -r or -i: more columns */
  gboolean statistics; /* -s */
  gboolean ethernet;   /* -e alone or with -s */
  gboolean timers;     /* -o, which sets @programs too */
  guint protos;        /* -p PROTO: bits (1 << PhProto); 0: not limited */
  gboolean all_tables; /* --all-tables: every route, not only the main table's unicast ones */
  gboolean cached;     /* -C: what the kernel has learned about destinations */
  char *route_to;      /* --route-to: address or name, valid UTF-8; NULL: none */
  char *look_up;       /* --look-up: see ph-lookup-query.h; NULL: nothing */
  guint events;        /* --events: bits (1 << PhActivityWord); 0: all */

  gboolean all, listening;
  gboolean bound;                        /* -q on Windows, which sets @all too: with sockets that are only bound */
  gboolean tcp, udp, udplite, sctp, raw; /* protocols of the Internet families; none: all of them */
  gboolean unix_;
  gboolean ipv4, ipv6; /* none: both. With neither these nor a protocol nor unix_: every kind of socket */
  gboolean numeric;    /* -n: all of the three below, which it sets too */
  gboolean numeric_hosts, numeric_ports, numeric_users;
  gboolean programs;
  gboolean continuous; /* -c, which sets @interval to one second where none is given */
  double interval;     /* seconds; 0: once */
  char *filter;        /* valid UTF-8; NULL: none */
  PhOutput output;
  char *columns;       /* valid UTF-8; NULL: the default ones; "help": list them */
  double measure;      /* the window only: seconds to measure for; 0: do not */
  gboolean background; /* the window only: start without one, and keep watch */
  gboolean help, version;
} PhOptions;

#define PH_OPTIONS_ERROR (ph_options_error_quark ())
GQuark ph_options_error_quark (void);

typedef enum
{
  PH_OPTIONS_ERROR_UNKNOWN,  /* no such option, or a word where none is expected */
  PH_OPTIONS_ERROR_VALUE,    /* a value is missing, superfluous, or not one of those the option takes */
  PH_OPTIONS_ERROR_CONFLICT, /* two options that ask for different tables */
} PhOptionsErrorCode;

/* NULL and @error, whose message names the option, on anything it does not know. @argv as main() has it. Messages are
 * short and fit to show whatever @argv holds. */
PhOptions *ph_options_parse (PhProgram program, int argc, char **argv, GError **error);
void ph_options_free (PhOptions *options);

/* The requests these options ask for (bits as in PhPlan.requests), and the filter that they mean for their table: of
 * sockets "", "is:listening" or "is:active" for -a, -l or neither; of routes the main table's unicast ones; of
 * interfaces those that are up; of counters those that are not zero, and of the protocols named; of what happens the
 * kinds, protocols and families named. The filter is static. */
guint64 ph_options_requests (const PhOptions *options);
const char *ph_options_filter (const PhOptions *options);

/* The groups of counters that are asked for (PH_COUNTER_GROUP); 0: all. Those that Linux counts for both families
 * together belong to either. */
guint64 ph_options_counter_groups (const PhOptions *options);

/* The usage text, and the line that it begins with, translated. */
char *ph_options_usage (PhProgram program);
char *ph_options_synopsis (PhProgram program);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhOptions, ph_options_free)
