# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# User Mode Linux from the Debian source package $uml_source with $uml_patch on
# top: a guest that needs neither KVM nor privileges of its host, boots in a
# second and has one CPU.

# Read by common.sh.
# shellcheck disable=SC2034
kernel_make_args=(ARCH=um)
# UML instruments no file by itself.
[ -z "$kernel_debug" ] || kernel_make_args+=(UBSAN_SANITIZE=y)
: "${project:?}" "${uml_source:?}" "${uml_patch:?}"

uml_fragments() {
	echo "$project/scripts/kernel/uml.config"
	[ -z "$kernel_debug" ] || echo "$project/scripts/kernel/debug.config"
}

kernel_key() {
	uname -m
	gcc -dumpfullversion
	dpkg-query -W -f '${Package} ${Version}\n' "$uml_source"
	declare -f kernel_build uml_trim
	# Comments are not configuration.
	uml_fragments | xargs sed '/^#/{/is not set$/!d}'
	cat "$project/scripts/kernel/$uml_patch"
}

kernel_build() {
	local dir=$1 make
	make=(make -C "$dir" ARCH=um -j"$(nproc)"
		LOCALVERSION="-sipfast${kernel_debug:+-$kernel_debug}")

	tar -xf "/usr/src/$uml_source.tar.xz" -C "$dir" --strip-components=1
	patch -p1 -d "$dir" <"$project/scripts/kernel/$uml_patch"
	"${make[@]}" defconfig
	uml_fragments | (cd "$dir" && xargs scripts/kconfig/merge_config.sh -m .config)
	"${make[@]}" olddefconfig
	uml_check_config "$dir/.config"
	"${make[@]}" linux modules
	"${make[@]}" modules_install INSTALL_MOD_PATH="$dir/root"
	uml_trim "$dir"
}

# olddefconfig drops what has unmet dependencies without a word.
uml_check_config() {
	local lost
	lost=$(uml_fragments | xargs grep -h '^CONFIG_' | grep -vxF -f "$1") || return 0
	echo "not in the kernel's configuration: $lost"
	return 1
}

# What modules need to build stays: a tenth of the tree.
uml_trim() {
	(
		cd "$1" || exit
		rm -f vmlinux* .tmp_* modules.builtin* "root/lib/modules/"*/{build,source}
		find . -mindepth 1 -maxdepth 1 -type d ! -name arch ! -name include \
			! -name scripts ! -name root -exec rm -rf {} +
		find arch -mindepth 1 -maxdepth 1 -type d ! -name um ! -name x86 \
			-exec rm -rf {} +
		find arch \( -name '*.[coSa]' -o -name '.*.cmd' \) -delete
	)
}

# The guest's memory is a file, which wants to be on a tmpfs with room for it.
uml_tmpdir() {
	local free
	free=$(df --output=avail -BM /dev/shm 2>/dev/null | tail -n 1 | tr -dc 0-9)
	if [ "$(stat -f -c %T /dev/shm)" = tmpfs ] && [ "${free:-0}" -gt "$2" ]; then
		echo /dev/shm
	else
		echo "$1"
	fi
}

kernel_command() {
	local run=$1 mem=$2
	shift 2
	# Read by the caller.
	# shellcheck disable=SC2034,SC2054
	command=(env TMPDIR="$(uml_tmpdir "$run" "$mem")" "$kernel_tree/linux"
		mem="${mem}M" umid=guest uml_dir="$run/" con=null con0=null,fd:1
		ssl=null ssl0=null,fd:3 console=tty0 loglevel=7 panic=-1 oops=panic
		root=/dev/root rootfstype=hostfs rootflags=/ ro
		init="$project/scripts/kernel/init" lab="$run" "$@")
}
