#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""measure.py BUILD: what `porthole --measure` prints is one JSON object, and can be true. Run under with-display."""
import json
import os
import socket
import subprocess
import sys
import time

import tap

PORTHOLE = os.path.join(sys.argv[1], 'src', 'porthole')
SECONDS = 2.5
SAMPLES = ('collect_ms', 'owners_ms', 'sync_ms', 'stall_ms')
NUMBERS = ('rows', 'polls', 'interval_ms', 'first_collect_ms', 'first_owners_ms', 'first_rows_ms', 'rss_mib',
           'cpu_ms_per_poll')
MIB = 1 << 20

# Something to count.
sockets = [socket.create_server(('127.0.0.1', 0)) for _ in range(20)]


def measure(*arguments):
    began = time.monotonic()
    done = subprocess.run([PORTHOLE, *arguments], stdout=subprocess.PIPE, text=True, timeout=60, check=True)
    return done.stdout, (time.monotonic() - began) * 1000


def one_object_with_all_keys():
    global figures, took_ms
    output, took_ms = measure('--measure', str(SECONDS))
    assert output.endswith('\n') and output.count('\n') == 1, output
    figures = json.loads(output)
    assert sorted(figures) == sorted(SAMPLES + NUMBERS), sorted(figures)
    for name in SAMPLES:
        assert sorted(figures[name]) == ['max', 'p50', 'p99'], figures[name]


def figures_that_can_be():
    assert figures['rows'] >= len(sockets), figures
    assert 1 <= figures['polls'] <= SECONDS + 1 and figures['interval_ms'] >= 1000, figures
    for name in SAMPLES:
        sample = figures[name]
        assert 0 <= sample['p50'] <= sample['p99'] <= sample['max'] <= took_ms, (name, sample)
    assert figures['owners_ms']['max'] <= figures['collect_ms']['max'], figures
    assert 0 < figures['first_owners_ms'] <= figures['first_collect_ms'] < figures['first_rows_ms'], figures
    assert figures['first_rows_ms'] + SECONDS * 1000 <= took_ms + 20, (figures, took_ms)
    assert 5 < figures['rss_mib'] < os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / MIB, figures
    assert 0 < figures['cpu_ms_per_poll'] < took_ms * os.cpu_count(), figures


def a_filter_counts_what_it_leaves():
    port = sockets[0].getsockname()[1]
    output, _ = measure('--measure', '0.3', '-l', '--filter', f'lport:{port}')
    assert json.loads(output)['rows'] == 1, output


def nonsense_is_refused():
    done = subprocess.run([PORTHOLE, '--measure', 'soon'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 2 and not done.stdout and done.stderr, done


figures, took_ms = None, 0
tap.run([one_object_with_all_keys, figures_that_can_be, a_filter_counts_what_it_leaves, nonsense_is_refused],
        in_order=True)
