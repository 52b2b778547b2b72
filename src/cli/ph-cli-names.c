/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers go into PhNames; what is printed looks there and finds them, or a number. */
#include "ph-cli-names.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "ph-host-names.h"

#define HOSTS_TIMEOUT_MS 2000

void
ph_cli_read_services (PhProbe *probe, PhNames *names)
{
  PhRequest request = { .name = PH_REQUEST_SERVICES };

  ph_probe_ask (probe, &request, ph_names_services_sink, names, NULL, NULL);
}

void
ph_cli_resolve_hosts (PhNames *names)
{
  g_autofree PhAddress *addresses = g_new (PhAddress, PH_CLI_MAX_HOSTS);
  guint n = ph_names_wanted (names, addresses, PH_CLI_MAX_HOSTS);
  g_autofree PhHostName *hosts = g_new0 (PhHostName, n);

  for (guint i = 0; i < n; i++)
    {
      hosts[i].family = addresses[i].family == PH_FAMILY_IPV6 ? AF_INET6 : AF_INET;
      memcpy (hosts[i].bytes, addresses[i].bytes, sizeof hosts[i].bytes);
    }
  ph_host_names (hosts, n, HOSTS_TIMEOUT_MS, NULL);
  for (guint i = 0; i < n; i++)
    {
      ph_names_set_host (names, &addresses[i], hosts[i].name);
      free (hosts[i].name);
    }
}

static gboolean
take_address (const struct sockaddr *from, PhAddress *address)
{
  if (from->sa_family == AF_INET)
    {
      struct sockaddr_in ipv4;

      memcpy (&ipv4, from, sizeof ipv4);
      ph_address_set (address, PH_FAMILY_IPV4, &ipv4.sin_addr);
    }
  else if (from->sa_family == AF_INET6)
    {
      struct sockaddr_in6 ipv6;

      memcpy (&ipv6, from, sizeof ipv6);
      ph_address_set (address, PH_FAMILY_IPV6, &ipv6.sin6_addr);
      address->scope = ipv6.sin6_scope_id;
    }
  else
    return FALSE;
  return TRUE;
}

gboolean
ph_cli_find_host (const char *host, PhFamily family, PhAddress *address, const char **reason)
{
  const struct addrinfo hints = {
    .ai_family = family == PH_FAMILY_IPV4   ? AF_INET
                 : family == PH_FAMILY_IPV6 ? AF_INET6
                                            : AF_UNSPEC,
    .ai_socktype = SOCK_DGRAM,
  };
  struct addrinfo *found = NULL;
  int code = getaddrinfo (host, NULL, &hints, &found);
  gboolean good = FALSE;

  for (const struct addrinfo *each = found; code == 0 && each && !good; each = each->ai_next)
    good = take_address (each->ai_addr, address);
  if (code == 0)
    freeaddrinfo (found);
  *reason = good ? NULL : gai_strerror (code ? code : EAI_NONAME);
  return good;
}
