#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""data.py SOURCE BUILD: the files that the desktop reads are what the desktop's own checkers want."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import tap

SOURCE, BUILD = sys.argv[1:3]
ID = 'org.porthole.Porthole'


def data(*path):
    return os.path.join(SOURCE, 'data', *path)


def check(*command):
    if not shutil.which(command[0]):
        raise tap.Skip(f'no {command[0]} here')
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0 and not result.stdout.startswith('mandoc'), result.stdout + result.stderr


def desktop_file():
    check('desktop-file-validate', os.path.join(BUILD, 'data', f'{ID}.desktop'))


def metainfo():
    check('appstreamcli', 'validate', '--no-net', '--strict', os.path.join(BUILD, 'data', f'{ID}.metainfo.xml'))


def settings_schema():
    check('glib-compile-schemas', '--strict', '--dry-run', data())


def manual_pages():
    pages = sorted(glob.glob(data('man', '*.1')))
    assert [os.path.basename(page) for page in pages] == ['porthole-cli.1', 'porthole.1']
    check('mandoc', '-T', 'lint', '-W', 'warning', *pages)


def options_of(program):
    usage = subprocess.run([os.path.join(BUILD, 'src', program), '--help'], check=True, capture_output=True,
                           text=True, env=dict(os.environ, LC_ALL='C.UTF-8')).stdout
    options = set(re.findall(r'^  (?:-(\w), |    )--([\w-]+)', usage, re.MULTILINE))
    assert len(options) > 10, usage
    return options


def every_option_is_in_the_manual():
    """Those of the command line in its page; the window's page has what only the window knows."""
    shared = options_of('porthole-cli')
    own = options_of('porthole') - shared
    assert own
    check_options('porthole-cli.1', shared)
    check_options('porthole.1', own)


def every_option_that_is_understood_is_in_the_manual():
    """Also those that the usage text does not name; and no page has one that there is not."""
    with open(os.path.join(SOURCE, 'src', 'core', 'ph-options-table.c'), encoding='utf-8') as text:
        entries = re.findall(r"""^  { PH_OPTION_\w+, (?:0|'(.)'), (?:NULL|"([\w-]+)")""", text.read(), re.MULTILINE)
    letters, names = ({entry[i] for entry in entries if entry[i]} for i in (0, 1))
    assert len(letters) > 20 and len(names) > 30, entries
    pages = ''
    for name in ('porthole-cli.1', 'porthole.1'):
        with open(data('man', name), encoding='utf-8') as text:
            pages += text.read()
    said = {option for line in re.findall(r'^\.It .*|^\.Fl \S+', pages, re.MULTILINE)
            for option in re.findall(r'(?:Fl|[,;]) (?:\\&)?(\\-[\w-]+|[\w?])(?= |$)', line)}
    assert {option for option in said if len(option) == 1} == letters, said ^ letters
    assert {option[2:] for option in said if len(option) > 1} == names, said


def check_options(name, options):
    with open(data('man', name), encoding='utf-8') as text:
        page = text.read()
    for short, long in options:
        assert re.search(rf'^\.It .*Fl {f"{short} , " if short else ""}\\-{long}\b', page, re.MULTILINE), (short, long)


def icons():
    full = ElementTree.parse(data('icons', 'hicolor', 'scalable', 'apps', f'{ID}.svg')).getroot()
    assert full.get('viewBox') == '0 0 128 128'
    path = data('icons', 'hicolor', 'symbolic', 'apps', f'{ID}-symbolic.svg')
    symbolic = ElementTree.parse(path).getroot()
    assert symbolic.get('viewBox') == '0 0 16 16'
    # A symbolic icon is recoloured by whoever draws it: one colour, fills only.
    with open(path, encoding='utf-8') as text:
        assert set(re.findall(r'#[0-9a-f]{3,6}', text.read())) == {'#2e3436'}
    assert not [node for node in symbolic.iter() if node.get('stroke') or node.get('opacity')]


def one_version():
    """The newest release in the metainfo is the version that meson builds."""
    with open(os.path.join(SOURCE, 'meson.build'), encoding='utf-8') as text:
        version = re.search(r"version: '([^']+)'", text.read())[1]
    releases = ElementTree.parse(data(f'{ID}.metainfo.xml.in')).getroot().iter('release')
    assert next(releases).get('version') == version


def flatpak_manifest():
    with open(os.path.join(SOURCE, 'flatpak', f'{ID}.json'), encoding='utf-8') as text:
        manifest = json.load(text)
    assert manifest['id'] == ID and manifest['command'] == 'porthole'
    assert manifest['runtime'] == 'org.gnome.Platform' and manifest['sdk'] == 'org.gnome.Sdk'
    for module in manifest['modules']:
        for source in module['sources']:
            if source['type'] == 'archive':
                assert re.fullmatch('[0-9a-f]{64}', source['sha256']), source
                assert source['url'].startswith('https://'), source
    allowed = set(manifest['finish-args'])
    assert not [arg for arg in allowed if arg.startswith('--filesystem') or 'system-bus' in arg], allowed


tests = [settings_schema, manual_pages, every_option_is_in_the_manual,
         every_option_that_is_understood_is_in_the_manual, icons, one_version, flatpak_manifest]
if os.path.exists(os.path.join(BUILD, 'data', f'{ID}.desktop')):
    tests += [desktop_file, metainfo]
tap.run(tests)
