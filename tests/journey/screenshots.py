#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""screenshots.py BUILD FOLDER: Porthole on a made-up desktop, light and dark, wide and narrow, as pictures in FOLDER."""
import os
import subprocess
import sys
import tempfile
import time

BUILD, FOLDER = map(os.path.abspath, sys.argv[1:3])
HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)

# name: width, height, page, how it is started, row to select; each in light and in dark
SHOTS = {
    'connections': (1100, 720, 'connections', ['-atu'], None),
    'routes': (1100, 720, 'routes', ['-r', '--route-to', '203.0.113.64'], None),
    'interfaces': (1100, 720, 'interfaces', ['-i'], 'wlp2s0'),
    'statistics': (1100, 720, 'statistics', ['-s'], None),
    'activity': (1100, 720, 'activity', [], None),
    'narrow': (360, 720, 'connections', ['-atu'], None),
}
SCHEMES = {'light': 'prefer-light', 'dark': 'prefer-dark'}
SETTLED = 12   # seconds: rates have settled, names have come in, nothing is new any more


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def shoot(name, scheme, width, height, page, arguments, selected):
    """Inside the display."""
    from driver import Application, run, wait
    with tempfile.TemporaryDirectory() as config:
        write(config, 'glib-2.0/settings/keyfile',
              f'[org/porthole/Porthole]\nwindow-width={width}\nwindow-height={height}\npage=\'{page}\'\n')
        write(config, 'gtk-4.0/settings.ini', '[Settings]\ngtk-font-name=Cantarell 11\n')
        app = Application([os.path.join(BUILD, 'src', 'porthole'), *arguments],
                          environment={'ADW_DEBUG_COLOR_SCHEME': scheme, 'XDG_CONFIG_HOME': config,
                                       'XDG_DATA_HOME': config,
                                       'GSETTINGS_BACKEND': 'keyfile'})
        try:
            wait(app.rows, 'rows in the table', 60)
            if selected:
                app.click(wait(lambda: app.cell(selected), selected))
            run('xdotool', 'mousemove', '0', '0')
            time.sleep(SETTLED)
            app.portrait(os.path.join(FOLDER, f'{name}.png'))
        finally:
            app.stop()
    print(f'dev: wrote {FOLDER}/{name}.png')


def shoot_all():
    for name, shot in SHOTS.items():
        for ending, scheme in SCHEMES.items():
            shoot(f'{name}-{ending}', scheme, *shot)


if os.environ.get('HARBOUR') == 'inside':
    shoot_all()
else:
    os.makedirs(FOLDER, exist_ok=True)
    sys.exit(subprocess.run([os.path.join(TESTS, 'tools', 'harbour.py'), os.path.join(TESTS, 'with-display'),
                             '/usr/bin/python3', os.path.abspath(__file__), BUILD, FOLDER],
                            env=dict(os.environ, SCREEN='1280x900x24')).returncode)
