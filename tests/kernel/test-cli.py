#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What porthole-cli's options do, how it ends, and that it looks like netstat(8)."""

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
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import namespace  # noqa: E402
import porthole  # noqa: E402
from zoo import Zoo  # noqa: E402

DEFAULT_COLUMNS = ("proto family local_address local_port remote_address remote_port state recv_q send_q uid user inode "
                   "cookie interface pid process owners owner_note unit exposure rx_bytes tx_bytes rx_rate tx_rate "
                   "rtt_us min_rtt_us retransmits cwnd delivery_rate timer path peer").split()


def protos(*arguments):
    return {row["proto"] for row in porthole.rows("-n", *arguments, columns=["proto"])}


class CommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.zoo = Zoo(cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.zoo.close()
        cls.folder.cleanup()

    # --- which sockets ---

    def test_kinds(self):
        self.assertEqual(protos("-at"), {"tcp", "tcp6"})
        self.assertEqual(protos("-au"), {"udp", "udp6"})
        self.assertEqual(protos("-aw"), {"raw", "raw6"})
        self.assertEqual(protos("-ax"), {"unix"})
        self.assertEqual(protos("-at4"), {"tcp"})
        self.assertEqual(protos("-a6t"), {"tcp6"})
        self.assertEqual(protos("-atu4"), {"tcp", "udp"})
        self.assertEqual(protos("-atx"), {"tcp", "tcp6", "unix"})
        self.assertEqual(protos("-a46tu"), {"tcp", "tcp6", "udp", "udp6"})
        self.assertEqual(protos("--all", "--tcp", "--unix"), {"tcp", "tcp6", "unix"})

    def test_a_family_alone_means_its_protocols(self):
        self.assertLessEqual({"tcp", "udp", "raw"}, protos("-a4"))
        self.assertFalse({"tcp6", "unix", "packet", "netlink"} & protos("-a4"))
        self.assertLessEqual({"tcp6", "udp6", "raw6"}, protos("-a6"))

    def test_no_kind_means_every_kind(self):
        self.assertLessEqual({"tcp", "tcp6", "udp", "udp6", "raw", "unix", "packet", "netlink"}, protos("-a"))

    def test_protocols_as_on_windows(self):
        """-p with the name of a protocol: that one, of IPv4, or with v6 behind it of IPv6."""
        self.assertEqual(protos("-ap", "tcp"), {"tcp"})
        self.assertEqual(protos("-a", "-p", "TCPv6"), {"tcp6"})
        self.assertEqual(protos("/a", "/p", "udp"), {"udp"})
        self.assertEqual(protos("-ap", "udpv6"), {"udp6"})
        self.assertEqual(protos("-ap", "tcp", "udp"), {"tcp", "udp"})
        self.assertEqual(protos("-at", "-p"), {"tcp", "tcp6"})

    def test_slashes(self):
        """Windows' spelling is the same as that with a dash."""
        self.assertEqual(porthole.run("/an", "-t").stdout, porthole.run("-an", "-t").stdout)
        self.assertEqual(porthole.run("/?").stdout, porthole.run("--help").stdout)

    def test_bound(self):
        """-q: also what is bound and nothing more, where the kernel tells (Linux 6.8)."""
        with socket.socket() as bound:
            bound.bind(("127.0.0.1", 0))
            chosen = ("-tn", "--filter", f"lport:{bound.getsockname()[1]}")
            self.assertEqual(porthole.rows(*chosen, "-a", columns=["proto"]), [])
            rows = porthole.rows(*chosen, "-q", columns=["proto", "state"])
            if not rows and tuple(int(part) for part in os.uname().release.split(".")[:2]) < (6, 8):
                self.skipTest("this kernel does not tell of sockets that are only bound")
            self.assertEqual(len(rows), 1)
            self.assertEqual(rows[0]["proto"], "tcp")
            self.assertIn(rows[0]["state"], ("CLOSE", "BOUND_INACTIVE"))

    def test_listening_active_all(self):
        def cookies(*arguments):
            return {row["cookie"] for row in porthole.rows("-tn", *arguments, columns=["cookie"])}

        listening, active, everything = cookies("-l"), cookies(), cookies("-a")
        self.assertIn(self.zoo.cookie("listen"), listening)
        self.assertIn(self.zoo.cookie("established-client"), active)
        self.assertFalse(listening & active)
        self.assertEqual(listening | active, everything)
        self.assertEqual(cookies("-al"), everything)  # as with netstat

    def test_listening_datagrams_and_unix(self):
        inodes = {row["inode"] for row in porthole.rows("-lun", columns=["inode"])}
        self.assertIn(self.zoo.inode("udp-bound"), inodes)
        self.assertNotIn(self.zoo.inode("udp-connected"), inodes)
        inodes = {row["inode"] for row in porthole.rows("-lx", columns=["inode"])}
        self.assertLessEqual({self.zoo.inode("unix-stream"), self.zoo.inode("unix-seqpacket")}, inodes)
        self.assertNotIn(self.zoo.inode("unix-pair-0"), inodes)

    def test_filter(self):
        port = self.zoo.sockets["listen"].getsockname()[1]
        rows = porthole.rows("-an", "--filter", f"lport:{port}", columns=["local_port", "state"])
        self.assertEqual(rows, [{"local_port": port, "state": "LISTEN"}])
        self.assertEqual(porthole.rows("-an", "--filter=state:listen -state:listen", columns=["proto"]), [])

    def test_filter_by_what_is_not_shown(self):
        """What the filter needs is collected though no column shows it."""
        rows = porthole.rows("-atn", "--filter", f"pid:{os.getpid()} state:listen", columns=["inode"])
        self.assertIn({"inode": self.zoo.inode("listen")}, rows)

    # --- look up ---

    def look_up(self, text, status=0):
        done = porthole.run("--look-up", text)
        self.assertEqual(done.returncode, status, done)
        return (done.stdout if status == 0 else done.stderr).decode()

    def test_look_up(self):
        with open("/proc/self/comm", encoding="utf-8") as comm:
            me = f"{comm.read().strip()} (PID {os.getpid()})"
        with socket.create_server(("127.0.0.1", 0)) as listener:
            place = "127.0.0.1:%d" % listener.getsockname()[1]
            found = f"  {place}  tcp · LISTEN · {me}"
            self.assertIn(me, self.look_up(f"pid {os.getpid()}").splitlines())
            for text in (place, ":%d" % listener.getsockname()[1], "inode %d" % os.fstat(listener.fileno()).st_ino):
                self.assertIn(found, self.look_up(text).splitlines(), text)
        self.assertIn("No socket uses port", self.look_up(":" + place.split(":")[1], 1))

    def test_look_up_a_process_without_sockets(self):
        with subprocess.Popen(["sleep", "60"]) as idle:
            try:
                self.assertIn(f"sleep (PID {idle.pid}) has no socket.", self.look_up(f"pid {idle.pid}", 1))
            finally:
                idle.kill()
        self.assertIn(f"There is no process with the PID {idle.pid}.", self.look_up(f"pid {idle.pid}", 1))
        done = self.look_up("no such\x1b[31m name", 1)
        self.assertNotIn("\x1b", done)
        self.assertIn("Nothing that has a socket is called", done)

    # --- formats ---

    def test_default_columns(self):
        rows = json.loads(porthole.run("-an", "--format", "json").stdout)
        self.assertEqual(list(rows[0]), DEFAULT_COLUMNS)
        header = porthole.run("-an", "--format", "csv").stdout.decode().split("\r\n", 1)[0]
        self.assertEqual(header.split(","), DEFAULT_COLUMNS)

    def test_types(self):
        row = next(row for row in porthole.rows("-tn", columns=DEFAULT_COLUMNS)
                   if row["cookie"] == self.zoo.cookie("busy-server"))
        for name in ("local_port", "remote_port", "recv_q", "send_q", "uid", "inode", "pid", "rx_bytes", "rtt_us"):
            self.assertIsInstance(row[name], int, name)
        for name in ("rx_rate", "tx_rate", "path", "peer", "interface"):
            self.assertIsNone(row[name], name)  # rates need two looks
        self.assertGreaterEqual(row["rx_bytes"], 250_000)
        self.assertEqual(set(row["owners"][0]), {"pid", "process", "fd"})

    def test_nothing_there(self):
        nothing = ("-tn", "--filter", "port:1")
        self.assertEqual(json.loads(porthole.run(*nothing, "--format", "json").stdout), [])
        self.assertEqual(porthole.run(*nothing, "--format", "csv", "--columns", "proto").stdout, b"proto\r\n")
        self.assertEqual(len(porthole.run(*nothing).stdout.splitlines()), 2)

    def test_csv_is_read_back(self):
        text = porthole.run("-atn", "--format", "csv").stdout.decode()
        table = {row["cookie"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
        row = table[str(self.zoo.cookie("shared"))]
        self.assertEqual(row["state"], "LISTEN")
        for i in range(4):
            self.assertIn(str(self.zoo.holders[f"shared-{i}"].pid), row["owners"])

    def test_table_of_columns(self):
        lines = porthole.run("-atn", "--columns", "proto, local_port,state").stdout.decode().splitlines()
        rows = porthole.rows("-atn", columns=["proto", "local_port", "state"])
        self.assertEqual(len(lines), len(rows) + 1)
        for line, row in zip(lines[1:], rows):
            self.assertEqual(line.split(), [row["proto"], str(row["local_port"]), row["state"]])

    def test_column_help(self):
        done = porthole.run("--columns", "help")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        lines = done.stdout.decode().splitlines()
        self.assertLessEqual(set(DEFAULT_COLUMNS), {line.split()[0] for line in lines})
        for line in lines:
            self.assertGreater(len(line.split()), 2, line)

    def test_filter_help(self):
        for table in ([], ["-r"], ["--rules"], ["--neighbours"], ["-i"], ["-g"], ["-s"], ["--watch"]):
            with self.subTest(table):
                done = porthole.run(*table, "--filter", "help")
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                fields = {name for line in done.stdout.decode().splitlines() for name in line.replace(",", " ").split()}
                ids = [line.split()[0] for line in porthole.run(*table, "--columns", "help").stdout.decode().splitlines()]
                self.assertLessEqual({"is", *ids}, fields)

    def test_help_and_version(self):
        for option in ("--help", "-h"):
            done = porthole.run(option)
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            for letter in "risegaltuwx46npoc":
                self.assertIn(f"-{letter},".encode(), done.stdout)
        done = porthole.run("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, rb"^porthole-cli \d+\.\d+\.\d+\n$")

    # --- like netstat ---

    def check_netstat(self, options, name_of):
        """The same lines with the same fields in the same order, but for where we tell more."""
        if not shutil.which("netstat"):
            self.skipTest("netstat is not installed")
        theirs = subprocess.run(["netstat", options], capture_output=True, text=True, check=True,
                                errors="surrogateescape").stdout.split("\n")
        mine = porthole.run(options).stdout.decode().split("\n")
        self.assertEqual(mine[:2], theirs[:2])  # headings, to the blank

        def lines(text):
            return {name_of(line): line.split() for line in text[2:] if line.startswith(("tcp", "udp"))}

        expected, got = lines(theirs), lines(mine)
        self.assertEqual(got.keys(), expected.keys())
        for key, fields in expected.items():
            if fields[5] == "LISTEN":
                fields[2] = got[key][2]  # our Send-Q of a listener is its limit, as in ss
            if got[key][6:7] == ["-"]:
                fields[6] = "-"  # what no process has has no user; netstat calls it root's
            if fields[5] in ("FIN_WAIT1", "LAST_ACK", "CLOSING", "ESTABLISHED"):
                fields[1:3] = got[key][1:3]  # moves
            self.assertEqual(got[key][:len(fields) - ("p" in options)], fields[:len(fields) - ("p" in options)])

    def test_like_netstat(self):
        def both_ends(line):
            proto, _, _, local, remote, *_ = line.replace("::ffff:", "").split()
            return proto, local, remote

        # What netstat shows of an IPv4-mapped address is an IPv4 address: not the truth, so not compared.
        self.check_netstat("-tan4", both_ends)
        self.check_netstat("-tanp4", both_ends)
        self.check_netstat("-ltn4", both_ends)
        self.check_netstat("-tn4", both_ends)
        self.check_netstat("-tane4", both_ends)
        self.check_netstat("-ltneep4", both_ends)

    def test_timers_like_netstat(self):
        """The name of each connection's timer, and what was sent again; the time goes on between the two looks."""
        if not shutil.which("netstat"):
            self.skipTest("netstat is not installed")

        def timers(*command):
            text = subprocess.run([*command, "-tano4"], capture_output=True, text=True).stdout.splitlines()
            self.assertTrue(text[1].endswith("Timer"), text[1])
            found = [re.search(r"^tcp +\d+ +\d+ (\S+ +\S+) .* (\w+) \([\d.]+/(\d+)/(\d+)\)$", line) for line in text[2:]
                     if "ffff:" not in line]
            # What is sent again goes on being sent again.
            return {one.group(1): one.group(2) if one.group(2) == "on" else one.groups()[1:] for one in found if one}

        got, expected = timers(porthole.CLI), timers("netstat")
        both = expected.keys() & got.keys()
        self.assertEqual({key: got[key] for key in both}, {key: expected[key] for key in both})
        self.assertLessEqual({("off", "0", "0")}, {expected[key] for key in both})
        self.assertGreater(len(both), 5)

    def test_line_for_line(self):
        """Of a listener that one process has, netstat's line and ours are the same to the blank."""
        if not shutil.which("netstat"):
            self.skipTest("netstat is not installed")
        place = "%s:%d " % self.zoo.sockets["waiting"].getsockname()

        def line(program):
            text = subprocess.run([program, options], capture_output=True).stdout.decode()
            return [one for one in text.split("\n") if one[20:].startswith(place)]

        for options in ("-tanp", "-tanpe", "-tanpo", "-tanpeo"):
            with self.subTest(options):
                self.assertEqual(line(porthole.CLI), line("netstat"))
                self.assertEqual(len(line("netstat")), 1)

    def test_several_owners(self):
        port = self.zoo.sockets["shared"].getsockname()[1]
        text = porthole.run("-ltnp", "--filter", f"lport:{port}").stdout.decode().splitlines()[-1]
        pids = [os.getpid()] + [self.zoo.holders[f"shared-{i}"].pid for i in range(4)]
        self.assertRegex(text, rf"LISTEN +{min(pids)}/\S+ \+4 *$")

    def test_names(self):
        """Ports by services(5), and host names where -n is not given."""
        with open("/etc/services", encoding="utf-8", errors="replace") as file:
            if not any(line.split()[:2] == ["http", "80/tcp"] for line in file):
                self.skipTest("services(5) does not know http here")
        with socket.create_server(("127.0.0.1", 80)):
            self.assertRegex(porthole.run("-lt4").stdout, rb"(?m)^tcp +0 +\d+ \S+:http ")
            self.assertRegex(porthole.run("-ltn4").stdout, rb"(?m)^tcp +0 +\d+ 127.0.0.1:80 ")

    # --- looking again ---

    def read_looks(self, arguments, enough):
        """Runs it with an interval until @enough says so of all that it has printed."""
        process = subprocess.Popen([porthole.CLI, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        os.set_blocking(process.stdout.fileno(), False)
        text = b""
        end = time.monotonic() + 20
        while not enough(text) and time.monotonic() < end:
            text += process.stdout.read() or b""
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
        self.assertTrue(enough(text), text)
        return text

    def test_interval(self):
        started = time.monotonic()
        self.read_looks(["-ltn", "0.3"], lambda text: text.count(b"Active Internet") == 3)
        self.assertGreaterEqual(time.monotonic() - started, 0.6)

    def test_interval_csv_has_one_header(self):
        text = self.read_looks(["-ltn4", "0.1", "--format", "csv", "--columns", "cookie"],
                               lambda text: text.count(b"\r\n") > 40)
        self.assertEqual(text.count(b"cookie"), 1)

    def test_interval_json_is_one_array_after_another(self):
        text = self.read_looks(["-ltn4", "0.1", "--format", "json", "--columns", "cookie"],
                               lambda text: text.count(b"]") == 3).decode()
        decoder, looks = json.JSONDecoder(), []
        while text:
            look, end = decoder.raw_decode(text)
            looks.append(look)
            text = text[end:].lstrip()
        self.assertEqual(looks[0], looks[1])

    def test_rates_come_with_the_second_look(self):
        client, server = self.zoo.sockets["busy-client"], self.zoo.sockets["busy-server"]
        columns = ["--format", "json", "--columns", "rx_rate", "--filter", f"lport:{server.getsockname()[1]} state:est"]

        def enough(text):
            client.sendall(b"z" * 1000)
            server.recv(65536)
            return text.count(b"]") >= 3

        decoder = json.JSONDecoder()
        text = self.read_looks(["-tn", "0.3", *columns], enough).decode()
        first, end = decoder.raw_decode(text)
        second, _ = decoder.raw_decode(text[end:].lstrip())
        self.assertEqual(first, [{"rx_rate": None}])
        self.assertGreater(second[0]["rx_rate"], 0)

    # --- how it ends ---

    def test_usage_errors(self):
        for arguments, named in ((["-z"], "-z"), (["-tz"], "-z"), (["--nosuch"], "--nosuch"), (["--all=1"], "--all"),
                                 (["--filter"], "--filter"), (["--format", "xml"], "xml"), (["--format="], "format"),
                                 (["--columns", "nosuch"], "nosuch"), (["--columns", "proto,proto"], "proto"),
                                 (["--columns", "owners"], "owners"), (["--columns="], "column"), (["0"], "0"),
                                 (["-1"], "-1"), (["1", "2"], "2"), (["nan"], "nan"), (["1e3"], "1e3"), (["-"], "-"),
                                 (["--filter", "nosuch:1"], "nosuch"), (["--in"], "--in"), (["/z"], "/z"),
                                 (["-p", "nosuch"], "nosuch"), (["-rs"], "--statistics"), (["-p", "icmp"], "-s"),
                                 (["-r", "--columns", "pid"], "pid"), (["-i", "--filter", "pid:1"], "pid")):
            with self.subTest(arguments):
                done = porthole.run(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, b"")
                self.assertIn(named, done.stderr.decode().splitlines()[0])
                self.assertIn("Usage: porthole-cli", done.stderr.decode())

    def test_a_part_that_fails(self):
        """What was collected is printed, the reason is told, and the exit status is 1."""
        if "PORTHOLE_DENY_TCP6" not in os.environ:
            self.skipTest("the library that denies is not built")
        sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
        denied = {**os.environ, "LD_PRELOAD": os.environ["PORTHOLE_DENY_TCP6"], "ASAN_OPTIONS": sanitizer}
        done = porthole.run("-atn", "--format", "json", env=denied)
        self.assertEqual(done.returncode, 1)
        self.assertEqual({row["proto"] for row in json.loads(done.stdout)}, {"tcp"})
        self.assertRegex(done.stderr.decode(), rf"^porthole-cli: tcp6: [^\n]*{os.strerror(105)}\n$")
        done = porthole.run("-tn6", env=denied)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(done.stdout.splitlines()), 2)

    def test_a_kind_that_this_kernel_lacks_is_no_error(self):
        done = porthole.run("-aSn")
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_full_disk(self):
        for arguments in (["-an"], ["-an", "--format", "csv"], ["-an", "--columns", "proto"], ["--help"]):
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                done = porthole.run(*arguments, stdout=full)
                self.assertEqual(done.returncode, 1)
                self.assertIn(os.strerror(28).encode(), done.stderr)

    def test_closed_pipe(self):
        for arguments in (["-an"], ["-an", "--format", "json"], ["-an", "0.1"], ["--help"]):
            with self.subTest(arguments):
                reader, writer = os.pipe()
                os.close(reader)
                done = porthole.run(*arguments, stdout=writer)
                os.close(writer)
                self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_no_output_at_all(self):
        done = subprocess.run(["sh", "-c", '"$0" -tn >&-', porthole.CLI], capture_output=True)
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        self.assertIn(os.strerror(9).encode(), done.stderr)

    def test_needs_no_display_and_no_gtk(self):
        linked = subprocess.run(["ldd", porthole.CLI], capture_output=True, text=True).stdout
        self.assertNotRegex(linked, "gtk|gio|gobject|adwaita")
        self.assertEqual(porthole.run("-tn", env={"PATH": "/nowhere"}).returncode, 0)


if __name__ == "__main__":
    namespace.enter()
    unittest.main(verbosity=2)
