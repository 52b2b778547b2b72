/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See gio/gio.h beside this. */
#error "core knows no objects: it may use GLib, and neither GObject nor GIO"
