/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this process may do to others, capabilities(7), from its own state alone: see ph-deed.h. */
#include "ph-deed.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/nsfs.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ph-process-grip.h"

static bool
has_capability (const struct __user_cap_data_struct *data, unsigned capability)
{
  return (data[CAP_TO_INDEX (capability)].effective & CAP_TO_MASK (capability)) != 0;
}

/* Root in a user namespace is not root over the host's network: the kernel does not even name the owner of a network
 * namespace that is none of ours (ioctl_ns(2)). Where it cannot be asked, trying will tell. */
static bool
network_is_ours (void)
{
  const int net = open ("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  int owner = -1;
  bool ours;

  if (net < 0)
    return true;
  owner = ioctl (net, NS_GET_USERNS);
  ours = owner >= 0 || errno != EPERM;
  if (owner >= 0)
    close (owner);
  close (net);
  return ours;
}

static bool
has_pidfd (void)
{
  const int grip = ph_process_grip (getpid ());

  if (grip >= 0)
    close (grip);
  return grip >= 0 || errno != ENOSYS;
}

PhMeans
ph_means (void)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { { 0 } };

  syscall (SYS_capget, &header, data); /* on failure: none */
  return (PhMeans){
    .may_close = has_capability (data, CAP_NET_ADMIN) && network_is_ours (),
    .may_signal = has_capability (data, CAP_KILL),
    .has_pidfd = has_pidfd (),
    .uid = geteuid (),
    .real_uid = getuid (),
    .pid = getpid (),
  };
}
