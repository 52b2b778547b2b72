/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules about what is not to be told, in words, and what people type, as rules. Pure. */
#pragma once

#include "ph-mute.h"

/* "nginx", "named.service", "Any program": whom it is about. Free with g_free(). */
char *ph_mute_who (const PhMute *mute);

/* "TCP port 8000", "Ports 8000–8010", "Any port": where. Free with g_free(). */
char *ph_mute_where (const PhMute *mute);

/* "8000", "8000-8010" (also with a dash or blanks), or nothing for any. FALSE and @why, a translated sentence, for
 * anything else. */
gboolean ph_mute_parse_ports (const char *text, PhPortRange *ports, const char **why);

/* Likewise the path of a program, or the name of a unit that ends as they do; nothing is anybody. */
gboolean ph_mute_parse_owner (const char *text, PhListenerOwner *owner, const char **why);
