#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""translations.py SOURCE BUILD: no visible text is forgotten, and every language has all of it."""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

import tap

SOURCE = sys.argv[1]
PO = os.path.join(SOURCE, 'po')
MARKED_C = re.compile(r'\b(?:(?:_|N_|C_|NC_|ngettext)\s*\(\s*"|g_d[cnp]*gettext2?\s*\([^;)]*")')
# What meson's preset for GLib programs has xgettext look for.
XGETTEXT = ['xgettext', '--from-code=UTF-8', '--add-comments', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2',
            '--keyword=NC_:1c,2', '--keyword=g_dcgettext:2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3',
            '--flag=N_:1:pass-c-format', '--flag=C_:2:pass-c-format', '--flag=NC_:2:pass-c-format',
            '--flag=g_dngettext:2:pass-c-format', '--flag=g_strdup_printf:1:c-format']


def entries(name):
    with open(os.path.join(PO, name), encoding='utf-8') as text:
        return [line for line in text.read().split('\n') if line and not line.startswith('#')]


def has_text(path):
    with open(path, encoding='utf-8', errors='replace') as text:
        content = text.read()
    return 'translatable="yes"' in content if path.endswith('.ui') else bool(MARKED_C.search(content))


def every_file_with_text_is_listed():
    candidates = glob.glob(os.path.join(SOURCE, 'src', '**', '*.[ch]'), recursive=True)
    candidates += glob.glob(os.path.join(SOURCE, 'ui', '**', '*.ui'), recursive=True)
    with_text = {os.path.relpath(path, SOURCE) for path in candidates if has_text(path)}
    assert with_text, 'found no visible text at all'
    missing = with_text - set(entries('POTFILES'))
    assert not missing, sorted(missing)


def every_listed_file_exists():
    listed = entries('POTFILES')
    assert listed == sorted(set(listed)), 'not in order'
    assert not [path for path in listed if not os.path.exists(os.path.join(SOURCE, path))]


def template(folder):
    path = os.path.join(folder, 'porthole.pot')
    subprocess.run(XGETTEXT + ['-D', SOURCE, '-f', os.path.join(PO, 'POTFILES'), '-o', path], check=True,
                   capture_output=True, text=True)
    return path


def complete(language):
    def test():
        if not shutil.which('msgmerge'):
            raise tap.Skip('no gettext tools here')
        with tempfile.TemporaryDirectory() as folder:
            merged = os.path.join(folder, f'{language}.po')
            # Against the text as it is now, not as it was when the translation was last looked at.
            subprocess.run(['msgmerge', '--quiet', '--no-fuzzy-matching', '-o', merged,
                            os.path.join(PO, f'{language}.po'), template(folder)], check=True)
            result = subprocess.run(['msgfmt', '--check', '--statistics', '-o', os.devnull, merged],
                                    capture_output=True, text=True, env=dict(os.environ, LC_ALL='C'))
            assert result.returncode == 0, result.stderr
            gaps = subprocess.run(['msgattrib', '--untranslated', '--no-obsolete', '--no-wrap', merged],
                                  capture_output=True, text=True, check=True).stdout
            fuzzy = subprocess.run(['msgattrib', '--only-fuzzy', '--no-obsolete', '--no-wrap', merged],
                                   capture_output=True, text=True, check=True).stdout
            missing = re.findall(r'^msgid "(.+)"$', gaps + fuzzy, re.MULTILINE)
            assert not missing, missing
    test.__name__ = f'{language} is complete'
    return test


def german_and_french_are_there():
    assert {'de', 'fr'} <= set(entries('LINGUAS'))


tap.run([every_file_with_text_is_listed, every_listed_file_exists, german_and_french_are_there]
        + [complete(language) for language in entries('LINGUAS')])
