#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tour.py BUILD FOLDER [ARG...]: starts Porthole, visits each of its pages, and leaves a picture of each in FOLDER.

Runs under with-display: what `./dev run` does where there is no display.
"""
import os
import sys
import time

from driver import Application, run, wait

BUILD, FOLDER, *ARGUMENTS = sys.argv[1:]


def pages(app):
    """{name: the tab that switches there}; the window holds a second switcher, for when it is narrow."""
    tabs = {}
    for tab in app.window.find_all('page tab', stop=('tree table',)):
        if tab.box[2] > 0:
            tabs.setdefault(tab.name, tab)
    return tabs


os.makedirs(FOLDER, exist_ok=True)
app = Application([os.path.join(BUILD, 'src', 'porthole'), *ARGUMENTS])
try:
    wait(app.rows, 'rows in the table')
    tabs = pages(app)
    run('xdotool', 'mousemove', '0', '0')   # no tooltip in the picture
    for name in tabs or {'Connections': None}:
        if len(tabs) > 1:
            app.click(tabs[name])
        time.sleep(2.5)   # two refreshes: rates need two looks
        picture = os.path.join(FOLDER, f'{name.lower()}.png')
        app.portrait(picture)
        print(f'dev: wrote {picture}')
finally:
    app.stop()
