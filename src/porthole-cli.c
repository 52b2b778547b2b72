/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * porthole-cli: the sockets of this machine as text, CSV or JSON, with netstat's options; no display, no GTK.
 *
 * Exit status: 0; 1 where something could not be collected or written (why, on stderr; what was collected is printed);
 * 2 for options that it does not understand. A reader that goes away (a closed pipe) is no error.
 */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ph-collector.h"
#include "ph-column-list.h"
#include "ph-config.h"
#include "ph-filter.h"
#include "ph-host-names.h"
#include "ph-i18n.h"
#include "ph-listing.h"
#include "ph-probe.h"
#include "ph-socket.h"
#include "ph-text.h"

enum
{
  EXIT_GOOD = 0,
  EXIT_FAILED = 1,
  EXIT_USAGE = 2,
};

#define PIECE            65536 /* bytes that are written at once: what a pipe holds */
#define MAX_HOSTS        16384
#define HOSTS_TIMEOUT_MS 2000

/* What netstat shows, for the words of a filter and for what must be collected. */
#define NETSTAT_COLUMNS "proto,recv_q,send_q,local_address,local_port,remote_address,remote_port,state,path"
#define EXPORT_COLUMNS                                                                                                 \
  "proto,family,local_address,local_port,remote_address,remote_port,state,recv_q,send_q,uid,user,inode,cookie,"        \
  "interface,pid,process,owners,owner_note,unit,exposure,rx_bytes,tx_bytes,rx_rate,tx_rate,rtt_us,min_rtt_us,"         \
  "retransmits,cwnd,delivery_rate,timer,path,peer"

typedef struct
{
  PhOptions *options;
  const PhColumn **columns;
  PhFilter *kind;   /* what -a, -l or neither means */
  PhFilter *filter; /* --filter */
  PhStyle style;
  PhProbe *probe;
  PhCollector *collector;
  PhPlan plan;
  PhListing *listing;
  GString *text; /* not written yet */
  int errnum;    /* why nothing more can be written; 0: it can */
} Cli;

/* Escape sequences in what comes from outside (argv, and with it messages that quote it) are shown, not obeyed. */
G_GNUC_PRINTF (1, 2)
static void
complain (const char *format, ...)
{
  g_autoptr (GString) line = g_string_new ("porthole-cli: ");
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  ph_text_sanitize (message, strlen (message), line);
  g_string_append_c (line, '\n');
  fwrite (line->str, 1, line->len, stderr);
}

static int
complain_usage (const GError *error)
{
  complain ("%s", error->message);
  complain (_ ("“%s” shows the options"), "porthole-cli --help");
  return EXIT_USAGE;
}

/* A standard stream that is closed would be the next file that is opened, and the table be written into that. Where one
 * is, a file that can be neither read nor written takes its place. */
static void
hold_standard_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0)
      open ("/", O_PATH); /* the lowest that is free: @fd */
}

/* Writes all of cli->text, or notes why not. */
static void
flush (Cli *cli)
{
  for (gsize done = 0; done < cli->text->len && !cli->errnum;)
    {
      gssize n = write (STDOUT_FILENO, cli->text->str + done, cli->text->len - done);

      if (n >= 0)
        done += n;
      else if (errno != EINTR)
        cli->errnum = errno;
    }
  g_string_truncate (cli->text, 0);
}

/* The exit status, where it would be @status but for what was written. */
static int
finish (Cli *cli, int status)
{
  flush (cli);
  if (cli->errnum == EPIPE)
    return EXIT_GOOD;
  if (cli->errnum)
    {
      complain (_ ("Could not write: %s"), g_strerror (cli->errnum));
      return EXIT_FAILED;
    }
  return status;
}

static int
print (Cli *cli, char *text)
{
  g_string_append (cli->text, text);
  g_free (text);
  return finish (cli, EXIT_GOOD);
}

/* --- what to ask --- */

static const PhColumn **
choose_columns (const PhOptions *options, GError **error)
{
  const char *list = options->columns;

  if (!list && options->output != PH_OUTPUT_TEXT)
    list = EXPORT_COLUMNS;
  else if (!list)
    list = options->programs ? NETSTAT_COLUMNS ",pid,process" : NETSTAT_COLUMNS;

  g_autofree const PhColumn **columns = ph_column_list_parse (&ph_socket_schema, list, error);

  for (guint i = 0; columns && columns[i]; i++)
    if ((columns[i]->flags & PH_COLUMN_EXPORT_ONLY) && options->output == PH_OUTPUT_TEXT)
      {
        g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("The column “%s” is for csv and json only"),
                     columns[i]->id);
        return NULL;
      }
  return g_steal_pointer (&columns);
}

/* Only what is printed, or what a filter may look at, is asked for: an owner costs a walk over /proc. */
static void
make_plan (Cli *cli)
{
  guint flags = ph_column_list_flags (cli->columns) | ph_filter_flags (cli->filter);

  cli->plan = (PhPlan){
    .requests = ph_options_requests (cli->options),
    .want = (flags & PH_COLUMN_TCP_INFO ? PH_WANT_TCP_INFO : 0) | (flags & PH_COLUMN_MEMORY ? PH_WANT_MEMORY : 0),
    .owners = (flags & PH_COLUMN_OWNER) != 0,
    .full_owners = TRUE,
    .names = ph_column_list_has (cli->columns, "user") || !ph_filter_is_empty (cli->filter),
  };
}

static gboolean
set_up (Cli *cli, GError **error)
{
  const PhOptions *options = cli->options;

  cli->columns = choose_columns (options, error);
  if (!cli->columns)
    return FALSE;
  cli->kind = ph_filter_parse (&ph_socket_schema, ph_options_filter (options), NULL, error);
  if (!cli->kind)
    return FALSE;
  cli->filter = ph_filter_parse (&ph_socket_schema, options->filter ? options->filter : "", NULL, error);
  if (!cli->filter)
    return FALSE;

  cli->style.numeric = options->numeric;
  if (options->output == PH_OUTPUT_TEXT && !options->numeric)
    cli->style.names = ph_names_new (MAX_HOSTS);
  cli->probe = ph_probe_new ();
  cli->collector = ph_collector_new (&ph_socket_topic);
  cli->listing = ph_listing_new (options, cli->columns, &cli->style);
  make_plan (cli);
  return TRUE;
}

static void
tear_down (Cli *cli)
{
  g_clear_pointer (&cli->listing, ph_listing_free);
  g_clear_pointer (&cli->collector, ph_collector_free);
  g_clear_pointer (&cli->probe, ph_probe_free);
  g_clear_pointer (&cli->style.names, ph_names_unref);
  g_clear_pointer (&cli->filter, ph_filter_unref);
  g_clear_pointer (&cli->kind, ph_filter_unref);
  g_clear_pointer (&cli->columns, g_free);
  g_clear_pointer (&cli->options, ph_options_free);
  g_string_free (cli->text, TRUE);
}

/* --- names --- */

/* Without the file ports stay numbers. */
static void
read_services (Cli *cli)
{
  PhRequest request = { .name = PH_REQUEST_SERVICES };

  ph_probe_ask (cli->probe, &request, ph_names_services_sink, cli->style.names, NULL, NULL);
}

static gboolean
is_shown_kind (const Cli *cli, const PhFilterContext *context, const PhSocket *socket)
{
  return socket->head.mark != PH_MARK_STALE && socket->head.mark != PH_MARK_CLOSED && socket->head.slot != PH_NO_SLOT
         && ph_filter_match (cli->kind, context, socket);
}

/* Notes the addresses that are going to be printed as wanted. */
static void
want_hosts (const Cli *cli, const PhSnapshot *snapshot, const PhFilterContext *context)
{
  char name[256];

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      if (!is_shown_kind (cli, context, socket))
        continue;
      if (socket->local.family != PH_FAMILY_NONE && !ph_address_is_any (&socket->local))
        ph_names_host (cli->style.names, &socket->local, TRUE, name, sizeof name);
      if (socket->remote.family != PH_FAMILY_NONE && !ph_address_is_any (&socket->remote))
        ph_names_host (cli->style.names, &socket->remote, TRUE, name, sizeof name);
    }
}

/* Looks them up; those that have not answered in time stay numbers. */
static void
resolve_hosts (const Cli *cli)
{
  g_autofree PhAddress *addresses = g_new (PhAddress, MAX_HOSTS);
  guint n = ph_names_wanted (cli->style.names, addresses, MAX_HOSTS);
  g_autofree PhHostName *hosts = g_new0 (PhHostName, n);

  for (guint i = 0; i < n; i++)
    {
      hosts[i].family = addresses[i].family == PH_FAMILY_IPV6 ? AF_INET6 : AF_INET;
      memcpy (hosts[i].bytes, addresses[i].bytes, sizeof hosts[i].bytes);
    }
  ph_host_names (hosts, n, HOSTS_TIMEOUT_MS, NULL);
  for (guint i = 0; i < n; i++)
    {
      ph_names_set_host (cli->style.names, &addresses[i], hosts[i].name);
      free (hosts[i].name);
    }
}

/* --- one look --- */

static PhSnapshot *
collect (Cli *cli)
{
  PhRequest request;

  ph_collector_begin (cli->collector, &cli->plan);
  while (ph_collector_next (cli->collector, &request))
    ph_probe_ask (cli->probe, &request, ph_collector_sink, cli->collector, NULL, NULL);
  return ph_collector_end (cli->collector);
}

/* Says what went wrong with @snapshot; FALSE if something did. A kind of socket that this kernel does not have is no
 * error. */
static gboolean
report (const PhSnapshot *snapshot)
{
  gboolean good = TRUE;

  for (PhRequestName name = PH_REQUEST_NONE + 1; name < PH_N_REQUESTS; name++)
    {
      const PhLookResult *result = ph_snapshot_look (snapshot, name);

      if (result->look == PH_LOOK_FAILED)
        complain ("%s: %s%s%s", ph_request_name (name), ph_error_code_name (result->error.code),
                  result->error.errnum ? ": " : "", result->error.errnum ? g_strerror (result->error.errnum) : "");
      else if (result->look == PH_LOOK_PARTIAL)
        complain (_ ("%s: interrupted every time; sockets may be missing or shown twice"), ph_request_name (name));
      else if (result->malformed)
        complain (_ ("%s: %u answers could not be understood"), ph_request_name (name), (guint) result->malformed);
      else
        continue;
      good = FALSE;
    }
  return good;
}

static gboolean
look (Cli *cli)
{
  const PhFilterContext context = { .columns = cli->columns, .style = &cli->style };
  g_autoptr (PhSnapshot) snapshot = collect (cli);

  if (!snapshot)
    {
      complain (_ ("Nothing could be collected"));
      return FALSE;
    }

  cli->style.now = ph_snapshot_time (snapshot);
  if (cli->style.names)
    {
      want_hosts (cli, snapshot, &context);
      resolve_hosts (cli);
    }

  ph_listing_begin (cli->listing, cli->text);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot) && !cli->errnum; i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      if (!is_shown_kind (cli, &context, socket) || !ph_filter_match (cli->filter, &context, socket))
        continue;
      ph_listing_row (cli->listing, socket, cli->text);
      if (cli->text->len >= PIECE)
        flush (cli);
    }
  ph_listing_end (cli->listing, cli->text);
  flush (cli);
  return report (snapshot);
}

/* Looks once, or every so many seconds until interrupted. A look that takes longer than that delays the next; none is
 * made up for. */
static int
run (Cli *cli)
{
  const gint64 interval_us = (gint64) (cli->options->interval * G_USEC_PER_SEC);
  gboolean good = TRUE;

  if (cli->style.names)
    read_services (cli);

  for (;;)
    {
      gint64 start = g_get_monotonic_time ();

      good &= look (cli);
      if (interval_us == 0 || cli->errnum)
        break;
      g_usleep (CLAMP (start + interval_us - g_get_monotonic_time (), 0, interval_us));
    }
  return good ? EXIT_GOOD : EXIT_FAILED;
}

int
main (int argc, char **argv)
{
  Cli cli = { .text = g_string_sized_new (PIECE + 4096) };
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (PH_GETTEXT_DOMAIN, PH_LOCALEDIR);
  bind_textdomain_codeset (PH_GETTEXT_DOMAIN, "UTF-8");
  hold_standard_streams ();
  signal (SIGPIPE, SIG_IGN); /* write() tells */

  cli.options = ph_options_parse (PH_PROGRAM_CLI, argc, argv, &error);
  if (!cli.options)
    status = complain_usage (error);
  else if (cli.options->help)
    status = print (&cli, ph_options_usage (PH_PROGRAM_CLI));
  else if (cli.options->version)
    status = print (&cli, g_strdup ("porthole-cli " PH_VERSION "\n"));
  else if (g_strcmp0 (cli.options->columns, "help") == 0)
    status = print (&cli, ph_column_list_help (&ph_socket_schema));
  else if (!set_up (&cli, &error))
    status = complain_usage (error);
  else
    status = finish (&cli, run (&cli));

  tear_down (&cli);
  return status;
}
