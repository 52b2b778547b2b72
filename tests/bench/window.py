# SPDX-License-Identifier: GPL-3.0-or-later
"""window.py BUILD FIGURE ARGUMENT [OPTION...]: one figure about the window, as JSON; run under with-display.

OPTIONs are the window's: the page and what is on it.

measure SECONDS   what `porthole --measure` says, nobody touching it
disturb SECONDS   the same while a filter is typed and erased, and titles are clicked, by xdotool: the way a person does
start RUNS        first frames and memory of an empty window and of Porthole, turn about
refresh SECONDS   processor time per refresh, seen from outside: the timer of --measure costs some itself
idle SECONDS      how often the paused, the hidden and an empty window wake up
background SECONDS  processor time of `porthole --background`, which keeps watch and has no window
"""

import ctypes
import json
import os
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journey"))

INTERVAL = 1.0  # seconds: the default
LOOK = 0.05
SETTLED = 3.0  # seconds after which a window has shown its rows and told everybody who wants to know
CONNECTIONS = "127.0.1", ("Local port", "State", "Remote address", "Process")  # what is typed, which titles are clicked
ROUTES = "10.0.1", ("Destination", "Gateway", "Metric", "Flags")
READY_TIMEOUT = 60


def xdotool(*words):
    return subprocess.run(["xdotool", *words], check=True, capture_output=True, text=True).stdout


def read_json(command):
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


class Program:
    """A window that is ended by force: nothing of it is kept."""

    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def window(self):
        return xdotool("search", "--sync", "--onlyvisible", "--pid", str(self.process.pid)).split()[0]

    def _sleeps(self):
        """How often each of its threads has gone to sleep so far: once for each time it woke up."""
        folder = f"/proc/{self.process.pid}/task"
        sleeps = {}
        for thread in os.listdir(folder):
            try:
                with open(os.path.join(folder, thread, "status"), encoding="ascii", errors="replace") as lines:
                    sleeps[thread] = next(int(line.split()[1]) for line in lines
                                          if line.startswith("voluntary_ctxt_switches"))
            except (FileNotFoundError, ProcessLookupError):
                pass  # ended since
        return sleeps

    def wakeups(self, seconds, enough=None):
        """How often a thread of it wakes up in so many seconds, or until there have been enough. A thread that ends
        takes its count with it, so it is looked at often, and the end is one wake-up itself."""
        total, before = 0, self._sleeps()
        end = time.monotonic() + seconds
        while time.monotonic() < end and (enough is None or total < enough):
            time.sleep(LOOK)
            now = self._sleeps()
            total += sum(count - before.get(thread, 0) for thread, count in now.items())
            total += len(before.keys() - now.keys())
            before = now
        return total

    def cpu(self):
        """Processor time of all its threads so far, those that have ended too, in seconds. Not from /proc/PID/stat,
        which counts in hundredths."""
        clock = ctypes.c_int()
        if error := ctypes.CDLL(None).clock_getcpuclockid(self.process.pid, ctypes.byref(clock)):
            raise OSError(error, os.strerror(error))
        return time.clock_gettime(clock.value)


def find_titles(porthole, wanted, options):
    """Where the titles of the columns are on the screen: a look with the eyes of a screen reader, at a window that is
    not measured."""
    import driver  # needs gi, which only this does

    application = driver.Application([porthole, *options], environment={"GTK_A11Y": "atspi"})
    try:
        headers = driver.wait(lambda: {application.label(part): part.box for part in application.headers()}, "titles")
        left, top = application.origin()
    finally:
        application.stop()
    return [(left + x + width // 2, top + y + height // 2)
            for x, y, width, height in (headers[title] for title in wanted if title in headers)]


def disturb(typed, titles, until):
    while not until.is_set():
        for x, y in titles:
            xdotool("mousemove", str(x), str(y + 200))
            xdotool("type", "--delay", "120", typed)
            xdotool("mousemove", str(x), str(y), "click", "1")
            xdotool("mousemove", str(x), str(y + 200))
            xdotool("key", "--delay", "60", *["BackSpace"] * len(typed))
            if until.wait(0.3):
                return


def measure(porthole, seconds, options):
    return read_json([porthole, "--measure", seconds, *options])


def measure_disturbed(porthole, seconds, options):
    typed, wanted = ROUTES if "-r" in options else CONNECTIONS
    titles = find_titles(porthole, wanted, options or ["--filter", "proto:tcp"])
    if not titles:
        raise RuntimeError("the titles of the columns were not found")
    over = threading.Event()
    with Program(porthole, "--measure", seconds, *options) as program:
        program.window()
        time.sleep(SETTLED)
        hands = threading.Thread(target=disturb, args=(typed, titles, over))
        hands.start()
        try:
            return json.loads(program.process.communicate()[0])
        finally:
            over.set()
            hands.join()


def start(porthole, empty, runs, options):
    taken = {"empty_ms": [], "empty_mib": [], "rows_ms": [], "mib": []}
    for _ in range(int(runs) + 1):
        figures = read_json([empty, "1"])
        taken["empty_ms"].append(figures["first_frame_ms"])
        taken["empty_mib"].append(figures["rss_mib"])
        figures = read_json([porthole, "--measure", "1.5", *options])
        taken["rows_ms"].append(figures["first_rows_ms"])
        taken["mib"].append(figures["rss_mib"])
    # The first has only warmed up the others.
    return {name: statistics.median(values[1:]) for name, values in taken.items()}


def refresh(porthole, seconds):
    with Program(porthole) as program:
        program.window()
        time.sleep(SETTLED)
        before = program.cpu()
        time.sleep(float(seconds))
        return {"cpu_ms": (program.cpu() - before) * 1000 / (float(seconds) / INTERVAL)}


def background(porthole, seconds):
    with Program(porthole, "--background") as program:
        time.sleep(SETTLED)
        before = program.cpu()
        woken = program.wakeups(float(seconds))
        if woken < float(seconds) / 4:
            raise RuntimeError(f"it does not keep watch: {woken} wake-ups in {seconds} s")
        return {"seconds": float(seconds), "cpu_ms": (program.cpu() - before) * 1000, "wakeups": woken}


def hide(window):
    """As a window manager says that a window is minimized; there is none here."""
    subprocess.run(["xprop", "-id", window, "-f", "_NET_WM_STATE", "32a", "-set", "_NET_WM_STATE",
                    "_NET_WM_STATE_HIDDEN"], check=True, stdout=subprocess.DEVNULL)


def pause(window):
    xdotool("key", "--window", window, "F6")


def count_wakeups(command, seconds, action):
    with Program(*command) as program:
        window = program.window()
        time.sleep(SETTLED)
        if action:
            # On a busy machine that may take longer than a refresh.
            if not program.wakeups(READY_TIMEOUT, enough=1):
                raise RuntimeError("the window did nothing even before it was to do nothing")
            action(window)
            time.sleep(SETTLED)
        return program.wakeups(float(seconds))


def watch_nothing():
    """Alerts are off from now on: what keeps watch in the background is measured by itself."""
    folder = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "keyfile"), "w", encoding="ascii") as settings:
        settings.write("[org/porthole/Porthole]\nalerts=false\n")
    os.environ["GSETTINGS_BACKEND"] = "keyfile"


def idle(porthole, empty, seconds):
    watch_nothing()
    return {"empty": count_wakeups([empty, "100"], seconds, None),
            "paused": count_wakeups([porthole], seconds, pause),
            "hidden": count_wakeups([porthole], seconds, hide)}


def main():
    build, figure, argument, *options = sys.argv[1:]
    os.environ["GSETTINGS_SCHEMA_DIR"] = os.path.join(build, "data")
    os.environ["GTK_A11Y"] = "none"
    porthole = os.path.join(build, "src", "porthole")
    empty = os.path.join(build, "tests", "bench", "empty-window")
    print(json.dumps({
        "measure": lambda: measure(porthole, argument, options),
        "disturb": lambda: measure_disturbed(porthole, argument, options),
        "start": lambda: start(porthole, empty, argument, options),
        "refresh": lambda: refresh(porthole, argument),
        "background": lambda: background(porthole, argument),
        "idle": lambda: idle(porthole, empty, argument),
    }[figure]()))


if __name__ == "__main__":
    main()
