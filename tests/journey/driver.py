# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses a running GTK 4 window as a person does: AT-SPI for the eyes, xdotool for the hands. Run under with-display.

Some of it is the way it is because of GTK 4.8: rows beyond the screen are exposed too, with stale places; headers and rows
have no actions, so they are really clicked; places are only told relative to the window; what a cell says is the name
of the label in it.
"""
import os
import subprocess
import time

import eyes
from eyes import Part, Program, look_again


def wait(condition, what, seconds=10.0):
    """Returns the first true answer of CONDITION. Parts of a window that vanish while looked at are no error."""
    end = time.monotonic() + seconds
    trouble, pause = None, 0.05
    while time.monotonic() < end:
        look_again()
        try:
            if answer := condition():
                return answer
        except Exception as error:  # a GError of a part that has just gone
            trouble = error
        time.sleep(pause)
        pause = min(pause * 1.2, 0.2)
    raise AssertionError(f'waited {seconds:g} s for {what}' + (f'; last: {trouble!r}' if trouble else ''))


def run(*command):
    look_again()
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Application(Part):
    """The program, its main window, and the hands to use it with."""

    def __init__(self, command, name='porthole', environment=None, log=os.devnull, window=True):
        Program.of_process(0)   # starts the registry: a program that comes up before it is not always seen
        with open(log, 'w', encoding='utf-8') as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT,
                                            env=dict(os.environ, **(environment or {})))
        self.name_pattern = name
        try:
            if window:
                self.look_at_window()
        except BaseException:
            self.stop()
            raise

    def look_at_window(self):
        """Once there is one: without, a program is not on the accessibility bus."""
        super().__init__(wait(self._on_the_bus, f'{self.name_pattern} on the accessibility bus', 30))
        self.window = wait(lambda: self.find('frame', stop=('frame',)), 'the window')
        wait(self.origin, 'the window on the screen')   # the bus is told of it before

    def _on_the_bus(self):
        assert self.process.poll() is None, f'the program ended with {self.process.returncode}'
        return Program.of_process(self.process.pid)

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    # --- the table: a row of titles, and the list of rows ---

    table_name = None   # pages out of sight have theirs in the tree, too, with stale places; None: the first one

    def table(self):
        return self.window.find('tree table', self.table_name, stop=('tree table',))

    def list(self):
        return self.table().find('list', stop=('table row',))

    def headers(self):
        return self.table().children()[0].children()

    @staticmethod
    def label(part):
        """What a header or cell says: an unnamed part bears the name of its class, the label in it bears the text."""
        found = part.find('label')
        return found.name if found else ''

    def titles(self):
        return [self.label(header) for header in self.headers()]

    def header(self, title):
        return next(header for header in self.headers() if self.label(header) == title)

    def rows(self):
        """The texts of the rows on the screen, from the top: a list of {title: text}."""
        titles = self.titles()
        return [dict(zip(titles, map(self.label, row.children()))) for row in self.visible_rows()]

    def cell(self, text):
        """The first cell on the screen that says TEXT; None: there is none."""
        cells = (cell for row in self.visible_rows() for cell in row.children())
        return next((cell for cell in cells if self.label(cell) == text), None)

    def visible_rows(self):
        """The rows that can be seen: the longest run of neighbours that lie one below the other."""
        whole = self.list()
        rows = whole.children()
        (_, top, _, height), *boxes = Part.boxes([whole, *rows])
        best, run_of_rows, end = [], [], None
        for row, (_, y, _, row_height) in zip(rows, boxes):
            if not row_height:
                end = None
                continue
            follows = end is not None and abs(y - end) <= 2
            run_of_rows = [*run_of_rows, (row, y)] if follows else [(row, y)]
            end = y + row_height
            if len(run_of_rows) > len(best):
                best = run_of_rows
        return [row for row, y in best if top <= y < top + height]

    # --- hands ---

    def origin(self):
        """Where the window's accessible area begins on the screen: its shadow, which is symmetric, is not part of it."""
        found = run('xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)).split()
        geometry = dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', found[0]).split())
        _, _, width, height = self.window.box
        return (int(geometry['X']) + (int(geometry['WIDTH']) - width) // 2,
                int(geometry['Y']) + (int(geometry['HEIGHT']) - height) // 2)

    @staticmethod
    def place(part):
        """Where it is, once it has come to rest there."""
        def place():
            before = part.box
            time.sleep(0.05)
            return before[2] > 0 and before == part.box and before
        return wait(place, f'{part.role} "{part.name}" to come to rest')

    def click(self, part, button=1):
        x, y, width, height = self.place(part)
        left, top = self.origin()
        self.use('mousemove', str(left + x + width // 2), str(top + y + height // 2), 'sleep', '0.1', 'click', str(button))

    def press(self, *keys):
        self.use('key', '--clearmodifiers', *keys)

    def type(self, text):
        self.use('type', '--delay', '15', text)

    def use(self, *hands):
        """What is done has come to the program, and is seen with the next look."""
        run('xdotool', *hands)
        time.sleep(0.05)
        self.program.settle()
        look_again()

    @staticmethod
    def screenshot(path):
        run('import', '-window', 'root', path)

    def portrait(self, path, title='Porthole'):
        """The window of that TITLE alone, cut out of its border, with round corners and a shadow."""
        window = run('xdotool', 'search', '--onlyvisible', '--all', '--pid', str(self.process.pid),
                     '--name', f'^{title}$').split()[0]
        _, _, width, height = next(part for part in self.children() if part.name == title).box
        run('import', '-window', window, path)
        corner = f'roundrectangle 0,0 {width - 1},{height - 1} 12,12'
        run('convert', path, '-gravity', 'center', '-crop', f'{width}x{height}+0+0', '+repage', '+gravity',
            '(', '+clone', '-fill', 'black', '-colorize', '100', '-fill', 'white', '-draw', corner, ')',
            '-alpha', 'off', '-compose', 'CopyOpacity', '-composite',
            '(', '+clone', '-background', 'black', '-shadow', '40x14+0+6', ')',
            '+swap', '-background', 'none', '-compose', 'Over', '-layers', 'merge', '+repage', '-strip', path)
