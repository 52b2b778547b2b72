# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares what Porthole says with what another program says of the same, field by field.

The kernel goes on counting meanwhile: the other program is asked before and after, and a number that moves must lie
between its two answers. What differs is looked at again a few times before it is called a difference.
"""

import csv
import io
import json
import time

import porthole

ATTEMPTS = 6


def settle(differences):
    """Calls @differences, which returns a list of them, until it is empty."""
    for attempt in range(ATTEMPTS):
        found = differences()
        if not found:
            return
        time.sleep(0.1 * attempt)
    raise AssertionError(f"{len(found)} differences\n" + "\n".join(found[:40]))


def fits(said, before, after, slack=0):
    if said in (before, after):
        return True
    if any(isinstance(value, (bool, str, list, type(None))) for value in (said, before, after)):
        return False
    return min(before, after) - slack <= said <= max(before, after) + slack


def differences(mine, before, after, slack=None):
    """All three: rows by key, compared by what the others' rows tell. @slack: by name of a field, how much is still the
    same."""
    found = [f"{key}: is missing: {before[key]}" for key in before.keys() & after.keys() - mine.keys()]
    found += [f"{key}: nobody else has it: {mine[key]}" for key in mine.keys() - before.keys() - after.keys()]
    for key in mine.keys() & before.keys() & after.keys():
        for name, value in before[key].items():
            if not fits(mine[key].get(name), value, after[key][name], (slack or {}).get(name, 0)):
                found.append(f"{key}: {name} is {mine[key].get(name)!r}, not {value!r} or {after[key][name]!r}")
    return found


def numbered(rows, *names):
    """Rows by the values of @names, and a number where several have the same, in their order."""
    found = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        found[key + (sum(other[:-1] == key for other in found),)] = row
    return found


def as_csv_has_it(value):
    """A value of JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = str(value)
    return "'" + text if isinstance(value, str) and text[:1] in ("=", "+", "-", "@") else text


def csv_and_json(*arguments, moving=()):
    """Differences between the two; of the columns @moving only that both have something, or not."""
    columns = ",".join(name for name in porthole.column_ids(*arguments) if name not in ("graph", "traffic"))
    done = porthole.run(*arguments, "--format", "csv", "--columns", columns)
    told = json.loads(porthole.run(*arguments, "--format", "json", "--columns", columns).stdout)
    table = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
    found = [] if len(told) == len(table) > 0 else [f"{len(table)} rows as csv, {len(told)} as json"]
    for row, line in zip(told, table):
        for name, value in row.items():
            expected = as_csv_has_it(value)
            if line[name] != expected and not (name in moving and bool(line[name]) == bool(expected)):
                found.append(f"{line}: {name} is {line[name]!r}, and {value!r} in json")
    return found
