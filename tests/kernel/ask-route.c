/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ask-route: "Which route?" with all that can be asked, which the command line's --route-to cannot. Each line of the
 * input is a question, ADDRESS SOURCE MARK INTERFACE, with - for what is not said; each line of the output its answer,
 * a JSON object.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ph-column-list.h"
#include "ph-export.h"
#include "ph-probe.h"
#include "ph-route-inquiry.h"
#include "ph-route-listing.h"

#define COLUMNS "destination,verdict,gateway,interface,source,table,rule,comparison,errno,words"

static const char *
said (const char *word)
{
  return word && strcmp (word, "-") != 0 ? word : NULL;
}

static PhRouteExplanation *
ask (PhProbe *probe, char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (g_strstrip (line), " ", 4);
  guint n = g_strv_length (words);
  const PhRouteQuestion question = {
    .address = n > 0 ? words[0] : NULL,
    .source = n > 1 ? said (words[1]) : NULL,
    .mark = n > 2 ? said (words[2]) : NULL,
    .interface = n > 3 ? said (words[3]) : NULL,
  };
  g_autoptr (PhRouteInquiry) inquiry = ph_route_inquiry_new (&question, getuid (), NULL, NULL, error);
  PhRequest request;

  if (!inquiry)
    return NULL;
  while (ph_route_inquiry_next (inquiry, &request))
    ph_probe_ask (probe, &request, ph_route_inquiry_sink, inquiry, NULL, NULL);
  return ph_route_inquiry_end (inquiry, error);
}

int
main (void)
{
  g_autofree const PhColumn **columns = ph_column_list_parse (&ph_route_explanation_schema, COLUMNS, NULL);
  PhProbe *probe = ph_probe_new ();
  char line[512];

  while (fgets (line, sizeof line, stdin))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PhRouteExplanation) explanation = ask (probe, line, &error);
      g_autoptr (GString) json = g_string_new (NULL);

      if (!explanation)
        {
          fprintf (stderr, "%s: %s\n", line, error->message);
          return 1;
        }
      ph_json_row (json, columns, explanation, TRUE);
      puts (g_strstrip (json->str));
    }
  ph_probe_free (probe);
  return 0;
}
