/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the filter fields of the tables about IP have in common: routes, rules, neighbours, activity. */
#pragma once

#include "ph-address.h"
#include "ph-value.h"

/* "inet", "inet6", "ipv4", "ipv6", NULL: for PhFilterField.words. */
extern const char *const ph_ip_family_words[];

/* Whether an address family is the one that ph_ip_family_words[word] names: for PhFilterField.is. */
gboolean ph_ip_family_is (PhFamily family, guint word);

/* For PhFilterField.nth of what is known by number and by name, as a routing table is: either finds it. @name NULL, or
 * one that begins with a digit: there is the number alone. @name has to outlive @value. */
gboolean ph_nth_number_or_name (guint64 number, const char *name, guint n, PhValue *value);
