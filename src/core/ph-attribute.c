/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-attribute.h. */
#include "ph-attribute.h"

#include <string.h>

const struct nlmsghdr *
ph_message_next (const guint8 **bytes, gsize *length)
{
  const struct nlmsghdr *message = (const struct nlmsghdr *) (gconstpointer) *bytes;
  gsize size;

  if (*length < sizeof *message || message->nlmsg_len < sizeof *message || message->nlmsg_len > *length)
    return NULL;

  /* The padding behind the last one may be missing. */
  size = MIN (MNL_ALIGN ((gsize) message->nlmsg_len), *length);
  *bytes += size;
  *length -= size;
  return message;
}

/* The padding behind the last one may be missing. */
static gboolean
find (const guint8 *bytes, gsize length, const struct nlattr **table, guint n)
{
  gsize at = 0;

  while (at < length && length - at >= sizeof (struct nlattr))
    {
      const struct nlattr *attribute = (const struct nlattr *) (gconstpointer) (bytes + at);
      guint type = attribute->nla_type & NLA_TYPE_MASK;

      if (attribute->nla_len < sizeof *attribute || attribute->nla_len > length - at)
        return FALSE;
      if (type < n)
        table[type] = attribute;
      at += MNL_ALIGN (attribute->nla_len);
    }
  return TRUE;
}

gboolean
ph_attributes_find (const struct nlmsghdr *message, gsize header_size, const struct nlattr **table, guint n)
{
  gsize at = MNL_NLMSG_HDRLEN + MNL_ALIGN (header_size);

  memset (table, 0, n * sizeof *table);
  if (message->nlmsg_len < MNL_NLMSG_HDRLEN + header_size)
    return FALSE;
  return at >= message->nlmsg_len || find ((const guint8 *) message + at, message->nlmsg_len - at, table, n);
}

gboolean
ph_attributes_inside (const struct nlattr *attribute, const struct nlattr **table, guint n)
{
  memset (table, 0, n * sizeof *table);
  return attribute == NULL || find (mnl_attr_get_payload (attribute), mnl_attr_get_payload_len (attribute), table, n);
}

gboolean
ph_attributes_within (const guint8 *bytes, gsize length, const struct nlattr **table, guint n)
{
  memset (table, 0, n * sizeof *table);
  return find (bytes, length, table, n);
}

static gboolean
read_exactly (const struct nlattr *attribute, gpointer value, gsize size)
{
  if (attribute == NULL || mnl_attr_get_payload_len (attribute) < size)
    return FALSE;
  memcpy (value, mnl_attr_get_payload (attribute), size);
  return TRUE;
}

gboolean
ph_attribute_u8 (const struct nlattr *attribute, guint8 *value)
{
  return read_exactly (attribute, value, sizeof *value);
}

gboolean
ph_attribute_u32 (const struct nlattr *attribute, guint32 *value)
{
  return read_exactly (attribute, value, sizeof *value);
}

/* Attributes are aligned to four bytes only, hence the copy. */
gboolean
ph_attribute_u64 (const struct nlattr *attribute, guint64 *value)
{
  return read_exactly (attribute, value, sizeof *value);
}

gboolean
ph_attribute_struct (const struct nlattr *attribute, gpointer target, gsize size)
{
  if (attribute == NULL)
    return FALSE;
  memcpy (target, mnl_attr_get_payload (attribute), MIN (size, mnl_attr_get_payload_len (attribute)));
  return TRUE;
}

const char *
ph_attribute_string (const struct nlattr *attribute, gsize *length)
{
  const char *bytes;

  if (attribute == NULL)
    return NULL;
  bytes = mnl_attr_get_payload (attribute);
  *length = strnlen (bytes, mnl_attr_get_payload_len (attribute));
  return *length > 0 ? bytes : NULL;
}
