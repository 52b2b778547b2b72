/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The build folder has the program in src/ and the compiled schema in data/. It is looked for beside the running
 * program, so that no path of the machine it was built on is in what is installed.
 */
#include "ph-settings.h"

#include "ph-config.h"

static char *
build_folder_schemas (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *schemas = NULL;
  g_autofree char *compiled = NULL;

  if (!program)
    return NULL;
  folder = g_path_get_dirname (program);
  schemas = g_build_filename (folder, "..", "data", NULL);
  compiled = g_build_filename (schemas, "gschemas.compiled", NULL);
  return g_file_test (compiled, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&schemas) : NULL;
}

/* It stays: several are asked for before the first rows, and the file is read each time. */
static GSettingsSchemaSource *
get_source (void)
{
  static GSettingsSchemaSource *source;
  g_autofree char *folder = source ? NULL : build_folder_schemas ();

  if (folder)
    source = g_settings_schema_source_new_from_directory (folder, g_settings_schema_source_get_default (), TRUE, NULL);
  if (!source && g_settings_schema_source_get_default ())
    source = g_settings_schema_source_ref (g_settings_schema_source_get_default ());
  return source;
}

/* @path: NULL: the schema has its own. */
static GSettings *
make (const char *id, const char *path)
{
  GSettingsSchemaSource *source = get_source ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source)
    schema = g_settings_schema_source_lookup (source, id, TRUE);
  if (!schema)
    return NULL;
  return g_settings_new_full (schema, NULL, path);
}

/* One for all: it is asked for in many places. */
GSettings *
ph_settings_new (void)
{
  static GSettings *settings; /* NULL where nobody has it any more */

  if (settings)
    return g_object_ref (settings);
  settings = make (PH_APPLICATION_ID, NULL);
  if (settings)
    g_object_add_weak_pointer (G_OBJECT (settings), (gpointer *) &settings);
  return settings;
}

GSettings *
ph_settings_new_of_table (const char *table)
{
  g_autofree char *path = g_strdup_printf ("/org/porthole/Porthole/tables/%s/", table);

  return make (PH_APPLICATION_ID ".Table", path);
}
