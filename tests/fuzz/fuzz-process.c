/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As a PROCESS frame; and, with lengths that do add up, as its strings, cut where the first bytes say. */
#include "fuzz.h"
#include "ph-process.h"

static void
check (const void *frame, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhProcess) process = ph_process_decode (frame, length, &error);

  fuzz_assert (process == NULL || error == NULL);
  if (process == NULL)
    return;
  fuzz_assert (process->pid > 0 && process->start_ticks != 0);
  fuzz_assert (process->comm && process->exe && process->cmdline);
  fuzz_check_text (process->comm);
  fuzz_check_text (process->exe);
  fuzz_check_text (process->cmdline);
  if (process->unit)
    fuzz_check_text (process->unit->name);
  fuzz_assert (ph_process_equal (process, process));
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree guint8 *frame = g_memdup2 (bytes, length);
  g_autofree guint8 *whole = NULL;
  PhFrameProcess head = { .pid = 1, .start_ticks = 1 };
  gsize left;

  check (frame, length);
  if (length < 3)
    return 0;

  left = length - 3;
  head.comm_length = (uint16_t) MIN (bytes[0], left);
  left -= head.comm_length;
  head.exe_length = (uint16_t) MIN (bytes[1], left);
  left -= head.exe_length;
  head.cmdline_length = (uint32_t) MIN (bytes[2], left);
  head.cgroup_length = (uint32_t) (left - head.cmdline_length);
  whole = g_malloc (sizeof head + length - 3);
  memcpy (whole, &head, sizeof head);
  memcpy (whole + sizeof head, bytes + 3, length - 3);
  check (whole, sizeof head + length - 3);
  return 0;
}
