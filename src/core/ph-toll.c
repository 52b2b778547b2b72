/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over the snapshot; a socket goes with its last holder. */
#include "ph-toll.h"

#include "ph-i18n.h"
#include "ph-listener.h"

#define PORTS_MAX 6 /* named; the rest is counted */

static gboolean
is_it (const PhProcess *process, gint32 pid, guint64 start_ticks)
{
  return process && process->pid == pid && process->start_ticks == start_ticks;
}

/* A process may have a socket open more than once. @shared: another process has it, too. */
static const PhProcess *
find_holder (const PhSocket *socket, gint32 pid, guint64 start_ticks, gboolean *shared)
{
  const PhProcess *holder = NULL;

  *shared = FALSE;
  for (guint i = 0; i < socket->owner.n_owners; i++)
    {
      const PhProcess *process = socket->owner.owners[i].process;

      if (is_it (process, pid, start_ticks))
        holder = process;
      else
        *shared = TRUE;
    }
  return holder;
}

/* Of the protocols that have connections; MPTCP's are counted by the TCP sockets that carry them. */
static gboolean
is_connection (const PhSocket *socket)
{
  switch (socket->key.protocol)
    {
    case PH_PROTOCOL_TCP:
    case PH_PROTOCOL_SCTP:
    case PH_PROTOCOL_DCCP:
      return socket->remote_port != 0 && socket->state != PH_STATE_LISTEN && socket->state != PH_STATE_CLOSE;
    default:
      return FALSE;
    }
}

static gint
compare_ports (gconstpointer a, gconstpointer b)
{
  const PhTollPort *one = a, *other = b;

  if (one->port != other->port)
    return one->port < other->port ? -1 : 1;
  return (one->protocol > other->protocol) - (one->protocol < other->protocol);
}

/* IPv4 and IPv6, and the many sockets that share a port, are one. */
static void
unite_ports (GArray *ports)
{
  guint n = 0;

  g_array_sort (ports, compare_ports);
  for (guint i = 0; i < ports->len; i++)
    {
      PhTollPort *all = (PhTollPort *) (void *) ports->data;

      if (n == 0 || compare_ports (&all[n - 1], &all[i]) != 0)
        all[n++] = all[i];
    }
  g_array_set_size (ports, n);
}

static void
count (PhToll *self, const PhSocket *socket, gboolean shared)
{
  if (shared)
    self->n_shared++;
  else if (ph_listener_is_watched (socket))
    {
      const PhTollPort port = { (guint8) socket->key.protocol, socket->local_port };

      g_array_append_val (self->ports, port);
    }
  else if (is_connection (socket))
    self->n_connections++;
  else
    self->n_others++;
}

PhToll *
ph_toll_new (const PhSnapshot *snapshot, gint32 pid, guint64 start_ticks)
{
  PhToll *self = g_new0 (PhToll, 1);

  self->ports = g_array_new (FALSE, FALSE, sizeof (PhTollPort));
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);
      const PhProcess *process;
      gboolean shared;

      if (socket->head.mark == PH_MARK_CLOSED || socket->owner.note != PH_OWNER_PROCESS)
        continue;
      process = find_holder (socket, pid, start_ticks, &shared);
      if (!process)
        continue;
      self->process = process;
      count (self, socket, shared);
    }
  unite_ports (self->ports);
  return self;
}

void
ph_toll_free (PhToll *self)
{
  if (!self)
    return;
  g_array_unref (self->ports);
  g_free (self);
}

/* --- words --- */

/* Takes over @line. */
static void
add_line (GString *text, char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
  g_free (line);
}

static void
append_ports (GString *text, const GArray *ports)
{
  g_autoptr (GString) list = g_string_new (NULL);

  if (ports->len == 0)
    return;
  for (guint i = 0; i < MIN (ports->len, PORTS_MAX); i++)
    {
      const PhTollPort *port = &g_array_index (ports, PhTollPort, i);

      /* Translators: between the items of a list: "TCP 80, TCP 443". */
      g_string_append_printf (list, "%s%s %u", i > 0 ? _ (", ") : "", ph_listener_protocol_name (port->protocol),
                              port->port);
    }
  if (ports->len > PORTS_MAX)
    g_string_append (list, "…");
  if (ports->len == 1)
    add_line (text, g_strdup_printf (_ ("It stops listening on %s."), list->str));
  else
    /* Translators: %u is how many ports; %s are these, "TCP 80, TCP 443". */
    add_line (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "It stops listening on %u port: %s.",
                                                  "It stops listening on %u ports: %s.", ports->len),
                                     ports->len, list->str));
}

char *
ph_toll_to_text (const PhToll *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_ports (text, self->ports);
  if (self->n_connections > 0)
    add_line (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "It drops %u connection.",
                                                  "It drops %u connections.", self->n_connections),
                                     self->n_connections));
  if (self->n_others > 0)
    add_line (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "It closes %u other socket.",
                                                  "It closes %u other sockets.", self->n_others),
                                     self->n_others));
  if (self->n_shared > 0)
    add_line (text,
              g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u socket stays open: another process holds it too.",
                                            "%u sockets stay open: other processes hold them too.", self->n_shared),
                               self->n_shared));
  if (text->len == 0)
    g_string_append (text, _ ("It has no sockets open any more."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
