#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""source.py SOURCE BUILD: every file says its licence, C files are formatted, and shell scripts parse."""
import os
import shutil
import subprocess
import sys

import tap

SOURCE = sys.argv[1]
LICENCE = 'SPDX-License-Identifier: GPL-3.0-or-later'
TEXT = ('.1', '.build', '.c', '.css', '.h', '.in', '.po', '.py', '.sh', '.supp', '.svg', '.txt', '.ui', '.xml')


def source_files():
    for folder, folders, names in os.walk(SOURCE):
        folders[:] = [name for name in folders
                      if not name.startswith(('.git', '.flatpak', 'build', '__pycache__')) and name != 'corpus']
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith(TEXT) or name in ('POTFILES', 'LINGUAS', 'meson_options.txt') or os.access(path, os.X_OK):
                yield path


def head(path, lines=3):
    with open(path, encoding='utf-8', errors='replace') as text:
        return [next(text, '') for _ in range(lines)]


def every_file_names_its_licence():
    files = list(source_files())
    assert len(files) > 50, files
    without = [os.path.relpath(path, SOURCE) for path in files if not any(LICENCE in line for line in head(path))]
    assert not without, without


def shell_scripts_parse():
    scripts = [path for path in source_files() if head(path, 1)[0].endswith('bash\n')]
    assert len(scripts) >= 3, scripts
    for script in scripts:
        result = subprocess.run(['bash', '-n', script], capture_output=True, text=True)
        assert result.returncode == 0, result.stderr


def c_files_are_formatted():
    if not shutil.which('clang-format-14'):
        raise tap.Skip('no clang-format-14 here; other versions format otherwise')
    result = subprocess.run([os.path.join(SOURCE, 'dev'), 'format', '--check'], capture_output=True, text=True)
    badly = sorted({line.split(':')[0] for line in result.stderr.splitlines() if 'clang-format' in line})
    assert result.returncode == 0, f'run ./dev format: {badly}'


tap.run([every_file_names_its_licence, shell_scripts_parse, c_files_are_formatted])
