# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Debian's own kernel: that of linux-image-amd64, as it is. Its packages are
# unpacked, not installed: this machine shall not boot it.

# shellcheck disable=SC2034
# shellcheck source=qemu.sh
. "${project:?}/scripts/kernel/qemu.sh"

kernel_key() {
	apt-cache policy linux-image-amd64 | sed -n 's/^  Candidate: //p'
	declare -f kernel_build stock_packages stock_vmlinux stock_modules
	cat "$project/scripts/kernel/stock-init.c"
}

# stock_packages: names of what linux-image-amd64 and its headers stand for.
stock_packages() {
	local release
	release=$(apt-cache depends linux-image-amd64 |
		sed -n 's/^  Depends: linux-image-//p')
	echo "linux-image-$release" "linux-headers-$release" \
		"linux-headers-${release%-amd64}-common linux-kbuild-${release%.*}"
}

kernel_build() {
	local dir=$1 packages release f
	mkdir "$dir/debs"
	cd "$dir/debs" || return
	read -r -a packages <<<"$(stock_packages)"
	# The package lists may be older than the archive.
	apt-get download "${packages[@]}" || {
		apt-get update
		read -r -a packages <<<"$(stock_packages)"
		apt-get download "${packages[@]}"
	}
	for f in *.deb; do
		dpkg-deb -x "$f" "$dir"
	done
	cd "$dir" || return
	rm -r debs
	release=${packages[0]#linux-image-}
	# The headers name their other half by where it would be installed.
	sed -i "s,^include /usr,include \$(dir \$(lastword \$(MAKEFILE_LIST)))../../../usr," \
		"usr/src/linux-headers-$release/Makefile"
	ln -s "usr/src/linux-headers-$release" headers
	stock_vmlinux "boot/vmlinuz-$release" >vmlinux
	stock_modules "$dir" "$release"
	mkdir -p include/config
	echo "$release" >include/config/kernel.release
	rm -r boot usr/share
}

# The boot image would unpack itself, which emulation makes slow. Its header says
# where the kernel is in it (the kernel's Documentation/arch/x86/boot.rst).
stock_vmlinux() {
	local setup offset length
	setup=$(od -An -tu1 -j $((0x1f1)) -N 1 "$1")
	offset=$(od -An -tu4 -j $((0x248)) -N 4 "$1")
	length=$(od -An -tu4 -j $((0x24c)) -N 4 "$1")
	head -c $(((setup + 1) * 512 + offset + length)) "$1" | tail -c $((length)) |
		xz -dc --single-stream
}

# Leaves in root/ the modules that a guest without hardware can load, and makes
# an initramfs of those that it needs to find its file system.
stock_modules() {
	local dir=$1 release=$2 modules=$1/lib/modules/$2 path count=0
	mkdir -p "$dir/root/lib/modules" "$dir/initramfs"
	rm -f "$modules"/{build,source}
	rm -r "$modules"/kernel/{sound,drivers/{gpu,media,scsi,ata,usb,staging,infiniband}}
	find "$modules/kernel/drivers/net" -mindepth 1 -maxdepth 1 -type d \
		! -name bonding ! -name ppp ! -name slip ! -name wireguard ! -name vxlan -exec rm -r {} +
	mv "$modules" "$dir/root/lib/modules"
	depmod -b "$dir/root" "$release"
	for path in virtio_pci virtio_console 9pnet_virtio 9p overlay; do
		modprobe -d "$dir/root" -S "$release" --show-depends "$path"
	done | sed -n 's/^insmod //p' | awk '!seen[$1]++ {print $1}' |
		while read -r path; do
			count=$((count + 1))
			cp "$path" "$dir/initramfs/$(printf %02d $count)-${path##*/}"
		done
	gcc -static -Os -s -Wall -Werror -o "$dir/initramfs/init" \
		"$project/scripts/kernel/stock-init.c"
	(cd "$dir/initramfs" && find . | cpio --quiet -o -H newc) >"$dir/initrd"
	rm -r "${dir:?}/initramfs" "${dir:?}/lib"
}

kernel_command() {
	local run=$1 mem=$2
	shift 2
	kernel_off=o
	qemu_command "$run" "$mem" -kernel "${kernel_tree:?}/vmlinux" \
		-initrd "$kernel_tree/initrd" root_options="$qemu_9p,cache=loose" \
		lab_init="$project/scripts/kernel/init" "$@"
}
