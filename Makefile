# SPDX-License-Identifier: GPL-2.0-or-later
# Each target is one line: what it does is in scripts/ and tests/.

KERNELS ?= 6.1
LONG ?=
export KERNELS LONG

all:
	scripts/setup build && $(MAKE) -C daemon && scripts/module

test:
	scripts/setup test && tests/run

demo:
	scripts/setup demo && tests/interop/demo

fuzz:
	scripts/setup build fuzz && $(MAKE) -C tests/fuzz fuzz

install:
	scripts/setup build $(if $(DESTDIR),,install) && $(MAKE) -C daemon && scripts/install

uninstall:
	scripts/install --uninstall

bench:
	scripts/setup build lab net bench && tests/bench/run $(ROW)

check:
	scripts/setup check && scripts/check

coverage:
	scripts/setup build coverage && scripts/coverage

clean:
	rm -rf build

.PHONY: all test demo fuzz bench coverage install uninstall check clean
