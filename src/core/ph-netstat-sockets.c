/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sockets as netstat(8) prints them: a section for the Internet families, one for Unix sockets, and in the same manner
 * those that netstat knows nothing of.
 *
 * What differs from netstat, because it would not be true otherwise: addresses are never cut, an IPv4-mapped address is
 * shown as such, a listener's Send-Q is the limit of its queue as in ss(8), the reference count of a Unix socket (which
 * sock_diag does not tell) is "-", several owners of one socket are "12/nginx +3", and one that is only likely is its
 * unit in parentheses.
 */
#include "ph-layout.h"
#include "ph-line.h"
#include "ph-socket.h"

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
  WIDTH_USER = 10,
  WIDTH_INODE = 10,
  WIDTH_PROGRAM = 20,
  WIDTH_OTHER_PROTOCOL = 7,
  WIDTH_UNIX_FLAGS = 11,
  WIDTH_TYPE = 10,
  WIDTH_UNIX_STATE = 13,
  WIDTH_UNIX_INODE = 8,
};

#define NAME_MAX_BYTES 256 /* of a host or service name */

typedef struct
{
  const PhOptions *options;
  const PhStyle *style;
  guint64 requests;
  guint section; /* the next one that has no heading yet */
} State;

/* --- columns --- */

/* "address:port". A listener has no remote port: "*". */
static void
put_address (PhLine *line, const PhStyle *style, const PhSocket *socket, const PhAddress *address, guint16 port)
{
  PhNames *names = style->numeric ? NULL : style->names;
  gsize column = ph_line_column (line);
  char name[NAME_MAX_BYTES];

  if (names && !ph_address_is_any (address) && ph_names_host (names, address, TRUE, name, sizeof name))
    ph_line_add (line, name);
  else if (names && address->family == PH_FAMILY_IPV6 && ph_address_is_any (address))
    ph_line_add (line, "[::]");
  else
    {
      ph_address_format (address, name);
      ph_line_add (line, name);
    }

  ph_line_add (line, ":");
  if (port == 0)
    ph_line_add (line, "*");
  else if (names && ph_names_service (names, ph_protocol_name (socket->key.protocol), port, name, sizeof name))
    ph_line_add (line, name);
  else
    ph_line_add_number (line, port);
  ph_line_end_column (line, column, WIDTH_ADDRESS);
}

static void
put_user (PhLine *line, const PhOptions *options, const PhSocket *socket)
{
  if (socket->uid == PH_UID_UNKNOWN)
    ph_line_put (line, "-", WIDTH_USER);
  else if (socket->user && !options->numeric_users)
    ph_line_put (line, socket->user, WIDTH_USER);
  else
    ph_line_put_number_left (line, socket->uid, WIDTH_USER);
}

/* "12/nginx +3", "(cups.service)" or "-". */
static void
put_program (PhLine *line, const PhOwnership *owner)
{
  gsize column = ph_line_column (line);

  if (owner->note == PH_OWNER_PROCESS && owner->n_owners > 0)
    {
      const PhProcess *process = owner->owners[0].process;
      guint32 others = 0;

      ph_line_add_number (line, process->pid);
      ph_line_add (line, "/");
      ph_line_add (line, process->comm);

      /* One process may hold it by several descriptors. */
      for (guint32 i = 1; i < owner->n_owners; i++)
        others += owner->owners[i].process->pid != owner->owners[i - 1].process->pid;
      if (others)
        {
          ph_line_add (line, " +");
          ph_line_add_number (line, others);
        }
    }
  else if (owner->note == PH_OWNER_BY_SERVICE && owner->unit)
    {
      ph_line_add (line, "(");
      ph_line_add (line, owner->unit->name);
      ph_line_add (line, ")");
    }
  else
    ph_line_add (line, "-");
  ph_line_end_column (line, column, WIDTH_PROGRAM);
}

/* "keepalive (6.54/0/2)": seconds left, segments sent again, probes sent in vain. The kernel tells one number, which is
 * the one or the other by what the timer is for. */
static void
put_timer (PhLine *line, const PhSocket *socket)
{
  gboolean again = socket->timer == PH_TIMER_ON;
  gboolean probes = socket->timer == PH_TIMER_KEEPALIVE || socket->timer == PH_TIMER_PROBE;
  guint hundredths = socket->timer_ms % 1000 / 10;

  ph_line_add (line, ph_timer_name (socket->timer));
  ph_line_add (line, " (");
  ph_line_add_number (line, socket->timer_ms / 1000);
  ph_line_add (line, hundredths < 10 ? ".0" : ".");
  ph_line_add_number (line, hundredths);
  ph_line_add (line, "/");
  ph_line_add_number (line, again ? socket->timer_retransmits : 0);
  ph_line_add (line, "/");
  ph_line_add_number (line, probes ? socket->timer_retransmits : 0);
  ph_line_add (line, ")");
}

/* --- rows --- */

static void
put_inet (const State *state, const PhSocket *socket, PhLine *line)
{
  const PhOptions *options = state->options;
  gboolean raw = socket->key.protocol == PH_PROTOCOL_RAW;

  ph_line_put (line, ph_protocol_label (socket->key.protocol, socket->key.family), WIDTH_PROTOCOL);
  ph_line_put_number (line, socket->recv_q, WIDTH_QUEUE);
  ph_line_put_number (line, socket->send_q, WIDTH_QUEUE);
  put_address (line, state->style, socket, &socket->local, raw ? socket->protocol_number : socket->local_port);
  put_address (line, state->style, socket, &socket->remote, raw ? 0 : socket->remote_port);
  ph_line_put (line, ph_state_name (socket->key.protocol, socket->state), WIDTH_STATE);
  if (options->extended)
    {
      put_user (line, options, socket);
      ph_line_put_number_left (line, socket->inode, WIDTH_INODE);
    }
  if (options->programs)
    put_program (line, &socket->owner);
  if (options->timers)
    put_timer (line, socket);
}

/* What the sections of all other families share: where there is a type and an inode. */
static void
put_typed (const State *state, const PhSocket *socket, PhLine *line)
{
  const char *type = ph_type_name (socket->type);

  ph_line_put (line, type ? type : "", WIDTH_TYPE);
  ph_line_put (line, ph_state_name (socket->key.protocol, socket->state), WIDTH_UNIX_STATE);
  ph_line_put_number_left (line, socket->inode, WIDTH_UNIX_INODE);
  if (state->options->programs)
    put_program (line, &socket->owner);
  if (socket->path)
    ph_line_add (line, socket->path);
}

static void
put_unix (const State *state, const PhSocket *socket, PhLine *line)
{
  ph_line_put (line, "unix", WIDTH_PROTOCOL);
  ph_line_put (line, "-", WIDTH_QUEUE);
  ph_line_put (line, socket->flags & PH_SOCKET_LISTENING ? "[ ACC ]" : "[ ]", WIDTH_UNIX_FLAGS);
  put_typed (state, socket, line);
}

static void
put_other (const State *state, const PhSocket *socket, PhLine *line)
{
  ph_line_put (line, ph_protocol_label (socket->key.protocol, socket->key.family), WIDTH_OTHER_PROTOCOL);
  ph_line_put_number (line, socket->recv_q, WIDTH_QUEUE);
  ph_line_put_number (line, socket->send_q, WIDTH_QUEUE);
  put_typed (state, socket, line);
}

/* --- headings --- */

static void
put_heading (const State *state, guint section, GString *text)
{
  const PhOptions *options = state->options;
  const char *which = options->all ? "servers and established" : options->listening ? "only servers" : "w/o servers";
  PhLine line;

  g_string_append_printf (text, "%s (%s)\n", sections[section].title, which);
  ph_line_begin (&line, text);
  if (section == SECTION_INET)
    {
      ph_line_add (&line, "Proto Recv-Q Send-Q ");
      ph_line_put (&line, "Local Address", WIDTH_ADDRESS);
      ph_line_put (&line, "Foreign Address", WIDTH_ADDRESS);
      ph_line_put (&line, "State", WIDTH_STATE);
      if (options->extended)
        {
          ph_line_put (&line, "User", WIDTH_USER);
          ph_line_put (&line, "Inode", WIDTH_INODE);
        }
    }
  else
    {
      ph_line_put (&line, section == SECTION_UNIX ? "Proto RefCnt Flags      " : "Proto   Recv-Q Send-Q", 0);
      ph_line_put (&line, "Type", WIDTH_TYPE);
      ph_line_put (&line, "State", WIDTH_UNIX_STATE);
      ph_line_put (&line, "I-Node", WIDTH_UNIX_INODE);
    }
  if (options->programs)
    ph_line_put (&line, "PID/Program name", WIDTH_PROGRAM);
  if (section != SECTION_INET)
    ph_line_add (&line, section == SECTION_UNIX ? "Path" : "Bound to");
  else if (options->timers)
    ph_line_add (&line, "Timer");
  ph_line_end (&line);
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

/* The headings up to and with that of @section, of those that were asked for; its own in any case. */
static void
open_section (State *state, guint section, GString *text)
{
  for (; state->section <= section; state->section++)
    if (state->section == section || (state->requests & sections[state->section].announced))
      put_heading (state, state->section, text);
}

/* --- the layout --- */

static gpointer
create (const PhOptions *options, const PhStyle *style)
{
  State *state = g_new0 (State, 1);

  state->options = options;
  state->style = style;
  state->requests = ph_options_requests (options);
  return state;
}

static void
begin (gpointer data, const PhSnapshot *snapshot, GString *text)
{
  ((State *) data)->section = 0;
}

static void
row (gpointer data, gconstpointer record, GString *text)
{
  State *state = data;
  guint section = section_of (record);
  PhLine line;

  open_section (state, section, text);

  ph_line_begin (&line, text);
  if (section == SECTION_INET)
    put_inet (state, record, &line);
  else if (section == SECTION_UNIX)
    put_unix (state, record, &line);
  else
    put_other (state, record, &line);
  ph_line_end (&line);
}

/* The headings of what was asked for and did not come. */
static void
end (gpointer data, GString *text)
{
  State *state = data;

  for (; state->section < N_SECTIONS; state->section++)
    if (state->requests & sections[state->section].announced)
      put_heading (state, state->section, text);
}

const PhLayout ph_netstat_sockets = {
  .create = create,
  .destroy = g_free,
  .begin = begin,
  .row = row,
  .end = end,
};
