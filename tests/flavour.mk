# SPDX-License-Identifier: GPL-2.0-or-later
# What Makefiles of tests in user space have in common. Each program is linked with
# what it needs of the project, once for each flavour: see tests/flavour. It runs
# optimised and under the address and undefined behaviour sanitizers; what threads
# share, and with LONG=1 all of it, under the thread sanitizer, too.
#
# Includers set
#
#	root		the project
#	room		their folder below tests/unit
#	programs	one source file each; `check` runs them, unless there are none
#	threads		those that the thread sanitizer always sees
#	shared		source files that are linked into all of them
#	libs		of the system
#	whole		sipfast or sipfastd: whose parts they are linked with
#
# A function in `shared` or a program takes the place of the project's.

LONG ?=
whole ?= sipfastd
out ?= $(root)/build/tests/unit/$(room)
tests := $(root)/tests/unit

warnings := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wwrite-strings -Wformat=2 -Wundef -Wvla -Werror
flags := -std=gnu11 -g $(warnings) -D_GNU_SOURCE -I$(root)/include \
	-I$(root)/include/uapi -I$(tests)

plain := -O2
asan := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all
tsan := -O1 -fsanitize=thread

tree-plain := $(root)/build
tree-asan := $(root)/build/asan
tree-tsan := $(root)/build/tsan

runs-plain := $(programs)
runs-asan := $(programs)
runs-tsan := $(if $(LONG),$(programs),$(threads))

check: check-plain check-asan check-tsan

check-asan: | check-plain
check-tsan: | check-asan

clean:
	rm -rf $(out)

define compile
	@mkdir -p $(@D)
	@echo "  CC $(@:$(root)/build/%=%)"
	@$(CC) $(flags)
endef

# Remade only if one of its objects is; then what is linked with it is, too.
%/$(whole)-parts.a: FORCE
	@$(root)/tests/flavour $(or $(filter asan tsan,$(notdir $*)),plain)

# running NAME, flavour NAME: the same rules for each way to build.
define running
check-$(1): $(runs-$(1):%=$(out)/$(1)/%)
	@status=0; for t in $$^; do \
		UNIT_SUITE=unit$(if $(filter-out plain,$(1)),-$(1))/$(room) \
			UNIT_VECTORS=$(root)/tests/vectors $$$$t || status=1; \
	done; exit $$$$status
endef

define flavour
$(out)/$(1)/test.o: $(tests)/test.c
	$$(compile) -U_GNU_SOURCE $$($(1)) -MMD -MP -c $$< -o $$@

$(out)/$(1)/%.o: %.c
	$$(compile) $$($(1)) -MMD -MP -c $$< -o $$@

$(out)/$(1)/%: $(out)/$(1)/%.o $(out)/$(1)/test.o $(shared:%.c=$(out)/$(1)/%.o) \
		$(tree-$(1))/$(whole)-parts.a
	$$(compile) $$($(1)) $$^ $$(libs) -o $$@
endef

ways := plain asan tsan
$(foreach way,$(ways),$(eval $(call flavour,$(way))))
$(if $(programs),$(foreach way,$(ways),$(eval $(call running,$(way)))))

-include $(wildcard $(out)/*/*.d)

.SECONDARY:
.PHONY: check check-plain check-asan check-tsan clean FORCE
