#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""screenshots.py BUILD FOLDER [NAME...]: Porthole on a made-up desktop, light and dark, wide and narrow, as pictures in
FOLDER; all of them, or those with a NAME.
"""
import dataclasses
import os
import subprocess
import sys
import tempfile
import textwrap
import time

BUILD, FOLDER = map(os.path.abspath, sys.argv[1:3])
WANTED = sys.argv[3:]
HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)


@dataclasses.dataclass
class Shot:
    """How the program is started, what is done, and which of its windows is shown."""
    page: str
    arguments: list
    size: tuple = (1240, 760)
    facets: bool = False
    details: bool = False
    columns: str = ''       # where no option says so
    sort: str = '@a(sb) []'
    select: str = ''        # what a cell says
    settled: int = 12       # seconds: rates have settled, names have come in, nothing is new any more
    keys: str = ''          # what opens another window
    text: str = ''          # what is typed there
    window: str = 'Porthole'

    def settings(self):
        return textwrap.dedent(f'''
            [org/porthole/Porthole]
            window-width={self.size[0]}
            window-height={self.size[1]}
            page='{self.page}'
            connections-details={str(self.details).lower()}
            {self.page}-columns={self.columns.split(',') if self.columns else '@as []'}
            [org/porthole/Porthole/tables/{self.page}]
            facets={str(self.facets).lower()}
            sort={self.sort}
            ''')

    def do(self, app):
        from driver import run, wait
        wait(app.rows, 'rows in the table', 60)
        if self.select:
            app.click(wait(lambda: app.cell(self.select), self.select))
        run('xdotool', 'mousemove', '0', '0')
        time.sleep(self.settled)
        if self.keys:
            run('xdotool', 'mousemove', '300', '300')   # nobody manages windows here: keys go where the pointer is
            app.press(self.keys)
            time.sleep(1)
            app.type(self.text)
            time.sleep(2)


# Each in light and in dark.
SHOTS = {
    'connections': Shot('connections', ['-atu']),
    'details': Shot('connections', ['-atu', '--columns', 'process,remote_address,remote_port,rx_rate',
                                    '--filter', 'state:established'],
                    (1240, 860), facets=True, details=True, sort="[('process', false), ('rx_rate', true)]",
                    select='firefox', settled=45),
    'routes': Shot('routes', ['-r', '--route-to', '203.0.113.64']),
    'interfaces': Shot('interfaces', ['-i'], select='wlp2s0', settled=45),
    'statistics': Shot('statistics', ['-s']),
    'activity': Shot('activity', [],
                     columns='time,event,proto,local_port,remote_address,remote_port,process,pid,rx_bytes,duration'),
    'narrow': Shot('connections', ['-tul', '--columns', 'process,local_port,exposure'], (360, 720)),
    'look-up': Shot('connections', ['-atu'], settled=3, keys='ctrl+l', text='ssh', window='Look Up'),
    'help': Shot('connections', ['-atu'], settled=3, keys='F1', window='Help'),
}
SCHEMES = {'light': 'prefer-light', 'dark': 'prefer-dark'}


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def shoot(name, scheme, shot):
    """Inside the display."""
    from driver import Application
    with tempfile.TemporaryDirectory() as config:
        write(config, 'glib-2.0/settings/keyfile', shot.settings())
        write(config, 'gtk-4.0/settings.ini', '[Settings]\ngtk-font-name=Cantarell 11\n')
        app = Application([os.path.join(BUILD, 'src', 'porthole'), *shot.arguments],
                          environment={'ADW_DEBUG_COLOR_SCHEME': scheme, 'XDG_CONFIG_HOME': config,
                                       'XDG_DATA_HOME': config, 'GSETTINGS_BACKEND': 'keyfile'})
        try:
            shot.do(app)
            app.portrait(os.path.join(FOLDER, f'{name}.png'), shot.window)
        finally:
            app.stop()
    print(f'dev: wrote {FOLDER}/{name}.png')


def shoot_all():
    for name, shot in SHOTS.items():
        if WANTED and name not in WANTED:
            continue
        for ending, scheme in SCHEMES.items():
            shoot(f'{name}-{ending}', scheme, shot)


if os.environ.get('HARBOUR') == 'inside':
    shoot_all()
else:
    os.makedirs(FOLDER, exist_ok=True)
    sys.exit(subprocess.run([os.path.join(TESTS, 'tools', 'harbour.py'), os.path.join(TESTS, 'with-display'),
                             '/usr/bin/python3', os.path.abspath(__file__), BUILD, FOLDER, *WANTED],
                            env=dict(os.environ, SCREEN='1280x900x24')).returncode)
