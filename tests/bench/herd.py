# SPDX-License-Identifier: GPL-3.0-or-later
"""A herd: many loopback connections, held open by many processes, to measure on.

`with Herd(sockets=10_000, processes=20, churn=500) as herd:` gives them once all are open. Each process has a listener of
its own and both ends of its connections. From `herd.stir()` to `herd.rest()` so many of these (`churn`) a second are
reset and opened anew.
"""

import os
import resource
import signal
import socket
import struct
import time

RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER: no TIME_WAIT is left behind
SPARE_DESCRIPTORS = 64
WISHES = {signal.SIGUSR1, signal.SIGUSR2}


def _write(path, text):
    try:
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
    except OSError:
        pass  # then the kernel's own range of ports has to do


class Herd:
    def __init__(self, sockets, processes, churn=0.0):
        self.pairs = max(1, sockets // 2 // processes)  # of each process
        self.sockets = self.pairs * 2 * processes
        self.processes = processes
        self.churn = churn
        self.pids = []

    def __enter__(self):
        _write("/proc/sys/net/ipv4/ip_local_port_range", "2000 65000")
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        needed = 2 * self.pairs + SPARE_DESCRIPTORS
        if hard != resource.RLIM_INFINITY and hard < needed:
            raise RuntimeError(f"a process may hold {hard} descriptors only; {needed} are needed: use more processes")

        ready, tell = os.pipe()
        for number in range(self.processes):
            pid = os.fork()
            if pid == 0:
                try:
                    os.close(ready)
                    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
                    self._hold(number, tell)
                finally:
                    os._exit(1)
            self.pids.append(pid)
        os.close(tell)
        for _ in self.pids:
            if os.read(ready, 1) != b".":
                self.__exit__()
                raise RuntimeError("the herd could not be put together")
        os.close(ready)
        return self

    def __exit__(self, *_):
        for pid in self.pids:
            os.kill(pid, signal.SIGKILL)
        for pid in self.pids:
            os.waitpid(pid, 0)
        self.pids = []

    def stir(self):
        self._tell(signal.SIGUSR1)

    def rest(self):
        self._tell(signal.SIGUSR2)

    def _tell(self, number):
        for pid in self.pids:
            os.kill(pid, number)

    def _hold(self, number, tell):
        signal.pthread_sigmask(signal.SIG_BLOCK, WISHES)
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((f"127.0.{number + 1}.1", 1000 + number))
        listener.listen(64)
        pairs = [self._pair(listener) for _ in range(self.pairs)]
        os.write(tell, b".")
        os.close(tell)
        turn = 0
        while True:
            signal.sigwait({signal.SIGUSR1})
            period = self.processes / self.churn
            due = time.monotonic() + period * number / self.processes  # turn about, not all at once
            while True:
                due += period
                if signal.sigtimedwait({signal.SIGUSR2}, max(0, due - time.monotonic())):
                    break
                for one in pairs[turn]:
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
                    one.close()
                pairs[turn] = self._pair(listener)
                turn = (turn + 1) % self.pairs

    @staticmethod
    def _pair(listener):
        client = socket.create_connection(listener.getsockname())
        return client, listener.accept()[0]
