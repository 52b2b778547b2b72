# SPDX-License-Identifier: GPL-3.0-or-later
"""A network of a journey's own: a namespace with a display in it, and a wire to somebody who sends everything back.

    import wire
    wire.enter()                  # starts the program again inside
    far = wire.Wire('wan0')       # an interface with an address, up; its other end is in a namespace behind it

Addresses are those set aside for documentation (RFC 5737, 3849).
"""
import os
import socket
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'tools'))

import namespace  # noqa: E402
import tap  # noqa: E402

DISPLAY = 'PORTHOLE_JOURNEY_DISPLAY'
NEAR, FAR, NEAR6 = '198.51.100.1', '198.51.100.2', '2001:db8:51::1'
PORT = 4000

ECHO = f'''
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("0.0.0.0", {PORT}))
print("ready", flush=True)
while True:
    data, address = s.recvfrom(65536)
    try:
        s.sendto(data, address)
    except OSError:
        pass
'''


def enter():
    """First the namespace, then the display: its sockets without a file would not reach into another namespace."""
    namespace.skip = tap.skip_all
    namespace.enter()
    if not os.environ.get(DISPLAY):
        os.environ[DISPLAY] = '1'
        os.execv(os.path.join(os.path.dirname(HERE), 'with-display'),
                 ['with-display', sys.executable, *sys.argv])


def ip(*arguments):
    subprocess.run(['ip', *arguments], check=True, capture_output=True, text=True)


class Wire:
    """A pair of veth interfaces, NAME here, the other end with an echo in a namespace of its own."""

    def __init__(self, name):
        self.name = name
        self.stopped = threading.Event()
        self.echo = subprocess.Popen(['unshare', '--net', sys.executable, '-c', ECHO], stdout=subprocess.PIPE, text=True)
        assert self.echo.stdout.readline() == 'ready\n'
        ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'far0', 'netns', str(self.echo.pid))
        ip('address', 'add', f'{NEAR}/24', 'dev', name)
        ip('address', 'add', f'{NEAR6}/64', 'dev', name, 'nodad')
        ip('link', 'set', name, 'up')
        for command in (['address', 'add', f'{FAR}/24', 'dev', 'far0'], ['link', 'set', 'far0', 'up']):
            subprocess.run(['nsenter', '--target', str(self.echo.pid), '--net', 'ip', *command], check=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def send(self, packets, size=1000):
        """As often as that; the echo sends as much back."""
        for _ in range(packets):
            self.socket.sendto(bytes(size), (FAR, PORT))
            time.sleep(0.001)

    def keep_sending(self, packets_a_second):
        """Until stop()."""
        def work():
            while not self.stopped.wait(1 / packets_a_second):
                try:
                    self.socket.sendto(bytes(1000), (FAR, PORT))
                except OSError:
                    return   # the wire has been cut
        threading.Thread(target=work, daemon=True).start()

    def cut(self):
        ip('link', 'delete', self.name)

    def stop(self):
        self.stopped.set()
        self.echo.kill()
        self.echo.wait()
