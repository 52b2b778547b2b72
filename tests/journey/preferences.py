#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""preferences.py SOURCE BUILD: someone makes the window theirs: colours, units, marks; then asks for help, and for the report.

In a network of its own; each step leaves a picture in BUILD/journey/preferences.
"""
import os
import re
import socket
import struct
import threading
import time

import wire

wire.enter()

from driver import run, wait  # noqa: E402
from story import Story  # noqa: E402

story = Story('preferences')
app = None
wire.ip('link', 'set', 'lo', 'up')
os.environ['GSETTINGS_BACKEND'] = 'keyfile'   # what is set can be read
KEYFILE = os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile')


def connect():
    """A connection to ourselves; its near port, and what ends it without a trace in the kernel."""
    server = socket.create_server(('127.0.0.1', 0))
    near = socket.create_connection(server.getsockname())
    far, _ = server.accept()
    server.close()
    far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))   # no TIME_WAIT
    number = near.getsockname()[1]

    def end():
        far.close()
        near.close()

    return number, end


def keep_sending(port):
    """About a megabyte a second to ourselves."""
    server = socket.create_server(('127.0.0.1', port))
    near = socket.create_connection(('127.0.0.1', port))
    far, _ = server.accept()
    server.close()

    def send():
        while True:
            near.sendall(b'x' * 100_000)
            time.sleep(0.1)

    def receive():
        while far.recv(1 << 20):
            pass

    for work in (send, receive):
        threading.Thread(target=work, daemon=True).start()


def window(name):
    """One of the program's other windows; None: it is not open."""
    return next((part for part in app.children() if part.name == name), None)


def click(name, part):
    """On a part of one of the other windows."""
    found = run('xdotool', 'search', '--onlyvisible', '--name', f'^{name}$').split()[0]
    geometry = dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', found).split())
    _, _, whole_width, whole_height = window(name).box
    x, y, width, height = app.place(part)
    left = int(geometry['X']) + (int(geometry['WIDTH']) - whole_width) // 2
    top = int(geometry['Y']) + (int(geometry['HEIGHT']) - whole_height) // 2
    run('xdotool', 'mousemove', str(left + x + width // 2), str(top + y + height // 2))
    time.sleep(0.1)
    run('xdotool', 'click', '1')


def setting(key):
    try:
        with open(KEYFILE, encoding='utf-8') as text:
            found = re.search(rf'^{key}=(.*)$', text.read(), re.MULTILINE)
    except FileNotFoundError:
        return None
    return found and found[1]


def choose(title, downs):
    """In a row with choices: the one that is so many below the chosen one."""
    combo = wait(lambda: window('Preferences').find('combo box', title), title)
    click('Preferences', combo)
    time.sleep(0.6)   # its list unfolds
    app.press(*['Down'] * downs, 'Return')
    time.sleep(0.3)


def rates(unit):
    return lambda: [row['Send Rate'] for row in app.rows() if row['Send Rate'].endswith(unit)]


def starts_with_traffic():
    global app
    keep_sending(7000)
    os.makedirs(os.path.dirname(KEYFILE), exist_ok=True)
    with open(KEYFILE, 'w', encoding='utf-8') as settings:   # long enough to be looked at
        settings.write('[org/porthole/Porthole]\nmark-seconds=uint32 30\n')
    app = story.start('-at')
    wait(rates(' MB/s'), 'the connection that sends', 20)
    wait(lambda: re.search('↓ .* MB/s', story.status()), 'their sum')


def opens_the_preferences():
    app.press('ctrl+comma')
    wait(lambda: window('Preferences'), 'the preferences')
    wait(lambda: window('Preferences').find('label', 'Mark What Is New or Gone'), 'the general page')


def rates_in_bits():
    tab = next(tab for tab in window('Preferences').find_all('page tab', 'Appearance') if tab.box[2] > 0)
    tab.do('click')
    choose('Rates', 2)
    wait(lambda: setting('rates') == "'bits'", 'the setting')
    wait(rates(' Mbit/s'), 'bits in the table')
    choose('Prefixes', 1)
    wait(lambda: setting('prefixes') == "'iec'", 'the setting')
    wait(rates(' Mibit/s'), 'steps of 1024')
    wait(lambda: re.search('↓ .* Mibit/s', story.status()), 'their sum')


def other_colours():
    choose('Marks and Graphs', 1)
    wait(lambda: setting('colors') == "'safe'", 'the setting')
    app.press('Escape')
    wait(lambda: not window('Preferences'), 'the preferences to close')


def port(number):
    return story.row('Local Port', str(number))


def marked(number, word):
    """Whether the row with that port says so."""
    row = port(number)
    return row and next((mark for role in ('image', 'icon') for mark in row[1].find_all(role, word)), None)


def what_is_new_and_gone_is_marked():
    number, end = connect()
    wait(lambda: marked(number, 'New'), 'the mark of what is new')
    end()
    wait(lambda: marked(number, 'Closed'), 'the mark of what is gone')


def without_marks_it_goes_at_once():
    app.press('ctrl+comma')
    tab = wait(lambda: next(tab for tab in window('Preferences').find_all('page tab', 'General') if tab.box[2] > 0),
               'the preferences')
    tab.do('click')
    switch = wait(lambda: next(part for role in ('switch', 'toggle button', 'check box')
                               for part in window('Preferences').find_all(role, 'Mark What Is New or Gone')), 'the switch')
    switch.do('toggle')
    wait(lambda: setting('mark-changes') == 'false', 'the setting')
    app.press('Escape')
    wait(lambda: not window('Preferences'), 'the preferences to close')
    number, end = connect()
    wait(lambda: port(number), 'the new connection')
    assert not marked(number, 'New')
    end()
    wait(lambda: not port(number), 'it to go')


def help_knows_an_option():
    app.press('F1')
    wait(lambda: window('Help'), 'help')
    app.type('multicast')
    time.sleep(0.5)   # rows that are filtered out stay in the tree
    app.screenshot(os.path.join(story.pictures, 'help.png'))
    app.press('Return')
    wait(lambda: any('memberships' in line.name for line in app.window.find_all('status bar', stop=('tree table',))),
         'the multicast groups')


def the_report_names_nobody():
    app.press('F1')
    entry = wait(lambda: window('Help').find('entry') or window('Help').find('text'), 'the entry')
    window('Help').find('push button', 'Copy System Report').do('click')
    wait(lambda: window('Help').find('label', 'System Report Copied'), 'the toast')
    click('Help', entry)
    app.press('ctrl+a', 'ctrl+v')
    report = wait(lambda: 'Porthole: ' in entry.text and entry.text, 'the report')
    assert re.search(r'GTK: 4\.\d+.*Kernel: Linux \d.*Reported: .*tcp4', report, re.DOTALL), report
    assert socket.gethostname() not in report and '127.0.0.1' not in report, report
    app.press('Escape', 'Escape')
    wait(lambda: not window('Help'), 'help to close')


def about_has_credits_and_the_report():
    app.press('F10')
    item = wait(lambda: next(part for role in ('menu item', 'push button', 'button')
                             for part in app.window.find_all(role, 'About Porthole', stop=('tree table',))), 'the menu')
    item.do('click')
    about = wait(lambda: next(part for part in app.children() if part.find('label', 'Troubleshooting')), 'about')
    assert about.find('label', 'Credits') and about.find('label', 'Acknowledgements')
    app.screenshot(os.path.join(story.pictures, 'about.png'))
    app.press('Escape')


story.tell(starts_with_traffic, opens_the_preferences, rates_in_bits, other_colours, what_is_new_and_gone_is_marked,
           without_marks_it_goes_at_once, help_knows_an_option, the_report_names_nobody, about_has_credits_and_the_report)
