# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# User Mode Linux of $source_version: a guest that needs neither KVM nor
# privileges of its host, boots in a second and has one CPU.

# Read by source.sh and common.sh.
# shellcheck disable=SC2034
{
	: "${project:?}" "${source_version:?}"
	[ -z "$kernel_debug" ] || kernel_mem=2048
	source_arch=um source_base=defconfig source_boot=linux
	source_targets=(linux modules) source_patches=(uml.patch "uml-$source_version.patch")
	source_fragments=(uml.config "uml-$source_version.config" ${kernel_debug:+debug.config})
}
# shellcheck source=source.sh
. "$project/scripts/kernel/source.sh"
# UML 6.1 instruments no file by itself.
[ -z "$kernel_debug" ] || kernel_make_args+=(UBSAN_SANITIZE=y)

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

# A tmpfs of its own, which nobody else sees, and which goes with the guest.
# shellcheck disable=SC2016 # for the shell inside
uml_on_huge_pages() {
	local run=$1 mem=$2
	mkdir "$run/memory"
	command=(unshare --mount sh -c '
		mount -t tmpfs -o "huge=always,size=$2" memory "$1" ||
			echo "lab: no huge pages" >&2
		export TMPDIR="$1"
		shift 2
		exec "$@"' sh "$run/memory" "$((mem + 64))M" "${command[@]:2}")
}

# Read by common.sh's callers.
# shellcheck disable=SC2034,SC2054
kernel_command() {
	local run=$1 mem=$2
	shift 2
	# A clock that stands still has no jitter: 6.12 would measure it for ever.
	[[ " $* " != *" time-travel "* ]] || set -- "$@" initcall_blacklist=jent_mod_init
	kernel_share=(-t hostfs -o "$project/build/lab" lab)
	kernel_output=/dev/ttyS0 kernel_off=o
	command=(env TMPDIR="$(uml_tmpdir "$run" "$mem")" "$kernel_tree/linux"
		mem="${mem}M" umid=guest uml_dir="$run/" con=null con0=null,fd:1
		ssl=null ssl0=null,fd:3 console=tty0 loglevel=7 panic=-1 oops=panic
		root=/dev/root rootfstype=hostfs rootflags=/ ro
		init="$project/scripts/kernel/init" lab="$run" "$@")
	[ -z "${huge-}" ] || uml_on_huge_pages "$run" "$mem"
}

# gdb sees where a guest is that does not take interrupts any more. Else its
# monitor says which of its processes runs; asked for all of them, UML 6.12 dies.
kernel_where() {
	! command -v gdb >/dev/null ||
		timeout 30 gdb -batch -p "$2" -ex bt "$kernel_tree/linux" 2>&1 | grep '^#'
	python3 - "$1/guest/mconsole" <<-'EOT'
		import socket, struct, sys
		monitor = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
		monitor.settimeout(3)
		monitor.bind("")
		command = b"sysrq p"
		request = struct.pack("=III512s", 0xcafebabe, 2, len(command), command)
		monitor.sendto(request, sys.argv[1])
		monitor.recv(8192)
	EOT
}
