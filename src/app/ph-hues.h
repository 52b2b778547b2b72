/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The two colours that graphs are drawn in, and those of marks: as the user likes them.
 *
 * Graphs have blue for what is received (and for single lines), orange for what is sent. They are Adwaita's own, of the
 * steps of its palette that stand out from a light and from a dark page. Blue and orange is the pair that every common
 * kind of colour blindness leaves apart; even so no graph relies on it: what is received is filled, what is sent is a
 * bare line. Without colours both are drawn in the text's.
 *
 * Marks are green and red, as everywhere; they have colours of their own where these are not told apart, and none
 * where none are wanted. Icons tell them all the same.
 */
#pragma once

#include <gtk/gtk.h>

typedef enum
{
  PH_HUE_FIRST = 0,
  PH_HUE_SECOND,
  PH_N_HUES
} PhHue;

/* As fits light, dark and high contrast at this moment. */
void ph_hue_get (GtkWidget *widget, PhHue hue, GdkRGBA *color);

/* From now on marks have the colours that the user likes, and windows are drawn anew when that changes. Once. */
void ph_hues_follow_taste (void);
