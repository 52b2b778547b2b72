#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench.py BUILD [--sockets N] [--runs N] [--json]: how Porthole compares with its peers, in ratios.

Everything runs in a network namespace of its own, on a herd of loopback connections, peers and Porthole turn about, and
medians are compared: ratios carry over from machine to machine, times do not. A figure that misses its target is shown
as such and is no failure.
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

SOCKETS_PER_PROCESS = 1000
SLOW = 1.0  # seconds: what takes longer is run three times and no more


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
    commands = {name: command for name, command in commands.items() if shutil.which(command[0])}
    taken = measure(os.path.join(bench, "time-it"), commands, figures["runs"])
    figures["commands"] = {name: asdict(figure) for name, figure in taken.items()}

    def ratio(what, target, mine, *theirs):
        if all(name in taken for name in theirs):
            total = sum(taken[name].seconds for name in theirs)
            yield Row(what, taken[mine].seconds / total, target)

    yield from ratio("porthole-cli -tan : ss -tan", 0.7, "porthole-cli -tan", "ss -tan")
    yield from ratio("porthole-cli -tan : bare dump", 1.6, "porthole-cli -tan", "bare dump")
    yield from ratio("porthole-cli -tanp : ss -tanp", 0.10, "porthole-cli -tanp", "ss -tanp")
    yield from ratio("porthole-cli -tanp : bare dump + bare walk", 1.0, "porthole-cli -tanp", "bare dump", "bare walk")
    yield Row("peak memory of porthole-cli -tanp", taken["porthole-cli -tanp"].peak_mib, 96, "MiB")


# Each takes the build folder and the dict of figures, and yields rows.
MEASUREMENTS = [command_line]


def machine():
    model = ""
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return {"processor": model, "processors": os.cpu_count(), "kernel": platform.release()}


def show(rows, figures):
    print(f"{figures['sockets']} TCP sockets in {figures['processes']} processes; median of {figures['runs']} runs")
    print(", ".join(f"{name} {value}" for name, value in figures["machine"].items()))
    print()
    for name, figure in figures.get("commands", {}).items():
        print(f"  {name:22} {figure['seconds'] * 1000:9.1f} ms {figure['cpu_seconds'] * 1000:9.1f} ms of processor "
              f"{figure['peak_mib']:9.1f} MiB")
    print()
    print(f"  {'what':44} {'measured':>12} {'at most':>12}  met")
    for row in rows:
        print(f"  {row.what:44} {row.measured:8.2f} {row.unit:3} {row.target:8.2f} {row.unit:3}  "
              f"{'yes' if row.met else 'NO'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", help="the build folder")
    parser.add_argument("--sockets", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--json", action="store_true", help="one JSON object, for tools")
    options = parser.parse_args()

    namespace.enter()
    processes = max(1, options.sockets // SOCKETS_PER_PROCESS)
    with Herd(options.sockets, processes) as herd:
        figures = {"sockets": herd.sockets, "processes": herd.processes, "runs": options.runs, "machine": machine()}
        rows = [row for take in MEASUREMENTS for row in take(os.path.abspath(options.build), figures)]
    if options.json:
        print(json.dumps({**figures, "rows": [{**asdict(row), "met": row.met} for row in rows]}, indent=2))
    else:
        show(rows, figures)


if __name__ == "__main__":
    main()
