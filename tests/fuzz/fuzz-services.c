/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as /etc/services: every name that comes of it is short and fit to show. */
#include "fuzz.h"
#include "ph-services.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  static const char *const protocols[] = { "tcp", "udp", "sctp", "dccp" };
  g_autoptr (PhServices) services = ph_services_parse ((const char *) bytes, length);

  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    for (guint port = 0; port < 600; port++)
      {
        const char *name = ph_services_find (services, protocols[i], (guint16) port);

        fuzz_check_text (name);
        fuzz_assert (name == NULL || (port > 0 && *name != '\0' && strlen (name) < 64));
      }
  return 0;
}
