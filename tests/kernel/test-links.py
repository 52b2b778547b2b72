#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every link of the landscape with its addresses and groups, field by field, as porthole-cli and as ip(8) and netstat(8)
tell it; and what goes from one end of a wire to the other is counted exactly."""

import os
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

MOVING = ("rx_rate", "tx_rate", "rx_packet_rate", "tx_packet_rate", "rx_ok", "tx_ok", "rx_bytes", "tx_bytes", "multicast")


def links(*arguments):
    ids = [name for name in porthole.column_ids("-i") if name != "traffic"]
    return {row["interface"]: row for row in porthole.rows("-in", *arguments, columns=ids)}


# --- links ---


def shown(row):
    """What ip tells raw is made fit to be shown."""
    return {**row, "alias": row["alias"] and porthole.sanitized(row["alias"].encode()).replace("\u202e", "\\u{202E}")}


def links_are_those_of_ip():
    def differences():
        before = {name: shown(row) for name, row in iproute.links().items()}
        mine = links("-a")
        after = {name: shown(row) for name, row in iproute.links().items()}
        return compare.differences(mine, before, after)

    compare.settle(differences)


def addresses_are_those_of_ip():
    theirs = {name: {"addresses": sorted(texts)} for name, texts in iproute.addresses().items()}
    mine = {name: {"addresses": sorted(row["addresses"])} for name, row in links("-a").items()}
    found = compare.differences(mine, theirs, theirs)
    assert not found, "\n".join(found)


def only_those_that_are_up_by_default():
    up = {name for name, row in links("-a").items() if "U" in row["flags"]}
    assert set(links()) == up
    assert up < set(links("-a"))


def links_as_csv_and_as_json_agree():
    compare.settle(lambda: compare.csv_and_json("-ain", moving=MOVING))


def check_netstat(*arguments):
    def differences():
        before = netstat.links(*arguments)
        rows = {name: {column: str(value) for column, value in row.items()} for name, row in links(*arguments).items()}
        return compare.differences(rows, before, netstat.links(*arguments))

    compare.settle(differences)


def links_are_those_of_netstat():
    check_netstat()


def all_links_are_those_of_netstat():
    check_netstat("-a")


# --- kinds ---


def row_of(name):
    """Skips where it could not be made."""
    for command, reason in landscape.missing.items():
        words = command.split()
        if words[1] == "add" and name == words[words.index("name") + 1 if "name" in words else 2]:
            raise tap.Skip(f"this kernel has no such link: {reason}")
    return links("-a")[name]


def a_pair_of_veth():
    row = row_of("test0")
    assert (row["kind"], row["link"], row["mtu"], row["queue_length"]) == ("veth", "test1", 1400, 500), row
    assert (row["speed"], row["duplex"]) == (10000, "full"), row


def a_bridge_and_its_port():
    assert row_of("bridge0")["kind"] == "bridge"
    assert row_of("test2")["master"] == "bridge0"


def a_vlan():
    row = row_of("test0.7")
    assert (row["kind"], row["link"]) == ("vlan", "test0") and "7" in row["detail"], row


def a_bond():
    assert row_of("bond0")["kind"] == "bond"


def a_dummy():
    assert row_of("dummy0")["kind"] == "dummy"


def tun_and_tap():
    tun, tap_ = row_of("tun0"), row_of("tap0")
    assert (tun["kind"], tun["detail"]) == ("tun", "tun"), tun
    assert (tap_["kind"], tap_["detail"]) == ("tun", "tap"), tap_
    assert tun["mac"] is None and tap_["mac"] == "02:00:00:00:00:13"


def macvlan_and_vxlan():
    assert (row_of("macvlan0")["kind"], row_of("macvlan0")["link"]) == ("macvlan", "test0")
    assert row_of("vxlan0")["kind"] == "vxlan" and "42" in row_of("vxlan0")["detail"]


# --- groups ---


def groups_are_those_of_netstat():
    theirs = netstat.groups()
    mine = sorted((row["interface"], str(row["users"]), row["group"]) for row in porthole.rows("-gn"))
    assert theirs and mine == theirs, (mine, theirs)


def groups_stand_at_their_link_too():
    by_link = {}
    for name, _, group in netstat.groups():
        by_link.setdefault(name, []).append(group)
    for name, row in links("-a").items():
        assert sorted(row["groups"]) == sorted(by_link.get(name, [])), row


def groups_as_csv_and_as_json_agree():
    compare.settle(lambda: compare.csv_and_json("-gn"))


def groups_of_one_family():
    every = netstat.groups()
    for option, wanted in (("-4", False), ("-6", True)):
        rows = porthole.rows("-gn", option)
        assert len(rows) == sum((":" in group) == wanted for *_, group in every), rows


# --- traffic ---


def traffic_is_counted_exactly():
    with Wire() as wire:
        before = wire.links()
        wire.send(count=1234, size=500)
        near, far = wire.links()
        for row, was, side in ((near, before[0], "tx"), (far, before[1], "rx")):
            risen = row[side + "_ok"] - was[side + "_ok"], row[side + "_bytes"] - was[side + "_bytes"]
            assert risen == (1234, 1234 * (500 + wire.HEADERS)), (side, risen)
        assert near["rx_ok"] == before[0]["rx_ok"] and far["tx_ok"] == before[1]["tx_ok"]


def rates_are_what_went_through_in_the_time():
    with Wire() as wire:
        first, *looks = wire.watch(
            "-in", "--filter", f"interface:{wire.NEAR}", "--columns", "interface,tx_ok,tx_rate,tx_packet_rate,rx_rate",
            between=lambda: wire.send(count=1000, size=1000), until=lambda rows: rows[0]["tx_ok"] == 1000)
        assert (first[0]["tx_ok"], first[0]["tx_rate"]) == (0, None), first
        assert {row["rx_rate"] for row, in looks} == {0}, looks
        wire.check_rates([row["tx_packet_rate"] for row, in looks], 1000)
        wire.check_rates([row["tx_rate"] for row, in looks], 1000 * (1000 + wire.HEADERS))


def main():
    namespace.enter(deny=tap.skip_all)
    landscape.make_all()
    tap.run([
        links_are_those_of_ip, addresses_are_those_of_ip, only_those_that_are_up_by_default,
        links_as_csv_and_as_json_agree, links_are_those_of_netstat, all_links_are_those_of_netstat, a_pair_of_veth,
        a_bridge_and_its_port, a_vlan, a_bond, a_dummy, tun_and_tap, macvlan_and_vxlan, groups_are_those_of_netstat,
        groups_stand_at_their_link_too, groups_as_csv_and_as_json_agree, groups_of_one_family,
        traffic_is_counted_exactly, rates_are_what_went_through_in_the_time,
    ])


main()
