/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sieve.h - of new requests, some are left in the kernel
 *
 * Who is asked for four times what he can do, and more by all who ask again, spends
 * most of his time on reading what he then passes over. What the kernel drops at the
 * socket costs him nothing. It drops nothing that might belong to a dialog or be a
 * call for help: only REGISTER, and INVITE for a user of a domain of ours. A
 * Request-URI within a dialog names the other side's contact (RFC 3261, 12.2.1.1).
 */
#ifndef SIPFAST_SIP_SIEVE_H
#define SIPFAST_SIP_SIEVE_H

#include <linux/filter.h>

#include "../net/flow.h"

#define SF_SIEVE_MAX	1024	/* instructions */
#define SF_SIEVE_HELP	10
#define SF_SIEVE_GROUPS	32	/* of sources */

/**
 * struct sf_sieve - what may be dropped, and how much of it
 * @name: domains that are ours, in lower case, @names of them; what names one of them
 *        in another way is let through. Names, not addresses: such a URI may be one
 *        of Record-Route
 * @help: what numbers for emergencies begin with, SF_SIEVE_HELP letters at most: users
 *        that do so, too, are let through
 * @groups: of sources of which something may be dropped, a bit each
 * @keep: of 65536 requests, so many are let through
 */
struct sf_sieve {
	const char *const *name;
	u32 names;
	const char *help;
	u32 groups;
	u32 keep;
};

/**
 * sf_sieve_program() - a classic BPF program for SO_ATTACH_FILTER of a UDP socket
 * @program: SF_SIEVE_MAX instructions; what names find no room for are let through
 *
 * Return: how many instructions it has.
 */
u16 sf_sieve_program(struct sock_filter *program, const struct sf_sieve *sieve);

/**
 * sf_sieve_group() - which group a source belongs to
 * @from: its address and port. Who forges them can choose: all groups, if he likes
 *
 * Return: a number below SF_SIEVE_GROUPS.
 */
u32 sf_sieve_group(const struct sf_end *from);

#endif /* SIPFAST_SIP_SIEVE_H */
