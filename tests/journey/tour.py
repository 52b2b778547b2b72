#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tour.py BUILD FOLDER [ARG...]: starts Porthole, visits each of its pages, and leaves a picture of each in FOLDER.

Runs under with-display: what `./dev run` does where there is no display.
"""
import os
import sys
import time

from driver import Application, wait

BUILD, FOLDER, *ARGUMENTS = sys.argv[1:]


def pages(app):
    """The buttons that switch pages, one for each page; none while there is only one page."""
    switcher = [part for part in app.window.walk(stop=('tree table',)) if part.role in ('page tab', 'radio button')]
    return [part for part in switcher if part.box[2] > 0]


def name_of(page):
    label = page.find('label')
    return (label.name if label else page.name).lower().replace(' ', '-')


os.makedirs(FOLDER, exist_ok=True)
app = Application([os.path.join(BUILD, 'src', 'porthole'), *ARGUMENTS])
try:
    wait(app.rows, 'rows in the table')
    for page in pages(app) or [None]:
        if page:
            app.click(page)
        time.sleep(2.5)   # two refreshes: rates need two looks
        picture = os.path.join(FOLDER, f'{name_of(page) if page else "connections"}.png')
        app.screenshot(picture)
        print(f'dev: wrote {picture}')
finally:
    app.stop()
