#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every counter, as porthole-cli and as nstat(8), netstat(8) and the kernel's own files tell it; and what is sent is
counted exactly. The traffic comes first, while nothing else goes on in this namespace."""

import json
import os
import socket
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import compare  # noqa: E402
import iproute  # noqa: E402
import landscape  # noqa: E402
import namespace  # noqa: E402
import netstat  # noqa: E402
import porthole  # noqa: E402
import tap  # noqa: E402
from wire import Wire  # noqa: E402

# What nstat leaves out because it is no count.
SETTINGS = {"IpForwarding", "IpDefaultTTL", "TcpRtoAlgorithm", "TcpRtoMin", "TcpRtoMax", "TcpMaxConn", "TcpCurrEstab"}
COLUMNS = ("mib", "total")
IPV4, IPV6, UDP = 20, 40, 8  # bytes of a header
COUNT, SIZE = 321, 700


def totals(rows):
    return {row["mib"]: row["total"] for row in rows}


def mine():
    return totals(porthole.rows("-as", columns=COLUMNS))


def risen(before, after):
    """By how much, of what has."""
    return {mib: after[mib] - before.get(mib, 0) for mib in after if after[mib] not in (None, before.get(mib, 0))}


def equal(found, expected):
    """@found may have more."""
    wrong = {mib: (found.get(mib, 0), number) for mib, number in expected.items() if found.get(mib, 0) != number}
    assert not wrong, f"found and expected: {wrong}; all: {found}"


# --- traffic ---


def what_is_sent_is_counted_at_both_ends():
    with Wire() as wire:
        far = "-as", "--columns", "mib,total"
        near_before, far_before = mine(), totals(wire.far(*far))
        wire.send(count=COUNT, size=SIZE)
        wire.until_taken(COUNT)
        near, far = risen(near_before, mine()), risen(far_before, totals(wire.far(*far)))
        octets = COUNT * (IPV4 + UDP + SIZE)
        equal(near, {"UdpOutDatagrams": COUNT, "IpOutRequests": COUNT, "IpExtOutOctets": octets,
                     "IfOutPkts": COUNT, "IfOutOctets": COUNT * (wire.HEADERS + SIZE), "UdpInDatagrams": 0,
                     "IpInReceives": 0, "IpExtInOctets": 0, "IfInPkts": 0})
        equal(far, {"UdpInDatagrams": COUNT, "IpInReceives": COUNT, "IpInDelivers": COUNT, "IpExtInOctets": octets,
                    "IpExtInNoECTPkts": COUNT, "IfInPkts": COUNT, "UdpOutDatagrams": 0, "IpOutRequests": 0,
                    "IpExtOutOctets": 0, "UdpNoPorts": 0, "UdpInErrors": 0})


def what_nobody_wants_is_counted():
    landscape.sysctl("ipv4/icmp_ratelimit", "0")
    landscape.sysctl("ipv4/icmp_msgs_per_sec", "1000000")
    before = mine()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for _ in range(10):
            sender.sendto(b"?" * SIZE, ("127.0.0.1", 9))
    equal(risen(before, mine()), {
        "UdpOutDatagrams": 10, "UdpNoPorts": 10, "UdpInDatagrams": 0, "IcmpOutMsgs": 10, "IcmpOutDestUnreachs": 10,
        "IcmpInMsgs": 10, "IcmpInDestUnreachs": 10, "IcmpMsgInType3": 10, "IcmpMsgOutType3": 10, "IpInReceives": 20,
        "IpOutRequests": 20, "IfInPkts": 0})


def what_does_not_fit_is_counted():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taker, socket.socket(type=socket.SOCK_DGRAM) as sender:
        taker.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        taker.bind(("127.0.0.1", 0))
        before = mine()
        for _ in range(50):
            sender.sendto(b"x" * SIZE, taker.getsockname())
        taker.setblocking(False)
        taken = 0
        try:
            while taker.recv(2 * SIZE):
                taken += 1
        except BlockingIOError:
            pass
        assert 0 < taken < 50, taken
        equal(risen(before, mine()), {"UdpOutDatagrams": 50, "UdpInDatagrams": taken, "UdpRcvbufErrors": 50 - taken,
                                      "UdpInErrors": 50 - taken})


def ipv6_is_counted():
    try:
        sender = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    except OSError as error:
        raise tap.Skip(f"this kernel has no IPv6: {error}") from error
    landscape.sysctl("ipv6/conf/all/disable_ipv6", "0")
    with sender, socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as taker:
        taker.bind(("::1", 0))
        before = mine()
        for _ in range(COUNT):
            sender.sendto(b"x" * SIZE, taker.getsockname())
            taker.recv(2 * SIZE)
        octets = COUNT * (IPV6 + UDP + SIZE)
        equal(risen(before, mine()), {
            "Udp6OutDatagrams": COUNT, "Udp6InDatagrams": COUNT, "Ip6InReceives": COUNT, "Ip6InDelivers": COUNT,
            "Ip6OutRequests": COUNT, "Ip6InOctets": octets, "Ip6OutOctets": octets, "Udp6InErrors": 0,
            "UdpOutDatagrams": 0})


def connections_are_counted():
    with socket.create_server(("127.0.0.1", 0)) as server:
        before = mine()
        pairs = [(socket.create_connection(server.getsockname()), server.accept()[0]) for _ in range(7)]
        try:
            socket.create_connection(("127.0.0.1", 1))
        except ConnectionRefusedError:
            pass
        equal(risen(before, mine()), {"TcpActiveOpens": 8, "TcpPassiveOpens": 7, "TcpAttemptFails": 1,
                                      "TcpOutRsts": 1, "TcpCurrEstab": 14, "TCPinuse": 14})
        for pair in pairs:
            for one in pair:
                one.close()


def rates_are_what_was_counted_in_the_time():
    with Wire() as wire:
        goal = mine()["UdpOutDatagrams"] + COUNT
        looks = wire.watch("-as", "--columns", "mib,total,rate", between=lambda: wire.send(COUNT, SIZE),
                           until=lambda rows: totals(rows)["UdpOutDatagrams"] == goal)
        first, *looks = ({row["mib"]: row for row in rows} for rows in looks)
        assert first["UdpOutDatagrams"]["rate"] is None, first["UdpOutDatagrams"]
        for mib, count in (("UdpOutDatagrams", COUNT), ("IpExtOutOctets", COUNT * (IPV4 + UDP + SIZE))):
            assert looks[-1][mib]["total"] - first[mib]["total"] == count, looks[-1][mib]
            wire.check_rates([rows[mib]["rate"] for rows in looks], count)
        assert {rows["UdpInErrors"]["rate"] for rows in looks} == {0}


# --- the same as others say ---


def nstat():
    """Those that are zero too."""
    netstat.need("nstat")
    done = subprocess.run(["nstat", "-aszj"], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)["kernel"]


def sockstat():
    """"TCP: inuse 5 orphan 0" → TCPinuse, TCPorphan."""
    found = {}
    for name in ("sockstat", "sockstat6"):
        with open("/proc/net/" + name, encoding="ascii") as lines:
            for prefix, text in (line.split(":") for line in lines):
                words = text.split()
                found.update({prefix + key: int(value) for key, value in zip(words[::2], words[1::2])})
    return found


def by_mib(numbers):
    return {mib: {"total": number} for mib, number in numbers.items()}


def check(theirs, of_mine):
    def differences():
        before = theirs()
        chosen = {row["mib"]: row for row in porthole.rows("-as") if of_mine(row)}
        return compare.differences(chosen, by_mib(before), by_mib(theirs()))

    compare.settle(differences)


def the_landscape_counts():
    before = mine()
    landscape.make_all()
    found = risen(before, mine())
    for mib in ("TcpExtListenOverflows", "IcmpInRedirects", "UdpNoPorts", "Udp6NoPorts", "UdpLiteOutDatagrams",
                "IcmpMsgInType200", "TcpAttemptFails", "IpExtOutMcastPkts"):
        assert found.get(mib, 0) > 0, (mib, found)


def counters_are_those_of_nstat():
    check(nstat, lambda row: row["protocol"] not in ("Sockets", "Ethernet") and row["mib"] not in SETTINGS)


def sockets_are_those_of_sockstat():
    check(sockstat, lambda row: row["protocol"] == "Sockets")


def totals_of_ethernet_are_those_of_all_links():
    names = {"IfInOctets": "rx_bytes", "IfOutOctets": "tx_bytes", "IfInPkts": "rx_ok", "IfOutPkts": "tx_ok",
             "IfInErrors": "rx_err", "IfOutErrors": "tx_err"}

    def theirs():
        links = [row for row in iproute.links().values() if row["kind"] != "loopback"]
        return {mib: sum(row[name] for row in links) for mib, name in names.items()}

    check(theirs, lambda row: row["mib"] in names)


def in_other_words(missing, extra):
    """Takes out of both what netstat, in this version, has no sentence for: "TCPTimeouts: 14" and "14 other TCP
    timeouts"."""
    for line in list(missing):
        name, _, number = line.partition(": ")
        said = next((other for other in extra if other.split()[0] == number), None)
        if name.isalnum() and said:
            missing.remove(line)
            extra.remove(said)


def statistics_are_those_of_netstat():
    """Every sentence of it with its number; whether packets are forwarded is put into words."""
    def sentences(lines):
        return {line for line in lines if not line.startswith("Forwarding")}

    def differences():
        before = netstat.statistics()
        told = netstat.sections(porthole.run("-s").stdout.decode().splitlines())
        after = netstat.statistics()
        assert before.keys() >= {"Ip", "Icmp", "Tcp", "Udp", "TcpExt", "IpExt"}, before.keys()
        found = [f"{name}: is missing" for name in before.keys() - told.keys() if before[name]]
        for name in before.keys() & told.keys():
            ours, first, last = map(sentences, (told[name], before[name], after[name]))
            missing, extra = first & last - ours, ours - first - last
            in_other_words(missing, extra)
            found += [f"{name}: is missing: {line}" for line in missing]
            found += [f"{name}: nobody else says: {line}" for line in extra]
        return found

    compare.settle(differences)


def zero_is_left_out_by_default():
    every = mine()
    shown = totals(porthole.rows("-s", columns=COLUMNS))
    assert all(total != 0 for total in shown.values())
    assert len(shown) < len(every) and shown.keys() >= {mib for mib, total in every.items() if total} - {
        mib for mib in every if mib.startswith("If")}, every.keys() - shown.keys()


def counters_as_csv_and_as_json_agree():
    compare.settle(lambda: compare.csv_and_json("-as", moving=("total", "since")))


def every_counter_has_a_meaning():
    without = [row["mib"] for row in porthole.rows("-as") if not row["meaning"] and not row["mib"].startswith("IcmpMsg")]
    assert not without, without


def main():
    namespace.enter(deny=tap.skip_all)
    tap.run([
        what_is_sent_is_counted_at_both_ends, what_nobody_wants_is_counted, what_does_not_fit_is_counted, ipv6_is_counted,
        connections_are_counted, rates_are_what_was_counted_in_the_time, the_landscape_counts,
        counters_are_those_of_nstat, sockets_are_those_of_sockstat, totals_of_ethernet_are_those_of_all_links,
        statistics_are_those_of_netstat, zero_is_left_out_by_default, counters_as_csv_and_as_json_agree,
        every_counter_has_a_meaning,
    ])


main()
