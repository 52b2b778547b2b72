#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""routes.py SOURCE BUILD: someone wants to know where their packets go, and why some go nowhere.

In a network of its own; each step leaves a picture in BUILD/journey/routes.
"""
import re
import socket

import wire

wire.enter()

from driver import wait  # noqa: E402
from story import Story  # noqa: E402

FORBIDDEN, BEHIND, NOWHERE = '192.0.2.1', '203.0.113.77', '2001:db8:77::1'

story = Story('routes')
wan = wire.Wire('wan0')
wire.ip('route', 'add', 'default', 'via', wire.FAR, 'dev', 'wan0')
wire.ip('route', 'add', 'prohibit', f'{FORBIDDEN}/32')
wire.ip('route', 'add', '203.0.113.0/24', 'via', wire.FAR, 'dev', 'wan0', 'table', '100')
wire.ip('rule', 'add', 'priority', '1000', 'fwmark', '0x7', 'lookup', '100')
app = None


def column(title):
    return [row[title] for row in app.rows()]


def entry(name):
    """An entry; what can be typed into is the text in it."""
    found = app.window.find('entry', name, stop=('tree table',)) or app.window.find('text', name, stop=('tree table',))
    return found and (found.find('text') or found)


def answers(pattern):
    """The sentence of the answer, which a screen reader reads out: it has PATTERN in it."""
    return next((part.name for part in app.window.find_all('status bar', stop=('tree table',))
                 if re.search(pattern, part.name)), None)


def ask(address):
    app.click(wait(lambda: entry('Which route.*'), 'the entry'))
    app.press('ctrl+a')
    app.type(address)
    app.press('Return')


def open_filter():
    app.press('ctrl+f')
    wait(lambda: any('focused' in part.states for found in app.window.find_all('entry', 'Filter', stop=('tree table',))
                     for part in found.walk()), 'the focus to be in the filter entry')


def set_mark(mark):
    """Behind the button the source comes first, then the mark."""
    app.click(story.button('Source, mark and interface'))
    wait(lambda: 'focused' in entry('Source').states, 'the focus to be in the first entry')
    app.press('Tab', 'ctrl+a', 'Delete')
    app.type(mark)


def starts_with_the_main_table():
    global app
    app = story.start('-rn', '3600')   # an hour until the next look: what changes comes by the kernel's own news
    wait(lambda: '0.0.0.0' in column('Destination'), 'the default route')
    assert FORBIDDEN in column('Destination'), app.rows()
    assert '127.0.0.1' not in column('Destination'), app.rows()
    wan_route = next(row for row in app.rows() if row['Destination'] == '198.51.100.0')
    assert wan_route['Genmask'] == '255.255.255.0' and wan_route['Iface'] == 'wan0', wan_route


def all_tables_has_them_all():
    app.click(story.button('All Tables'))
    wait(lambda: {'127.0.0.1', '203.0.113.0'} <= set(column('Destination')), 'local routes, and those of table 100')
    assert 'Table' in app.titles() and '100' in column('Table'), app.rows()


def a_filter_narrows_them_down():
    open_filter()
    app.type('table:100')
    wait(lambda: column('Destination') == ['203.0.113.0'], 'the one route of table 100')
    app.press('Escape')
    wait(lambda: '127.0.0.1' in column('Destination'), 'all of them again')
    app.click(story.button('Main Table'))
    wait(lambda: '127.0.0.1' not in column('Destination'), 'the main table')
    assert 'Table' not in app.titles(), app.titles()


def a_new_route_shows_at_once():
    wire.ip('route', 'add', '192.0.2.128/25', 'via', wire.FAR)
    wait(lambda: '192.0.2.128' in column('Destination'), 'the new route')
    assert 'updated at every change' in story.status(), story.status()


def the_kernel_says_which_route():
    ask(BEHIND)
    wait(lambda: answers(rf'^{BEHIND} is reached through the gateway {wire.FAR} on wan0'), 'the answer')
    assert story.says(rf'table main · {BEHIND} AND 0\.0\.0\.0 = 0\.0\.0\.0'), story.labels()
    row = wait(lambda: story.row('Destination', '0.0.0.0')[1], 'the row')
    wait(lambda: 'selected' in row.states, 'the row to be selected')


def a_mark_leads_elsewhere():
    set_mark('7')
    app.press('Return')
    wait(lambda: story.says('table 100'), 'the answer by the rule for the mark')
    assert story.says('rule 1000'), story.labels()
    wait(lambda: story.says('All tables are shown now'), 'a word about the view')
    row = wait(lambda: story.row('Destination', '203.0.113.0')[1], 'the row of table 100')
    wait(lambda: 'selected' in row.states, 'the row to be selected')


def a_reject_route_is_said():
    set_mark('')
    app.press('Escape')
    ask(FORBIDDEN)
    wait(lambda: answers(rf'^Packets to {FORBIDDEN} are prohibited'), 'that it is refused')


def so_is_that_there_is_none():
    ask(NOWHERE)
    wait(lambda: answers(rf'^There is no route to {NOWHERE}'), 'that there is no route')


def a_new_route_changes_the_answer():
    wire.ip('-6', 'route', 'add', 'blackhole', NOWHERE)
    wait(lambda: answers(rf'^Packets to {NOWHERE} are thrown away'), 'another answer')
    assert story.says('The answer is another now'), story.labels()


def the_details_spell_it_out():
    row = wait(lambda: story.row('Destination', '192.0.2.128')[1], 'the row')
    app.click(row.children()[0])
    app.press('F9')
    wait(lambda: story.says('G  Goes through a gateway'), 'its flags in words')
    assert story.says('Every address with the same first 25 bits'), story.labels()
    app.press('F9')
    wait(lambda: not story.says('G  Goes through a gateway'), 'the pane to go')


def rules_and_neighbours_are_beside():
    app.click(story.button('Rules'))
    app.table_name = 'Routing Rules'
    wait(lambda: '1000' in column('Priority'), 'the rule for the mark')
    app.click(story.button('Neighbours'))
    app.table_name = 'Neighbours'
    wan.send(5)
    app.press('F5')
    wait(lambda: wire.FAR in column('Address'), 'the one at the other end of the wire', 15)


def a_connection_leads_to_its_route():
    server = socket.create_server((wire.NEAR, 0))
    client = socket.create_connection(server.getsockname())
    app.press('alt+1')
    app.table_name = 'Connections'
    wait(lambda: 'Remote Address' in app.titles(), 'the connections')
    open_filter()
    app.type(f'rport:{server.getsockname()[1]}')
    app.press('F5')
    wait(lambda: column('Remote Address') == [wire.NEAR], 'the connection')
    app.click(app.visible_rows()[0].children()[0], 3)
    wait(lambda: app.window.find('menu item', 'Route to This Address'), 'the menu of the row')
    app.press('Return')   # it is the first
    wait(lambda: answers(rf'^{wire.NEAR} is an address of this computer'), 'the answer')
    client.close()
    server.close()


story.tell(starts_with_the_main_table, all_tables_has_them_all, a_filter_narrows_them_down, a_new_route_shows_at_once,
           the_kernel_says_which_route, a_mark_leads_elsewhere, a_reject_route_is_said, so_is_that_there_is_none,
           a_new_route_changes_the_answer, the_details_spell_it_out, rules_and_neighbours_are_beside,
           a_connection_leads_to_its_route)
