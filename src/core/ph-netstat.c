/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line costs well under a microsecond, because a machine may have a hundred thousand sockets: no printf, each line is
 * put together in a buffer on the stack and appended once.
 */
#include "ph-netstat.h"

#include <string.h>

enum
{
  SECTION_INET,
  SECTION_UNIX,
  SECTION_PACKET,
  SECTION_NETLINK,
  SECTION_VSOCK,
  N_SECTIONS,
};

#define BIT(name) (G_GUINT64_CONSTANT (1) << PH_REQUEST_##name)

/* netstat announces its own sections even where they are empty; ours are only shown where there is something. */
static const struct
{
  const char *title;
  guint64 announced; /* by these requests */
} sections[N_SECTIONS] = {
  [SECTION_INET] = { "Active Internet connections", BIT (UNIX) - BIT (TCP4) /* all from TCP4 to MPTCP6 */ },
  [SECTION_UNIX] = { "Active UNIX domain sockets", BIT (UNIX) },
  [SECTION_PACKET] = { "Active packet sockets", 0 },
  [SECTION_NETLINK] = { "Active netlink sockets", 0 },
  [SECTION_VSOCK] = { "Active VSOCK sockets", 0 },
};

/* netstat's widths, in characters. */
enum
{
  WIDTH_PROTOCOL = 5,
  WIDTH_QUEUE = 6,
  WIDTH_ADDRESS = 23,
  WIDTH_STATE = 11,
  WIDTH_PROGRAM = 20,
  WIDTH_UNIX_FLAGS = 11,
  WIDTH_TYPE = 10,
  WIDTH_UNIX_STATE = 13,
  WIDTH_INODE = 8,
};

#define NAME_MAX_BYTES 256 /* of a host or service name */

/* A line being put together. What does not fit is not lost: the buffer is emptied into @text first. */
typedef struct
{
  GString *text;
  gsize length;
  char bytes[1024];
} Line;

static void
line_flush (Line *line)
{
  g_string_append_len (line->text, line->bytes, line->length);
  line->length = 0;
}

/* Room for @size bytes, to be taken by adding to line->length. @size is at most sizeof bytes. */
static char *
line_room (Line *line, gsize size)
{
  if (line->length + size > sizeof line->bytes)
    line_flush (line);
  return line->bytes + line->length;
}

static void
line_put (Line *line, const char *text, gsize length)
{
  if (length > sizeof line->bytes / 2)
    {
      line_flush (line);
      g_string_append_len (line->text, text, length);
      return;
    }
  memcpy (line_room (line, length), text, length);
  line->length += length;
}

static void
line_fill (Line *line, gsize n)
{
  memset (line_room (line, n), ' ', n);
  line->length += n;
}

static void
line_put_padded (Line *line, const char *text, gsize width)
{
  gsize length = strlen (text);

  line_put (line, text, length);
  if (length < width)
    line_fill (line, width - length);
}

/* Digits of @number, right-aligned in @width. Returns the end. */
static char *
write_number (char *to, guint64 number, gsize width)
{
  char digits[20];
  gsize n = 0;

  do
    digits[n++] = '0' + number % 10;
  while (number /= 10);

  while (width > n)
    {
      *to++ = ' ';
      width--;
    }
  while (n > 0)
    *to++ = digits[--n];
  return to;
}

static void
line_put_number (Line *line, guint64 number, gsize width)
{
  char *start = line_room (line, 32);

  line->length += write_number (start, number, width) - start;
}

static void
line_put_inode (Line *line, guint64 inode)
{
  char *start = line_room (line, 32);
  char *end = write_number (start, inode, 0);

  while (end < start + WIDTH_INODE)
    *end++ = ' ';
  *end++ = ' ';
  line->length += end - start;
}

/* "address:port", padded. A listener has no remote port: "*". */
static void
line_put_address (Line *line, const PhStyle *style, const PhSocket *socket, const PhAddress *address, guint16 port)
{
  PhNames *names = style->numeric ? NULL : style->names;
  char name[NAME_MAX_BYTES];
  char *start, *to;

  line_fill (line, 1);
  start = to = line_room (line, 2 * NAME_MAX_BYTES);

  if (names && !ph_address_is_any (address) && ph_names_host (names, address, TRUE, name, sizeof name))
    to = g_stpcpy (to, name);
  else if (names && address->family == PH_FAMILY_IPV6 && ph_address_is_any (address))
    to = g_stpcpy (to, "[::]");
  else
    to += ph_address_format (address, to);

  *to++ = ':';
  if (port == 0)
    *to++ = '*';
  else if (names && ph_names_service (names, ph_protocol_name (socket->key.protocol), port, name, sizeof name))
    to = g_stpcpy (to, name);
  else
    to = write_number (to, port, 0);

  while (to < start + WIDTH_ADDRESS)
    *to++ = ' ';
  line->length += to - start;
}

/* "12/nginx +3", "(cups.service)" or "-". */
static void
line_put_program (Line *line, const PhOwnership *owner)
{
  gsize start = line_room (line, sizeof line->bytes / 2) - line->bytes;

  if (owner->note == PH_OWNER_PROCESS && owner->n_owners > 0)
    {
      const PhProcess *process = owner->owners[0].process;
      guint32 others = 0;

      line_put_number (line, process->pid, 0);
      line_put (line, "/", 1);
      line_put (line, process->comm, strlen (process->comm));

      /* One process may hold it by several descriptors. */
      for (guint32 i = 1; i < owner->n_owners; i++)
        others += owner->owners[i].process->pid != owner->owners[i - 1].process->pid;
      if (others)
        {
          line_put (line, " +", 2);
          line_put_number (line, others, 0);
        }
    }
  else if (owner->note == PH_OWNER_BY_SERVICE && owner->unit)
    {
      line_put (line, "(", 1);
      line_put (line, owner->unit->name, strlen (owner->unit->name));
      line_put (line, ")", 1);
    }
  else
    line_put (line, "-", 1);

  if (line->length >= start && line->length - start < WIDTH_PROGRAM)
    line_fill (line, WIDTH_PROGRAM - (line->length - start));
}

static void
put_inet (const PhNetstat *netstat, const PhSocket *socket, Line *line)
{
  gboolean raw = socket->key.protocol == PH_PROTOCOL_RAW;

  line_put_padded (line, ph_protocol_label (socket->key.protocol, socket->key.family), WIDTH_PROTOCOL);
  line_fill (line, 1);
  line_put_number (line, socket->recv_q, WIDTH_QUEUE);
  line_fill (line, 1);
  line_put_number (line, socket->send_q, WIDTH_QUEUE);
  line_put_address (line, netstat->style, socket, &socket->local, raw ? socket->protocol_number : socket->local_port);
  line_put_address (line, netstat->style, socket, &socket->remote, raw ? 0 : socket->remote_port);
  line_fill (line, 1);
  line_put_padded (line, ph_state_name (socket->key.protocol, socket->state), WIDTH_STATE);
  if (netstat->programs)
    {
      line_fill (line, 1);
      line_put_program (line, &socket->owner);
    }
}

/* What the sections of all other families share: where there is a type and an inode. */
static void
put_typed (const PhNetstat *netstat, const PhSocket *socket, Line *line)
{
  const char *type = ph_type_name (socket->type);

  line_put_padded (line, type ? type : "", WIDTH_TYPE);
  line_fill (line, 1);
  line_put_padded (line, ph_state_name (socket->key.protocol, socket->state), WIDTH_UNIX_STATE);
  line_fill (line, 1);
  line_put_inode (line, socket->inode);
  if (netstat->programs)
    {
      line_put_program (line, &socket->owner);
      line_fill (line, 1);
    }
  if (socket->path)
    line_put (line, socket->path, strlen (socket->path));
}

static void
put_unix (const PhNetstat *netstat, const PhSocket *socket, Line *line)
{
  line_put_padded (line, "unix", WIDTH_PROTOCOL);
  line_put_padded (line, " -", 1 + WIDTH_QUEUE + 1);
  line_put_padded (line, socket->flags & PH_SOCKET_LISTENING ? "[ ACC ]" : "[ ]", WIDTH_UNIX_FLAGS);
  line_fill (line, 1);
  put_typed (netstat, socket, line);
}

static void
put_other (const PhNetstat *netstat, const PhSocket *socket, Line *line)
{
  line_put_padded (line, ph_protocol_label (socket->key.protocol, socket->key.family), 7);
  line_fill (line, 1);
  line_put_number (line, socket->recv_q, WIDTH_QUEUE);
  line_fill (line, 1);
  line_put_number (line, socket->send_q, WIDTH_QUEUE);
  line_fill (line, 1);
  put_typed (netstat, socket, line);
}

static void
put_heading (const PhNetstat *netstat, guint section, GString *text)
{
  const char *which = netstat->all ? "servers and established" : netstat->listening ? "only servers" : "w/o servers";

  g_string_append_printf (text, "%s (%s)\n", sections[section].title, which);
  if (section == SECTION_INET)
    g_string_append_printf (text, "Proto Recv-Q Send-Q %-23s %-23s %-11s%s\n", "Local Address", "Foreign Address",
                            "State", netstat->programs ? " PID/Program name    " : "");
  else
    g_string_append_printf (text, "%s %-10s %-13s %-8s %s%s\n",
                            section == SECTION_UNIX ? "Proto RefCnt Flags      " : "Proto   Recv-Q Send-Q", "Type",
                            "State", "I-Node", netstat->programs ? "PID/Program name     " : "",
                            section == SECTION_UNIX ? "Path" : "Bound to");
}

static guint
section_of (const PhSocket *socket)
{
  switch (socket->key.family)
    {
    case PH_SOCKET_FAMILY_UNIX:
      return SECTION_UNIX;
    case PH_SOCKET_FAMILY_PACKET:
      return SECTION_PACKET;
    case PH_SOCKET_FAMILY_NETLINK:
      return SECTION_NETLINK;
    case PH_SOCKET_FAMILY_VSOCK:
      return SECTION_VSOCK;
    default:
      return SECTION_INET;
    }
}

void
ph_netstat_begin (PhNetstat *netstat, const PhOptions *options, guint64 requests, const PhStyle *style)
{
  *netstat = (PhNetstat){
    .style = style,
    .requests = requests,
    .all = options->all,
    .listening = options->listening,
    .programs = options->programs,
  };
}

/* The headings up to and with that of @section, of those that were asked for; its own in any case. */
static void
open_section (PhNetstat *netstat, guint section, GString *text)
{
  for (; netstat->section <= section; netstat->section++)
    if (netstat->section == section || (netstat->requests & sections[netstat->section].announced))
      put_heading (netstat, netstat->section, text);
}

void
ph_netstat_row (PhNetstat *netstat, const PhSocket *socket, GString *text)
{
  guint section = section_of (socket);
  Line line;

  open_section (netstat, section, text);

  line.text = text;
  line.length = 0;
  if (section == SECTION_INET)
    put_inet (netstat, socket, &line);
  else if (section == SECTION_UNIX)
    put_unix (netstat, socket, &line);
  else
    put_other (netstat, socket, &line);
  line_put (&line, "\n", 1);
  line_flush (&line);
}

void
ph_netstat_end (PhNetstat *netstat, GString *text)
{
  for (; netstat->section < N_SECTIONS; netstat->section++)
    if (netstat->requests & sections[netstat->section].announced)
      put_heading (netstat, netstat->section, text);
}
