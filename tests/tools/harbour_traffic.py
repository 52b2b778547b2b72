# SPDX-License-Identifier: GPL-3.0-or-later
"""What the processes of harbour.py do: each function returns the work of one, done with DROP, which makes it belong to
its user, and TELL, which says that it is ready.
"""
import os
import selectors
import signal
import socket
import struct
import subprocess
import time

import harbour_disguise as disguise

NOBODY = '192.0.2.99'   # an address where nobody answers: SYN_SENT
CHATTER = struct.Struct('!II')   # a client's first bytes: how many bytes a second it wants; 0: hang up on me
FAREWELL = b'.'   # a client's last byte: who closes first has the TIME_WAIT, and it is not to be the desktop


def serve(*places, workers=(), backlog=128):
    """A process that listens in PLACES: (type, address, port). With WORKERS, each a (command, cgroup), it leaves the
    work to these, which share the sockets, as nginx does.
    """
    def work(drop, tell):
        if all(port >= 1024 for _, _, port in places):
            drop()   # a socket belongs to who made it
        selector = selectors.DefaultSelector()
        for kind, address, port in places:
            family = socket.AF_INET6 if ':' in address else socket.AF_INET
            s = socket.socket(family, kind)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            s.bind((address, port))
            if kind == socket.SOCK_STREAM:
                s.listen(backlog)
                s.setblocking(False)
                selector.register(s, selectors.EVENT_READ, 'accept')
        for worker in workers:
            pid = os.fork()
            if pid == 0:
                drop()
                own = selectors.DefaultSelector()   # an epoll belongs to all who have it
                for key in selector.get_map().values():
                    own.register(key.fileobj, key.events, key.data)
                talk(own)
            disguise.say(pid, *worker)
        if workers:
            tell()
            rest()
        drop()
        tell()
        talk(selector)
    return work


def idle(drop, tell):
    """A process that is only there to have started others."""
    drop()
    tell()
    rest()


def rest():
    while True:
        signal.pause()


def call(*places, rate_up=0):
    """A process that connects to PLACES: (address, port, bytes a second to ask for)."""
    def work(drop, tell):
        drop()
        selector = selectors.DefaultSelector()
        for address, port, rate in places:
            family = socket.AF_INET6 if ':' in address else socket.AF_INET
            s = socket.socket(family)
            s.settimeout(0.2 if address == NOBODY else 5)   # the first look for an IPv6 neighbour takes a while
            try:
                s.connect((address, port))
                s.send(CHATTER.pack(rate, 0))
            except OSError:
                pass   # nobody answers there, and nobody is meant to
            s.setblocking(False)
            selector.register(s, selectors.EVENT_READ, 'keep' if rate == 0 else rate_up)
        tell()
        talk(selector)
    return work


def errands(*places):
    """A process that connects to PLACES: (address, port, bytes a second), one after the other, each for a moment."""
    def work(drop, tell):
        drop()
        tell()
        while True:
            for address, port, rate in places:
                family = socket.AF_INET6 if ':' in address else socket.AF_INET
                try:
                    with socket.socket(family) as s:
                        s.settimeout(2)
                        s.connect((address, port))
                        s.send(CHATTER.pack(rate, 0))
                        end = time.monotonic() + 0.6
                        while time.monotonic() < end:
                            s.recv(1 << 18)
                        s.send(FAREWELL)
                        while s.recv(1 << 18):
                            pass
                except OSError:
                    pass
                time.sleep(1.2)
    return work


def moods(port):
    """A server that listens on PORT for a while, rests for a while, and so on."""
    def work(drop, tell):
        drop()
        tell()
        while True:
            time.sleep(3)
            with socket.create_server(('0.0.0.0', port)):
                time.sleep(6)
    return work


def fidget(drop, tell):
    """A cable that is pulled and put back, and a route that comes and goes."""
    tell()
    while True:
        for command in ('link set enp0s31f6 up', 'route add 10.30.0.0/16 via 10.8.0.1 dev tun0',
                        'link set enp0s31f6 down', 'route del 10.30.0.0/16 via 10.8.0.1 dev tun0'):
            time.sleep(3)
            subprocess.run(['ip', *command.split()], stderr=subprocess.DEVNULL)


def leave_traces(*places):
    """Connections that were closed a moment ago: TIME_WAIT."""
    for address, port in places:
        with socket.create_connection((address, port), 2):
            pass


def talk(selector):
    """Accepts, reads and throws away, and sends what was asked for, four times a second."""
    wanted = {}   # socket: bytes each time
    due = time.monotonic()
    while True:
        for key, _ in selector.select(max(0.0, due - time.monotonic())):
            s = key.fileobj
            if key.data == 'accept':
                try:
                    peer, _ = s.accept()
                except OSError:
                    continue   # another worker was faster
                peer.setblocking(False)
                selector.register(peer, selectors.EVENT_READ, 'new')
                continue
            try:
                text = s.recv(1 << 18)
            except OSError:
                text = b''
            if not text:
                selector.unregister(s)
                if key.data != 'keep':   # who keeps it stays in CLOSE_WAIT
                    s.close()
                wanted.pop(s, None)
            elif text == FAREWELL:
                selector.unregister(s)
                wanted.pop(s, None)
                s.close()
            elif key.data == 'new' and len(text) >= CHATTER.size:
                rate, _ = CHATTER.unpack(text[:CHATTER.size])
                selector.modify(s, selectors.EVENT_READ, None)
                if rate == 0:
                    selector.unregister(s)
                    s.close()
                else:
                    wanted[s] = rate // 4
        if time.monotonic() >= due:
            due += 0.25
            chatty = [(key.fileobj, key.data // 4) for key in selector.get_map().values() if isinstance(key.data, int)]
            for s, amount in list(wanted.items()) + [(s, amount) for s, amount in chatty if amount]:
                try:
                    s.send(b'~' * amount)
                except OSError:
                    pass
