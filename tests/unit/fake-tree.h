/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A temporary folder that a test fills with files and links, to be taken for /proc. */
#pragma once

#include <ftw.h>
#include <stdio.h>
#include <unistd.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "ph-proc-file.h"

static inline char *
fake_tree_new (void)
{
  GError *error = NULL;
  char *root = g_dir_make_tmp ("porthole-XXXXXX", &error);

  g_assert_no_error (error);
  ph_proc_root = root;
  return root;
}

static inline int
fake_tree_remove_one (const char *path, const struct stat *info, int kind, struct FTW *where)
{
  return remove (path);
}

static inline void
fake_tree_free (char *root)
{
  ph_proc_root = "/proc";
  g_assert_cmpint (nftw (root, fake_tree_remove_one, 16, FTW_DEPTH | FTW_PHYS), ==, 0);
  g_free (root);
}

static inline char *
fake_tree_path (const char *root, const char *name)
{
  char *path = g_build_filename (root, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  return path;
}

static inline void
fake_tree_file (const char *root, const char *name, const char *bytes, gssize length)
{
  g_autofree char *path = fake_tree_path (root, name);
  GError *error = NULL;

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
}

static inline void
fake_tree_link (const char *root, const char *name, const char *target)
{
  g_autofree char *path = fake_tree_path (root, name);

  g_assert_cmpint (symlink (target, path), ==, 0);
}
