#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every socket of the Zoo, field by field, as porthole-cli and as ss(8) tell it.

The kernel goes on counting meanwhile, so ss is asked before and after. A number that moves must lie between the two; and
what differs is looked at again a few times before it is called a difference.
"""

import os
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import namespace  # noqa: E402
import porthole  # noqa: E402
import ss  # noqa: E402
from zoo import Zoo  # noqa: E402

ATTEMPTS = 6
PRECISION = {"rtt_us": 1, "min_rtt_us": 1, "delivery_rate": 1}  # ss rounds
TIMER_SLACK_MS = 1500  # ss rounds long ones to seconds, and from ten minutes on to whole minutes
TIMER_SLACK_LONG_MS = 60000


def different(name, said, before, after):
    """Whether @said, by Porthole, cannot be what ss said @before and @after."""
    if said == before or said == after:
        return False
    if None in (said, before, after) or isinstance(said, str) or isinstance(said, list):
        return True
    slack = PRECISION.get(name, 0)
    if name == "timer_ms":
        slack = TIMER_SLACK_MS if said < 600_000 else TIMER_SLACK_LONG_MS
    return not min(before, after) - slack <= said <= max(before, after) + slack


class Sockets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.zoo = Zoo(cls.folder.name)
        for name, reason in cls.zoo.missing.items():
            print(f"# this kernel has no {name}: {reason}")

    @classmethod
    def tearDownClass(cls):
        cls.zoo.close()
        cls.folder.cleanup()

    def settle(self, compare):
        """Calls @compare, which returns a list of differences, until there is none."""
        for attempt in range(ATTEMPTS):
            differences = compare()
            if not differences:
                return
            time.sleep(0.1 * attempt)
        self.fail("\n".join(differences))

    def compare_rows(self, mine, before, after):
        """All three by key."""
        differences = [f"{key}: only ss has it: {before[key]}" for key in before.keys() & after.keys() - mine.keys()]
        differences += [f"{key}: ss has it not: {mine[key]}" for key in mine.keys() - before.keys() - after.keys()]
        for key in mine.keys() & before.keys() & after.keys():
            row = dict(mine[key])
            row["owners"] = sorted((owner["pid"], owner["fd"]) for owner in row["owners"])
            for name in before[key]:
                values = row[name], before[key][name], after[key][name]
                if name not in self.ignored(row) and different(name, *values):
                    differences.append(f"{key} {row['local_address']}:{row['local_port']} {row['state']}: "
                                       f"{name} is {values[0]!r}, ss says {values[1]!r} and then {values[2]!r}")
        return differences

    @staticmethod
    def ignored(row):
        ignored = set()
        if row["state"] == "LISTEN":  # ss shows the tcp_info of a listener, which means nothing
            ignored |= {"rtt_us", "min_rtt_us", "cwnd", "rx_bytes", "tx_bytes", "retransmits", "delivery_rate"}
        if row["state"] in ("TIME_WAIT", "SYN_RECV"):  # these have none: absent, where ss' 0 stands for absent
            ignored |= {"rx_bytes", "tx_bytes", "retransmits", "drops"}
        if row["timer"] in ("on", "probe"):  # starts again all the time
            ignored |= {"timer_ms"}
        if row["cgroup"] is None:  # not told: by this kernel, or no cgroup2 is mounted to find its path
            ignored |= {"cgroup"}
        return ignored

    def check_inet(self, option, family):
        proto = {"-t": "tcp", "-u": "udp", "-M": "mptcp"}[option] + ("6" if family == 6 else "")

        def compare():
            before = {row["cookie"]: row for row in ss.inet(option, family)}
            mine = {row["cookie"]: row for row in porthole.rows("-an") if row["proto"] == proto}
            after = {row["cookie"]: row for row in ss.inet(option, family)}
            self.assertTrue(before or option == "-M")
            return self.compare_rows(mine, before, after)

        self.settle(compare)

    def test_tcp(self):
        self.check_inet("-t", 4)

    def test_tcp6(self):
        self.check_inet("-t", 6)

    def test_udp(self):
        self.check_inet("-u", 4)

    def test_udp6(self):
        self.check_inet("-u", 6)

    def test_mptcp(self):
        self.check_inet("-M", 4)
        self.check_inet("-M", 6)

    def test_every_tcp_state_is_there(self):
        states = {row["state"] for row in porthole.rows("-atn")}
        self.assertEqual(states, {"LISTEN", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2",
                                  "CLOSE_WAIT", "LAST_ACK", "CLOSING", "TIME_WAIT"})

    def test_states_by_name(self):
        by_cookie = {row["cookie"]: row for row in porthole.rows("-an")}
        expected = {
            "listen": "LISTEN", "syn-sent": "SYN_SENT", "established-client": "ESTABLISHED",
            "fin-wait1-client": "FIN_WAIT1", "fin-wait2-client": "FIN_WAIT2", "fin-wait2-server": "CLOSE_WAIT",
            "last-ack-server": "LAST_ACK", "closing-client": "CLOSING", "udp-bound": None,
            "udp-connected": "ESTABLISHED",
        }
        for name, state in expected.items():
            row = by_cookie[self.zoo.cookie(name)]
            self.assertEqual(row["state"], state, name)
            self.assertEqual(row["inode"], self.zoo.inode(name), name)
            self.assertEqual(row["owner_note"], "process", name)

    def test_queues(self):
        by_cookie = {row["cookie"]: row for row in porthole.rows("-an")}
        listener = by_cookie[self.zoo.cookie("full")]
        self.assertEqual((listener["recv_q"], listener["send_q"]), (1, 0))
        listener = by_cookie[self.zoo.cookie("listen")]
        self.assertEqual((listener["recv_q"], listener["send_q"]), (0, 7))
        self.assertEqual(by_cookie[self.zoo.cookie("queued-server")]["recv_q"], 1000)
        self.assertGreater(by_cookie[self.zoo.cookie("fin-wait1-client")]["send_q"], 1000)

    def test_mapped_is_shown_as_what_it_is(self):
        row = {row["cookie"]: row for row in porthole.rows("-an")}[self.zoo.cookie("mapped-server")]
        self.assertEqual(row["proto"], "tcp6")
        self.assertEqual(row["family"], "inet6")
        self.assertEqual(row["local_address"], "::ffff:127.0.0.1")
        self.assertEqual(row["remote_address"], "::ffff:127.0.0.1")

    def test_same_address_twice(self):
        cookies = {row["cookie"] for row in porthole.rows("-aun") if row["local_port"] == 5353}
        self.assertEqual(cookies, {self.zoo.cookie("same-0"), self.zoo.cookie("same-1")})

    def test_device_and_exposure(self):
        by_cookie = {row["cookie"]: row for row in porthole.rows("-atn")}
        self.assertEqual(by_cookie[self.zoo.cookie("device")]["interface"], "lo")
        self.assertEqual(by_cookie[self.zoo.cookie("listen")]["exposure"], "loopback")
        self.assertEqual(by_cookie[self.zoo.cookie("both")]["exposure"], "any")
        self.assertIsNone(by_cookie[self.zoo.cookie("established-client")]["exposure"])

    def test_held_by_the_kernel(self):
        for row in porthole.rows("-atn"):
            if row["state"] in ("TIME_WAIT", "SYN_RECV"):
                self.assertEqual(row["owners"], [])
                self.assertEqual(row["owner_note"], "kernel-state")

    def test_shared_listener_has_all_its_owners(self):
        row = {row["cookie"]: row for row in porthole.rows("-ltn")}[self.zoo.cookie("shared")]
        expected = {self.zoo.holders[f"shared-{i}"].pid for i in range(4)} | {os.getpid()}
        self.assertEqual({owner["pid"] for owner in row["owners"]}, expected)
        self.assertEqual(row["pid"], min(expected))

    def test_raw(self):
        for family, name, proto in ((4, "raw", "raw"), (6, "raw6", "raw6")):
            told = ss.inet("-w", family)
            mine = [row for row in porthole.rows("-awn") if row["proto"] == proto]
            self.assertEqual([row["inode"] for row in mine], [self.zoo.inode(name)])
            self.assertEqual(len(told), 1)
            for column in ("local_address", "remote_address", "recv_q", "send_q", "state"):
                self.assertEqual(mine[0][column], told[0][column], column)
            self.assertEqual([(o["pid"], o["fd"]) for o in mine[0]["owners"]], told[0]["owners"])

    def test_udplite(self):  # which ss does not list
        if "udplite" in self.zoo.missing:
            self.skipTest("no UDP-Lite here")
        rows = porthole.rows("-aUn")
        self.assertEqual([row["inode"] for row in rows], [self.zoo.inode("udplite")])
        self.assertEqual((rows[0]["local_address"], rows[0]["local_port"]),
                         self.zoo.sockets["udplite"].getsockname())
        self.assertEqual([owner["pid"] for owner in rows[0]["owners"]], [os.getpid()])

    def test_unix(self):
        def compare():
            before = ss.unix()
            mine = {row["inode"]: row for row in porthole.rows("-ax")}
            after = ss.unix()
            ours = {self.zoo.inode(name) for name in self.zoo.sockets if name.startswith("unix-")}
            self.assertLessEqual(ours, mine.keys())
            self.assertLessEqual(set(before) & set(after), mine.keys())
            differences = []
            for inode in mine.keys() & before.keys() & after.keys():
                row = dict(mine[inode], owners=sorted((o["pid"], o["fd"]) for o in mine[inode]["owners"]))
                for name in before[inode]:
                    if name == "path" and row["path"] and "\\" in row["path"]:
                        continue  # test_unix_paths looks at those
                    if different(name, row[name], before[inode][name], after[inode][name]):
                        differences.append(f"{inode}: {name} is {row[name]!r}, ss says {before[inode][name]!r}")
            return differences

        self.settle(compare)

    def test_unix_paths(self):
        by_inode = {row["inode"]: row for row in porthole.rows("-ax")}
        for name, path in self.zoo.paths.items():
            if path.startswith(b"\0"):
                path = b"@" + path[1:].replace(b"\0", b"@")
            self.assertEqual(by_inode[self.zoo.inode(name)]["path"], porthole.sanitized(path), name)
        longest = by_inode[self.zoo.inode("unix-long")]["path"]
        self.assertEqual(len(longest), 108)

    def test_unix_kinds(self):
        by_inode = {row["inode"]: row for row in porthole.rows("-ax")}
        for name, kind, state in (("stream", "STREAM", "LISTENING"), ("seqpacket", "SEQPACKET", "LISTENING"),
                                  ("dgram-client", "DGRAM", "CONNECTED")):
            row = by_inode[self.zoo.inode("unix-" + name)]
            self.assertEqual((row["type"], row["state"]), (kind, state), name)
        one, other = (self.zoo.inode(f"unix-pair-{i}") for i in range(2))
        self.assertEqual((by_inode[one]["peer"], by_inode[other]["peer"]), (other, one))
        self.assertEqual(by_inode[other]["recv_q"], len("unread"))

    def test_packet(self):
        before = ss.packet()
        mine = {row["cookie"]: row for row in porthole.rows("-an") if row["family"] == "packet"}
        after = ss.packet()
        self.assertEqual(mine.keys(), before.keys())
        for cookie, row in mine.items():
            row["owners"] = sorted((owner["pid"], owner["fd"]) for owner in row["owners"])
            for name in before[cookie]:
                self.assertFalse(different(name, row[name], before[cookie][name], after[cookie][name]),
                                 f"{name}: {row[name]!r}, {before[cookie][name]!r}")

    def test_netlink(self):
        mine = [row["path"] for row in porthole.rows("-an") if row["family"] == "netlink"]
        # The kernel tells a socket that is in a multicast group twice, and so does ss.
        route = {"route:" + (str(port) if port else "kernel") for family, port in ss.netlink() if family == 0}
        self.assertEqual(sorted(path for path in mine if path.startswith("route:")), sorted(route))
        self.assertIn(f"route:{self.zoo.sockets['netlink'].getsockname()[0]}", mine)


if __name__ == "__main__":
    namespace.enter()
    unittest.main(verbosity=2)
