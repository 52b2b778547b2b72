#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""layers.py BUILD: a layer cannot include what it must not know.

Each layer's own compile command, as the build uses it, is tried on one line that it must accept and on lines that it
must refuse. The line that it accepts is what makes a refusal mean something.
"""
import json
import os
import shlex
import subprocess
import sys

import tap

BUILD = os.path.abspath(sys.argv[1])

# layer: what it may include, and what it must not be able to.
LAYERS = {
    'probe': (
        ['<libmnl/libmnl.h>', '"ph-probe.h"'],
        ['<glib.h>', '<gio/gio.h>', '<gtk/gtk.h>', '"ph-socket.h"', '"../core/ph-socket.h"'],
    ),
    'core': (
        ['<glib.h>', '"ph-socket.h"', '"ph-request.h"'],
        ['<gio/gio.h>', '<glib-object.h>', '<gtk/gtk.h>', '"ph-view.h"', '"../model/ph-view.h"'],
    ),
    'model': (
        ['<gio/gio.h>', '"ph-view.h"', '"ph-socket.h"'],
        ['<gtk/gtk.h>', '<gdk/gdk.h>', '<adwaita.h>', '<libnotify/notify.h>', '"ph-window.h"', '"../app/ph-window.h"'],
    ),
}


def layer_command(layer):
    """The compiler and its flags for a file of LAYER, without input, output and dependency file; and where it runs."""
    with open(os.path.join(BUILD, 'compile_commands.json'), encoding='utf-8') as commands:
        entry = next(e for e in json.load(commands) if f'/src/{layer}/' in os.path.join('/', e['file']))
    words = iter(shlex.split(entry['command']))
    command = []
    for word in words:
        if word in ('-o', '-c', '-MF', '-MQ', '-MT'):
            next(words)
        elif word not in ('-MD', '-MMD'):
            command.append(word)
    source = os.path.dirname(os.path.join(entry['directory'], entry['file']))
    return command, source, entry['directory']


def compiles(layer, include):
    command, source, folder = layer_command(layer)
    # As if it were a file of that folder: quoted includes start there.
    text = f'#include {include}\nint ph_layer_probe (void);\nint ph_layer_probe (void) {{ return 0; }}\n'
    result = subprocess.run(command + ['-iquote', source, '-fsyntax-only', '-x', 'c', '-'],
                            input=text, cwd=folder, text=True, capture_output=True)
    return result.returncode == 0, result.stderr


def accepts(layer, include):
    def test():
        good, why = compiles(layer, include)
        assert good, why
    test.__name__ = f'{layer} may include {include}'
    return test


def refuses(layer, include):
    def test():
        good, _ = compiles(layer, include)
        assert not good, f'{include} compiles in {layer}'
    test.__name__ = f'{layer} cannot include {include}'
    return test


def the_command_line_links_no_window():
    libraries = subprocess.run(['ldd', os.path.join(BUILD, 'src', 'porthole-cli')],
                               check=True, capture_output=True, text=True).stdout
    assert 'libglib-2.0' in libraries, libraries
    for name in ('gtk', 'gdk', 'adwaita', 'notify', 'gio', 'gobject', 'sqlite', 'X11', 'wayland'):
        assert f'lib{name}' not in libraries, libraries


tests = [the_command_line_links_no_window]
for name, (allowed, forbidden) in LAYERS.items():
    tests += [accepts(name, include) for include in allowed]
    tests += [refuses(name, include) for include in forbidden]
tap.run(tests)
