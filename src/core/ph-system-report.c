/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-system-report.h. Texts come from the environment, and are made fit all the same. */
#include "ph-system-report.h"

#include <string.h>

#include "ph-text.h"

static void
append_line (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, "%s: ", name);
  ph_text_sanitize (value, strlen (value), text);
  g_string_append_c (text, '\n');
}

static const char *
yes_or_no (gboolean yes)
{
  return yes ? "yes" : "no";
}

static void
append_machine (const PhSystemFacts *facts, GString *text)
{
  append_line (text, "Kernel", facts->kernel);
  append_line (text, "Machine", facts->machine);
  append_line (text, "Display", facts->display ? facts->display : "none");
  append_line (text, "Desktop", facts->desktop ? facts->desktop : "not known");
  append_line (text, "Locale", facts->locale);
  append_line (text, "Sandbox", facts->sandbox ? facts->sandbox : "none");
  append_line (text, "Notifications", facts->silent ? "cannot be shown" : "no trouble so far");
}

/* Which user is not said, but that it is the one who may do everything. */
static void
append_means (const PhMeans *means, GString *text)
{
  append_line (text, "Superuser", yes_or_no (means->uid == 0));
  append_line (text, "May close connections (CAP_NET_ADMIN)", yes_or_no (means->may_close));
  append_line (text, "May end the processes of others (CAP_KILL)", yes_or_no (means->may_signal));
  append_line (text, "Can hold a process (pidfd)", yes_or_no (means->has_pidfd));
}

/* The requests that ended so, on one line; nothing where none did. */
static void
append_requests (const PhLookResult *looks, PhLook look, const char *name, GString *text)
{
  const char *before = ": ";
  gsize start = text->len;

  for (guint request = PH_REQUEST_NONE + 1; request < PH_N_REQUESTS; request++)
    if (looks[request].look == look)
      {
        if (text->len == start)
          g_string_append (text, name);
        g_string_append_printf (text, "%s%s", before, ph_request_name (request));
        before = ", ";
      }
  if (text->len > start)
    g_string_append_c (text, '\n');
}

static void
append_failure (PhRequestName request, const PhLookResult *result, GString *text)
{
  g_string_append_printf (text, "Failed: %s: %s", ph_request_name (request), ph_error_code_name (result->error.code));
  if (result->error.errnum != 0)
    g_string_append_printf (text, ", errno %d", result->error.errnum);
  g_string_append_c (text, '\n');
}

static void
append_looks (const PhLookResult *looks, GString *text)
{
  append_requests (looks, PH_LOOK_GOOD, "Reported", text);
  append_requests (looks, PH_LOOK_UNSUPPORTED, "Not in this kernel", text);
  append_requests (looks, PH_LOOK_PARTIAL, "Interrupted", text);
  for (guint request = PH_REQUEST_NONE + 1; request < PH_N_REQUESTS; request++)
    if (looks[request].look == PH_LOOK_FAILED)
      append_failure (request, &looks[request], text);
  for (guint request = PH_REQUEST_NONE + 1; request < PH_N_REQUESTS; request++)
    if (looks[request].malformed > 0)
      g_string_append_printf (text, "Not understood: %s: %u\n", ph_request_name (request),
                              (guint) looks[request].malformed);
}

char *
ph_system_report (const PhSystemFacts *facts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < facts->n_parts; i++)
    append_line (text, facts->parts[i].name, facts->parts[i].version);
  g_string_append_c (text, '\n');
  append_machine (facts, text);
  g_string_append_c (text, '\n');
  append_means (&facts->means, text);
  if (facts->looks)
    {
      g_string_append_c (text, '\n');
      append_looks (facts->looks, text);
    }
  return g_string_free (text, FALSE);
}
