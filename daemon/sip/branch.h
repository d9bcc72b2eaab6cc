/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * branch.h - the branches that we write into Via
 *
 *	z9hG4bKsf01.00000000000000a7.5f3759df
 *	          |  |                |
 *	          |  |                what loops are told by (RFC 5393)
 *	          |  the client transaction
 *	          the worker that has it
 */
#ifndef SIPFAST_SIP_BRANCH_H
#define SIPFAST_SIP_BRANCH_H

#include "../util/out.h"

/**
 * struct sf_branch - a branch of ours
 * @worker: whose it is
 * @id: its client transaction; 0 of a request whose answer nobody waits for
 * @loop: hash over what has to change where a request comes back and is no loop
 */
struct sf_branch {
	u8 worker;
	u64 id;
	u32 loop;
};

#define SF_BRANCH_LEN	(7 + 2 + 2 + 1 + 16 + 1 + 8)

void sf_put_branch(struct sf_out *out, const struct sf_branch *branch);

/**
 * sf_branch_parse() - read one
 * Return: false when it is none of ours.
 */
bool sf_branch_parse(const char *buf, struct sf_span text,
		     struct sf_branch *branch);

#endif /* SIPFAST_SIP_BRANCH_H */
