# SPDX-License-Identifier: GPL-3.0-or-later
"""A network namespace of the test's own, with nothing in it but a loopback interface that is up.

Where that can be had, with processes of its own too: whatever else goes on here then neither shows nor takes time, and
nothing is left behind. No privilege is needed where user namespaces are allowed. Where they are not the test is skipped,
and says why.
"""

import os
import subprocess
import sys

SKIP = 77  # what meson takes for "skipped"
INSIDE = "PORTHOLE_TEST_NAMESPACE"


def skip(reason):
    print("skipped:", reason, flush=True)
    sys.exit(SKIP)


def enter(deny=skip):
    """Starts this very program again inside, with the same arguments; returns there. @deny is called with the reason
    where that cannot be, and ends the program."""
    if os.environ.get(INSIDE):
        return
    network = ["--net"] if os.geteuid() == 0 else ["--user", "--map-root-user", "--net"]
    reason = ""
    for options in ([*network, "--pid", "--fork", "--kill-child", "--mount-proc"], network):
        try:
            trial = subprocess.run(["unshare", *options, "ip", "link", "set", "lo", "up"], capture_output=True, text=True)
        except FileNotFoundError as error:
            deny(f"{error.filename} is not installed")
        if trial.returncode == 0:
            os.environ[INSIDE] = "1"
            os.execvp("unshare", ["unshare", *options, "sh", "-c", 'ip link set lo up && exec "$@"', "sh",
                                  sys.executable, *sys.argv])
        reason = trial.stderr.strip()
    deny(f"no network namespace of our own here: {reason}")
