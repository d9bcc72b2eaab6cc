// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * steer.c - responses reach the worker that waits for them
 *
 * Classic BPF has no loops: each search is a row of steps. A load beyond the
 * datagram would end the program with worker 0, so that short ones are left
 * alone before anything is loaded.
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
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

#define WORD(a, b, c, d) \
	((u32)(a) << 24 | (u32)(b) << 16 | (u32)(c) << 8 | (u32)(d))

struct writer {
	struct sock_filter *at;
	u16 len;
};

static void put(struct writer *to, u16 code, u32 k)
{
	to->at[to->len++] = (struct sock_filter)BPF_STMT(code, k);
}

/* If A is @k, the next @skip instructions are left out. */
static void put_if(struct writer *to, u32 k, u8 skip)
{
	to->at[to->len++] = (struct sock_filter)
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, skip, 0);
}

static void give_up(struct writer *to)
{
	put(to, BPF_RET | BPF_K, BY_HASH);
}

/* Unless A is @k, by the hash. */
static void demand(struct writer *to, u32 k)
{
	put_if(to, k, 1);
	give_up(to);
}

/*
 * A row of steps, for each place from @first to @last: load what is there, and if
 * it is @k, put the place into X and go behind the row.
 */
static void search(struct writer *to, u16 load, u32 first, u32 last, u32 k)
{
	u32 place, end = to->len + 4 * (last - first + 1) + 1;

	for (place = first; place <= last; place++) {
		put(to, load, place);
		to->at[to->len++] = (struct sock_filter)
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, 0, 2);
		put(to, BPF_LD | BPF_IMM, place);
		put(to, BPF_JMP | BPF_JA, end - to->len - 1);
	}
	give_up(to);
}

/* A hexadecimal digit, as branch.c writes it, becomes its value. */
static void digit(struct writer *to, u32 offset)
{
	put(to, BPF_LD | BPF_B | BPF_IND, offset);
	to->at[to->len++] = (struct sock_filter)
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 'a', 0, 1);
	put(to, BPF_ALU | BPF_SUB | BPF_K, 'a' - '0' - 10);
	put(to, BPF_ALU | BPF_SUB | BPF_K, '0');
}

u16 sf_steer_program(struct sock_filter *program)
{
	struct writer to = { program, 0 };

	put(&to, BPF_LD | BPF_W | BPF_LEN, 0);
	to.at[to.len++] = (struct sock_filter)
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, DATAGRAM_MIN, 1, 0);
	give_up(&to);
	put(&to, BPF_LD | BPF_W | BPF_ABS, 0);
	demand(&to, WORD('S', 'I', 'P', '/'));
	/* X: where the status line ends */
	search(&to, BPF_LD | BPF_B | BPF_ABS, LINE_MIN, LINE_MAX, '\r');
	put(&to, BPF_MISC | BPF_TAX, 0);
	put(&to, BPF_LD | BPF_W | BPF_IND, 2);
	demand(&to, WORD('V', 'i', 'a', ':'));
	/* X: where the branch begins */
	search(&to, BPF_LD | BPF_W | BPF_IND, BRANCH_MIN, BRANCH_MAX,
	       WORD('z', '9', 'h', 'G'));
	put(&to, BPF_ALU | BPF_ADD | BPF_X, 0);
	put(&to, BPF_MISC | BPF_TAX, 0);
	put(&to, BPF_LD | BPF_W | BPF_IND, 4);
	demand(&to, WORD('4', 'b', 'K', 's'));
	digit(&to, 10);
	put(&to, BPF_ST, LOW_NIBBLE);
	digit(&to, 9);
	put(&to, BPF_ALU | BPF_LSH | BPF_K, 4);
	put(&to, BPF_LDX | BPF_W | BPF_MEM, LOW_NIBBLE);
	put(&to, BPF_ALU | BPF_ADD | BPF_X, 0);
	put(&to, BPF_RET | BPF_A, 0);
	return to.len;
}
