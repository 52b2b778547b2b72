/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each deed to whoever does it. */
#include "ph-deed.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "ph-process-grip.h"
#include "ph-socket-destroy.h"

/* Nobody ends what holds all others (init(1)), a group of processes (0 and below, kill(2)), or, by mistake, us. */
static bool
is_limit (const PhDeedProcess *process)
{
  return process->pid <= 1 || process->pid == getpid () || process->start_ticks == 0;
}

static PhOutcome
signal_process (const PhDeedProcess *process, int signal)
{
  PhOutcome outcome;
  int grip;

  if (is_limit (process))
    return (PhOutcome){ .verdict = PH_VERDICT_REFUSED, .errnum = EINVAL };
  grip = ph_process_grip (process->pid);
  if (grip < 0)
    switch (errno)
      {
      case ESRCH:
        return (PhOutcome){ .verdict = PH_VERDICT_GONE, .errnum = errno };
      case ENOSYS:
        return (PhOutcome){ .verdict = PH_VERDICT_UNSUPPORTED, .errnum = errno };
      case EPERM: /* a sandbox that does not let it through */
      case EACCES:
        return (PhOutcome){ .verdict = PH_VERDICT_DENIED, .errnum = errno };
      default:
        return (PhOutcome){ .verdict = PH_VERDICT_FAILED, .errnum = errno };
      }
  outcome = ph_process_grip_check (grip, process);
  if (outcome.verdict == PH_VERDICT_DONE)
    outcome = ph_process_grip_signal (grip, signal);
  close (grip);
  return outcome;
}

PhOutcome
ph_deed_do (const PhDeed *deed)
{
  switch (deed->name)
    {
    case PH_DEED_CLOSE:
      return ph_socket_destroy (&deed->socket);
    case PH_DEED_END:
      return signal_process (&deed->process, SIGTERM);
    case PH_DEED_KILL:
      return signal_process (&deed->process, SIGKILL);
    case PH_DEED_NONE:
    case PH_N_DEEDS:
      break;
    }
  return (PhOutcome){ .verdict = PH_VERDICT_REFUSED, .errnum = EINVAL };
}

PhOutcome
ph_deed_try (const PhDeed *deed)
{
  if (deed->name != PH_DEED_END && deed->name != PH_DEED_KILL)
    return (PhOutcome){ .verdict = PH_VERDICT_REFUSED, .errnum = EINVAL };
  return signal_process (&deed->process, 0);
}
