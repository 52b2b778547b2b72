/* SPDX-License-Identifier: GPL-3.0-or-later */
/* porthole: the window. */
#include <glib/gi18n.h>
#include <locale.h>
#include <malloc.h>

#include "ph-application.h"
#include "ph-config.h"

int
main (int argc, char **argv)
{
  g_autoptr (PhApplication) application = NULL;

  /* A frame is drawn into an image of some MB. Left to itself malloc learns from the first of them to keep such blocks
   * in its heap, where they stay when it is done. */
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 1024 * 1024);
#endif

  setlocale (LC_ALL, "");
  bindtextdomain (PH_GETTEXT_DOMAIN, PH_LOCALEDIR);
  bind_textdomain_codeset (PH_GETTEXT_DOMAIN, "UTF-8");
  textdomain (PH_GETTEXT_DOMAIN);

  application = ph_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
