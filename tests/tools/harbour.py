#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""harbour.py COMMAND...: runs COMMAND on a small, busy, entirely made-up desktop, for screenshots.

A network, mount and process namespace of its own holds what looks like a desktop with a few servers; a second network
namespace behind it is "the internet". Everything talks to everything, and nothing leaves the machine. Addresses and
names are those set aside for documentation (RFC 5737, 3849, 2606). It all ends with COMMAND.
"""
import ctypes
import os
import pwd
import selectors
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

HOSTS = {
    '192.168.1.1': 'router.example',
    '192.168.1.31': 'printer.example',
    '192.168.1.44': 'nas.example',
    '192.168.1.57': 'phone.example',
    '198.51.100.7': 'mail.example.com',
    '198.51.100.22': 'git.example.org',
    '198.51.100.80': 'chat.example.net',
    '203.0.113.10': 'www.example.org',
    '203.0.113.64': 'cdn.example.net',
    '203.0.113.65': 'video.example.net',
    '203.0.113.120': 'api.example.com',
    '2001:db8:7::64': 'cdn.example.net',
    '2001:db8:22::9': 'www.example.com',
}
ME4, ME6 = '192.168.1.20', '2001:db8:1::20'
NOBODY = '192.0.2.99'   # an address where nobody answers: SYN_SENT
USERS = {'alex': 1000, 'postgres': 117, 'redis': 118, 'avahi': 108, 'systemd-resolve': 992, '_chrony': 119}
WORLD_PORTS = (22, 443, 993, 5222)
CHATTER = struct.Struct('!II')   # a client's first bytes: how many bytes a second it wants; 0: hang up on me

children = []
last_pid = 600


def run(*command):
    subprocess.run(command, check=True)


def start(name, user, work):
    """Forks WORK off as a process that is called NAME and belongs to USER."""
    global last_pid
    last_pid += 37 + len(name) * 61
    try:
        with open('/proc/sys/kernel/ns_last_pid', 'w', encoding='ascii') as number:
            number.write(str(last_pid))
    except OSError:
        pass
    ready, done = os.pipe()
    pid = os.fork()
    if pid:
        children.append(pid)
        os.close(done)
        os.read(ready, 1)   # whether it is ready or has failed: go on
        os.close(ready)
        return
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(15, name.encode(), 0, 0, 0)   # PR_SET_NAME
        work(lambda: become(user), lambda: os.write(done, b'.'))
    except BaseException as error:
        print(f'harbour: {name}: {error!r}', file=sys.stderr)
    finally:
        os._exit(1)


def become(user):
    if os.getuid() == 0 and user != 'root':
        try:
            os.setgroups([])
            os.setresuid(*[USERS.get(user) or pwd.getpwnam(user).pw_uid] * 3)
        except (OSError, KeyError):
            pass   # a namespace with one user only: then everything is that one's


def serve(*places, workers=0, backlog=128):
    """A process that listens in PLACES: (type, address, port); with WORKERS that share the sockets, as nginx does."""
    def work(drop, tell):
        selector = selectors.DefaultSelector()
        for kind, address, port in places:
            family = socket.AF_INET6 if ':' in address else socket.AF_INET
            s = socket.socket(family, kind)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            s.bind((address, port))
            if kind == socket.SOCK_STREAM:
                s.listen(backlog)
                s.setblocking(False)
                selector.register(s, selectors.EVENT_READ, 'accept')
        drop()
        tell()
        for _ in range(workers):
            if os.fork() == 0:
                break
        talk(selector)
    return work


def call(*places, rate_up=0):
    """A process that connects to PLACES: (address, port, bytes a second to ask for)."""
    def work(drop, tell):
        drop()
        selector = selectors.DefaultSelector()
        for address, port, rate in places:
            family = socket.AF_INET6 if ':' in address else socket.AF_INET
            s = socket.socket(family)
            s.settimeout(0.2 if address == NOBODY else 5)   # the first look for an IPv6 neighbour takes a while
            try:
                s.connect((address, port))
                s.send(CHATTER.pack(rate, 0))
            except OSError:
                pass   # nobody answers there, and nobody is meant to
            s.setblocking(False)
            selector.register(s, selectors.EVENT_READ, 'keep' if rate == 0 else rate_up)
        tell()
        talk(selector)
    return work


def errands(*places):
    """A process that connects to PLACES: (address, port, bytes a second), one after the other, each for a moment."""
    def work(drop, tell):
        drop()
        tell()
        while True:
            for address, port, rate in places:
                family = socket.AF_INET6 if ':' in address else socket.AF_INET
                try:
                    with socket.socket(family) as s:
                        s.settimeout(2)
                        s.connect((address, port))
                        s.send(CHATTER.pack(rate, 0))
                        end = time.monotonic() + 0.6
                        while time.monotonic() < end:
                            s.recv(1 << 18)
                except OSError:
                    pass
                time.sleep(1.2)
    return work


def moods(port):
    """A server that listens on PORT for a while, rests for a while, and so on."""
    def work(drop, tell):
        drop()
        tell()
        while True:
            time.sleep(3)
            with socket.create_server(('0.0.0.0', port)):
                time.sleep(6)
    return work


def fidget(drop, tell):
    """A cable that is pulled and put back, and a route that comes and goes."""
    tell()
    while True:
        for command in ('link set enp0s31f6 up', 'route add 10.30.0.0/16 via 10.8.0.1 dev tun0',
                        'link set enp0s31f6 down', 'route del 10.30.0.0/16 via 10.8.0.1 dev tun0'):
            time.sleep(3)
            subprocess.run(['ip', *command.split()], stderr=subprocess.DEVNULL)


def leave_traces(*places):
    """Connections that were closed a moment ago: TIME_WAIT."""
    for address, port in places:
        with socket.create_connection((address, port), 2):
            pass


def talk(selector):
    """Accepts, reads and throws away, and sends what was asked for, four times a second."""
    wanted = {}   # socket: bytes each time
    due = time.monotonic()
    while True:
        for key, _ in selector.select(max(0.0, due - time.monotonic())):
            s = key.fileobj
            if key.data == 'accept':
                try:
                    peer, _ = s.accept()
                except OSError:
                    continue   # another worker was faster
                peer.setblocking(False)
                selector.register(peer, selectors.EVENT_READ, 'new')
                continue
            try:
                text = s.recv(1 << 18)
            except OSError:
                text = b''
            if not text:
                selector.unregister(s)
                if key.data != 'keep':   # who keeps it stays in CLOSE_WAIT
                    s.close()
                wanted.pop(s, None)
            elif key.data == 'new' and len(text) >= CHATTER.size:
                rate, _ = CHATTER.unpack(text[:CHATTER.size])
                selector.modify(s, selectors.EVENT_READ, None)
                if rate == 0:
                    selector.unregister(s)
                    s.close()
                else:
                    wanted[s] = rate // 4
        if time.monotonic() >= due:
            due += 0.25
            chatty = [(key.fileobj, key.data // 4) for key in selector.get_map().values() if isinstance(key.data, int)]
            for s, amount in list(wanted.items()) + [(s, amount) for s, amount in chatty if amount]:
                try:
                    s.send(b'~' * amount)
                except OSError:
                    pass


def bind_over(path, text):
    """Shows TEXT in place of a file, in this mount namespace only."""
    with tempfile.NamedTemporaryFile('w', prefix='harbour-', delete=False) as own:
        own.write(text)
    os.chmod(own.name, 0o644)
    run('mount', '--bind', own.name, path)
    os.unlink(own.name)


def build_odds_and_ends():
    """What else a desktop has: a bridge for virtual machines with one on it, a tunnel to the office, a card unused."""
    for command in ('link add enp0s31f6 type veth peer name unplugged',
                    'link add virbr0 type bridge', 'address add 192.168.122.1/24 dev virbr0',
                    'link add vnet0 type veth peer name guest', 'link set vnet0 master virbr0',
                    'link set virbr0 up', 'link set vnet0 up', 'link set guest up',
                    'tuntap add dev tun0 mode tun', 'address add 10.8.0.14/24 dev tun0', 'link set tun0 up',
                    'route add 10.20.0.0/16 via 10.8.0.1 dev tun0 metric 50 mtu 1360',
                    'route add 172.16.0.0/12 via 10.8.0.1 dev tun0 metric 50',
                    'route add unreachable 10.66.0.0/16', 'route add blackhole 198.51.100.128/25'):
        done = subprocess.run(['ip', *command.split()], stderr=subprocess.PIPE, text=True)
        if done.returncode:
            print(f'harbour: ip {command}: {done.stderr.strip()}', file=sys.stderr)   # a kernel without it


def build_world():
    """The desktop's network card, and behind it everybody else."""
    run('mount', '--make-rprivate', '/')
    bind_over('/etc/hosts', '127.0.0.1 localhost\n' + ''.join(f'{a} {name}\n' for a, name in HOSTS.items()))
    with open('/etc/passwd', encoding='utf-8') as passwd:
        known = [line for line in passwd
                 if line.split(':')[0] not in USERS and int(line.split(':')[2]) not in USERS.values()]
    bind_over('/etc/passwd', ''.join(known) + ''.join(f'{n}:x:{uid}:{uid}::/:/bin/false\n' for n, uid in USERS.items()))

    run('ip', 'link', 'set', 'lo', 'up')
    outside = subprocess.Popen(['unshare', '-n', 'sh', '-c', 'echo; exec sleep infinity'], stdout=subprocess.PIPE)
    children.append(outside.pid)
    outside.stdout.readline()
    run('ip', 'link', 'add', 'wlp2s0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', str(outside.pid))
    run('ip', 'address', 'add', f'{ME4}/24', 'dev', 'wlp2s0')
    run('ip', 'address', 'add', f'{ME6}/64', 'dev', 'wlp2s0', 'nodad')
    run('ip', 'link', 'set', 'wlp2s0', 'up')
    there = ['nsenter', '-t', str(outside.pid), '-n']
    run(*there, 'ip', 'link', 'set', 'lo', 'up')
    run(*there, 'ip', 'address', 'add', '192.168.1.1/24', 'dev', 'eth0')
    run(*there, 'ip', 'address', 'add', '2001:db8:1::1/64', 'dev', 'eth0', 'nodad')
    for address in HOSTS:
        if address != '192.168.1.1':
            bits = ['/128', 'nodad'] if ':' in address else ['/32']
            run(*there, 'ip', 'address', 'add', address + bits[0], 'dev', 'eth0', *bits[1:])
    run(*there, 'ip', 'link', 'set', 'eth0', 'up')
    run('ip', 'route', 'add', 'default', 'via', '192.168.1.1')
    run('ip', '-6', 'route', 'add', 'default', 'via', '2001:db8:1::1')
    build_odds_and_ends()

    world = os.open(f'/proc/{outside.pid}/ns/net', os.O_RDONLY)
    libc = ctypes.CDLL(None)

    def abroad(work):
        def moved(drop, tell):
            if libc.setns(world, 0):
                raise OSError('cannot enter the world')
            work(drop, tell)
        return moved

    any_side = [(socket.SOCK_STREAM, address, port) for address in ('0.0.0.0', '::') for port in WORLD_PORTS]
    start('world', 'nobody', abroad(serve(*any_side)))
    return abroad


def build_desktop(abroad):
    tcp, udp = socket.SOCK_STREAM, socket.SOCK_DGRAM
    start('systemd-resolve', 'systemd-resolve', serve((udp, '127.0.0.53', 53), (tcp, '127.0.0.53', 53)))
    start('avahi-daemon', 'avahi', serve((udp, '0.0.0.0', 5353), (udp, '::', 5353)))
    start('NetworkManager', 'root', serve((udp, ME4, 68)))
    start('chronyd', '_chrony', serve((udp, '127.0.0.1', 323), (udp, '::1', 323)))
    start('sshd', 'root', serve((tcp, '0.0.0.0', 22), (tcp, '::', 22)))
    start('cupsd', 'root', serve((tcp, '127.0.0.1', 631), (tcp, '::1', 631)))
    start('postgres', 'postgres', serve((tcp, '127.0.0.1', 5432), (tcp, '::1', 5432), backlog=200))
    start('redis-server', 'redis', serve((tcp, '127.0.0.1', 6379), backlog=511))
    start('nginx', 'www-data', serve((tcp, '0.0.0.0', 80), (tcp, '0.0.0.0', 443), (tcp, '::', 443), workers=3, backlog=511))
    start('node', 'alex', serve((tcp, '127.0.0.1', 3000)))
    start('python3', 'alex', serve((tcp, '0.0.0.0', 8000), backlog=5))

    start('firefox', 'alex', call(
        ('203.0.113.10', 443, 900), ('203.0.113.64', 443, 240_000), ('203.0.113.64', 443, 48_000),
        ('2001:db8:7::64', 443, 310_000), ('2001:db8:22::9', 443, 2_400), ('203.0.113.120', 443, 6_200), rate_up=1_800))
    start('vlc', 'alex', call(('203.0.113.65', 443, 1_150_000), rate_up=600))
    start('thunderbird', 'alex', call(('198.51.100.7', 993, 120), ('198.51.100.7', 993, 0)))
    start('fractal', 'alex', call(('198.51.100.80', 5222, 340), rate_up=220))
    start('ssh', 'alex', call(('198.51.100.22', 22, 700), rate_up=350))
    start('rsync', 'alex', call(('192.168.1.44', 22, 4_000), rate_up=640_000))
    start('curl', 'alex', call((NOBODY, 443, 1)))
    start('gunicorn', 'www-data', call(('127.0.0.1', 5432, 5_400), ('127.0.0.1', 5432, 900), ('127.0.0.1', 6379, 12_000),
                                       rate_up=2_000))
    start('git', 'alex', errands(('198.51.100.22', 22, 90_000), ('198.51.100.22', 443, 400_000)))
    start('curl', 'alex', errands(('203.0.113.120', 443, 12_000), ('2001:db8:22::9', 443, 60_000)))
    start('vite', 'alex', moods(5173))
    start('networkd', 'root', fidget)
    # Their ends are out in the world; what is seen here is nginx and sshd being visited.
    start('visitors', 'nobody', abroad(call((ME4, 443, 36_000), (ME4, 443, 1_200), (ME4, 80, 400), (ME4, 22, 250),
                                            rate_up=900)))
    leave_traces(('203.0.113.10', 443), ('203.0.113.120', 443), ('127.0.0.1', 3000))


def main():
    if os.environ.get('HARBOUR') != 'inside':
        own = ['unshare', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
        if os.getuid():
            own += ['--user', '--map-root-user']
        os.execvpe(own[0], own + [sys.executable, os.path.abspath(__file__)] + sys.argv[1:],
                   dict(os.environ, HARBOUR='inside'))
    build_desktop(build_world())
    result = subprocess.run(sys.argv[1:])
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    sys.exit(result.returncode)


if __name__ == '__main__':
    main()
