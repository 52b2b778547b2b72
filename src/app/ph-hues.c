/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Constants and not names of the style sheet: GTK has no way left to ask for those since 4.10. */
#include "ph-hues.h"

#include <adwaita.h>

#include "ph-compat.h"
#include "ph-taste.h"

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

  if (ph_taste_get_colors (ph_taste_get_default ()) == PH_COLORS_NONE)
    ph_compat_get_color (widget, color);
  else
    *color = hues[hue]
                 [(adw_style_manager_get_high_contrast (style) ? 2 : 0) + (adw_style_manager_get_dark (style) ? 1 : 0)];
}

/* --- marks --- */

static void
redraw (GtkWidget *widget)
{
  gtk_widget_queue_draw (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    redraw (child);
}

/* The usual colours are the style sheet's: another one is laid over it only where others are wanted. */
static void
follow (PhTaste *taste)
{
  static const char *const sheets[] = {
    [PH_COLORS_SAFE] = "/org/porthole/Porthole/colors-safe.css",
    [PH_COLORS_NONE] = "/org/porthole/Porthole/colors-none.css",
  };
  static GtkCssProvider *provider;
  GdkDisplay *display = gdk_display_get_default ();
  PhColors colors = ph_taste_get_colors (taste);
  g_autoptr (GList) windows = NULL;

  if (provider)
    gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (provider));
  g_clear_object (&provider);
  if (colors != PH_COLORS_USUAL)
    {
      provider = gtk_css_provider_new ();
      gtk_css_provider_load_from_resource (provider, sheets[colors]);
      /* Above the program's own. */
      gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
    }
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l; l = l->next)
    redraw (l->data);
}

void
ph_hues_follow_taste (void)
{
  PhTaste *taste = ph_taste_get_default ();

  g_signal_connect (taste, "colors", G_CALLBACK (follow), NULL);
  if (ph_taste_get_colors (taste) != PH_COLORS_USUAL)
    follow (taste);
}
