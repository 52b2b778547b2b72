/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pathless.h"

#define PATHLESS_TYPE_FILE (pathless_file_get_type ())
G_DECLARE_FINAL_TYPE (PathlessFile, pathless_file, PATHLESS, FILE, GObject)

struct _PathlessFile
{
  GObject parent_instance;
  GFile *file;
};

static void pathless_file_iface_init (GFileIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PathlessFile,
                               pathless_file,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_FILE, pathless_file_iface_init))

static char *
get_path (GFile *file)
{
  return NULL;
}

static GFileOutputStream *
replace (GFile *file,
         const char *etag,
         gboolean make_backup,
         GFileCreateFlags flags,
         GCancellable *cancellable,
         GError **error)
{
  return g_file_replace (PATHLESS_FILE (file)->file, etag, make_backup, flags, cancellable, error);
}

static void
pathless_file_iface_init (GFileIface *iface)
{
  iface->get_path = get_path;
  iface->replace = replace;
}

static void
pathless_file_finalize (GObject *object)
{
  g_object_unref (PATHLESS_FILE (object)->file);
  G_OBJECT_CLASS (pathless_file_parent_class)->finalize (object);
}

static void
pathless_file_class_init (PathlessFileClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pathless_file_finalize;
}

static void
pathless_file_init (PathlessFile *self)
{
}

GFile *
pathless_new (GFile *file)
{
  PathlessFile *self = g_object_new (PATHLESS_TYPE_FILE, NULL);

  self->file = g_object_ref (file);
  return G_FILE (self);
}
