/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-socket-words.h"

#include <glib/gi18n.h>

void
ph_socket_print_local (const PhSocket *socket, GString *text)
{
  if (socket->local.family != PH_FAMILY_NONE)
    ph_address_print_end (&socket->local, socket->local_port, text);
  else if (socket->path)
    g_string_append (text, socket->path);
  else
    {
      g_autofree char *inode = g_strdup_printf ("%" G_GUINT64_FORMAT, socket->inode);

      /* Translators: a Unix socket without a path; %s is a number: “unnamed, inode 12345” */
      g_string_append_printf (text, _ ("unnamed, inode %s"), inode);
    }
}

void
ph_socket_print_remote (const PhSocket *socket, GString *text)
{
  if (socket->remote.family != PH_FAMILY_NONE)
    ph_address_print_end (&socket->remote, socket->remote_port, text);
  else
    g_string_append (text, "—");
}

static gboolean
has_remote (const PhSocket *socket)
{
  return socket->remote.family != PH_FAMILY_NONE && (socket->remote_port != 0 || !ph_address_is_any (&socket->remote));
}

void
ph_socket_print_ends (const PhSocket *socket, GString *text)
{
  ph_socket_print_local (socket, text);
  if (!has_remote (socket))
    return;
  g_string_append (text, " → ");
  ph_socket_print_remote (socket, text);
}

char *
ph_process_dup_words (const PhProcess *process)
{
  /* Translators: name and number of a process: “firefox (PID 4242)” */
  return g_strdup_printf (_ ("%s (PID %d)"), process->comm, process->pid);
}

char *
ph_socket_dup_owner (const PhSocket *socket)
{
  const PhOwnership *owner = &socket->owner;

  if (owner->n_owners > 0)
    return ph_process_dup_words (owner->owners[0].process);
  if (owner->note == PH_OWNER_BY_SERVICE && owner->unit)
    return g_strdup (owner->unit->name);
  return ph_owner_note_sentence (owner->note, ph_state_name (socket->key.protocol, socket->state), socket->user);
}
