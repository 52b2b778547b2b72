/* SPDX-License-Identifier: GPL-3.0-or-later */
/* porthole: the window. */
#include <glib/gi18n.h>
#include <locale.h>

#include "ph-application.h"
#include "ph-config.h"

int
main (int argc, char **argv)
{
  g_autoptr (PhApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (PH_GETTEXT_DOMAIN, PH_LOCALEDIR);
  bind_textdomain_codeset (PH_GETTEXT_DOMAIN, "UTF-8");
  textdomain (PH_GETTEXT_DOMAIN);

  application = ph_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
