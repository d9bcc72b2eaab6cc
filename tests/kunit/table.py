#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The messages below TESTS/vectors and TESTS/fuzz/corpus as C tables, for the
KUnit suites: table.py TESTS >table.c

tests/vectors/README has the format, kmod/test/vector.h the tables. What makes
no sense is an error here, or in the compiler that meets an unknown name.
"""
import ipaddress
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ESCAPES = {"r": b"\r", "n": b"\n", "t": b"\t"}
DIRECTIONS = {"sendrecv", "sendonly", "recvonly", "inactive"}
RULINGS = {b"go": "SF_GO", b"discard": "SF_DISCARD", b"absorb": "SF_ABSORB"}


def words(line):
    """A line's words, escapes resolved, as bytes."""
    out, pos = [], 0
    while pos < len(line):
        if line[pos] == " ":
            pos += 1
            continue
        if line[pos] != '"':
            end = (line + " ").index(" ", pos)
            out.append(line[pos:end].encode())
            pos = end
            continue
        word, pos = b"", pos + 1
        while line[pos] != '"':
            if line[pos] != "\\":
                word += line[pos].encode()
                pos += 1
            elif line[pos + 1] == "x":
                word += bytes([int(line[pos + 2:pos + 4], 16)])
                pos += 4
            else:
                word += ESCAPES.get(line[pos + 1], line[pos + 1].encode())
                pos += 2
        out.append(word)
        pos += 1
    return out


def text(data):
    """Bytes as a struct sf_text."""
    plain = "".join(chr(b) if 0x20 <= b < 0x7f and b not in b'"\\?' else f"\\{b:03o}"
                    for b in data)
    return f'{{ "{plain}", {len(data)} }}'


def symbol(prefix, name, none="OTHER"):
    """The enumerator of a name, "-" being what has no number."""
    if name in (b"-", b"other"):
        return f"SF_{prefix}_{none}"
    return f"SF_{prefix}_" + re.sub(r"[^A-Z0-9]", "_", name.decode().upper())


def reason(name):
    """The enumerator of a reason."""
    return "SF_" + name.decode().upper().replace("-", "_")


def method(name, known):
    """The enumerator of a method, which need not be known."""
    return symbol("METHOD", name if name.decode() in known else b"-")


class Step:
    """One struct sf_step."""

    def __init__(self, number, kind, why=b"ok"):
        self.line, self.kind, self.why = number, kind, why
        self.id, self.num, self.text = "0", [], []

    def __str__(self):
        num = ", ".join(map(str, self.num)) or "0"
        strings = ", ".join(map(text, self.text))
        return (f"{{ {self.line}, SF_STEP_{self.kind.upper()}, {self.id}, {reason(self.why)}, "
                f"{{ {num} }}, {{ {strings} }} }}" if strings else
                f"{{ {self.line}, SF_STEP_{self.kind.upper()}, {self.id}, {reason(self.why)}, "
                f"{{ {num} }} }}")


def step(number, kind, w, known):
    """The struct sf_step of a line's words."""
    s = Step(number, kind)
    if kind in ("parse", "stream", "next"):
        s.why = w[0]
    elif kind == "verdict":
        s.why, s.id = w[0], symbol("HDR", (w + [b"-"])[1])
    elif kind in ("proxy", "server"):
        s.num = [RULINGS[w[0]] if w[0] in RULINGS else int(w[0])]
    elif kind == "helper":
        s.num = [symbol("HELP", w[0])]
    elif kind == "request":
        s.id, s.text = method(w[0], known), w[:2]
    elif kind == "response":
        s.num, s.id, s.text = [int(w[0])], method(w[1], known), [w[2]]
    elif kind in ("uri", "via", "cseq", "sdp") and len(w) == 1:
        s.why = w[0]
    elif kind == "uri":
        s.id, s.text, s.num = symbol("SCHEME", w[0]), w[1:3], [int(w[3])]
    elif kind == "hdr":
        s.id, s.text = symbol("HDR", w[0]), [b"", w[1]] if w[0] != b"-" else w[1:3]
    elif kind == "via":
        s.id, s.num, s.text = symbol("TRANSPORT", w[0]), [int(w[2])], [w[1], w[3]]
    elif kind == "addr":
        s.id = symbol("HDR", w[0])
        if len(w) == 2:
            s.why = w[1]
        else:
            s.text = w[1:4]
    elif kind == "cseq":
        s.num, s.text = [int(w[0])], [w[1]]
    elif kind in ("body", "sdp"):
        s.num = [int(w[0]), int(w[1])]
    elif kind in ("origin", "conn"):
        s.text = [w[0]]
    elif kind == "media":
        s.id, s.text = symbol("MEDIA", w[0]), [w[5]]
        s.num = [symbol("PROTO", w[1]), int(w[2]), int(w[3]), symbol("DIR", w[4]),
                 f"{int(w[6])} | {int(w[7] == b'mux')} << 16"]
    else:
        raise ValueError(f"unknown keyword {kind}")
    return s


def endpoint(word):
    """ADDRESS:PORT as C, and the address's version and port."""
    host, _, port = word.decode().rpartition(":")
    address = ipaddress.ip_address(host.strip("[]"))
    return "{ " + ", ".join(map(str, address.packed)) + " }", address.version, int(port)


class Vector:
    """One struct sf_vector with its tables."""

    def __init__(self, directory, name, known, gap):
        base = directory / name
        self.name, self.gap = name, gap
        files = [Path(f"{base}{suffix}") for suffix in (".sip", ".dat")]
        self.file = next(f for f in files if f.exists())
        self.msg, self.digest = self.file.read_bytes(), None
        nat = Path(f"{base}.nat")
        self.nat = nat.read_bytes() if nat.exists() else None
        self.steps, self.maps, self.ports, self.edits = [], [], [], []
        self.inward = self.ipv6 = False
        lines = Path(f"{base}.expect").read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines, 1):
            if line and not line.startswith("#"):
                self.add(number, words(line), known)

    def add(self, number, w, known):
        """A line's words."""
        kind, w = w[0].decode(), w[1:]
        if kind == "nat":
            self.inward = w[0] == b"in"
        elif kind == "map":
            inside, version, port = endpoint(w[0])
            outside, _, face = endpoint(w[1])
            self.ipv6 = version == 6
            self.maps.append(f"{{ {inside}, {outside}, {port}, {face} }}")
            self.ports.append(str(face).encode())
        elif kind == "edit":
            number = self.ports.index(w[2], 1) if w[2] in self.ports[1:] else 0
            self.edits.append(f"{{ {int(w[0])}, {int(w[1])}, {number}, {text(w[2])} }}")
        else:
            self.steps.append(str(step(number, kind, w, known)))

    def tables(self, number):
        """The tables that the row points to."""
        for kind, name, rows in (("sf_step", "steps", self.steps),
                                 ("sf_vector_map", "maps", self.maps),
                                 ("sf_vector_edit", "edits", self.edits)):
            if rows:
                print(f"static const struct {kind} {name}_{number}[] = {{")
                print("".join(f"\t{row},\n" for row in rows) + "};\n")

    def row(self, number):
        """The struct sf_vector."""
        nat = text(self.nat) if self.nat is not None else "{ NULL, 0 }"
        gap = f'"{self.gap}"' if self.gap else "NULL"
        tables = [f"{name}_{number}" if rows else "NULL" for name, rows in
                  (("steps", self.steps), ("maps", self.maps), ("edits", self.edits))]
        counts = map(str, (len(self.steps), len(self.maps), len(self.edits)))
        return (f'\t{{ "{self.name}", {text(self.msg)},\n\t  {nat},\n\t  {self.digest}, {gap}, '
                f"{str(self.ipv6).lower()}, {str(self.inward).lower()}, "
                f"{', '.join(counts)}, {', '.join(tables)} }},")


def gaps(tests):
    """Why the module does not make a vector's translation."""
    lines = (tests / "kunit/gaps").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if line and line[0] != "#")


def digests(tests, files):
    """What the core, compiled for user space, makes of each file."""
    kmod, include = tests / "../kmod", tests / "../include"
    with tempfile.TemporaryDirectory() as room:
        program = Path(room) / "digest"
        subprocess.run(["gcc", "-O1", f"-I{include}", f"-I{kmod}/core", f"-I{kmod}/test",
                        tests / "kunit/digest.c", kmod / "test/walk.c",
                        *sorted((kmod / "core").glob("*.c")), "-o", program], check=True)
        return subprocess.run([program, *files], check=True, text=True,
                              stdout=subprocess.PIPE).stdout.split()


def main(tests):
    """Print the tables."""
    directory, missing = tests / "vectors", gaps(tests)
    header = (tests / "../include/sipfast/hdr.h").read_text(encoding="utf-8")
    known = set(re.findall(r'X\((\w+), "\1"\)', header))
    names = sorted(str(f.relative_to(directory))[:-len(".expect")]
                   for f in directory.rglob("*.expect"))
    if not names or not known:
        sys.exit(f"no vectors below {directory}")
    if set(missing) - set(names):
        sys.exit(f"no such vectors: {set(missing) - set(names)}")
    vectors = [Vector(directory, name, known, missing.get(name)) for name in names]
    for vector, digest in zip(vectors, digests(tests, [v.file for v in vectors])):
        vector.digest = digest
    corpus = sorted((tests / "fuzz/corpus").glob("*/*"))

    print("// SPDX-License-Identifier: GPL-2.0\n"
          "/* Made by tests/kunit/table.py from the files below tests. */\n"
          "#include <linux/kernel.h>\n#include <sipfast/role.h>\n#include <sipfast/sdp.h>\n#include <sipfast/value.h>\n\n"
          '#include "vector.h"\n')
    for number, vector in enumerate(vectors):
        vector.tables(number)
    print("const struct sf_vector sf_vectors[] = {")
    for number, vector in enumerate(vectors):
        print(vector.row(number))
    print("};\n\nconst unsigned int sf_nvectors = ARRAY_SIZE(sf_vectors);\n")
    print("const struct sf_corpus_input sf_corpus[] = {")
    for file, digest in zip(corpus, digests(tests, corpus)):
        print(f'\t{{ "{file.parent.name}/{file.name}", {text(file.read_bytes())}, {digest} }},')
    print("};\n\nconst unsigned int sf_ncorpus = ARRAY_SIZE(sf_corpus);")


main(Path(sys.argv[1]))
