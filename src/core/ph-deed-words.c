/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole sentences for translators. A question says what will go; an answer that is not "done" says what to do. */
#include "ph-deed-words.h"

#include "ph-i18n.h"
#include "ph-listener.h"
#include "ph-print.h"
#include "ph-text.h"

#define NAME_CHARACTERS 48  /* /proc/PID/comm has at most 15 bytes */
#define PATH_CHARACTERS 100 /* in a line of its own */

/* Takes over @line. */
static void
add_line (GString *text, char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
  g_free (line);
}

/* Takes over @paragraph, NULL: none. */
static void
add_paragraph (GString *text, char *paragraph)
{
  if (!paragraph)
    return;
  if (text->len > 0)
    g_string_append (text, "\n\n");
  g_string_append (text, paragraph);
  g_free (paragraph);
}

static char *
name_of (const PhProcess *process)
{
  return ph_text_present (process->comm, NAME_CHARACTERS);
}

/* --- what a socket is to people --- */

typedef enum
{
  IS_CONNECTION,
  IS_LISTENER,
  IS_DATAGRAM, /* UDP: bound, and maybe connected */
} Role;

static Role
role_of (const PhSocket *socket)
{
  if (socket->key.protocol == PH_PROTOCOL_UDP)
    return IS_DATAGRAM;
  return socket->state == PH_STATE_LISTEN ? IS_LISTENER : IS_CONNECTION;
}

static void
append_end (GString *text, const PhAddress *address, guint16 port)
{
  if (port != 0)
    ph_address_print_end (address, port, text);
  else
    g_string_append_c (text, '*');
}

/* "TCP 192.0.2.7:51234 ↔ 198.51.100.1:443"; a listener has no other end. Addresses are read from left to right in every
 * language. */
static char *
ends_of (const PhSocket *socket)
{
  g_autoptr (GString) text = g_string_new ("\u2066");

  g_string_append (text, socket->key.protocol == PH_PROTOCOL_UDP ? "UDP " : "TCP ");
  append_end (text, &socket->local, socket->local_port);
  if (socket->remote_port != 0)
    {
      g_string_append (text, " ↔ ");
      append_end (text, &socket->remote, socket->remote_port);
    }
  g_string_append (text, "\u2069");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- before --- */

char *
ph_deed_heading (PhDeedName deed, const PhSocket *socket, const PhProcess *process)
{
  g_autofree char *name = process ? name_of (process) : NULL;

  switch (deed)
    {
    case PH_DEED_END:
      return g_strdup_printf (_ ("End %s?"), name);
    case PH_DEED_KILL:
      return g_strdup_printf (_ ("Kill %s?"), name);
    case PH_DEED_CLOSE:
    case PH_DEED_NONE:
    case PH_N_DEEDS:
      break;
    }
  switch (role_of (socket))
    {
    case IS_LISTENER:
      return g_strdup_printf (_ ("Stop Listening on TCP %u?"), socket->local_port);
    case IS_DATAGRAM:
      return g_strdup (_ ("Close This Socket?"));
    case IS_CONNECTION:
      break;
    }
  return g_strdup (_ ("Close This Connection?"));
}

const char *
ph_deed_verb (PhDeedName deed, const PhSocket *socket)
{
  switch (deed)
    {
    case PH_DEED_END:
      return _ ("_End Process");
    case PH_DEED_KILL:
      return _ ("_Kill Process");
    case PH_DEED_CLOSE:
    case PH_DEED_NONE:
    case PH_N_DEEDS:
      break;
    }
  switch (role_of (socket))
    {
    case IS_LISTENER:
      return _ ("St_op Listening");
    case IS_DATAGRAM:
      return _ ("Cl_ose Socket");
    case IS_CONNECTION:
      break;
    }
  return _ ("Cl_ose Connection");
}

/* "started 3 h ago (25/11/26 18:02:11)", in the words of the locale. */
static char *
start_words (gint64 started, gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (started);
  g_autofree char *date = time ? g_date_time_format (time, "%x %X") : NULL;
  g_autoptr (GString) age = g_string_new (NULL);

  ph_print_duration (age, (guint64) MAX (now - started, 0));
  /* Translators: how long ago a process was started, and the date and time of it: "Started 3 h ago (11/25/26 18:02)".
   */
  return g_strdup_printf (_ ("Started %s ago (%s)"), age->str, date ? date : "");
}

char *
ph_process_words (const PhProcess *process, gint64 started, gint64 now)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = name_of (process);

  /* Translators: a program and the number of its process. */
  add_line (text, g_strdup_printf (_ ("%s (PID %d)"), name, process->pid));
  if (*process->exe)
    add_line (text, ph_text_present (process->exe, PATH_CHARACTERS));
  if (started > 0)
    add_line (text, start_words (started, now));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
ph_deed_process_body (PhDeedName deed,
                      const PhProcess *process,
                      gint64 started,
                      gint64 now,
                      const PhToll *toll,
                      PhRestart restart,
                      const char *service)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_paragraph (text, ph_process_words (process, started, now));
  if (deed == PH_DEED_KILL)
    add_paragraph (text, g_strdup (_ ("It is not asked first, and cannot save anything.")));
  if (toll)
    add_paragraph (text, ph_toll_to_text (toll));
  if (service)
    {
      g_autofree char *unit = ph_text_present (service, NAME_CHARACTERS);

      add_paragraph (text, ph_restart_sentence (restart, unit));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
consequence (const PhSocket *socket)
{
  switch (role_of (socket))
    {
    case IS_LISTENER:
      if (socket->recv_q > 0)
        return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                             "%u connection that waits to be accepted is dropped. Those already "
                                             "accepted stay.",
                                             "%u connections that wait to be accepted are dropped. Those already "
                                             "accepted stay.",
                                             socket->recv_q),
                                socket->recv_q);
      return g_strdup (_ ("Nobody can connect to it any more. Connections already accepted stay."));
    case IS_DATAGRAM:
      return g_strdup (_ ("The program gets an error. A port that it has chosen itself may stay its own."));
    case IS_CONNECTION:
      break;
    }
  return g_strdup (_ ("Both ends get an error, and what has not arrived yet is lost. Either may connect anew."));
}

char *
ph_deed_socket_body (const PhSocket *socket, const PhProcess *process, gint64 started, gint64 now)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_paragraph (text, ends_of (socket));
  if (process)
    add_paragraph (text, ph_process_words (process, started, now));
  add_paragraph (text, consequence (socket));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- after --- */

static char *
closed_sentence (const PhOutcome *outcome, gboolean sandboxed)
{
  switch (outcome->verdict)
    {
    case PH_VERDICT_DONE:
      return g_strdup (_ ("Closed"));
    case PH_VERDICT_GONE:
    case PH_VERDICT_ANOTHER:
      return g_strdup (_ ("It was closed already"));
    case PH_VERDICT_DENIED:
      return g_strdup (sandboxed ? _ ("Not permitted: no program may close others’ sockets from a sandbox")
                                 : _ ("Not permitted: closing takes CAP_NET_ADMIN, as the administrator has it"));
    case PH_VERDICT_UNSUPPORTED:
      return g_strdup (_ ("This kernel cannot close it: it was built without INET_DIAG_DESTROY, or not in this state"));
    case PH_VERDICT_REFUSED:
      return g_strdup (_ ("Not closed: it cannot be told apart from others for certain"));
    case PH_VERDICT_FAILED:
      break;
    }
  return g_strdup_printf (_ ("Not closed: %s"), g_strerror (outcome->errnum));
}

static char *
signalled_sentence (PhDeedName deed, const PhOutcome *outcome, const char *name)
{
  switch (outcome->verdict)
    {
    case PH_VERDICT_DONE:
      return g_strdup_printf (deed == PH_DEED_KILL ? _ ("%s was killed") : _ ("%s was asked to end"), name);
    case PH_VERDICT_GONE:
      return g_strdup_printf (_ ("%s had ended already"), name);
    case PH_VERDICT_ANOTHER:
      return g_strdup_printf (_ ("%s had ended already: its PID is another process’s now, which was left alone"), name);
    case PH_VERDICT_DENIED:
      return g_strdup_printf (_ ("Not permitted: %s is another user’s"), name);
    case PH_VERDICT_UNSUPPORTED:
      return g_strdup_printf (
          _ ("%s was left alone: this kernel has no pidfd (Linux 5.3), and another process might be hit"), name);
    case PH_VERDICT_REFUSED:
      return g_strdup_printf (_ ("%s was left alone: it may not be ended from here"), name);
    case PH_VERDICT_FAILED:
      break;
    }
  return g_strdup_printf (_ ("%s was left alone: %s"), name, g_strerror (outcome->errnum));
}

char *
ph_outcome_sentence (PhDeedName deed, const PhOutcome *outcome, const char *name, gboolean sandboxed)
{
  g_autofree char *shown = NULL;

  if (deed == PH_DEED_CLOSE)
    return closed_sentence (outcome, sandboxed);
  shown = ph_text_present (name, NAME_CHARACTERS);
  return signalled_sentence (deed, outcome, shown);
}

char *
ph_deed_unheeded_sentence (const char *name)
{
  g_autofree char *shown = ph_text_present (name, NAME_CHARACTERS);

  return g_strdup_printf (_ ("%s has not ended yet"), shown);
}
