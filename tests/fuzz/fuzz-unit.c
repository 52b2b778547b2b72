/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As the path of a cgroup, and as the text of /proc/PID/cgroup. */
#include "fuzz.h"
#include "ph-unit.h"

static void
check (const PhUnit *unit)
{
  if (unit == NULL)
    return;
  fuzz_assert (*unit->name != '\0' && *unit->path != '\0');
  fuzz_assert (unit->kind <= PH_UNIT_SESSION);
  fuzz_check_text (unit->name);
  fuzz_check_text (unit->path);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree char *text = g_memdup2 (bytes, length);
  g_autoptr (PhUnit) path = ph_unit_parse (text, length);
  g_autoptr (PhUnit) proc = ph_unit_parse_proc (text, length);

  check (path);
  check (proc);
  return 0;
}
