/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GIO lies in GLib's own include folder, so that leaving its dependency out does not keep it out. This does. */
#error "core does no I/O: it may use GLib, and neither GObject nor GIO"
