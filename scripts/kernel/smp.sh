# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# A small x86 kernel for two CPUs, with KASAN and lockdep in any flavour: it finds
# the races that one CPU hides.

# Read by source.sh and common.sh.
# shellcheck disable=SC2034
{
	: "${project:?}"
	kernel_mem=2048
	source_version=6.1
	source_arch=x86_64 source_base=tinyconfig source_boot=vmlinux
	source_targets=(vmlinux modules) source_patches=(smp-6.1.patch)
	source_fragments=(smp.config)
}
# shellcheck source=source.sh
. "$project/scripts/kernel/source.sh"
# shellcheck source=qemu.sh
. "$project/scripts/kernel/qemu.sh"

# The machine has no ACPI, so that it cannot be switched off but by a reset.
# shellcheck disable=SC2034
kernel_command() {
	local run=$1 mem=$2
	shift 2
	kernel_off=b
	qemu_command "$run" "$mem" -kernel "${kernel_tree:?}/vmlinux" reboot=t \
		root=root rootfstype=9p "rootflags=$qemu_9p,cache=loose" ro \
		init="$project/scripts/kernel/init" "$@"
}
