#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""alerts.py SOURCE BUILD: someone is told of what listens, looks at it, mutes it, closes the window, and is told still.

In a network of its own, with a notification service of its own; each step leaves a picture in BUILD/journey/alerts.
"""
import os
import signal
import subprocess
import sys
import time

import wire

wire.enter()

import notices  # noqa: E402
from driver import Application, wait  # noqa: E402
from story import BUILD, Story  # noqa: E402

LISTEN = '''
import socket, sys, time
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen()
print("ready", flush=True)
time.sleep(600)
'''

story = Story('alerts')
wire.ip('link', 'set', 'lo', 'up')
service = notices.Service()
listeners = {}
app = None
PORTHOLE = os.path.join(BUILD, 'src', 'porthole')
# Settings that outlive the program: the second one finds what the first one was told.
os.environ['GSETTINGS_BACKEND'] = 'keyfile'


def listen(port, address='0.0.0.0'):
    process = subprocess.Popen([sys.executable, '-c', LISTEN, address, str(port)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == 'ready\n'
    listeners[port] = process


def stop_listening(port):
    process = listeners.pop(port)
    process.kill()
    process.wait()


def files(*parts):
    return os.path.join(os.environ['XDG_DATA_HOME'], 'porthole', *parts)


def frames():
    return [part for part in app.children() if part.role in ('frame', 'window', 'dialog')]


def window_comes():
    app.window = wait(lambda: next((part for part in frames() if part.role == 'frame'), None), 'a window')


def named(role, name):
    return next((part for frame in frames() for part in frame.find_all(role, name, ('tree table',))
                 if part.box[2] > 0), None)


def tab(name):
    return story.button(name, ('toggle button', 'radio button', 'push button', 'button', 'page tab'))


def marked():
    """The first row that nobody has looked at; found at once, because it is near the top."""
    return next((part for part in app.table().walk() if part.name == 'Not Looked At'), None)


def starts_and_learns_in_silence():
    global app
    listen(7171)
    app = story.start()
    wait(lambda: story.row('Local Port', '7171'), 'what listens already')
    wait(lambda: os.path.exists(files('known-ports')), 'what is known to be written down', 20)
    assert not service.told, service.told


def a_new_port_is_told_of():
    app.press('alt+3')   # where its row is not in sight
    listen(8000)
    notice = service.wait_for('started listening on TCP 8000')
    assert 'python3 started listening on TCP 8000 (every address)' in notice['title'], notice
    assert dict(zip(notice['actions'][::2], notice['actions'][1::2])).get('mute') == 'Don’t Tell Me Again', notice
    assert not service.about('7171'), service.told


def its_row_is_marked_until_it_is_looked_at():
    app.press('alt+1')
    time.sleep(0.6)   # not more: a few seconds in sight, and it goes
    wait(marked, 'the mark')
    wait(lambda: not marked(), 'the mark to go')


def dont_tell_me_again_mutes():
    service.press(service.about('TCP 8000')[-1], 'mute')
    wait(lambda: story.says('^Muted: TCP 8000'), 'a word about it')
    wait(lambda: 'mute=' in open(files('known-ports'), encoding='utf-8').read(), 'the rule in the file')


def a_restart_is_silent():
    told = len(service.told)
    stop_listening(8000)
    wait(lambda: not story.row('Local Port', '8000'), 'its row to go', 20)
    listen(8000)
    wait(lambda: story.row('Local Port', '8000'), 'its row to come back', 20)
    time.sleep(5)
    assert len(service.told) == told, service.told


def the_activity_page_has_it_all():
    app.press('alt+5')
    app.table_name = 'Activity'
    wait(lambda: any(row['Event'] == 'Port opened' and row['Local Port'] == '8000' for row in app.rows()), 'that it came')
    wait(lambda: any(row['Event'] == 'Port closed' and row['Local Port'] == '8000' for row in app.rows()), 'that it went')
    lines = [part.name for part in app.window.find_all('status bar', stop=('tree table',))]
    assert any('updated at every change' in line for line in lines), lines
    times = [row['Time'] for row in app.rows()]
    assert times == sorted(times, reverse=True), times


def an_entry_leads_to_its_row():
    newest = next(row for row in app.visible_rows() if '8000' in map(app.label, row.children()))
    app.click(newest.children()[0])
    app.press('Return')
    app.table_name = 'Connections'
    wait(lambda: story.row('Local Port', '8000') and 'selected' in story.row('Local Port', '8000')[1].states,
         'its row to be selected')


def preferences_say_what_is_muted():
    app.press('ctrl+comma')
    tab = wait(lambda: next(tab for frame in frames() if frame.name == 'Preferences'
                            for tab in frame.find_all('page tab', 'Alerts') if tab.box[2] > 0), 'the preferences')
    tab.do('click')
    wait(lambda: named('label', 'Show a Notification'), 'the page about alerts')
    app.screenshot(os.path.join(story.pictures, 'preferences-alerts.png'))
    # Clicked by its action: the window of the preferences lies over the other one.
    switch = wait(lambda: next(part for role in ('switch', 'toggle button', 'check box') for frame in frames()
                               for part in frame.find_all(role, 'Keep Watching in the Background', ('tree table',))),
                  'the switch')
    switch.do('toggle')
    wait(lambda: 'background=true' in open(keyfile(), encoding='utf-8').read(), 'the setting')
    app.press('Escape')


def keyfile():
    return os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile')


def the_closed_window_tells_still():
    app.press('ctrl+w')
    wait(lambda: not frames(), 'the window to close')
    time.sleep(3)
    assert app.process.poll() is None
    listen(9000, '127.0.0.1')
    notice = service.wait_for('started listening on TCP 9000', 60)
    assert '(this computer only)' in notice['title'], notice


def show_opens_the_window_with_its_row():
    service.press(service.about('TCP 9000')[-1], 'show')
    window_comes()
    app.table_name = 'Connections'
    wait(lambda: story.row('Local Port', '9000') and 'selected' in story.row('Local Port', '9000')[1].states,
         'its row to be selected')


def a_second_start_opens_the_window():
    app.press('ctrl+w')
    wait(lambda: not frames(), 'the window to close')
    subprocess.run([PORTHOLE], check=True, timeout=20)
    window_comes()
    wait(lambda: story.row('Local Port', '9000'), 'what came meanwhile')


def sigterm_ends_it_whole():
    app.process.send_signal(signal.SIGTERM)
    assert app.process.wait(10) == 0
    text = open(files('known-ports'), encoding='utf-8').read()
    assert text.endswith('[end]\n') and ' 9000 ' in text, text


def what_was_missed_is_told_once():
    global app
    listen(9500)
    told = len(service.told)
    app = story.app = Application([PORTHOLE, '--background'], log=story.log, environment={
        'GSETTINGS_SCHEMA_DIR': os.path.join(BUILD, 'data')}, window=False)
    notice = service.wait_for('while you were away', 60)
    assert '9500' in notice['title'] + notice['body'] or 'python3' in notice['title'] + notice['body'], notice
    assert len(service.told) == told + 1, service.told
    subprocess.run([PORTHOLE], check=True, timeout=20)
    app.look_at_window()


try:
    story.tell(starts_and_learns_in_silence, a_new_port_is_told_of, its_row_is_marked_until_it_is_looked_at,
               dont_tell_me_again_mutes, a_restart_is_silent,
               the_activity_page_has_it_all, an_entry_leads_to_its_row, preferences_say_what_is_muted,
               the_closed_window_tells_still, show_opens_the_window_with_its_row, a_second_start_opens_the_window, sigterm_ends_it_whole,
               what_was_missed_is_told_once)
finally:
    for process in listeners.values():
        process.kill()
        process.wait()
    service.stop()
