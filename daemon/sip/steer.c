// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * steer.c - responses reach the worker that waits for them
 *
 * A load beyond the datagram would end the program with worker 0.
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "bpf.h"
#include "steer.h"

/* "SIP/2.0 200 " and what a reason phrase may have more (RFC 3261, 7.2) */
#define LINE_MIN	12
#define LINE_MAX	(LINE_MIN + 40)

/* "\r\nVia: SIP/2.0/UDP ", an address with its port, ";branch=" */
#define SENT_BY		19
#define BRANCH_MIN	(SENT_BY + 9 + 8)
#define BRANCH_MAX	(SENT_BY + 47 + 8)

/* "z9hG4bKsf01" */
#define BRANCH_HEAD	11

/* No response is shorter: it has five more headers. */
#define DATAGRAM_MIN	(LINE_MAX + BRANCH_MAX + BRANCH_HEAD)

/* More than there are sockets: the kernel falls back to the hash. */
#define BY_HASH		0xffffffff

#define LOW_NIBBLE	0	/* of the scratch memory */

/* A hexadecimal digit, as branch.c writes it, becomes its value. */
static void digit(struct sf_bpf *to, u32 offset)
{
	sf_bpf_put(to, BPF_LD | BPF_B | BPF_IND, offset);
	sf_bpf_if(to, BPF_JGE, 'a', 0, 1);
	sf_bpf_put(to, BPF_ALU | BPF_SUB | BPF_K, 'a' - '0' - 10);
	sf_bpf_put(to, BPF_ALU | BPF_SUB | BPF_K, '0');
}

u16 sf_steer_program(struct sock_filter *program)
{
	const u32 via = SF_BPF_WORD('V', 'i', 'a', ':');
	const u32 cookie = SF_BPF_WORD('z', '9', 'h', 'G');
	const u32 ours = SF_BPF_WORD('4', 'b', 'K', 's');
	struct sf_bpf to = { program, 0 };

	sf_bpf_put(&to, BPF_LD | BPF_W | BPF_LEN, 0);
	sf_bpf_if(&to, BPF_JGE, DATAGRAM_MIN, 1, 0);
	sf_bpf_put(&to, BPF_RET | BPF_K, BY_HASH);
	sf_bpf_demand_text(&to, 0, "SIP/", BY_HASH);
	/* X: where the status line ends */
	sf_bpf_search(&to, BPF_LD | BPF_B | BPF_ABS, LINE_MIN, LINE_MAX, '\r', '\r',
		      BY_HASH);
	sf_bpf_put(&to, BPF_MISC | BPF_TAX, 0);
	sf_bpf_put(&to, BPF_LD | BPF_W | BPF_IND, 2);
	sf_bpf_demand(&to, via, BY_HASH);
	/* X: where the branch begins */
	sf_bpf_search(&to, BPF_LD | BPF_W | BPF_IND, BRANCH_MIN, BRANCH_MAX,
		      cookie, cookie, BY_HASH);
	sf_bpf_put(&to, BPF_ALU | BPF_ADD | BPF_X, 0);
	sf_bpf_put(&to, BPF_MISC | BPF_TAX, 0);
	sf_bpf_put(&to, BPF_LD | BPF_W | BPF_IND, 4);
	sf_bpf_demand(&to, ours, BY_HASH);
	digit(&to, 10);
	sf_bpf_put(&to, BPF_ST, LOW_NIBBLE);
	digit(&to, 9);
	sf_bpf_put(&to, BPF_ALU | BPF_LSH | BPF_K, 4);
	sf_bpf_put(&to, BPF_LDX | BPF_W | BPF_MEM, LOW_NIBBLE);
	sf_bpf_put(&to, BPF_ALU | BPF_ADD | BPF_X, 0);
	sf_bpf_put(&to, BPF_RET | BPF_A, 0);
	return to.len;
}
