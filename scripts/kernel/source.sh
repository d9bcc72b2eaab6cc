# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Kernels built from Debian's source package linux-source-$source_version. Whoever
# sources this says what to make of it:
#
#   source_arch       ARCH= of make
#   source_base       the configuration to start from: a target of make
#   source_fragments  array: files of scripts/kernel on top of it
#   source_patches    array: files of scripts/kernel
#   source_targets    array: what to build
#   source_boot       what of it is booted
: "${project:?}" "${source_version:?}" "${source_arch:?}" "${source_base:?}"
: "${source_fragments[*]:?}" "${source_targets[*]:?}" "${source_boot:?}"
: "${source_patches[*]:?}"

# Read by common.sh.
# shellcheck disable=SC2034
kernel_make_args=(ARCH="$source_arch")

source_fragments() {
	local f
	for f in guest.config "guest-$source_version.config" "${source_fragments[@]}"; do
		f=$project/scripts/kernel/$f
		[ ! -e "$f" ] || echo "$f"
	done
}

source_patches() {
	printf "$project/scripts/kernel/%s\n" "${source_patches[@]}"
}

kernel_key() {
	uname -m
	gcc -dumpfullversion
	dpkg-query -W -f '${Package} ${Version}\n' "linux-source-$source_version"
	declare -f kernel_build source_trim
	declare -p source_arch source_base source_targets source_boot
	# Comments are not configuration.
	source_fragments | xargs sed '/^#/{/is not set$/!d}'
	source_patches | xargs cat
}

kernel_build() {
	local dir=$1 make
	make=(make -C "$dir" ARCH="$source_arch" -j"$(nproc)"
		LOCALVERSION="-sipfast${kernel_debug:+-$kernel_debug}")

	tar -xf "/usr/src/linux-source-$source_version.tar.xz" -C "$dir" --strip-components=1
	source_patches | xargs cat | patch -p1 -d "$dir"
	"${make[@]}" "$source_base"
	source_fragments | (cd "$dir" && xargs scripts/kconfig/merge_config.sh -m .config)
	"${make[@]}" olddefconfig
	source_check_config "$dir/.config"
	"${make[@]}" "${source_targets[@]}"
	"${make[@]}" modules_install INSTALL_MOD_PATH="$dir/root" DEPMOD=true
	source_trim "$dir" "$source_boot"
}

# olddefconfig drops what has unmet dependencies without a word.
source_check_config() {
	local lost
	lost=$(source_fragments | xargs grep -h '^CONFIG_' | grep -vxF -f "$1") || return 0
	echo "not in the kernel's configuration: $lost"
	return 1
}

# What modules need to build stays: a tenth of the tree.
source_trim() {
	(
		cd "$1" || exit
		mv "$2" boot.keep
		rm -f vmlinux* linux .tmp_* "root/lib/modules/"*/{build,source}
		mv boot.keep "$2"
		find . -mindepth 1 -maxdepth 1 -type d ! -name arch ! -name include \
			! -name scripts ! -name tools ! -name root -exec rm -rf {} +
		find tools -mindepth 1 -maxdepth 1 ! -name objtool -exec rm -rf {} +
		find arch -mindepth 1 -maxdepth 1 -type d ! -name um ! -name x86 \
			-exec rm -rf {} +
		find arch \( -name '*.[coSa]' -o -name '.*.cmd' \) -delete
	)
}
