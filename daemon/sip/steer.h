/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * steer.h - responses reach the worker that waits for them
 *
 * Sockets that share a port get datagrams by a hash of the addresses: requests
 * of a caller and responses of whom he calls come to different workers, and a
 * response was handed on. Its first Via has our branch, which names the worker
 * (branch.h), so the kernel can choose.
 */
#ifndef SIPFAST_SIP_STEER_H
#define SIPFAST_SIP_STEER_H

#include <linux/filter.h>

#include <sipfast/span.h>

#define SF_STEER_MAX	512	/* instructions */

/**
 * sf_steer_program() - a classic BPF program for SO_ATTACH_REUSEPORT_CBPF
 * @program: SF_STEER_MAX instructions
 *
 * The sockets have to be bound in the order of their workers. What it does not
 * know as a response to one of our branches goes by the hash; so does what other
 * agents write in another way than we did. A wrong worker hands the message on.
 *
 * Return: how many instructions it has.
 */
u16 sf_steer_program(struct sock_filter *program);

#endif /* SIPFAST_SIP_STEER_H */
