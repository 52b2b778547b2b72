# SPDX-License-Identifier: GPL-3.0-or-later
"""A few lines of TAP for tests in Python: a test is a function, and its name is the test's name."""
import sys
import traceback


class Skip(Exception):
    """Raised by a test that cannot run here; says why."""


def run(tests, in_order=False):
    """Runs TESTS, reports each, and ends the program. With in_order each step needs the one before it."""
    failed = False
    print(f'1..{len(tests)}')
    for number, test in enumerate(tests, 1):
        name = f'{number} - {test.__name__.replace("_", " ")}'
        if failed and in_order:
            print(f'not ok {name} # not reached')
            continue
        try:
            test()
        except Skip as reason:
            print(f'ok {name} # SKIP {reason}')
        except Exception:
            failed = True
            print(f'not ok {name}')
            for line in traceback.format_exc().splitlines():
                print('#', line[:400])
        else:
            print(f'ok {name}')
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


def skip_all(reason):
    print(f'1..0 # SKIP {reason}')
    sys.exit(0)
