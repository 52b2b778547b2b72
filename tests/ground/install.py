#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""install.py SOURCE BUILD: what `meson install` puts somewhere is a whole application there.

Everything is looked up as a desktop does it, through XDG_DATA_DIRS and PATH, and at the end the menu entry is activated.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import tap

SOURCE, BUILD = sys.argv[1:3]
ID = 'org.porthole.Porthole'
ROOM = tempfile.mkdtemp(prefix='porthole-install-')


def meson():
    path = shutil.which('meson')
    if not path:
        raise tap.Skip('no meson in PATH')
    return path


def introspect(what):
    return json.loads(subprocess.run([meson(), 'introspect', what, BUILD], check=True, capture_output=True).stdout)


def prefix():
    options = {option['name']: option['value'] for option in introspect('--buildoptions')}
    return ROOM + options['prefix']


def environment():
    return dict(os.environ,
                PATH=os.path.join(prefix(), 'bin') + ':/usr/bin:/bin',
                XDG_DATA_DIRS=os.path.join(prefix(), 'share') + ':/usr/share')


def share(*path):
    return os.path.join(prefix(), 'share', *path)


def installs():
    result = subprocess.run([meson(), 'install', '-C', BUILD, '--no-rebuild', '--quiet', '--destdir', ROOM],
                            capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def everything_is_there():
    for path in ('applications/' + ID + '.desktop', 'metainfo/' + ID + '.metainfo.xml',
                 'glib-2.0/schemas/' + ID + '.gschema.xml', 'icons/hicolor/scalable/apps/' + ID + '.svg',
                 'icons/hicolor/symbolic/apps/' + ID + '-symbolic.svg'):
        assert os.path.isfile(share(path)), path
    for program in ('porthole', 'porthole-cli'):
        assert os.access(os.path.join(prefix(), 'bin', program), os.X_OK), program
        assert glob.glob(share('man', 'man1', program + '.1*')), program
    for language in ('de', 'fr'):
        assert os.path.isfile(share('locale', language, 'LC_MESSAGES', 'porthole.mo')), language


def nothing_else_is_there():
    strays = [path for path in glob.glob(ROOM + '/**', recursive=True)
              if os.path.isfile(path) and not re.search('porthole', os.path.basename(path), re.IGNORECASE)]
    assert not strays, strays


def the_command_line_runs():
    text = subprocess.run(['porthole-cli', '--version'], env=environment(), check=True, capture_output=True,
                          text=True).stdout
    version = introspect('--projectinfo')['version']
    assert version in text, text


def the_entry_speaks_german():
    with open(share('applications', ID + '.desktop'), encoding='utf-8') as text:
        assert 'GenericName[de]=' in text.read()


def the_menu_entry_starts_the_window():
    # What DESTDIR leaves to the packager: the cache of the settings' schemas.
    subprocess.run(['glib-compile-schemas', '--strict', share('glib-2.0', 'schemas')], check=True)
    result = subprocess.run(
        [os.path.join(SOURCE, 'tests', 'with-display'), 'env', 'XDG_DATA_DIRS=' + environment()['XDG_DATA_DIRS'],
         '/usr/bin/python3', os.path.join(SOURCE, 'tests', 'ground', 'activate.py'), ID],
        env=environment(), capture_output=True, text=True, timeout=90)
    if result.returncode == 77:
        raise tap.Skip(result.stdout.strip())
    assert result.returncode == 0, result.stdout + result.stderr


try:
    tap.run([installs, everything_is_there, nothing_else_is_there, the_command_line_runs, the_entry_speaks_german,
             the_menu_entry_starts_the_window], in_order=True)
finally:
    shutil.rmtree(ROOM, ignore_errors=True)
