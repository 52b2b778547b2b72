# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses a running GTK 4 window as a person does: AT-SPI for the eyes, xdotool for the hands. Run under with-display.

Some of it is the way it is because of GTK 4.8: rows beyond the screen are exposed too, with stale places; headers and rows
have no actions, so they are really clicked; places are only told relative to the window; what a cell says is the name
of the label in it.
"""
import os
import re
import subprocess
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

# It complains of programs that keep no cache of what they expose; the registry itself is one.
GLib.log_set_handler('dbind', GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None, None)
Atspi.init()
Atspi.set_timeout(3000, 10000)


def wait(condition, what, seconds=10.0):
    """Returns the first true answer of CONDITION. Parts of a window that vanish while looked at are no error."""
    end = time.monotonic() + seconds
    trouble = None
    while time.monotonic() < end:
        try:
            if answer := condition():
                return answer
        except Exception as error:  # a GError of a part that has just gone
            trouble = error
        time.sleep(0.05)
    raise AssertionError(f'waited {seconds:g} s for {what}' + (f'; last: {trouble!r}' if trouble else ''))


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Part:
    """One accessible part of the window."""

    def __init__(self, accessible):
        self.accessible = accessible

    def __eq__(self, other):
        return isinstance(other, Part) and self.accessible == other.accessible

    @property
    def role(self):
        name = self.accessible.get_role_name()
        return 'push button' if name == 'button' else name   # newer AT-SPI has shortened it

    @property
    def name(self):
        return self.accessible.get_name() or ''

    @property
    def text(self):
        count = Atspi.Text.get_character_count(self.accessible)
        return Atspi.Text.get_text(self.accessible, 0, count)

    @property
    def states(self):
        return {state.value_nick for state in self.accessible.get_state_set().get_states()}

    @property
    def box(self):
        """x, y, width, height relative to the window."""
        box = self.accessible.get_extents(Atspi.CoordType.WINDOW)
        return box.x, box.y, box.width, box.height

    def children(self):
        parts = (self.accessible.get_child_at_index(i) for i in range(self.accessible.get_child_count()))
        return [Part(part) for part in parts if part]

    def walk(self, stop=()):
        """This part and all below it, but nothing inside parts whose role is in STOP."""
        yield self
        if self.role not in stop:
            for child in self.children():
                yield from child.walk(stop)

    def find_all(self, role, name=None, stop=()):
        for part in self.walk(stop):
            if part.role == role and (name is None or re.fullmatch(name, part.name)):
                yield part

    def find(self, role, name=None, stop=()):
        return next(self.find_all(role, name, stop), None)

    def do(self, action):
        """Does a named action, "click" for buttons."""
        for i in range(self.accessible.get_n_actions()):
            if self.accessible.get_action_name(i) == action:
                return self.accessible.do_action(i)
        raise AssertionError(f'{self.role} "{self.name}" has no action {action}')

    def tree(self, depth=0, limit=12):
        """For a look at what there is, when a test does not find something."""
        lines = [f'{"  " * depth}{self.role} "{self.name}"']
        if depth < limit:
            for child in self.children():
                lines.append(child.tree(depth + 1, limit))
        return '\n'.join(lines)


class Application(Part):
    """The program, its main window, and the hands to use it with."""

    def __init__(self, command, name='porthole', environment=None, log=os.devnull, window=True):
        desktop = Atspi.get_desktop(0)
        desktop.set_cache_mask(Atspi.Cache.NONE)
        desktop.get_child_count()   # starts the registry: a program that comes up before it is not always seen
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
        self.accessible.set_cache_mask(Atspi.Cache.NONE)   # 4.8 does not say when rows change places
        self.window = wait(lambda: self.find('frame', stop=('frame',)), 'the window')

    def _on_the_bus(self):
        assert self.process.poll() is None, f'the program ended with {self.process.returncode}'
        desktop = Atspi.get_desktop(0)
        programs = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
        return next((p for p in programs if p and p.get_process_id() == self.process.pid), None)

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
        _, top, _, height = self.list().box
        best, run_of_rows, end = [], [], None
        for row in self.list().children():
            _, y, _, row_height = row.box
            if not row_height:
                end = None
                continue
            follows = end is not None and abs(y - end) <= 2
            run_of_rows = run_of_rows + [row] if follows else [row]
            end = y + row_height
            if len(run_of_rows) > len(best):
                best = run_of_rows
        return [row for row in best if top <= row.box[1] < top + height]

    # --- hands ---

    def origin(self):
        """Where the window's accessible area begins on the screen: its shadow, which is symmetric, is not part of it."""
        found = run('xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)).split()
        geometry = dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', found[0]).split())
        _, _, width, height = self.window.box
        return (int(geometry['X']) + (int(geometry['WIDTH']) - width) // 2,
                int(geometry['Y']) + (int(geometry['HEIGHT']) - height) // 2)

    def click(self, part, button=1):
        left, top = self.origin()
        x, y, width, height = part.box
        run('xdotool', 'mousemove', str(left + x + width // 2), str(top + y + height // 2))
        time.sleep(0.1)
        run('xdotool', 'click', str(button))

    def press(self, *keys):
        run('xdotool', 'key', '--clearmodifiers', *keys)

    def type(self, text):
        run('xdotool', 'type', '--delay', '15', text)

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
