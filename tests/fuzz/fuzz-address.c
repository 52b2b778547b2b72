/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame as it is: addresses of links. */
#include "fuzz.h"
#include "ph-link-decode.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree guint8 *frame = g_memdup2 (bytes, length);
  const guint8 *at = frame;
  const struct nlmsghdr *message;

  while ((message = ph_message_next (&at, &length)))
    {
      g_autoptr (GString) text = g_string_new (NULL);
      PhLinkAddress address;
      guint32 index;

      if (!ph_decode_link_address (message, &index, &address))
        continue;
      fuzz_assert (index != 0);
      fuzz_assert (address.address.family == PH_FAMILY_IPV4 || address.address.family == PH_FAMILY_IPV6);
      fuzz_assert (address.peer.family == PH_FAMILY_NONE || address.peer.family == address.address.family);
      fuzz_assert (address.prefix <= (address.address.family == PH_FAMILY_IPV4 ? 32 : 128));
      ph_link_address_print (&address, text);
      ph_link_scope_print (address.scope, text);
      ph_link_address_flags_print (&address, text);
      fuzz_check_text (text->str);
    }
  return 0;
}
