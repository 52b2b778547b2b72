# SPDX-License-Identifier: GPL-3.0-or-later
"""What netstat(8) prints of the other tables, in Porthole's terms: rows by column id, as text."""

import os
import shutil
import subprocess

import tap

LINK_COLUMNS = "interface mtu rx_ok rx_err rx_drp rx_ovr tx_ok tx_err tx_drp tx_ovr flags".split()
ROUTE_COLUMNS = "destination gateway genmask flags mss window irtt interface".split()
ROUTE6_COLUMNS = "destination gateway flags metric references uses interface".split()


def need(program):
    """Skips where it is not installed."""
    if not shutil.which(program):
        raise tap.Skip(f"{program} is not installed")


def lines(*arguments):
    need("netstat")
    done = subprocess.run(["netstat", *arguments], capture_output=True, check=True, env={**os.environ, "LC_ALL": "C"})
    return done.stdout.decode("utf-8", errors="replace").splitlines()


def _table(columns, rows):
    return [dict(zip(columns, words)) for words in map(str.split, rows) if len(words) == len(columns)]


def routes():
    return _table(ROUTE_COLUMNS, lines("-rn", "-4")[2:])


def routes6():
    return _table(ROUTE6_COLUMNS, lines("-rnW", "-6")[2:])


def links(*arguments):
    """By name; not the second names of old that carry a label."""
    return {row["interface"]: row for row in _table(LINK_COLUMNS, lines("-i", *arguments)[2:])}


def groups():
    return sorted(tuple(line.split()) for line in lines("-gn")[3:])


def sections(text):
    """Lines of -s under their heading."""
    found = {}
    for line in text:
        if line[:1].strip():
            section = found.setdefault(line.rstrip(":"), [])
        elif line.strip():
            section.append(line.strip())
    return found


def statistics():
    return sections(lines("-s"))
