/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Being without privilege, in a test that was started with some. */
#pragma once

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <glib.h>
#include <linux/capability.h>

#define NOBODY_UID 65534

/* For a while: as another user where there is one here, else with no capability in force. Threads that are made
 * meanwhile stay like that. */
static inline void
nobody_be (gboolean nobody)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

  if (seteuid (nobody ? NOBODY_UID : getuid ()) != 0)
    g_assert_cmpint (errno, ==, EINVAL);
  g_assert_no_errno (syscall (SYS_capget, &header, data));
  for (guint i = 0; i < G_N_ELEMENTS (data); i++)
    data[i].effective = nobody ? 0 : data[i].permitted;
  g_assert_no_errno (syscall (SYS_capset, &header, data));
}
