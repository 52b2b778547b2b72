# SPDX-License-Identifier: GPL-3.0-or-later
"""bubble.py SOURCE TELL PICTURE: an alert on a desktop with a real notification service, and a person who clicks on it.

Run under with-display. The service is the reference one, GNOME's old notification-daemon: its bubbles are ordinary
windows of X11 with the buttons in them, which can be read by AT-SPI and clicked.
"""
import os
import subprocess
import sys
import time

import tap

SOURCE, TELL, PICTURE = sys.argv[1:]
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'journey'))
os.environ['XDG_DATA_DIRS'] = os.path.join(SOURCE, 'data') + ':/usr/share'   # Porthole's icon is not installed
DAEMON = '/usr/lib/notification-daemon/notification-daemon'

if not os.access(DAEMON, os.X_OK):
    tap.skip_all('no notification-daemon here')
try:
    from driver import run, wait
    from eyes import SCREEN, Part, Program
except (ImportError, ValueError) as missing:
    tap.skip_all(f'no AT-SPI for Python here: {missing}')

started = []


def start(*command):
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    os.set_blocking(process.stdout.fileno(), False)
    started.append(process)
    return process


def heard(process):
    """The next line that PROCESS says."""
    return wait(lambda: process.stdout.readline().rstrip(), 'something from the program')


def parts():
    """What of the service can be seen."""
    return [part for part in Part(Program.of_process(daemon.pid)).walk() if 'showing' in part.states]


def find(role, name):
    return next((part for part in parts() if part.role == role and part.name == name), None)


def click(name):
    button = wait(lambda: find('push button', name), f'the button {name}')
    x, y, width, height = button.extents(SCREEN)
    run('xdotool', 'mousemove', str(x + width // 2), str(y + height // 2))
    time.sleep(0.2)
    run('xdotool', 'click', '1')


def an_alert_waits_for_the_service():
    global tell, daemon
    Program.of_process(0)   # starts the registry
    tell = start(TELL, 'web<b>&', '8000')
    assert heard(tell) == 'failed No notification service is running.'
    daemon = start(DAEMON)


def its_bubble_says_what_listens_where():
    wait(lambda: find('label', 'web<b>& started listening on TCP 8000 (every address)'), 'the title')
    wait(lambda: find('label', 'Program: /usr/bin/web<b>&'), 'the text')
    for button in ('Show', 'Don’t Tell Me Again'):
        wait(lambda: find('push button', button), button)
    time.sleep(0.5)
    run('import', '-window', 'root', PICTURE)


def a_click_on_show_comes_back():
    click('Show')
    assert heard(tell) == 'show tcp any 8000 program /usr/bin/web<b>&'
    wait(lambda: not find('push button', 'Show'), 'the end of the bubble')


def a_click_on_dont_tell_me_again_comes_back():
    global tell
    tell = start(TELL, 'postgres', '5432')
    click('Don’t Tell Me Again')
    assert heard(tell) == 'mute tcp any 5432 program /usr/bin/postgres'
    tell.stdin.close()
    assert tell.wait(10) == 0


try:
    tap.run([an_alert_waits_for_the_service, its_bubble_says_what_listens_where, a_click_on_show_comes_back,
             a_click_on_dont_tell_me_again_comes_back], in_order=True)
finally:
    for process in started:
        process.kill()
        process.wait()
