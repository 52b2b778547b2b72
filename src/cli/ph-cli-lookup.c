/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is found goes out as an answer, that there is nothing as a complaint: a script looks at the exit status. */
#include "ph-cli-lookup.h"

#include "ph-cli-collect.h"
#include "ph-i18n.h"
#include "ph-lookup.h"

#define MAX_HOSTS 1 /* nobody is asked for names of hosts */

typedef struct
{
  const PhOptions *options;
  PhCliOutput *output;
  PhProbe *probe;
  PhCollector *collector;
  PhNames *names; /* of ports */
  guint64 told;
  guint64 n_looks;
} LookUp;

static void
print_hit (GString *text, const PhLookupHit *hit)
{
  guint more = hit->n_sockets - hit->sockets->len;

  g_string_append_printf (text, "%s\n", hit->title);
  if (hit->note)
    g_string_append_printf (text, "    %s\n", hit->note);
  for (guint i = 0; i < hit->sockets->len; i++)
    {
      const PhLookupSocket *socket = g_ptr_array_index (hit->sockets, i);

      g_string_append_printf (text, "  %s  %s\n", socket->title, socket->detail);
    }
  if (more > 0)
    {
      g_autofree char *filter = g_shell_quote (hit->filter);

      g_string_append (text, "  ");
      /* Translators: %s is a filter that shows them all. */
      g_string_append_printf (
          text, g_dngettext (GETTEXT_PACKAGE, "and %u more: --filter %s", "and %u more: --filter %s", more), more,
          filter);
      g_string_append_c (text, '\n');
    }
}

static void
complain (const char *note)
{
  g_auto (GStrv) lines = g_strsplit (note, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    ph_cli_complain ("%s", lines[i]);
}

static gboolean
look (gpointer data)
{
  LookUp *self = data;
  const PhPlan plan
      = { .requests = PH_PLAN_ALL, .want = PH_WANT_BOUND, .owners = TRUE, .full_owners = TRUE, .names = TRUE };
  g_autoptr (PhLookupQuery) query = ph_lookup_query_parse (self->options->look_up);
  g_autoptr (PhSnapshot) snapshot = ph_cli_collect (self->collector, self->probe, &plan);
  g_auto (PhLookupFacts) facts = { 0 };
  g_autoptr (PhLookup) lookup = NULL;
  gint32 pid = ph_lookup_query_pid (query);
  PhRequest request;

  if (!snapshot)
    return FALSE;
  ph_cli_report (snapshot, &self->told);
  if (pid != 0)
    {
      ph_lookup_facts_ask (&facts, pid, &request);
      ph_probe_ask (self->probe, &request, ph_lookup_facts_sink, &facts, NULL, NULL);
    }
  lookup = ph_lookup (query, snapshot, self->names, &facts);
  if (self->n_looks++ > 0)
    g_string_append_c (self->output->text, '\n');
  for (guint i = 0; i < lookup->hits->len; i++)
    print_hit (self->output->text, g_ptr_array_index (lookup->hits, i));
  if (lookup->note && lookup->hits->len > 0)
    g_string_append_printf (self->output->text, "%s\n", lookup->note);
  else if (lookup->note)
    complain (lookup->note);
  return lookup->hits->len > 0;
}

int
ph_cli_look_up (const PhOptions *options, PhCliOutput *output)
{
  LookUp self = { .options = options, .output = output };
  PhRequest services = { .name = PH_REQUEST_SERVICES };
  int status;

  self.probe = ph_probe_new ();
  self.collector = ph_collector_new (&ph_socket_topic);
  self.names = ph_names_new (MAX_HOSTS);
  if (!options->numeric_ports)
    ph_probe_ask (self.probe, &services, ph_names_services_sink, self.names, NULL, NULL);
  status = ph_cli_repeat (options->interval, output, look, &self);
  ph_names_unref (self.names);
  ph_collector_free (self.collector);
  ph_probe_free (self.probe);
  return status;
}
