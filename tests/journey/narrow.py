#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""narrow.py SOURCE BUILD: the window at 360 by 480, as on a phone; then at the same size with high contrast, and at twice
that with text twice as large.

In a network of its own. Each page, pane, menu and dialog leaves a picture in BUILD/journey/narrow. Nothing may ask for more
room than there is, and nothing that can be pressed may lie outside.
"""
import os
import socket
import time

import wire

os.environ['SCREEN'] = '1600x1300x24'
wire.enter()

from driver import Application, run, wait  # noqa: E402
from story import BUILD, Story  # noqa: E402

story = Story('narrow')
app = None
wire.ip('link', 'set', 'lo', 'up')
SIZE = [360, 480]
PAGES = ('Connections', 'Routes', 'Interfaces', 'Statistics', 'Activity')
sockets = [socket.create_server(('127.0.0.1', 8200 + i)) for i in range(20)]
PRESSED = ('push button', 'toggle button', 'check box', 'entry', 'text')   # of the two switchers one hides


def make_small():
    """There is no window manager here, so the window is told itself."""
    found = run('xdotool', 'search', '--onlyvisible', '--pid', str(app.process.pid)).split()[0]
    geometry = dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', found).split())
    _, _, width, height = app.window.box
    run('xdotool', 'windowsize', found, str(SIZE[0] + int(geometry['WIDTH']) - width),
        str(SIZE[1] + int(geometry['HEIGHT']) - height))
    wait(fits, f'the window to be {SIZE[0]} by {SIZE[1]}')
    left, top = app.origin()   # keys go where the pointer is; there it has nothing to point at
    run('xdotool', 'mousemove', str(left + SIZE[0] // 2), str(top + SIZE[1] - 90))


def fits():
    return list(app.window.box[2:]) == SIZE


def picture(name):
    app.screenshot(os.path.join(story.pictures, f'{name}.png'))


def is_scrolled(part):
    """In something that scrolls, where what is outside is one gesture away."""
    while part and part.role != 'frame':
        if part.role == 'scroll pane':
            return True
        part = part.parent
    return False


def nothing_lies_outside(where):
    width, height = SIZE
    for part in app.window.walk(stop=('tree table',)):
        if part.role not in PRESSED or 'visible' not in part.states:
            continue
        x, y, part_width, part_height = part.box
        if part_width <= 0:
            continue
        inside = x >= 0 and y >= 0 and x + part_width <= width and y + part_height <= height
        assert inside or is_scrolled(part), (where, part.role, part.name, part.box)


def go_to(number):
    app.press(f'alt+{number}')
    time.sleep(1.2)
    assert fits(), (PAGES[number - 1], app.window.box)


def start(*options, **environment):
    global app
    app = story.app = Application([os.path.join(BUILD, 'src', 'porthole'), *options], log=story.log,
                                  environment=dict(environment, GSETTINGS_SCHEMA_DIR=os.path.join(BUILD, 'data')))
    wait(lambda: app.rows(), 'rows')
    make_small()


def starts_small():
    start('-lt')


def every_page_fits():
    for number, name in enumerate(PAGES, 1):
        go_to(number)
        picture(name.lower())
        nothing_lies_outside(name)


def every_pane_fits():
    for number, name in enumerate(PAGES[:4], 1):
        go_to(number)
        app.press('Home', 'Down')
        time.sleep(0.3)
        app.press('F9')
        time.sleep(1)
        picture(f'{name.lower()}-details')
        assert fits(), (name, app.window.box)
        nothing_lies_outside(f'details of {name}')
        app.press('F9')
        time.sleep(0.3)


def facets_and_the_filter_fit():
    go_to(1)
    app.press('F8')
    wait(lambda: app.window.find('list item', 'LISTEN.*', stop=('tree table',)).box[0] > 0, 'the facets over the table')
    time.sleep(0.5)
    picture('facets')
    assert fits(), app.window.box
    app.press('F8')
    time.sleep(0.5)
    app.press('ctrl+f')
    time.sleep(0.4)
    app.type('state:listen,established -proto:unix lport:8200-8210')
    time.sleep(1)
    picture('filter')
    assert fits(), app.window.box
    nothing_lies_outside('filter')
    app.press('Escape', 'Escape')


def dialogs_open():
    for keys, name in (('ctrl+l', 'look-up'), ('ctrl+comma', 'preferences'), ('F1', 'help')):
        before = len(app.children())
        app.press(keys)
        wait(lambda: len(app.children()) > before, name)
        time.sleep(0.8)
        picture(name)
        app.press('Escape')
        wait(lambda: len(app.children()) == before, f'{name} to close')


def with_high_contrast():
    app.stop()
    start('-lt', ADW_DEBUG_HIGH_CONTRAST='1')
    for number, name in enumerate(PAGES[:2], 1):
        go_to(number)
        picture(f'{name.lower()}-contrast')
    go_to(1)
    app.press('Home', 'Down', 'F9')
    time.sleep(1)
    picture('details-contrast')


def with_large_text():
    """200 %, as the desktop's setting does it."""
    app.stop()
    config = os.path.join(os.environ['HOME'], 'large')
    os.makedirs(os.path.join(config, 'gtk-4.0'))
    with open(os.path.join(config, 'gtk-4.0', 'settings.ini'), 'w', encoding='utf-8') as settings:
        settings.write(f'[Settings]\ngtk-font-name=Cantarell 11\ngtk-xft-dpi={2 * 96 * 1024}\n')
    SIZE[:] = [720, 960]
    start('-lt', XDG_CONFIG_HOME=config)
    for number, name in enumerate(PAGES, 1):
        go_to(number)
        picture(f'{name.lower()}-large')
        nothing_lies_outside(f'{name}, large')
    go_to(1)
    app.press('Home', 'Down', 'F9')
    time.sleep(1)
    picture('details-large')
    assert fits(), app.window.box


story.tell(starts_small, every_page_fits, every_pane_fits, facets_and_the_filter_fit, dialogs_open, with_high_contrast,
           with_large_text)
