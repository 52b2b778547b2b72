/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Light-weight tunnels of a route, in iproute2's words (ip-route(8), ENCAP): what packets are wrapped into. */
#include "ph-route-decode.h"

#include <arpa/inet.h>
#include <linux/lwtunnel.h>
#include <linux/mpls.h>
#include <linux/mpls_iptunnel.h>
#include <linux/seg6_iptunnel.h>
#include <linux/seg6_local.h>
#include <string.h>

#define N_IP       (LWTUNNEL_IP6_TC + 1)
#define N_LOCAL    (SEG6_LOCAL_ACTION + 1)
#define LABELS_MAX 30 /* as many as the kernel takes */

G_STATIC_ASSERT ((int) LWTUNNEL_IP_DST == (int) LWTUNNEL_IP6_DST && (int) LWTUNNEL_IP_ID == (int) LWTUNNEL_IP6_ID);

/* RFC 3032: a label is the upper twenty bits; the last one carries the S bit. */
static void
append_labels (GString *text, const struct nlattr *attribute)
{
  const guint8 *bytes = attribute ? mnl_attr_get_payload (attribute) : NULL;
  gsize length = attribute ? mnl_attr_get_payload_len (attribute) : 0;

  for (guint i = 0; i < LABELS_MAX && length >= 4; i++, bytes += 4, length -= 4)
    {
      guint32 entry;

      memcpy (&entry, bytes, sizeof entry);
      entry = GUINT32_FROM_BE (entry);
      g_string_append_printf (text, "%c%u", i == 0 ? ' ' : '/', entry >> MPLS_LS_LABEL_SHIFT);
      if (entry & MPLS_LS_S_MASK)
        break;
    }
}

static void
append_address (GString *text, const char *word, guint family, const struct nlattr *attribute)
{
  PhAddress address;
  char number[PH_ADDRESS_TEXT_MAX];

  if (!attribute || !ph_decode_address_attribute (&address, family, attribute))
    return;
  ph_address_format (&address, number);
  g_string_append_printf (text, " %s %s", word, number);
}

static void
append_ip (GString *text, guint family, const struct nlattr *encap)
{
  const struct nlattr *attributes[N_IP];
  guint64 id;

  if (!ph_attributes_inside (encap, attributes, N_IP))
    return;
  if (ph_attribute_u64 (attributes[LWTUNNEL_IP_ID], &id))
    g_string_append_printf (text, " id %" G_GUINT64_FORMAT, GUINT64_FROM_BE (id));
  append_address (text, "src", family, attributes[LWTUNNEL_IP_SRC]);
  append_address (text, "dst", family, attributes[LWTUNNEL_IP_DST]);
}

/* struct seg6_iptunnel_encap: a mode, and a segment routing header (RFC 8754) whose segments stand in reverse. */
static void
append_segments (GString *text, const struct nlattr *encap)
{
  static const char *const modes[] = { "inline", "encap", "l2encap", "encap.red", "l2encap.red" };
  const struct nlattr *attributes[SEG6_IPTUNNEL_SRH + 1];
  const struct nlattr *header;
  const guint8 *bytes;
  gsize length;
  guint n;
  int mode;

  if (!ph_attributes_inside (encap, attributes, G_N_ELEMENTS (attributes)))
    return;
  header = attributes[SEG6_IPTUNNEL_SRH];
  if (!header || mnl_attr_get_payload_len (header) < sizeof mode + sizeof (struct ipv6_sr_hdr))
    return;
  bytes = mnl_attr_get_payload (header);
  length = mnl_attr_get_payload_len (header) - sizeof mode - sizeof (struct ipv6_sr_hdr);
  memcpy (&mode, bytes, sizeof mode);
  n = bytes[sizeof mode + G_STRUCT_OFFSET (struct ipv6_sr_hdr, first_segment)] + 1u;
  bytes += sizeof mode + sizeof (struct ipv6_sr_hdr);

  if (mode >= 0 && (guint) mode < G_N_ELEMENTS (modes))
    g_string_append_printf (text, " mode %s", modes[mode]);
  for (guint i = 0; i < n && n * 16 <= length; i++)
    {
      PhAddress segment;
      char number[PH_ADDRESS_TEXT_MAX];

      ph_address_set (&segment, PH_FAMILY_IPV6, bytes + (n - 1 - i) * 16);
      ph_address_format (&segment, number);
      g_string_append_printf (text, "%s%s", i == 0 ? " segs " : ",", number);
    }
}

static void
append_local_action (GString *text, const struct nlattr *encap)
{
  static const char *const actions[] = {
    [SEG6_LOCAL_ACTION_END] = "End",         [SEG6_LOCAL_ACTION_END_X] = "End.X",
    [SEG6_LOCAL_ACTION_END_T] = "End.T",     [SEG6_LOCAL_ACTION_END_DX2] = "End.DX2",
    [SEG6_LOCAL_ACTION_END_DX6] = "End.DX6", [SEG6_LOCAL_ACTION_END_DX4] = "End.DX4",
    [SEG6_LOCAL_ACTION_END_DT6] = "End.DT6", [SEG6_LOCAL_ACTION_END_DT4] = "End.DT4",
    [SEG6_LOCAL_ACTION_END_B6] = "End.B6",   [SEG6_LOCAL_ACTION_END_B6_ENCAP] = "End.B6.Encaps",
    [SEG6_LOCAL_ACTION_END_BM] = "End.BM",   [SEG6_LOCAL_ACTION_END_S] = "End.S",
    [SEG6_LOCAL_ACTION_END_AS] = "End.AS",   [SEG6_LOCAL_ACTION_END_AM] = "End.AM",
    [SEG6_LOCAL_ACTION_END_BPF] = "End.BPF", [SEG6_LOCAL_ACTION_END_BPF + 1] = "End.DT46", /* Linux 5.14 */
  };
  const struct nlattr *attributes[N_LOCAL];
  guint32 action;

  if (ph_attributes_inside (encap, attributes, N_LOCAL) && ph_attribute_u32 (attributes[SEG6_LOCAL_ACTION], &action)
      && action < G_N_ELEMENTS (actions) && actions[action])
    g_string_append_printf (text, " action %s", actions[action]);
}

const char *
ph_decode_encap (PhArena *arena, const struct nlattr *type, const struct nlattr *encap)
{
  static const char *const names[]
      = { NULL, "mpls", "ip", "ila", "ip6", "seg6", "bpf", "seg6local", "rpl", "ioam6", "xfrm" };
  guint16 number;
  g_autoptr (GString) text = NULL;
  const struct nlattr *labels[MPLS_IPTUNNEL_DST + 1];

  if (!type || mnl_attr_get_payload_len (type) < sizeof number)
    return NULL;
  memcpy (&number, mnl_attr_get_payload (type), sizeof number);
  if (number == LWTUNNEL_ENCAP_NONE)
    return NULL;

  text = g_string_new (NULL);
  if (number < G_N_ELEMENTS (names))
    g_string_append (text, names[number]);
  else
    g_string_append_printf (text, "%u", number);
  switch (number)
    {
    case LWTUNNEL_ENCAP_MPLS:
      if (ph_attributes_inside (encap, labels, G_N_ELEMENTS (labels)))
        append_labels (text, labels[MPLS_IPTUNNEL_DST]);
      break;
    case LWTUNNEL_ENCAP_IP:
      append_ip (text, AF_INET, encap);
      break;
    case LWTUNNEL_ENCAP_IP6:
      append_ip (text, AF_INET6, encap);
      break;
    case LWTUNNEL_ENCAP_SEG6:
      append_segments (text, encap);
      break;
    case LWTUNNEL_ENCAP_SEG6_LOCAL:
      append_local_action (text, encap);
      break;
    default:
      break;
    }
  return ph_arena_string (arena, text->str);
}
