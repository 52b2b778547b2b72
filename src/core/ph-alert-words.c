/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole sentences for translators, with %s for names. Names are cut to what fits a line: a notification that is all
 * name says nothing.
 */
#include "ph-alert-words.h"

#include <string.h>

#include "ph-i18n.h"
#include "ph-text.h"

#define NAME_CHARACTERS 48  /* in a title or a list; /proc/PID/comm has at most 15 bytes */
#define PATH_CHARACTERS 128 /* in a line of its own */
#define NAMES_MAX       5   /* in a list */

char *
ph_listener_name (const PhListener *listener)
{
  if (*listener->process)
    return ph_text_present (listener->process, NAME_CHARACTERS);
  if (listener->key.owner.kind == PH_LISTENER_OWNER_PROGRAM)
    {
      g_autofree char *base = g_path_get_basename (listener->key.owner.name);

      return ph_text_present (base, NAME_CHARACTERS);
    }
  if (*listener->unit)
    return ph_text_present (listener->unit, NAME_CHARACTERS);
  return g_strdup (listener->note == PH_OWNER_KERNEL ? _ ("The kernel") : _ ("An unknown program"));
}

char *
ph_listener_place (const PhListenerKey *key)
{
  const char *protocol = ph_listener_protocol_name (key->protocol);
  char address[PH_ADDRESS_TEXT_MAX];

  switch ((PhExposure) key->exposure)
    {
    case PH_EXPOSURE_LOCAL:
      /* Translators: a protocol and a port, "TCP 8000". */
      return g_strdup_printf (_ ("%s %u (this computer only)"), protocol, key->port);
    case PH_EXPOSURE_ONE:
      ph_address_format (&key->address, address);
      /* Translators: a protocol, a port, and the only address it can be reached at. */
      return g_strdup_printf (_ ("%s %u (only %s)"), protocol, key->port, address);
    case PH_EXPOSURE_EVERY:
    case PH_EXPOSURE_NONE:
      break;
    }
  /* Translators: a protocol and a port, "TCP 8000". */
  return g_strdup_printf (_ ("%s %u (every address)"), protocol, key->port);
}

/* --- one --- */

static char *
one_title (const PhListener *listener)
{
  g_autofree char *name = ph_listener_name (listener);
  g_autofree char *place = ph_listener_place (&listener->key);

  if (listener->gone)
    /* Translators: a program and where: "python3 listened on TCP 8000 (every address) for a moment". */
    return g_strdup_printf (_ ("%s listened on %s for a moment"), name, place);
  /* Translators: a program and where: "python3 started listening on TCP 8000 (every address)". */
  return g_strdup_printf (_ ("%s started listening on %s"), name, place);
}

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
add_facts (GString *text, const PhListener *listener)
{
  const PhListenerOwner *owner = &listener->key.owner;
  g_autofree char *service = ph_text_present (listener->service, NAME_CHARACTERS);
  g_autofree char *unit = ph_text_present (listener->unit, PATH_CHARACTERS);

  if (*service)
    /* Translators: %s is the usual name of the port, as "http". */
    add_line (text, g_strdup_printf (_ ("Service: %s"), service));
  if (owner->kind == PH_LISTENER_OWNER_PROGRAM)
    {
      g_autofree char *path = ph_text_present (owner->name, PATH_CHARACTERS);

      add_line (text, g_strdup_printf (_ ("Program: %s"), path));
    }
  if (*unit)
    add_line (text, g_strdup_printf (_ ("Unit: %s"), unit));
  if (owner->kind != PH_LISTENER_OWNER_PROGRAM && listener->note != PH_OWNER_PROCESS)
    {
      g_autofree char *user = ph_text_present (listener->user, NAME_CHARACTERS);

      add_line (text, ph_owner_note_sentence (listener->note, NULL, user));
    }
}

/* --- many --- */

typedef struct
{
  char *name;
  guint n;
} Count;

static void
clear_count (gpointer count)
{
  g_free (((Count *) count)->name);
}

static gint
most_first (gconstpointer a, gconstpointer b)
{
  const Count *first = a;
  const Count *second = b;

  return (first->n < second->n) - (first->n > second->n);
}

/* Each name with how often it comes; as many are looked through as an alert keeps, so it need not be fast. */
static GArray *
count_names (const GPtrArray *listeners)
{
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (Count));

  g_array_set_clear_func (counts, clear_count);
  for (guint i = 0; i < listeners->len; i++)
    {
      Count one = { ph_listener_name (g_ptr_array_index (listeners, i)), 1 };
      guint k = 0;

      while (k < counts->len && strcmp (g_array_index (counts, Count, k).name, one.name) != 0)
        k++;
      if (k == counts->len)
        g_array_append_val (counts, one);
      else
        {
          g_array_index (counts, Count, k).n++;
          g_free (one.name);
        }
    }
  g_array_sort (counts, most_first); /* stable: of equal ones, the first that came */
  return counts;
}

/* "nginx (2), postgres, …" */
static char *
list_names (const PhAlert *alert)
{
  g_autoptr (GArray) counts = count_names (alert->listeners);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < counts->len && i < NAMES_MAX; i++)
    {
      const Count *count = &g_array_index (counts, Count, i);

      if (i > 0)
        g_string_append (text, ", ");
      g_string_append (text, count->name);
      if (count->n > 1)
        g_string_append_printf (text, " (%u)", count->n);
    }
  if (counts->len > NAMES_MAX || alert->n_more > 0)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

static char *
many_title (const PhAlert *alert)
{
  guint n = ph_alert_n (alert);

  if (alert->away)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u new listening port while you were away",
                                         "%u new listening ports while you were away", n),
                            n);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u new listening port", "%u new listening ports", n), n);
}

/* --- alerts --- */

/* The only listener, or NULL. */
static const PhListener *
only_one (const PhAlert *alert)
{
  return ph_alert_n (alert) == 1 ? g_ptr_array_index (alert->listeners, 0) : NULL;
}

char *
ph_alert_title (const PhAlert *alert)
{
  const PhListener *one = alert->away ? NULL : only_one (alert);

  return one ? one_title (one) : many_title (alert);
}

char *
ph_alert_body (const PhAlert *alert)
{
  const PhListener *one = only_one (alert);
  GString *text;

  if (!one)
    return list_names (alert);
  text = g_string_new (NULL);
  if (alert->away)
    add_line (text, one_title (one));
  add_facts (text, one);
  return g_string_free (text, FALSE);
}

char *
ph_alert_body_markup (const PhAlert *alert)
{
  g_autofree char *body = ph_alert_body (alert);

  return g_markup_escape_text (body, -1);
}

char *
ph_alert_line (const PhAlert *alert)
{
  g_autofree char *title = ph_alert_title (alert);
  const PhListener *one = only_one (alert);
  g_autofree char *rest = NULL;

  if (one && !alert->away)
    return g_steal_pointer (&title);
  rest = one ? one_title (one) : list_names (alert);
  /* Translators: "7 new listening ports: nginx (2), postgres". */
  return g_strdup_printf (_ ("%s: %s"), title, rest);
}
