#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""harbour.py COMMAND...: runs COMMAND on a small, busy, entirely made-up desktop, for screenshots.

A network, mount and process namespace of its own holds what looks like a desktop with a few servers; a second network
namespace behind it is "the internet". Everything talks to everything, and nothing leaves the machine. Addresses and
names are those set aside for documentation (RFC 5737, 3849, 2606). It all ends with COMMAND.

Who is there is told in harbour_crew.py, what they do in harbour_traffic.py, and why they look like it in
harbour_disguise.py.
"""
import os
import subprocess
import sys

import harbour_crew as crew
import harbour_disguise as disguise
from harbour_crew import ME4, ME6, USERS
from harbour_traffic import leave_traces

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


def run(*command):
    subprocess.run(command, check=True)


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
    """The desktop's network card, and behind it everybody else. Returns where they are."""
    disguise.bind_over('/etc/hosts', '127.0.0.1 localhost\n' + ''.join(f'{a} {name}\n' for a, name in HOSTS.items()))
    disguise.bind_over('/etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files\n')   # and nobody else is asked
    with open('/etc/passwd', encoding='utf-8') as passwd:
        known = [line for line in passwd
                 if line.split(':')[0] not in USERS and int(line.split(':')[2]) not in USERS.values()]
    disguise.bind_over('/etc/passwd', ''.join(known) + ''.join(f'{name}:x:{uid}:{uid}::/:/bin/false\n'
                                                               for name, uid in USERS.items()))

    run('ip', 'link', 'set', 'lo', 'up')
    outside = subprocess.Popen(['unshare', '-n', 'sh', '-c', 'echo; exec sleep infinity'], stdout=subprocess.PIPE)
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

    return os.open(f'/proc/{outside.pid}/ns/net', os.O_RDONLY)


def set_the_stage():
    """In a namespace that is still empty: programs to be, then on as the one that is the first on every desktop."""
    run('mount', '--make-rprivate', '/')
    disguise.raise_stage(crew.programs(), crew.desktop_files())
    disguise.become_program(crew.SYSTEMD, [os.path.abspath(__file__), *sys.argv[1:]],
                            dict(os.environ, HARBOUR='inside'))


def main():
    here = os.environ.get('HARBOUR')
    if not here:
        own = ['unshare', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
        if os.getuid():
            own += ['--user', '--map-root-user']
        os.execvpe(own[0], own + [sys.executable, os.path.abspath(__file__)] + sys.argv[1:],
                   dict(os.environ, HARBOUR='empty'))
    if here == 'empty':
        set_the_stage()
    del os.environ['PYTHONHOME']
    disguise.say(os.getpid(), '/sbin/init', '/init.scope')
    world = build_world()
    for process in crew.CREW:
        crew.start(process, world)
    leave_traces(('203.0.113.10', 443), ('203.0.113.120', 443), ('127.0.0.1', 3000))
    # All others end with this process, which is the first of their namespace.
    sys.exit(subprocess.run(sys.argv[1:]).returncode)


if __name__ == '__main__':
    main()
