#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that others choose must be shown and never obeyed: process names, Unix paths, and our own arguments."""

import csv
import io
import json
import os
import socket
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import namespace  # noqa: E402
import porthole  # noqa: E402
from zoo import Holder, bind_unix, set_process_name  # noqa: E402

NAMES = [b"a b)(c", b"\x1b]0;owned\x07", b"\x1b[2J\nroot", b"\xff\xfe\x80bad", b"=cmd|'/C'!A0", b"<b>bold</b>", b'"quote",x',
         b"\xe2\x80\xaetxt.exe", b"\xc2\x9b31mred", b" ", b"%s%n%s"]
PATHS = [b"\0" + name for name in NAMES] + [b"\0\0\0"]


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.listeners = {}  # process name → port
        cls.holders = []

        for name in NAMES:
            listener = socket.create_server(("127.0.0.1", 0))
            cls.listeners[name] = listener.getsockname()[1]
            cls.holders.append(Holder(lambda named=name, held=listener: (set_process_name(named), held)))
            listener.close()
        cls.unix = []
        for path in PATHS:
            one = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            bind_unix(one, path)
            cls.unix.append(one)

    @classmethod
    def tearDownClass(cls):
        for holder in cls.holders:
            holder.stop()
        cls.folder.cleanup()

    def check_bytes(self, text):
        """Valid UTF-8 with nothing in it that a terminal would obey."""
        text.decode("utf-8")
        self.assertIsNone(porthole.CONTROL.search(text))
        self.assertNotIn("\u202e".encode(), text)

    def test_process_names_in_json(self):
        done = porthole.run("-ltn", "--format", "json")
        self.check_bytes(done.stdout)
        by_port = {row["local_port"]: row for row in json.loads(done.stdout)}
        for name, port in self.listeners.items():
            shown = porthole.sanitized(name) if name != b"\xe2\x80\xaetxt.exe" else "\\u{202E}txt.exe"
            self.assertEqual(by_port[port]["process"], shown)
            self.assertEqual([owner["process"] for owner in by_port[port]["owners"]], [shown])

    def test_every_format(self):
        for arguments in (("-anp",), ("-ap",), ("-an", "--columns", "process,path"), ("-an", "--format", "csv"),
                          ("-an", "--format", "json")):
            with self.subTest(arguments):
                done = porthole.run(*arguments)
                self.assertEqual(done.returncode, 0)
                self.check_bytes(done.stdout)

    def test_one_line_each(self):
        """No name may begin a line of its own."""
        for line in porthole.run("-ltnp").stdout.decode().splitlines()[2:]:
            self.assertTrue(line.startswith("tcp "), line)

    def test_csv_runs_nothing_in_a_spreadsheet(self):
        table = list(csv.reader(io.StringIO(porthole.run("-axn", "--format", "csv").stdout.decode(), newline="")))
        self.assertEqual({len(row) for row in table}, {len(table[0])})
        for row in table[1:]:
            for cell in row:
                self.assertNotIn(cell[:1], ("=", "+", "-", "@", "\t", "\r"), row)

    def test_csv_and_json_agree(self):
        columns = "proto,local_address,local_port,inode,process,path"
        told = json.loads(porthole.run("-an", "--format", "json", "--columns", columns).stdout)
        text = porthole.run("-an", "--format", "csv", "--columns", columns).stdout.decode()
        table = list(csv.DictReader(io.StringIO(text, newline="")))
        inodes = {row["inode"]: row for row in told if row["inode"] and row["proto"] != "netlink"}
        compared = 0
        for row in table:
            if row["inode"] and int(row["inode"]) in inodes and row["proto"] != "netlink":
                compared += 1
                for name, value in inodes[int(row["inode"])].items():
                    expected = "" if value is None else str(value)
                    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@"):
                        expected = "'" + expected
                    self.assertEqual(row[name], expected)
        self.assertGreaterEqual(compared, len(NAMES) + len(PATHS))

    def test_arguments(self):
        for argument in (b"--\x1b[31mred", b"-\xff", b"\xff\xfe", b"", b"-\xc2\x9b", b"--filter=\xff", b"--format=\x1b]0;x\x07",
                         b"--columns=\x1b[2J", b"x" * 100_000, b"-" + b"z" * 100_000, b"--" + b"y" * 100_000,
                         b"--columns=" + b"," * 100_000):
            with self.subTest(argument[:20]):
                done = porthole.run(argument)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, b"")
                self.check_bytes(done.stderr)
                self.assertLess(len(done.stderr), 1000)
                self.assertTrue(done.stderr.startswith(b"porthole-cli: "))

    def test_filter_text(self):
        for text in (b"\x1b[31mred", b'"open', b"port:\x1b", b"nosuch:1", b"a" * 100_000, b":" * 1000, b"-" * 1000):
            with self.subTest(text[:20]):
                done = porthole.run("-an", "--filter", text)
                self.assertIn(done.returncode, (0, 2))
                self.check_bytes(done.stdout + done.stderr)


if __name__ == "__main__":
    namespace.enter()
    unittest.main(verbosity=2)
