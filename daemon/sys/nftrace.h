/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nftrace.h - which rules a packet met, as nf_tables tells it
 *
 * Packets whose "meta nftrace" is set are told of, to who listens in their
 * network namespace.
 */
#ifndef SIPFAST_SYS_NFTRACE_H
#define SIPFAST_SYS_NFTRACE_H

#include "ruleset.h"

/**
 * enum sf_nftrace_verdict - what became of the packet there
 */
enum sf_nftrace_verdict {
	SF_NFTRACE_CONTINUES,	/* the next rule, or another chain */
	SF_NFTRACE_ACCEPTED,	/* of this chain */
	SF_NFTRACE_DROPPED,
	SF_NFTRACE_TAKEN,	/* queued, or stolen */
};

/**
 * struct sf_nftrace_event - one of the rules that matched, or a policy
 * @chain: which chain
 * @handle: the rule's; 0: the chain's policy
 * @verdict: enum sf_nftrace_verdict
 */
struct sf_nftrace_event {
	struct sf_ruleset_place chain;
	uint64_t handle;
	enum sf_nftrace_verdict verdict;
};

struct sf_nftrace;

/**
 * sf_nftrace_open() - listen, in the network namespace of this thread
 * @trace: for sf_nftrace_close(); written only on success
 *
 * Return: 0 or a negative errno.
 */
int sf_nftrace_open(struct sf_nftrace **trace);
void sf_nftrace_close(struct sf_nftrace *trace);

/**
 * sf_nftrace_read() - the next event
 * @patience: how long it is waited for, ms
 *
 * Return: 1; 0 when none came; or a negative errno.
 */
int sf_nftrace_read(struct sf_nftrace *trace, int patience,
		    struct sf_nftrace_event *event);

#endif /* SIPFAST_SYS_NFTRACE_H */
