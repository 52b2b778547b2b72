# SPDX-License-Identifier: GPL-3.0-or-later
"""What ip(8) says of the same routes, rules, links, addresses and neighbours, in Porthole's terms: dicts by column id, with
only what ip tells."""

import json
import socket
import subprocess

METRICS = ("mtu", "window", "advmss", "ssthresh", "cwnd", "reordering", "hoplimit", "initcwnd", "initrwnd", "rto_min",
           "quickack", "congestion")
REJECT = ("unreachable", "prohibit", "blackhole")
ANY = {"inet": "0.0.0.0", "inet6": "::"}
DETACHED = ("unresolved", "iif_detached", "oif_detached")
NEIGHBOUR_FLAGS = ("router", "proxy", "extern_learn", "offload", "managed")


def _first_of_each(pairs):
    """Of names that are there twice (a tunnel's "dst" behind the route's) the first counts."""
    found = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def run(*words):
    done = subprocess.run(["ip", "-j", *words], capture_output=True, check=True)
    text = done.stdout.decode("utf-8", errors="replace")
    return json.loads(text, object_pairs_hook=_first_of_each, strict=False) if text.strip() else []


# --- routes ---


def prefix(text, family):
    """"default", "10.0.0.0/8" or an address alone → address, length."""
    bits = 128 if family == "inet6" else 32
    if text == "default":
        return ("::" if family == "inet6" else "0.0.0.0"), 0
    address, _, length = text.partition("/")
    return address, int(length or bits)


def _hop(told, none):
    """What stands in a route and in each of its hops. @none: what is written where there is no gateway."""
    return {
        "gateway": told.get("gateway") or told.get("via", {}).get("host") or none,
        "interface": told.get("dev"),
        "status": sorted(told.get("flags", [])),
        "encap": told.get("encap"),
    }


def _route(told, family):
    nowhere = told["type"] in REJECT or "nexthops" in told
    names = list(told)
    own_tos = "tos" in told and ("encap" not in told or names.index("tos") < names.index("encap"))
    row = {"family": family, "table": told["table"], "protocol": told["protocol"], "type": told["type"],
           "scope": told["scope"], "metric": told.get("metric", 0), "tos": int(told["tos"], 0) if own_tos else 0,
           "source": told.get("prefsrc"), "expires": told.get("expires"), "pref": told.get("pref"),
           "from": told.get("from"), "nexthop": told.get("nhid"), "hop": None, "weight": None,
           **_hop(told, None if nowhere else ANY[family])}
    row["destination"], row["prefix_length"] = prefix(told["dst"], family)
    metrics = (told.get("metrics") or [{}])[0]
    row.update({name: metrics.get(name) for name in METRICS})
    row["window"] = row["window"] or 0  # netstat's column
    row["irtt"] = metrics.get("rtt", 0)
    row["rttvar"] = metrics["rttvar"] * 4 if "rttvar" in metrics else None
    return row


def routes(family):
    """Those of all tables in the kernel's order, hops right under theirs."""
    rows = []
    for told in run("-6" if family == "inet6" else "-4", "-d", "route", "show", "table", "all"):
        rows.append(_route(told, family))
        for number, hop in enumerate(told.get("nexthops", []), 1):
            rows.append({**rows[-1], **_hop(hop, ANY[family]), "hop": number, "weight": hop["weight"]})
    return rows


def route_to(address, *more, fibmatch=False):
    """What the kernel answers: a dict, or where there is no way why not, in words."""
    command = ["ip", "-j", "-d", "route", "get", *(["fibmatch"] if fibmatch else []), address, *more]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 0:
        return json.loads(done.stdout, object_pairs_hook=_first_of_each)[0]
    return done.stderr.strip().rsplit(": ", 1)[-1]


# --- rules ---


def _network(told, name):
    address = told.get(name, "all")
    if address == "all":
        return address
    bits = 128 if ":" in address else 32
    length = told.get(name + "len", bits)
    return address if length == bits else f"{address}/{length}"


def _range(told, name, first, last):
    """ip has one number for a range of one, but where users are meant."""
    if name == "uid" and first in told:
        return f"{told[first]}-{told[last]}"
    if first in told:
        return f"{told[first]}-{told[last]}" if told[first] != told[last] else f"{told[first]}"
    return f"{told[name]}" if name in told else None


def _action(told):
    if "action" in told:
        return told["action"]
    return "goto" if "goto" in told else "nop" if "nop" in told else "lookup"


def _rule(told, family):
    protocol = told.get("ipproto")
    mark = int(told["fwmark"], 16) if "fwmark" in told else None
    return {
        "family": family, "priority": told["priority"], "action": _action(told), "protocol": told["protocol"],
        "table": "[l3mdev-table]" if "l3mdev" in told else told.get("table"), "l3mdev": "l3mdev" in told,
        "goto": told.get("goto"), "from": _network(told, "src"), "to": _network(told, "dst"), "not": "not" in told,
        "tos": int(told["tos"], 0) if "tos" in told else None, "fwmark": mark,
        "fwmask": int(told["fwmask"], 16) if "fwmask" in told else None if mark is None else 0xFFFFFFFF,
        "iif": told.get("iif"), "oif": told.get("oif"), "tun_id": told.get("tun_id"),
        "uidrange": _range(told, "uid", "uid_start", "uid_end"),
        "ipproto": None if protocol is None else int(protocol) if protocol.isdigit()
        else socket.getprotobyname(protocol),
        "sport": _range(told, "sport", "sport_start", "sport_end"),
        "dport": _range(told, "dport", "dport_start", "dport_end"),
        "realms": f"{told['flow_from']}/{told['flow_to']}" if "flow_from" in told else None,
        "suppress_prefixlength": told.get("suppress_prefixlen"),
        "suppress_ifgroup": int(told["suppress_ifgroup"]) if "suppress_ifgroup" in told else None,
        "status": ", ".join(name.replace("_", " ") for name in DETACHED if name in told) or None,
    }


def rules(family):
    return [_rule(told, family) for told in run("-6" if family == "inet6" else "-4", "-d", "rule", "show")]


# --- links and addresses ---


def _link(told):
    received, sent = told["stats64"]["rx"], told["stats64"]["tx"]
    ethernet = told["link_type"]
    return {
        "index": told["ifindex"], "mtu": told["mtu"], "state": told["operstate"], "mac": told.get("address"),
        "broadcast": told.get("broadcast"), "master": told.get("master"), "link": told.get("link"),
        "kind": told.get("linkinfo", {}).get("info_kind", ethernet), "qdisc": told["qdisc"],
        "queue_length": told.get("txqlen", 0), "alias": told.get("ifalias"), "multicast": received["multicast"],
        "rx_ok": received["packets"], "rx_bytes": received["bytes"], "rx_err": received["errors"],
        "rx_drp": received["dropped"] + received.get("missed_errors", 0), "rx_ovr": received.get("fifo_errors", 0),
        "tx_ok": sent["packets"], "tx_bytes": sent["bytes"], "tx_err": sent["errors"], "tx_drp": sent["dropped"],
        "tx_ovr": sent.get("fifo_errors", 0), "collisions": sent["collisions"],
        "carrier_changes": sent.get("carrier_changes", 0), "link_group": 0 if told["group"] == "default" else told["group"],
    }


def links():
    """By name."""
    return {told["ifname"]: _link(told) for told in run("-d", "-s", "-s", "link", "show")}


def addresses():
    """Of each link, by its name, as ip-address(8) writes them: IPv4 first."""
    found = {}
    for told in run("address", "show"):
        texts = found.setdefault(told["ifname"], [])
        for one in sorted(told["addr_info"], key=lambda one: one["family"]):
            peer = one.get("address")
            texts.append(f"{one['local']} peer {peer}/{one['prefixlen']}" if peer else
                         f"{one['local']}/{one['prefixlen']}")
    return found


# --- neighbours ---


def _neighbour(told):
    return {"mac": told.get("lladdr"), "state": told["state"][0] if told.get("state") else "NONE",
            "flags": sorted(name for name in NEIGHBOUR_FLAGS if name in told), "references": told.get("refcnt", 0),
            "probes": told["probes"], "used": told["used"], "confirmed": told["confirmed"], "updated": told["updated"]}


def neighbours(*words):
    """By address and interface. @words: "proxy"; "nud", "all"."""
    return {(told["dst"], told["dev"]): _neighbour(told) for told in run("-s", "neighbour", "show", *words)}
