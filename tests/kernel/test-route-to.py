#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which route?: porthole-cli --route-to against `ip route get`, for some hundred addresses of the landscape: a few of every
route's destinations, reject routes and rules too, this computer's own addresses, and whatever lies between."""

import errno
import ipaddress
import itertools
import json
import os
import random
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import iproute  # noqa: E402
import landscape  # noqa: E402
import namespace  # noqa: E402
import porthole  # noqa: E402
import tap  # noqa: E402

AT_LEAST = 200
NEIGHBOURHOOD = 2  # addresses from the inside of each destination
ERRORS = {os.strerror(number): number for number in (errno.EACCES, errno.EHOSTUNREACH, errno.EINVAL, errno.ENETUNREACH)}
REFUSALS = (errno.EACCES, errno.EHOSTUNREACH, errno.EINVAL)
REFUSED_BY_A_RULE = ipaddress.ip_network("10.67.0.0/16")  # as unreachable: the same number as where there is no route


FOREIGN = "203.0.113.99"  # is no address of this computer: nothing is sent from it
ASK_ROUTE = os.environ.get("PORTHOLE_ASK_ROUTE")
before_all_rules = {}  # answers by address


def addresses(family):
    """Always the same ones."""
    dice = random.Random(4)
    wide = {"inet": "0.0.0.0/0", "inet6": "2001:db8::/32"}[family]
    prefixes = {(row["destination"], row["prefix_length"]) for row in iproute.routes(family) if row["prefix_length"]}
    networks = sorted(ipaddress.ip_network(f"{address}/{length}") for address, length in prefixes)
    networks += [ipaddress.ip_network(wide)] * 10
    found = set()
    for network in networks:
        found.add(network[0])
        found.add(network[-1])
        found.update(network[dice.randrange(network.num_addresses)] for _ in range(NEIGHBOURHOOD))
    # Of an address of a link the kernel must be told which link is meant.
    return [str(one) for one in sorted(found) if not one.is_unspecified and not (one.version == 6 and (
        one.is_link_local or one.is_multicast))]


def expected(address, *more):
    """In Porthole's terms. The table and the destination stand only in the entry of the table."""
    told = iproute.route_to(address, *more)
    if isinstance(told, str):
        number = ERRORS[told]
        refused = number in REFUSALS or ipaddress.ip_address(address) in REFUSED_BY_A_RULE
        return {"errno": number, "verdict": "refused" if refused else "none", "gateway": None, "interface": None,
                "source": None}
    return {"errno": None, "verdict": "delivered" if told["type"] == "local" else "sent", "interface": told["dev"],
            "gateway": told.get("gateway") or told.get("via", {}).get("host"), "source": told.get("prefsrc")}


def answer(address):
    done = porthole.run("--route-to", address, "--format", "json")
    assert not done.stderr, done.stderr
    row, = json.loads(done.stdout)
    assert (done.returncode == 0) == (row["verdict"] in ("sent", "delivered")), (done.returncode, row)
    return row


def check(family):
    differences = []
    verdicts = set()
    asked = addresses(family)
    for address in asked:
        mine, theirs = answer(address), expected(address)
        verdicts.add(theirs["verdict"])
        assert mine["destination"] == address, mine
        differences += [f"{address}: {name} is {mine[name]!r}, not {value!r}: {mine['words']}"
                        for name, value in theirs.items() if mine[name] != value]
    assert not differences, f"{len(differences)} differences\n" + "\n".join(differences[:40])
    assert verdicts >= {"sent", "delivered", "refused"}, verdicts
    print(f"# {len(asked)} addresses")


def ipv4_answers_are_the_kernels():
    check("inet")


def ipv6_answers_are_the_kernels():
    check("inet6")


def there_are_enough_addresses():
    assert len(addresses("inet")) + len(addresses("inet6")) >= AT_LEAST


def fits(address, comparison):
    """Whether "ADDRESS AND MASK = DESTINATION" is right."""
    left, destination = comparison.split(" = ")
    told, mask = left.split(" AND ")
    number = ipaddress.ip_address
    return told == address and int(number(told)) & int(number(mask)) == int(number(destination))


def the_table_and_the_destination_are_those_of_the_entry():
    """As `ip route get fibmatch` tells them."""
    differences = []
    for family in ("inet", "inet6"):
        for address in addresses(family):
            mine, theirs = answer(address), iproute.route_to(address, fibmatch=True)
            if isinstance(theirs, str) or mine["verdict"] not in ("sent", "delivered"):
                continue
            destination, length = iproute.prefix(theirs["dst"], family)
            if mine["table"] != theirs["table"]:
                differences.append(f"{address}: table is {mine['table']}, not {theirs['table']}")
            if mine["comparison"] is None or not fits(address, mine["comparison"]):
                differences.append(f"{address}: compared in vain: {mine['comparison']}")
            elif not mine["comparison"].endswith(f" = {destination}"):
                differences.append(f"{address}: {mine['comparison']}, but the entry is {destination}/{length}")
    assert not differences, f"{len(differences)} differences\n" + "\n".join(differences[:40])


def own_addresses_are_in_the_table_local():
    """As long as nobody has added a rule the kernel keeps that table and main in one, and answers "main" for both."""
    row = before_all_rules["127.0.0.1"]
    assert (row["verdict"], row["table"]) == ("delivered", "local") and row["rule"].startswith("0: "), row
    row = before_all_rules["127.255.255.255"]
    assert (row["verdict"], row["table"]) == ("sent", "local"), row


def questions():
    """ADDRESS SOURCE MARK INTERFACE; - where nothing is said."""
    for address, source, mark, link in itertools.product(
            ("10.1.2.3", "10.69.1.1", "10.100.1.1", "172.16.5.5", "198.18.0.1"),
            ("-", "192.0.2.1", "198.51.100.1", "10.4.0.1", FOREIGN), ("-", "7", "0x10"), ("-", "test0", "bridge0")):
        yield address, source, mark, link
    for address, source, mark, link in itertools.product(
            ("2001:db8:1::5", "2001:db8:68::1", "2001:db8:d::1", "2001:db8:ffff::1"), ("-", "2001:db8::1", "fd00:4::1"),
            ("-", "0xffffffff"), ("-", "test0", "test4")):
        yield address, source, mark, link


def in_words_of_ip(source, mark, link):
    for option, value in (("from", source), ("mark", mark), ("oif", link)):
        if value != "-":
            yield from (option, value)


def source_mark_and_link_count():
    if not ASK_ROUTE:
        raise tap.Skip("PORTHOLE_ASK_ROUTE is not set")
    asked = list(questions())
    lines = "".join(" ".join(question) + "\n" for question in asked)
    told = subprocess.run([ASK_ROUTE], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(told) == len(asked), (len(told), len(asked))
    differences = []
    for (address, source, mark, link), line in zip(asked, told):
        mine, theirs = json.loads(line), expected(address, *in_words_of_ip(source, mark, link))
        if source != "-" and theirs["verdict"] in ("sent", "delivered"):
            theirs["source"] = source
        if source == FOREIGN:
            theirs["verdict"] = "unknown"
        differences += [f"{address} {source} {mark} {link}: {name} is {mine[name]!r}, not {value!r}: {mine['words']}"
                        for name, value in theirs.items() if mine[name] != value]
    assert not differences, f"{len(differences)} differences\n" + "\n".join(differences[:40])
    print(f"# {len(asked)} questions")


def a_link_can_be_named():
    for link in ("test0", "bridge0"):
        theirs = iproute.route_to("fe80::77", "oif", link)
        row = answer(f"fe80::77%{link}")
        assert (row["interface"], row["source"]) == (theirs["dev"], theirs["prefsrc"]) == (link, "fe80::1"), (row, theirs)


def no_route_is_said_so():
    """Without a default route, and without rules that might refuse."""
    landscape.ip("-4 route del default metric 100")
    landscape.ip("-4 route del default metric 200")
    row = answer("198.18.0.1")
    assert (row["verdict"], row["errno"]) == ("none", errno.ENETUNREACH), row
    assert iproute.route_to("198.18.0.1") == os.strerror(errno.ENETUNREACH)


def main():
    namespace.enter(deny=tap.skip_all)
    before_all_rules.update({address: answer(address) for address in ("127.0.0.1", "127.255.255.255")})
    landscape.make_all()
    tap.run([
        there_are_enough_addresses, ipv4_answers_are_the_kernels, ipv6_answers_are_the_kernels,
        the_table_and_the_destination_are_those_of_the_entry, own_addresses_are_in_the_table_local,
        source_mark_and_link_count, a_link_can_be_named, no_route_is_said_so,
    ])


main()
