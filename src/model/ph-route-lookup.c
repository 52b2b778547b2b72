/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names first: GResolver does it without holding up anybody; an address is not a name and is never sent to one. Then a
 * worker asks the kernel, with a probe of its own, for it takes a fraction of a millisecond to make one.
 */
#include "ph-route-lookup.h"

#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "ph-handover.h"
#include "ph-probe.h"
#include "ph-route-inquiry.h"
#include "ph-worker.h"

#define NAME_MAX_BYTES 255 /* RFC 1035 */

typedef struct
{
  char *address;
  char *source;
  char *mark;
  char *interface;
  PhSnapshot *rules;
  PhSnapshot *routes;
  char **resolving; /* which of these is being resolved */
  atomic_bool stop;
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  PH_TAKE_OVER (lookup);
  g_free (lookup->address);
  g_free (lookup->source);
  g_free (lookup->mark);
  g_free (lookup->interface);
  ph_snapshot_unref (lookup->rules);
  ph_snapshot_unref (lookup->routes);
  g_free (lookup);
}

/* --- in the worker --- */

static void
cancelled (GCancellable *cancellable, gpointer data)
{
  atomic_store (&((Lookup *) data)->stop, true);
}

static PhRouteExplanation *
ask (Lookup *lookup, GError **error)
{
  PhRouteQuestion question = { lookup->address, lookup->source, lookup->mark, lookup->interface };
  g_autoptr (PhRouteInquiry) inquiry
      = ph_route_inquiry_new (&question, getuid (), lookup->rules, lookup->routes, error);
  PhProbe *probe;
  PhRequest request;

  if (inquiry == NULL)
    return NULL;
  probe = ph_probe_new ();
  while (!atomic_load (&lookup->stop) && ph_route_inquiry_next (inquiry, &request))
    ph_probe_ask (probe, &request, ph_route_inquiry_sink, inquiry, &lookup->stop, NULL);
  ph_probe_free (probe);
  return ph_route_inquiry_end (inquiry, error);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Lookup *lookup = data;
  GError *error = NULL;

  PH_TAKE_OVER (lookup);
  gulong id = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled), lookup, NULL) : 0;
  PhRouteExplanation *explanation = ask (lookup, &error);
  g_cancellable_disconnect (cancellable, id);
  PH_HAND_OVER (lookup);

  if (g_task_return_error_if_cancelled (task))
    {
      ph_route_explanation_free (explanation);
      g_clear_error (&error);
    }
  else if (explanation != NULL)
    {
      PH_HAND_OVER (explanation);
      g_task_return_pointer (task, explanation, (GDestroyNotify) ph_route_explanation_free);
    }
  else
    g_task_return_error (task, error);
}

/* --- names --- */

static void resolve_next (GTask *task);

/* The first address that is of the family of the other one, where that is known. */
static char *
choose (GList *addresses, const char *other)
{
  PhAddress wanted;

  if (other == NULL || !ph_route_query_address (other, &wanted))
    return g_inet_address_to_string (addresses->data);
  for (GList *l = addresses; l != NULL; l = l->next)
    if ((g_inet_address_get_family (l->data) == G_SOCKET_FAMILY_IPV4) == (wanted.family == PH_FAMILY_IPV4))
      return g_inet_address_to_string (l->data);
  return g_inet_address_to_string (addresses->data);
}

static void
resolved (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Lookup *lookup = g_task_get_task_data (task);
  GError *error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (object), result, &error);

  if (addresses == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  char *address = choose (addresses, lookup->resolving == &lookup->address ? lookup->source : lookup->address);

  g_resolver_free_addresses (addresses);
  g_free (*lookup->resolving);
  *lookup->resolving = address;
  resolve_next (task);
}

/* What can be one; all else that is no address is refused later, in words. */
static gboolean
is_name (const char *typed)
{
  PhAddress address;

  return typed != NULL && *typed != '\0' && strlen (typed) <= NAME_MAX_BYTES && g_utf8_validate (typed, -1, NULL)
         && strpbrk (typed, " /:[]%") == NULL && !ph_route_query_address (typed, &address);
}

static void
resolve (GTask *task, char **typed)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  ((Lookup *) g_task_get_task_data (task))->resolving = typed;
  g_resolver_lookup_by_name_async (resolver, *typed, g_task_get_cancellable (task), resolved, g_object_ref (task));
}

/* What is no address is resolved; when nothing is left, the kernel is asked. */
static void
resolve_next (GTask *task)
{
  Lookup *lookup = g_task_get_task_data (task);

  if (is_name (lookup->source))
    resolve (task, &lookup->source);
  else if (is_name (lookup->address))
    resolve (task, &lookup->address);
  else
    {
      PH_HAND_OVER (lookup);
      ph_worker_run (task, work);
    }
}

static char *
copy (const char *typed)
{
  return typed != NULL ? g_strstrip (g_strdup (typed)) : NULL;
}

void
ph_route_lookup_async (const PhRouteQuestion *question,
                       PhSnapshot *rules,
                       PhSnapshot *routes,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (question != NULL);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Lookup *lookup = g_new0 (Lookup, 1);

  g_task_set_source_tag (task, ph_route_lookup_async);
  g_task_set_task_data (task, lookup, lookup_free);
  atomic_init (&lookup->stop, false);
  lookup->address = copy (question->address);
  lookup->source = copy (question->source);
  lookup->mark = copy (question->mark);
  lookup->interface = copy (question->interface);
  lookup->rules = rules != NULL ? ph_snapshot_ref (rules) : NULL;
  lookup->routes = routes != NULL ? ph_snapshot_ref (routes) : NULL;
  resolve_next (task);
}

PhRouteExplanation *
ph_route_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  PhRouteExplanation *explanation = g_task_propagate_pointer (G_TASK (result), error);

  if (explanation != NULL)
    PH_TAKE_OVER (explanation);
  return explanation;
}
