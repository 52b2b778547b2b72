#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""porthole-cli's other tables look like netstat(8)'s, and say the same as ip(8): routes, interfaces, groups, counters."""

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
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import namespace  # noqa: E402
import porthole  # noqa: E402

NETWORK = """
link add veth-a type veth peer name veth-b
link set veth-a up
link set veth-b up
link add bridge type bridge
addr add 192.0.2.1/24 broadcast 192.0.2.255 dev veth-a
addr add 2001:db8::1/64 dev veth-a nodad
route add default via 192.0.2.254
route add 10.1.0.0/16 via 192.0.2.9 mtu 1400 window 5000 rtt 50ms metric 7
route add 10.9.0.0/16 dev veth-a
route add 10.10.10.10/32 via 192.0.2.10
route add unreachable 198.51.100.7
route add prohibit 198.51.100.0/24
route add blackhole 203.0.113.0/24
route add 10.77.0.0/16 via 192.0.2.2 table 100
route add 2001:db8:1::/48 via 2001:db8::5 metric 99
"""

IDS = {
    "-r": "family destination prefix_length gateway genmask flags mss window irtt interface metric table protocol scope type "
          "source expires",
    "-i": "interface mtu metric rx_ok rx_err rx_drp rx_ovr tx_ok tx_err tx_drp tx_ovr flags state kind mac addresses master "
          "speed rx_bytes tx_bytes",
    "-s": "protocol mib name total rate meaning",
}


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def mine(*arguments):
    done = porthole.run(*arguments)
    if done.returncode != 0 or done.stderr:
        raise AssertionError(f"{arguments}: exit {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode()


def records(*arguments):
    return json.loads(mine(*arguments, "--format", "json"))


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run(["ip", "-batch", "-"], input=NETWORK, text=True, check=True)
        end = time.monotonic() + 10  # until the addresses are there for good, and their groups joined
        while "tentative" in output("ip", "-6", "addr") and time.monotonic() < end:
            time.sleep(0.1)

    def netstat(self, options, ours=None, change=None):
        """Both texts, taken while nothing moved; CHANGE makes netstat's what ours is to be."""
        if not shutil.which("netstat"):
            self.skipTest("netstat is not installed")
        for _ in range(50):
            before, text, after = output("netstat", *options), mine(*(ours or options)), output("netstat", *options)
            if before == after:
                return text, change(before) if change else before
        self.fail(f"netstat {options} is never twice the same")

    # --- routes ---

    def test_routes(self):
        text, expected = self.netstat(["-rn"], ["-rn4"])
        self.assertEqual(text, expected)

    def test_routes_with_names(self):
        """Without names to be had here only the default route differs from -n, as netstat's does."""
        self.assertEqual(mine("-r4"), re.sub(r"(?m)^0\.0\.0\.0", "default", mine("-rn4")))

    def test_routes_extended(self):
        """Ref and Use are not told by rtnetlink: netstat's zeroes are ours "-"."""
        def unknown(text):
            return re.sub(r"(?m)^(\S+ +\S+ +[\d.]+ +\S+ +\d+ +)(0|-)( +)0 ", r"\1-\3- ", text)

        for options in (["-ren"], ["-reen"]):
            with self.subTest(options):
                text, expected = self.netstat(options, [*options, "-4"], unknown)
                self.assertEqual(text, expected)

    def test_routes_of_ipv6(self):
        """netstat shows other tables too, and multicast; its counts of use are not told by rtnetlink."""
        text, expected = self.netstat(["-6rn"])
        self.assertEqual(text.splitlines()[:2], expected.splitlines()[:2])
        known = {(*line.split()[:4], line.split()[-1]) for line in expected.splitlines()[2:]}
        for line in text.splitlines()[2:]:
            destination, hop, flags, metric, reference, use, interface = line.split()
            self.assertEqual((reference, use), ("-", "-"))
            self.assertIn((destination, hop, flags, metric, interface), known)
        self.assertRegex(text, r"(?m)^2001:db8:1::/48 +2001:db8::5 +UG +99 +- +- veth-a$")

    def test_both_families_are_one_text(self):
        self.assertEqual(mine("-rn"), mine("-rn4") + mine("-rn6"))
        self.assertEqual(mine("-rn46"), mine("-rn"))
        self.assertEqual(mine("-rn", "-A", "inet6"), mine("-rn6"))

    def test_routes_as_ip_has_them(self):
        expected = {(route["dst"], route.get("gateway"), route.get("dev"), route.get("metric", 0))
                    for route in json.loads(output("ip", "-j", "-4", "route"))}
        got = {("default" if row["prefix_length"] == 0 else row["destination"] + (
                    f"/{row['prefix_length']}" if row["prefix_length"] < 32 else ""),
                row["gateway"] if "G" in row["flags"] else None, row["interface"], row["metric"])
               for row in records("-r4")}
        self.assertEqual(got, expected)

    def test_all_tables(self):
        self.assertNotIn("10.77.0.0", mine("-rn"))
        self.assertRegex(mine("-rn", "--all-tables"), r"(?m)^10\.77\.0\.0 +192\.0\.2\.2 .* veth-a +100 +unicast$")
        tables = {row["table"] for row in records("-r", "--all-tables")}
        self.assertLessEqual({"main", "local", "100"}, tables)
        self.assertEqual({row["table"] for row in records("-r")}, {"main"})

    def test_rules_and_neighbours(self):
        rules = records("--rules", "-4")
        self.assertEqual([row["priority"] for row in rules],
                         [rule["priority"] for rule in json.loads(output("ip", "-j", "-4", "rule"))])
        subprocess.run(["ip", "neigh", "replace", "192.0.2.66", "lladdr", "02:00:00:00:00:42", "dev", "veth-a"], check=True)
        row = next(row for row in records("--neighbours") if row["address"] == "192.0.2.66")
        self.assertEqual((row["mac"], row["interface"]), ("02:00:00:00:00:42", "veth-a"))

    # --- which route? ---

    def test_route_to(self):
        for address in ("192.0.2.7", "10.1.2.3", "10.9.8.7", "10.10.10.10", "8.8.8.8", "2001:db8::7", "2001:db8:1::9"):
            with self.subTest(address):
                expected = json.loads(output("ip", "-j", "route", "get", address))[0]
                [row] = records("--route-to", address)
                self.assertEqual((row["destination"], row["gateway"], row["interface"], row["source"], row["verdict"]),
                                 (address, expected.get("gateway"), expected["dev"], expected["prefsrc"], "sent"))

    def test_route_to_as_text(self):
        text = mine("--route-to", "8.8.8.8").splitlines()
        self.assertIn("8.8.8.8", text[0])
        self.assertIn("192.0.2.254", text[0])
        self.assertTrue(any("8.8.8.8 AND 0.0.0.0 = 0.0.0.0" in line for line in text[1:]), text)
        self.assertEqual(mine("--route-to=::1", "--columns", "verdict").split(), ["Verdict", "delivered"])
        header, row = csv.reader(io.StringIO(mine("--route-to", "127.0.0.1", "--format", "csv"), newline=""))
        self.assertEqual(dict(zip(header, row))["destination"], "127.0.0.1")

    def test_no_route(self):
        for address, verdict in (("198.51.100.7", "refused"), ("198.51.100.8", "refused"), ("203.0.113.5", "refused"),
                                 ("2001:db9::1", "none")):
            with self.subTest(address):
                done = porthole.run("--route-to", address, "--format", "json")
                self.assertEqual((done.returncode, done.stderr), (1, b""))
                self.assertEqual(json.loads(done.stdout)[0]["verdict"], verdict)
                done = porthole.run("--route-to", address)
                self.assertEqual(done.returncode, 1)
                self.assertIn(address, done.stdout.decode().splitlines()[0])

    def test_route_to_a_name(self):
        with open("/etc/hosts", encoding="utf-8", errors="replace") as file:
            if not any(line.split()[:2] == ["127.0.0.1", "localhost"] for line in file):
                self.skipTest("hosts(5) does not know localhost here")
        self.assertEqual(records("-4", "--route-to", "localhost")[0]["destination"], "127.0.0.1")
        done = porthole.run("--route-to", "no such\x1b[31m host")
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        self.assertNotIn(b"\x1b", done.stderr)

    # --- interfaces and groups ---

    def test_interfaces(self):
        for options in (["-in"], ["-i"], ["-ian"]):
            with self.subTest(options):
                text, expected = self.netstat(options)
                self.assertEqual(text, expected)

    def test_interfaces_as_ifconfig(self):
        """We show all addresses; of those that netstat makes up for want of one, none."""
        def order(text):
            return [sorted(one.splitlines()) for one in text.split("\n\n")]

        text, expected = self.netstat(["-ien"], change=lambda text: text.replace("  broadcast 0.0.0.0", ""))
        self.assertEqual(order(text), order(expected))

    def test_interfaces_as_ip_has_them(self):
        links = {link["ifname"]: link for link in json.loads(output("ip", "-j", "-d", "addr"))}
        rows = {row["interface"]: row for row in records("-ia")}
        self.assertEqual(rows.keys(), links.keys())
        for name, row in rows.items():
            link = links[name]
            self.assertEqual((row["mtu"], row["state"], row["mac"]), (link["mtu"], link["operstate"], link["address"]))
        self.assertEqual({row["interface"] for row in records("-i")},
                         {name for name, link in links.items() if "UP" in link["flags"]})

    def test_groups(self):
        text, expected = self.netstat(["-gn"])
        self.assertEqual(text, expected)
        self.assertEqual({row["family"] for row in records("-g4")}, {"inet"})
        self.assertNotIn("224.0.0.1", mine("-gn6"))

    # --- counters ---

    def test_statistics(self):
        """Where netstat has no sentence for a counter, or another one, the number is still the same."""
        def numbers(text):
            found, group = {}, ""
            for line in text.splitlines():
                if not line.startswith(" "):
                    group = line
                elif re.search(r"\d", line):
                    found.setdefault(group, []).append(sorted(re.findall(r"\b\d+\b", line)))
            return found

        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            for _ in range(5):
                one.sendto(b"x", ("127.0.0.1", 9))
        text, expected = self.netstat(["-s"], ["-s4"])
        mine_by_group, theirs = numbers(text), numbers(expected)
        for group in ("Tcp:", "Udp:"):
            self.assertEqual(mine_by_group[group], theirs[group])
        self.assertEqual([line for line in text.splitlines() if not line.startswith(" ")],
                         [line for line in expected.splitlines() if not line.startswith(" ")])

    def test_statistics_of_one_protocol(self):
        def groups(*arguments):
            return {line for line in mine(*arguments).splitlines() if line and not line.startswith(" ")}

        self.assertEqual(groups("-su4"), {"Udp:"})
        self.assertEqual(groups("-sp", "udp"), {"Udp:"})
        self.assertEqual(groups("/s", "/p", "ICMPv6"), {"Icmp6:"})
        self.assertLessEqual({"Tcp:", "TcpExt:"}, groups("-st"))
        self.assertEqual({row["protocol"] for row in records("-as", "-p", "udp")}, {"UDP"})

    def test_ethernet(self):
        for arguments in (["-e"], ["/e"]):
            self.assertTrue(mine(*arguments).startswith("Interface Statistics\n"))
            self.assertNotIn("Tcp:", mine(*arguments))
        self.assertRegex(mine("-es"), r"(?s)^Interface Statistics\n.*\nIp:\n.*\nTcp:\n")
        totals = {row["mib"]: row["total"] for row in records("-e")}
        links = json.loads(output("ip", "-j", "-s", "link"))
        sent = sum(link["stats64"]["tx"]["packets"] for link in links if "LOOPBACK" not in link["flags"])
        self.assertLessEqual(abs(totals["IfOutPkts"] - sent), 20)  # they go on sending

    def test_zeroes(self):
        """Hidden as in netstat; -a shows them."""
        self.assertFalse([row for row in records("-s") if row["total"] == 0])
        self.assertTrue([row for row in records("-as") if row["total"] == 0])

    # --- what all have in common ---

    def test_ids(self):
        for option, ids in IDS.items():
            with self.subTest(option):
                header = mine(option, "--format", "csv").split("\r\n", 1)[0]
                self.assertEqual(header.split(","), ids.split())
                self.assertEqual(list(records(option)[0]), ids.split())

    def test_columns_and_filter(self):
        for option in ("-r", "-i", "-g", "-s", "--rules", "--neighbours"):
            with self.subTest(option):
                ids = [line.split()[0] for line in mine(option, "--columns", "help").splitlines()]
                self.assertGreater(len(ids), 3)
                text = mine(option, "--columns", ",".join(ids[:3]), "--format", "csv")
                self.assertEqual(text.split("\r\n", 1)[0], ",".join(ids[:3]))
                self.assertEqual(records(option, "--filter", "no-such-word-anywhere"), [])
                self.assertEqual(porthole.run(option, "--columns", "nosuch").returncode, 2)
        self.assertEqual([row["interface"] for row in records("-ia", "--filter", "interface:veth-a")], ["veth-a"])
        self.assertEqual({row["destination"] for row in records("-r", "--filter", "metric:7")}, {"10.1.0.0"})

    def test_hostile_names(self):
        """An interface may be called almost anything: it is shown, and no terminal obeys it."""
        names = [b"\x1b[31mred", b"=cmd|1,2", b'"\xff\xfe\x80', "e\u202eth\u009b".encode(), b"<b>&-{}'"]
        for number, name in enumerate(names, 1):
            subprocess.run(["ip", "link", "add", name, "type", "bridge"], check=True)
            subprocess.run(["ip", "link", "set", name, "up"], check=True)
            subprocess.run(["ip", "addr", "add", f"172.16.0.{number}/32", "dev", name], check=True)
        self.addCleanup(lambda: [subprocess.run(["ip", "link", "del", name], check=True) for name in names])
        shown = {porthole.sanitized(name) for name in names}
        self.assertLessEqual({name for name in shown if "\u202e" not in name}, {row["interface"] for row in records("-i")})
        for options in (["-i"], ["-ie"], ["-gn"], ["-rn", "--all-tables"], ["-i", "--columns", "interface,flags"]):
            for output_format in ("text", "csv", "json"):
                with self.subTest(options, format=output_format):
                    done = porthole.run(*options, "--format", output_format)
                    self.assertEqual((done.returncode, done.stderr), (0, b""))
                    self.assertIsNone(porthole.CONTROL.search(done.stdout), done.stdout)
                    done.stdout.decode()
                    self.assertNotIn("\u202e", done.stdout.decode())
        cells = {row[0] for row in csv.reader(io.StringIO(mine("-i", "--format", "csv"), newline=""))}
        self.assertIn("'=cmd|1,2", cells)

    def looks(self, arguments, n):
        """What it prints in N looks, as JSON."""
        process = subprocess.Popen([porthole.CLI, *arguments, "--format", "json"], stdout=subprocess.PIPE)
        text, end = b"", time.monotonic() + 20
        os.set_blocking(process.stdout.fileno(), False)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            while text.count(b"\n]") < n and time.monotonic() < end:
                one.sendto(b"x" * 1000, ("127.0.0.1", 9))
                text += process.stdout.read() or b""
                time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
        decoder, looks, text = json.JSONDecoder(), [], text.decode()
        for _ in range(n):
            look, at = decoder.raw_decode(text)
            looks.append(look)
            text = text[at:].lstrip()
        return looks

    def test_rates(self):
        first, second = self.looks(["-i", "0.4", "--columns", "tx_rate", "--filter", "interface:lo"], 2)
        self.assertEqual(first, [{"tx_rate": None}])
        self.assertGreater(second[0]["tx_rate"], 1000)
        first, second = self.looks(["-s", "0.4", "--columns", "rate", "--filter", "mib:UdpOutDatagrams"], 2)
        self.assertEqual(first, [{"rate": None}])
        self.assertGreater(second[0]["rate"], 1)

    def test_every_second(self):
        began = time.monotonic()
        self.looks(["-rc"], 2)
        self.assertGreater(time.monotonic() - began, 0.9)

    def test_interval_of_an_explanation(self):
        self.assertEqual([len(look) for look in self.looks(["--route-to", "127.0.0.1", "0.1"], 3)], [1, 1, 1])

    def test_closed_pipe_and_full_disk(self):
        for arguments in (["-r"], ["-ie"], ["-s"], ["--route-to", "::1"]):
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                self.assertEqual(porthole.run(*arguments, stdout=full).returncode, 1)
                reader, writer = os.pipe()
                os.close(reader)
                done = porthole.run(*arguments, stdout=writer)
                os.close(writer)
                self.assertEqual((done.returncode, done.stderr), (0, b""))


if __name__ == "__main__":
    namespace.enter()
    os.environ["RES_OPTIONS"] = "timeout:1 attempts:1"  # there is nobody to ask for names
    unittest.main(verbosity=2)
