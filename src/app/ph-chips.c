/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chips of one group are or-ed, groups are and-ed: just what commas and blanks mean in the filter language. */
#include "ph-chips.h"

#include <glib/gi18n.h>

#define ASK(name)        (G_GUINT64_CONSTANT (1) << PH_REQUEST_##name)
#define ASK_BOTH(name)   (ASK (name##4) | ASK (name##6))
#define HAS(chips, kind) ((chips)->kinds & (1u << (kind)))

const PhKindInfo ph_kinds[PH_N_KINDS] = {
  [PH_KIND_TCP] = { "tcp", N_ ("TCP"), ASK_BOTH (TCP) },
  [PH_KIND_UDP] = { "udp", N_ ("UDP"), ASK_BOTH (UDP) },
  [PH_KIND_UNIX] = { "unix", N_ ("Unix"), ASK (UNIX) },
  [PH_KIND_RAW] = { "raw", N_ ("RAW"), ASK_BOTH (RAW) },
  [PH_KIND_UDPLITE] = { "udplite", N_ ("UDP-Lite"), ASK_BOTH (UDPLITE) },
  [PH_KIND_SCTP] = { "sctp", N_ ("SCTP"), ASK_BOTH (SCTP) },
  [PH_KIND_DCCP] = { "dccp", N_ ("DCCP"), ASK_BOTH (DCCP) },
  [PH_KIND_MPTCP] = { "mptcp", N_ ("MPTCP"), ASK_BOTH (MPTCP) },
  [PH_KIND_PACKET] = { "packet", N_ ("Packet"), ASK (PACKET) },
  [PH_KIND_NETLINK] = { "netlink", N_ ("Netlink"), ASK (NETLINK) },
  [PH_KIND_VSOCK] = { "vsock", N_ ("vsock"), ASK (VSOCK) },
};

static const char *const show_ids[] = { "all", "active", "listening" };
static const char *const show_filters[] = { NULL, "is:active", "is:listening" };

/* Appends "FIELD:one" or, if the term was already begun, ",other". */
static void
append_value (GString *filter, gboolean *begun, const char *field, const char *value)
{
  if (*begun)
    g_string_append_printf (filter, ",%s", value);
  else
    g_string_append_printf (filter, "%s%s:%s", filter->len > 0 ? " " : "", field, value);
  *begun = TRUE;
}

char *
ph_chips_to_filter (const PhChips *chips)
{
  GString *filter = g_string_new (show_filters[chips->show]);
  gboolean kinds = FALSE, versions = FALSE, states = FALSE;

  for (guint kind = 0; kind < PH_N_KINDS; kind++)
    if (HAS (chips, kind))
      append_value (filter, &kinds, "proto", ph_kinds[kind].id);
  if (chips->ipv4)
    append_value (filter, &versions, "is", "ipv4");
  if (chips->ipv6)
    append_value (filter, &versions, "is", "ipv6");
  if (chips->established && chips->show != PH_SHOW_LISTENING)
    append_value (filter, &states, "is", "established");
  if (chips->closing && chips->show != PH_SHOW_LISTENING)
    append_value (filter, &states, "is", "closing");
  return g_string_free (filter, FALSE);
}

guint64
ph_chips_to_requests (const PhChips *chips)
{
  guint64 requests = 0;

  for (guint kind = 0; kind < PH_N_KINDS; kind++)
    if (chips->kinds == 0 || HAS (chips, kind))
      requests |= ph_kinds[kind].requests;
  return requests;
}

void
ph_chips_from_options (PhChips *chips, const PhOptions *options)
{
  guint64 requests = ph_options_requests (options);

  *chips = (PhChips){ .show = options->all ? PH_SHOW_ALL : options->listening ? PH_SHOW_LISTENING : PH_SHOW_ACTIVE };
  /* "-4x" means IPv4 sockets and also Unix ones; no chip could say that. */
  if (options->ipv4 != options->ipv6 && !options->unix_)
    {
      chips->ipv4 = options->ipv4;
      chips->ipv6 = options->ipv6;
    }
  if (options->tcp || options->udp || options->udplite || options->sctp || options->raw || options->unix_)
    for (guint kind = 0; kind < PH_N_KINDS; kind++)
      if (ph_kinds[kind].requests & requests)
        chips->kinds |= 1u << kind;
}

const char *
ph_show_id (PhShow show)
{
  return show_ids[show];
}

gboolean
ph_show_from_id (const char *id, PhShow *show)
{
  for (guint i = 0; i < G_N_ELEMENTS (show_ids); i++)
    if (g_strcmp0 (id, show_ids[i]) == 0)
      {
        *show = i;
        return TRUE;
      }
  return FALSE;
}
