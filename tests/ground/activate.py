#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""activate.py ID: starts the application ID from its menu entry, as a shell does, and waits for its window.

Run under with-display. Ends with 77 where Python's GObject bindings are not there.
"""
import os
import signal
import subprocess
import sys
import time

try:
    from gi.repository import Gio, GLib
except ImportError:
    print('no python3-gi here')
    sys.exit(77)

ID = sys.argv[1]


def bus_call(method, arguments, reply):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', method, arguments,
                         GLib.VariantType(reply), Gio.DBusCallFlags.NONE, 2000, None).unpack()[0]


def wait(what, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := what():
            return result
        time.sleep(0.05)
    sys.exit(f'gave up waiting for {what.__name__}')


def name_on_the_bus():
    return bus_call('NameHasOwner', GLib.Variant('(s)', (ID,)), '(b)')


def window_on_the_screen():
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'porthole'], capture_output=True, text=True)
    return found.stdout.split()


entry = Gio.DesktopAppInfo.new(ID + '.desktop')
if not entry:
    sys.exit('no such menu entry, or the program it names is not in PATH')
assert entry.should_show(), 'the entry is hidden'
assert entry.get_icon().to_string() == ID, entry.get_icon()
entry.launch([], None)
wait(name_on_the_bus)
pid = bus_call('GetConnectionUnixProcessID', GLib.Variant('(s)', (ID,)), '(u)')
print('started from', os.readlink(f'/proc/{pid}/exe'))
wait(window_on_the_screen)
os.kill(pid, signal.SIGTERM)
