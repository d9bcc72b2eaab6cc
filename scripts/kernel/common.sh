# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Guest kernels: sourced by scripts/lab and scripts/check.
#
# A kernel is one file scripts/kernel/NAME.sh. It is sourced with $kernel_debug
# set to "" or "debug" and has to define
#
#   kernel_key            prints all that the kernel's build depends on
#   kernel_build DIR      leaves in DIR (or DIR/headers) the tree that modules
#                         build against, and below DIR/root the modules of the
#                         tree, installed
#   kernel_make_args      array: arguments of make for modules (ARCH=…)
#   kernel_command RUN MEM ARGUMENT…
#                         fills the array `command` that boots the kernel in
#                         $kernel_tree with scripts/kernel/init: console on fd 1,
#                         and the guest's $kernel_output on fd 3. Sets also
#                         kernel_share (array: arguments of mount to which the
#                         guest adds build/lab) and kernel_off (sysrq to end it)
#   kernel_where RUN PID  makes a guest that hangs say on its console, or prints
#                         itself, where; PID is what kernel_command started
#   kernel_mem            megabytes that a guest wants (default: 1024)
#   kernel_slow           not empty where programs run many times slower

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/sipfast

say() {
	echo "${0##*/}: $*" >&2
}

# Runs a long command silently; its output is shown where it fails.
quietly() {
	local log=$1
	shift
	"$@" >"$log" 2>&1 </dev/null && return
	tail -n 60 "$log" >&2
	say "failed: $1 (all of it: $log)"
	return 1
}

# Set by the functions below and by the files of scripts/kernel.
# shellcheck disable=SC2034
kernel_tree='' kernel_headers='' kernel_release='' kernel_make_args=() command=()
# shellcheck disable=SC2034
kernel_mem=1024 kernel_slow='' kernel_output='' kernel_off='' kernel_share=()

# kernel_use NAME [debug]
kernel_use() {
	local file=$project/scripts/kernel/$1.sh

	kernel_name=$1
	kernel_debug=${2-}
	kernel_id=$1${kernel_debug:+-$kernel_debug}
	if [ ! -f "$file" ] || [[ $1 =~ ^(common|source|uml|qemu)$ ]]; then
		say "no kernel '$1'"
		return 2
	fi
	# shellcheck disable=SC1090
	. "$file"
	kernel_tree=$cache/kernel-$kernel_id-$(kernel_key | sha256sum | cut -c1-16)
}

# Builds the kernel unless the cache has it. Two callers do not build it twice.
kernel_prepare() {
	local lock work

	if [ ! -e "$kernel_tree/complete" ]; then
		mkdir -p "$cache"
		exec {lock}>"$cache/kernel-$kernel_id.lock"
		flock "$lock"
	fi
	if [ ! -e "$kernel_tree/complete" ]; then
		say "building kernel $kernel_id (once; some minutes)"
		work=$(mktemp -d "$cache/build.XXXXXX") || return
		# A subshell, because bash ignores `set -e` in what || follows.
		if ! quietly "$cache/kernel-$kernel_id.log" \
			bash -e "$project/scripts/kernel/build" "$kernel_name" \
			"$kernel_debug" "$work"; then
			rm -rf "$work"
			return 1
		fi
		touch "$work/complete"
		rm -rf "$kernel_tree"
		mv "$work" "$kernel_tree"
		# Earlier configurations that nobody booted for a week.
		find "$cache" -mindepth 2 -maxdepth 2 -name complete -mtime +7 \
			-printf '%h\0' | xargs -0r rm -rf
	fi
	[ -z "${lock-}" ] || exec {lock}>&-
	touch "$kernel_tree/complete"
	kernel_release=$(<"$kernel_tree/include/config/kernel.release")
	kernel_headers=$kernel_tree
	[ ! -e "$kernel_tree/headers" ] || kernel_headers=$kernel_tree/headers
}

# kernel_kbuild DIR ARGUMENT…: make of the module below DIR, a mirror in links,
# because kbuild puts objects beside sources and every kernel needs its own.
kernel_kbuild() {
	local dir=$1
	shift
	mkdir -p "$dir/kmod"
	ln -sfn "$project/include" "$dir/include"
	# Sources that are gone must not linger as links to nothing.
	find "$dir/kmod" -xtype l -delete
	(cd "$project/kmod" && find . -type f \( -name '*.[chS]' -o \
		-name Kbuild -o -name Makefile \) ! -name '*.mod.c' -print0) |
		(cd "$dir/kmod" && while IFS= read -r -d '' f; do
			[ -L "$f" ] && continue
			mkdir -p "${f%/*}"
			ln -s "$project/kmod/${f#./}" "$f"
		done)
	make -C "$kernel_headers" "${kernel_make_args[@]}" M="$dir/kmod" \
		"${@:-modules}" -j"$(nproc)"
}

# kernel_modules ROOT [none|kunit]: leaves in ROOT/lib/modules all that a guest
# shall see there, with nf_sipfast built for this kernel, with its KUnit suites,
# or not at all.
kernel_modules() {
	local dir=$project/build/module/$kernel_id lock
	local modules=$1/lib/modules/$kernel_release

	mkdir -p "$1/lib/modules"
	# Links to files: the guest sees the cache as well.
	cp -rs "$kernel_tree/root/lib/modules/$kernel_release" "$modules"
	[ "${2-}" != none ] || return 0
	[ -z "${2-}" ] || dir+=-$2
	mkdir -p "$dir" "$modules/updates"
	exec {lock}>"$dir/lock"
	flock "$lock"
	quietly "$dir/log" kernel_kbuild "$dir" modules ${2:+SF_KUNIT=1} || return
	find "$dir/kmod" -name '*.ko' -exec cp -t "$modules/updates" {} +
	exec {lock}>&-
	rm -f "$modules"/modules.*.bin "$modules"/modules.{dep,alias,symbols,softdep,devname}
	depmod -b "$1" "$kernel_release"
}
