/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-app-finder.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "ph-worker.h"

struct _PhAppCatalog
{
  gatomicrefcount refs;
  GHashTable *by_id;      /* "org.gnome.Maps" → GAppInfo */
  GHashTable *by_program; /* path, as the kernel tells it → GAppInfo */
};

/* --- the catalog --- */

static const char *const starters[]
    = { "env", "sh", "bash", "dash", "flatpak", "snap", "gapplication", "gtk-launch", "xdg-open", "pkexec", "sudo" };

/* python3.11, perl, ruby: what they run is not in the path of their own. */
static const char *const interpreters[] = { "python", "perl", "ruby", "node", "java", "gjs", "mono", "wine" };

static gboolean
starts_others (const char *program)
{
  const char *name = strrchr (program, '/');

  name = name ? name + 1 : program;
  for (guint i = 0; i < G_N_ELEMENTS (starters); i++)
    if (g_str_equal (name, starters[i]))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (interpreters); i++)
    if (g_str_has_prefix (name, interpreters[i]))
      return TRUE;
  return FALSE;
}

/* The kernel tells the path with all links followed. */
static char *
real_program (const char *program)
{
  g_autofree char *found = program ? g_find_program_in_path (program) : NULL;
  char path[PATH_MAX];

  return found && realpath (found, path) ? g_strdup (path) : NULL;
}

/* Of several that start one program the plainest is meant: one that is shown, then the shortest command. */
static gboolean
is_plainer (GAppInfo *one, GAppInfo *other)
{
  gboolean shown = g_app_info_should_show (one);
  const char *mine = g_app_info_get_commandline (one);
  const char *others = g_app_info_get_commandline (other);

  if (shown != g_app_info_should_show (other))
    return shown;
  return strlen (mine ? mine : "") < strlen (others ? others : "");
}

static void
enter (PhAppCatalog *catalog, GAppInfo *app)
{
  const char *id = g_app_info_get_id (app);
  g_autofree char *program = real_program (g_app_info_get_executable (app));

  if (id && g_str_has_suffix (id, ".desktop"))
    g_hash_table_insert (catalog->by_id, g_strndup (id, strlen (id) - strlen (".desktop")), g_object_ref (app));
  if (program && !starts_others (program))
    {
      GAppInfo *other = g_hash_table_lookup (catalog->by_program, program);

      if (!other || is_plainer (app, other))
        g_hash_table_replace (catalog->by_program, g_steal_pointer (&program), g_object_ref (app));
    }
}

PhAppCatalog *
ph_app_catalog_new (GList *apps)
{
  PhAppCatalog *catalog = g_new0 (PhAppCatalog, 1);

  g_atomic_ref_count_init (&catalog->refs);
  catalog->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  catalog->by_program = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (GList *l = apps; l; l = l->next)
    enter (catalog, l->data);
  return catalog;
}

PhAppCatalog *
ph_app_catalog_ref (PhAppCatalog *catalog)
{
  g_atomic_ref_count_inc (&catalog->refs);
  return catalog;
}

void
ph_app_catalog_unref (PhAppCatalog *catalog)
{
  if (!catalog || !g_atomic_ref_count_dec (&catalog->refs))
    return;
  g_hash_table_unref (catalog->by_id);
  g_hash_table_unref (catalog->by_program);
  g_free (catalog);
}

/* A unit's name may begin with who started it: "gnome-firefox". */
static GAppInfo *
find_unit (PhAppCatalog *catalog, const char *name)
{
  GAppInfo *app = g_hash_table_lookup (catalog->by_id, name);

  for (const char *dash = strchr (name, '-'); dash && !app; dash = strchr (dash + 1, '-'))
    app = g_hash_table_lookup (catalog->by_id, dash + 1);
  return app;
}

GAppInfo *
ph_app_catalog_find (PhAppCatalog *catalog, const char *exe, const PhUnit *unit)
{
  GAppInfo *app = NULL;

  if (unit && unit->kind == PH_UNIT_FLATPAK)
    return g_hash_table_lookup (catalog->by_id, unit->name);
  if (*exe)
    app = g_hash_table_lookup (catalog->by_program, exe);
  if (!app && unit && unit->kind == PH_UNIT_APP)
    app = find_unit (catalog, unit->name);
  return app;
}

/* --- finding --- */

static GMutex lock; /* of the two below */
static PhAppCatalog *known;
static guint n_changes;

typedef struct
{
  char *exe;
  PhUnit *unit;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->exe);
  ph_unit_unref (wanted->unit);
  g_free (wanted);
}

static PhAppCatalog *
get_catalog (void)
{
  PhAppCatalog *catalog;
  GList *apps;
  guint change;

  g_mutex_lock (&lock);
  catalog = known ? ph_app_catalog_ref (known) : NULL;
  change = n_changes;
  g_mutex_unlock (&lock);
  if (catalog)
    return catalog;

  apps = g_app_info_get_all ();
  catalog = ph_app_catalog_new (apps);
  g_list_free_full (apps, g_object_unref);
  g_mutex_lock (&lock);
  if (!known && change == n_changes)
    known = ph_app_catalog_ref (catalog);
  g_mutex_unlock (&lock);
  return catalog;
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Wanted *wanted = data;
  g_autoptr (PhAppCatalog) catalog = get_catalog ();
  GAppInfo *app = ph_app_catalog_find (catalog, wanted->exe, wanted->unit);

  g_task_return_pointer (task, app ? g_object_ref (app) : NULL, g_object_unref);
}

static void
apps_changed (void)
{
  g_mutex_lock (&lock);
  g_clear_pointer (&known, ph_app_catalog_unref);
  n_changes++;
  g_mutex_unlock (&lock);
}

void
ph_app_find_async (const PhProcess *process,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  static GAppInfoMonitor *monitor; /* as long as the program runs */
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Wanted *wanted = g_new0 (Wanted, 1);

  if (!monitor)
    {
      monitor = g_app_info_monitor_get ();
      g_signal_connect (monitor, "changed", G_CALLBACK (apps_changed), NULL);
    }
  wanted->exe = g_strdup (process->exe);
  wanted->unit = process->unit ? ph_unit_ref (process->unit) : NULL;
  g_task_set_source_tag (task, ph_app_find_async);
  g_task_set_task_data (task, wanted, wanted_free);
  ph_worker_run (task, work);
}

GAppInfo *
ph_app_find_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
