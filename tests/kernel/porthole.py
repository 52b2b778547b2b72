# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs porthole-cli, whose path is in PORTHOLE_CLI, and reads what it says."""

import json
import os
import re
import subprocess

CLI = os.environ.get("PORTHOLE_CLI", "porthole-cli")
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")  # all but tab, CR and LF


def run(*arguments, **options):
    """A CompletedProcess with bytes."""
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    return subprocess.run([CLI, *arguments], timeout=60, **options)


def column_ids(*arguments):
    """Those of the table that @arguments ask for."""
    listed = run(*arguments, "--columns", "help").stdout.decode()
    return [line.split()[0] for line in listed.splitlines()]


def rows(*arguments, columns=None):
    """What it says as JSON, with all columns; anything on stderr is a failure."""
    done = run(*arguments, "--format", "json", "--columns", ",".join(columns or column_ids(*arguments)))
    if done.returncode != 0 or done.stderr:
        raise AssertionError(f"{arguments}: exit {done.returncode}: {done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout)


def sanitized(data):
    """Bytes from outside as they must be shown: nothing that acts, nothing lost."""
    shown = ""
    for one in data.decode("utf-8", errors="surrogateescape"):
        code = ord(one)
        if 0xDC80 <= code <= 0xDCFF:
            shown += f"\\x{code - 0xDC00:02X}"
        elif code < 0x20 or code == 0x7F:
            shown += f"\\x{code:02X}"
        elif 0x80 <= code <= 0x9F:
            shown += f"\\u{{{code:X}}}"
        else:
            shown += one
    return shown
