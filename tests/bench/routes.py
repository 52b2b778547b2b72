# SPDX-License-Identifier: GPL-3.0-or-later
"""Many routes, to measure on: most of them IPv4 in the main table, some in another table, some IPv6.

`with Routes(100_000, churn=500) as routes:` gives them once all are there. From `routes.stir()` to `routes.rest()` so many
(`churn`) a second are added, and as many taken away.
"""

import subprocess
import threading

LINK = "bench0"
MAKE_LINK = f"""
link add {LINK} type veth peer name bench1
link set {LINK} up
link set bench1 up
address add 192.0.2.1/24 dev {LINK}
address add 2001:db8::1/64 dev {LINK} nodad
"""
IPV6_SHARE = 5  # one of so many
OTHER_TABLE_SHARE = 10
ROUTERS = 200
ALIVE = 1000  # of those that come and go
TICK = 0.05  # seconds


def _ipv4(number):
    way = f"{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    table = " table 100" if number % OTHER_TABLE_SHARE == 0 else ""
    return f"route add {10 + (number >> 24)}.{way}/32 via 192.0.2.{2 + number % ROUTERS}{table}"


def _ipv6(number):
    return f"route add 2001:db8:{1 + (number >> 16):x}:{number & 0xFFFF:x}::/64 via 2001:db8::{2 + number % ROUTERS:x}"


def _allow_many():
    try:
        with open("/proc/sys/net/ipv6/route/max_size", "w", encoding="ascii") as file:
            file.write("1000000")
    except OSError:
        pass  # a kernel that has no such limit, or keeps it from us: then it shows below


class Routes:
    def __init__(self, count, churn=0):
        self.count = count
        self.churn = churn
        self.over = threading.Event()
        self.hands = None

    def __enter__(self):
        ipv6 = self.count // IPV6_SHARE
        lines = [_ipv4(number) for number in range(self.count - ipv6)] + [_ipv6(number) for number in range(ipv6)]
        _allow_many()
        subprocess.run(["ip", "-batch", "-"], input=MAKE_LINK + "\n".join(lines) + "\n", text=True, check=True)
        return self

    def __exit__(self, *_):
        self.rest()
        subprocess.run(["ip", "link", "delete", LINK], check=True)  # with all its routes

    def stir(self):
        self.over.clear()
        self.hands = threading.Thread(target=self._come_and_go)
        self.hands.start()

    def rest(self):
        if self.hands:
            self.over.set()
            self.hands.join()
            self.hands = None

    def _come_and_go(self):
        process = subprocess.Popen(["ip", "-force", "-batch", "-"], stdin=subprocess.PIPE, text=True,
                                   stderr=subprocess.DEVNULL)
        number = 0
        while not self.over.wait(TICK):
            for _ in range(max(1, int(self.churn * TICK))):
                process.stdin.write(f"route replace 172.16.{number % ALIVE >> 8}.{number % ALIVE & 255}/32 "
                                    f"via 192.0.2.{2 + number % ROUTERS}\n")
                gone = (number + ALIVE // 2) % ALIVE
                process.stdin.write(f"route del 172.16.{gone >> 8}.{gone & 255}/32\n")
                number += 1
            process.stdin.flush()
        process.stdin.close()
        process.wait()
