#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""details.py SOURCE BUILD: someone asks a connection who it is, and goes from it to all that belongs to it.

In a network of its own, with a program of its own that listens, talks and has a Unix socket; each step leaves a picture
in BUILD/journey/details.
"""
import os
import subprocess
import sys
import textwrap

import wire

wire.enter()

from driver import wait  # noqa: E402
from story import Story  # noqa: E402

# Listens, connects to itself, and sends without end; and two Unix sockets that talk to each other.
TALKER = textwrap.dedent('''
    import socket, sys, time
    listener = socket.create_server(("127.0.0.1", 4433), backlog=7)
    calling = socket.create_connection(("127.0.0.1", 4433))
    called = listener.accept()[0]
    waiting = [socket.create_connection(("127.0.0.1", 4433)) for _ in range(2)]
    post = socket.socket(socket.AF_UNIX)
    post.bind("\\0porthole-post")
    post.listen(1)
    caller = socket.socket(socket.AF_UNIX)
    caller.connect("\\0porthole-post")
    box = post.accept()[0]
    print(calling.getsockname()[1], flush=True)
    while True:
        calling.sendall(bytes(50000))
        left = 50000
        while left:
            left -= len(called.recv(left))
        time.sleep(0.05)
''')

story = Story('details')
script = os.path.join(os.environ['HOME'], 'talker.py')
with open(script, 'w', encoding='utf-8') as text:
    text.write(TALKER)
talker = subprocess.Popen([sys.executable, script, 'hostile \x1b[31mname\n'], stdout=subprocess.PIPE, text=True)
port = talker.stdout.readline().strip()
app = None


def row(local, remote=None):
    """The row with that local port, and that remote one."""
    for part in app.visible_rows():
        facts = dict(zip(app.titles(), map(app.label, part.children())))
        if facts['Local Port'] == local and (remote is None or facts['Remote Port'] == remote):
            return part
    return None


def choose(local, remote=None):
    part = wait(lambda: row(local, remote), f'port {local}')
    app.click(part.children()[0])


def opens_with_enter():
    global app
    app = story.start('-ant')
    choose(port, '4433')
    app.press('Return')
    wait(lambda: story.says(r'^Running since$'), 'the pane')
    assert story.says(fr'^tcp 127\.0\.0\.1:{port} → 127\.0\.0\.1:4433$'), story.labels()


def tells_the_process():
    parent = os.getpid()
    wait(lambda: story.says(fr'\({parent}\) ‹ .* ‹ .*\(1\)$|\({parent}\)$'), 'its parents')
    labels = story.labels()
    assert str(talker.pid) in labels, labels
    assert os.path.realpath(f'/proc/{talker.pid}/exe') in labels, labels
    assert any(r'hostile \x1B[31mname\x0A' in label for label in labels), labels
    wait(lambda: story.says(r', \d+ s ago$'), 'since when it runs')


def draws_traffic_and_round_trips():
    graph = app.window.find('image', 'Traffic of .*', stop=('tree table',))
    wait(lambda: 'Mbit/s now' in graph.description, 'traffic in words', 25)
    assert 'Since it was first seen' in graph.description
    latency = app.window.find('image', 'Round trips of .*', stop=('tree table',))
    wait(lambda: 's now' in latency.description, 'round trips in words', 25)
    app.click(story.button('60 s'))
    wait(lambda: 'In the last minute' in graph.description, 'the last minute')
    wait(lambda: 'In the last minute' in latency.description, 'the same of round trips', 25)


def tells_all_that_tcp_knows():
    labels = story.labels()   # each look at all of them takes a while
    for words in ('Congestion window', 'Retransmission timeout', 'Waited for the other end', 'Window of the other end'):
        assert words in labels, (words, labels)
    assert any(label.startswith('How long a segment takes to the other end') for label in labels), labels


def lists_every_socket_of_the_process():
    wait(lambda: app.window.find('heading', 'All 8 Sockets of This Process', stop=('tree table',)),
         'its sockets, Unix ones too')
    rows = [part.name for part in app.window.find_all('list item', stop=('tree table',)) if part.name]
    assert any('@porthole-post' in name and 'unix' in name for name in rows), rows


def goes_to_the_other_end():
    other = next(part for part in app.window.find_all('list item', 'The other end.*', stop=('tree table',)))
    app.click(other)
    wait(lambda: story.says(fr'^tcp 127\.0\.0\.1:4433 → 127\.0\.0\.1:{port}$'), 'the other end')


def goes_to_the_listener():
    other = wait(lambda: next(app.window.find_all('list item', 'Came in here.*', stop=('tree table',)), None), 'the listener')
    app.click(other)
    wait(lambda: story.says(r'^tcp 127\.0\.0\.1:4433$'), 'the listener')
    wait(lambda: story.says(r'^2 of 7 connections wait to be accepted'), 'its queue')
    wait(lambda: story.says(r'^3 connections$'), 'its connections')
    assert 'This computer only' in story.labels() or story.says('loopback'), story.labels()


def shows_its_connections():
    app.click(next(app.window.find_all('list item', '3 connections.*', stop=('tree table',))))
    wait(lambda: {row['Remote Port'] for row in app.rows()} and all(row['Local Port'] == '4433' for row in app.rows()),
         'nothing but them')


def goes_back_through_a_filter():
    choose('4433', port)
    app.click(wait(lambda: next(app.window.find_all('list item', 'Came in here.*', stop=('tree table',)), None),
                   'the way to the listener'))
    wait(lambda: story.says('Filters Cleared to Show It'), 'words about the filter')
    wait(lambda: story.says(r'^tcp 127\.0\.0\.1:4433$'), 'the listener')


def f9_puts_it_away_and_brings_it_back():
    app.press('F9')
    wait(lambda: not story.says('^Running since$'), 'the pane to go')
    app.press('F9')
    wait(lambda: story.says('^Running since$'), 'the pane')


def goes_with_its_process():
    """What it says in its last three seconds is too short for these eyes."""
    talker.kill()
    talker.wait()
    wait(lambda: not story.says('^Running since$'), 'pane and row to go', 30)


story.tell(opens_with_enter, tells_the_process, draws_traffic_and_round_trips, tells_all_that_tcp_knows,
           lists_every_socket_of_the_process, goes_to_the_other_end, goes_to_the_listener, shows_its_connections,
           goes_back_through_a_filter, f9_puts_it_away_and_brings_it_back,
           goes_with_its_process)
