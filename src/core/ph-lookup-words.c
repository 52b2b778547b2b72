/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a look-up says. Where a number may be several things and nothing has it, each of them is denied by name. */
#include "ph-lookup-private.h"

#include <string.h>

#include "ph-filter-complete.h"
#include "ph-i18n.h"
#include "ph-text.h"

const char *
ph_lookup_socket_who (const PhSocket *socket)
{
  const PhOwnership *owner = &socket->owner;

  if (owner->note == PH_OWNER_BY_SERVICE && owner->unit)
    return owner->unit->name;
  return owner->n_owners > 0 ? owner->owners[0].process->comm : NULL;
}

/* --- hits --- */

static char *
port_title (const PhLookupGroup *group)
{
  guint port = (guint) group->number;

  if (group->kind == PH_LOOKUP_LOCAL_PORT)
    return group->service ? g_strdup_printf (_ ("Local port %u (%s)"), port, group->service)
                          : g_strdup_printf (_ ("Local port %u"), port);
  return group->service ? g_strdup_printf (_ ("Remote port %u (%s)"), port, group->service)
                        : g_strdup_printf (_ ("Remote port %u"), port);
}

static char *
plain_title (const PhLookupGroup *group)
{
  g_autofree char *name = ph_text_isolate (group->kind == PH_LOOKUP_PROCESS ? group->process->comm
                                           : group->name                    ? group->name
                                                                            : "");
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, group->number);
  char address[PH_ADDRESS_TEXT_MAX];

  ph_address_format (&group->address, address);
  switch (group->kind)
    {
    case PH_LOOKUP_PROCESS:
      return g_strdup_printf (_ ("%s (PID %d)"), name, group->process->pid);
    case PH_LOOKUP_LOCAL_PORT:
    case PH_LOOKUP_REMOTE_PORT:
      return port_title (group);
    case PH_LOOKUP_LOCAL_ADDRESS:
      return g_strdup_printf (_ ("Local address %s"), address);
    case PH_LOOKUP_REMOTE_ADDRESS:
      return g_strdup_printf (_ ("Remote address %s"), address);
    case PH_LOOKUP_UNIT:
      return g_strdup_printf (_ ("Unit %s"), name);
    case PH_LOOKUP_PATH:
      return g_strdup_printf (_ ("Path %s"), name);
    case PH_LOOKUP_INODE:
      return g_strdup_printf (_ ("Inode %s"), number);
    case PH_LOOKUP_PEER:
      return g_strdup_printf (_ ("Other end of inode %s"), number);
    case PH_LOOKUP_N_KINDS:
      break;
    }
  g_return_val_if_reached (g_strdup (""));
}

char *
ph_lookup_group_title (const PhLookupGroup *group)
{
  g_autofree char *title = plain_title (group);
  g_autoptr (GString) who = g_string_new (NULL);

  for (guint i = 0; i < MIN (group->n_who, PH_LOOKUP_WHO); i++)
    {
      g_autofree char *name = ph_text_isolate (group->who[i]);

      g_string_append (who, i > 0 ? ", " : "");
      g_string_append (who, name);
    }
  if (who->len == 0)
    return g_steal_pointer (&title);
  if (group->n_who > PH_LOOKUP_WHO)
    g_string_append (who, ", …");
  /* Translators: "Local port 443 (https): nginx". */
  return g_strdup_printf (_ ("%s: %s"), title, who->str);
}

char *
ph_lookup_group_note (const PhLookupGroup *group)
{
  if (group->kind != PH_LOOKUP_PROCESS)
    return NULL;
  if (*group->process->cmdline)
    return g_strdup (group->process->cmdline);
  return *group->process->exe ? g_strdup (group->process->exe) : NULL;
}

char *
ph_lookup_group_filter (const PhLookupGroup *group, const PhLookupQuery *query)
{
  gboolean local = group->kind == PH_LOOKUP_LOCAL_PORT || group->kind == PH_LOOKUP_LOCAL_ADDRESS;
  g_autofree char *name = group->name ? ph_filter_quote (group->name) : NULL;
  char address[PH_ADDRESS_TEXT_MAX];

  switch (group->kind)
    {
    case PH_LOOKUP_PROCESS:
      return g_strdup_printf ("pid:%d", group->process->pid);
    case PH_LOOKUP_LOCAL_PORT:
    case PH_LOOKUP_REMOTE_PORT:
      return g_strdup_printf ("%s:%u", local ? "lport" : "rport", (guint) group->number);
    case PH_LOOKUP_LOCAL_ADDRESS:
    case PH_LOOKUP_REMOTE_ADDRESS:
      ph_address_format (&group->address, address);
      if (query->port == 0)
        return g_strdup_printf ("%s:%s", local ? "local" : "remote", address);
      return g_strdup_printf ("%s:%s %s:%u", local ? "local" : "remote", address, local ? "lport" : "rport",
                              query->port);
    case PH_LOOKUP_UNIT:
      return g_strconcat ("unit:=", name, NULL);
    case PH_LOOKUP_PATH:
      return g_strconcat ("path:=", name, NULL);
    case PH_LOOKUP_INODE:
      return g_strdup_printf ("inode:%" G_GUINT64_FORMAT, group->number);
    case PH_LOOKUP_PEER:
      return g_strdup_printf ("peer:%" G_GUINT64_FORMAT, group->number);
    case PH_LOOKUP_N_KINDS:
      break;
    }
  g_return_val_if_reached (g_strdup (""));
}

/* --- sockets --- */

char *
ph_lookup_socket_title (const PhSocket *socket)
{
  GString *text = g_string_new (NULL);

  if (socket->local.family != PH_FAMILY_NONE)
    ph_address_print_end (&socket->local, socket->local_port, text);
  else if (socket->path)
    g_string_append (text, socket->path);
  else
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, socket->inode);

      g_string_append_printf (text, _ ("Inode %s"), number);
    }
  if (socket->remote_port != 0 || (socket->remote.family != PH_FAMILY_NONE && !ph_address_is_any (&socket->remote)))
    {
      /* Either may have begun. */
      g_string_append (text, " ↔ ");
      ph_address_print_end (&socket->remote, socket->remote_port, text);
    }
  return g_string_free (text, FALSE);
}

static void
append_part (GString *text, const char *part)
{
  if (!part || !*part)
    return;
  if (text->len > 0)
    g_string_append (text, PH_NAME_SEPARATOR);
  g_string_append (text, part);
}

static char *
owner_words (const PhSocket *socket)
{
  const PhOwnership *owner = &socket->owner;
  const char *who = ph_lookup_socket_who (socket);
  g_autofree char *name = who ? ph_text_isolate (who) : NULL;

  if (!name)
    return owner->note == PH_OWNER_UNKNOWN
               ? NULL
               : ph_owner_note_sentence (owner->note, ph_state_name (socket->key.protocol, socket->state),
                                         socket->user);
  if (owner->note == PH_OWNER_BY_SERVICE || owner->n_owners == 0)
    return g_strdup_printf (_ ("%s (service)"), name);
  return g_strdup_printf (_ ("%s (PID %d)"), name, owner->owners[0].process->pid);
}

char *
ph_lookup_socket_detail (const PhSocket *socket, PhLookupKind kind)
{
  GString *text = g_string_new (ph_protocol_label (socket->key.protocol, socket->key.family));
  const char *state = ph_state_name (socket->key.protocol, socket->state);
  g_autofree char *owner = kind == PH_LOOKUP_PROCESS ? NULL : owner_words (socket);

  append_part (text, socket->key.family == PH_SOCKET_FAMILY_UNIX ? ph_type_name (socket->type) : NULL);
  append_part (text, state);
  append_part (text, owner);
  return g_string_free (text, FALSE);
}

/* --- what is not there --- */

static void
add_line (GString *text, char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
  g_free (line);
}

static gboolean
is_elsewhere (const PhProcess *process, const PhProcess *self)
{
  return self && process->net_ns != 0 && self->net_ns != 0 && process->net_ns != self->net_ns;
}

static gboolean
is_anothers (const PhProcess *process, const PhProcess *self)
{
  return self && self->uid != 0 && process->uid != self->uid;
}

gboolean
ph_lookup_is_hidden (const PhProcess *process, const PhProcess *self)
{
  return is_elsewhere (process, self) || is_anothers (process, self);
}

/* @alone: nothing else was found either. */
static void
add_pid (GString *text, const PhLookupQuery *query, const PhLookupFacts *facts, gboolean alone)
{
  gint32 pid = ph_lookup_query_pid (query);
  const PhProcess *process = facts ? facts->process : NULL;
  g_autofree char *name = process ? ph_text_isolate (process->comm) : NULL;

  if (process && is_elsewhere (process, facts->self))
    add_line (text,
              g_strdup_printf (_ ("%s (PID %d) is in another network namespace: its sockets are not among these."),
                               name, pid));
  else if (process && is_anothers (process, facts->self))
    add_line (text, g_strdup_printf (_ ("%s (PID %d) belongs to another user: which sockets it has may not be read."),
                                     name, pid));
  else if (process)
    add_line (text, g_strdup_printf (_ ("%s (PID %d) has no socket."), name, pid));
  else if (!alone && !query->named)
    return;
  else if (!facts || !facts->asked)
    add_line (text, g_strdup_printf (_ ("No process with the PID %s has a socket."), query->typed));
  else if (facts->partial)
    add_line (text, g_strdup_printf (_ ("No process with the PID %s may be seen from here."), query->typed));
  else
    add_line (text, g_strdup_printf (_ ("There is no process with the PID %s."), query->typed));
}

static void
add_missing_number (GString *text, const PhLookupQuery *query)
{
  if (ph_lookup_query_may_be (query, PH_LOOKUP_LOCAL_PORT) || ph_lookup_query_may_be (query, PH_LOOKUP_REMOTE_PORT))
    add_line (text, g_strdup_printf (_ ("No socket uses port %s."), query->typed));
  if (ph_lookup_query_may_be (query, PH_LOOKUP_INODE) || ph_lookup_query_may_be (query, PH_LOOKUP_PEER))
    add_line (text, g_strdup_printf (_ ("No socket has the inode %s."), query->typed));
  if (text->len == 0)
    add_line (text, g_strdup_printf (_ ("Nothing has the number %s."), query->typed));
}

static void
add_missing_name (GString *text, const PhLookupQuery *query, guint n_hidden)
{
  g_autofree char *name = ph_text_isolate (query->typed);

  if (query->address.family != PH_FAMILY_NONE)
    {
      add_line (text, g_strdup_printf (_ ("No socket has the address %s."), query->typed));
      return;
    }
  add_line (text, g_strdup_printf (_ ("Nothing that has a socket is called “%s”."), name));
  if (n_hidden > 0)
    add_line (text,
              g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Which program has it open may not be read of %u socket.",
                                            "Which programs have them open may not be read of %u sockets.", n_hidden),
                               n_hidden));
}

char *
ph_lookup_note (const PhLookupQuery *query, guint found, guint n_hits, guint n_hidden, const PhLookupFacts *facts)
{
  GString *text = g_string_new (NULL);

  if (query->kinds == 0)
    return g_string_free (text, TRUE);
  if (ph_lookup_query_pid (query) != 0 && !(found >> PH_LOOKUP_PROCESS & 1))
    add_pid (text, query, facts, n_hits == 0);
  if (n_hits == 0 && query->is_number)
    add_missing_number (text, query);
  else if (n_hits == 0)
    add_missing_name (text, query, n_hidden);
  if (n_hits > PH_LOOKUP_HITS)
    add_line (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more is not listed.", "%u more are not listed.",
                                                  n_hits - PH_LOOKUP_HITS),
                                     n_hits - PH_LOOKUP_HITS));
  return g_string_free (text, text->len == 0);
}
