# SPDX-License-Identifier: GPL-3.0-or-later
"""A notification service that a journey plays, in a process of its own, and its hands.

    service = notices.Service()
    notice = service.wait_for('python3 started listening')   # {'id', 'title', 'body', 'actions'}
    service.press(notice, 'show')
"""
import json
import subprocess
import sys
import threading

from driver import wait

INTERFACE = '''<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>'''
NAME, PATH = 'org.freedesktop.Notifications', '/org/freedesktop/Notifications'


def serve():
    from gi.repository import Gio, GLib
    loop = GLib.MainLoop()
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    last = 0

    def called(_bus, _sender, _path, _interface, method, arguments, invocation):
        nonlocal last
        if method == 'GetCapabilities':
            answer = GLib.Variant('(as)', (['body', 'body-markup', 'actions'],))
        elif method == 'GetServerInformation':
            answer = GLib.Variant('(ssss)', ('journey', 'porthole', '1', '1.2'))
        elif method == 'Notify':
            _, replaces, _, title, body, actions, _, _ = arguments.unpack()
            last += 1
            number = replaces or last
            print(json.dumps({'id': number, 'title': title, 'body': body, 'actions': actions}), flush=True)
            answer = GLib.Variant('(u)', (number,))
        else:
            answer = None
        invocation.return_value(answer)

    def told(channel, _condition):
        line = channel.readline()
        if not line:
            loop.quit()
            return False
        number, action = json.loads(line)
        bus.emit_signal(None, PATH, NAME, 'ActionInvoked', GLib.Variant('(us)', (number, action)))
        bus.emit_signal(None, PATH, NAME, 'NotificationClosed', GLib.Variant('(uu)', (number, 2)))
        return True

    bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], called)
    Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: print('ready', flush=True), None)
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, told)
    loop.run()


class Service:
    def __init__(self):
        self.process = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        assert self.process.stdout.readline() == 'ready\n'
        self.told = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            self.told.append(json.loads(line))

    def about(self, words):
        """The notifications so far whose title has WORDS in it."""
        return [notice for notice in self.told if words in notice['title']]

    def wait_for(self, words, seconds=60):
        return wait(lambda: self.about(words), f'a notification: {words}', seconds)[-1]

    def press(self, notice, action):
        """The notification goes, as with most services."""
        print(json.dumps([notice['id'], action]), file=self.process.stdin, flush=True)

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)


if __name__ == '__main__':
    serve()
