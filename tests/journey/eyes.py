# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program shows, as it tells the accessibility bus (AT-SPI): one look sees all of it.

Who asks each part for its role, its name and its children has thousands of calls to wait for: seconds, for a table with
some rows. So a look asks for everything in one call (Cache.GetItems). Toolkits answer it with those parts that anybody has
asked for before; where the children that are told of are not as many as there should be, or not at their places, it asks
for them, many calls under way at a time, and then for everything once more.

A look is good for a moment: until something is done, or waited for.
"""
import functools
import re
import time
from typing import NamedTuple

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402   Atspi only knows what roles and states are called

ROOT, CACHE, NULL = (f'/org/a11y/atspi/{end}' for end in ('accessible/root', 'cache', 'null'))
PATIENCE = 10_000   # milliseconds for an answer
MOMENT = 0.1        # seconds
WINDOW, SCREEN = Atspi.CoordType.WINDOW, Atspi.CoordType.SCREEN

_moment = 0


def look_again():
    """Whatever has been seen until now may be different."""
    global _moment
    _moment += 1


@functools.cache
def bus():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address, = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0,
                                 PATIENCE, None).unpack()
    flags = Gio.DBusConnectionFlags
    return Gio.DBusConnection.new_for_address_sync(
        address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)


def ask(name, path, interface, method, arguments=None):
    return bus().call_sync(name, path, interface, method, arguments, None, 0, PATIENCE, None)


def ask_all(name, paths, interface, method, arguments=None):
    """The answers of all of them, in their order, with all questions under way at once; None: that one has gone."""
    answers = {}

    def answered(connection, result, path):
        try:
            answers[path] = connection.call_finish(result)
        except GLib.Error:
            answers[path] = None

    paths = list(paths)
    for path in paths:
        bus().call(name, path, interface, method, arguments, None, 0, PATIENCE, None, answered, path)
    while len(answers) < len(set(paths)):
        GLib.MainContext.default().iteration(True)
    return [answers[path] for path in paths]


def interface(name):
    return f'org.a11y.atspi.{name}'


@functools.cache
def role_name(role):
    name = Atspi.role_get_name(Atspi.Role(role))
    return 'push button' if name == 'button' else name   # newer AT-SPI has shortened it


@functools.cache
def state_names(bits):
    return frozenset(Atspi.StateType(i).value_nick for i in range(64) if bits >> i & 1)


class Facts(NamedTuple):
    """Of one part, at one moment."""
    parent: str
    index: int
    count: int
    name: str
    role: int
    description: str
    states: int


class Look:
    """All parts of a program: their facts, their children, and what they are in, by their paths."""

    def __init__(self, program):
        self.moment, self.program = _moment, program
        for _ in range(3):   # the second time all parts are known, if no more have come meanwhile
            self.facts = self._all_facts()
            self.children = self._children_told_of()
            self.parents = {}
            if not self._ask_for_the_others() or not self.facts:
                break
        self._ask_for_facts([path for path in (ROOT, *self.parents) if path not in self.facts])
        self.time = time.monotonic()

    def is_good(self):
        return self.moment == _moment and time.monotonic() - self.time < MOMENT

    def _all_facts(self):
        """Nothing, if the program does not tell all at once, as those of GTK 3."""
        try:
            items = ask(self.program, CACHE, interface('Cache'), 'GetItems').get_child_value(0)
        except GLib.Error as error:
            if error.matches(Gio.dbus_error_quark(), Gio.DBusError.UNKNOWN_METHOD):
                return {}
            raise
        facts = {}
        for i in range(items.n_children()):
            value = items.get_child_value(i).get_child_value
            states = value(9)
            facts[value(0).get_child_value(1).get_string()] = Facts(
                value(2).get_child_value(1).get_string(), value(3).get_int32(), value(4).get_int32(),
                value(6).get_string(), value(7).get_uint32(), value(8).get_string(),
                states.get_child_value(0).get_uint32() | states.get_child_value(1).get_uint32() << 32)
        return facts

    def _children_told_of(self):
        """Of those parts that have as many as they say, each at its place. Hidden ones are at the place of another."""
        places = {}
        for path, facts in self.facts.items():
            places.setdefault(facts.parent, []).append((facts.index, path))
        children = {}
        for path, facts in self.facts.items():
            own = sorted(places.get(path, ()))
            if path != ROOT and [index for index, _ in own] == list(range(facts.count)):
                if not any(self.facts[child].name == 'GtkStackPage' for _, child in own):   # is no part, though told of
                    children[path] = [child for _, child in own]
        return children

    def _ask_for_the_others(self):
        """Goes down from the root, layer by layer. Returns whether there are parts that nothing is known of."""
        new, layer = False, [ROOT]
        self._ask_for_children(path for path in self.facts if path not in self.children)
        while layer:
            self._ask_for_children(path for path in layer if path not in self.children)
            below = []
            for path in layer:
                for child in self.children[path]:
                    if child not in self.parents:
                        self.parents[child] = path
                        below.append(child)
                        new = new or child not in self.facts
            layer = below
        return new

    def _ask_for_children(self, paths):
        paths = list(paths)
        for path, answer in zip(paths, ask_all(self.program, paths, interface('Accessible'), 'GetChildren')):
            self.children[path] = [child for _, child in answer.unpack()[0] if child != NULL] if answer else []

    def _ask_for_facts(self, paths):
        """Part by part."""
        def properties(name):
            return ask_all(self.program, paths, 'org.freedesktop.DBus.Properties', 'Get',
                           GLib.Variant('(ss)', (interface('Accessible'), name)))
        answers = zip(properties('Name'), properties('Description'),
                      ask_all(self.program, paths, interface('Accessible'), 'GetRole'),
                      ask_all(self.program, paths, interface('Accessible'), 'GetState'))
        for path, of_one in zip(paths, answers):
            if all(of_one):   # else it has gone
                name, description, role, (low, high) = (answer.unpack()[0] for answer in of_one)
                self.facts[path] = Facts(self.parents.get(path, ''), 0, len(self.children[path]), name, role, description,
                                         low | high << 32)


class Program:
    """One on the accessibility bus."""

    def __init__(self, name):
        self.name = name
        self._look = None

    @classmethod
    def of_process(cls, pid):
        """None: it is not on the bus."""
        registered = ask(interface('Registry'), ROOT, interface('Accessible'), 'GetChildren').unpack()[0]
        for name, _ in registered:
            owner, = ask('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                         'GetConnectionUnixProcessID', GLib.Variant('(s)', (name,))).unpack()
            if owner == pid:
                return cls(name)
        return None

    @property
    def look(self):
        if not self._look or not self._look.is_good():
            self._look = Look(self.name)
        return self._look

    def settle(self):
        """Returns when it has done what came before. It may have ended with that."""
        try:
            ask(self.name, ROOT, interface('Accessible'), 'GetChildren')
        except GLib.Error:
            pass


class Part:
    """One accessible part of a program."""

    def __init__(self, program, path=ROOT):
        self.program, self.path = program, path

    def __eq__(self, other):
        return isinstance(other, Part) and (self.program.name, self.path) == (other.program.name, other.path)

    def __hash__(self):
        return hash(self.path)

    def _ask(self, which, method, signature='()', *arguments):
        return ask(self.program.name, self.path, interface(which), method,
                   GLib.Variant(signature, arguments)).unpack()[0]

    def _property(self, which, name):
        return ask(self.program.name, self.path, 'org.freedesktop.DBus.Properties', 'Get',
                   GLib.Variant('(ss)', (interface(which), name))).unpack()[0]

    @property
    def facts(self):
        return self.program.look.facts[self.path]

    @property
    def role(self):
        return role_name(self.facts.role)

    @property
    def name(self):
        return self.facts.name

    @property
    def description(self):
        return self.facts.description

    @property
    def states(self):
        return state_names(self.facts.states)

    @property
    def text(self):
        return self._ask('Text', 'GetText', '(ii)', 0, self._property('Text', 'CharacterCount'))

    @property
    def box(self):
        """x, y, width, height relative to the window."""
        return self.extents(WINDOW)

    def extents(self, relative_to):
        return self._ask('Component', 'GetExtents', '(u)', relative_to)

    @staticmethod
    def boxes(parts):
        """Those of several parts at once; of nothing where one has gone."""
        if not parts:
            return []
        answers = ask_all(parts[0].program.name, [part.path for part in parts], interface('Component'), 'GetExtents',
                          GLib.Variant('(u)', (WINDOW,)))
        return [answer.unpack()[0] if answer else (0, 0, 0, 0) for answer in answers]

    @property
    def parent(self):
        """None: it is the program."""
        path = self.program.look.parents.get(self.path)
        return path and Part(self.program, path)

    def children(self):
        look = self.program.look
        return [Part(self.program, path) for path in look.children.get(self.path, ()) if path in look.facts]

    def _below(self, look, stop):
        """The paths of this part and all below it, but of nothing inside parts whose role is in STOP."""
        paths = [self.path]
        while paths:
            path = paths.pop()
            if path in look.facts:
                yield path
                if role_name(look.facts[path].role) not in stop:
                    paths.extend(reversed(look.children.get(path, ())))

    def walk(self, stop=()):
        """This part and all below it."""
        return (Part(self.program, path) for path in self._below(self.program.look, stop))

    def find_all(self, role, name=None, stop=()):
        look = self.program.look
        for path in self._below(look, stop):
            facts = look.facts[path]
            if role_name(facts.role) == role and (name is None or re.fullmatch(name, facts.name)):
                yield Part(self.program, path)

    def find(self, role, name=None, stop=()):
        return next(self.find_all(role, name, stop), None)

    def do(self, action):
        """Does a named action, "click" for buttons."""
        for i in range(self._property('Action', 'NActions')):
            if self._ask('Action', 'GetName', '(i)', i) == action:
                look_again()
                return self._ask('Action', 'DoAction', '(i)', i)
        raise AssertionError(f'{self.role} "{self.name}" has no action {action}')

    def tree(self, depth=0, limit=12):
        """For a look at what there is, when a test does not find something."""
        lines = [f'{"  " * depth}{self.role} "{self.name}"']
        if depth < limit:
            for child in self.children():
                lines.append(child.tree(depth + 1, limit))
        return '\n'.join(lines)
