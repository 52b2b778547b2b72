/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-toast.h"

AdwToast *
ph_toast_new (const char *text)
{
  g_autofree char *title = g_markup_escape_text (text, -1);

  return adw_toast_new (title);
}
