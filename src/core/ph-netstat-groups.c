/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Multicast groups as netstat -g prints them. */
#include "ph-group.h"
#include "ph-layout.h"
#include "ph-line.h"

enum
{
  WIDTH_INTERFACE = 15,
  WIDTH_USERS = 6,
};

#define NAME_MAX_BYTES 256

static gpointer
create (const PhOptions *options, const PhStyle *style)
{
  return (gpointer) style;
}

static void
destroy (gpointer state)
{
}

static void
begin (gpointer state, const PhSnapshot *snapshot, GString *text)
{
  g_string_append (text, "IPv6/IPv4 Group Memberships\n"
                         "Interface       RefCnt Group\n"
                         "--------------- ------ ---------------------\n");
}

static void
row (gpointer state, gconstpointer record, GString *text)
{
  const PhStyle *style = state;
  const PhGroup *group = record;
  char name[NAME_MAX_BYTES];
  PhLine line;

  if (style->numeric || !style->names || !ph_names_host (style->names, &group->key.address, TRUE, name, sizeof name))
    ph_address_format (&group->key.address, name);

  ph_line_begin (&line, text);
  ph_line_put (&line, group->name ? group->name : "-", WIDTH_INTERFACE);
  ph_line_put_number_left (&line, group->users, WIDTH_USERS);
  ph_line_add (&line, name);
  ph_line_end (&line);
}

static void
end (gpointer state, GString *text)
{
}

const PhLayout ph_netstat_groups = {
  .create = create,
  .destroy = destroy,
  .begin = begin,
  .row = row,
  .end = end,
};
