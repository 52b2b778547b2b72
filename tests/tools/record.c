/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * record FILE REQUEST...: writes what the probe answers to these requests into a capture.
 *
 * A request is called as ph_request_name() calls it: "tcp4", "unix", "links". Everything that can be wanted is asked.
 * The address of a look-up follows it: "route-get=192.0.2.1".
 *
 * "destroyed" is no request: what the kernel tells of sockets that are no more, from the line "listening" on the output
 * until the input ends.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ph-event-socket.h"
#include "ph-probe.h"
#include "ph-recorder.h"

static PhRequestName
find_request (const char *word)
{
  const size_t length = strcspn (word, "=");

  for (int i = PH_REQUEST_NONE + 1; i < PH_N_REQUESTS; i++)
    {
      const char *name = ph_request_name ((PhRequestName) i);

      if (strlen (name) == length && strncmp (name, word, length) == 0)
        return (PhRequestName) i;
    }
  return PH_REQUEST_NONE;
}

/* The address behind the "=". False where there is none. */
static bool
find_route (const char *word, PhRouteQuery *route)
{
  const char *address = strchr (word, '=');

  if (address == NULL)
    return false;
  *route = (PhRouteQuery){ .family = strchr (address, ':') != NULL ? AF_INET6 : AF_INET };
  return inet_pton (route->family, address + 1, route->destination) == 1;
}

/* The kernel tells of a socket when it finds the time. */
#define QUIET_MS 500

static bool
record_destroyed (PhRecorder *recorder)
{
  PhEventSocket *events = ph_event_socket_new (PH_EVENT_DESTROYED, NULL);
  struct pollfd fds[] = {
    { .fd = events != NULL ? ph_event_socket_fd (events) : -1, .events = POLLIN },
    { .fd = STDIN_FILENO, .events = POLLIN },
  };
  bool good = events != NULL;

  if (good)
    puts ("listening");
  fflush (stdout);
  while (good && poll (fds, 2, fds[1].fd < 0 ? QUIET_MS : -1) > 0)
    {
      if (fds[0].revents)
        good = ph_event_socket_take (events, ph_recorder_sink, recorder, NULL);
      if (fds[1].revents)
        fds[1].fd = -1;
    }
  ph_event_socket_free (events);
  return good;
}

int
main (int argc, char **argv)
{
  PhRecorder recorder;
  PhProbe *probe;
  int fd;

  if (argc < 3)
    {
      fprintf (stderr, "usage: %s FILE REQUEST...\n", argv[0]);
      return 2;
    }
  fd = open (argv[1], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0)
    {
      fprintf (stderr, "%s: %s\n", argv[1], strerror (errno));
      return 1;
    }

  probe = ph_probe_new ();
  ph_recorder_begin (&recorder, fd);
  for (int i = 2; i < argc; i++)
    {
      PhRequest request = { .name = find_request (argv[i]), .want = PH_WANT_TCP_INFO | PH_WANT_MEMORY };
      PhRouteQuery route;
      PhError error;

      if (strcmp (argv[i], "destroyed") == 0)
        {
          if (!record_destroyed (&recorder))
            fprintf (stderr, "%s: none here\n", argv[i]);
          continue;
        }
      if (find_route (argv[i], &route))
        request.route = &route;
      if (request.name == PH_REQUEST_NONE)
        {
          fprintf (stderr, "no such request: %s\n", argv[i]);
          return 2;
        }
      if (!ph_probe_ask (probe, &request, ph_recorder_sink, &recorder, NULL, &error))
        fprintf (stderr, "%s: %s (%s)\n", argv[i], ph_error_code_name (error.code), strerror (error.errnum));
    }
  ph_probe_free (probe);

  if (recorder.error.code != PH_ERROR_NONE || close (fd) != 0)
    {
      fprintf (stderr, "%s: not written\n", argv[1]);
      return 1;
    }
  return 0;
}
