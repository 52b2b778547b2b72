/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-route-flags.h. */
#include "ph-route-flags.h"

#include <linux/in_route.h>
#include <linux/rtnetlink.h>

#include "ph-i18n.h"

/* In the order in which net-tools writes them. */
static const struct
{
  char letter;      /* of IPv4 */
  char letter_ipv6; /* where it differs */
  const char *sentence;
} flags[PH_ROUTE_N_FLAGS] = {
  { 'U', 0, N_ ("The route is up") },
  { '!', 0, N_ ("Rejects: packets to this destination are refused") },
  { 'G', 0, N_ ("Goes through a gateway") },
  { 'H', 0, N_ ("The destination is a single host") },
  { 'R', 0, N_ ("Reinstated by dynamic routing") },
  { 'D', 0, N_ ("Installed dynamically, by a redirect or a router advertisement") },
  { 'A', 0, N_ ("Installed by address autoconfiguration") },
  { 'C', 0, N_ ("Cache entry: learned for this destination only") },
  { 'e', 0, N_ ("Expires after a while") },
  { 'M', 'm', N_ ("Modified by a redirect or by what was learned about the path") },
  { 'n', 0, N_ ("Has no next hop: ends in this computer") },
};

static gboolean
has_gateway (const PhRoute *route)
{
  return route->key.gateway.family != PH_FAMILY_NONE || route->first_gateway != PH_FAMILY_NONE;
}

/* fib_flag_trans(), and in the cache what RTCF_* tell. A blackhole throws away without a word: no reject. */
static guint
ipv4_flags (const PhRoute *route)
{
  guint found = PH_ROUTE_UP;

  if (route->key.type == RTN_UNREACHABLE || route->key.type == RTN_PROHIBIT)
    found = PH_ROUTE_REJECT;
  else if (has_gateway (route))
    found |= PH_ROUTE_GATEWAY;
  if (route->key.prefix_length == 32)
    found |= PH_ROUTE_HOST;
  if (route->protocol == RTPROT_REDIRECT || (route->key.cached && (route->flags & RTCF_REDIRECTED)))
    found |= PH_ROUTE_DYNAMIC;
  return found;
}

/* rtm_to_fib6_config(), rt6_add_dflt_router(), addrconf_prefix_route(), addrconf_f6i_alloc(). */
static guint
ipv6_flags (const PhRoute *route)
{
  gboolean advertised = route->protocol == RTPROT_RA;
  guint found = PH_ROUTE_UP;

  switch (route->key.type)
    {
    case RTN_BLACKHOLE:
    case RTN_UNREACHABLE:
    case RTN_PROHIBIT:
    case RTN_THROW:
      found = PH_ROUTE_REJECT | PH_ROUTE_NO_HOP;
      break;
    case RTN_LOCAL:
    case RTN_ANYCAST:
      if (route->protocol == RTPROT_KERNEL)
        found |= PH_ROUTE_NO_HOP;
      break;
    default:
      break;
    }
  if (has_gateway (route))
    found |= PH_ROUTE_GATEWAY;
  if (route->protocol == RTPROT_REDIRECT || (advertised && route->key.prefix_length == 0))
    found |= PH_ROUTE_DYNAMIC;
  if (advertised || (route->protocol == RTPROT_KERNEL && route->expires != PH_ROUTE_NEVER && !route->key.cached))
    found |= PH_ROUTE_ADDRCONF;
  if (route->expires != PH_ROUTE_NEVER)
    found |= PH_ROUTE_EXPIRES;
  return found;
}

guint
ph_route_flags (const PhRoute *route)
{
  guint found = route->key.family == PH_FAMILY_IPV6 ? ipv6_flags (route) : ipv4_flags (route);

  if (route->key.cached)
    {
      found |= PH_ROUTE_CACHED;
      if (route->metrics && route->metrics->mtu != 0) /* by path MTU discovery */
        found |= PH_ROUTE_MODIFIED;
    }
  return found;
}

char
ph_route_flag_letter (guint nth, PhFamily family)
{
  g_return_val_if_fail (nth < PH_ROUTE_N_FLAGS, '?');
  return family == PH_FAMILY_IPV6 && flags[nth].letter_ipv6 ? flags[nth].letter_ipv6 : flags[nth].letter;
}

const char *
ph_route_flag_sentence (guint nth)
{
  g_return_val_if_fail (nth < PH_ROUTE_N_FLAGS, NULL);
  return _ (flags[nth].sentence);
}

void
ph_route_letters (const PhRoute *route, char letters[PH_ROUTE_LETTERS_MAX])
{
  guint found = ph_route_flags (route);

  for (guint i = 0; i < PH_ROUTE_N_FLAGS; i++)
    if (found & (1u << i))
      *letters++ = ph_route_flag_letter (i, route->key.family);
  *letters = '\0';
}
