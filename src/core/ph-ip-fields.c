/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses have two families, each of which has two names: the system's own and the one that people say. */
#include "ph-ip-fields.h"

const char *const ph_ip_family_words[] = { "inet", "inet6", "ipv4", "ipv6", NULL };

gboolean
ph_ip_family_is (PhFamily family, guint word)
{
  static const guint8 families[] = { PH_FAMILY_IPV4, PH_FAMILY_IPV6, PH_FAMILY_IPV4, PH_FAMILY_IPV6 };

  G_STATIC_ASSERT (G_N_ELEMENTS (ph_ip_family_words) == G_N_ELEMENTS (families) + 1);
  return family == families[word];
}

gboolean
ph_nth_number_or_name (guint64 number, const char *name, guint n, PhValue *value)
{
  if (n == 0)
    ph_value_set_uint (value, number);
  else if (n == 1 && name && !g_ascii_isdigit (name[0]))
    ph_value_set_text (value, name);
  else
    return FALSE;
  return TRUE;
}
