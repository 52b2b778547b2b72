#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""deeds.py SOURCE BUILD: someone closes a connection, ends a program, kills one that does not heed that, and is refused.

In a network of its own, on programs of its own; each step leaves a picture in BUILD/journey/deeds.
"""
import os
import re
import select
import signal
import socket
import subprocess
import sys

import wire

wire.enter()

from driver import run, wait  # noqa: E402
from story import BUILD, Story  # noqa: E402

PORT = 4700
# Listens, takes whoever comes, and sends everything back. With an argument it does not heed SIGTERM.
SERVER = f'''
import ctypes, selectors, signal, socket, sys
ctypes.CDLL(None).prctl(1, signal.SIGKILL)   # PR_SET_PDEATHSIG: nothing is left behind
if len(sys.argv) > 1:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
listener = socket.create_server(("127.0.0.1", {PORT}))
print("ready", flush=True)
wanted = selectors.DefaultSelector()
wanted.register(listener, selectors.EVENT_READ)
while True:
    for key, _ in wanted.select():
        if key.fileobj is listener:
            wanted.register(listener.accept()[0], selectors.EVENT_READ)
            continue
        try:
            data = key.fileobj.recv(100)
        except OSError:
            data = b""
        if data:
            key.fileobj.send(data)
        else:
            wanted.unregister(key.fileobj)
            key.fileobj.close()
'''

story = Story('deeds')
app = server = None
clients = []


def serve(*arguments, before=()):
    global server
    server = subprocess.Popen([*before, sys.executable, '-c', SERVER, *arguments], stdout=subprocess.PIPE, text=True)
    assert server.stdout.readline() == 'ready\n'


def connect():
    clients.append(socket.create_connection(('127.0.0.1', PORT)))


def lives(client):
    client.send(b'x')
    return client.recv(1) == b'x'


def fate(client):
    """What its owner hears."""
    try:
        assert select.select([client], [], [], 10)[0], 'nothing was heard'
        return client.recv(1)
    except OSError as error:
        return type(error)


def listener():
    return story.row('State', 'LISTEN')


def connection(client):
    """The row of this end of it."""
    return story.row('Local Port', str(client.getsockname()[1]))


def item(pattern):
    return app.window.find('menu item', pattern, stop=('tree table',))


def open_menu(find_row):
    """The tooltip of the row that the pointer rests on lies over the rows below, and takes the click: it goes first."""
    run('xdotool', 'mousemove', '10000', '10000', 'sleep', '0.5')
    app.click(wait(find_row, 'the row')[1].children()[0], 3)
    wait(lambda: item('(End|Kill) .*'), 'the menu of the row')


def choose(find_row, pattern):
    open_menu(find_row)
    for _ in range(20):
        if 'focused' in item(pattern).states:
            break
        app.press('Down')
    app.press('Return')


def question():
    """A window of its own, or since libadwaita 1.5 a part of the main one."""
    return next((part for part in app.children() if part.role in ('dialog', 'alert')), None) or next(
        (part for part in app.window.walk(stop=('tree table',)) if part.role in ('dialog', 'alert')), None)


def button(name):
    """Its buttons are there side by side and one above the other, and those show for which there is room. Their names may
    have the mnemonic, too."""
    return next((part for part in question().find_all('push button', rf'(.*_.* )?{name}') if part.box[2] > 0), None)


def asks(pattern):
    wait(question, 'a question')
    return wait(lambda: next((part.name for part in question().find_all('label') if re.search(pattern, part.name)), None),
                f'a question with {pattern}')


def answer(name):
    wait(lambda: button(name), f'the button {name}')
    app.screenshot(os.path.join(story.pictures, f'{story.done + 1:02}-question.png'))
    button(name).do('click')
    wait(lambda: not question(), 'the question to go')


def is_told(words):
    """One after the other, each for some seconds."""
    wait(lambda: app.window.find('label', words, stop=('tree table',)), f'to be told {words}', 30)


def starts_with_a_server_and_two_connections():
    global app
    serve()
    connect()
    connect()
    app = story.start('-a', '--filter', f'port:{PORT}')
    wait(lambda: len(app.rows()) == 5, 'the server and both ends of both connections')


def one_connection_is_closed_and_no_other():
    choose(lambda: connection(clients[0]), 'Close Connection…')
    words = asks(r'127\.0\.0\.1:\d+ ↔')
    assert f'↔ 127.0.0.1:{PORT}' in words, words
    assert f'python3 (PID {os.getpid()})' in words and 'Started' in words, words
    assert lives(clients[0])
    answer('Close Connection')
    is_told('Closed')
    assert fate(clients[0]) is ConnectionAbortedError
    assert lives(clients[1])
    wait(lambda: not connection(clients[0]) or connection(clients[0])[0]['State'] != 'ESTABLISHED', 'the row to go', 20)


def ending_says_what_goes():
    choose(listener, rf'End python3 \(PID {server.pid}\)…')
    words = asks('It stops listening')
    assert f'python3 (PID {server.pid})' in words, words
    assert f'It stops listening on TCP {PORT}.' in words and 'It drops 1 connection.' in words, words
    answer('Cancel')
    assert server.poll() is None and lives(clients[1])


def the_program_is_ended():
    choose(listener, rf'End python3 \(PID {server.pid}\)…')
    answer('End Process')
    is_told('python3 was asked to end')
    assert server.wait(10) == -signal.SIGTERM
    assert fate(clients[1]) in (b'', ConnectionResetError)


def one_that_does_not_heed_is_killed():
    serve('stubborn')
    app.press('F5')
    choose(lambda: listener() if listener() and listener()[0]['PID'] == str(server.pid) else None,
           rf'End python3 \(PID {server.pid}\)…')
    answer('End Process')
    is_told('python3 was asked to end')
    is_told('python3 has not ended yet')
    assert server.poll() is None
    app.window.find('push button', '(.*_.* )?Kill…', stop=('tree table',)).do('click')
    assert 'cannot save anything' in asks('It stops listening')
    answer('Kill Process')
    is_told('python3 was killed')
    assert server.wait(10) == -signal.SIGKILL


def one_that_has_ended_meanwhile_is_said():
    serve()
    app.press('F5')
    choose(lambda: listener() if listener() and listener()[0]['PID'] == str(server.pid) else None,
           rf'Kill python3 \(PID {server.pid}\)…')
    asks('It stops listening')
    server.terminate()
    server.wait()
    answer('Kill Process')
    is_told('python3 had ended already')


def without_privilege_it_says_what_is_missing():
    """The same program without any capability, and one that it may look into; into us it may not."""
    global app
    powerless = ['setpriv', '--inh-caps=-all', '--bounding-set=-all']
    app.stop()
    serve(before=powerless)
    connect()
    app = story.start('-a', '--filter', f'port:{PORT}', before=powerless)
    open_menu(lambda: listener() if listener() and listener()[0]['PID'] == str(server.pid) else None)
    refused = wait(lambda: item(r'Stop Listening \(needs CAP_NET_ADMIN\)'), 'the reason in the menu')
    assert 'sensitive' not in refused.states, refused.states
    allowed = item(rf'End python3 \(PID {server.pid}\)…')
    assert 'sensitive' in allowed.states, allowed.states
    app.screenshot(os.path.join(story.pictures, f'{story.done + 1:02}-menu.png'))
    app.press('Escape')
    wait(lambda: not item('End .*'), 'the menu to go')
    open_menu(lambda: connection(clients[-1]))
    assert 'sensitive' not in item(r'End Process \(no process known\)').states
    app.press('Escape')
    assert lives(clients[-1])


story.tell(starts_with_a_server_and_two_connections, one_connection_is_closed_and_no_other,
           ending_says_what_goes, the_program_is_ended, one_that_does_not_heed_is_killed,
           one_that_has_ended_meanwhile_is_said, without_privilege_it_says_what_is_missing)
