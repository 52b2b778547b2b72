/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One loop around poll(2): what the kernel tells, the next look at the sockets, the signals that end it, and a reader
 * who may be slow. Nobody is waited for but by poll(2): while the reader rests the kernel's news are taken and kept, up
 * to a bound, and then left in the kernel's buffers; when these are full it is an entry that events were lost.
 */
#include "ph-cli-watch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "ph-activity-from-events.h"
#include "ph-activity-from-sockets.h"
#include "ph-cli-collect.h"
#include "ph-cli-entries.h"
#include "ph-event-socket.h"
#include "ph-i18n.h"
#include "ph-port-range.h"
#include "ph-watch.h"

#define WAITING_MAX       (8 * 1024 * 1024) /* bytes that were not read yet */
#define LAST_PATIENCE_MS  1000              /* for a reader, at the end */
#define PORT_RANGE_MAX    64                /* bytes of that file */
#define EVENT(word)       (1u << PH_ACTIVITY_IS_##word)
#define EVENTS_ALL        (EVENT (LOST) - 1)
#define EVENTS_OF_SOCKETS (EVENT (PORTS) | EVENT (CONNECTIONS))

typedef struct
{
  guint events; /* bits (1 << PhActivityWord) that are asked for */
  PhCliOutput *output;
  PhCliEntries *entries;
  gboolean good; /* all that is asked for is watched */

  PhProbe *probe;
  PhCollector *collector;
  PhPlan plan;
  guint64 told; /* requests of which it was said that they failed */
  PhActivityFromSockets *from_sockets;
  gint64 interval_us;
  gint64 next_look; /* µs, CLOCK_MONOTONIC; G_MAXINT64: none */

  PhActivityFromEvents *from_events;
  PhEventSocket *network; /* NULL: not heard */
  PhEventSocket *destroyed;
  gboolean learn_due;
} Watch;

/* --- sockets --- */

static void
take_text (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  GString *text = user;

  if (kind == PH_FRAME_TEXT && text->len + length <= PORT_RANGE_MAX)
    g_string_append_len (text, bytes, (gssize) length);
}

static void
read_ephemeral (Watch *watch)
{
  static const PhRequest request = { .name = PH_REQUEST_PORT_RANGE };
  PhPortRange range = PH_PORT_RANGE_EPHEMERAL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (ph_probe_ask (watch->probe, &request, take_text, text, NULL, NULL))
    ph_port_range_parse_proc (text->str, text->len, &range);
  ph_activity_from_sockets_set_ephemeral (watch->from_sockets, range.low, range.high, FALSE);
}

static void
look (Watch *watch)
{
  const gboolean connections = (watch->events & EVENT (CONNECTIONS)) != 0;
  g_autoptr (PhSnapshot) snapshot = ph_cli_collect (watch->collector, watch->probe, &watch->plan);

  if (!snapshot)
    {
      watch->good = FALSE;
      return;
    }
  watch->good &= ph_cli_report (snapshot, &watch->told);
  ph_activity_from_sockets_look (watch->from_sockets, snapshot, !connections, g_get_real_time (), ph_cli_entries_tell,
                                 watch->entries);
}

static void
look_if_due (Watch *watch)
{
  const gint64 now = g_get_monotonic_time ();

  if (now < watch->next_look)
    return;
  look (watch);
  watch->next_look = MAX (watch->next_look + watch->interval_us, g_get_monotonic_time ());
}

static void
hear_destroyed (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  Watch *watch = user;

  ph_activity_from_sockets_take (watch->from_sockets, kind, bytes, length, g_get_real_time (), g_get_monotonic_time (),
                                 ph_cli_entries_tell, watch->entries);
}

/* --- the network --- */

static void
learn (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  ph_activity_from_events_learn (user, kind, bytes, length);
}

static void
learn_if_due (Watch *watch)
{
  static const PhRequest requests[] = { { .name = PH_REQUEST_LINK_STATS }, { .name = PH_REQUEST_ADDRESSES } };

  if (!watch->learn_due)
    return;
  watch->learn_due = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    if (!ph_probe_ask (watch->probe, &requests[i], learn, watch->from_events, NULL, NULL))
      watch->learn_due = TRUE;
}

static void
hear_network (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  Watch *watch = user;

  if (kind == PH_FRAME_LOST)
    watch->learn_due = TRUE;
  ph_activity_from_events_take (watch->from_events, kind, bytes, length, g_get_real_time (), ph_cli_entries_tell,
                                watch->entries);
}

/* Links in any case: the others name theirs. */
static guint
network_kinds (guint events)
{
  return PH_EVENT_LINKS | (events & EVENT (ADDRESSES) ? PH_EVENT_ADDRESSES : 0)
         | (events & EVENT (ROUTES) ? PH_EVENT_ROUTES : 0) | (events & EVENT (NEIGHBOURS) ? PH_EVENT_NEIGHBOURS : 0);
}

/* --- what is heard --- */

static PhEventSocket *
hear (Watch *watch, guint kinds)
{
  PhError error;
  PhEventSocket *socket = ph_event_socket_new (kinds, &error);

  if (!socket)
    {
      ph_cli_complain (_ ("The kernel’s news cannot be heard: %s"), g_strerror (error.errnum));
      watch->good = FALSE;
    }
  return socket;
}

static void
take (Watch *watch, PhEventSocket **socket, short revents, PhSink sink)
{
  PhError error;

  if (revents == 0 || ph_event_socket_take (*socket, sink, watch, &error))
    return;
  ph_cli_complain (_ ("The kernel’s news cannot be heard: %s"), g_strerror (error.errnum));
  watch->good = FALSE;
  g_clear_pointer (socket, ph_event_socket_free);
}

static int
event_fd (const PhEventSocket *socket)
{
  return socket ? ph_event_socket_fd (socket) : -1;
}

/* --- the loop --- */

/* The signals that end it, from now on taken from a descriptor; but for those that whoever started us had ignored. */
static int
open_signals (void)
{
  static const int ends[] = { SIGINT, SIGTERM };
  struct sigaction action;
  sigset_t set;

  sigemptyset (&set);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (sigaction (ends[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
      sigaddset (&set, ends[i]);
  sigprocmask (SIG_BLOCK, &set, NULL);
  return signalfd (-1, &set, SFD_CLOEXEC);
}

static int
timeout_ms (const Watch *watch)
{
  gint64 left;

  if (watch->next_look == G_MAXINT64)
    return -1;
  left = watch->next_look - g_get_monotonic_time ();
  return (int) CLAMP ((left + 999) / 1000, 0, G_MAXINT);
}

static void
run (Watch *watch, int signals)
{
  enum
  {
    OUTPUT,
    SIGNALS,
    NETWORK,
    DESTROYED,
    N_FDS
  };

  while (!watch->output->errnum)
    {
      const gboolean full = watch->output->text->len >= WAITING_MAX;
      struct pollfd fds[N_FDS] = {
        [OUTPUT] = { STDOUT_FILENO, ph_cli_output_events (watch->output), 0 },
        [SIGNALS] = { signals, POLLIN, 0 },
        [NETWORK] = { full ? -1 : event_fd (watch->network), POLLIN, 0 },
        [DESTROYED] = { full ? -1 : event_fd (watch->destroyed), POLLIN, 0 },
      };

      if (poll (fds, N_FDS, full ? -1 : timeout_ms (watch)) < 0 && errno != EINTR)
        break;
      if (fds[SIGNALS].revents)
        break;
      ph_cli_output_ready (watch->output, fds[OUTPUT].revents);
      take (watch, &watch->network, fds[NETWORK].revents, hear_network);
      take (watch, &watch->destroyed, fds[DESTROYED].revents, hear_destroyed);
      learn_if_due (watch);
      if (!full)
        look_if_due (watch);
    }
  ph_cli_output_drain (watch->output, LAST_PATIENCE_MS);
}

/* First heard, then looked at: what happens in between is then known twice, not never. */
static void
begin (Watch *watch)
{
  if (watch->events & ~EVENTS_OF_SOCKETS)
    watch->network = hear (watch, network_kinds (watch->events));
  if (watch->events & EVENT (CONNECTIONS))
    watch->destroyed = hear (watch, PH_EVENT_DESTROYED);
  watch->learn_due = watch->network != NULL;
  learn_if_due (watch);
  watch->next_look = G_MAXINT64;
  if (watch->events & EVENTS_OF_SOCKETS)
    {
      read_ephemeral (watch);
      watch->next_look = g_get_monotonic_time ();
      look_if_due (watch);
    }
}

static void
report_malformed (Watch *watch)
{
  const guint n = ph_activity_from_sockets_malformed (watch->from_sockets)
                  + ph_activity_from_events_malformed (watch->from_events);

  if (n > 0)
    {
      ph_cli_complain (_ ("%s: %u answers could not be understood"), "netlink", n);
      watch->good = FALSE;
    }
}

int
ph_cli_watch (const PhOptions *options, PhCliOutput *output, GError **error)
{
  g_autoptr (PhCliEntries) entries = ph_cli_entries_new (options, output, error);
  Watch watch = {
    .events = options->events ? options->events : EVENTS_ALL,
    .output = output,
    .entries = entries,
    .good = TRUE,
    .interval_us = (gint64) (options->interval * G_USEC_PER_SEC),
  };
  const gboolean connections = (watch.events & EVENT (CONNECTIONS)) != 0;
  int signals;

  if (!entries)
    return PH_CLI_USAGE;
  signals = open_signals ();
  watch.probe = ph_probe_new ();
  watch.collector = ph_collector_new (&ph_socket_topic);
  watch.plan = (PhPlan){ .requests = PH_WATCH_REQUESTS,
                         .want = connections ? PH_WANT_TCP_INFO : PH_WANT_LISTENING,
                         .owners = TRUE };
  watch.from_sockets = ph_activity_from_sockets_new ();
  ph_activity_from_sockets_set_connections (watch.from_sockets, connections);
  watch.from_events = ph_activity_from_events_new ();

  begin (&watch);
  ph_cli_entries_begin (entries, watch.probe);
  run (&watch, signals);
  report_malformed (&watch);

  ph_event_socket_free (watch.destroyed);
  ph_event_socket_free (watch.network);
  ph_activity_from_events_free (watch.from_events);
  ph_activity_from_sockets_free (watch.from_sockets);
  ph_collector_free (watch.collector);
  ph_probe_free (watch.probe);
  if (signals >= 0)
    close (signals);
  return watch.good ? PH_CLI_GOOD : PH_CLI_FAILED;
}
