# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is on the made-up desktop of harbour.py, and how they are started.

harbour_crew.py NUMBER PIPE WORLD, run as one of the programs, is the process of that number. It starts those that it is
the parent of, does its work, and says into PIPE when it is ready. WORLD is the network namespace that is the internet.
"""
import dataclasses
import os
import pwd
import signal
import socket
import sys
import typing

import harbour_disguise as disguise
from harbour_traffic import NOBODY, call, errands, fidget, idle, moods, serve

ME4, ME6 = '192.168.1.20', '2001:db8:1::20'
USERS = {'alex': 1000, 'postgres': 117, 'redis': 118, 'avahi': 108, 'systemd-resolve': 992, '_chrony': 119}
WORLD_PORTS = (22, 443, 873, 993, 5222)
TCP, UDP = socket.SOCK_STREAM, socket.SOCK_DGRAM
SYSTEMD = '/usr/lib/systemd/systemd'
SESSION = '/user.slice/user-1000.slice/user@1000.service'


@dataclasses.dataclass
class Process:
    name: str       # as the kernel calls it
    user: str
    program: str    # its path; Python's own where that is what runs it
    command: str    # see disguise.say()
    unit: str       # "ssh.service", or its cgroup below that of the session
    work: typing.Callable = idle
    children: tuple = ()
    abroad: bool = False    # out in the internet, where nobody sees what it is called
    pid: int = 0

    @property
    def cgroup(self):
        return f'{SESSION}/{self.unit}' if self.user == 'alex' else f'/system.slice/{self.unit}'


def python():
    return os.path.realpath('/usr/bin/python3')


def app(name, program, command, work, unit=None):
    """What alex has started from the shell of the desktop."""
    return Process(name, 'alex', program, command, f'app.slice/app-gnome-{unit or name}-2214.scope', work)


def typed(name, program, command, work, children=()):
    """What alex has started in the terminal."""
    return Process(name, 'alex', program, command,
                   'app.slice/app-org.gnome.Terminal.slice/vte-spawn-5f0c1d7e-8a34-4a5e-9d0b-2f6b7c1e9a44.scope', work,
                   children)


def service(name, user, program, command, work, unit=None):
    return Process(name, user, program, command, f'{unit or name}.service', work)


IN_TERMINAL = (
    typed('node', '/usr/bin/node', 'node server.js', serve((TCP, '127.0.0.1', 3000))),
    typed('python3', python(), 'python3 -m http.server', serve((TCP, '0.0.0.0', 8000), backlog=5)),
    typed('ssh', '/usr/bin/ssh', 'ssh git.example.org', call(('198.51.100.22', 22, 700), rate_up=350)),
    typed('rsync', '/usr/bin/rsync', 'rsync -a --info=progress2 Pictures/ rsync://nas.example/alex/Pictures/',
          call(('192.168.1.44', 873, 4_000), rate_up=640_000)),
    typed('curl', '/usr/bin/curl', f'curl https://{NOBODY}/', call((NOBODY, 443, 1))),
    typed('git-remote-http', '/usr/lib/git-core/git-remote-http',
          '/usr/lib/git-core/git-remote-https origin https://git.example.org/alex/shop.git',
          errands(('198.51.100.22', 443, 90_000), ('198.51.100.22', 443, 400_000))),
    typed('curl', '/usr/bin/curl', 'curl -s https://api.example.com/v1/tides',
          errands(('203.0.113.120', 443, 12_000), ('2001:db8:22::9', 443, 60_000))),
    typed('node', '/usr/bin/node', 'node /home/alex/shop/node_modules/.bin/vite', moods(5173)),
)
ON_DESKTOP = (
    app('firefox', '/usr/lib/firefox/firefox', '/usr/lib/firefox/firefox https://www.example.org/', call(
        ('203.0.113.10', 443, 900), ('203.0.113.64', 443, 240_000), ('203.0.113.64', 443, 48_000),
        ('2001:db8:7::64', 443, 310_000), ('2001:db8:22::9', 443, 2_400), ('203.0.113.120', 443, 6_200),
        rate_up=1_800)),
    app('vlc', '/usr/bin/vlc', '/usr/bin/vlc --started-from-file https://video.example.net/regatta.webm',
        call(('203.0.113.65', 443, 1_150_000), rate_up=600)),
    app('thunderbird', '/usr/lib/thunderbird/thunderbird', '/usr/lib/thunderbird/thunderbird',
        call(('198.51.100.7', 993, 120), ('198.51.100.7', 993, 0))),
    app('dino-im', '/usr/bin/dino-im', '/usr/bin/dino-im', call(('198.51.100.80', 5222, 340), rate_up=220),
        'im.dino.Dino'),
)
TERMINAL = 'app.slice/app-org.gnome.Terminal.slice/gnome-terminal-server.service'
DESKTOP = Process('systemd', 'alex', SYSTEMD, f'{SYSTEMD} --user', 'init.scope', children=(
    Process('gnome-shell', 'alex', '/usr/bin/gnome-shell', '/usr/bin/gnome-shell',
            'session.slice/org.gnome.Shell@wayland.service', children=ON_DESKTOP),
    Process('gnome-terminal-server', 'alex', '/usr/libexec/gnome-terminal-server', '/usr/libexec/gnome-terminal-server',
            TERMINAL, children=(typed('zsh', '/usr/bin/zsh', '-zsh', idle, IN_TERMINAL),))))

NGINX_WORKER = ('nginx: worker process', '/system.slice/nginx.service')
SERVICES = (
    service('systemd-resolve', 'systemd-resolve', f'{SYSTEMD}-resolved', f'{SYSTEMD}-resolved', serve(
        (UDP, '127.0.0.53', 53), (TCP, '127.0.0.53', 53)), 'systemd-resolved'),
    service('avahi-daemon', 'avahi', '/usr/sbin/avahi-daemon', 'avahi-daemon: running [harbour.local]',
            serve((UDP, '0.0.0.0', 5353), (UDP, '::', 5353))),
    service('NetworkManager', 'root', '/usr/sbin/NetworkManager', '/usr/sbin/NetworkManager --no-daemon',
            serve((UDP, ME4, 68))),
    service('chronyd', '_chrony', '/usr/sbin/chronyd', '/usr/sbin/chronyd -F 1',
            serve((UDP, '127.0.0.1', 323), (UDP, '::1', 323)), 'chrony'),
    service('sshd', 'root', '/usr/sbin/sshd', 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups',
            serve((TCP, '0.0.0.0', 22), (TCP, '::', 22)), 'ssh'),
    service('cupsd', 'root', '/usr/sbin/cupsd', '/usr/sbin/cupsd -l', serve((TCP, '127.0.0.1', 631), (TCP, '::1', 631)),
            'cups'),
    service('postgres', 'postgres', '/usr/lib/postgresql/15/bin/postgres',
            '/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main',
            serve((TCP, '127.0.0.1', 5432), (TCP, '::1', 5432), backlog=200), 'postgresql@15-main'),
    service('redis-server', 'redis', '/usr/bin/redis-server', '/usr/bin/redis-server 127.0.0.1:6379',
            serve((TCP, '127.0.0.1', 6379), backlog=511)),
    service('nginx', 'www-data', '/usr/sbin/nginx',
            'nginx: master process /usr/sbin/nginx -g daemon on; master_process on;',
            serve((TCP, '0.0.0.0', 80), (TCP, '0.0.0.0', 443), (TCP, '::', 443), workers=(NGINX_WORKER,) * 3,
                  backlog=511)),
    service('gunicorn', 'www-data', python(), '/usr/bin/python3 /usr/bin/gunicorn shop.wsgi', call(
        ('127.0.0.1', 5432, 5_400), ('127.0.0.1', 5432, 900), ('127.0.0.1', 6379, 12_000), rate_up=2_000)),
)


def stranger(name, work):
    return Process(name, 'nobody', python(), name, 'none', work, abroad=True)


WORLD = stranger('world', serve(*[(TCP, address, port) for address in ('0.0.0.0', '::') for port in WORLD_PORTS]))
# Their ends are out in the world; what is seen here is nginx and sshd being visited.
VISITORS = stranger('visitors', call((ME4, 443, 36_000), (ME4, 443, 1_200), (ME4, 80, 400), (ME4, 22, 250),
                                     rate_up=900))
NETWORKD = service('systemd-networkd', 'root', f'{SYSTEMD}-networkd', f'{SYSTEMD}-networkd', fidget)
CREW = (WORLD, *SERVICES, DESKTOP, NETWORKD, VISITORS)

APPS = {'firefox': ('Firefox', 'web-browser'), 'thunderbird': ('Thunderbird', 'emblem-mail'),
        'vlc': ('VLC', 'multimedia-player')}


def everybody(processes=CREW):
    for process in processes:
        yield process
        yield from everybody(process.children)


def give_numbers():
    """The same each time, and far apart, as where many have come and gone."""
    pid = 600
    for process in everybody():
        pid += 37 + len(process.name) * 61
        process.pid = pid


give_numbers()


def programs():
    return {SYSTEMD} | {process.program for process in everybody()}


def desktop_files():
    paths = {process.name: process.program for process in everybody()}
    return {f'/usr/share/applications/{name}.desktop':
            f'[Desktop Entry]\nType=Application\nName={title}\nIcon={icon}\nExec={paths[name]}\n'
            for name, (title, icon) in APPS.items()}


def start(process, world):
    """Starts PROCESS, with its number if that may be chosen, and waits until it is ready or has failed."""
    try:
        with open('/proc/sys/kernel/ns_last_pid', 'w', encoding='ascii') as number:
            number.write(str(process.pid - 1))
    except OSError:
        pass
    ready, done = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.set_inheritable(done, True)
            os.set_inheritable(world, True)
            number = list(everybody()).index(process)
            disguise.become_program(process.program, [os.path.abspath(__file__), str(number), str(done), str(world)])
        except BaseException as error:
            print(f'harbour: {process.name}: {error!r}', file=sys.stderr)
        os._exit(1)
    os.close(done)
    os.read(ready, 1)
    os.close(ready)
    disguise.say(pid, process.command, process.cgroup)


def become(user):
    if os.getuid() == 0 and user != 'root':
        try:
            os.setgroups([])
            os.setresuid(*[USERS.get(user) or pwd.getpwnam(user).pw_uid] * 3)
        except (OSError, KeyError):
            pass   # a namespace with one user only: then everything is that one's


def main(number, done, world):
    process = list(everybody())[number]
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    disguise.name(process.name)
    os.set_inheritable(done, False)
    os.set_inheritable(world, False)
    for child in process.children:
        start(child, world)
    if process.abroad and disguise.libc.setns(world, 0):
        raise OSError('cannot enter the world')
    process.work(lambda: become(process.user), lambda: os.write(done, b'.'))


if __name__ == '__main__':
    main(*map(int, sys.argv[1:]))
