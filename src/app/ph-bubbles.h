/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The notifications that are to be seen, and the alert that waits to be shown: what PhNotifier has in its thread.
 *
 * To be made, used and freed in one thread, whose thread-default main context is to run: there the answers come.
 * libnotify has its state in global variables, so that there can be one of these at a time in a program.
 */
#pragma once

#include <gio/gio.h>

#include "ph-gather.h"

/* Called in that thread; what is handed over is borrowed. See the signals in ph-notifier.h. */
typedef struct
{
  void (*show) (gpointer user, const PhListenerKey *key, const char *token);
  void (*mute) (gpointer user, const PhListenerKey *key);
  void (*trouble) (gpointer user, const char *trouble); /* it has changed; NULL: there is none */
} PhBubblesFuncs;

typedef struct _PhBubbles PhBubbles;

/* @stop: an answer is not waited for any more. */
PhBubbles *ph_bubbles_new (const char *app_name, const PhBubblesFuncs *funcs, gpointer user, GCancellable *stop);

/* Takes over @alert. May wait for the service. */
void ph_bubbles_show (PhBubbles *self, PhAlert *alert);

/* After @stop was cancelled. Takes the notifications with buttons from the screen, as far as the service answers at
 * once. */
void ph_bubbles_free (PhBubbles *self);
