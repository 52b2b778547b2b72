/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Constants and not names of the style sheet: GTK has no way left to ask for those since 4.10. */
#include "ph-hues.h"

#include <adwaita.h>

#define RGB(hex)                                                                                                       \
  {                                                                                                                    \
    ((hex) >> 16) / 255.0f, ((hex) >> 8 & 0xff) / 255.0f, ((hex) &0xff) / 255.0f, 1                                    \
  }

/* By hue; light, dark, light and dark in high contrast. */
static const GdkRGBA hues[PH_N_HUES][4] = {
  [PH_HUE_FIRST] = { RGB (0x1c71d8), RGB (0x62a0ea), RGB (0x1a5fb4), RGB (0x99c1f1) },  /* blue 4, 2, 5, 1 */
  [PH_HUE_SECOND] = { RGB (0xe66100), RGB (0xffa348), RGB (0xc64600), RGB (0xffbe6f) }, /* orange 4, 2, 5, 1 */
};

void
ph_hue_get (GtkWidget *widget, PhHue hue, GdkRGBA *color)
{
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (widget));

  *color
      = hues[hue][(adw_style_manager_get_high_contrast (style) ? 2 : 0) + (adw_style_manager_get_dark (style) ? 1 : 0)];
}
