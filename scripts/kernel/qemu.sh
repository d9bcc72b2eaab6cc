# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# An x86 kernel under QEMU's emulation, on two CPUs: no KVM, no disks, no
# firmware to wait for. The host's file system comes by 9p.

# Read by scripts/lab: times are no promise here.
# There is one flavour of each.
# shellcheck disable=SC2034
kernel_slow=y kernel_debug='' kernel_id=${kernel_name:?}

# What 9p can do: large messages, and a cache over files that nobody changes.
qemu_9p=trans=virtio,version=9p2000.L,msize=512000

# qemu_command RUN MEM [ARGUMENT…] of kernel and QEMU: those of QEMU begin with -
# shellcheck disable=SC2034,SC2054
qemu_command() {
	local run=$1 mem=$2 arguments=() more=()
	shift 2
	while [ $# -gt 0 ]; do
		case $1 in
		-*) more+=("$1" "$2") && shift ;;
		time-travel) say "no time travel under emulation" && return 2 ;;
		*) arguments+=("$1") ;;
		esac
		shift
	done
	kernel_share=(-t 9p -o "$qemu_9p,access=any" lab)
	kernel_output=/dev/virtio-ports/output
	command=(qemu-system-x86_64 -M pc -accel tcg,thread=multi -smp 2,sockets=2 -m "$mem"
		-cpu max,la57=off -nodefaults -no-user-config -display none -no-reboot
		-chardev stdio,id=console,signal=off -serial chardev:console
		-chardev file,id=output,path=/dev/fd/3 -device virtio-serial-pci
		-device virtserialport,chardev=output,name=output
		-fsdev local,id=root,path=/,security_model=none,readonly=on,multidevs=remap
		-device virtio-9p-pci,fsdev=root,mount_tag=root
		-fsdev local,id=lab,path="$project/build/lab",security_model=none
		-device virtio-9p-pci,fsdev=lab,mount_tag=lab
		-monitor "unix:$run/monitor,server=on,wait=off"
		"${more[@]}"
		-append "console=ttyS0 loglevel=7 panic=-1 oops=panic mitigations=off
			nokaslr tsc=reliable no_timer_check random.trust_cpu=on
			unknown_nmi_panic=1 panic_print=0x41
			lab=$run ${arguments[*]}")
}

# An NMI makes the kernel panic, and that print the stacks of all CPUs and tasks.
kernel_where() {
	python3 - "$1/monitor" <<-'EOT'
		import socket, sys
		monitor = socket.socket(socket.AF_UNIX)
		monitor.settimeout(5)
		monitor.connect(sys.argv[1])
		monitor.sendall(b"nmi\n")
		while monitor.recv(4096):
		    pass
	EOT
}
