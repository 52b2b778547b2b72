#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""look-up.py SOURCE BUILD: someone has a number or a name, and wants to know what it has to do with the network.

In a network of its own; each step leaves a picture in BUILD/journey/look-up.
"""
import os
import re
import socket
import subprocess
import time

import wire

wire.enter()

from driver import run, wait  # noqa: E402
from story import Story  # noqa: E402

story = Story('look-up')
held = []
PORT = 2   # its column
FILTER = 'proto:tcp state:established'
app = None
MY_PID = str(os.getpid())
with open('/proc/self/comm', encoding='utf-8') as comm:
    MY_NAME = comm.read().strip()


def listen():
    held.append(socket.create_server(('127.0.0.1', 0)))
    return held[-1].getsockname()[1]


def ports():
    """Those that I listen on."""
    return [s.getsockname()[1] for s in held[:4]]


def dialog():
    """The box; None: it is not open."""
    return next((part for part in app.children() if part.name == 'Look Up'), None)


def opened():
    app.press('ctrl+l')
    wait(dialog, 'the box')
    time.sleep(0.3)   # until it has the keys


def closed():
    wait(lambda: not dialog(), 'the box to close')
    time.sleep(0.5)   # until the window has the keys again


def says(pattern):
    """A text in the box."""
    return lambda: (box := dialog()) and box.find('label', pattern)


def titles():
    """Of the sockets in the box."""
    return [row.name for row in dialog().find_all('list item')]


def selected_row():
    """None: none is selected."""
    return next((row for row in app.list().children() if 'selected' in row.states), None)


def selected():
    """The port of the row that is selected; None: there is none."""
    row = selected_row()
    return row and app.label(row.children()[PORT])


def shows(pattern):
    """The line at the bottom says how many rows there are."""
    return lambda: re.search(pattern, app.window.find('status bar', '.*socket.*', stop=('tree table',)).name)


def filter_text():
    entry = app.window.find('entry', stop=('tree table',))
    return entry.text if entry else ''


def starts():
    global app
    for _ in range(4):
        listen()
    held.append(socket.create_connection(held[0].getsockname()))
    held.append(held[0].accept()[0])
    app = story.start('-a')
    wait(lambda: len(app.list().children()) > 3, 'rows in the table')
    # Nobody manages windows here: when the box has closed, the keys go where the pointer is.
    run('xdotool', 'mousemove', '1000', '72')
    assert app.titles()[PORT] == 'Local Port'


def is_told_what_can_be_typed():
    opened()
    wait(says('Type a PID.*'), 'what can be typed')
    app.press('Escape')
    closed()


def finds_a_pid():
    opened()
    app.type(MY_PID)
    wait(says(rf'{re.escape(MY_NAME)} \(PID {MY_PID}\)'), 'my program')
    assert says('Show All [0-9]+ Sockets')() or dialog().find('push button', 'Show All [0-9]+ Sockets')
    story.app.screenshot(os.path.join(story.pictures, 'hits.png'))
    app.press('Return')
    closed()
    wait(lambda: selected() == str(min(ports())), 'the first of my ports')
    before = selected_row()
    app.press('Down')
    wait(lambda: selected_row() not in (None, before), 'the keyboard to go on from there')


def look_up_behind_a_filter(port):
    """Enter before there is an answer: a single hit is gone to at once."""
    app.press('ctrl+f')
    wait(lambda: app.window.find('entry', stop=('tree table',)), 'the filter entry')
    app.press('ctrl+a')
    app.type(FILTER)
    wait(shows(r'\b2 shown'), 'two rows')
    opened()
    app.type(f':{port}')
    app.press('Return')


def finds_a_port_behind_a_filter():
    port = ports()[3]
    look_up_behind_a_filter(port)
    wait(lambda: selected() == str(port), 'the row of the port')
    assert not dialog() and not filter_text()


def ways_back():
    return list(app.window.find_all('push button', '.*Undo', stop=('tree table',)))


def has_the_filter_back():
    port = ports()[2]
    look_up_behind_a_filter(port)
    wait(lambda: selected() == str(port), 'the row of the port')
    wait(lambda: len(ways_back()) == 1, 'the way back, and the one before to be gone')
    ways_back()[0].do('click')
    wait(lambda: filter_text() == FILTER, 'the filter as it was')
    wait(shows(r'\b2 shown'), 'two rows')
    wait(lambda: not app.window.find('label', 'Filters Cleared.*', stop=('tree table',)), 'the way back to go')
    app.press('ctrl+f', 'Escape')
    wait(lambda: not shows('shown')(), 'all rows')


def is_told_what_is_not_there():
    idle = subprocess.Popen(['sleep', '60'])
    try:
        opened()
        app.type(f'pid {idle.pid}')
        wait(says(rf'sleep \(PID {idle.pid}\) has no socket\.'), 'that it has none')
    finally:
        idle.kill()
        idle.wait()
    app.press('ctrl+a')
    app.type(f'pid {idle.pid} ')
    wait(says(rf'There is no process with the PID {idle.pid}\.'), 'that it is no more')
    story.app.screenshot(os.path.join(story.pictures, 'nothing.png'))
    app.press('ctrl+a')
    app.type(':1')
    wait(says(r'No socket uses port 1\.'), 'that nobody has the port')
    app.press('ctrl+a')
    app.type('inode 1')
    wait(says(r'No socket has the inode 1\.'), 'that the inode is gone')
    app.press('Escape')
    closed()


def walks_through_several():
    opened()
    app.type('127.0.0.1')
    wait(says('Remote address 127.0.0.1.*'), 'both ends')
    app.press('Down', 'Down')
    focused = wait(lambda: next((p for p in dialog().find_all('list item') if 'focused' in p.states), None), 'a row')
    second = focused.name
    app.press('Return')
    closed()
    port = re.search(r':(\d+)', second)[1]
    wait(lambda: selected() == port, f'the row of {second}')


def shows_all_of_one():
    opened()
    app.type(f'process:{MY_NAME}')
    button = wait(lambda: dialog().find('push button', 'Show All [0-9]+ Sockets'), 'the way to all of them')
    many = int(re.search('[0-9]+', button.name)[0])
    button.do('click')
    closed()
    wait(lambda: filter_text() == f'pid:{MY_PID}', 'a filter for my program')
    wait(shows(rf'\b{many} shown'), f'{many} rows')


story.tell(starts, is_told_what_can_be_typed, finds_a_pid, finds_a_port_behind_a_filter, has_the_filter_back, is_told_what_is_not_there,
           walks_through_several, shows_all_of_one)
