#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""saved-filters.py SOURCE BUILD: someone gives filters names, puts them in order, finds them and the last one again the
next day; and takes a socket elsewhere: as a cell, as JSON, as what ss takes.

In a network of its own; each step leaves a picture in BUILD/journey/saved-filters.
"""
import json
import os
import re
import socket
import subprocess
import sys
import time

import wire

wire.enter()

from driver import wait  # noqa: E402
from story import Story  # noqa: E402

os.environ['GSETTINGS_BACKEND'] = 'keyfile'   # there is a next day
KEYFILE = os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile')
LISTEN = 'import socket, time; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1], flush=True); time.sleep(600)'

story = Story('saved-filters')
mine = [socket.create_server(('127.0.0.1', 0)) for _ in range(3)]
PORTS = sorted(s.getsockname()[1] for s in mine)
other = subprocess.Popen([sys.executable, '-c', LISTEN], stdout=subprocess.PIPE, text=True)
OTHER = int(other.stdout.readline())
MINE = f'lport:{PORTS[0]},{PORTS[1]}'
app = None
known = {}   # parts that stay


def shown():
    return sorted(int(re.search(r'\d+', row['Local Port'])[0]) for row in app.rows() if re.search(r'\d', row['Local Port']))


def shows(*ports):
    return lambda: shown() == sorted(ports)


def bar():
    """The filter with all that opens from it: to walk through all of the window takes long."""
    if 'bar' not in known:
        part = next((part for role in ('entry', 'text') for part in
                     app.window.find_all(role, 'Filter', stop=('tree table',)) if part.box[2] > 0), None)
        known['entry'] = part
        while part and not (above := part.parent).find('tree table', stop=('tree table',)):
            part = above
        if not part:
            return None
        known['bar'] = part
    return known['bar']


def outside(role, name):
    """The first one of the filter that can be seen."""
    return bar() and next((part for part in bar().find_all(role, name) if part.box[2] > 0), None)


def entry():
    return known['entry'] if bar() and known['entry'].box[2] > 0 else None


def go_to_entry():
    """With all that it says selected. Ctrl+F would close one that is open."""
    if open_entry := entry():
        app.click(open_entry)
    else:
        app.press('ctrl+f')
        wait(entry, 'the entry')
    app.press('ctrl+a')


def write(text):
    """A filter in place of what the entry says."""
    go_to_entry()
    app.type(text)
    wait(lambda: entry().text == text, f'{text} in the entry')


def save(text, name):
    write(text)
    wait(lambda: star() == 'Saved Filters', 'it is not saved yet')
    app.press('ctrl+d')
    wait(lambda: outside('label', 'Save Filter'), 'a place for its name')
    app.type(name)
    app.press('Return')
    wait(lambda: star() == f'Saved as “{name}”', 'a filled star')


def star():
    if 'star' not in known:
        known['star'] = outside('toggle button', 'Saved Filters') or outside('push button', 'Saved Filters')
    return known['star'].description or 'Saved Filters'


def kept():
    with open(KEYFILE, encoding='utf-8') as text:
        found = re.search(r'^saved-filters=(.*)$', text.read(), re.M)
    return re.findall(r"\('([^']*)', ", found[1]) if found else []


def start(*options):
    global app
    known.clear()
    app = story.start(*options)
    app.table_name = 'Connections'


def starts():
    start('-l', '-n')
    wait(lambda: set(PORTS) | {OTHER} <= set(shown()), 'my ports')


def saves_filters_by_name():
    save('state:listen', 'Listening')
    save(MINE, 'Two of mine')
    save(f'state:listen -lport:{OTHER}', 'Not the other')
    app.press('ctrl+d')
    wait(lambda: outside('list item', 'Two of mine'), 'the saved filters')
    assert kept() == ['Listening', 'Two of mine', 'Not the other'], kept()


def takes_one_of_them():
    app.press('Down', 'Return')   # the focus is on the first
    wait(shows(*PORTS[:2]), 'two of my ports')
    assert entry().text == MINE, entry().text


def is_offered_them_where_nothing_is_typed():
    app.press('ctrl+a', 'BackSpace')
    wait(lambda: outside('list item', 'Not the other'), 'the saved filters below the empty entry')
    story.app.screenshot(os.path.join(story.pictures, '03-proposed.png'))
    app.press('Down', 'Down', 'Down', 'Return')
    wait(shows(*PORTS), 'all but the other port')


def dialog():
    return next((part for part in app.children() if part.name == 'Saved Filters' and part != app.window), None)


def puts_them_in_order_by_keyboard():
    app.press('ctrl+d')
    wait(lambda: outside('list item', 'Two of mine'), 'the saved filters')
    app.press('Tab', 'Tab', 'Tab', 'space')   # past the list
    wait(dialog, 'the window of saved filters')
    time.sleep(0.5)   # it has come up, with the focus in the first name
    app.press('alt+Down')
    wait(lambda: kept() == ['Two of mine', 'Listening', 'Not the other'], 'the first to be the second')
    app.press('alt+Down')
    wait(lambda: kept() == ['Two of mine', 'Not the other', 'Listening'], 'it to be the last')
    app.press('alt+Up')
    wait(lambda: kept() == ['Two of mine', 'Listening', 'Not the other'], 'it to be the second again')
    app.press('ctrl+a')
    app.type('Open ports')
    app.press('Return')
    wait(lambda: kept() == ['Two of mine', 'Open ports', 'Not the other'], 'its new name')


def button_that_says(text):
    return next((part for part in dialog().find_all('push button') if part.name == text or part.find('label', text)), None)


def deletes_one_and_takes_that_back():
    dialog().find('push button', 'Delete: Two of mine').do('click')
    wait(lambda: kept() == ['Open ports', 'Not the other'], 'one less')
    wait(lambda: button_that_says('Undo'), 'the way back').do('click')
    wait(lambda: kept() == ['Two of mine', 'Open ports', 'Not the other'], 'it to be there again')
    time.sleep(0.5)


def closes_it():
    app.press('Escape')
    wait(lambda: not dialog(), 'its window to go')


def menu_item(name):
    return next((part for part in app.window.find_all('menu item', name, stop=('tree table',)) if part.box[2] > 0), None)


def open_menu(port, column):
    titles = app.titles()
    row = next(row for row in app.visible_rows()
               if str(port) in app.label(row.children()[titles.index('Local Port')]))
    app.click(row.children()[titles.index(column)], 3)
    wait(lambda: menu_item('Copy As'), 'the menu of the row')
    time.sleep(0.3)


def pasted():
    """What is on the clipboard, by pasting it into the entry."""
    go_to_entry()
    before = entry().text
    app.press('ctrl+v')
    wait(lambda: entry().text != before, 'something to be pasted', 3)
    return entry().text


def copies_as_what_ss_takes():
    open_menu(PORTS[1], 'Process')
    menu_item('Copy As').do('click')
    wait(lambda: menu_item('ss Filter'), 'the kinds of copies')
    time.sleep(0.4)
    story.app.screenshot(os.path.join(story.pictures, '07-copy-as.png'))
    menu_item('ss Filter').do('click')
    wait(lambda: not menu_item('Copy As'), 'the menu to go')
    text = pasted()
    assert text == f"-tl 'src 127.0.0.1:{PORTS[1]}'", text
    found = subprocess.run(f'ss -HnO {text}', shell=True, check=True, capture_output=True, text=True).stdout.split('\n')
    assert len(found) == 2 and f'127.0.0.1:{PORTS[1]}' in found[0], found


def copies_as_json_and_as_a_cell():
    write('lport:%d' % PORTS[0])
    wait(shows(PORTS[0]), 'one port')
    open_menu(PORTS[0], 'Process')
    menu_item('Copy As').do('click')
    wait(lambda: menu_item('JSON'), 'the kinds of copies')
    time.sleep(0.4)
    menu_item('JSON').do('click')
    wait(lambda: not menu_item('Copy As'), 'the menu to go')
    row = json.loads(pasted())
    assert row['local_port'] == PORTS[0] and row['state'] == 'LISTEN' and row['pid'] == os.getpid(), row
    write('lport:%d' % PORTS[0])
    wait(shows(PORTS[0]), 'one port')
    open_menu(PORTS[0], 'PID')
    menu_item('Copy Cell').do('click')
    text = pasted()
    assert text == str(os.getpid()), text


def shows_only_one_process_by_a_middle_click():
    write('state:listen')
    wait(lambda: OTHER in shown(), 'the other port, too')
    titles = app.titles()
    row = next(row for row in app.visible_rows()
               if str(OTHER) in app.label(row.children()[titles.index('Local Port')]))
    app.click(row.children()[titles.index('Process')], 2)
    wait(shows(OTHER), 'its port alone')
    assert f'pid:{other.pid}' in entry().text, entry().text


def finds_it_again_the_next_day():
    story.ends_quietly()
    start()
    wait(lambda: shown() == [OTHER], 'the last filter')
    assert f'pid:{other.pid}' in entry().text, entry().text
    go_to_entry()
    app.press('BackSpace')
    wait(lambda: outside('list item', 'Open ports'), 'the saved filters')


def what_the_command_line_said_is_not_remembered():
    write(f'lport:{PORTS[2]}')
    wait(shows(PORTS[2]), 'one port')
    story.ends_quietly()
    start('-l', '-n', '--filter', f'lport:{PORTS[1]}')
    wait(shows(PORTS[1]), 'what the command line wants')
    time.sleep(1)
    story.ends_quietly()
    start()
    wait(shows(PORTS[2]), 'what was typed')


try:
    story.tell(starts, saves_filters_by_name, takes_one_of_them, is_offered_them_where_nothing_is_typed,
               puts_them_in_order_by_keyboard, deletes_one_and_takes_that_back, closes_it, copies_as_what_ss_takes,
               copies_as_json_and_as_a_cell, shows_only_one_process_by_a_middle_click, finds_it_again_the_next_day,
               what_the_command_line_said_is_not_remembered)
finally:
    other.kill()
    other.wait()
