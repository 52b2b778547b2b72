#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""statistics.py SOURCE BUILD: someone sets the mark, does what they wonder about, and reads what came of it.

In a network of its own; each step leaves a picture in BUILD/journey/statistics.
"""
import socket

import wire

wire.enter()

from driver import wait  # noqa: E402
from story import Story  # noqa: E402

story = Story('statistics')
app = None
sockets = []


def protocols():
    return {row['Protocol'] for row in app.rows()}


def send_to_nobody(datagrams):
    """To a port of this computer that no program has open."""
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for _ in range(datagrams):
        s.sendto(b'anybody there?', ('127.0.0.1', 4001))
    s.close()


def crowd(port):
    """More connections than a listener takes that never looks."""
    for _ in range(6):
        s = socket.socket()
        s.setblocking(False)
        s.connect_ex(('127.0.0.1', port))
        sockets.append(s)


def starts_without_zeros():
    global app
    send_to_nobody(3)
    app = story.start('-s')
    wait(lambda: len(app.rows()) > 5, 'counters')
    assert all(row['Total'] != '0' for row in app.rows()), app.rows()
    assert story.says('Since this computer was started')


def all_shows_zeros():
    assert 'shown' in story.status(), story.status()
    app.click(story.button('All'))
    wait(lambda: 'shown' not in story.status(), 'all counters to be shown')
    app.click(story.button('Counted'))
    wait(lambda: 'shown' in story.status(), 'zeros to be hidden')


def a_chip_shows_one_protocol():
    app.click(story.button('UDP'))
    wait(lambda: protocols() == {'UDP'}, 'UDP alone')
    assert story.row('MIB Name', 'UdpNoPorts')[0]['Name'], app.rows()


def the_mark_is_a_new_zero():
    app.press('ctrl+m')
    wait(lambda: story.says('Since the mark at'), 'the time of the mark')
    wait(lambda: story.row('MIB Name', 'UdpNoPorts')[0]['Since Mark'] == '0', 'zero')
    send_to_nobody(7)
    wait(lambda: story.row('MIB Name', 'UdpNoPorts')[0]['Since Mark'] == '7', 'seven since the mark')
    assert int(story.row('MIB Name', 'UdpNoPorts')[0]['Total']) >= 10


def a_rise_is_told_in_a_sentence_and_marked_in_its_row():
    wait(lambda: story.says('^7 datagrams came for a port that no program has open'), 'a sentence about it')
    wait(lambda: story.icon('Warning', story.row('MIB Name', 'UdpNoPorts')[1]), 'the icon in its row')


def a_full_queue_is_a_fault():
    app.click(story.button('UDP'))
    listener = socket.create_server(('127.0.0.1', 0), backlog=0)
    sockets.append(listener)
    crowd(listener.getsockname()[1])
    wait(lambda: story.says('refused because a listen queue was full'), 'the sentence about it', 20)
    wait(lambda: story.icon('Fault'), 'the icon beside it')


def the_mark_can_be_cleared():
    app.click(story.button('Clear Mark'))
    wait(lambda: story.says('Since this computer was started'), 'no mark')


story.tell(starts_without_zeros, all_shows_zeros, a_chip_shows_one_protocol, the_mark_is_a_new_zero,
           a_rise_is_told_in_a_sentence_and_marked_in_its_row, a_full_queue_is_a_fault, the_mark_can_be_cleared)
