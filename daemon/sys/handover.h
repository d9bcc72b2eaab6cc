/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * handover.h - calls that the daemon hands to the kernel module, because the
 * module cannot read their signalling: MEDIA_OPEN and MEDIA_CLOSE
 *
 * The uapi header says what they mean. The daemon is given the operations as a
 * struct, so that tests can be the kernel. A link is for one thread at a time.
 */
#ifndef SIPFAST_SYS_HANDOVER_H
#define SIPFAST_SYS_HANDOVER_H

#include <stdint.h>

#include "../util/text.h"

/* The two parties, and the two descriptions. */
enum { SF_CALLER, SF_CALLEE };
enum { SF_OFFER, SF_ANSWER };

/* Bytes that the kernel takes; longer texts of people are cut. */
#define SF_HANDOVER_CALL_ID	255
#define SF_HANDOVER_TEXT	1024
#define SF_HANDOVER_SDP		8192

/**
 * struct sf_handover_end - where the signalling of a party comes from
 * @family: 4 or 6
 * @addr: in network order, 4 or 16 bytes
 * @port: in host order
 */
struct sf_handover_end {
	uint8_t family;
	uint8_t addr[16];
	uint16_t port;
};

/**
 * struct sf_handover - an offer and its answer, and whose they are
 * @call: number of the call that agreed anew; 0: a new one. Then what follows,
 *	up to @end, is told to the kernel
 * @cookie: by which its owner knows it again
 * @call_id: the Call-ID
 * @uri: URIs of From and To
 * @tag: the tags; may be empty
 * @end: the parties, of one family
 * @sdp: the descriptions
 * @offerer: the party that made the offer
 * @names: the party may name any address, as a carrier does
 * @answered: a 2xx has answered the INVITE
 */
struct sf_handover {
	uint32_t call;
	uint64_t cookie;
	struct sf_text call_id;
	struct sf_text uri[2];
	struct sf_text tag[2];
	struct sf_handover_end end[2];
	struct sf_text sdp[2];
	uint8_t offerer;
	bool names[2];
	bool answered;
};

enum sf_handover_end_of_call {
	SF_HANDOVER_BYE,
	SF_HANDOVER_REJECTED,	/* it never was answered */
};

/**
 * typedef sf_handover_fn - is shown a call that was handed over, whoever did it
 */
typedef void (*sf_handover_fn)(void *arg, uint32_t call, uint64_t cookie);

/**
 * struct sf_handover_ops - what the kernel does for the daemon
 * @connect: open a link, written only on success. Return: 0; -ENOENT when the
 *	module is not there; or another negative errno
 * @disconnect: close it; NULL is fine
 * @open: MEDIA_OPEN. @call is written on success; @why takes a sentence of the
 *	kernel's on failure, "" if it said none, good until the next request.
 *	Return: 0; -ENOENT when the module, or the call, is gone; -EMSGSIZE for
 *	what is too long; or another negative errno
 * @close: MEDIA_CLOSE; what is gone is closed
 * @list: show all calls that were handed over and not closed. Return: 0;
 *	-EINTR when some may be missing; or another negative errno
 */
struct sf_handover_ops {
	int (*connect)(void **link);
	void (*disconnect)(void *link);
	int (*open)(void *link, const struct sf_handover *handover,
		    uint32_t *call, const char **why);
	void (*close)(void *link, uint32_t call,
		      enum sf_handover_end_of_call end);
	int (*list)(void *link, sf_handover_fn fn, void *arg);
};

/* The module's. */
extern const struct sf_handover_ops sf_handover_kernel;

#endif /* SIPFAST_SYS_HANDOVER_H */
