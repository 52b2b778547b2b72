# SPDX-License-Identifier: GPL-3.0-or-later
"""A network namespace that holds a little of everything: links of many kinds, addresses, routes of all types, next hop
objects, rules of every shape, neighbours, groups, and counters that have counted.

To be called in a namespace of one's own: make_all(). Addresses are from the blocks for documentation and for private use.
What this kernel was built without is left out and stands in `missing`.
"""

import socket
import struct
import subprocess
import time

ALIAS = "up\x1b[31mlink\u202e <b>&amp;</b>"
missing = {}  # command of ip(8) → what it said
open_sockets = []


def ip(*words):
    """One command of ip(8); a single string is split."""
    words = words[0].split() if len(words) == 1 else words
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    if done.returncode != 0:
        missing[" ".join(words)] = done.stderr.strip().replace("\n", " ")
    return done.returncode == 0


def all_of(prefix, lines):
    for line in lines.strip().splitlines():
        ip(prefix + " " + line.strip())


def sysctl(name, value):
    with open("/proc/sys/net/" + name, "w") as file:
        file.write(value)


def links():
    ip("link set lo up")
    # No accidental neighbours, no link-local addresses that hang on the order of things.
    sysctl("ipv6/conf/default/accept_dad", "0")
    sysctl("ipv6/conf/default/router_solicitations", "0")
    for n in (0, 2, 4, 6):
        ip(f"link add test{n} address 02:00:00:00:00:0{n} type veth peer name test{n + 1} address 02:00:00:00:00:0{n + 1}")
        ip(f"link set test{n} addrgenmode none")
        ip(f"link set test{n + 1} addrgenmode none")
    all_of("link", """
        add bridge0 address 02:00:00:00:00:10 type bridge forward_delay 0
        add link test0 name test0.7 type vlan id 7
        add link test0 name macvlan0 address 02:00:00:00:00:11 type macvlan mode bridge
        add vxlan0 address 02:00:00:00:00:12 type vxlan id 42 remote 192.0.2.77 dstport 4789 dev test0
        add dummy0 type dummy
        add bond0 type bond
        add gre0x type gre remote 192.0.2.78 local 192.0.2.1
        set test2 master bridge0
        property add dev test2 altname a-second-and-longer-name-for-this-interface
        set test0 txqueuelen 500 mtu 1400 multicast on
        set test4 promisc on allmulticast on
        set test4 arp off
        set bridge0 addrgenmode none
        set macvlan0 addrgenmode none
        set vxlan0 addrgenmode none
    """)
    ip("link", "set", "test0", "alias", ALIAS)
    ip("tuntap add tun0 mode tun")
    ip("tuntap add tap0 mode tap")
    ip("link set tap0 address 02:00:00:00:00:13")
    for name in ("test0", "test1", "test2", "test3", "bridge0", "test4", "test5", "macvlan0", "vxlan0", "tun0"):
        ip(f"link set {name} up")
    ip("link set test6 up")  # and test7 down: no carrier


def addresses():
    all_of("address add", """
        192.0.2.1/24 broadcast + dev test0 label test0:main
        192.0.2.2/24 dev test0
        192.0.2.3/32 dev test0 noprefixroute
        10.9.0.1 peer 10.9.0.2/32 dev tun0
        198.51.100.1/25 dev bridge0 valid_lft 7200 preferred_lft 3600
        203.0.113.1/29 dev test6 scope link
        10.4.0.1/16 dev test4 metric 77
        2001:db8::1/64 dev test0 nodad
        2001:db8::2/64 dev test0 nodad valid_lft 7200 preferred_lft 0
        2001:db8::3/128 dev test0 nodad noprefixroute home
        2001:db8:9::1 peer 2001:db8:9::2/128 dev tun0 nodad
        fe80::1/64 dev test0 nodad
        fe80::1/64 dev bridge0 nodad
        fd00:4::1/48 dev test4 nodad
    """)


def nexthops():
    all_of("nexthop add", """
        id 1 via 192.0.2.101 dev test0
        id 2 via 198.51.100.102 dev bridge0 protocol static
        id 3 blackhole
        id 4 dev test4
        id 5 via 2001:db8::105 dev test0
        id 6 via fe80::106 dev bridge0
        id 7 via 192.0.2.107 dev test0 onlink
        id 8 encap ip id 8 dst 192.0.2.108 via 192.0.2.108 dev test0
        id 10 group 1,3/2,200 protocol zebra
        id 11 group 5/6,9
        id 12 group 1/2 type resilient buckets 8 idle_timer 60 unbalanced_timer 120
    """)


def routes4():
    all_of("-4 route add", """
        default via 192.0.2.254 dev test0 proto dhcp src 192.0.2.1 metric 100
        default via 198.51.100.126 dev bridge0 metric 200 onlink
        10.0.0.0/8 via 192.0.2.253
        10.1.0.0/16 via 192.0.2.253 mtu 1300 advmss 1260 window 40000 rtt 300ms rttvar 50ms initcwnd 20 initrwnd 30
        10.2.0.0/16 dev test0 mtu lock 1280 hoplimit 9 quickack 1 congctl reno features ecn reordering 5 ssthresh 7 cwnd 9 rto_min 20ms
        10.3.0.0/16 via 192.0.2.250 realm 5
        10.3.0.0/16 via 192.0.2.251 tos 0x10
        10.5.0.0/16 proto bird scope link dev test4
        10.6.0.0/16 proto 250 scope 200 dev test4
        10.7.1.1 via 192.0.2.253
        10.8.0.0/16 via inet6 fe80::99 dev test0
        10.10.0.0/16 nexthop via 192.0.2.11 weight 1 nexthop via 198.51.100.12 weight 20 nexthop dev test4 weight 256
        10.11.0.0/16 nexthop via inet6 2001:db8::11 dev test0 nexthop via 203.0.113.2 dev test6 realm 7
        10.12.0.0/16 nhid 1
        10.13.0.0/16 nhid 10
        10.14.0.0/16 nhid 3
        10.15.0.0/16 nhid 5
        10.16.0.0/16 nhid 11
        10.17.0.0/16 nhid 12
        10.18.0.0/16 encap ip id 300 dst 192.0.2.66 ttl 40 tos 4 dev vxlan0
        10.19.0.0/16 encap mpls 100/200 via 192.0.2.253
        10.20.0.0/16 encap seg6 mode encap segs 2001:db8::a,2001:db8::b dev test0
        10.21.0.0/16 via 203.0.113.2 dev test6
        10.22.0.0/16 via 192.0.2.253 ttl-propagate disabled
        blackhole 10.66.0.0/16
        unreachable 10.67.0.0/16
        prohibit 10.68.0.0/16 metric 5
        throw 10.69.0.0/16 table 100
        multicast 239.1.0.0/16 dev test0
        broadcast 10.70.255.255 dev test0 table local
        local 10.71.0.0/16 dev lo table local
        anycast 10.72.0.1 dev test0 table 100
        default via 192.0.2.200 dev test0 table 100
        10.100.0.0/16 via 192.0.2.201 table 100 metric 30
        10.101.0.0/16 dev test4 table 70000
        172.16.0.0/12 dev tun0 table 100
    """)


def routes6():
    all_of("-6 route add", """
        default via fe80::99 dev test0 proto ra metric 1024 expires 1800 pref high
        default via fe80::98 dev bridge0 metric 2048 pref low
        2001:db8:1::/48 via 2001:db8::11 dev test0
        2001:db8:2::/48 via 2001:db8::11 dev test0 expires 600 mtu 1350 advmss 1290 hoplimit 33
        2001:db8:3::/48 nexthop via 2001:db8::21 dev test0 weight 3 nexthop via fe80::22 dev bridge0 weight 5
        2001:db8:4::/48 dev test4 metric 7
        2001:db8:5::/48 from 2001:db8:1::/64 via 2001:db8::12 dev test0
        2001:db8:6::/48 encap seg6 mode inline segs 2001:db8::a,2001:db8::b dev test0
        2001:db8:7::/48 encap ip6 id 5 dst 2001:db8::77 hoplimit 9 dev vxlan0
        2001:db8:8::/48 encap seg6local action End.X nh6 2001:db8::31 dev test0
        2001:db8:a::/48 nhid 5
        2001:db8:b::/48 nhid 11
        2001:db8:c::/48 via 2001:db8::11 dev test0 src 2001:db8::1 proto static
        2001:db8:d::1 via 2001:db8::11 dev test0 table 100
        blackhole 2001:db8:66::/48
        unreachable 2001:db8:67::/48
        prohibit 2001:db8:68::/48
        throw 2001:db8:69::/48 table 100
        local 2001:db8:71::/48 dev lo table local
        anycast 2001:db8:72::1 dev test0
        multicast ff05::/16 dev test0 table local
        unicast 2001:db8:73::/48 via 2001:db8::11 dev test0 onlink
    """)


def rules():
    all_of("-4 rule add", """
        priority 100 from 192.0.2.0/24 lookup 100
        priority 101 not from 192.0.2.0/24 to 10.0.0.0/8 tos 0x10 fwmark 0x10/0xf0 lookup 100 suppress_prefixlength 0
        priority 102 iif test0 oif test4 ipproto tcp sport 1000-2000 dport 443 uidrange 0-0 lookup 70000
        priority 103 to 10.66.0.0/16 blackhole
        priority 104 to 10.67.0.0/16 unreachable
        priority 105 to 10.68.0.0/16 prohibit
        priority 106 fwmark 7 goto 32766
        priority 107 goto 32000
        priority 108 nop
        priority 109 iif gone0 lookup main suppress_ifgroup 5 protocol static
        priority 110 tun_id 77 lookup 100 realms 3/4
        priority 111 l3mdev
    """)
    all_of("-6 rule add", """
        priority 200 from 2001:db8::/32 lookup 100
        priority 201 to 2001:db8:68::/48 fwmark 0xffffffff prohibit
        priority 202 oif test4 ipproto udp dport 53 lookup main
    """)


def neighbours():
    all_of("neigh add", """
        192.0.2.11 lladdr 02:00:00:00:01:11 dev test0 nud permanent
        192.0.2.12 lladdr 02:00:00:00:01:12 dev test0 nud reachable
        192.0.2.13 lladdr 02:00:00:00:01:13 dev test0 nud stale
        192.0.2.14 lladdr 02:00:00:00:01:14 dev test0 nud noarp
        192.0.2.15 lladdr 02:00:00:00:01:15 dev test0 nud delay
        192.0.2.16 dev test0 nud failed
        192.0.2.17 lladdr 02:00:00:00:01:17 dev test0 nud stale extern_learn
        192.0.2.18 lladdr 02:00:00:00:01:18 dev test0 nud probe protocol zebra
        2001:db8::11 lladdr 02:00:00:00:02:11 dev test0 nud permanent router
        fe80::99 lladdr 02:00:00:00:02:99 dev test0 nud stale router
        fe80::99 lladdr 02:00:00:00:02:99 dev bridge0 nud reachable
        proxy 192.0.2.99 dev test0
    """)
    # Nobody answers: INCOMPLETE. And a cached route of IPv4 is told of only when somebody has used it.
    knock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for address in ("192.0.2.200", "10.1.2.3", "10.7.1.1", "10.200.0.1"):
        knock.sendto(b"?", (address, 9))


def join_groups():
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for group, address in (("239.1.2.3", "192.0.2.1"), ("239.1.2.4", "192.0.2.1"), ("239.255.0.1", "198.51.100.1")):
        made.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + socket.inet_aton(address))
    open_sockets.append(made)
    for _ in range(2):  # two members, one group
        made = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        for group in ("ff02::abcd", "ff05::1:3"):
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP,
                            socket.inet_pton(socket.AF_INET6, group) + struct.pack("i", socket.if_nametoindex("test0")))
        open_sockets.append(made)


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def ipv4(source, destination, payload):
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), 1, 0, 64, socket.IPPROTO_ICMP, 0,
                         socket.inet_aton(source), socket.inet_aton(destination))
    return header[:10] + struct.pack("!H", checksum(header)) + header[12:] + payload


def icmp(kind, code, rest, payload):
    message = struct.pack("!BBH4s", kind, code, 0, rest) + payload
    return message[:2] + struct.pack("!H", checksum(message)) + message[4:]


def ipv6(source, destination, payload):
    source, destination = (socket.inet_pton(socket.AF_INET6, address) for address in (source, destination))
    return struct.pack("!IHBB", 6 << 28, len(payload), socket.IPPROTO_ICMPV6, 64) + source + destination + payload


def icmp6(source, destination, kind, rest, payload):
    message = struct.pack("!BBH4s", kind, 0, 0, rest) + payload
    pseudo = b"".join(socket.inet_pton(socket.AF_INET6, address) for address in (source, destination))
    total = checksum(pseudo + struct.pack("!II", len(message), socket.IPPROTO_ICMPV6) + message)
    return message[:2] + struct.pack("!H", total) + message[4:]


def teach_routes():
    """Path MTUs and a redirect, as routers tell them, so that there are cached routes."""
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    wire.bind(("test1", 0))
    to_test0 = bytes.fromhex("020000000000020000000001")
    echo_reply = icmp(0, 0, b"\0\1\0\1", b"x" * 8)
    for far, mtu in (("10.1.2.3", 1200), ("10.7.1.1", 900)):
        inner = ipv4("192.0.2.1", far, echo_reply)
        wire.send(to_test0 + b"\x08\x00" + ipv4("192.0.2.253", "192.0.2.1", icmp(3, 4, struct.pack("!HH", 0, mtu), inner)))
    ip("neigh add 192.0.2.240 lladdr 02:00:00:00:01:40 dev test0 nud permanent")  # else no redirect to it counts
    inner = ipv4("192.0.2.1", "10.200.0.1", echo_reply)
    wire.send(to_test0 + b"\x08\x00"
              + ipv4("192.0.2.253", "192.0.2.1", icmp(5, 1, socket.inet_aton("192.0.2.240"), inner)))
    far = "2001:db8:1::5"
    inner = ipv6("2001:db8::1", far, icmp6("2001:db8::1", far, 129, b"\0\1\0\1", b"x" * 8))
    too_big = icmp6("2001:db8::11", "2001:db8::1", 2, struct.pack("!I", 1290), inner)
    wire.send(to_test0 + b"\x86\xdd" + ipv6("2001:db8::11", "2001:db8::1", too_big))


def traffic():
    """Some counters that are not zero: a connection, a refused one, a full queue, datagrams that nobody wanted."""
    server = socket.create_server(("127.0.0.1", 0), backlog=0)
    client = socket.create_connection(server.getsockname())
    accepted = server.accept()[0]
    client.sendall(b"x" * 100000)
    client.shutdown(socket.SHUT_WR)
    while accepted.recv(65536):
        pass
    for _ in range(3):
        waiting = socket.socket()
        waiting.setblocking(False)
        waiting.connect_ex(server.getsockname())
        open_sockets.append(waiting)
    try:
        socket.create_connection(("127.0.0.1", 1))
    except ConnectionRefusedError:
        pass
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        datagrams = socket.socket(family, socket.SOCK_DGRAM)
        for _ in range(5):
            try:
                datagrams.sendto(b"?", (address, 9))
            except ConnectionRefusedError:
                pass
    lite = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 136)
    lite.bind(("127.0.0.1", 0))
    lite.sendto(b"!", lite.getsockname())
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    for kind in (8, 13, 200):
        raw.sendto(icmp(kind, 0, b"\0\1\0\1", b"x" * 12), ("127.0.0.1", 0))
    open_sockets.extend((server, client, accepted, lite))
    time.sleep(0.3)


def make_all():
    sysctl("ipv6/conf/all/disable_ipv6", "0")
    for make in (links, addresses, nexthops, routes4, routes6, teach_routes, rules, join_groups, neighbours, traffic):
        make()
    time.sleep(0.2)
