#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""interfaces.py SOURCE BUILD: someone looks at their interfaces, watches one work, and is there when it goes.

In a network of its own; each step leaves a picture in BUILD/journey/interfaces.
"""
import wire

wire.enter()

from driver import wait  # noqa: E402
from story import Story  # noqa: E402

story = Story('interfaces')
wan = wire.Wire('wan0')
wire.ip('link', 'add', 'idle0', 'type', 'veth', 'peer', 'name', 'idle1')   # both ends are down
app = None


def names():
    return {row['Iface'] for row in app.rows()}


def number(title, name='wan0'):
    return int(story.row('Iface', name)[0][title])


def starts_with_what_is_up():
    global app
    app = story.start('-i')
    wait(lambda: names() == {'lo', 'wan0'}, 'the two interfaces that are up')


def all_shows_what_is_down():
    app.click(story.button('All'))
    wait(lambda: names() == {'lo', 'wan0', 'idle0', 'idle1'}, 'all interfaces')
    app.click(story.button('Up'))
    wait(lambda: names() == {'lo', 'wan0'}, 'those that are up')


def traffic_counts():
    sent, received = number('TX-OK'), number('RX-OK')
    wan.send(300)
    wait(lambda: number('TX-OK') >= sent + 300 and number('RX-OK') >= received + 300, 'three hundred packets there and back')
    assert number('TX-OK') < sent + 400, (sent, number('TX-OK'))


def a_selected_one_tells_all():
    wan.keep_sending(250)
    app.click(story.row('Iface', 'wan0')[1].children()[0])
    wait(lambda: story.says(rf'^{wire.NEAR}/24 \(global\)\n{wire.NEAR6}/64 \(global'), 'its addresses')
    assert 'wan0' in story.labels(), story.labels()
    for words in ('Packets received', 'Wrong checksum', 'Multicast groups joined', r'224\.0\.0\.1', 'a bad cable or connector'):
        assert story.says(words), (words, story.labels())


def the_graph_tells_the_rate():
    graph = app.window.find('image', 'Traffic of wan0', stop=('tree table',))
    wait(lambda: 'Mbit/s now' in graph.description, 'a description in words', 25)
    wait(lambda: story.says(r'^\d(\.\d+)?.Mbit/s$'), 'what is received at the moment, in the legend')


def the_hour_is_one_click_away():
    app.click(story.button('1 h'))
    graph = app.window.find('image', 'Traffic of wan0', stop=('tree table',))
    wait(lambda: 'In the last hour' in graph.description, 'the last hour')
    app.click(story.button('60 s'))
    wait(lambda: 'In the last minute' in graph.description, 'the last minute')


def f9_puts_the_pane_away_and_brings_it_back():
    app.press('F9')
    wait(lambda: not story.says('Packets received'), 'the pane to go')
    app.press('F9')
    wait(lambda: story.says('Packets received'), 'the pane')


def a_new_address_is_seen():
    wire.ip('address', 'add', '203.0.113.9/32', 'dev', 'wan0')
    wait(lambda: story.says(r'203\.0\.113\.9/32'), 'the new address')


def one_that_goes_while_it_is_looked_at():
    wan.cut()
    wait(lambda: story.says('This interface is gone'), 'words about it')
    wait(lambda: not story.says('Packets received') and names() == {'lo'}, 'pane and row to go', 20)


story.tell(starts_with_what_is_up, all_shows_what_is_down, traffic_counts, a_selected_one_tells_all,
           the_graph_tells_the_rate, the_hour_is_one_click_away, f9_puts_the_pane_away_and_brings_it_back,
           a_new_address_is_seen, one_that_goes_while_it_is_looked_at)
