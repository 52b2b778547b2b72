#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""connections.py SOURCE BUILD: someone looks for their own port, narrows the table down, takes it home as a file, and pauses.

Runs under with-display; each step leaves a picture in BUILD/journey.
"""
import csv
import os
import re
import socket
import sys
import time

import tap

try:
    from driver import Application, wait
except (ImportError, ValueError) as reason:
    tap.skip_all(f'no AT-SPI for Python here: {reason}')

BUILD = sys.argv[2]
PICTURES = os.path.join(BUILD, 'journey')
LOG = os.path.join(PICTURES, 'porthole.log')
CSV = os.path.join(os.environ['HOME'], 'mine.csv')
with open('/proc/self/comm', encoding='utf-8') as comm:
    MY_NAME = comm.read().strip()
MY_PID = str(os.getpid())

sockets = []
app = None


def listen(address='127.0.0.1'):
    """Opens a port, as the program that somebody will look for."""
    s = socket.create_server((address, 0), backlog=7)
    sockets.append(s)
    return s.getsockname()[1]


def ports(rows):
    return [int(re.match(r'\d+', row['Local Port'])[0]) for row in rows if re.match(r'\d+', row['Local Port'])]


def shows(*wanted):
    return lambda: sorted(ports(app.rows())) == sorted(wanted) and app.rows()


def status():
    """The line at the bottom: how many sockets, and how many of them are shown."""
    return app.window.find('status bar', stop=('tree table',)).name


def picture(name):
    app.screenshot(os.path.join(PICTURES, f'{name}.png'))


def step(test):
    """A step of the journey: a picture at its end, whichever way it ends."""
    def pictured():
        try:
            test()
        finally:
            if app:
                picture(f'{len(done) + 1:02}-{test.__name__}')
                done.append(test)
    pictured.__name__ = test.__name__
    return pictured


done = []


def starts_with_rows():
    global app
    app = Application([os.path.join(BUILD, 'src', 'porthole')], log=LOG,
                      environment={'GSETTINGS_SCHEMA_DIR': os.path.join(BUILD, 'data')})
    wait(lambda: len(app.rows()) > 3, 'rows in the table')
    assert {'Protocol', 'Local Address', 'Local Port', 'State', 'Process', 'PID'} <= set(app.titles()), app.titles()


def proposal(name):
    return lambda: app.window.find('list item', re.escape(name), stop=('tree table',))


def typed():
    return app.window.find('entry', stop=('tree table',)).text


def is_helped_to_write_a_filter():
    mine = listen()
    app.press('ctrl+f')
    wait(lambda: app.window.find('entry', stop=('tree table',)), 'the filter entry')
    app.type('sta')
    wait(proposal('state'), 'the field to be proposed')
    app.press('Tab')
    wait(proposal('listen'), 'its words to be proposed')
    app.type('lis')
    wait(lambda: not proposal('established')(), 'only those that begin so')
    app.press('Down', 'Return')
    assert typed() == 'state:listen', typed()
    app.type(f' lport:{mine // 10}')
    wait(proposal(str(mine)), 'my port, which is there, to be proposed')
    picture('02-proposals')
    app.press('Down', 'Return')
    wait(shows(mine), 'my port alone')
    app.press('Escape')
    wait(lambda: len(app.rows()) > 1, 'all of them again')

    app.press('ctrl+f')
    app.click(app.window.find('push button', 'Fields and examples of filters', stop=('tree table',)))
    wait(proposal('port:443'), 'examples')
    picture('02-guide')
    app.press('Return')
    wait(lambda: typed() == 'port:443', 'the first example in the entry')
    app.press('Escape')
    sockets.pop().close()
    wait(lambda: mine not in ports(app.rows()), 'my port to go', 20)


def finds_my_ports_by_typing():
    mine = [listen(), listen(), listen()]
    app.press('ctrl+f')
    wait(lambda: app.window.find('entry') or app.window.find('text'), 'the filter entry')
    app.type(f'pid:{MY_PID} state:listen')
    rows = wait(shows(*mine), 'my three ports and nothing else')
    for row in rows:
        assert row['Process'] == MY_NAME and row['PID'] == MY_PID, row
        assert row['State'] == 'LISTEN' and '127.0.0.1' in row['Local Address'], row


def sorts_by_a_header():
    before = ports(app.rows())
    app.click(app.header('Local Port'))
    wait(lambda: ports(app.rows()) == sorted(before), 'ascending ports')
    time.sleep(0.6)   # two clicks in a row would be a double click
    app.click(app.header('Local Port'))
    wait(lambda: ports(app.rows()) == sorted(before, reverse=True), 'descending ports')


def exports_what_is_shown():
    shown = app.rows()
    titles = app.titles()
    app.press('ctrl+e')
    wait(lambda: next((part for part in app.children() if part.find('label', 'Name:')), None), 'the file chooser')
    time.sleep(0.3)
    app.press('ctrl+a')
    app.type(CSV)
    app.press('Return')
    wait(lambda: os.path.exists(CSV) and os.path.getsize(CSV), 'the file')
    with open(CSV, encoding='utf-8', newline='') as text:
        assert '\r\n' in text.read()
        text.seek(0)
        rows = list(csv.DictReader(text))
    assert list(rows[0]) == titles, (list(rows[0]), titles)
    assert [int(row['Local Port']) for row in rows] == ports(shown), (rows, shown)
    for row in rows:
        assert row['Local Address'] == '127.0.0.1' and row['State'] == 'LISTEN', row
        assert row['Process'] == MY_NAME and row['PID'] == MY_PID, row


def pause_keeps_a_new_port_out_until_asked():
    old = ports(app.rows())
    app.press('F6')
    time.sleep(1.5)   # what was under way has ended
    new = listen('0.0.0.0')
    time.sleep(2.5)   # more than two refreshes, were it not paused
    assert sorted(ports(app.rows())) == sorted(old), app.rows()
    app.press('F5')
    wait(shows(new, *old), 'the new port, after F5')
    app.press('F6')


def a_closed_port_stays_for_a_moment_and_goes():
    gone = sockets.pop()
    old = ports(app.rows())
    port = gone.getsockname()[1]
    gone.close()
    wait(shows(*[p for p in old if p != port]), 'the closed port to go', 20)


def a_wrong_filter_says_so_and_hides_nothing():
    assert 'shown' in status(), status()
    app.press('ctrl+f')
    app.type('nonsense:1')
    wait(lambda: next((label for label in app.window.find_all('label', stop=('tree table',))
                       if 'nonsense' in label.name), None), 'words about the error')
    wait(lambda: 'shown' not in status() and app.rows(), 'all sockets to be shown')


def ends_quietly():
    app.press('ctrl+q')
    assert app.process.wait(10) == 0
    with open(LOG, encoding='utf-8', errors='replace') as log:
        loud = [line for line in log if re.search('CRITICAL|WARNING|Sanitizer', line)]
    assert not loud, loud


os.makedirs(PICTURES, exist_ok=True)
try:
    tap.run([step(test) for test in (
        starts_with_rows, is_helped_to_write_a_filter, finds_my_ports_by_typing, sorts_by_a_header, exports_what_is_shown,
        pause_keeps_a_new_port_out_until_asked, a_closed_port_stays_for_a_moment_and_goes,
        a_wrong_filter_says_so_and_hides_nothing)] + [ends_quietly], in_order=True)
finally:
    if app:
        app.stop()
