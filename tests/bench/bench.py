#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench.py BUILD [--only ROWS] [--sockets N] [--routes N] [--runs N] [--seconds N] [--json]: does Porthole do what it
promises?

Everything runs in a network namespace of its own, on a herd of loopback connections, peers and Porthole turn about, and
medians are compared: ratios carry over from machine to machine, times do not. A figure that misses its target is shown
as such and is no failure. Rows are measured in five groups, which can be had alone:

  cli     porthole-cli against ss and the bare reading of the same
  many    the window on many sockets, some of which come and go all the time
  few     the window on 300: what most people have
  growth  from 10,000 rows to 100,000
  routes  the command line and the window on many routes, some of which come and go all the time
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import namespace  # noqa: E402
from herd import Herd  # noqa: E402
from routes import Routes  # noqa: E402

SOCKETS_PER_PROCESS = 1000
SLOW = 1.0  # seconds: what takes longer is run three times and no more
CHURN = 500  # pairs that are closed and opened in a second, or routes that come and go
FEW = 300
FEW_PROCESSES = 10
WATCH_INTERVAL = 2  # seconds between looks in the background
WATCHED_FOR = 3  # times as long as the window: there is little to measure
HERE = os.path.dirname(os.path.abspath(__file__))


@dataclass
class Row:
    """One line of the result: `measured` is met when it is at most `target`."""

    what: str
    measured: float
    target: float
    unit: str = "×"

    @property
    def met(self):
        return self.measured <= self.target


@dataclass
class Figure:
    """What a command took: of several runs the medians, and the most memory."""

    seconds: float
    cpu_seconds: float
    peak_mib: float


def run_once(time_it, command):
    done = subprocess.run([time_it, *command], capture_output=True, text=True, errors="replace")
    if done.returncode == 0:
        seconds, cpu_seconds, peak_kib, status = done.stdout.split()
        if status == "0":
            return Figure(float(seconds), float(cpu_seconds), int(peak_kib) / 1024)
    sys.exit(f"{' '.join(command)} failed: {done.stdout}{done.stderr}")


def measure(time_it, commands, runs):
    """Figures by name, of @commands run turn about."""
    samples = {name: [run_once(time_it, command)] for name, command in commands.items()}
    # What is fast has only been warmed up by that.
    samples = {name: first if first[0].seconds > SLOW else [] for name, first in samples.items()}
    for turn in range(runs):
        for name, command in commands.items():
            slow = samples[name] and samples[name][0].seconds > SLOW
            if not slow or turn < 2:
                samples[name].append(run_once(time_it, command))
    return {
        name: Figure(statistics.median(one.seconds for one in taken),
                     statistics.median(one.cpu_seconds for one in taken),
                     max(one.peak_mib for one in taken))
        for name, taken in samples.items()
    }


def measure_commands(build, figures, commands):
    """Those that are installed; added to @figures."""
    commands = {name: command for name, command in commands.items() if shutil.which(command[0])}
    taken = measure(os.path.join(build, "tests", "bench", "time-it"), commands, figures["runs"])
    figures.setdefault("commands", {}).update({name: asdict(figure) for name, figure in taken.items()})
    return taken


def ratio(taken, target, mine, *theirs):
    """A row, if all were there."""
    if all(name in taken for name in theirs):
        total = sum(taken[name].seconds for name in theirs)
        yield Row(f"{mine} : {' + '.join(theirs)}", taken[mine].seconds / total, target)


def command_line(build, figures):
    """The rows about porthole-cli; figures by name are added to @figures."""
    cli = os.path.join(build, "src", "porthole-cli")
    bench = os.path.join(build, "tests", "bench")
    commands = {
        "porthole-cli -tan": [cli, "-tan"],
        "ss -tan": ["ss", "-tan"],
        "netstat -tan": ["netstat", "-tan"],
        "bare dump": [os.path.join(bench, "bare-dump")],
        "porthole-cli -tanp": [cli, "-tanp"],
        "ss -tanp": ["ss", "-tanp"],
        "bare walk": [os.path.join(bench, "bare-walk")],
    }
    taken = measure_commands(build, figures, commands)
    yield from ratio(taken, 0.7, "porthole-cli -tan", "ss -tan")
    yield from ratio(taken, 1.6, "porthole-cli -tan", "bare dump")
    yield from ratio(taken, 0.10, "porthole-cli -tanp", "ss -tanp")
    yield from ratio(taken, 1.0, "porthole-cli -tanp", "bare dump", "bare walk")
    yield Row("peak memory of porthole-cli -tanp", taken["porthole-cli -tanp"].peak_mib, 96, "MiB")


def window(build, figure, argument, *options):
    """One figure of window.py, from a display of its own; None, and the reason on stderr, where there can be none."""
    done = subprocess.run([os.path.join(HERE, "..", "with-display"), "/usr/bin/python3", os.path.join(HERE, "window.py"),
                           build, figure, str(argument), *options], stdout=subprocess.PIPE, text=True)
    if done.returncode == namespace.SKIP:
        print(done.stdout.strip(), file=sys.stderr)
        return None
    if done.returncode:
        sys.exit(f"window.py {figure} failed")
    return json.loads(done.stdout)


def window_on_many(build, figures, herd):
    herd.stir()
    calm = window(build, "measure", figures["seconds"])
    if not calm:
        return
    disturbed = window(build, "disturb", figures["seconds"])
    herd.rest()
    start = window(build, "start", 1)
    figures["window, many"] = {"calm": calm, "disturbed": disturbed, "start": start}

    yield Row("window: lateness of a 5 ms timer, p99", calm["stall_ms"]["p99"], 16, "ms")
    yield Row("window: the same, max", calm["stall_ms"]["max"], 50, "ms")
    yield Row("window, filter typed, columns sorted: p99", disturbed["stall_ms"]["p99"], 33, "ms")
    yield Row("window, filter typed, columns sorted: max", disturbed["stall_ms"]["max"], 100, "ms")
    yield Row("owners, warm : cold", calm["owners_ms"]["p50"] / calm["first_owners_ms"], 0.05)
    yield Row("window’s memory above an empty one’s", calm["rss_mib"] - start["empty_mib"], 100, "MiB")


def window_on_few(build, figures, herd):
    start = window(build, "start", figures["runs"])
    if not start:
        return
    refresh = window(build, "refresh", figures["seconds"])
    idle = window(build, "idle", 5)
    watch = window(build, "background", figures["seconds"] * WATCHED_FOR)
    peers = measure(os.path.join(build, "tests", "bench", "time-it"),
                    {"ss -tunap": ["ss", "-tunap"], "ss -tuln": ["ss", "-tuln"]}, figures["runs"])
    peer = peers["ss -tunap"]
    listing = peers["ss -tuln"].cpu_seconds * watch["seconds"] / WATCH_INTERVAL
    figures["window, few"] = {"sockets": herd.sockets, "start": start, "refresh": refresh, "idle": idle,
                              "background": watch, "ss_cpu_ms": peer.cpu_seconds * 1000,
                              "ss_listening_cpu_ms": peers["ss -tuln"].cpu_seconds * 1000}

    yield Row("300 sockets: processor per refresh : ss -tunap", refresh["cpu_ms"] / 1000 / peer.cpu_seconds, 1.0)
    yield Row("in the background: processor : ss -tuln every 2 s", watch["cpu_ms"] / 1000 / listing, 1.0)
    yield Row("paused: wake-ups in 5 s above an empty window’s", idle["paused"] - idle["empty"], 0, "")
    yield Row("hidden: wake-ups in 5 s above an empty window’s", idle["hidden"] - idle["empty"], 0, "")
    yield Row("300 sockets: first rows : an empty window", start["rows_ms"] / start["empty_ms"], 1.4)
    yield Row("300 sockets: memory above an empty window’s", start["mib"] - start["empty_mib"], 16, "MiB")


def growth(build, figures):
    done = subprocess.run([os.path.join(build, "tests", "model", "bench-model"), "--json"], check=True,
                          stdout=subprocess.PIPE, text=True)
    figures["growth"] = json.loads(done.stdout)
    for what, (small, large) in figures["growth"].items():
        yield Row(f"10,000 to 100,000 rows: {what}", large / small, 13)


def routes_on_the_command_line(build, figures):
    cli = os.path.join(build, "src", "porthole-cli")
    address = "10.0.0.7"  # the eighth
    taken = measure_commands(build, figures, {
        "porthole-cli -rn --all-tables": [cli, "-rn", "--all-tables"],
        "ip route show table all": ["ip", "route", "show", "table", "all"],
        "porthole-cli -rn4": [cli, "-rn4"],
        "netstat -rn": ["netstat", "-rn"],
        "porthole-cli --route-to": [cli, "--route-to", address],
        "ip route get": ["ip", "route", "get", address],
    })
    yield from ratio(taken, 1.0, "porthole-cli -rn --all-tables", "ip route show table all")
    yield from ratio(taken, 1.0, "porthole-cli -rn4", "netstat -rn")
    yield from ratio(taken, 2.0, "porthole-cli --route-to", "ip route get")
    yield Row("peak memory of porthole-cli -rn --all-tables", taken["porthole-cli -rn --all-tables"].peak_mib, 64, "MiB")


def routes_in_the_window(build, figures, routes):
    page = ("-r", "--all-tables")
    calm = window(build, "measure", figures["seconds"], *page)
    if not calm:
        return
    routes.stir()
    stirred = window(build, "measure", figures["seconds"], *page)
    disturbed = window(build, "disturb", figures["seconds"], *page)
    routes.rest()
    start = window(build, "start", 3, *page)
    figures["window, routes"] = {"calm": calm, "stirred": stirred, "disturbed": disturbed, "start": start}

    yield Row("routes: first rows : an empty window", start["rows_ms"] / start["empty_ms"], 4)
    yield Row("routes come and go: lateness of a 5 ms timer, p99", stirred["stall_ms"]["p99"], 16, "ms")
    yield Row("routes come and go: the same, max", stirred["stall_ms"]["max"], 50, "ms")
    yield Row("routes come and go: table brought up to date, max", stirred["sync_ms"]["max"], 16, "ms")
    yield Row("routes come and go: share of a processor",
              stirred["cpu_ms_per_poll"] * stirred["polls"] / 1000 / figures["seconds"], 0.5, "")
    yield Row("the same, filter typed, columns sorted: p99", disturbed["stall_ms"]["p99"], 33, "ms")
    yield Row("the same, filter typed, columns sorted: max", disturbed["stall_ms"]["max"], 100, "ms")
    yield Row("routes: memory above an empty window’s", calm["rss_mib"] - start["empty_mib"], 100, "MiB")


GROUPS = ["cli", "many", "few", "growth", "routes"]


def take(build, figures, groups):
    """All rows of @groups."""
    rows = []
    # Before the many, which leave a minute's worth of TIME_WAIT behind.
    if "few" in groups:
        with Herd(FEW, FEW_PROCESSES) as herd:
            rows += window_on_few(build, figures, herd)
    if "cli" in groups or "many" in groups:
        processes = max(1, figures["sockets"] // SOCKETS_PER_PROCESS)
        with Herd(figures["sockets"], processes, CHURN) as herd:
            figures.update(sockets=herd.sockets, processes=herd.processes)
            if "cli" in groups:
                rows += command_line(build, figures)
            if "many" in groups:
                rows += window_on_many(build, figures, herd)
    if "growth" in groups:
        rows += growth(build, figures)
    if "routes" in groups:
        with Routes(figures["routes"], CHURN) as routes:
            rows += routes_on_the_command_line(build, figures)
            rows += routes_in_the_window(build, figures, routes)
    return rows


def first_of(path, name):
    """What stands behind NAME and a colon in a file of /proc."""
    with open(path, encoding="utf-8", errors="replace") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), "")


def machine():
    return {"processor": first_of("/proc/cpuinfo", "model name"), "processors": os.cpu_count(),
            "kernel": platform.release(), "memory": first_of("/proc/meminfo", "MemTotal")}


def show(rows, figures):
    print(f"{figures['sockets']} TCP sockets in {figures.get('processes', 'no')} processes; {figures['routes']} routes; "
          f"median of {figures['runs']} runs")
    print(", ".join(f"{name} {value}" for name, value in figures["machine"].items()))
    print()
    for name, figure in figures.get("commands", {}).items():
        print(f"  {name:30} {figure['seconds'] * 1000:9.1f} ms {figure['cpu_seconds'] * 1000:9.1f} ms of processor "
              f"{figure['peak_mib']:9.1f} MiB")
    print()
    print(f"  {'what':56} {'measured':>12} {'at most':>12}  met")
    for row in rows:
        print(f"  {row.what:56} {row.measured:8.2f} {row.unit:3} {row.target:8.2f} {row.unit:3}  "
              f"{'yes' if row.met else 'NO'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", help="the build folder")
    parser.add_argument("--only", default=",".join(GROUPS), help="some of the groups, with commas between them")
    parser.add_argument("--sockets", type=int, default=80_000, help="how many are many")
    parser.add_argument("--routes", type=int, default=100_000, help="how many are many of these")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=20, help="how long the window is looked at")
    parser.add_argument("--json", action="store_true", help="one JSON object, for tools")
    options = parser.parse_args()

    groups = options.only.split(",")
    if unknown := set(groups) - set(GROUPS):
        parser.error(f"no such group: {', '.join(unknown)}; there are {', '.join(GROUPS)}")

    namespace.enter()
    figures = {"sockets": options.sockets, "routes": options.routes, "runs": options.runs, "seconds": options.seconds, "machine": machine()}
    rows = take(os.path.abspath(options.build), figures, groups)
    if options.json:
        print(json.dumps({**figures, "rows": [{**asdict(row), "met": row.met} for row in rows]}, indent=2))
    else:
        show(rows, figures)


if __name__ == "__main__":
    main()
