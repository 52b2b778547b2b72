#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""keyboard.py SOURCE BUILD: a whole round without a pointer: pages, filter, sorting, columns, menus, details, facets, export.

In a network of its own; each step leaves a picture in BUILD/journey/keyboard. Nothing is clicked, and nothing asked for
through AT-SPI: it only looks.
"""
import csv
import os
import re
import socket
import time

import wire

wire.enter()

from driver import run, wait  # noqa: E402
from story import Story  # noqa: E402

story = Story('keyboard')
app = None
wire.ip('link', 'set', 'lo', 'up')
CSV = os.path.join(os.environ['HOME'], 'by-hand.csv')
PORTS = [8103, 8101, 8104, 8102]
sockets = [socket.create_server(('127.0.0.1', port)) for port in PORTS]


def focused(window=None):
    """The part that has the keys, in a window or the main one; None."""
    for part in (window or app.window).walk(stop=('table row',)):
        if 'focused' in part.states:
            return part
    return None


def window(name):
    """One of the program's other windows; None: it is not open."""
    return next((part for part in app.children() if re.fullmatch(name, part.name)), None)


def ports():
    return [int(row['Local Port']) for row in app.rows() if row['Local Port'].isdigit()]


def page():
    """The page in sight, by the switcher."""
    return next((tab.name for tab in app.window.find_all('page tab', stop=('tree table',))
                 if tab.box[2] > 0 and 'selected' in tab.states), None)


def tab_until(condition, what, keys='Tab', most=40):
    """Presses Tab until the focus is where it is wanted; the parts it has been at."""
    seen = []
    for _ in range(most):
        here = focused()
        if here and condition(here):
            return seen
        if here:
            seen.append(here)
        app.press(keys)
        time.sleep(0.05)
    raise AssertionError(f'{what} was not reached by {keys}: {[(part.role, part.name) for part in seen]}')


def starts_with_rows():
    global app
    app = story.start('-lt')
    wait(lambda: sorted(ports()) == sorted(PORTS), 'the four listeners')


def in_the_order_they_are_seen():
    """From the line of buttons down to the rows, each place once, from the start of a line to its end."""
    assert focused().name == 'Facets', focused().name   # the first one
    seen = tab_until(lambda part: part.role == 'table row', 'the rows')
    places = [(part.box[1] // 30, part.box[0]) for part in seen]
    assert places == sorted(places), [(part.name, part.box) for part in seen]
    assert len(seen) >= 5, seen


def sorts_and_hides():
    app.press('F4')
    wait(lambda: app.window.find('menu item', 'Local Port'), 'the menu of columns')
    time.sleep(0.3)
    app.press('Down', 'Down', 'Right')
    time.sleep(0.4)
    app.press('d')
    wait(lambda: ports() == sorted(PORTS, reverse=True), 'descending ports')
    app.press('F4')
    time.sleep(0.5)
    app.press('Down', 'Down', 'Right')
    time.sleep(0.4)
    app.press('a')
    wait(lambda: ports() == sorted(PORTS), 'ascending ports')
    assert 'User' in app.titles()
    app.press('F4')
    time.sleep(0.5)
    app.press(*['Down'] * app.titles().index('User'), 'Right')
    time.sleep(0.4)
    app.press('h')
    wait(lambda: 'User' not in app.titles(), 'a column to be hidden')
    app.press('F4')
    time.sleep(0.5)
    app.press('e')
    wait(lambda: 'User' in app.titles(), 'the columns to be as usual')


def goes_through_rows_and_their_menu():
    tab_until(lambda part: part.role == 'table row', 'the rows')
    app.press('Home', 'Down')
    wait(lambda: re.search('Local Port 8102', focused().name), 'the second row to have the focus')
    app.press('Menu')
    wait(lambda: app.window.find('menu item', 'Copy.*'), 'the menu of the row')
    time.sleep(0.3)
    app.screenshot(os.path.join(story.pictures, 'row-menu.png'))
    app.press('Escape')
    time.sleep(0.3)
    assert focused().role == 'table row', focused().name


def filters_and_clears():
    app.press('ctrl+f')
    wait(lambda: focused() and focused().role in ('entry', 'text'), 'the entry')
    app.type('lport:8103')
    wait(lambda: ports() == [8103], 'one port')
    app.press('Escape')
    wait(lambda: sorted(ports()) == sorted(PORTS), 'all of them again')


def chooses_a_facet():
    app.press('F8')
    wait(lambda: app.window.find('list item', '8104, 1 row.*', stop=('tree table',)), 'the values of the port')
    tab_until(lambda part: re.match('810', part.name), 'the values')
    tab_until(lambda part: part.name.startswith('8104'), 'the port', keys='Down')
    app.press('Return')
    wait(lambda: ports() == [8104], 'the one that was chosen')
    app.screenshot(os.path.join(story.pictures, 'facet.png'))
    app.press('Return')
    wait(lambda: sorted(ports()) == sorted(PORTS), 'all of them again')
    app.press('F8')


def reads_the_details():
    tab_until(lambda part: part.role == 'table row', 'the rows')
    app.press('Home', 'Return')
    wait(lambda: story.says('.*exposed.*|.*Exposure.*|This computer only.*'), 'the details')
    app.press('F9')
    time.sleep(0.3)


def visits_all_pages():
    for number, name in enumerate(('Connections', 'Routes', 'Interfaces', 'Statistics', 'Activity'), 1):
        app.press(f'alt+{number}')
        wait(lambda: page() == name, f'the page {name}')
        time.sleep(0.3)
        here = focused()
        assert here and here.role != 'page tab', (name, here and here.name)
    app.press('alt+1')
    wait(lambda: page() == 'Connections', 'the first page')
    wait(lambda: focused() and focused().role == 'table row', 'its rows to have the focus')


def looks_something_up():
    app.press('ctrl+l')
    wait(lambda: window('Look Up'), 'the box')
    time.sleep(0.3)
    app.type('8101')
    wait(lambda: window('Look Up').find('list item', '.*8101.*'), 'what was found')
    app.press('Return')
    wait(lambda: not window('Look Up'), 'the box to close')
    app.press('Menu')   # without a window manager no window is told that it is active again
    item = wait(lambda: app.window.find('menu item', 'Show Only .*'), 'the menu of its row')
    time.sleep(0.3)
    assert [part for part in app.visible_rows() if 'selected' in part.states and 'Local Port 8101' in part.name], item
    app.press('Escape')


def exports():
    app.press('ctrl+e')
    wait(lambda: next((part for part in app.children() if part.find('label', 'Name:')), None), 'the file chooser')
    time.sleep(0.3)
    app.press('ctrl+a')
    app.type(CSV)
    app.press('Return')
    wait(lambda: os.path.exists(CSV) and os.path.getsize(CSV), 'the file')
    with open(CSV, encoding='utf-8', newline='') as text:
        rows = list(csv.DictReader(text))
    assert rows, rows


def sets_a_preference():
    app.press('ctrl+comma')
    wait(lambda: window('Preferences'), 'the preferences')
    time.sleep(0.5)
    name = 'Numbers Instead of Names'
    switch = next(part for role in ('switch', 'toggle button', 'check box')
                  for part in window('Preferences').find_all(role, name))

    def on():
        return bool({'checked', 'pressed'} & switch.states)

    before = on()
    for _ in range(30):
        here = focused(window('Preferences'))
        if here and here.name == name:
            break
        app.press('Tab')
        time.sleep(0.05)
    app.press('space')
    wait(lambda: on() != before, 'the switch to turn')
    app.press('space')
    wait(lambda: on() == before, 'the switch to turn back')
    app.press('Escape')
    wait(lambda: not window('Preferences'), 'the preferences to close')


def asks_for_help():
    app.press('F1')
    wait(lambda: window('Help'), 'help')
    app.press('Escape')
    wait(lambda: not window('Help'), 'help to close')
    app.press('F10')
    wait(lambda: app.window.find('menu item', 'Keyboard Shortcuts'), 'the main menu')
    time.sleep(0.3)
    app.press('k')
    wait(lambda: window('Shortcuts|Keyboard Shortcuts|.*'), 'the shortcuts')
    time.sleep(0.5)
    app.press('Escape')
    time.sleep(0.5)


story.tell(starts_with_rows, in_the_order_they_are_seen, sorts_and_hides, goes_through_rows_and_their_menu,
           filters_and_clears, chooses_a_facet, reads_the_details, visits_all_pages, looks_something_up, exports,
           sets_a_preference, asks_for_help)
