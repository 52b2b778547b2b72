# SPDX-License-Identifier: GPL-3.0-or-later
"""A wire between this network namespace and one behind it, with nothing on it but what is sent: UDP datagrams of a known
size, to a socket there that takes them all."""

import ctypes
import json
import os
import signal
import socket
import subprocess
import time

import porthole

CLONE_NEWNET = 0x40000000
libc = ctypes.CDLL(None, use_errno=True)


def _ip(words):
    subprocess.run(["ip", *words.split()], check=True, capture_output=True)


def _quiet(name):
    """No neighbour discovery, no reports of groups: nothing goes out unasked."""
    for setting, value in (("disable_ipv6", "1"), ("accept_dad", "0")):
        with open(f"/proc/sys/net/ipv6/conf/{name}/{setting}", "w", encoding="ascii") as file:
            file.write(value)


class Wire:
    NEAR, FAR = "near0", "far0"
    NEAR_MAC, FAR_MAC = "02:00:00:00:03:01", "02:00:00:00:03:02"
    NEAR_IP, FAR_IP = "10.77.0.1", "10.77.0.2"
    PORT = 7777
    HEADERS = 14 + 20 + 8  # Ethernet, IPv4, UDP
    INTERVAL = 1  # seconds between the looks of watch()
    LOOKS = 20  # at most

    def __enter__(self):
        ready, tell = os.pipe()
        go, start = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self._behind(tell, go)
            finally:
                os._exit(1)
        try:
            assert os.read(ready, 1) == b"."
            _ip(f"link add {self.NEAR} address {self.NEAR_MAC} type veth peer name {self.FAR} address {self.FAR_MAC} "
                f"netns {self.pid}")
            _quiet(self.NEAR)
            _ip(f"address add {self.NEAR_IP}/24 dev {self.NEAR}")
            _ip(f"link set {self.NEAR} multicast off up")
            _ip(f"neighbour add {self.FAR_IP} lladdr {self.FAR_MAC} dev {self.NEAR} nud permanent")
            os.write(start, b".")
            assert os.read(ready, 1) == b"."
        except BaseException:
            self.__exit__()
            raise
        finally:
            for one in (ready, tell, go, start):
                os.close(one)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((self.NEAR_IP, 0))
        return self

    def _behind(self, tell, go):
        if libc.unshare(CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        os.write(tell, b".")
        os.read(go, 1)
        _quiet(self.FAR)
        _ip(f"address add {self.FAR_IP}/24 dev {self.FAR}")
        _ip(f"link set {self.FAR} multicast off up")
        _ip(f"neighbour add {self.NEAR_IP} lladdr {self.NEAR_MAC} dev {self.FAR} nud permanent")
        taker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        taker.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        taker.bind((self.FAR_IP, self.PORT))
        os.write(tell, b".")
        while True:
            taker.recv(65536)

    def __exit__(self, *_):
        if hasattr(self, "socket"):
            self.socket.close()
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        subprocess.run(["ip", "link", "delete", self.NEAR], capture_output=True)

    def send(self, count, size):
        for _ in range(count):
            self.socket.sendto(b"~" * size, (self.FAR_IP, self.PORT))

    def until_taken(self, count):
        """Waits for the other end to have taken so many datagrams, since the beginning."""
        for _ in range(200):
            rows = self.far("-as", "--filter", "mib:UdpInDatagrams", "--columns", "mib,total")
            if {row["mib"]: row["total"] for row in rows}.get("UdpInDatagrams", 0) >= count:
                return
            time.sleep(0.02)
        raise AssertionError(f"{count} datagrams have not come")

    def far(self, *arguments):
        """Rows as porthole.rows() has them, of the namespace at the other end."""
        command = ["nsenter", "--net=/proc/%d/ns/net" % self.pid, porthole.CLI, *arguments, "--format", "json"]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)

    def links(self):
        """The rows of both ends."""
        columns = "--columns", "interface,rx_ok,rx_bytes,tx_ok,tx_bytes"
        near, = porthole.rows("-in", "--filter", f"interface:{self.NEAR}", columns=columns[1].split(","))
        far, = self.far("-in", "--filter", f"interface:{self.FAR}", *columns)
        return near, far

    def watch(self, *arguments, between, until):
        """The rows of one look, then of those after something was done, until they are as they should be."""
        process = subprocess.Popen([porthole.CLI, *arguments, "--format", "json", str(self.INTERVAL)],
                                   stdout=subprocess.PIPE, text=True)
        try:
            looks = [self._read_array(process.stdout)]
            between()
            while len(looks) == 1 or not until(looks[-1]):
                assert len(looks) < self.LOOKS, looks[-1]
                looks.append(self._read_array(process.stdout))
            return looks
        finally:
            process.kill()
            process.wait()
            process.stdout.close()

    def check_rates(self, rates, count):
        """Those of several looks have to come to @count; a busy machine makes the time between them longer, never
        shorter."""
        expected = count / self.INTERVAL
        assert 0.4 * expected <= sum(rates) <= 1.1 * expected, (expected, rates)

    @staticmethod
    def _read_array(stream):
        text = ""
        for line in stream:
            text += line
            if line.rstrip() == "]":
                return json.loads(text)
        raise AssertionError(f"ended after {text!r}")
