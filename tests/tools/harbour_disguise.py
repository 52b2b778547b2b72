# SPDX-License-Identifier: GPL-3.0-or-later
"""How a Python process looks like another program to all who read /proc in this mount namespace.

Its program (/proc/PID/exe) is Python itself at the path of that program: an overlay on /usr has one copy of it, with a
link for each. Command line and control group are files of text, mounted over those in /proc.
"""
import ctypes
import os
import shutil
import sys
import tempfile

STAGE = '/mnt'   # what is mounted there hides nothing that anybody needs
MS_BIND = 4096
PR_SET_NAME = 15
libc = ctypes.CDLL(None, use_errno=True)


def mount(source, target, kind=None, flags=0, options=None):
    """No process of its own for each mount: their numbers would lie between those that were chosen."""
    def text(value):
        return value and value.encode()
    if libc.mount(text(source), text(target), text(kind), ctypes.c_ulong(flags), text(options)):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), target)


def bind_over(path, text):
    """Shows TEXT in place of a file, in this mount namespace only."""
    with tempfile.NamedTemporaryFile('w', dir=STAGE, delete=False) as own:
        own.write(text)
    os.chmod(own.name, 0o644)
    mount(own.name, path, flags=MS_BIND)


def raise_stage(programs, files):
    """Python under each path of PROGRAMS, and FILES: {path: text}; all of them below /usr."""
    mount('tmpfs', STAGE, 'tmpfs')
    python = f'{STAGE}/python'
    shutil.copyfile('/proc/self/exe', python)
    os.chmod(python, 0o755)
    for path in sorted(set(programs) | set(files)):
        place = STAGE + path
        os.makedirs(os.path.dirname(place), exist_ok=True)
        if path in files:
            with open(place, 'w', encoding='utf-8') as file:
                file.write(files[path])
        else:
            os.link(python, place)
    os.mkdir(f'{STAGE}/work')
    mount('overlay', '/usr', 'overlay', options=f'lowerdir=/usr,upperdir={STAGE}/usr,workdir={STAGE}/work')


def name(text):
    """What the kernel calls this process (/proc/PID/comm), at most 15 bytes of it."""
    libc.prctl(PR_SET_NAME, text.encode(), 0, 0, 0)


def say(pid, command, cgroup):
    """What /proc says of a process. A COMMAND with ": " is a title that a program gives itself, else its arguments."""
    bind_over(f'/proc/{pid}/cmdline', (command if ': ' in command else command.replace(' ', '\0')) + '\0')
    bind_over(f'/proc/{pid}/cgroup', f'0::{cgroup}\n')


def become_program(path, arguments, environment=None):
    """Goes on as the same Python, but from PATH."""
    os.execve(path, [path, '-B', *arguments], dict(environment or os.environ, PYTHONHOME=sys.prefix))
