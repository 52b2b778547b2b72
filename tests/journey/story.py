# SPDX-License-Identifier: GPL-3.0-or-later
"""What journeys have in common: the program started with a log, a picture after each step, and a quiet end.

    story = Story('interfaces')
    story.start('-i')
    story.tell(first_step, second_step, ...)
"""
import os
import re
import sys

import tap

try:
    from driver import Application
except (ImportError, ValueError) as reason:
    tap.skip_all(f'no AT-SPI for Python here: {reason}')

BUILD = sys.argv[2]


class Story:
    def __init__(self, name):
        self.pictures = os.path.join(BUILD, 'journey', name)
        self.log = os.path.join(self.pictures, 'porthole.log')
        self.app = None
        self.done = 0
        os.makedirs(self.pictures, exist_ok=True)

    def start(self, *options, before=()):
        """BEFORE: a program with its arguments that becomes this one."""
        self.app = Application([*before, os.path.join(BUILD, 'src', 'porthole'), *options], log=self.log,
                               environment={'GSETTINGS_SCHEMA_DIR': os.path.join(BUILD, 'data')})
        return self.app

    def pictured(self, step):
        """A picture at its end, whichever way it ends."""
        def test():
            try:
                step()
            finally:
                self.done += 1
                if self.app and self.app.process.poll() is None:
                    self.app.screenshot(os.path.join(self.pictures, f'{self.done:02}-{step.__name__}.png'))
        test.__name__ = step.__name__
        return test

    def ends_quietly(self):
        self.app.press('ctrl+q')
        assert self.app.process.wait(10) == 0
        with open(self.log, encoding='utf-8', errors='replace') as log:
            loud = [line for line in log if re.search('CRITICAL|WARNING|Sanitizer', line)]
        assert not loud, loud

    def tell(self, *steps):
        """Each step needs the one before it. Ends the program."""
        try:
            tap.run([self.pictured(step) for step in steps] + [self.ends_quietly], in_order=True)
        finally:
            if self.app:
                self.app.stop()

    # --- what a person sees ---

    def labels(self):
        """All that is written outside the table."""
        return [part.name for part in self.app.window.find_all('label', stop=('tree table',)) if part.name]

    def says(self, pattern):
        """The first label outside the table that has PATTERN in it."""
        return next((label for label in self.labels() if re.search(pattern, label)), None)

    def button(self, name, roles=('toggle button', 'push button', 'button')):
        return next(part for role in roles for part in self.app.window.find_all(role, name, stop=('tree table',))
                    if part.box[2] > 0)

    def icon(self, name, part=None):
        """One that says NAME in PART, or outside the table."""
        return next((icon for role in ('icon', 'image')
                     for icon in (part or self.app.window).find_all(role, name, stop=('tree table',))), None)

    def status(self):
        """The line at the bottom."""
        return next(part.name for part in self.app.window.find_all('status bar', stop=('tree table',))
                    if 'updated' in part.name or 'paused' in part.name)

    def row(self, title, text):
        """The row that says TEXT below TITLE: its facts, and the part to click on."""
        titles = self.app.titles()
        for part in self.app.visible_rows():
            facts = dict(zip(titles, map(self.app.label, part.children())))
            if facts.get(title) == text:
                return facts, part
        return None
