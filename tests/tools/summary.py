#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""summary.py RUN:LOG...: adds up runs of `meson test`, prints every skip and failure, and one line with the sums.

LOG is a meson-logs/testlog.json, or "built" or "broken" for a build that is a test by itself. A program that speaks TAP, or
as Python's unittest does when verbose, counts as many tests as it reports; any other counts as one. The exit code is 0
only where nothing failed.
"""
import json
import re
import sys

TAP_LINE = re.compile(r'(not )?ok\b\s*(?:\d+)?\s*-?\s*([^#]*?)\s*(?:#\s*(SKIP|TODO)\S*\s*(.*))?$', re.IGNORECASE)
UNITTEST_LINE = re.compile(r'(.*?) \.\.\. (ok|FAIL|ERROR|skipped)\b\s*(.*)$')
UNITTEST_END = re.compile(r'^Ran \d+ tests? in ', re.MULTILINE)
TAP_SKIP_ALL = re.compile(r'1\.\.0\s*#\s*SKIP\S*\s*(.*)$', re.IGNORECASE)


class Sums:
    def __init__(self):
        self.passed = 0
        self.failed = []
        self.skipped = []

    def add(self, verdict, name, reason=''):
        if verdict == 'pass':
            self.passed += 1
        else:
            getattr(self, verdict).append((name, ' '.join(reason.split()) or 'no reason given'))


def last_line(*texts):
    """What a program said last: its reason for skipping or for giving up."""
    for text in texts:
        lines = [line.strip() for line in (text or '').splitlines() if line.strip()]
        if lines:
            return lines[-1]
    return ''


def tap_results(text):
    """(verdict, name, reason) for each result a TAP stream reports at its outer level."""
    for line in text.splitlines():
        if skip_all := TAP_SKIP_ALL.match(line):
            yield 'skipped', '', skip_all[1]
        elif result := TAP_LINE.match(line):
            bad, name, directive, reason = result.groups()
            if directive and directive.upper() == 'SKIP':
                yield 'skipped', name, reason
            elif bad and not directive:
                yield 'failed', name, 'not ok'
            else:
                yield 'pass', name, ''


def unittest_results(text):
    """The same for the report of Python's unittest."""
    if UNITTEST_END.search(text):
        for line in text.splitlines():
            if result := UNITTEST_LINE.match(line):
                name, verdict, reason = result.groups()
                yield {'ok': 'pass', 'skipped': 'skipped'}.get(verdict, 'failed'), name, reason.strip('\'"') or verdict


def add_test(sums, run, test):
    """One entry of a testlog."""
    name = f"{run}: {test['name'].split(':')[-1]}"
    verdict = test['result']
    output = test.get('stdout') or ''
    results = list(tap_results(output)) or list(unittest_results(test.get('stderr') or ''))
    for result, subtest, reason in results:
        sums.add(result, f'{name} {subtest}'.strip(), reason)
    if verdict in ('OK', 'EXPECTEDFAIL', 'SKIP'):
        if not results:
            reason = last_line(output, test.get('stderr'))
            sums.add('skipped' if verdict == 'SKIP' else 'pass', name, reason)
    elif not any(result == 'failed' for result, _, _ in results):
        # It crashed, ran out of time, or failed without saying where.
        gave_up = '\n'.join(line for line in output.splitlines() if line.startswith('Bail out!'))
        sums.add('failed', name, f"{verdict.lower()}: {last_line(gave_up, test.get('stderr'), output)}")


def add_run(sums, run, log):
    if log == 'built':
        sums.add('pass', f'{run}: build')
    elif log == 'broken':
        sums.add('failed', f'{run}: build', 'does not build without a warning')
    else:
        try:
            with open(log, encoding='utf-8', errors='replace') as lines:
                tests = [json.loads(line) for line in lines if line.strip()]
        except OSError as error:
            tests = []
            sums.add('failed', f'{run}: tests', f'were not run: {error.strerror}')
        for test in tests:
            add_test(sums, run, test)


def main():
    sums = Sums()
    for argument in sys.argv[1:]:
        add_run(sums, *argument.split(':', 1))
    for title, entries in (('Skipped', sums.skipped), ('Failed', sums.failed)):
        if entries:
            print(f'{title}:')
            for name, reason in entries:
                print(f'  {name}: {reason}')
    print(f'{sums.passed} passed, {len(sums.failed)} failed, {len(sums.skipped)} skipped')
    return 1 if sums.failed or not sums.passed else 0


if __name__ == '__main__':
    sys.exit(main())
