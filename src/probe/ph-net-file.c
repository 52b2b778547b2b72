/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of /proc/net, see ph-net-file.h. */
#include "ph-net-file.h"

#include <errno.h>
#include <stdio.h>

#include "ph-proc-file.h"

static const char *const files[PH_N_REQUESTS][PH_NET_FILES] = {
  [PH_REQUEST_GROUPS] = { "igmp", "igmp6" }, [PH_REQUEST_SNMP] = { "snmp" },
  [PH_REQUEST_NETSTAT] = { "netstat" },      [PH_REQUEST_SNMP6] = { "snmp6" },
  [PH_REQUEST_SCTP_SNMP] = { "sctp/snmp" },  [PH_REQUEST_SOCKSTAT] = { "sockstat" },
  [PH_REQUEST_SOCKSTAT6] = { "sockstat6" },
};

const char *const *
ph_net_files (PhRequestName name)
{
  return (unsigned) name < PH_N_REQUESTS && files[name][0] != NULL ? files[name] : NULL;
}

bool
ph_net_files_give (const char *const names[PH_NET_FILES], PhAnswer *answer, int *errnum)
{
  bool any = false;

  *errnum = 0;
  for (uint32_t i = 0; i < PH_NET_FILES && names[i] != NULL; i++)
    {
      char path[64];
      int fd;

      /* The thread's own network namespace, like that of the netlink socket; /proc/net is the main thread's. */
      snprintf (path, sizeof path, "thread-self/net/%s", names[i]);
      fd = ph_proc_open (path, 0);
      if (fd < 0)
        {
          *errnum = errno;
          continue;
        }
      ph_answer_begin (answer, PH_FORMAT_PROC, i);
      any = true;
      if (!ph_proc_give_lines (fd, answer))
        break;
    }
  return any;
}
