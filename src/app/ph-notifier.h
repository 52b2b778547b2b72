/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shows alerts as notifications of the desktop, by libnotify.
 *
 * libnotify waits for the notification service to answer, up to 25 s for each call. It therefore lives in a thread of
 * its own; nothing here waits for it, whatever the service does, and the program ends although it never answers.
 *
 * A service that is absent, ends, starts again or fails loses nothing: what could not be shown waits, together as one
 * alert, and is tried again with the next one, and as soon as the service comes to the bus. Before each alert it is
 * asked what it can do: buttons are for a service that has them, markup for one that would read it.
 *
 * Signals, in the main context that was the thread's own when the notifier was made:
 *   "show" (const PhListenerKey *key, const char *token): wants to see the listener; key NULL: it was a summary, show
 *          the Activity page. token: what lets a window take the focus (xdg-activation; gtk_window_set_startup_id()),
 *          NULL where the service gives none.
 *   "mute" (const PhListenerKey *key): Don't Tell Me Again, of this program at this port.
 *   "failed" (const char *trouble): an alert could not be shown, in a sentence. Once, until one can be shown again.
 * All of the arguments are borrowed.
 *
 * Property: "available" (boolean): FALSE from an alert that could not be shown until one is, or until the service
 * comes to the bus.
 *
 * Desktop Notifications Specification 1.2. Inside a Flatpak it takes --talk-name=org.freedesktop.Notifications, and
 * NOTIFY_IGNORE_PORTAL in the environment: libnotify prefers the portal, which has other numbers and no markup.
 */
#pragma once

#include <glib-object.h>

#include "ph-gather.h"

#define PH_TYPE_NOTIFIER (ph_notifier_get_type ())
G_DECLARE_FINAL_TYPE (PhNotifier, ph_notifier, PH, NOTIFIER, GObject)

/* @app_name: for people, as "Porthole". The bus is not looked for before the first alert. The last reference is let go
 * of in the thread that made it; buttons of notifications that are still to be seen go with it. */
PhNotifier *ph_notifier_new (const char *app_name);

/* Tells of @alert, which is copied. Of one listener: replaces what was told of the same one before, where that is still
 * to be seen. Returns at once. */
void ph_notifier_show (PhNotifier *self, const PhAlert *alert);

gboolean ph_notifier_get_available (PhNotifier *self);

/* Why not: a translated sentence. NULL: available. Borrowed. */
const char *ph_notifier_get_trouble (PhNotifier *self);
