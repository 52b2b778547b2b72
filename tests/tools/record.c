/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * record FILE REQUEST...: writes what the probe answers to these requests into a capture.
 *
 * A request is called as ph_request_name() calls it: "tcp4", "unix", "links". Everything that can be wanted is asked.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ph-probe.h"
#include "ph-recorder.h"

static PhRequestName
find_request (const char *name)
{
  for (int i = PH_REQUEST_NONE + 1; i < PH_N_REQUESTS; i++)
    if (strcmp (ph_request_name ((PhRequestName) i), name) == 0)
      return (PhRequestName) i;
  return PH_REQUEST_NONE;
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
      PhError error;

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
