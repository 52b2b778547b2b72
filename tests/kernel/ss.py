# SPDX-License-Identifier: GPL-3.0-or-later
"""What ss(8) says of the same sockets, in Porthole's terms: dicts by column id, with only what ss tells."""

import re
import shlex
import subprocess

STATES = {
    "ESTAB": "ESTABLISHED", "SYN-SENT": "SYN_SENT", "SYN-RECV": "SYN_RECV", "FIN-WAIT-1": "FIN_WAIT1",
    "FIN-WAIT-2": "FIN_WAIT2", "TIME-WAIT": "TIME_WAIT", "UNCONN": None, "CLOSE-WAIT": "CLOSE_WAIT",
    "LAST-ACK": "LAST_ACK", "LISTEN": "LISTEN", "CLOSING": "CLOSING",
}
TIMERS = {"on": "on", "keepalive": "keepalive", "timewait": "timewait", "persist": "probe"}
CONGESTION = re.compile(r" (cubic|reno|bbr|dctcp|vegas|westwood|htcp|bic|cdg) ")


def run(options):
    """ss without header, one line for each socket, all of them, with all it can tell."""
    done = subprocess.run(["ss", "-HOanemip", *shlex.split(options)], capture_output=True, check=True)
    return done.stdout.decode("utf-8", errors="replace").splitlines()


def _address(text, family):
    """ADDRESS[%INTERFACE]:PORT → address, interface, port."""
    address, port = text.rsplit(":", 1)
    address, _, interface = address.partition("%")
    address = address.strip("[]")
    if address == "*":
        address = "::" if family == 6 else "0.0.0.0"
    return address, interface or None, None if port == "*" else int(port)


def _milliseconds(text):
    units = {"min": 60000, "sec": 1000, "ms": 1}
    return sum(float(number) * units[unit] for number, unit in re.findall(r"([\d.]+)(min|sec|ms)", text))


def _number(text, pattern, scale=1.0, base=None):
    found = re.search(pattern, text)
    if not found:
        return None
    return int(found[1], base) if base else float(found[1]) * scale


def _owners(text):
    return sorted((int(pid), int(fd)) for pid, fd in re.findall(r"pid=(\d+),fd=(\d+)", text))


def inet(option, family):
    """Rows of -t, -u, -w or -M, by cookie (raw sockets, which ss reads from /proc, by address and protocol)."""
    found = []
    for line in run(f"{option} -{family}"):
        state, recv_q, send_q, local, remote, *_ = line.split()
        more = " " + line.split(remote, 2)[-1] + " " if local == remote else line.split(remote, 1)[1] + " "
        row = {"state": STATES[state], "recv_q": int(recv_q), "send_q": int(send_q)}
        row["local_address"], row["interface"], row["local_port"] = _address(local, family)
        row["remote_address"], _, row["remote_port"] = _address(remote, family)
        row["owners"] = _owners(more)
        if option != "-w":
            row["cookie"] = _number(more, r" sk:([0-9a-f]+)", base=16)
            row["inode"] = int(_number(more, r" ino:(\d+)") or 0) or None
            row["timer"] = TIMERS.get((re.search(r" timer:\((\w+),", more) or [None, None])[1])
            row["drops"] = _number(more, r"skmem:\([^)]*,d(\d+)\)")
            row["mark"] = _number(more, r" fwmark:(0x[0-9a-f]+)", base=16) or 0
            timer = re.search(r" timer:\(\w+,([^,]*),", more)
            row["timer_ms"] = _milliseconds(timer[1]) if timer else None
            cgroup = re.search(r" cgroup:(\S+)", more)
            row["cgroup"] = cgroup[1] if cgroup else None
            uid = _number(more, r" uid:(\d+)")
            row["uid"] = None if row["inode"] is None else int(uid or 0)
        if option == "-t":
            congestion = CONGESTION.search(more)
            row["congestion"] = congestion[1] if congestion else None
            row["rtt_us"] = _number(more, r" rtt:([\d.]+)/", 1000)
            row["min_rtt_us"] = _number(more, r" minrtt:([\d.]+)", 1000)
            row["cwnd"] = _number(more, r" cwnd:(\d+)")
            row["rx_bytes"] = _number(more, r" bytes_received:(\d+)") or 0
            row["tx_bytes"] = _number(more, r" bytes_acked:(\d+)") or 0
            row["retransmits"] = _number(more, r" retrans:\d+/(\d+)") or 0
            row["delivery_rate"] = _number(more, r" delivery_rate (\d+)bps", 1 / 8)
        found.append(row)
    return found


def unix():
    """Rows by inode. A path with a newline breaks its line in two: those rows are left out."""
    kinds = {"u_str": "STREAM", "u_dgr": "DGRAM", "u_seq": "SEQPACKET"}
    states = {"ESTAB": "CONNECTED", "LISTEN": "LISTENING", "UNCONN": None}
    found = {}
    for line in run("-x"):
        match = re.match(r"(u_\w+)\s+(\S+)\s+(\d+)\s+(\d+)\s+(\S+) (\d+)\s+\* (\d+)\s+(.*)", line)
        if match:
            kind, state, recv_q, send_q, path, inode, peer, more = match.groups()
            found[int(inode)] = {
                "type": kinds[kind], "state": states[state], "recv_q": int(recv_q), "send_q": int(send_q),
                "path": None if path == "*" else path, "peer": int(peer) or None, "owners": _owners(more),
                "drops": _number(more, r"skmem:\([^)]*,d(\d+)\)"),
            }
    return found


def packet():
    """Rows by cookie."""
    found = {}
    for line in run("-0"):
        kind, _, recv_q, send_q, local, *_ = line.split()
        found[_number(line, r" sk:([0-9a-f]+)", base=16)] = {
            "type": {"p_raw": "RAW", "p_dgr": "DGRAM"}[kind], "recv_q": int(recv_q), "send_q": int(send_q),
            "interface": None if local.endswith(":*") else local.rsplit(":", 1)[1],
            "inode": int(_number(line, r" ino:(\d+)")), "owners": _owners(line),
        }
    return found


def netlink():
    """(family, port) of each."""
    return sorted(tuple(int(n) for n in line.split()[3].split(":")) for line in run("-f netlink"))
