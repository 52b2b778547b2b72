#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every route, rule and neighbour of the landscape, field by field, as porthole-cli and as ip(8) and netstat(8) tell it."""

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

ROUTE_KEY = ("family", "table", "destination", "prefix_length", "tos", "metric", "type", "hop")
RULE_KEY = ("family", "priority")
SECOND = {name: 1 for name in ("expires", "used", "confirmed", "updated")}


def words(row, *names):
    """As a sorted list what is several words in one column."""
    return {**row, **{name: sorted((row[name] or "").split()) for name in names}}


def encapsulation(row):
    """ip has what follows the kind of it in fields of their own."""
    return {**row, "encap": row["encap"] and row["encap"].split()[0]}


# --- routes ---


def routes(*arguments):
    return [encapsulation(words(row, "status")) for row in porthole.rows("-rn", "--all-tables", *arguments)]


def check_routes(family):
    def differences():
        before, mine, after = iproute.routes(family), routes("-4" if family == "inet" else "-6"), iproute.routes(family)
        return compare.differences(*(compare.numbered(rows, *ROUTE_KEY) for rows in (mine, before, after)), SECOND)

    compare.settle(differences)


def ipv4_routes_are_those_of_ip():
    check_routes("inet")


def ipv6_routes_are_those_of_ip():
    check_routes("inet6")


def routes_of_every_type_are_there():
    types = {(row["family"], row["type"]) for row in routes()}
    either = ("unicast", "local", "broadcast", "multicast", "anycast", "blackhole", "unreachable", "prohibit", "throw")
    expected = {(family, name) for family in ("inet", "inet6") for name in either} - {("inet6", "broadcast")}
    assert types == expected, types ^ expected


def hops_stand_under_their_route():
    rows = routes()
    assert [row["hop"] for row in rows if row["destination"] == "10.10.0.0"] == [None, 1, 2, 3]
    for above, row in zip(rows, rows[1:]):
        assert row["hop"] is None or row["hop"] == (above["hop"] or 0) + 1, row


def one_table_can_be_had():
    assert {row["table"] for row in routes("--filter", "table:100")} == {"100"}
    assert len(routes("--filter", "table:70000")) == sum(row["table"] == "70000" for row in routes()) == 1


def routes_as_csv_and_as_json_agree():
    compare.settle(lambda: compare.csv_and_json("-rn", "--all-tables", moving=("expires",)))


def netstats_row(row, hops):
    """A route as netstat shows it: where there are several hops the first, and no address of IPv6 with IPv4."""
    first = hops.get((row["destination"], row["prefix_length"], row["metric"], row["tos"]), row)
    gateway = first["gateway"] or "0.0.0.0"
    shown = {"destination": row["destination"], "genmask": row["genmask"], "flags": row["flags"]}
    if "!" in row["flags"]:
        return {**shown, "gateway": "-", "interface": "-", "mss": "-", "window": "-", "irtt": "-"}
    return {**shown, "gateway": "0.0.0.0" if ":" in gateway else gateway, "interface": first["interface"] or "*",
            **{name: str(row[name]) for name in ("mss", "window", "irtt")}}


def ipv4_routes_are_those_of_netstat():
    rows = porthole.rows("-rn", "-4")
    hops = {(row["destination"], row["prefix_length"], row["metric"], row["tos"]): row
            for row in rows if row["hop"] == 1}
    mine = [netstats_row(row, hops) for row in rows if row["hop"] is None]
    theirs = netstat.routes()
    found = compare.differences(*(compare.numbered(rows, "destination", "genmask") for rows in (mine, theirs, theirs)))
    assert theirs and not found, "\n".join(found)


def netstats_row6(row):
    """Without the flags that the two do not have from the same place: the kernel's file says nothing of U and n at reject
    routes, has the next hop's bit for "onlink" where H is, and D and A only for what it has installed itself."""
    flags = row["flags"].replace("!n", "!").translate(dict.fromkeys(map(ord, "UHDA")))
    return {"destination": row["destination"], "gateway": row["gateway"] or "::", "flags": flags,
            "metric": row["metric"], "interface": row["interface"]}


def ipv6_routes_are_those_of_netstat():
    def mine():
        rows = porthole.rows("-rn", "-6", "--all-tables")
        several = {(row["destination"], row["table"], row["metric"]) for row in rows if row["hop"] is not None}
        for row in rows:
            alone = row["hop"] is None and (row["destination"], row["table"], row["metric"]) not in several
            if alone or (row["hop"] is not None and (row["nexthop"] is None or row["hop"] == 1)):
                yield {**netstats_row6(row), "destination": f"{row['destination']}/{row['prefix_length']}",
                       "metric": str(row["metric"])}

    theirs = [netstats_row6(row) for row in netstat.routes6() if row["metric"] != "-1"]
    key = ("destination", "metric", "interface", "gateway")
    found = compare.differences(*(compare.numbered(rows, *key) for rows in (mine(), theirs, theirs)))
    assert theirs and not found, "\n".join(found)


def a_route_that_expires_counts_down():
    row = next(row for row in routes() if row["destination"] == "2001:db8:2::")
    assert 500 < row["expires"] <= 600 and row["flags"] == "UGe", row


def cached_routes_are_there_when_asked_for():
    rows = porthole.rows("-rCn")
    assert all("C" in row["flags"] for row in rows), rows
    assert {("10.1.2.3", 1200), ("10.7.1.1", 900), ("2001:db8:1::5", 1290)} <= {
        (row["destination"], row["mtu"]) for row in rows}, rows


# --- rules ---


def check_rules(family):
    def differences():
        theirs = compare.numbered(iproute.rules(family), *RULE_KEY)
        mine = compare.numbered(porthole.rows("--rules", "-4" if family == "inet" else "-6"), *RULE_KEY)
        return compare.differences(mine, theirs, theirs)

    compare.settle(differences)


def ipv4_rules_are_those_of_ip():
    check_rules("inet")


def ipv6_rules_are_those_of_ip():
    check_rules("inet6")


def rules_as_csv_and_as_json_agree():
    compare.settle(lambda: compare.csv_and_json("--rules"))


# --- neighbours ---


def check_neighbours(theirs, *arguments, filter_=""):
    def differences():
        before = theirs()
        mine = {(row["address"], row["interface"]): words(row, "flags")
                for row in porthole.rows("--neighbours", *arguments, "--filter", filter_)}
        found = compare.differences(mine, before, theirs(), SECOND)
        return found if before else ["ip has none"]

    compare.settle(differences)


def neighbours_are_those_of_ip():
    check_neighbours(iproute.neighbours, "-n")


def all_neighbours_are_those_of_ip():
    check_neighbours(lambda: iproute.neighbours("nud", "all"), "-an", filter_="-is:proxy")


def neighbours_as_csv_and_as_json_agree():
    compare.settle(lambda: compare.csv_and_json("--neighbours", "-an", moving=("confirmed", "used", "updated", "probes")))


# --- what this kernel may lack ---


def exists(what, begins):
    """Skips where the commands that begin so were refused."""
    refused = [reason for command, reason in landscape.missing.items() if command.startswith(begins)]
    if refused:
        raise tap.Skip(f"this kernel has no {what}: {refused[0]}")


def mpls_encapsulation():
    exists("MPLS encapsulation", "-4 route add 10.19.0.0/16")
    assert [row["encap"] for row in porthole.rows("-rn") if row["destination"] == "10.19.0.0"] == ["mpls 100/200"]


def encapsulation_in_ip():
    exists("encapsulation in IP", "-4 route add 10.18.0.0/16")
    row, = (row for row in porthole.rows("-rn") if row["destination"] == "10.18.0.0")
    assert row["encap"].startswith("ip ") and "192.0.2.66" in row["encap"], row


def segment_routing():
    exists("segment routing", "-6 route add 2001:db8:6::/48")
    row, = (row for row in porthole.rows("-rn") if row["destination"] == "2001:db8:6::")
    assert row["encap"].startswith("seg6 ") and "2001:db8::a" in row["encap"], row


def next_hop_objects():
    exists("next hop objects", "nexthop add")
    assert {row["nexthop"] for row in routes()} >= {1, 3, 5, 10, 11, 12}


def main():
    namespace.enter(deny=tap.skip_all)
    landscape.make_all()
    tap.run([
        ipv4_routes_are_those_of_ip, ipv6_routes_are_those_of_ip, routes_of_every_type_are_there,
        hops_stand_under_their_route, one_table_can_be_had, routes_as_csv_and_as_json_agree,
        ipv4_routes_are_those_of_netstat, ipv6_routes_are_those_of_netstat, a_route_that_expires_counts_down,
        cached_routes_are_there_when_asked_for, ipv4_rules_are_those_of_ip, ipv6_rules_are_those_of_ip,
        rules_as_csv_and_as_json_agree, neighbours_are_those_of_ip, all_neighbours_are_those_of_ip,
        neighbours_as_csv_and_as_json_agree, mpls_encapsulation, encapsulation_in_ip, segment_routing, next_hop_objects,
    ])


main()
