/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wire.h - send flows of RTP through a device, as if they came over a wire
 */
#ifndef BENCH_WIRE_H
#define BENCH_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "flows.h"

#define WIRE_BATCH	512	/* packets that may go out at once */

/**
 * struct wire - a device, and the flows that take turns in it
 * @fd: packet socket with a ring
 * @ring: frames, shared with the kernel
 * @at: how many frames have been in the ring
 * @next: which packet is next, of all flows; the first of each has number 0
 * @flows: the flows
 * @flow_count: how many
 * @mixed: each round of them is in another order
 */
struct wire {
	int fd;
	char *ring;
	uint64_t at, next;
	const struct flow *flows;
	unsigned int flow_count;
	bool mixed;
};

/**
 * wire_open() - get ready to send
 * @wire: becomes that
 * @text: "NS,DEVICE,TO,FLOWS,ORDER,FIRST": a namespace's descriptor, a device there,
 *	the Ethernet address of who receives, a file for flows_read(), whether they take
 *	turns ("turns") or come in another order every time ("mixed"), and how many
 *	packets of all flows there have been before: numbers and timestamps go on from
 *	there
 *
 * Ends the program if something is wrong.
 */
void wire_open(struct wire *wire, const char *text);

/**
 * wire_fill() - put the next packets into the ring
 * @wire: where
 * @count: how many, WIRE_BATCH at most
 */
void wire_fill(struct wire *wire, unsigned int count);

/**
 * wire_send() - send what is in the ring, in one system call
 * @wire: where
 * @count: how many wire_fill() has put there
 */
void wire_send(struct wire *wire, unsigned int count);

#endif /* BENCH_WIRE_H */
