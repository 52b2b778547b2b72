#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""facets.py SOURCE BUILD: someone does not want to learn a language: values with counts are clicked until few rows are left.

In a network of its own; each step leaves a picture in BUILD/journey/facets.
"""
import re
import socket
import time

import wire

wire.enter()

from driver import run, wait  # noqa: E402
from story import Story  # noqa: E402

LISTENERS, CONNECTIONS, DATAGRAMS = 11, 4, 3

story = Story('facets')
held = []
known = {}
app = None


def open_sockets():
    """More ports than a facet lists at first, connections to one of them, and datagrams."""
    held.extend(socket.create_server(('127.0.0.1', 0)) for _ in range(LISTENERS))
    for _ in range(CONNECTIONS):
        held.append(socket.create_connection(held[0].getsockname()))
        held.append(held[0].accept()[0])
    for _ in range(DATAGRAMS):
        held.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        held[-1].bind(('127.0.0.1', 0))


def once(name, look):
    """What LOOK finds, looked for once: to walk through all of the window takes long."""
    if name not in known:
        known[name] = look()
    return known[name]


def shown():
    """How many rows the table has, as the line at the bottom says."""
    line = once('status', lambda: app.window.find('status bar', '.* sockets?.*', stop=('tree table',))).name
    found = re.search(r'([\d,]+) shown', line) or re.search(r'([\d,]+) sockets?', line)
    return int(found[1].replace(',', ''))


def side():
    """The list of facets. The button that brings it is named so, too."""
    return once('side', lambda: next(part for part in app.window.walk(stop=('tree table',))
                                     if part.name == 'Facets' and not part.role.endswith('button')))


def facet(label):
    """The row of a value; None: it is not in sight."""
    return side().find('list item', rf'{re.escape(label)}, [\d,]+ rows?')


def count(label):
    found = facet(label)
    return found and int(re.search(r', ([\d,]+) rows?', found.name)[1].replace(',', ''))


def choice(label):
    return facet(label).description


def terms():
    """What the chips of the filter's terms are in, once there have been some."""
    return wait(lambda: next(part for part in app.window.walk(stop=('tree table',))
                             if part.name == 'Filters' and part.find('push button', 'Remove filter .*')), 'chips')


def chips():
    return [re.search('“(.*)”', part.name)[1]
            for part in once('chips', terms).find_all('push button', 'Remove filter .*')]


def chip(term):
    return known['chips'].find('push button', f'Remove filter “{term}”')


def click(label, modifier=None):
    if modifier:
        run('xdotool', 'keydown', modifier)
    try:
        app.click(facet(label))
    finally:
        if modifier:
            run('xdotool', 'keyup', modifier)


def starts_without_them():
    global app
    open_sockets()
    app = story.start('-a')
    wait(lambda: len(app.rows()) > 3, 'rows in the table')
    assert not facet('TCP')


def f8_lists_them_with_counts():
    app.press('F8')
    wait(lambda: count('TCP') == LISTENERS + 2 * CONNECTIONS, 'the count of TCP')
    wait(lambda: count('LISTEN'), 'states')
    assert count('UDP') == DATAGRAMS and count('LISTEN') >= LISTENERS
    assert count('ESTABLISHED') >= 2 * CONNECTIONS, count('ESTABLISHED')


def a_click_shows_just_as_many_rows():
    expected = count('TCP')
    click('TCP')
    wait(lambda: shown() == expected, f'{expected} rows')
    wait(lambda: choice('TCP') == 'Included', 'it to be said that TCP is included')
    assert chips() == ['proto:tcp'], chips()
    assert all(row['Protocol'] == 'tcp' for row in app.rows()), app.rows()
    assert count('UDP') == DATAGRAMS, 'the other protocols can still be chosen'
    assert count('LISTEN') == LISTENERS and count('ESTABLISHED') == 2 * CONNECTIONS, 'states are those of TCP'


def a_second_value_is_added():
    click('UDP')
    wait(lambda: chips() == ['proto:tcp,udp'], 'one chip with both')
    wait(lambda: shown() == LISTENERS + 2 * CONNECTIONS + DATAGRAMS, 'the rows of both')
    time.sleep(0.6)   # two clicks in a row would be a double click
    click('UDP')
    wait(lambda: chips() == ['proto:tcp'], 'UDP to go again')


def control_and_a_click_leave_out():
    click('LISTEN', 'ctrl')
    wait(lambda: shown() == 2 * CONNECTIONS, 'the connections alone')
    wait(lambda: choice('LISTEN') == 'Excluded', 'it to be said that LISTEN is excluded')
    assert sorted(chips()) == ['-state:listen', 'proto:tcp'], chips()
    assert {row['State'] for row in app.rows()} == {'ESTABLISHED'}, app.rows()


def a_chip_takes_its_term_away():
    app.click(chip('-state:listen'))
    wait(lambda: chips() == ['proto:tcp'] and shown() == LISTENERS + 2 * CONNECTIONS, 'the listeners to be back')


def focused():
    """The value that has the focus; None: something else has it."""
    return next((part for part in side().find_all('list item', r'.*, [\d,]+ rows?')
                 if 'focused' in part.states), None)


def the_keyboard_does_it_too():
    wait(lambda: 'focused' in chip('proto:tcp').states, 'the focus to be on the chip that is left')
    app.press('Delete')
    wait(lambda: not chips(), 'no chips')
    for _ in range(20):
        app.press('shift+Tab')
        time.sleep(0.2)
        if focused():
            break
    app.press('Up')
    value = wait(focused, 'the focus to be in a list').name.split(',')[0]
    expected = count(value)
    app.press('Return')
    wait(lambda: choice(value) == 'Included' and shown() == expected, 'Enter to choose')
    app.press('ctrl+Return')
    wait(lambda: choice(value) == 'Excluded' and chips()[0].startswith('-'), 'Ctrl and Enter to leave out')
    app.press('shift+F10')
    wait(lambda: app.window.find('menu item', 'Show Only Such Rows'), 'the menu of the value')
    app.press('Return')   # it is the first
    wait(lambda: choice(value) == 'Included', 'the menu to choose')
    app.press('Return')
    wait(lambda: not chips(), 'Enter to take it away again')


def section(title):
    """All of it is the button that folds it."""
    return side().find('push button', title)


def sections_fold():
    left, top = app.origin()
    run('xdotool', 'mousemove', str(left + 60), str(top + 300), 'click', '--repeat', '30', '--delay', '20', '4')
    time.sleep(0.5)   # at its top
    for title in ('State', 'Process', 'User', 'Scope'):
        assert 'expanded' in section(title).states
        app.click(section(title).find('label', title))
        wait(lambda: 'expanded' not in section(title).states, f'{title} to fold')
        time.sleep(0.5)


def many_values_are_shown_on_demand():
    def ports():
        return [row.name.split(',')[0] for row in section('Local Port').find_all('list item')]
    assert len(ports()) == 8, ports()
    app.click(side().find('push button', 'Show All .*'))
    wait(lambda: len(ports()) > LISTENERS, 'all ports')
    time.sleep(0.3)
    port = ports()[8]   # the first of those that have come
    click(port)
    wait(lambda: chips() == [f'lport:{port}'] and shown() == 1, 'this port alone')
    assert app.rows()[0]['Local Port'].startswith(port)


def f8_hides_them_and_the_chip_stays():
    app.press('F8')
    wait(lambda: app.table().box[0] < 50, 'the table to take its place')
    assert len(chips()) == 1 and shown() == 1


story.tell(starts_without_them, f8_lists_them_with_counts, a_click_shows_just_as_many_rows, a_second_value_is_added,
           control_and_a_click_leave_out, a_chip_takes_its_term_away, the_keyboard_does_it_too,
           sections_fold, many_values_are_shown_on_demand, f8_hides_them_and_the_chip_stays)
