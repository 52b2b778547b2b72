/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-link-names.h. */
#include "ph-link-names.h"

#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "ph-attribute.h"
#include "ph-text.h"

#define N_ATTRIBUTES (IFLA_IFNAME + 1)

G_STATIC_ASSERT (PH_LINK_NAME_MAX == (IFNAMSIZ - 1) * 8 + 1);

gboolean
ph_decode_link_name (const struct nlmsghdr *message, guint32 *index, char name[PH_LINK_NAME_MAX])
{
  const struct nlattr *attributes[N_ATTRIBUTES];
  const struct ifinfomsg *link = mnl_nlmsg_get_payload (message);
  const char *bytes;
  gsize length;

  if (message->nlmsg_type != RTM_NEWLINK || !ph_attributes_find (message, sizeof *link, attributes, N_ATTRIBUTES))
    return FALSE;
  bytes = ph_attribute_string (attributes[IFLA_IFNAME], &length);
  if (bytes == NULL || length >= IFNAMSIZ || link->ifi_index <= 0)
    return FALSE;

  *index = (guint32) link->ifi_index;
  if (ph_text_fit (bytes, length) == length)
    {
      memcpy (name, bytes, length);
      name[length] = '\0';
    }
  else
    {
      g_autoptr (GString) text = g_string_new (NULL);

      ph_text_sanitize (bytes, length, text);
      g_strlcpy (name, text->str, PH_LINK_NAME_MAX);
    }
  return TRUE;
}

guint
ph_decode_link_frame (const void *bytes, gsize length, PhLinkNameFunc func, gpointer user_data)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;
  guint malformed = 0;

  while ((message = ph_message_next (&at, &length)))
    {
      char name[PH_LINK_NAME_MAX];
      guint32 index;

      if (ph_decode_link_name (message, &index, name))
        func (index, name, user_data);
      else if (message->nlmsg_type >= NLMSG_MIN_TYPE)
        malformed++;
    }
  return malformed + (length > 0);
}
