#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""porthole-cli --watch: what happens in a network namespace of the test's own comes out, a line each; also a thousand
connections that nobody had the time to look at, and the word that something was lost."""

import collections
import csv
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import landscape  # noqa: E402
import namespace  # noqa: E402
import porthole  # noqa: E402
import tap  # noqa: E402

PATIENCE = 20  # seconds
CONNECTIONS = 1000
FLOOD = 20000  # more than the kernel keeps for one who does not read
INTERVAL = "0.2"
NETLINK_SOCK_DIAG = 4


class Watch:
    """A porthole-cli that watches; what it prints is read all the time."""

    def __init__(self, *arguments, prefix=(), **options):
        self.process = subprocess.Popen([*prefix, porthole.CLI, "--watch", INTERVAL, *arguments], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, **options)
        self.lines = []
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def __enter__(self):
        """It has begun when it hears of something that happens over and over."""
        deadline = time.monotonic() + PATIENCE
        while not self.lines:
            assert time.monotonic() < deadline, self.process.poll()
            with listener():
                time.sleep(2 * float(INTERVAL))
        return self

    def __exit__(self, *_):
        self.end()

    def read(self):
        for line in self.process.stdout:
            self.lines.append(line)

    def rows(self):
        return [json.loads(line) for line in list(self.lines)]

    def wait_for(self, n=1, **wanted):
        """The rows that have these values, when there are so many."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = [row for row in self.rows() if all(row[name] == value for name, value in wanted.items())]
            if len(found) >= n:
                return found
            assert time.monotonic() < deadline, f"{len(found)} of {n}: {wanted}\n" + "".join(self.lines[-20:])
            time.sleep(0.02)

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        self.reader.join()
        errors = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        assert (status, errors) == (0, ""), (status, errors)


def watch(*arguments, **options):
    return Watch("--format", "json", *arguments, **options)


def listener(port=0, host="127.0.0.1"):
    return socket.create_server((host, port), reuse_port=True)


def port_of(server):
    return server.getsockname()[1]


def exchange(server, question, answer, lasts=0.0):
    """One connection; the client hangs up first. Its port."""
    with socket.create_connection(server.getsockname()) as client:
        peer, _ = server.accept()
        with peer:
            for one, other, n in ((client, peer, question), (peer, client, answer)):
                one.sendall(bytes(n))
                assert n == 0 or len(other.recv(n, socket.MSG_WAITALL)) == n
            time.sleep(lasts)
            own = client.getsockname()[1]
            client.close()
            peer.close()
            return own


# --- what happens ---

def ports_are_opened_and_closed():
    with watch() as watching:
        with listener() as server:
            port = port_of(server)
            row, = watching.wait_for(event="port-opened", local_port=port)
            assert (row["proto"], row["local_address"], row["exposure"]) == ("tcp", "127.0.0.1", "loopback"), row
            assert (row["pid"], row["exe"]) == (os.getpid(), os.path.realpath("/proc/self/exe")), row
        row, = watching.wait_for(event="port-closed", local_port=port)
        assert row["pid"] == os.getpid() and 0 < row["duration"] < PATIENCE, row
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", row["time"]), row
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as udp:
            udp.bind(("::1", 4242))
            watching.wait_for(event="port-opened", proto="udp6", local_port=4242)
        numbers = [row["number"] for row in watching.rows()]
        assert numbers == sorted(set(numbers)), numbers


def connections_are_opened_and_closed():
    with watch("--events", "connections,ports") as watching, listener() as server:
        own = exchange(server, 1234, 567, lasts=4 * float(INTERVAL))
        for port, sent, received in ((own, 1234, 567), (port_of(server), 567, 1234)):
            opened, = watching.wait_for(event="connection-opened", local_port=port)
            closed, = watching.wait_for(event="connection-closed", local_port=port)
            assert opened["pid"] == closed["pid"] == os.getpid(), (opened, closed)
            assert (closed["tx_bytes"], closed["rx_bytes"]) == (sent, received), closed
            assert 0 < closed["duration"] < PATIENCE, closed


def networks_change():
    with watch("--events", "links,routes,ports") as watching:
        landscape.ip("link add test0 type veth peer name test1")
        watching.wait_for(event="link-added", interface="test0")
        landscape.ip("link set test1 up")
        landscape.ip("link set test0 up")
        watching.wait_for(event="link-up", interface="test0")
        landscape.ip("address add 192.0.2.1/24 dev test0")
        watching.wait_for(event="address-added", local_address="192.0.2.1", prefix=24, interface="test0")
        landscape.ip("route add 198.51.100.0/24 via 192.0.2.7")
        row, = watching.wait_for(event="route-added", remote_address="198.51.100.0", prefix=24)
        assert row["detail"].startswith("via 192.0.2.7 dev test0"), row
        landscape.ip("route del 198.51.100.0/24")
        watching.wait_for(event="route-removed", remote_address="198.51.100.0")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.sendto(b"?", ("192.0.2.99", 9))
            watching.wait_for(event="neighbour-failed", remote_address="192.0.2.99", interface="test0")
        landscape.ip("address del 192.0.2.1/24 dev test0")
        watching.wait_for(event="address-removed", local_address="192.0.2.1")
        landscape.ip("link set test0 down")
        watching.wait_for(event="link-down", interface="test0")
        landscape.ip("link del test0")
        watching.wait_for(event="link-removed", interface="test0")


def only_what_is_asked_for():
    with watch("--events", "addresses,ports", "--filter", "-lport:4711") as watching:
        with listener(4711):
            landscape.ip("address add 192.0.2.7/32 dev lo")
            landscape.ip("route add blackhole 198.51.100.7/32")
            with listener() as server:
                exchange(server, 1, 1, lasts=3 * float(INTERVAL))
                watching.wait_for(event="port-opened", local_port=port_of(server))
        landscape.ip("route del blackhole 198.51.100.7/32")
        landscape.ip("address del 192.0.2.7/32 dev lo")
        watching.wait_for(event="address-removed", local_address="192.0.2.7")
        assert {row["event"] for row in watching.rows()} <= {
            "port-opened", "port-closed", "address-added", "address-removed"}, watching.lines
        assert not [row for row in watching.rows() if row["local_port"] == 4711], watching.lines


# --- how it is printed ---

def csv_has_one_header():
    with Watch("--format", "csv", "--columns", "event,local_port,process") as watching, listener() as server:
        deadline = time.monotonic() + PATIENCE
        while f",{port_of(server)}," not in "".join(watching.lines) and time.monotonic() < deadline:
            time.sleep(0.02)
        rows = list(csv.DictReader(io.StringIO("".join(watching.lines))))
        assert list(rows[0]) == ["event", "local_port", "process"], rows
        assert rows[-1]["event"] == "port-opened" and rows[-1]["local_port"] == str(port_of(server)), rows
        assert "".join(watching.lines).count("event,") == 1


def text_is_a_sentence_or_columns():
    with Watch() as words, Watch("--columns", "event,local_port") as columns, listener() as server:
        deadline = time.monotonic() + PATIENCE
        wanted = re.compile(rf"\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d  Port opened: tcp 127\.0\.0\.1:{port_of(server)}, .*\n")
        cells = re.compile(rf"Port opened +{port_of(server)}\n")
        while time.monotonic() < deadline and not (any(map(wanted.fullmatch, words.lines))
                                                   and any(map(cells.fullmatch, columns.lines))):
            time.sleep(0.02)
        assert any(map(wanted.fullmatch, words.lines)), words.lines
        assert any(map(cells.fullmatch, columns.lines)), columns.lines
        assert re.fullmatch(r"Event +Local Port\n", columns.lines[0]), columns.lines


# --- how it ends ---

def it_ends_when_it_is_told_to():
    for number in (signal.SIGINT, signal.SIGTERM):
        watching = watch()
        watching.__enter__()
        watching.end(number)


def it_ends_when_nobody_reads_any_more():
    """At once, and not when there is something to write."""
    process = subprocess.Popen([porthole.CLI, "--watch", "--format", "csv"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(PATIENCE) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


def an_output_that_is_closed_is_an_error():
    done = subprocess.run(["sh", "-c", 'exec "$1" --watch >&-', "sh", porthole.CLI], stderr=subprocess.PIPE,
                          timeout=PATIENCE)
    assert done.returncode == 1 and done.stderr, done


def a_reader_who_rests_holds_nothing_up():
    """More than a pipe holds waits, and it ends all the same, and soon."""
    process = subprocess.Popen([porthole.CLI, "--watch", INTERVAL, "--format", "json"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    with listener() as server:
        time.sleep(3 * float(INTERVAL))
        for _ in range(500):
            exchange(server, 0, 0)
    time.sleep(3 * float(INTERVAL))
    begin = time.monotonic()
    process.terminate()
    assert process.wait(PATIENCE) == 0
    assert time.monotonic() - begin < 5
    left, errors = process.communicate()
    assert not errors, errors
    lines = left.splitlines()
    assert 10 < len(lines) < 1000, len(lines)  # of more than a thousand: the rest found no room
    for line in lines[:-1]:
        json.loads(line)


# --- much at once ---

def check_short_connections(**options):
    with watch(**options) as watching, listener() as server:
        watching.wait_for(event="port-opened", local_port=port_of(server))
        made = collections.Counter()  # a port may be used twice
        for number in range(CONNECTIONS):
            question, answer = number % 7 * 200, number % 11 * 100
            own = exchange(server, question, answer, lasts=0.002)
            made[own, port_of(server), question, answer] += 1
            made[port_of(server), own, answer, question] += 1
        closed = watching.wait_for(n=2 * (CONNECTIONS - 1), event="connection-closed")
        time.sleep(3 * float(INTERVAL))
        closed = [row for row in watching.rows() if row["event"] == "connection-closed"]
        told = collections.Counter((row["local_port"], row["remote_port"], row["tx_bytes"], row["rx_bytes"])
                                   for row in closed)
        right = (made & told).total()
        print(f"# {right} of {2 * CONNECTIONS} ends, {len(closed)} told")
        assert right >= 2 * (CONNECTIONS - 1) and len(closed) <= 2 * CONNECTIONS, (right, len(closed))
        assert not [row for row in watching.rows() if row["event"] == "events-lost"]


def a_thousand_short_connections_are_all_there():
    check_short_connections()


def no_privilege_is_needed():
    """Root, but without a single capability."""
    prefix = ("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs")
    if not shutil.which(prefix[0]):
        raise tap.Skip("setpriv is not installed")
    status = subprocess.run([*prefix, "grep", "CapEff", "/proc/self/status"], capture_output=True, text=True).stdout
    assert int(status.split()[1], 16) == 0, status
    check_short_connections(prefix=prefix)


def dropped():
    """How many messages of sockets the kernel has dropped, of those who listen here now."""
    with open("/proc/net/netlink", encoding="ascii") as table:
        rows = [line.split() for line in table][1:]
    return sum(int(row[8]) for row in rows if row[1] == str(NETLINK_SOCK_DIAG))


def what_is_lost_is_told():
    """While it is stopped more happens than the kernel keeps; whatever the filter says."""
    with watch("--filter", "is:ports") as watching:
        watching.process.send_signal(signal.SIGSTOP)
        deadline = time.monotonic() + PATIENCE
        while not dropped():  # the kernel tells later than it closes
            assert time.monotonic() < deadline
            for _ in range(FLOOD):
                socket.socket().close()
            time.sleep(0.2)
        watching.process.send_signal(signal.SIGCONT)
        row = watching.wait_for(event="events-lost")[0]
        assert row["detail"] == "connections closed", row
        with listener() as server:
            watching.wait_for(event="port-opened", local_port=port_of(server))


def main():
    namespace.enter(deny=tap.skip_all)
    tap.run([
        ports_are_opened_and_closed, connections_are_opened_and_closed, networks_change, only_what_is_asked_for,
        csv_has_one_header, text_is_a_sentence_or_columns, it_ends_when_it_is_told_to,
        it_ends_when_nobody_reads_any_more, an_output_that_is_closed_is_an_error, a_reader_who_rests_holds_nothing_up,
        a_thousand_short_connections_are_all_there, no_privilege_is_needed, what_is_lost_is_told,
    ])


main()
