# SPDX-License-Identifier: GPL-3.0-or-later
"""One socket of every kind and in every state that can be made on a loopback interface.

Each is kept open by the Zoo and known by a name, so that a test can say which one it means. What a kernel does not have
is listed in `missing` with the reason.
"""

import ctypes
import errno
import os
import signal
import socket
import struct
import time

IPPROTO_UDPLITE = 136
IPPROTO_MPTCP = 262
PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
FLOOD = b"x" * 65536

libc = ctypes.CDLL(None, use_errno=True)


def set_process_name(name):
    """@name: bytes, cut by the kernel after 15."""
    libc.prctl(PR_SET_NAME, ctypes.c_char_p(name), 0, 0, 0)


def bind_unix(one, path):
    """bind() without the rule of Python's that a path must leave room for a terminator."""
    address = struct.pack("H", socket.AF_UNIX) + path
    if libc.bind(one.fileno(), address, len(address)) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


class Holder:
    """A child process that holds what its @setup returns, until it is stopped."""

    def __init__(self, setup):
        ready, tell = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.close(ready)
                libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
                held = setup()  # noqa: F841, kept open
                os.write(tell, b".")
                os.close(tell)
                while True:
                    signal.pause()
            finally:
                os._exit(1)
        os.close(tell)
        if os.read(ready, 1) != b".":
            raise RuntimeError("the child ended before it was ready")
        os.close(ready)

    def stop(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


class Zoo:
    def __init__(self, folder):
        self.folder = folder
        self.sockets = {}
        self.missing = {}
        self.holders = {}
        # Children first: they must not inherit what comes later.
        self._make_shared_listener()
        for make in (self._make_tcp_states, self._make_tcp_options, self._make_ipv6, self._make_datagram,
                     self._make_mptcp, self._make_unix, self._make_link_layer):
            make()
        time.sleep(0.2)  # handshakes and acknowledgements settle

    def close(self):
        for holder in self.holders.values():
            holder.stop()
        for one in self.sockets.values():
            one.close()

    # --- helpers ---

    def keep(self, name, one):
        self.sockets[name] = one
        return one

    def inode(self, name):
        return os.fstat(self.sockets[name].fileno()).st_ino

    def cookie(self, name):
        SO_COOKIE = 57
        return struct.unpack("Q", self.sockets[name].getsockopt(socket.SOL_SOCKET, SO_COOKIE, 8))[0]

    def try_kind(self, name, *arguments):
        """A socket of a kind that this kernel may lack, or None."""
        try:
            return self.keep(name, socket.socket(*arguments))
        except OSError as error:
            self.missing[name] = errno.errorcode[error.errno]
            return None

    def listener(self, name, family=socket.AF_INET, address="127.0.0.1", backlog=16):
        one = self.keep(name, socket.socket(family))
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((address, 0))
        one.listen(backlog)
        return one

    def pair(self, name, listener=None, family=socket.AF_INET, address="127.0.0.1"):
        """A connection: NAME-client and NAME-server."""
        own = listener is None
        if own:
            listener = socket.socket(family)
            listener.bind((address, 0))
            listener.listen(1)
        client = self.keep(name + "-client", socket.socket(family))
        client.connect(listener.getsockname())
        server = self.keep(name + "-server", listener.accept()[0])
        if own:
            listener.close()
        return client, server

    @staticmethod
    def flood(one):
        """Sends until the peer, which does not read, takes no more."""
        one.setblocking(False)
        quiet = 0
        while quiet < 3:
            try:
                one.send(FLOOD)
                quiet = 0
            except BlockingIOError:
                quiet += 1
                time.sleep(0.02)

    # --- what lives here ---

    def _make_shared_listener(self):
        shared = self.listener("shared")
        for i in range(4):
            self.holders[f"shared-{i}"] = Holder(lambda: shared)

    def _make_tcp_states(self):
        self.listener("listen", backlog=7)
        self.pair("established")

        full = self.listener("full", backlog=0)
        self.keep("waiting", socket.create_connection(full.getsockname()))  # never accepted: in the accept queue
        stuck = self.keep("syn-sent", socket.socket())
        stuck.setblocking(False)
        stuck.connect_ex(full.getsockname())

        deferring = self.listener("deferring")
        deferring.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 30)
        self.keep("silent", socket.create_connection(deferring.getsockname()))  # its other end stays in SYN_RECV

        client, server = self.pair("fin-wait1")
        self.flood(client)
        client.shutdown(socket.SHUT_WR)

        client, server = self.pair("fin-wait2")  # the server: CLOSE_WAIT
        client.shutdown(socket.SHUT_WR)

        client, server = self.pair("last-ack")
        self.flood(server)
        client.shutdown(socket.SHUT_WR)
        time.sleep(0.05)
        server.shutdown(socket.SHUT_WR)  # the server: LAST_ACK behind its data

        client, server = self.pair("closing")
        self.flood(client)
        client.shutdown(socket.SHUT_WR)
        server.shutdown(socket.SHUT_WR)  # the client: CLOSING, its FIN not yet sent

        client, server = self.pair("time-wait")
        client.close()
        time.sleep(0.05)
        server.close()

        client, server = self.pair("orphan")  # closed with data that nobody reads: FIN_WAIT1, no process
        self.flood(client)
        client.close()

    def _make_tcp_options(self):
        client, server = self.pair("queued")
        client.send(b"x" * 1000)

        client, server = self.pair("keepalive")
        client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

        client, server = self.pair("reno")
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"reno")

        client, server = self.pair("busy")
        for _ in range(50):
            client.sendall(b"x" * 5000)
            received = 0
            while received < 5000:
                received += len(server.recv(65536))
            server.sendall(b"y")
            client.recv(1)

        bound = self.keep("device", socket.socket())
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
        bound.bind(("127.0.0.1", 0))
        bound.listen(3)

        marked = self.keep("marked", socket.socket())
        SO_MARK = 36
        marked.setsockopt(socket.SOL_SOCKET, SO_MARK, 0x2A)
        marked.bind(("127.0.0.1", 0))
        marked.listen(3)

    def _make_ipv6(self):
        self.pair("ipv6", family=socket.AF_INET6, address="::1")

        both = self.listener("both", socket.AF_INET6, "::")
        mapped = self.keep("mapped-client", socket.create_connection(("127.0.0.1", both.getsockname()[1])))
        self.keep("mapped-server", both.accept()[0])
        assert mapped

        only = self.keep("v6only", socket.socket(socket.AF_INET6))
        only.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        only.bind(("::", 0))
        only.listen(5)

    def _make_datagram(self):
        for name, family, address in (("udp", socket.AF_INET, "127.0.0.1"), ("udp6", socket.AF_INET6, "::1")):
            bound = self.keep(name + "-bound", socket.socket(family, socket.SOCK_DGRAM))
            bound.bind((address, 0))
            peer = self.keep(name + "-connected", socket.socket(family, socket.SOCK_DGRAM))
            peer.connect(bound.getsockname())
            peer.send(b"never read")

        # Two with one address: only the cookie tells them apart, as with mDNS.
        for i in range(2):
            same = self.keep(f"same-{i}", socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            same.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            same.bind(("0.0.0.0", 5353))

        lite = self.try_kind("udplite", socket.AF_INET, socket.SOCK_DGRAM, IPPROTO_UDPLITE)
        if lite:
            lite.bind(("127.0.0.1", 0))
        self.keep("raw", socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
        self.keep("raw6", socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6))

    def _make_mptcp(self):
        listener = self.try_kind("mptcp", socket.AF_INET, socket.SOCK_STREAM, IPPROTO_MPTCP)
        if not listener:
            return
        listener.bind(("127.0.0.1", 0))
        listener.listen(4)
        client = self.keep("mptcp-client", socket.socket(socket.AF_INET, socket.SOCK_STREAM, IPPROTO_MPTCP))
        client.connect(listener.getsockname())
        self.keep("mptcp-server", listener.accept()[0])

    def _make_unix(self):
        kinds = {"stream": socket.SOCK_STREAM, "dgram": socket.SOCK_DGRAM, "seqpacket": socket.SOCK_SEQPACKET}
        for name, kind in kinds.items():
            bound = self.keep("unix-" + name, socket.socket(socket.AF_UNIX, kind))
            bound.bind(os.path.join(self.folder, name))
            if kind != socket.SOCK_DGRAM:
                bound.listen(6)
            client = self.keep(f"unix-{name}-client", socket.socket(socket.AF_UNIX, kind))
            client.connect(os.path.join(self.folder, name))
            if kind == socket.SOCK_SEQPACKET:
                self.keep(f"unix-{name}-server", bound.accept()[0])
        for i, end in enumerate(socket.socketpair()):
            self.keep(f"unix-pair-{i}", end)
        self.sockets["unix-pair-0"].send(b"unread")

        longest = self.folder.encode() + b"/"
        longest += b"l" * (108 - len(longest))  # sun_path filled to the last byte: no terminator
        paths = {
            "unix-abstract": b"\0porthole\0\x1b[31mred\xff\n",
            "unix-long": longest,
            "unix-newline": self.folder.encode() + b"/a\nb",
            "unix-escape": self.folder.encode() + b"/\x1b]0;owned\x07",
            "unix-invalid": self.folder.encode() + b"/\xff\xfe\xc3(",
            "unix-c1": self.folder.encode() + b"/\xc2\x9b31m",
            "unix-formula": b"\0=1+2",
        }
        for name, path in paths.items():
            one = self.keep(name, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
            bind_unix(one, path)
        self.paths = paths

    def _make_link_layer(self):
        packet = self.keep("packet", socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0))
        packet.bind(("lo", 0x0800))
        self.keep("packet-dgram", socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x88CC)))
        netlink = self.keep("netlink", socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE))
        netlink.bind((0, 1))
