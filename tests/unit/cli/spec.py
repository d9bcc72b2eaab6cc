#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""
spec.py HEADER SPEC: does the YAML specification say what the header says?

Compares the numbering of commands, attributes and values, and the types that
the header's comments give. Prints a line PASS or FAIL for each enum.
"""
import os
import re
import sys

SUITE = os.environ.get('UNIT_SUITE', 'unit/cli')
NUMBERS = {'u8', 'u16', 'u32', 'u64'}


def enums(header):
    """Return each enum's members in order, without the limits."""
    found = {}
    for name, body in re.findall(r'^enum (\w+) \{(.*?)^\}', header,
                                 re.S | re.M):
        members = re.findall(r'^\t(\w+)', body, re.M)
        if '__' in ''.join(m[:2] for m in members):
            members = members[:-2]
        found[name] = members
    return found


def comments(header):
    """Return the comment of each member, its white space reduced."""
    found = {}
    for block in re.findall(r'/\*\*(.*?)\*/', header, re.S):
        text = ' '.join(re.sub(r'\n \*', ' ', block).split())
        for name, words in re.findall(r'@(\w+): (.*?)(?= @[A-Z]|$)', text):
            found.setdefault(name, words)
    return found


def upper(*parts):
    """Return the C name of what the parts make together."""
    return ''.join(parts).upper().replace('-', '_')


def type_of(attr, sets):
    """Return the type of an attribute in the header's words."""
    if attr['type'] == 'nest':
        inner = sets[attr['nested-attributes']]['enum-name']
        return 'nest of enum ' + inner.replace('-', '_')
    return attr['type']


def type_errors(attrs, prefix, sets, said):
    """Compare the types that the comments begin with."""
    for attr in attrs:
        name = upper(prefix, attr['name'])
        words = said.get(name, '')
        stated = re.match(r'(u\d+|string|nest of enum \w+)', words)
        if stated and stated[1] != type_of(attr, sets):
            yield f"{name}: {stated[1]}, not {type_of(attr, sets)}"
        if attr['type'] in NUMBERS and not stated:
            yield f'{name}: the header gives no type'


def verdict(name, errors):
    """Print a verdict and return whether it is a good one."""
    for error in errors:
        print('   ', error, file=sys.stderr)
    print('FAIL' if errors else 'PASS', f'{SUITE}/spec/{name}')
    return not errors


def order_errors(want, got):
    """Compare two lists of names."""
    return [] if want == got else [f'header: {want}', f'spec: {got}']


def compare(header, spec):
    """Compare all of it; return whether it is the same."""
    have, said = enums(header), comments(header)
    sets = {s['name']: s for s in spec['attribute-sets']}
    enum = {d['name']: d for d in spec['definitions']}
    good = True

    for item in sets.values():
        name, prefix = item['enum-name'].replace('-', '_'), item['name-prefix']
        names = [upper(prefix, 'unspec')]
        names += [upper(prefix, a['name']) for a in item['attributes']]
        errors = order_errors(have.pop(name, None), names)
        errors += type_errors(item['attributes'], prefix, sets, said)
        good &= verdict(name, errors)

    for item in enum.values():
        name = re.search(r'enum (\w+)', item['doc'])[1]
        prefix = item.get('name-prefix', f"{spec['name']}-{item['name']}-")
        names = [upper(prefix, e['name']) for e in item['entries']]
        good &= verdict(name, order_errors(have.pop(name, None), names))

    ops = spec['operations']
    names = [upper(ops['name-prefix'], 'unspec')]
    names += [upper(ops['name-prefix'], o['name']) for o in ops['list']]
    good &= verdict('commands', order_errors(have.pop('sipfast_cmd'), names))

    groups = re.findall(r'_MCGRP_\w+\s+"(\w+)"', header)
    names = [g['name'] for g in spec['mcast-groups']['list']]
    good &= verdict('groups', order_errors(groups, names))
    return verdict('complete', list(have)) and good


def main():
    """Read both files and compare them."""
    try:
        import yaml
    except ImportError:
        print(f'SKIP {SUITE}/spec python3-yaml is missing')
        return 0
    with open(sys.argv[1], encoding='utf-8') as header, \
            open(sys.argv[2], encoding='utf-8') as spec:
        return 0 if compare(header.read(), yaml.safe_load(spec)) else 1


if __name__ == '__main__':
    sys.exit(main())
