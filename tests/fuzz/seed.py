#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the first inputs of the decoders' harnesses anew: frames out of tests/fixtures, and some cruel ones."""

import pathlib
import struct

HERE = pathlib.Path(__file__).parent
CORPUS = HERE / "corpus"
FIXTURES = HERE.parent / "fixtures"
BEGIN, NETLINK, TEXT = 1, 2, 3
TCP4, UNIX, PACKET, NETLINK_SOCKETS, VSOCK, LINKS = 1, 15, 16, 17, 18, 19
SERVICES = 24
SCTP4 = 9
LINK_STATS, ADDRESSES, LINK_SETTINGS, GROUPS = 34, 35, 36, 37
ROUTES, NEXTHOPS, RULES, NEIGHBOURS, ROUTE_GET = (25, 26, 27, 28), 29, (30, 31), 32, 33
COUNTERS = (38, 39, 40, 41, 42, 43, LINK_STATS)  # as fuzz-counters.c numbers them


def put(harness, name, content):
    folder = CORPUS / harness
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def frames(path):
    """(request, part, kind, payload) of each data frame."""
    capture = path.read_bytes()
    at, request, part = 8, 0, 0
    while at < len(capture):
        kind, length = struct.unpack_from("=II", capture, at)
        payload = capture[at + 8:at + 8 + length]
        at += 8 + (length + 7) // 8 * 8
        if kind == BEGIN:
            request, _, part = struct.unpack_from("=HHI", payload)
        elif kind in (NETLINK, TEXT):
            yield request, part, kind, payload


def attribute(kind, content, length=None):
    padding = b"\0" * (-len(content) % 4)
    return struct.pack("=HH", 4 + len(content) if length is None else length, kind) + content + padding


def message(content, kind=20, length=None):
    return struct.pack("=IHHII", 16 + len(content) if length is None else length, kind, 0, 0, 0) + content


def piece(content):
    """As fuzz_take() of fuzz-table.h reads it."""
    return struct.pack("=H", len(content)) + content


# struct rtmsg and attributes: 10.0.0.0/8 by next hop object 10, a group in tests/fixtures/nexthops.phframe
ROUTE_BY_ID = message(struct.pack("=BBBBBBBBI", 2, 8, 0, 0, 254, 4, 0, 1, 0) + attribute(1, b"\x0a\0\0\0")
                      + attribute(30, struct.pack("=I", 10)), 24)


def recorded():
    for path in sorted(FIXTURES.glob("*.phframe")):
        put("capture", path.stem, path.read_bytes())
        for n, (request, part, kind, payload) in enumerate(frames(path)):
            name = f"{path.stem}-{n}"
            if request == 0:  # nobody asked: what the kernel tells by itself
                put("activity-events", name, b"\1" + payload)
            elif request > SERVICES:
                if kind == NETLINK:
                    put("route-events", name, payload)
                    if n < 2:
                        put("activity-events", name, bytes([2 * n]) + payload)
                if request in (LINK_STATS, LINK_SETTINGS):
                    put("link", name, bytes([request == LINK_SETTINGS]) + payload)
                elif request == ADDRESSES:
                    put("address", name, payload)
                elif request == GROUPS:
                    put("groups", name, bytes([part, 100]) + payload)
                if request in ROUTES:
                    put("route", name, piece(payload))
                elif request == NEXTHOPS:
                    put("route", name, piece(ROUTE_BY_ID) + payload)
                elif request in RULES:
                    put("rule", name, payload)
                elif request == NEIGHBOURS:
                    put("neighbour", name, payload)
                if request in COUNTERS:
                    put("counters", name, bytes([COUNTERS.index(request), 200]) + payload)
            elif kind == TEXT:
                put("proc-lines", name, bytes([(request - TCP4) << 1 | part]) + payload)
            elif request == LINKS:
                put("link-names", name, payload)
            elif request == UNIX:
                put("unix-diag", name, payload)
            elif request == PACKET:
                put("packet-diag", name, payload)
            elif request == NETLINK_SOCKETS:
                put("netlink-diag", name, payload)
            else:
                put("inet-diag", name, bytes([request - TCP4]) + bytes(7) + payload)


def cruel():
    nested = attribute(0x8000 | 13, attribute(0x8001, attribute(2, b"")) * 9)
    lies = attribute(2, b"x" * 8, 0) + attribute(2, b"y" * 8, 0xffff) + attribute(3, b"z" * 8, 3)
    headers = {
        "inet-diag": struct.pack("=BBBB", 10, 1, 4, 255) + b"\xff" * 68,
        "unix-diag": struct.pack("=BBBBIII", 1, 1, 10, 0, 0, 0, 0),
        "packet-diag": struct.pack("=BBHIII", 17, 3, 3, 1, 1, 0),
        "netlink-diag": struct.pack("=BBBBIIIIII", 16, 3, 16, 1, 1, 2, 3, 4, 0, 0),
        "vsock-diag": struct.pack("=BBBBIIIIIII", 40, 1, 1, 3, 3, 1024, 2, 0xfffffffe, 5, 0xffffffff, 0xffffffff),
    }
    for harness, header in headers.items():
        front = bytes(8) if harness == "inet-diag" else b""
        put(harness, "bare", front + message(header))
        put(harness, "nested", front + message(header + nested) * 2)
        put(harness, "lies", front + message(header + lies) + message(header))
        put(harness, "short", front + message(header[:-1]) + message(b"") + message(header, length=15))
        put(harness, "long", front + message(header) + message(header, length=0xffffffff))
        put(harness, "twice", front + message(header + attribute(0, b"\0\xff\x1b[2J")) * 3)
        put(harness, "control", front + message(b"\0" * 4, kind=2) + message(header, kind=3) + message(header))
    put("link-names", "cruel", message(struct.pack("=BxHiII", 0, 1, 7, 0, 0) + attribute(3, b"\x1b]0;\xe2\x80\xae\0"), 16)
        + message(struct.pack("=BxHiII", 0, 1, -1, 0, 0) + attribute(3, b"a" * 40), 16))
    for name, request, part, text in (
            ("sctp-eps", SCTP4, 0, " ENDPT SOCK STY SST HBKT LPORT UID INODE LADDRS\n"
             "0 0 2 10 29 3868 200 7 192.0.2.1 *2001:db8::1\n0 0 2 10 29 65536 0 7 x\n"),
            ("sctp-assocs", SCTP4, 1, "0 0 2 1 3 0 58 0 0 0 3 44206 38412  192.0.2.1 <-> *198.51.100.7 \t 30000 2\n"),
            ("unix", UNIX, 0, "Num RefCount Protocol Flags Type St Inode Path\n"
             "0: 00000002 00000000 00010000 0001 01 5 /run/\x1b[1m\n0: 2 0 0 1 3 18446744073709551616 @x\n0: 2 0 0 1 3 6"),
            ("packet", PACKET, 0, "sk RefCnt Type Proto Iface R Rmem User Inode\n0 3 3 0003 2 1 832 1000 370215\n"),
            ("netlink", NETLINK_SOCKETS, 0, "0 16 4294967295 00000001 0 0 0 2 0 557\n0 256 1 0 0 0 0 2 0 1\n")):
        put("proc-lines", name, bytes([(request - TCP4) << 1 | part]) + text.encode())
    begin = struct.pack("=HHIq", TCP4, 0, 0, 0)
    put("capture", "empty", b"PHFRAME1")
    put("capture", "long", b"PHFRAME1" + struct.pack("=II", BEGIN, 16) + begin + struct.pack("=II", NETLINK, 0xffffffff))
    put("capture", "lost", b"PHFRAME1" + struct.pack("=II", NETLINK, 3) + b"abc\0\0\0\0\0" + struct.pack("=II", 99, 0))


def links():
    link = struct.pack("=BxHiII", 0, 1, 7, 0xffffffff, 0)
    name = attribute(3, b"\x1b]0;\xe2\x80\xae\0")
    stats = bytes(range(200))
    for kind, data in (("vlan", attribute(1, b"\x07\0") + attribute(5, b"\x88\xa8")), ("bond", attribute(1, b"\x01")),
                       ("macvtap", attribute(1, b"\0\0\0\x80")), ("tun", attribute(3, b"\x02")),
                       ("bridge", attribute(5, b"\x01\0\0\0")), ("vxlan", attribute(1, b"\x2a\0\0\0")),
                       ("vrf", attribute(1, b"\x0a\0\0\0")), ("b\xffd", attribute(1, b"", 0xffff))):
        info = attribute(0x8000 | 18, attribute(1, kind.encode("latin-1")) + attribute(0x8000 | 2, data))
        put("link", kind.encode("ascii", "ignore").decode(), b"\0" + message(link + name + info, 16))
    for length in (0, 7, 8, 192, 200):
        put("link", f"stats-{length}", b"\0" + message(link + name + attribute(23, stats[:length]), 16))
    put("link", "old-stats", b"\0" + message(link + name + attribute(7, stats[:96]) + attribute(29, b"\xff" * 4), 16))
    put("link", "macs", b"\0" + b"".join(
        message(struct.pack("=BxHiII", 0, kind, 7, 0, 0) + name + attribute(1, b"\xc0" * n) + attribute(2, b"\x02" * n), 16)
        for kind, n in ((1, 6), (776, 4), (769, 16), (32, 20), (65534, 0), (1, 40))))
    put("link", "cruel", b"\0" + message(link + name + attribute(18, attribute(1, b"veth", 0xffff)), 16)
        + message(link[:-1], 16) + message(link + attribute(20, b"\x1b[2J\n"), 16, length=0xffffffff))
    header = attribute(0x8001, attribute(1, b"\x07\0\0\0"))
    settings = header + attribute(5, b"\xe8\x03\0\0") + attribute(6, b"\x01")
    put("link", "settings", b"\1" + message(b"\x04\x01\0\0" + settings) + message(b"\x04\x01\0\0" + settings, 16)
        + message(b"\x04\x01\0\0" + attribute(0x8001, attribute(1, b"\x07\0\0\0", 2))))

    def address(family, prefix, *attributes):
        return message(struct.pack("=BBBBI", family, prefix, 0xff, 0, 7) + b"".join(attributes), 20)

    four, six = b"\xc0\0\x02\x01", b"\xfe\x80" + bytes(13) + b"\x01"
    put("address", "both", address(2, 24, attribute(2, four), attribute(1, b"\xc0\0\x02\x02"), attribute(4, four))
        + address(10, 64, attribute(1, six), attribute(6, b"\x01" * 16), attribute(8, b"\xff" * 4)))
    put("address", "cruel", address(2, 33, attribute(2, four)) + address(2, 24, attribute(2, four[:3]))
        + address(10, 128, attribute(2, four), attribute(1, six), attribute(6, b"\x01" * 3)) + address(1, 8, attribute(2, six))
        + address(2, 24, attribute(2, four, 0xffff)))
    put("groups", "cruel", b"\0\x08" + b"Idx\n1\tlo: 1 V3\n\t\t\t\t010000E0 1\n\t\t\t\tx\n0\tx: 1\n\t\t010000E0 1\n"
        + b"7\t\x1b[1m\xff  : 2\n\t010000E0 4294967295\n9\t0123456789abcdef: 1\n\t010000E0 1")
    put("groups", "cruel6", b"\1\0" + b"4 \xe2\x80\xae ff020000000000000000000000000001 2 0 0\n0 lo ff02 1\n: :\n"
        + b"99999999999 lo ff020000000000000000000000000001 1\n5 a: ff020000000000000000000000000001 1")


def counters():
    for name, which, text in (
            ("pairs", 0, "Ip: Forwarding InReceives\nIp: 1 18446744073709551615\nTcp: MaxConn\nTcp: -1\n"),
            ("halves", 1, "TcpExt: A B\nTcpExt: 1\nIpExt: A\nUdp: B\nUdp: 1 2\nTcp: A\nTcp: A\n"),
            ("types", 0, "IcmpMsg: InType3 OutType200 InTypeX\nIcmpMsg: 1 2 3\n" * 2),
            ("numbers", 0, "Udp: A\nUdp: 18446744073709551616\nUdp: A\nUdp: -\nUdp: A\nUdp: 1x\n"),
            ("control", 1, "TcpExt: \x1b[2J \0\nTcpExt: 1 2\n: A\n: 1\nno colon\n\n"),
            ("long", 1, "TcpExt: " + "A" * 59 + " " + "B" * 500 + "\nTcpExt: 1 2\n"),
            ("singles", 2, "Ip6InReceives \t2\nIcmp6InType135 1\nTcp7New 3\n6 9\nIp6InOctets 1 2\nx\n"),
            ("sctp", 3, "SctpCurrEstab \t4\nSctpAborteds \t-1\nS 1\n"),
            ("turns", 4, "sockets: used 17\nTCP: inuse 1 orphan\nUDP: inuse -5\n"),
            ("turns6", 5, "TCP6: inuse 4\nFRAG6: inuse 0 memory 18446744073709551615\n"),
            ("summary", 1, "TcpExt: ListenOverflows ListenDrops TCPToZeroWindowAdv\nTcpExt: 0 0 0\n"
             "TcpExt: ListenOverflows ListenDrops TCPToZeroWindowAdv\nTcpExt: 9 8 18446744073709551615\n")):
        put("counters", name, bytes([which, len(text) // 3 % 256]) + text.encode())
    link = struct.pack("=BxHiII", 0, 1, 7, 0, 0)
    put("counters", "links", bytes([6, 0]) + message(link + attribute(23, b"\xff" * 200), 16) * 2)
    put("counters", "no-links", bytes([6, 0]) + message(link, 16) + message(link[:-1], 16)
        + message(link + attribute(23, b"\1" * 7), 16) + message(link, 16, length=0xffff))


def owners():
    identity = "4f5ac1d2e3b4a59687f0e1d2c3b4a5968778695a4b3c2d1e0f9e8d7c6b5a4938"
    user = "/user.slice/user-1000.slice/user@1000.service/"
    for name, text in (
            ("service", "/system.slice/nginx.service"),
            ("app", user + "app.slice/app-gnome-firefox\\x2desr-4321.scope"),
            ("dbus", user + "app.slice/dbus-:1.2-org.gnome.Nautilus@0.service"),
            ("flatpak", user + "app.slice/app-flatpak-org.gnome.Maps-77.scope"),
            ("snap", user + "snap.firefox.firefox-6a0b1c2d-0000-1111-2222-333344445555.scope"),
            ("docker", "/system.slice/docker-" + identity + ".scope/init.scope"),
            ("folder", "/kubepods/burstable/pod1/" + identity),
            ("colon", "/kubepods-pod1.slice:cri-containerd:" + identity),
            ("lxc", "/lxc.payload.web/a.service"),
            ("machine", "/machine.slice/machine-qemu\\x2d1\\x1b.scope"),
            ("session", "/../user.slice/session-3.scope (deleted)"),
            ("hybrid", "9:memory:/x\n1:name=systemd:/system.slice/c.service\n0::/\n")):
        put("unit", name, text.encode())
    strings = b"nginx/usr/sbin/nginxnginx\0-g\0it's on\0" + b"0::/system.slice/nginx.service\n"
    put("process", "frame", struct.pack("=iiQQIHHII", 42, 1, 7, 9, 1000, 5, 15, 18, len(strings) - 38) + strings)
    put("process", "strings", bytes([5, 15, 18]) + strings)
    put("process", "control", bytes([6, 3, 9]) + b"\x1b[2J\xff\n\0a\0\0\xe2\x80\xaex\0\0'1:name=systemd:/\x9b\n")
    # fuzz-collector.c: how; then answers: 1 inode life state uid link cgroup; 3 inode pid fd; 4 pid start uid length name;
    # 5 id n length pid pid; 9 code flags took.
    look = bytes([8, 1, 5, 0, 1, 1, 0, 2, 1, 6, 0, 1, 1, 0, 2, 1, 0, 0, 6, 0, 1, 1, 9, 0, 0, 1])
    links = bytes([9, 0, 0, 1])
    myself = bytes([4, 1, 1, 1, 0, 0, 9, 0, 0, 1])
    found = bytes([3, 5, 3, 4, 9, 0, 0, 2])
    cgroup = bytes([5, 2, 1, 16, 4, 0, 9, 0, 0, 1])
    facts = bytes([4, 3, 2, 1, 5, 3, 4, 4, 1, 1, 3, 9, 9, 0, 0, 1])
    users = bytes([9, 0, 0, 1])
    lives = bytes([4, 3, 2, 1, 0, 0, 9, 0, 0, 1])
    first = look + links + myself + found + cgroup + facts + users
    put("collector", "twice", first + look + lives + found + users)
    put("collector", "reused", first + look + bytes([4, 3, 3, 1, 0, 0, 9, 0, 0, 1]) + found + facts)
    put("collector", "restart", bytes([8, 1, 5, 0, 1, 1, 0, 2, 7]) + first[1:])
    put("collector", "failed", first + bytes([8, 1, 5, 0, 1, 1, 0, 2, 9, 1, 0, 0, 1]) + lives)
    put("collector", "mute", first + bytes([8, 8, 8, 8, 8, 8]))
    put("collector", "any", bytes([0, 6, 2, 40]) + b"\xff" * 40 + bytes([6, 8, 3]) + b"abc" + bytes([9, 0, 0, 0]))


def lookups():
    """fuzz-route-answer.c: an errno; address, source, two parts of the answer, rules, routes."""
    def of(name):
        return b"".join(payload for _, _, _, payload in frames(FIXTURES / (name + ".phframe")))

    answers = [payload for request, _, _, payload in frames(FIXTURES / "route-get.phframe")]
    for name, errno, address, source, first, second, rules, routes in (
            ("gateway", 0, b"10.1.2.3", b"", answers[0], answers[1], "rules4", "routes4"),
            ("refused", 13, b"10.68.1.1", b"", b"", b"", "rules4", "routes4"),
            ("blackhole", 22, b"10.66.1.1", b"192.0.2.1", b"", b"", "rules4", "routes4"),
            ("none", 101, b"[2001:db8:1::5]", b"2001:db8::1", b"", b"", "rules6", "routes6"),
            ("ipv6", 0, b"2001:db8:1::5", b"", answers[-2], answers[-1], "rules6", "routes6"),
            ("name", 0, b"\x1b[2Jexample.org", b"", b"", b"", "rules4", "routes4")):
        put("route-answer", name, bytes([errno]) + piece(address) + piece(source) + piece(first) + piece(second)
            + piece(of(rules)) + of(routes))
    put("route-names", "tables", bytes([9]) + b"#\n# reserved values\n255\tlocal\n254\tmain\n0\tunspec\n#1 inr.ruhep\n0x64 web #\n")
    put("route-names", "cruel", bytes([3]) + b"1\n-1 a\n99999999999 b\n7x c\n8 \x1b[2J\xff\n9 \xe2\x80\xae" + b"a" * 300 + b"\n10 z")
    hop = struct.pack("=HBBi", 8, 0, 0, 2)
    header = struct.pack("=BBBBBBBBI", 2, 8, 0, 0, 254, 4, 0, 1, 0) + attribute(1, b"\x0a\0\0\0")
    for name, hops in (("hops", hop * 500), ("hops-long", hop + struct.pack("=HBBi", 99, 0, 0, 2)),
                       ("hops-short", hop + struct.pack("=HBBi", 3, 0, 0, 2)), ("hops-cut", hop + hop[:5])):
        put("route", name, piece(message(header + attribute(9, hops), 24) * 2))
    put("route", "encap", piece(message(
        header + attribute(21, b"\1\0") + attribute(22, attribute(1, struct.pack(">II", 100 << 12, 200 << 12 | 0x100))), 24)))
    put("route", "segments", piece(message(
        header + attribute(21, b"\5\0") + attribute(22, attribute(1, struct.pack("=iBBBBBBH", 1, 43, 4, 4, 1, 255, 0, 0)
                                                                + bytes(32))), 24)))


def inquiries():
    """fuzz-socket-inquiry.c: the answer about the socket, then a process, its parent, and so on."""
    def process(pid, ppid, start, name=b"name"):
        return piece(struct.pack("=iiQQIHHII", pid, ppid, start, 0, 0, len(name), 0, 0, 0) + name)

    socket = struct.pack("=BBBB", 2, 1, 0, 0) + bytes(48) + bytes(20)
    info = attribute(2, bytes(range(256)) + bytes(24)) + attribute(4, b"cubic\0")
    whole = piece(message(socket + info))
    put("socket-inquiry", "whole", whole + process(1000, 40, 900) + process(40, 1, 20) + process(1, 0, 1))
    put("socket-inquiry", "older", piece(message(socket + attribute(2, b"\1" * 104))) + process(1000, 999, 5))
    put("socket-inquiry", "newer", piece(message(socket + attribute(2, b"\xff" * 400))))
    put("socket-inquiry", "circle", whole + process(1000, 40, 9) + process(40, 1000, 9) + process(1000, 40, 9))
    put("socket-inquiry", "reused", piece(b"") + process(1000, 40, 9) + process(40, 1, 10, b"\x1b[2J\xff"))
    put("socket-inquiry", "cut", piece(message(socket + info)[:-30]) + process(1000, 40, 9)[:-2])
    put("socket-inquiry", "long", piece(message(socket + attribute(4, b"\xfe" * 300))) + b"".join(
        process(1000 - i, 999 - i, 2000 - i) for i in range(60)))


def known():
    """fuzz-known.c: the file of what is known; and its lines."""
    head = "[porthole-known]\nversion=1\nlearned=tcp4 tcp6 udp4\nlearned-ephemeral=udp6\n"
    for name, text in (
            ("whole", head + "\n[listeners]\nlistener=1764098550 1764102150 tcp any 8000 program /usr/bin/python3\n"
             "listener=1 2 udp 192.0.2.7 53 unit named.service\nlistener=3 3 sctp loopback 9 unknown\n"
             "\n[mutes]\nmute=* 8000-8010 *\nmute=tcp 53 program /a b\nmute=udplite * unit x.service\n\n[end]\n"),
            ("by-hand", "# mine\n" + head + "[mutes]\n# quiet\nmute=* 53 *\n[end]\n# more\n"),
            ("cut", head + "[listeners]\nlistener=1 2 tcp any 80 prog"),
            ("twice", head + "[listeners]\n" + "listener=1 2 tcp any 80 unknown\n" * 2 + "[end]\n"),
            ("newer", "[porthole-known]\nversion=2\n[other]\n"),
            ("binary", head + "[listeners]\nlistener=1 2 tcp any 80 program \x1b[2J\0\u202e\n[end]\n"),
            ("key", "tcp 2001:db8::1 443 program /opt/my program"),
            ("mute", "udp 1-65535 unit \u00e4.service"),
            ("range", "32768\t60999\n")):
        put("known", name, text.encode())


def activity():
    """fuzz-activity-events.c: who tells; then what comes, as it goes, and what is destroyed."""
    link = struct.pack("=BxHiII", 0, 1, 7, 0x10041, 0) + attribute(3, b"\x1b[2Jh\0") + attribute(4, b"\xdc\x05\0\0")
    address = struct.pack("=BBBBI", 2, 24, 0x80, 0, 7) + attribute(2, b"\xc0\0\x02\x01") + attribute(6, bytes(16))
    route = struct.pack("=BBBBBBBBI", 2, 8, 0, 0, 254, 16, 0, 1, 0) + attribute(1, b"\x0a\0\0\0")
    hops = attribute(9, struct.pack("=HBBi", 8, 0, 0, 2) * 20)
    neighbour = struct.pack("=BxHiHBB", 10, 0, 7, 0x20, 0, 1) + attribute(1, b"\x20" * 16) + attribute(4, b"\3\0\0\0")
    for how in (0, 2):
        put("activity-events", f"comes-and-goes-{how}", bytes([how]) + b"".join(
            message(content, kind) for kind, content in (
                (16, link), (20, address), (24, route + hops), (28, neighbour), (28, neighbour), (25, route), (21, address),
                (16, link[:8] + b"\1\0\0\0" + link[12:]), (17, link))))
    put("activity-events", "cruel", b"\0" + message(link[:-1], 17) + message(b"", 17) + message(address[:7], 21)
        + message(route, 25, length=0xffffffff))
    head = struct.pack("=BBBBHH", 10, 7, 0, 0, 0x5000, 0x901f) + b"\x20" * 32 + struct.pack("=III", 0, 5, 0)
    tail = struct.pack("=IIIII", 0, 1, 0, 0, 0)
    numbers = attribute(10, b"\6") + attribute(2, bytes(range(256)) + bytes(24))
    put("activity-events", "destroyed", b"\1" + message(head + tail + numbers) * 2
        + message(head[:4] + bytes(4) + head[8:] + tail + numbers) + message(head + tail + attribute(10, b"\6") + attribute(2, b"x" * 9)))
    put("activity-events", "destroyed-cruel", b"\1" + message(head + tail + attribute(10, b"\x11") + attribute(2, bytes(280)))
        + message(head) + message(head + tail + attribute(2, bytes(280), 0xffff)) + message(head + tail, length=17))


recorded()
cruel()
activity()
known()
links()
counters()
lookups()
inquiries()
owners()
